"""Small registers for tests: rows by heading, as bytes of a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import AbstractContextManager
from io import BytesIO, StringIO
from typing import Any

from django.db import transaction

from trellis.core.audit import System
from trellis.organisations.actions.register import begin_import, run_import
from trellis.organisations.models import RegisterImport

WIDE = (
    "Provider URN", "Registration date", "Provider type", "Provider subtype", "Provider status",
    "Individual Register combinations", "Provider name", "Provider address line 1", "Provider town", "Postcode",
    "Local authority", "Region", "Places",
)  # fmt: skip
NARROW = ("Provider URN", "Provider type", "Provider name", "Postcode", "Local authority")
NURSERY: dict[str, object] = {
    "Provider URN": "EY900001",
    "Registration date": "24/10/1983",
    "Provider type": "Childcare on non-domestic premises",
    "Provider subtype": "Full day care",
    "Provider status": "Active",
    "Individual Register combinations": "ALL",
    "Provider name": "Rosewood Nursery",
    "Provider address line 1": "21 Rose Road",
    "Provider town": "Leeds",
    "Postcode": "LS99 9ZA",
    "Local authority": "Leeds",
    "Region": "Yorkshire and The Humber",
    "Places": 60,
}
CHILDMINDER: dict[str, object] = NURSERY | {
    "Provider URN": "EY900002",
    "Provider type": "Childminder",
    "Provider subtype": "",
    "Provider name": "REDACTED",
    "Provider address line 1": "REDACTED",
    "Provider town": "REDACTED",
    "Postcode": "REDACTED",
    "Local authority": "Hertfordshire",
    "Region": "East of England",
    "Places": 6,
}
BY = System("A test")


def a_file(*rows: dict[str, object], headings: Iterable[str] = WIDE) -> bytes:
    """A register with these rows under these headings."""
    text = StringIO()
    writer = csv.DictWriter(text, list(headings), extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def nurseries(count: int, first: int = 0) -> list[dict[str, object]]:
    """So many nurseries with different names, numbers and postcodes."""
    names = ("Acorn", "Bluebell", "Cloverfield", "Dandelion", "Elderberry", "Foxglove", "Greenfinch")
    return [
        NURSERY
        | {
            "Provider URN": f"EY{910000 + number}",
            "Provider name": f"{names[number % 7]} {names[number // 7 % 7]} Nursery {number}",
            "Postcode": f"LS{number % 28 + 1} {number % 9}ZZ",
        }
        for number in range(first, first + count)
    ]


class Steps:
    """The steps of an import in a test: what is kept is there to be looked at."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}
        self.notes: list[tuple[int, int | None, str]] = []

    def batch(self) -> AbstractContextManager[None]:
        return transaction.atomic()

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        self.notes.append((done, total, note))


def imported(
    content: bytes, *, dry_run: bool = False, complete: bool = False, all_or_nothing: bool = False
) -> RegisterImport:
    """The result of importing a file."""
    wanted = begin_import(
        file_name="register.csv", dry_run=dry_run, complete=complete, all_or_nothing=all_or_nothing, by=BY
    )
    return run_import(wanted=wanted, file=BytesIO(content), size=len(content), steps=Steps(), by=BY)


def counts(wanted: RegisterImport) -> tuple[int, int, int, int]:
    """Added, changed, unchanged, rejected."""
    return wanted.added, wanted.changed, wanted.unchanged, wanted.rejected
