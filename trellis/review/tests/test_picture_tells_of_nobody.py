"""From all that an authority sees, over all filters, files and terms, no hidden figure can be worked out.

The attacker knows how settings are divided, how many were counted in each kind and place, and the rules. First the
attack is complete: it goes through everything that could have been said, and keeps what would have been told in the same
way. Then it is made with what stands on the pages and in the files: sums, differences, averages of topics, bounds.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.reviewing import SHIPPED
from trellis.core.rules.small_numbers import FEWEST, can_be_told
from trellis.review import framework as files
from trellis.review import papers
from trellis.review.models import Framework, PooledCount
from trellis.review.picture import Picture
from trellis.review.rules.pooled import counted_in_parts, figures_in, made_of, told
from trellis.review.wording import Wording

KINDS, PLACES = ["full_day_care", "sessional"], ["FE1", "FE2"]
LEAVES = list(itertools.product(KINDS, PLACES))
SELECTIONS = [
    (list(kinds), list(places))
    for kinds in (KINDS, KINDS[:1], KINDS[1:])
    for places in (PLACES, PLACES[:1], PLACES[1:])
]
SIZES = st.lists(st.integers(0, 11), min_size=4, max_size=4)


def within(kinds, places):
    """Which leaves a selection has, by number."""
    return [at for at, (kind, place) in enumerate(LEAVES) if kind in kinds and place in places]


def count_of(sizes, every):
    """The count of settings by leaf, for every way of what they could have said."""
    said = {str(number): dict(zip(LEAVES, each, strict=True)) for number, each in enumerate(every)}
    return told(KINDS, PLACES, dict(zip(LEAVES, sizes, strict=True)), said)


@settings(max_examples=12)
@given(SIZES)
@example([10, 10, 10, 10])
@example([11, 11, 5, 5])
@example([5, 6, 11, 4])
@example([11, 0, 0, 11])
def test_whatever_was_said_a_hidden_figure_keeps_five_values(sizes):
    every = list(itertools.product(*(range(size + 1) for size in sizes)))
    content = count_of(sizes, every)
    alike = defaultdict(list)
    for number, each in enumerate(every):
        alike[tuple(content["said"][str(number)]), content["bounds"][str(number)]].append((str(number), each))
    least = min([FEWEST, *(size + 1 for size in sizes if size)])
    for kinds, places in SELECTIONS:
        at, leaves = made_of(content, kinds, places), within(kinds, places)
        size = sum(sizes[leaf] for leaf in leaves)
        figures = figures_in(content, at)
        for same in alike.values():
            values = {sum(each[leaf] for leaf in leaves) for _, each in same}
            figure = figures[same[0][0]]
            harmless = all(can_be_told(size, value) for value in values)
            if figure.said is None and size and not harmless:
                assert len(values) >= least, (kinds, places, sizes, values)
            if figure.said is not None:
                assert values == {figure.said}
                assert can_be_told(size, figure.said)


@pytest.mark.parametrize("total", [9, 19, 20, 24, 31])
def test_how_many_a_small_part_has_keeps_five_values(total):
    alike = defaultdict(lambda: defaultdict(set))
    for first in itertools.product(range(total + 1), repeat=3):
        if sum(first) > total:
            continue
        sizes = [*first, total - sum(first)]
        content = count_of(sizes, [])
        seen = tuple(counted_in_parts(content, made_of(content, *each)) for each in SELECTIONS)
        for number, (kinds, places) in enumerate(SELECTIONS):
            if seen[number] is None:
                alike[seen][number].add(sum(sizes[leaf] for leaf in within(kinds, places)))
    assert all(len(values) >= FEWEST for seen in alike.values() for values in seen.values())


WORDING = Wording(files.load_framework(SHIPPED), "group")
CODES = list(WORDING.statements)[:4]


def pictures(contents):
    """Every choice that can be made on the page: of kind, part, and the term beside."""
    terms = [
        PooledCount(period_key=key, audience="group", content=each, framework=Framework()) for key, each in contents
    ]
    for now, then in [(terms[1], terms[0]), (terms[1], None), (terms[0], None)]:
        for kind, part in itertools.product(("", "0", "1"), repeat=2):
            yield Picture(now, then, WORDING, kind, part)


def facts_in(picture):
    """What the table, and so every file, says of each statement: of how many, how many, in per cent, before."""
    for row in papers.picture_table(picture, scope="Fenwickshire").rows:
        code, words, change = row[5], row[8], row[9] if picture.then else ""
        yield code, words, change


def learn(sizes, picture, code, words):
    """What the words say of the leaves of a selection: the least and the most."""
    paths = {"": [0, 1], "0": [0], "1": [1]}
    kinds = [KINDS[each] for each in paths[picture.kind]]
    leaves = within(kinds, [PLACES[each] for each in paths[picture.part]])
    size = sum(sizes[leaf] for leaf in leaves)
    if exactly := re.match(r"(\d+) of (\d+) \((\d+)%\)", words):
        assert int(exactly[2]) == size
        return leaves, int(exactly[1]), int(exactly[1])
    if words.startswith("Fewer than 5"):
        return leaves, 0, 4
    if words.startswith("All but fewer than 5"):
        return leaves, size - 4, size
    assert words == "Not shown"
    return leaves, 0, size


@settings(max_examples=12)
@given(
    st.lists(st.integers(4, 14), min_size=4, max_size=4),
    st.lists(st.lists(st.integers(0, 14), min_size=4, max_size=4), min_size=8, max_size=8),
)
@example([14, 14, 14, 14], [[7, 7, 7, 7], [5, 9, 4, 7]] * 4)
@example([12, 12, 12, 12], [[2, 4, 6, 8], [12, 11, 12, 10]] * 4)
def test_what_stands_on_pages_and_in_files_gives_no_hidden_figure_away(sizes, drawn):
    every = [[min(value, size) for value, size in zip(each, sizes, strict=True)] for each in drawn]
    counted = dict(zip(LEAVES, sizes, strict=True))
    contents = [
        (
            key,
            told(
                KINDS,
                PLACES,
                counted,
                {c: dict(zip(LEAVES, each, strict=True)) for c, each in zip(CODES, of, strict=True)},
            ),
        )
        for key, of in (("2026-summer", every[:4]), ("2026-autumn", every[4:]))
    ]
    known, truth = defaultdict(list), {}
    for (key, _), of in zip(contents, (every[:4], every[4:]), strict=True):
        truth |= {(key, code): each for code, each in zip(CODES, of, strict=True)}
    for picture in pictures(contents):
        vars(picture)["towns"] = {}  # no register here: places are named as they are
        for code, words, _ in facts_in(picture):
            known[picture.now.period_key, code].append(learn(sizes, picture, code, words))
        for line in picture.topics:  # an average of what the table tells, and nothing else
            assert all(each.figure.said is not None for each in line.lines)
        for line in picture.apart:
            assert line.counted >= 2 * FEWEST
    for each, facts in known.items():
        nobody_is_found(sizes, truth[each], facts)


def nobody_is_found(sizes, truth, facts):
    """Everything that fits with the facts leaves five values at least to each selection that is not told."""
    fitting = [
        values
        for values in itertools.product(*(range(size + 1) for size in sizes))
        if all(least <= sum(values[leaf] for leaf in leaves) <= most for leaves, least, most in facts)
    ]
    assert tuple(truth) in fitting
    for kinds, places in SELECTIONS:
        leaves = within(kinds, places)
        left = {sum(values[leaf] for leaf in leaves) for values in fitting}
        if len(left) > 1:
            assert len(left) >= FEWEST
        else:
            assert can_be_told(sum(sizes[leaf] for leaf in leaves), left.pop())


def test_the_attack_would_notice_two_ways_of_dividing():
    """It is not blind: were every selection told that has five on both sides, the one left out could be worked out."""
    sizes, truth = [12, 12, 12, 12], (6, 6, 6, 2)
    shown = []
    for kinds, places in SELECTIONS:
        leaves = within(kinds, places)
        said, size = sum(truth[leaf] for leaf in leaves), sum(sizes[leaf] for leaf in leaves)
        shown.append((leaves, said, said) if can_be_told(size, said) else (leaves, 0, size))
    with pytest.raises(AssertionError):
        nobody_is_found(sizes, truth, shown)
