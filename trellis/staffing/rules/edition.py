"""An edition of the framework’s ratio rules: each rule with its value, where it is from, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = int | bool | str | date | Fraction | tuple[int, int]


@dataclass(frozen=True)
class Rule:
    """One rule in one edition."""

    key: str
    title: str
    value: Value
    source: str
    certainty: str
    conditions: tuple[str, ...] = ()
    paragraph: str = ""
    note: str = ""
    only_shown: bool = False
    carried_from: str = ""


@dataclass(frozen=True)
class Edition:
    """The rules in force from a day until the next edition."""

    key: str
    title: str
    starts_on: date
    starts_certainty: str
    source: str
    rules: Mapping[str, Rule]

    def number(self, key: str) -> int:
        """A rule that is a number; 0 where this edition has no such rule."""
        rule = self.rules.get(key)
        return rule.value if rule is not None and isinstance(rule.value, int) else 0

    def share(self, key: str) -> Fraction:
        """A rule that is a share; 0 where this edition has no such rule."""
        rule = self.rules.get(key)
        return rule.value if rule is not None and isinstance(rule.value, Fraction) else Fraction(0)

    def hours(self, key: str) -> tuple[int, int] | None:
        """A rule that is a part of the day, in minutes after midnight."""
        rule = self.rules.get(key)
        return rule.value if rule is not None and isinstance(rule.value, tuple) else None

    def since(self, key: str) -> date | None:
        """A rule that is a day from which something is asked."""
        rule = self.rules.get(key)
        return rule.value if rule is not None and isinstance(rule.value, date) else None


@dataclass(frozen=True)
class Change:
    """What became of one rule from one edition to the next."""

    key: str
    before: Rule | None
    after: Rule | None


def changes(older: Edition, newer: Edition) -> list[Change]:
    """The rules that came, went, or have another value: not those of which only the paragraph is another.

    >>> two = Rule("ratio-2", "One for so many twos", 4, "A source", "seen")
    >>> five = Rule("ratio-2", "One for so many twos", 5, "A source", "seen")
    >>> older = Edition("a", "A", date(2021, 9, 1), "recalled", "A source", {"ratio-2": two})
    >>> newer = Edition("b", "B", date(2023, 9, 4), "seen", "A source", {"ratio-2": five})
    >>> [(change.key, change.before.value, change.after.value) for change in changes(older, newer)]
    [('ratio-2', 4, 5)]
    """
    keys = dict.fromkeys([*older.rules, *newer.rules])
    pairs = [Change(key, older.rules.get(key), newer.rules.get(key)) for key in keys]
    return [
        pair for pair in pairs if pair.before is None or pair.after is None or pair.before.value != pair.after.value
    ]
