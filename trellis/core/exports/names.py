"""What an exported file is called: what it is, whose, and which day."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.text import slugify

if TYPE_CHECKING:
    from datetime import date

Response = TypeVar("Response", bound=HttpResponseBase)
LONGEST_PART = 60  # letters of each part, so that no file system refuses the name


def file_name(what: str, whose: str, on: date, extension: str) -> str:
    """The name in plain letters, for every file system; never hand it anything about a child.

    >>> from datetime import date
    >>> file_name("Action plan", "Bramble Lane Nursery", date(2026, 11, 23), "csv")
    'action-plan-bramble-lane-nursery-2026-11-23.csv'
    >>> file_name("Action plan", "حضانة", date(2026, 11, 23), "pdf")
    'action-plan-2026-11-23.pdf'
    """
    parts = [slugify(what)[:LONGEST_PART].strip("-"), slugify(whose)[:LONGEST_PART].strip("-"), f"{on:%Y-%m-%d}"]
    return "-".join(part for part in parts if part) + f".{extension}"


def as_download(response: Response, name: str) -> Response:
    """The same answer, to be saved under this name and kept by no cache on the way."""
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    add_never_cache_headers(response)
    return response
