"""Rating statements: nothing overwritten, nothing lost when two people edit."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.review.actions.holding import hold
from trellis.review.models import Level, NoActionChange, PromptDismissal, Rating, RatingChange, RatingState, Work
from trellis.review.rules.rounds import why_not_add, why_not_plan, why_not_rate

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.review.models import Round


@dataclass(frozen=True)
class Answer:
    """What a person says of a statement: its state, the level when rated, and the words beside it."""

    state: str
    level: Level | None = None
    reason: str = ""
    unsure: bool = False
    notes: str = ""
    work: str = Work.TO_DO


class Stale(Exception):
    """Someone else changed the rating meanwhile; `current` is what it is now."""

    def __init__(self, current: Rating) -> None:
        """Keep what the rating is now, for the page that tells who changed it."""
        super().__init__("Someone else changed this rating meanwhile")
        self.current = current


def answer_of(rating: Rating) -> Answer:
    """What a rating says now."""
    return Answer(rating.state, rating.level, rating.reason, rating.unsure, rating.notes, rating.work)


@transaction.atomic
def rate(*, rating: Rating, answer: Answer, version: int, by: Acting) -> Rating:
    """Write `answer` over version `version` of a rating, keeping the old one.

    Returns the rating as it now is; the same rating when nothing differs. Raises `Stale` when the rating is
    past that version and the answer is not what it was then, and `Refused` when the round is frozen.
    """
    refuse(why_not_rate(status=rating.round.status))
    answer = _tidied(answer)
    if answer == answer_of(rating):
        return rating
    if rating.version != version:
        if answer == _answer_at(rating, version):
            return rating
        raise Stale(rating)
    before = answer_of(rating)
    now = timezone.now()
    values: dict[str, Any] = {"version": version + 1, "changed_at": now, "changed_by": by.user} | _fields(answer)
    if not Rating.objects.filter(pk=rating.pk, version=version, frozen=False).update(**values):
        current = Rating.objects.select_related("level", "changed_by", "round").get(pk=rating.pk)
        refuse(why_not_rate(status=current.round.status))
        raise Stale(current)
    for name, value in values.items():
        setattr(rating, name, value)
    RatingChange.objects.create(rating=rating, version=version + 1, at=now, by=by.user, **_fields(answer))
    change = {"statement": rating.statement.code} | _difference(before, answer)
    record(by=by, verb="rating.changed", subject=rating, change=change)
    return rating


def _answer_at(rating: Rating, version: int) -> Answer:
    """What a rating said at a version: whoever sends that back has changed nothing."""
    then = RatingChange.objects.filter(rating=rating, version=version).select_related("level").first()
    if then is None:
        return Answer(RatingState.NOT_DISCUSSED)
    return Answer(then.state, then.level, then.reason, then.unsure, then.notes, then.work)


def _tidied(answer: Answer) -> Answer:
    """An answer without what its state has no place for."""
    return replace(
        answer,
        level=answer.level if answer.state == RatingState.RATED else None,
        reason=answer.reason if answer.state == RatingState.NOT_APPLICABLE else "",
    )


def _fields(answer: Answer) -> dict[str, Any]:
    return {name: getattr(answer, name) for name in ("state", "level", "reason", "unsure", "notes", "work")}


def _difference(before: Answer, after: Answer) -> dict[str, Any]:
    """Which fields changed; of free text only that it changed, as its history is kept with the rating."""
    old, new = asdict(before), asdict(after)
    old["level"], new["level"] = (each.level.code if each.level else "" for each in (before, after))
    changed = {name: [old[name], new[name]] for name in old if old[name] != new[name]}
    return {name: pair if name not in ("notes", "reason") else ["…", "…"] for name, pair in changed.items()}


@transaction.atomic
def confirm_last(*, rating: Rating, by: Acting) -> Rating:
    """Say again what the last round said of this statement, because someone confirmed that it still holds.

    Raises `Refused` when the last round did not rate it, or by a level that this edition does not have.
    """
    last = (
        Rating.objects.filter(round=rating.round.previous_id, statement__code=rating.statement.code)
        .select_related("level")
        .first()
    )
    if last is None or last.state == RatingState.NOT_DISCUSSED:
        raise Refused("The last review did not rate this statement")
    level = None
    if last.level:
        level = Level.objects.filter(framework=rating.round.framework_id, code=last.level.code).first()
        if level is None:
            raise Refused("The words for the levels have changed since, so please rate this one afresh")
    answer = replace(answer_of(rating), state=last.state, level=level, reason=last.reason)
    return rate(rating=rating, answer=answer, version=rating.version, by=by)


@transaction.atomic
def decide_no_action(*, rating: Rating, because: str, by: Acting) -> Rating:
    """Say that no action will follow from a statement, and why. Earlier reasons are kept.

    Raises `Refused` when the round is archived.
    """
    if because == rating.no_action_because:
        return rating
    hold(rating.round, why_not_plan)
    _set_no_action(rating, because, by)
    record(by=by, verb="rating.no_action", subject=rating, change={"statement": rating.statement.code})
    return rating


@transaction.atomic
def take_back_no_action(*, rating: Rating, by: Acting) -> Rating:
    """Open the question of an action again; why there was to be none is kept. Raises `Refused` like the above."""
    if not rating.no_action_because:
        return rating
    hold(rating.round, why_not_plan)
    _set_no_action(rating, "", by)
    record(by=by, verb="rating.no_action_taken_back", subject=rating, change={"statement": rating.statement.code})
    return rating


def _set_no_action(rating: Rating, because: str, by: Acting) -> None:
    """Write a reason, or none, over the one that there was."""
    now = timezone.now()
    rating.no_action_because = because
    rating.no_action_at, rating.no_action_by = (now, by.user) if because else (None, None)
    rating.save(update_fields=["no_action_because", "no_action_at", "no_action_by"])
    NoActionChange.objects.create(rating=rating, because=because, at=now, by=by.user)


@transaction.atomic
def dismiss_prompt(*, round: Round, prompt: str, subject: str, word: str, by: Acting) -> PromptDismissal:
    """Answer a quality prompt with a word, so that nobody is asked again. Doing it twice changes nothing.

    Raises `Refused` when the round is frozen.
    """
    hold(round, why_not_add)
    dismissal, created = PromptDismissal.objects.get_or_create(
        round=round, prompt=prompt, subject=subject, defaults={"word": word, "by": by.user}
    )
    if created:
        record(by=by, verb="prompt.dismissed", subject=round, change={"prompt": prompt, "about": subject})
    return dismissal
