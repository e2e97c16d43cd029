"""What somebody could do next, by what they answered: every answer gets at least one suggestion with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Rule(Protocol):
    """A rule of the guide, as far as it matters here."""

    @property
    def when(self) -> Mapping[str, Sequence[str]]:
        """The answers for which it holds, by question."""

    @property
    def otherwise(self) -> bool:
        """Whether it is said only where nothing else is."""


R = TypeVar("R", bound=Rule)


def suggestions_for(answers: Mapping[str, str], rules: Iterable[R]) -> list[R]:
    """What is suggested for these answers, in the order of the rules.

    >>> from types import SimpleNamespace as Is
    >>> award = Is(when={"role": ["senco"], "level": ["three"]}, otherwise=False)
    >>> anything = Is(when={}, otherwise=True)
    >>> suggestions_for({"role": "senco", "level": "three"}, [award, anything]) == [award]
    True
    >>> suggestions_for({"role": "senco", "level": "two"}, [award, anything]) == [anything]
    True
    """
    fitting = [rule for rule in rules if fits(answers, rule.when)]
    return [rule for rule in fitting if not rule.otherwise] or fitting


def fits(answers: Mapping[str, str], when: Mapping[str, Sequence[str]]) -> bool:
    """Whether a rule holds for these answers: each question that it names was answered in one of its ways.

    >>> fits({"role": "senco"}, {"role": ["senco", "manager"]}), fits({}, {"role": ["senco"]}), fits({}, {})
    (True, False, True)
    """
    return all(answers.get(question) in allowed for question, allowed in when.items())
