"""A setting’s week as a file of rows, out and in. What its columns are stands in `rules/week_file.py`."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING, Any

from django.utils import timezone

from trellis.core.exports import Column, Table
from trellis.organisations.register.headings import heading_key
from trellis.organisations.register.lines import NotText
from trellis.qualifications.sheets import csv_rows
from trellis.staffing.reading import plan_of
from trellis.staffing.rules.overview import typed
from trellis.staffing.rules.week_file import ABOUT, COLUMNS, FLAGS, There, WeekFile, named
from trellis.staffing.rules.weeks import WEEKDAYS, born_while_asked
from trellis.staffing.rules.words import BANDS, HOW_KNOWN, STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from trellis.staffing.models import Colleague
    from trellis.staffing.reading import Week
    from trellis.staffing.rules.people import Span
    from trellis.staffing.rules.weeks import Plan

MOST_ROWS = 3_000
WORDS: dict[str, dict[Any, str]] = {"known": dict(HOW_KNOWN), "standing": dict(STANDINGS)}
Row = dict[str, Any]


class NotAWeek(Exception):
    """The file is not one of a week; its text says what is wrong."""


def there_of(week: Week) -> There:
    """What is written down already, as a file speaks of it."""
    today = timezone.localdate()
    rooms = {str(each.pk): each.name for each in week.rooms}
    people = {str(each.pk): each.name for each in week.colleagues}
    return There(
        rooms=frozenset(each.name for each in week.rooms),
        people={each.name: _known(each, today) for each in week.colleagues},
        days={weekday: named(plan_of(usual), rooms, people) for weekday, usual in week.days.items()},
        today=today,
    )


def _known(colleague: Colleague, today: date) -> dict[str, Any]:
    known = {key: getattr(colleague, key) for key in ABOUT}
    return known | {"born_on": born_while_asked(colleague.born_on, today)}


def read_week_file(text: str, week: Week) -> WeekFile:
    """What a file says against what is there. Raises `NotAWeek` when it is another file."""
    found = WeekFile(there_of(week))
    rows = []
    try:
        lines = _rows(io.BytesIO(text.encode()))
        columns = _columns(lines)
        for line, row in lines:
            if isinstance(row, str):
                found.rows += 1
                found.reject(line, row)
            elif any(cell.strip() for cell in row):
                rows.append((line, {key: row[at] if at < len(row) else "" for key, at in columns.items()}))
    except NotText as fault:
        raise NotAWeek(str(fault)) from fault
    if len(rows) > MOST_ROWS:
        raise NotAWeek(f"This file has more than {MOST_ROWS:,} rows")
    found.read(rows)
    return found


def _rows(file: IO[bytes]) -> Iterator[tuple[int, list[str] | str]]:
    """The rows, with semicolons between cells too, as some spreadsheets write them."""
    first = file.readline()
    file.seek(0)
    return csv_rows(file, delimiter=";" if first.count(b";") > first.count(b",") else ",")


def _columns(rows: Iterator[tuple[int, list[str] | str]]) -> dict[str, int]:
    """Where each column stands, by the headings in the first line."""
    _, row = next(rows, (1, ""))
    keys = [] if isinstance(row, str) else [heading_key(cell) for cell in row]
    found = {key: keys.index(at) for key, heading in COLUMNS.items() if (at := heading_key(heading)) in keys}
    if "what" not in found:
        raise NotAWeek("The first line has no column “What”. Begin with the file that you can take from here")
    return found


def week_table(week: Week, setting: str) -> Table:
    """What is there, as a file that can be read back and then changes nothing."""
    columns = tuple(Column(heading, width=16) for heading in COLUMNS.values())
    rows = ([row.get(key, "") for key in COLUMNS] for row in _all_rows(week))
    return Table("Our week", setting, columns, (tuple(row) for row in rows))


def _all_rows(week: Week) -> Iterator[Row]:
    called = {str(each.pk): each.name for each in week.rooms} | {str(each.pk): each.name for each in week.colleagues}
    yield from ({"what": "room", "room": each.name} for each in week.rooms)
    yield from ({"what": "person", "name": each.name} | _about(each) for each in week.colleagues)
    for weekday in sorted(week.days):
        plan = plan_of(week.days[weekday])
        if plan.opening:
            yield from ({"day": WEEKDAYS[weekday]} | row for row in _of_a_day(plan, plan.opening, called))


def _about(colleague: Colleague) -> Row:
    """What is said of somebody; a date of birth only while it is asked for."""
    told: Row = {}
    for key in ABOUT:
        value = getattr(colleague, key)
        if key in FLAGS or key == "competent":
            value = "Yes" if value else ""
        elif key in WORDS:
            value = WORDS[key][value]
        elif key == "born_on":
            value = born_while_asked(value, timezone.localdate())
        told[key] = str(value) if value else ""
    return told


def _of_a_day(plan: Plan, opening: Span, called: Mapping[str, str]) -> Iterator[Row]:
    yield {"what": "open"} | _times(opening)
    yield from ({"what": "meal"} | _times(meal) for meal in plan.meals)
    for each in plan.children:
        age = dict(BANDS)[each.attending.band.value]
        row = {"what": "children", "room": called[each.room], "age": age, "number": str(each.attending.count)}
        yield row | _times(each.attending.span, opening)
    for one in plan.working:
        row = {"what": "works", "name": called[one.colleague], "room": called.get(one.room, "")}
        pause = {f"break_{key}": value for key, value in _times(one.pause).items()} if one.pause else {}
        yield row | _times(one.span, opening) | pause


def _times(span: Span, opening: Span | None = None) -> Row:
    """From when to when; nothing for as long as the setting is open."""
    return {} if span == opening else {"starts": typed(span.start), "until": typed(span.until)}
