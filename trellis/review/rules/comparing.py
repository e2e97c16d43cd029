"""What changed from one review to another, in words. An arrow never stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Change:
    """What became of a statement: a name for styles and tests, the words, and the arrow that goes with them."""

    kind: str
    words: str
    arrow: str


STRONGER = Change("stronger", "Stronger than then", "↑")
SAME = Change("same", "As it was", "→")
WEAKER = Change("weaker", "Less strong than then", "↓")
FIRST = Change("first", "Not rated then", "+")
NO_LONGER = Change("no_longer", "Not rated now", "–")
NEITHER = Change("neither", "Not rated in either", "–")
ANOTHER_SCALE = Change("another_scale", "Rated in other words then", "≠")
NEW = Change("new", "New statement", "+")


def change(*, then: int | None, now: int | None, same_scale: bool) -> Change:
    """What became of a statement that both reviews have, from its positions on the scale (1 is the weakest).

    `None` stands for a statement without a level: not yet discussed, or not applying. Positions are compared only on
    the same scale: on another one it is not known which of two words is the stronger.

    >>> change(then=1, now=3, same_scale=True).words, change(then=2, now=2, same_scale=True).words
    ('Stronger than then', 'As it was')
    >>> change(then=3, now=1, same_scale=False).words
    'Rated in other words then'
    """
    if then is None or now is None:
        return NEITHER if then == now else FIRST if then is None else NO_LONGER
    if not same_scale:
        return ANOTHER_SCALE
    return STRONGER if now > then else WEAKER if now < then else SAME


def towards(*, target: int, positions: list[int]) -> str:
    """How many statements of an area have reached the level aimed for, in words.

    >>> towards(target=3, positions=[3, 2, 3]), towards(target=2, positions=[])
    ('2 of 3 are there', 'nothing is rated yet')
    """
    if not positions:
        return "nothing is rated yet"
    there = sum(position >= target for position in positions)
    if there == len(positions):
        return "you are there"
    return f"{there} of {len(positions)} are there"


def why_not_compare(*, same_review: bool, same_framework: bool) -> str | None:
    """Why two reviews cannot be laid side by side, or None if they can.

    >>> why_not_compare(same_review=False, same_framework=False)
    'These two reviews use different statements, so they cannot be compared'
    """
    if same_review:
        return "Choose another review to compare with"
    if not same_framework:
        return "These two reviews use different statements, so they cannot be compared"
    return None


def worth_aiming_for(positions: Sequence[int], *, levels: Sequence[int], aimed: int | None = None) -> list[int]:
    """The levels that an area can aim for: better than where its weakest statement stands; the best one can be kept.

    `positions` are those of its rated statements, `levels` those of the scale; what is `aimed` for now stays on offer.

    >>> worth_aiming_for([3, 1, 2], levels=[3, 2, 1]), worth_aiming_for([3, 2], levels=[3, 2, 1])
    ([3, 2], [3])
    >>> worth_aiming_for([3, 3], levels=[3, 2, 1]), worth_aiming_for([], levels=[3, 2, 1])
    ([3], [3, 2])
    >>> worth_aiming_for([2], levels=[3, 2, 1], aimed=2)
    [3, 2]
    """
    weakest = min(positions, default=min(levels))
    return [each for each in levels if each > weakest or each in (max(levels), aimed)]
