"""A weekday as a file says it: what fits its opening hours, and what does not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from trellis.staffing.rules.people import Span
from trellis.staffing.rules.weeks import LAST_MINUTE, Expected, Plan, Working, why_not_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE = Span(0, LAST_MINUTE)
"""What stands for from opening to closing until the opening hours are known."""


@dataclass
class DaySaid:
    """What a file says of a weekday, each with its line; nothing of what it does not speak of."""

    opening: list[tuple[int, Span]] = field(default_factory=list)
    meals: list[tuple[int, Span]] = field(default_factory=list)
    children: list[tuple[int, Expected]] = field(default_factory=list)
    working: list[tuple[int, Working]] = field(default_factory=list)

    def why_not_twice(self, part: str, value: object, weekday: str) -> str | None:
        """Why something cannot stand in the file besides, or None if it can."""
        if part == "opening" and self.opening:
            return f"The opening hours of {weekday} are in the file twice"
        if isinstance(value, Working) and any(each.colleague == value.colleague for _, each in self.working):
            return f"{value.colleague} is in the file twice on {weekday}"
        return None


def day_as_said(before: Plan, said: DaySaid) -> tuple[Plan, list[tuple[int, str]]]:
    """A weekday as it would be, and the lines that are left out of it with the reason.

    >>> said = DaySaid(opening=[(2, Span(480, 1080))], meals=[(3, Span(690, 735)), (4, Span(1100, 1130))])
    >>> plan, wrong = day_as_said(Plan(), said)
    >>> plan.meals, wrong
    ((Span(start=690, until=735),), [(4, 'A meal is before you open or after you close')])
    """
    opening = said.opening[0][1] if said.opening else before.opening
    plan = Plan(
        opening,
        () if said.meals else before.meals,
        () if said.children else _along(before.children, before.opening, opening),
        () if said.working else _along(before.working, before.opening, opening),
    )
    if said.opening and (sentence := why_not_plan(plan)):
        return before, [(said.opening[0][0], sentence)]
    wrong: list[tuple[int, str]] = []
    for line, wanted in _more(said):
        more = wanted(plan)
        sentence = (
            why_not_plan(more) if more.opening else "There are no opening hours: add a row that says when you open"
        )
        if sentence:
            wrong.append((line, sentence))
        else:
            plan = more
    return replace(plan, meals=tuple(sorted(set(plan.meals), key=lambda each: (each.start, each.until)))), wrong


def _more(said: DaySaid) -> Iterator[tuple[int, Any]]:
    """Each line, and the day with what it says."""
    for line, meal in said.meals:
        yield line, lambda plan, meal=meal: replace(plan, meals=(*plan.meals, meal))
    for line, each in said.children:
        yield line, lambda plan, each=each: replace(plan, children=(*plan.children, _within(each, plan.opening)))
    for line, one in said.working:
        yield line, lambda plan, one=one: replace(plan, working=(*plan.working, _within(one, plan.opening)))


def same_day(one: Plan, other: Plan) -> bool:
    """Whether two plans say the same, in whatever order."""
    return (one.opening, one.meals) == (other.opening, other.meals) and all(
        sorted(map(repr, getattr(one, part))) == sorted(map(repr, getattr(other, part)))
        for part in ("children", "working")
    )


def _span(each: Any) -> Span:
    span: Span = each.span if isinstance(each, Working) else each.attending.span
    return span


def _with(each: Any, span: Span) -> Any:
    if isinstance(each, Working):
        return replace(each, span=span)
    return replace(each, attending=replace(each.attending, span=span))


def _within(each: Any, opening: Span | None) -> Any:
    """Whoever came without times, from opening to closing."""
    return _with(each, opening) if opening and _span(each) == WHOLE else each


def _along(several: tuple[Any, ...], before: Span | None, opening: Span | None) -> tuple[Any, ...]:
    """Whoever was there from opening to closing still is."""
    return tuple(_with(each, opening) if opening and _span(each) == before else each for each in several)
