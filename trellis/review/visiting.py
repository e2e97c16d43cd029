"""A visit, read for its pages: what the visitor sees of the review, and what both sides say side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trellis.accounts.roles import Permission
from trellis.review.forms.visit_day import said_of
from trellis.review.models import Round, Statement
from trellis.review.reading import read_round, with_evidence, with_plan
from trellis.review.rules.plan import NOTHING_TO_DO
from trellis.review.rules.visit import timetable_words
from trellis.review.wording import levels_of

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.review import framework as files
    from trellis.review.forms import VisitorRatingForm
    from trellis.review.models import ReviewerRating, TimetableRow, Visit
    from trellis.review.reading import Card, RoundView


@dataclass
class BothSides:
    """A statement with what the setting says of it, as far as it is opened, and what the visitor says."""

    card: Card
    area: files.Area
    theirs: ReviewerRating | None
    their_level: files.Level | None
    form: VisitorRatingForm | None = None

    @property
    def said(self) -> dict[str, Any]:
        """What the visitor says, by the names of the form’s fields: as it was typed, or else as it stands."""
        return said_of(self.theirs) if self.form is None else {field.name: field.value() for field in self.form}

    @property
    def differs(self) -> bool:
        """Whether the two see it differently: another level, or one that the setting has not rated."""
        return self.their_level is not None and self.their_level != self.card.level


def opened_view(
    visit: Visit, acting: Acting, *, area: files.Area | None = None, ratings_alone: bool = False
) -> RoundView:
    """The round of a visit, or an area of it, as somebody may see it: a visitor without what the setting has not opened.

    What is not opened is taken out of the cards here, so that no page can show it by mistake.
    """
    visitor = acting.may(Permission.VISIT)
    view = read_round(visit.round, area=area, last=False, who=False)
    if not ratings_alone:
        if visit.with_evidence if visitor else acting.may(Permission.SEE_EVIDENCE):
            view = with_evidence(view)
        if visit.with_actions or not visitor:
            view = with_plan(view)
    if visitor:
        for card in view.cards:
            _close(card, visit)
    return view


def _close(card: Card, visit: Visit) -> None:
    """Take out of a card what a setting has not opened."""
    if not visit.with_ratings:
        card.level, card.last, card.who = None, None, ""
        card.reason, card.rank = "", NOTHING_TO_DO
        card.rating = card.rating._replace(level=None, state="not_discussed", unsure=False, who=None, changed_at=None)
    if not visit.with_notes:
        card.rating = card.rating._replace(notes="", reason="")
    if not visit.with_actions:
        card.rating = card.rating._replace(no_action_because="")


def both_sides(view: RoundView, ratings: list[ReviewerRating]) -> list[BothSides]:
    """Every statement with what both say; the newest of the visitor’s `ratings` counts, and they come in order."""
    newest = {rating.statement_id: rating for rating in ratings}
    levels = {level.pk: level for level in levels_of(view.round).values()}
    found = []
    for each in view.areas:
        for card in each.cards:
            theirs = newest.get(card.rating.statement_id)
            if theirs and theirs.level_id:
                theirs.level = levels[theirs.level_id]
            level = view.wording.level[theirs.level.code] if theirs and theirs.level else None
            found.append(BothSides(card, each.area, theirs, level))
    return found


@dataclass(frozen=True)
class Timetable:
    """The rows of a timetable, how long they take in all, and what overlaps."""

    rows: list[TimetableRow]
    total: str
    overlaps: list[str]


def timetable_of(visit: Visit) -> Timetable:
    """Read the timetable of a visit. One query."""
    rows = list(visit.rows.all())
    total, overlaps = timetable_words([(row.start, row.minutes, row.activity) for row in rows])
    return Timetable(rows, total, overlaps)


def next_start(visit: Visit) -> str:
    """When another row would begin: where the last one ends."""
    last = visit.rows.last()
    begins = min(last.ends, 23 * 60 + 55) if last else 9 * 60
    return f"{begins // 60:02}:{begins % 60:02}"


def latest_round_for(visit: Visit) -> Round:
    """The newest review of the setting by the same framework: what a visit that follows is about."""
    same = Round.objects.filter(organisation=visit.organisation_id, framework__key=visit.round.framework.key)
    return same.with_wording().newest_first().first() or visit.round


def statements_of(visit: Visit) -> dict[str, Statement]:
    """The rows of the statements of the review of a visit, by code. One query."""
    rows = Statement.objects.filter(ratings__round=visit.round_id)
    return {statement.code: statement for statement in rows}


def version_words(number: int, newest: int, status: str) -> str:
    """What a version of a report is called, so that nobody takes an old one for the report.

    >>> version_words(2, 2, "final"), version_words(1, 2, "final"), version_words(2, 2, "drafted")
    ('Final report', 'Draft 1, superseded', 'Draft 2')
    """
    if number < newest:
        return f"Draft {number}, superseded"
    return "Final report" if status == "final" else f"Draft {number}"
