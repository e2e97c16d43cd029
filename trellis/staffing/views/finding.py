"""What an address or a form names, for several pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404

from trellis.staffing.rules.weeks import WEEKDAYS

if TYPE_CHECKING:
    from trellis.accounts.acting import Request


def version_in(request: Request) -> int:
    """The version that the page showed; one that nobody has when it says none."""
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else -1


def weekday_of(word: str) -> int:
    """The number of a weekday in an address. Raises `Http404`."""
    words = [each.lower() for each in WEEKDAYS]
    if word not in words:
        raise Http404
    return words.index(word)


def date_of(word: str) -> date:
    """The date in an address, as 2027-03-05. Raises `Http404`."""
    try:
        return date.fromisoformat(word)
    except ValueError as wrong:
        raise Http404 from wrong
