"""Reading the published list, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from trellis.organisations.register.headings import heading_key
from trellis.organisations.register.lines import Lines, NotText
from trellis.qualifications.rules.listing import cell, read_day, why_not_level, why_not_ref
from trellis.qualifications.sheets import next_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

HEADINGS: dict[str, tuple[str, ...]] = {
    "ref": ("qualificationref", "qualificationreference", "ref", "id"),
    "level": ("qualificationlevel", "level"),
    "from_date": ("fromwhichdate", "fromwhichyear", "startdate", "from"),
    "to_date": ("towhichdate", "towhichyear", "enddate", "to"),
    "name": ("qualificationname", "nameofqualification", "qualificationtitle", "name"),
    "awarding_organisation": ("awardingorganisationtitle", "awardingorganisation", "awardingbody"),
    "number": ("qualificationnumber", "number"),
    "notes": ("notesadditionalrequirements", "notes", "additionalrequirements"),
    "questions": ("additionalrequirementquestions",),
    "ratio_requirements": ("ratiorequirements",),
}
NEEDED = {"ref": "Qualification Ref", "level": "Qualification Level", "name": "Qualification Name"}
LONGEST = {
    "name": 300,
    "awarding_organisation": 200,
    "number": 60,
    "notes": 4000,
    "questions": 500,
    "ratio_requirements": 500,
}
LINES_TO_SEARCH = 20  # titles and notes may stand above the headings


class NotAList(Exception):
    """The file is not the list of early years qualifications; its text says what was missing."""


@dataclass(frozen=True)
class ListedRow:
    """A qualification as the list gives it. Texts are “” where nothing is published."""

    line: int
    ref: str
    level: int
    from_date: date | None
    to_date: date | None
    name: str
    awarding_organisation: str
    number: str
    notes: str
    questions: str
    ratio_requirements: str


@dataclass(frozen=True)
class RejectedRow:
    """A row that cannot be taken: where it stands in the file, and why not."""

    line: int
    reason: str
    ref: str = ""


def read_list(file: IO[bytes]) -> Iterator[ListedRow | RejectedRow]:
    """The rows of an open binary file, one at a time. Raises NotAList with what was missing."""
    lines = Lines(file)
    columns, width = _find_headings(lines)
    seen: dict[str, int] = {}
    while (found := next_row(lines)) is not None:
        line, row = found
        if isinstance(row, str):
            yield RejectedRow(line, row)
        elif any(value.strip() for value in row):
            told = _read(line, row, columns, width)
            if told.ref and told.ref in seen:
                told = RejectedRow(line, f"{told.ref} stands in the file already, on line {seen[told.ref]}", told.ref)
            elif isinstance(told, ListedRow):
                seen[told.ref] = line
            yield told


def _find_headings(lines: Lines) -> tuple[dict[str, int], int]:
    first: list[str] = []
    try:
        for _ in range(LINES_TO_SEARCH):
            found = next_row(lines)
            if found is None:
                break
            row = found[1]
            if isinstance(row, str):
                continue
            keys = [heading_key(heading) for heading in row]
            columns = {
                what: next(keys.index(key) for key in names if key in keys)
                for what, names in HEADINGS.items()
                if any(key in keys for key in names)
            }
            if NEEDED.keys() <= columns.keys():
                return columns, len(row)
            first = first or [" ".join(heading.split())[:60] for heading in row if heading.strip()][:12]
    except NotText as fault:
        raise NotAList(str(fault)) from fault
    wanted = ", ".join(f"“{name}”" for name in NEEDED.values())
    begins = f" It begins with: {', '.join(f'“{heading}”' for heading in first)}." if first else " It is empty."
    raise NotAList(f"This is not the list of early years qualifications: it has no headings {wanted}.{begins}")


def _read(line: int, row: list[str], columns: dict[str, int], width: int) -> ListedRow | RejectedRow:
    """The qualification of a row, or why there is none."""
    ref = cell(row[columns["ref"]]) if columns["ref"] < len(row) else ""
    known = ref if why_not_ref(ref) is None else ""
    if len(row) != width:
        return RejectedRow(line, f"This row has {len(row)} columns where the headings have {width}", known)
    texts = {what: cell(row[column]) for what, column in columns.items()}
    reason = why_not_ref(ref) or why_not_level(texts["level"]) or (None if texts["name"] else "There is no name")
    reason = reason or next(
        (
            f"The {what.replace('_', ' ')} is longer than {most} characters"
            for what, most in LONGEST.items()
            if len(texts.get(what, "")) > most
        ),
        None,
    )
    if reason:
        return RejectedRow(line, reason, known)
    try:
        begins = read_day(texts.get("from_date", ""), ends=False)
        end = read_day(texts.get("to_date", ""), ends=True)
    except ValueError as fault:
        return RejectedRow(line, str(fault), known)
    if begins and end and end < begins:
        return RejectedRow(line, "It ends before it begins", known)
    words = {what: texts.get(what, "") for what in LONGEST}
    return ListedRow(line=line, ref=ref, level=int(texts["level"]), from_date=begins, to_date=end, **words)
