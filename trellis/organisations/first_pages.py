"""The first page of each kind of organisation: whichever app knows what waits there says so.

This app lies below those that know, so it asks none of them. An app registers its page where its views are, which is
read before any page is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpResponse

    from trellis.organisations.models import OrganisationKind

FirstPage = Callable[[Any], "HttpResponse"]

Beside = Callable[[Any, Any], "list[tuple[str, str]]"]

_pages: dict[str, FirstPage] = {}
_beside: list[Beside] = []


def first_page(kind: OrganisationKind) -> Callable[[FirstPage], FirstPage]:
    """Make a function, which takes a request of somebody who acts there, the first page of a kind of organisation."""

    def register(page: FirstPage) -> FirstPage:
        known = _pages.setdefault(kind.value, page)
        if known is not page:
            raise ValueError(f"Two first pages for {kind.value}")
        return page

    return register


def first_page_of(kind: str) -> FirstPage:
    """What somebody who acts for an organisation of this kind sees first."""
    return _pages[kind]


def beside_first_page(find: Beside) -> Beside:
    """Let a function say what else waits for a person, who may act for an organisation: words and addresses."""
    _beside.append(find)
    return find


def beside(person: Any, acting: Any) -> list[tuple[str, str]]:
    """What else is a person’s, or waits for them where they act, for the top of their first page."""
    return [link for find in _beside for link in find(person, acting)]
