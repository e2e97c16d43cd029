"""The plan of a form that came back beside the plan here: actions that say something else, and new ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F

from trellis.core.dates import day, moment
from trellis.review.actions.plan import Intention
from trellis.review.models import Action, ActionChange
from trellis.review.reading import colleagues_of
from trellis.review.rules.filled_form import CANNOT_TELL, changed_since, codes_like, day_said, plain, why_not_length
from trellis.review.takeaway.lines import PlanLine
from trellis.review.takeaway.shape import PLAN_LABELS, Difference, as_in_a_form
from trellis.review.wording import statements_behind, statements_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.review.models import Round, Statement
    from trellis.review.takeaway.shape import CameBack

LONGEST = {"what": 300, "why": 1000, "who": 150, "resources": 300, "success": 1000}
Problem = tuple[str, str]  # where, and why


@dataclass(frozen=True)
class There:
    """The actions of a round, and what each said at each version."""

    actions: Mapping[str, Action]
    changes: Mapping[str, list[ActionChange]]  # by the action’s id, the first version first
    codes: Mapping[str, str]
    owners: Mapping[str, User]

    def at(self, action: Action, version: int) -> ActionChange | None:
        """What an action said at a version; moving it on counts as a version and changes no words."""
        said = [each for each in self.changes.get(str(action.pk), []) if each.version <= version]
        return said[-1] if said else None

    def called(self, code: str, what: str) -> Action | None:
        """The action of a statement that says this, or once did."""
        for pk, changes in self.changes.items():
            if self.codes[pk] == code and any(plain(each.what) == plain(what) for each in changes):
                return self.actions[pk]
        return None


def compare_plan(
    came_back: CameBack, round: Round, acting: Acting, codes: Collection[str]
) -> tuple[list[PlanLine], list[Problem]]:
    """The actions that differ, and what could not be read: three queries, and none for an empty plan."""
    if not any(map(_says_something, came_back.plan)):
        return [], []
    there = _there(round, acting)
    statements = {row.code: row for row in statements_of(round).values()}
    lines: dict[str, PlanLine] = {}
    problems: list[Problem] = []
    for number, said in enumerate(came_back.plan):
        where = f"{said['line']}, {said.get('number') or said.get('code', '')}".strip(", ")
        if not _says_something(said):
            continue
        code = codes_like(said.get("code", ""), codes)
        found = _line(said, code, f"new-{number}", there, came_back, acting, statements)
        if isinstance(found, str):
            problems.append((where, found))
        elif found and not any(_same(found, line) for line in lines.values()):
            lines.setdefault(found.key, found)
    return list(lines.values()), problems


def _says_something(said: dict[str, str]) -> bool:
    """Whether a line of the plan says more than which statement or action it is about."""
    return any(said.get(name, "").strip() for name in PLAN_LABELS if name not in ("code", "number"))


def _same(one: PlanLine, other: PlanLine) -> bool:
    """Whether two new lines of a form say the same."""
    return not one.action and one.code == other.code and plain(one.intention.what) == plain(other.intention.what)


def _there(round: Round, acting: Acting) -> There:
    actions = {str(each.pk): each for each in Action.objects.filter(rounds=round).select_related("owner")}
    statements = statements_behind(round, [each.statement_id for each in actions.values()])
    for action in actions.values():
        action.statement = statements[action.statement_id]
    changes: dict[str, list[ActionChange]] = {pk: [] for pk in actions}
    for change in (
        ActionChange.objects.filter(action__in=[each.pk for each in actions.values()])
        .select_related("owner")
        .annotate(who=F("by__name"))
        .order_by("version")
    ):
        changes[str(change.action_id)].append(change)
    codes = {pk: each.statement.code for pk, each in actions.items()}
    owners = {} if acting.alone else {plain(each.name): each for each in colleagues_of(acting)}
    return There(actions, changes, codes, owners)


def _line(
    said: dict[str, str],
    code: str,
    key: str,
    there: There,
    came_back: CameBack,
    acting: Acting,
    statements: Mapping[str, Statement],
) -> PlanLine | str | None:
    """The line to show, why it cannot be read, or None when the form says nothing new."""
    told, why_not = _told(said, alone=acting.alone)
    if why_not:
        return why_not
    number = said.get("number", "").strip().upper()
    if number:
        return _of_known(number, told, there, came_back, acting)
    if not told.get("what"):
        return "It does not say what you will do"
    if not code:
        return "This review has no statement with this code"
    action = there.called(code, told["what"])
    if action:
        return _compared(action, told, there, acting, base=1)
    intention = _intention({}, told, None, there, acting)
    if _ends_first(intention):
        return "The due date must be the same as or after the start date"
    differences = [Difference(PLAN_LABELS[name], "", _shown(value)) for name, value in told.items()]
    return PlanLine(key, code, str(told["what"]), differences, intention, statements[code])


def _of_known(
    number: str, told: dict[str, Any], there: There, came_back: CameBack, acting: Acting
) -> PlanLine | str | None:
    known = came_back.mark.actions.get(number) if came_back.mark else None
    action = there.actions.get(known[0]) if known else None
    if known is None or action is None:
        return f"There is no action {number} in this form. Leave the number empty for a new action"
    return _compared(action, told, there, acting, base=known[1])


def _compared(
    action: Action, told: dict[str, Any], there: There, acting: Acting, *, base: int
) -> PlanLine | str | None:
    """An action as the form has it beside what it says here; `base` is the version that the form was made from."""
    before, here = there.at(action, base), _values(action)
    then = _values(before) if before else {}
    changes = {
        name: value
        for name, value in told.items()
        if not _alike(value, here[name]) and not _alike(value, then.get(name))
    }
    if not changes:
        return None
    if not action.is_open:
        return f"“{action.what}” is closed, so it stays as it is"
    intention = _intention(here, changes, action, there, acting)
    if _ends_first(intention):
        return "The due date must be the same as or after the start date"
    differences = [Difference(PLAN_LABELS[name], _shown(here[name]), _shown(value)) for name, value in changes.items()]
    return PlanLine(
        f"action-{action.pk}",
        action.statement.code,
        action.what,
        differences,
        intention,
        action.statement,
        action,
        _conflict(action, base, there),
    )


def _conflict(action: Action, base: int, there: There) -> str:
    if base > action.version:
        return CANNOT_TELL
    if base == action.version:
        return ""
    last = there.changes[str(action.pk)][-1]
    if last.version <= base:
        return "This was moved on here after the form was made"
    return changed_since(last.who, moment(last.at))  # type: ignore[attr-defined]


def _told(said: dict[str, str], *, alone: bool) -> tuple[dict[str, Any], str | None]:
    """What the form says of an action; an empty box says nothing."""
    told: dict[str, Any] = {}
    for name, label in PLAN_LABELS.items():
        text = as_in_a_form(said.get(name, ""))
        if not text or name in ("code", "number") or (name == "who" and alone):
            continue
        if name in ("start_on", "due_on"):
            read = day_said(text)
            if read.why_not:
                return {}, read.why_not
            told[name] = read.value
        else:
            words = " ".join(text.split()) if name in ("what", "resources", "who") else text
            if why_not := why_not_length(words, most=LONGEST[name], what=f"“{label}”"):
                return {}, why_not
            told[name] = words
    return told, None


def _values(said: Action | ActionChange) -> dict[str, Any]:
    """What an action says, by the names of the form."""
    names = ("what", "why", "start_on", "due_on", "resources", "success")
    return {"who": said.owner.name if said.owner else said.owner_name} | {name: getattr(said, name) for name in names}


def _alike(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return as_in_a_form(one).split() == as_in_a_form(other).split()
    return one == other


def _intention(
    here: dict[str, Any], changes: dict[str, Any], action: Action | None, there: There, acting: Acting
) -> Intention:
    """What the action would say."""
    said = {name: value for name, value in (here | changes).items() if name != "who"}
    said["what"] = said.get("what", "")
    if acting.alone:
        return Intention(owner=acting.user, **said)
    if "who" not in changes:
        return Intention(owner=action.owner if action else None, owner_name=action.owner_name if action else "", **said)
    owner = there.owners.get(plain(changes["who"]))
    return Intention(owner=owner, owner_name="" if owner else changes["who"], **said)


def _ends_first(intention: Intention) -> bool:
    return bool(intention.start_on and intention.due_on and intention.due_on < intention.start_on)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else day(value)
