"""Preparing a visit and what happens on its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from trellis.core.audit import record
from trellis.core.refusal import Refused
from trellis.review.actions.visit import hold_visit
from trellis.review.models import ChecklistMark, ReviewerRating, TimetableRow, VisitNote
from trellis.review.rules.visit import why_not_note, why_not_prepare, why_not_rate_as_visitor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.accounts.acting import Acting
    from trellis.review.models import Level, Statement, Visit
    from trellis.review.visit_lists import Preset

A_DAY = 24 * 60
MEANWHILE = "This was changed in another window. Look at it again"


class RowChanged(Exception):
    """Somebody else changed a row of the timetable meanwhile; `current` is what it is now."""

    def __init__(self, current: TimetableRow) -> None:
        """Keep what the row is now."""
        super().__init__("Somebody else changed this row meanwhile")
        self.current = current


@transaction.atomic
def mark_checklist(*, visit: Visit, answers: Mapping[str, tuple[str, str]], by: Acting) -> int:
    """Say how far each thing on the list has got: its code → state and where it is kept. Returns how many changed."""
    hold_visit(visit, why_not_prepare(visit.status))
    newest = {mark.item: mark for mark in visit.marks.all()}
    changed = []
    for item, (state, where) in answers.items():
        before = newest.get(item)
        if (before.state, before.where_kept) != (state, where) if before else (state, where) != ("needed", ""):
            number = before.number + 1 if before else 1
            changed.append(
                ChecklistMark(visit=visit, item=item, number=number, state=state, where_kept=where, by=by.user)
            )
    _add(ChecklistMark, changed)
    if changed:
        record(by=by, verb="visit.checklist_marked", subject=visit, change={"items": [each.item for each in changed]})
    return len(changed)


def _add(model: Any, rows: list[Any]) -> None:
    try:
        with transaction.atomic():
            model.objects.bulk_create(rows)
    except IntegrityError as faster:
        raise Refused(MEANWHILE) from faster


@transaction.atomic
def begin_timetable(*, visit: Visit, preset: Preset, by: Acting) -> None:
    """Put the rows of a timetable to begin with in the place of what is there."""
    hold_visit(visit, why_not_prepare(visit.status))
    visit.rows.all().delete()
    TimetableRow.objects.bulk_create([TimetableRow(visit=visit, **_fields(row)) for row in preset.rows])
    record(by=by, verb="visit.timetable_begun", subject=visit, change={"preset": preset.code})


def _fields(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("start", "minutes", "activity", "who", "look_for")}


@transaction.atomic
def write_row(
    *, visit: Visit, row: TimetableRow | None, answers: Mapping[str, Any], seen: str = "", by: Acting
) -> TimetableRow:
    """Add a row to the timetable, or change one, of which `seen` was seen.

    Raises `RowChanged` when it says something else by now, and `Refused` when it is not there any more.
    """
    hold_visit(visit, why_not_prepare(visit.status))
    row = _as_it_is(row, seen) if row else TimetableRow(visit=visit)
    for name, value in answers.items():
        setattr(row, name, value)
    row.save()
    record(by=by, verb="visit.timetable_changed", subject=visit)
    return row


def _as_it_is(row: TimetableRow, seen: str) -> TimetableRow:
    """The row as it is now; nobody changes it until this transaction ends, because the visit is held."""
    now = TimetableRow.objects.filter(pk=row.pk).first()
    if now is None:
        raise Refused("This row was taken out meanwhile. Copy what you typed into a new one")
    if now.seen != seen:
        raise RowChanged(now)
    return now


@transaction.atomic
def remove_row(*, row: TimetableRow, by: Acting) -> None:
    """Take a row out."""
    visit = row.visit
    hold_visit(visit, why_not_prepare(visit.status))
    row.delete()
    record(by=by, verb="visit.timetable_changed", subject=visit)


@transaction.atomic
def trade_places(*, row: TimetableRow, earlier: bool, by: Acting) -> None:
    """Let a row and its neighbour trade places: the later begins when the earlier did, and the other after it."""
    visit = row.visit
    hold_visit(visit, why_not_prepare(visit.status))
    rows = list(visit.rows.all())
    at = rows.index(row)
    other = at - 1 if earlier else at + 1
    if not 0 <= other < len(rows):
        raise Refused("It is the first already" if earlier else "It is the last already")
    first, second = sorted((rows[at], rows[other]), key=rows.index)
    second.start = first.start
    first.start = second.start + second.minutes
    if first.start >= A_DAY:
        raise Refused("It would begin on the next day. Change when it begins instead")
    TimetableRow.objects.bulk_update([first, second], ["start"])
    record(by=by, verb="visit.timetable_changed", subject=visit)


@transaction.atomic
def rate_as_visitor(*, visit: Visit, answers: Mapping[Statement, tuple[Level | None, str]], by: Acting) -> int:
    """Say how a visitor sees statements, beside what the setting says. Returns how many changed; earlier ones are kept."""
    hold_visit(visit, why_not_rate_as_visitor(visit.status))
    newest = {rating.statement_id: rating for rating in visit.ratings.all()}
    changed = []
    for statement, (level, comment) in answers.items():
        before = newest.get(statement.pk)
        said = (before.level_id, before.comment) if before else (None, "")
        if said != (level.pk if level else None, comment):
            number = before.number + 1 if before else 1
            changed.append(
                ReviewerRating(
                    visit=visit, statement=statement, number=number, level=level, comment=comment, by=by.user
                )
            )
    _add(ReviewerRating, changed)
    if changed:
        record(by=by, verb="visit.rated", subject=visit, change={"codes": [each.statement.code for each in changed]})
    return len(changed)


@transaction.atomic
def note_conversation(*, visit: Visit, who: str, said: str, next_steps: str, by: Acting) -> VisitNote:
    """Note what was said, by whom, and what comes next."""
    hold_visit(visit, why_not_note(visit.status))
    note = VisitNote.objects.create(visit=visit, who=who, said=said, next_steps=next_steps, by=by.user)
    record(by=by, verb="visit.noted", subject=visit)
    return note
