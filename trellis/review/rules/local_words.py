"""An authority’s own words on top of a framework, changed one statement at a time; plain values in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

Words = dict[str, Any]


def begun(*, authority: str, code: str, framework: str, edition: str, year: int) -> Words:
    """Words in which nothing is changed yet.

    >>> begun(authority="Fenwickshire", code="E1", framework="trellis", edition="2026-1", year=2027)["title"]
    'Fenwickshire wording'
    """
    return {
        "key": f"local-{code.lower()}",
        "edition": f"{year}-0",
        "title": f"{authority} wording",
        "publisher": authority,
        "framework": framework,
        "framework_edition": edition,
        "rewordings": [],
        "additions": [],
    }


def next_edition(edition: str, *, year: int) -> str:
    """The edition after one: every change makes one, and a review keeps the one it began with.

    >>> next_edition("2026-9", year=2026), next_edition("2026-9", year=2027)
    ('2026-10', '2027-1')
    """
    last_year, number = map(int, edition.split("-"))
    return f"{year}-{number + 1}" if last_year == year else f"{year}-1"


def with_rewording(words: Words, code: str, changes: Words, *, year: int) -> Words:
    """The same words, in which a statement of the framework says something else; without changes, what it said first.

    >>> words = begun(authority="F", code="E1", framework="t", edition="2026-1", year=2026)
    >>> words = with_rewording(words, "A1", {"text": "Ours"}, year=2026)
    >>> words["rewordings"], words["edition"]
    ([{'code': 'A1', 'text': 'Ours'}], '2026-1')
    >>> with_rewording(words, "A1", {}, year=2026)["rewordings"]
    []
    """
    others = [each for each in words["rewordings"] if each["code"] != code]
    kept = next((each for each in words["rewordings"] if each["code"] == code), {"code": code})
    # What these pages do not ask for, and a file may have said, stays.
    unasked = {name: value for name, value in kept.items() if name not in ASKED and value is not None}
    new = {**unasked, "code": code, **changes}
    rewordings = [*others, new] if set(new) > {"code"} else others
    return words | {"rewordings": rewordings, "edition": next_edition(words["edition"], year=year)}


ASKED = frozenset({"text", "plain_text", "guidance", "links", "text_for"})
"""What of a statement can be said in other words on the page."""


def with_addition(words: Words, area: str, statement: Words, *, year: int) -> Words:
    """The same words with a statement of one’s own at the end of an area; one with the same code takes its place.

    >>> words = begun(authority="F", code="E1", framework="t", edition="2026-1", year=2026)
    >>> words = with_addition(words, "A", {"code": "A-L1", "text": "Ours"}, year=2026)
    >>> with_addition(words, "A", {"code": "A-L1", "text": "Ours, better"}, year=2026)["additions"]
    [{'area': 'A', 'statement': {'code': 'A-L1', 'text': 'Ours, better'}}]
    """
    new = {"area": area, "statement": statement}
    codes = [each["statement"]["code"] for each in words["additions"]]
    if statement["code"] in codes:
        additions = [new if each["statement"]["code"] == statement["code"] else each for each in words["additions"]]
    else:
        additions = [*words["additions"], new]
    return words | {"additions": additions, "edition": next_edition(words["edition"], year=year)}


def without_addition(words: Words, code: str, *, year: int) -> Words:
    """The same words without a statement of one’s own. Reviews that have it keep it."""
    additions = [each for each in words["additions"] if each["statement"]["code"] != code]
    return words | {"additions": additions, "edition": next_edition(words["edition"], year=year)}


def next_code(area: str, used: Collection[str]) -> str:
    """The code of a new statement in an area: one that was never used, because a code never says two things.

    >>> next_code("A", ["A1", "A-L1", "A-L2"]), next_code("B", [])
    ('A-L3', 'B-L1')
    """
    number = 1
    while f"{area}-L{number}" in used:
        number += 1
    return f"{area}-L{number}"
