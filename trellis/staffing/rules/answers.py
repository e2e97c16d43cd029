"""What the check answers: a verdict, each quarter hour, and each rule that fails with its first moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trellis.staffing.rules.edition import Edition, Rule


class Verdict(IntEnum):
    """The better, the smaller."""

    POSSIBLE = 0
    TIGHT = 1
    NOT_POSSIBLE = 2

    @property
    def words(self) -> str:
        """As it is said on a page.

        >>> [verdict.words for verdict in Verdict]
        ['Possible', 'Tight', 'Not possible']
        """
        return self.name.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold, or only just, and from when."""

    verdict: Verdict
    minute: int
    rule: str
    sentence: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class RoomLine:
    """One group in a quarter hour: how many it needs by itself, and how many are there."""

    room: str
    required: int
    present: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter hour: needed for all taken together, and for each age in each room; and how many are there."""

    minute: int
    required: int
    required_each: int
    present: int
    rooms: tuple[RoomLine, ...]
    verdict: Verdict

    @property
    def spare(self) -> int:
        """How many more there are than each age in each room needs."""
        return self.present - self.required_each


@dataclass(frozen=True)
class Answer:
    """What the check says: the worst of its quarter hours, and each rule that fails with the moment it first does."""

    verdict: Verdict
    quarters: tuple[Quarter, ...]
    findings: tuple[Finding, ...]
    not_judged: tuple[str, ...]
    ratios: tuple[str, ...]
    """The keys of the ratios by which children were counted."""
    edition: Edition

    @property
    def first(self) -> Finding | None:
        """The first moment of what decides the answer; nothing where all holds."""
        return next((finding for finding in self.findings if finding.verdict == self.verdict), None)

    @property
    def sentence(self) -> str:
        """Why, in a sentence."""
        if not self.quarters:
            return "The setting is closed then."
        return self.first.sentence if self.first else "Every rule holds, with somebody to spare."

    @property
    def rests_on(self) -> tuple[Rule, ...]:
        """The rules that the answer rests on, to be shown with their certainty: ratios, what belongs to them, what fails."""
        keys = dict.fromkeys([*self.ratios, *(finding.rule for finding in self.findings)])
        waiting = list(keys)
        while waiting:
            new = [key for key in self.edition.rules[waiting.pop(0)].conditions if key not in keys]
            keys |= dict.fromkeys(new)
            waiting += new
        return tuple(self.edition.rules[key] for key in keys)

    def rule(self, finding: Finding) -> Rule:
        """The rule of a finding as the edition has it: with its source, and how sure that is."""
        return self.edition.rules[finding.rule]
