"""What changed from one version of a text to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Difference(NamedTuple):
    """One thing that changed: its name, what it was and what it became; empty for nothing."""

    name: str
    before: str
    after: str


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """What changed between two versions, each name → words.

    >>> differences({"Due": "", "Who": "Amara"}, {"Due": "5 March 2027", "Who": "Amara"})
    [Difference(name='Due', before='', after='5 March 2027')]
    """
    return [Difference(name, before[name], words) for name, words in after.items() if words != before[name]]


def version_chosen(button: str, *, code: str = "") -> int | None:
    """The version that somebody writes over on purpose, from what the button “Keep mine” sends: of this card, if any.

    >>> version_chosen("A2 3", code="A2"), version_chosen("A2 3", code="A3"), version_chosen("4"), version_chosen("")
    (3, None, 4, None)
    """
    *before, number = button.rsplit(" ", 1)
    return int(number) if number.isdecimal() and before == ([code] if code else []) else None
