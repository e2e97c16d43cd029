"""Closed days as files say them: the government’s JSON of bank holidays, our own list, a CSV of school holidays.

A CSV has the columns `authority` (an ONS code or a name), `from`, `to` and `name`; a row is one holiday.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED = Path(__file__).parent / "reference" / "bank-holidays-england.yaml"
DIVISION = "england-and-wales"
LONGEST_HOLIDAY = 92
COLUMNS = ("authority", "from", "to", "name")


class NotClosedDays(ValueError):
    """The file is none of these; the message says what is wrong with it."""


@dataclass(frozen=True)
class Closed:
    """A closed day: of England when it names no authority."""

    on: date
    name: str
    authority: str = ""


def shipped() -> tuple[str, list[Closed]]:
    """The bank holidays that come with Trellis, and where they are from."""
    said = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return str(said["source"]), [Closed(each["day"], each["name"]) for each in said["days"]]


def read_closed_days(text: str) -> list[Closed]:
    """The days that a file names, by what it is. Raises `NotClosedDays`."""
    if text.lstrip().startswith("{"):
        return list(_of_government(text))
    return list(_of_table(text))


def _of_government(text: str) -> Iterator[Closed]:
    """As gov.uk/bank-holidays.json has them: the part for England and Wales."""
    try:
        events = json.loads(text)[DIVISION]["events"]
        for event in events:
            yield Closed(date.fromisoformat(event["date"]), str(event["title"]))
    except (ValueError, KeyError, TypeError) as wrong:
        raise NotClosedDays(
            f"This is not the file of bank holidays: it has no days under “{DIVISION}”, or not as expected"
        ) from wrong


def _of_table(text: str) -> Iterator[Closed]:
    """School holidays, a row for each, as many days as each has."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    headings = [str(each).strip().lower() for each in rows.fieldnames or ()]
    missing = [name for name in COLUMNS if name not in headings]
    if missing:
        raise NotClosedDays(
            f"The first line has to name the columns authority, from, to and name. Missing: {', '.join(missing)}"
        )
    for number, row in enumerate(rows, start=2):
        yield from _holiday({str(key).strip().lower(): str(value or "").strip() for key, value in row.items()}, number)


def _holiday(row: dict[str, Any], number: int) -> Iterator[Closed]:
    try:
        first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
    except ValueError as wrong:
        raise NotClosedDays(f"Line {number}: write days as 2027-03-05") from wrong
    if not first <= last <= first + timedelta(days=LONGEST_HOLIDAY):
        raise NotClosedDays(f"Line {number}: a holiday ends on or after its first day, and lasts three months at most")
    if not row["authority"]:
        raise NotClosedDays(f"Line {number}: say whose school holiday this is")
    for days in range((last - first).days + 1):
        yield Closed(first + timedelta(days=days), row["name"] or "School holiday", row["authority"])
