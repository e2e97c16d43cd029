"""What a round adds up to. There is no overall grade, on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Standing:
    """How far a round, or an area of it, has got: statements rated, set aside, not yet discussed."""

    rated: int
    not_applicable: int
    not_discussed: int

    @property
    def total(self) -> int:
        """All statements."""
        return self.rated + self.not_applicable + self.not_discussed

    @property
    def answered(self) -> int:
        """Those with an answer, whatever it is."""
        return self.rated + self.not_applicable

    @property
    def words(self) -> str:
        """How far, in words.

        >>> Standing(rated=2, not_applicable=1, not_discussed=3).words
        '3 of 6 answered'
        """
        if not self.answered:
            return "Not started"
        return f"{self.answered} of {self.total} answered"

    @property
    def talked_about(self) -> str:
        """How far, in the words of a report.

        >>> Standing(rated=2, not_applicable=1, not_discussed=3).talked_about
        '3 of 6 statements talked about'
        """
        return f"{self.answered} of {self.total} statements talked about"


def standing(states: Iterable[str]) -> Standing:
    """Add up the states of ratings.

    >>> standing(["rated", "not_discussed"]).words
    '1 of 2 answered'
    """
    counted = list(states)
    return Standing(
        rated=counted.count("rated"),
        not_applicable=counted.count("not_applicable"),
        not_discussed=counted.count("not_discussed"),
    )


def share(positions: Sequence[int], highest: int) -> float | None:
    """How far out an area lies on the chart: the middle of its levels’ positions, as a share of the highest.

    Only for the shape of the chart: it is never shown as a number. None when nothing is rated.

    >>> share([1, 3], highest=4), share([], highest=3)
    (0.5, None)
    """
    if not positions:
        return None
    return sum(positions) / (len(positions) * highest)
