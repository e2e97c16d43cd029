"""What colleagues, parents and children say, read for the pages and papers of a round in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count
from django.utils import timezone

from trellis.core.rules.share_words import share_in_words
from trellis.review.models import ChildVoice, NameChoice, OwnRating, ParentCount, ParentForm, RatingState
from trellis.review.questions import ENGLISH, languages, questions
from trellis.review.rules.voices import (
    FEWEST_VOICES,
    disagreement,
    span_in_words,
)
from trellis.review.wording import levels_of, statements_of, wording_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from trellis.review import framework as files
    from trellis.review.models import Round


class AtLevel(NamedTuple):
    """How many colleagues chose a level, and the names of those who wanted theirs shown."""

    level: files.Level
    voices: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Spread:
    """What colleagues said alone of one statement, from two of them up."""

    levels: tuple[AtLevel, ...]
    not_applicable: int
    unsure: int
    notes: tuple[tuple[str, str], ...]

    @property
    def voices(self) -> int:
        """How many said something."""
        return sum(each.voices for each in self.levels) + self.not_applicable

    @property
    def apart(self) -> tuple[int, int, int]:
        """How far apart they are: larger is talked about first."""
        positions = [each.level.position for each in self.levels for _ in range(each.voices)]
        return disagreement(positions, self.unsure)

    @property
    def of_one_mind(self) -> bool:
        """Whether all said the same and were sure."""
        chosen = sum(bool(each.voices) for each in self.levels) + bool(self.not_applicable)
        return chosen == 1 and not self.unsure

    @property
    def span(self) -> str:
        """From where to where, and not how many: for papers that may leave the house."""
        return span_in_words([each.level.label for each in self.levels if each.voices])


class ParentsSay(NamedTuple):
    """What parents said to one question, in words."""

    code: str
    area: str
    statements: tuple[str, ...]
    text: str
    yes: str
    not_yet: str

    @property
    def words(self) -> str:
        """Both shares in one line.

        >>> ParentsSay("moves", "F", (), "Do we help?", "most or all", "few or nobody").words
        'Yes: most or all. Not yet: few or nobody'
        """
        return f"Yes: {self.yes}. Not yet: {self.not_yet}"


class Seen(NamedTuple):
    """Something that somebody saw of children, about a statement, by its code, or about a whole area."""

    pk: UUID
    area: str
    code: str
    seen: str
    at: datetime
    by_id: UUID
    who: str


@dataclass
class Voices:
    """Everything heard in a round that may be shown now."""

    spreads: dict[str, Spread] = field(default_factory=dict)
    parents: list[ParentsSay] = field(default_factory=list)
    parent_forms: list[ParentForm] = field(default_factory=list)
    children: list[Seen] = field(default_factory=list)

    def spread_of(self, code: str) -> Spread | None:
        """What colleagues said of a statement."""
        return self.spreads.get(code)

    def parents_on(self, code: str) -> list[ParentsSay]:
        """What parents said that throws light on a statement."""
        return [each for each in self.parents if code in each.statements]

    def children_on(self, code: str) -> list[Seen]:
        """What was seen of children about a statement."""
        return self._children_by_code.get(code, [])

    @cached_property
    def _children_by_code(self) -> dict[str, list[Seen]]:
        """What was seen about statements, by their codes."""
        found: dict[str, list[Seen]] = {}
        for each in self.children:
            if each.code:
                found.setdefault(each.code, []).append(each)
        return found

    def children_of_area(self, area: str) -> list[Seen]:
        """What was seen of children about an area as a whole."""
        return [each for each in self.children if each.area == area and not each.code]

    def any_on(self, code: str) -> bool:
        """Whether anybody was heard on a statement."""
        return bool(self.spread_of(code) or self.parents_on(code) or self.children_on(code))

    def in_pairs(self, code: str) -> list[tuple[str, str]]:
        """What colleagues and children say of a statement, as names and values for a report: of colleagues no counts."""
        spread, seen = self.spread_of(code), [voice.seen for voice in self.children_on(code)]
        pairs = [("Colleagues, each alone", spread.span)] if spread and spread.span else []
        return [*pairs, ("Seen of children", "\n".join(seen))] if seen else pairs

    @property
    def asked(self) -> str:
        """Who was asked, in sentences for a report; nothing when nobody was."""
        return _asked(bool(self.spreads), self.parent_forms, bool(self.children))


def _asked(colleagues: bool, forms: Iterable[ParentForm], children: bool) -> str:
    today = timezone.localdate()
    said = ["Colleagues rated alone before they talked."] if colleagues else []
    said += [f"{form.replies:,} parents answered a form." for form in forms if form.told(today).answers]
    return " ".join([*said, "What children show was observed."] if children else said)


def who_was_heard(round: Round, *, alone: bool) -> str:
    """Who was asked, as `Voices.asked` says it, without reading what they said: three queries at most."""
    return _asked(
        not alone and _colleagues_spoke(round),
        ParentForm.objects.filter(round=round).only(*OF_A_FORM),
        ChildVoice.objects.filter(round=round).standing().exists(),
    )


def _colleagues_spoke(round: Round) -> bool:
    """Whether there is a spread of any statement, as `spreads_of` has them."""
    if not round.is_talked_over:
        return False
    said = OwnRating.objects.filter(round=round).exclude(state=RatingState.NOT_DISCUSSED).order_by()
    return said.values("statement").annotate(voices=Count("pk")).filter(voices__gte=FEWEST_VOICES).exists()


OF_A_FORM = ("round_id", "edition", "replies", "typed_in", "carried", "opened_at", "closes_on", "closed_at")
"""What is needed of a form to tell what parents said on it."""


def heard(
    round: Round, *, alone: bool, codes: Iterable[str] | None = None, spreads: dict[str, Spread] | None = None
) -> Voices:
    """What may be shown of a round now: five queries at most, whatever its size.

    Colleagues’ own ratings only once the talk has begun, parents’ answers only of the newest form that is closed and
    has five replies, and nothing of colleagues for a childminder. `codes` narrows what colleagues said to some
    statements; `spreads` is that, when it has been read already.
    """
    forms = list(ParentForm.objects.filter(round=round).only(*OF_A_FORM))
    return Voices(
        spreads={} if alone else spreads_of(round, codes) if spreads is None else spreads,
        parents=_parents(forms, round),
        parent_forms=forms,
        children=_children(round),
    )


def _children(round: Round) -> list[Seen]:
    """What was seen of children, and nobody has withdrawn: one query."""
    codes = {pk: statement.code for pk, statement in statements_of(round).items()}
    standing = ChildVoice.objects.filter(round=round).standing()
    rows = standing.values_list("pk", "area", "statement_id", "seen", "at", "by_id", "by__name")
    return [
        Seen(pk, area, codes[statement] if statement else "", seen, at, by_id, who)
        for pk, area, statement, seen, at, by_id, who in rows
    ]


class Own(NamedTuple):
    """What a colleague said alone of a statement."""

    statement_id: UUID
    state: str
    level_id: UUID | None
    unsure: bool
    note: str
    user_id: UUID


def spreads_of(round: Round, codes: Iterable[str] | None = None) -> dict[str, Spread]:
    """The spread of every statement of which two colleagues at least said something, or of some of those: two queries,
    and none before the talk has begun."""
    if not round.is_talked_over:
        return {}
    wording, levels = wording_of(round), {level.pk: level.code for level in levels_of(round).values()}
    statements = {pk: row.code for pk, row in statements_of(round).items() if codes is None or row.code in codes}
    found = OwnRating.objects.filter(round=round).exclude(state=RatingState.NOT_DISCUSSED)
    if codes is not None:
        found = found.filter(statement__in=list(statements))
    said: dict[str, list[Own]] = defaultdict(list)
    for own in map(Own._make, found.values_list(*Own._fields)):
        said[statements[own.statement_id]].append(own)
    shown = _who_shows_their_name(round)
    enough = {code: owns for code, owns in said.items() if len(owns) >= FEWEST_VOICES}
    return {code: _spread(owns, wording.levels, levels, shown) for code, owns in enough.items()}


def _who_shows_their_name(round: Round) -> dict[UUID, str]:
    """The colleagues who want their name beside what they said alone, with their names: one query."""
    return dict(NameChoice.objects.filter(round=round, shows_name=True).values_list("user_id", "user__name"))


def _spread(owns: list[Own], scale: tuple[files.Level, ...], codes: dict[UUID, str], names: dict[UUID, str]) -> Spread:
    shown = sorted((own for own in owns if own.user_id in names), key=lambda own: names[own.user_id])
    at_levels = []
    for level in scale:
        here = [own for own in owns if own.level_id and codes[own.level_id] == level.code]
        named = tuple(names[own.user_id] for own in shown if own.level_id and codes[own.level_id] == level.code)
        at_levels.append(AtLevel(level, len(here), named))
    return Spread(
        levels=tuple(at_levels),
        not_applicable=sum(own.state == RatingState.NOT_APPLICABLE for own in owns),
        unsure=sum(own.unsure for own in owns),
        notes=tuple((names[own.user_id], own.note) for own in shown if own.note),
    )


def _parents(forms: list[ParentForm], round: Round) -> list[ParentsSay]:
    """What parents said on the newest form whose answers may be shown: one query, or none.

    Beside statements only in a review by the framework that the questions were written for.
    """
    today = timezone.localdate()
    form = next((each for each in forms if each.told(today).answers), None)
    if form is None:
        return []
    fits = questions(form.edition).framework == round.framework.key
    return [each if fits else each._replace(statements=()) for each in answers_of(form)]


def answers_of(form: ParentForm) -> list[ParentsSay]:
    """The answers of a form in words, when it is closed and has five replies; otherwise none."""
    if not form.told(timezone.localdate()).answers:
        return []
    if form.carried is not None:
        return _carried(form)
    counts = {
        (question, answer): count
        for question, answer, count in ParentCount.objects.filter(form=form).values_list("question", "answer", "count")
    }
    english = languages(form.edition)[ENGLISH]
    return [
        ParentsSay(
            code=question.code,
            area=question.area,
            statements=question.statements,
            text=english.questions[question.code],
            yes=share_in_words(counts[question.code, "yes"], form.replies),
            not_yet=share_in_words(counts[question.code, "not_yet"], form.replies),
        )
        for question in questions(form.edition).questions
    ]


def _carried(form: ParentForm) -> list[ParentsSay]:
    """The answers in words that came with the form from another installation, which has the counts."""
    english, said = languages(form.edition)[ENGLISH], form.carried or {}
    return [
        ParentsSay(
            question.code, question.area, question.statements, english.questions[question.code], *said[question.code]
        )
        for question in questions(form.edition).questions
        if question.code in said
    ]
