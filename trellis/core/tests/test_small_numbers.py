"""Nobody can be picked out of what is told: an attacker who knows the rules and who was counted learns no small number.

The attack is complete: it goes through everything that could have been said, keeps what would have led to the same
page, and looks whether some figure that is not told has too few values left. Selections and exports add nothing to
it, because each is a function of what is told (`figure_for`), which the attacker sees whole.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trellis.core.rules.small_numbers import (
    FEWEST,
    Figure,
    Part,
    Told,
    can_be_told,
    figure_for,
    leaves_of,
    tell,
)

# The shapes that leaves can be divided in: flat, one pair within, a chain, two pairs.
SHAPES = [
    (0, 1),
    (0, 1, 2),
    ((0, 1), 2),
    (0, (1, 2)),
    ((0, 1), (2, 3)),
]


def whole_of(shape: tuple | int, leaves: list[tuple[int, int]], name: str = "all") -> Part:
    """A whole of this shape; each leaf is how many were counted in it and how many said so."""
    if isinstance(shape, int):
        return Part(f"leaf {shape}", *leaves[shape])
    return Part.of(name, *(whole_of(each, leaves, f"{name}/{n}") for n, each in enumerate(shape)))


def every_part(part: Part) -> Iterator[Part]:
    yield part
    for each in part.parts:
        yield from every_part(each)


def figure_told(told: Told, name: str) -> Figure:
    part = told.by_name.get(name)
    return part.figure if part else Figure(None, None)


def attack(shape: tuple, counted: list[int]) -> None:
    """Whoever knows how many were counted in each leaf learns no figure that is not told."""
    possible: dict[Told, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    sizes: dict[str, int] = {}
    least = min([FEWEST, *(number + 1 for number in counted if number)])  # one setting says so or does not: two values
    for said in itertools.product(*(range(number + 1) for number in counted)):
        whole = whole_of(shape, list(zip(counted, said, strict=True)))
        values = possible[tell(whole)]
        for part in every_part(whole):
            values[part.name].add(part.said)
            sizes[part.name] = part.counted
    for told, values in possible.items():
        for name, left in values.items():
            harmless = all(can_be_told(sizes[name], value) for value in left)
            if figure_told(told, name).said is None and sizes[name] and not harmless:
                assert len(left) >= least, (told, name, left)


@settings(max_examples=25)
@given(
    st.sampled_from(SHAPES).flatmap(
        lambda shape: st.tuples(
            st.just(shape),
            st.lists(st.integers(0, 13), min_size=_width(shape), max_size=_width(shape)),
        )
    )
)
@example((((0, 1), 2), [10, 11, 30]))
@example(((0, 1, 2), [10, 10, 10]))
@example(((0, 1), [10, 40]))
def test_nothing_that_is_not_told_can_be_worked_out(tried: tuple[tuple, list[int]]):
    shape, counted = tried
    if len(counted) == 4:
        counted = [min(number, 11) // 2 + (5 if number > 9 else 0) for number in counted]
    attack(shape, counted)


def _width(shape: tuple | int) -> int:
    return 1 if isinstance(shape, int) else sum(_width(each) for each in shape)


@settings(max_examples=40)
@given(st.sampled_from(SHAPES[:4]), st.integers(0, 40))
def test_how_many_were_counted_in_a_small_part_cannot_be_worked_out(shape: tuple, total: int):
    possible: dict[Told, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    width = _width(shape)
    for first in itertools.product(range(total + 1), repeat=width - 1):
        if sum(first) > total:
            continue
        whole = whole_of(shape, [(number, 0) for number in (*first, total - sum(first))])
        values = possible[tell(whole)]
        for part in every_part(whole):
            values[part.name].add(part.counted)
    for told, values in possible.items():
        for name, left in values.items():
            if name != "all" and figure_told(told, name).counted is None:
                assert len(left) >= min(FEWEST, total + 1), (told, name, left)


@given(
    st.sampled_from(SHAPES).flatmap(
        lambda shape: st.tuples(
            st.just(shape),
            st.lists(
                st.integers(0, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
                min_size=_width(shape),
                max_size=_width(shape),
            ),
        )
    ),
    st.sets(st.integers(0, 3)),
)
def test_a_figure_told_is_true_and_hides_nobody(tried: tuple[tuple, list[tuple[int, int]]], chosen: set[int]):
    shape, leaves = tried
    whole = whole_of(shape, leaves)
    told = tell(whole)
    selection = frozenset(f"leaf {number}" for number in chosen if number < len(leaves))
    figure = figure_for(told, selection)
    truly = [leaves[number] for number in chosen if number < len(leaves)]
    if figure.counted is not None:
        assert figure.counted == sum(counted for counted, _ in truly)
        assert figure.counted >= FEWEST or not selection
    if figure.said is not None:
        assert figure.said == sum(said for _, said in truly)
        assert can_be_told(figure.counted, figure.said) or not selection
    assert told.leaves == leaves_of(whole)


@pytest.mark.parametrize(
    ("counted", "said", "words"),
    [
        (4, 2, "not shown"),
        (9, 5, "not shown"),
        (10, 5, "5 of 10"),
        (10, 4, "fewer than 5 of 10"),
        (10, 6, "all but fewer than 5 of 10"),
        (300, 0, "fewer than 5 of 300"),
        (300, 296, "all but fewer than 5 of 300"),
    ],
)
def test_a_whole_is_told_exactly_or_on_which_side_it_lies(counted: int, said: int, words: str):
    assert tell(Part("all", counted, said)).figure.words == words


def test_an_attack_would_notice_parts_told_one_by_one():
    """The attack is not blind: were each part told for itself, the one left out could be worked out."""

    def told_one_by_one(whole: Part) -> dict[str, int | None]:
        return {part.name: part.said if can_be_told(part.counted, part.said) else None for part in every_part(whole)}

    shown = told_one_by_one(Part.of("all", Part("north", 12, 4), Part("south", 20, 9)))
    assert shown == {"all": 13, "north": None, "south": 9}
    assert shown["all"] - shown["south"] == 4
