"""Who comes first: points that a programme gives, each with the reason that stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Standing:
    """What is weighed of an applicant, from their answers and from the records of the centre."""

    in_post: bool = False
    nobody_trained_here: bool = False
    no_training_yet: bool = False
    second_cohort_owed: bool = False
    childminder: bool = False
    pays_themselves: bool = False


WEIGHED: dict[str, tuple[str, Callable[[Standing], bool]]] = {
    "in_post": ("SENCO or deputy already", lambda who: who.in_post),
    "nobody_trained_here": ("Nobody in the setting has the award from us", lambda who: who.nobody_trained_here),
    "no_training_yet": ("No earlier training as a SENCO", lambda who: who.no_training_yet),
    "second_cohort_owed": ("The authority owes a second cohort", lambda who: who.second_cohort_owed),
    "childminder": ("A childminder", lambda who: who.childminder),
    "pays_themselves": ("Pays for the place", lambda who: who.pays_themselves),
}
"""What can be weighed → how it is said, and when it holds. How much it weighs is data of the programme."""


def priority(who: Standing, weights: Mapping[str, int]) -> tuple[int, list[tuple[int, str]]]:
    """The points of an applicant, and each with its reason, in the order in which they are weighed.

    >>> priority(Standing(in_post=True, childminder=True), {"in_post": 3, "no_training_yet": 2, "childminder": 0})
    (3, [(3, 'SENCO or deputy already')])
    """
    reasons = [(weights[key], words) for key, (words, holds) in WEIGHED.items() if weights.get(key) and holds(who)]
    return sum(points for points, _ in reasons), reasons
