"""What is told of a few people’s answers: nobody who attacks it finds a small count, or its complement."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.rules.share_words import (
    FEWEST_REPLIES,
    LEAST_DOUBT,
    may_be_told,
    share_in_words,
    shares,
)


def compatible(replies: int) -> dict[tuple[str, str], list[tuple[int, int, int]]]:
    """For each pair of words, every way in which so many people can have answered: told, told, and all the rest."""
    found: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for yes, no in product(range(replies + 1), repeat=2):
        if yes + no <= replies:
            told = (share_in_words(yes, replies), share_in_words(no, replies))
            found.setdefault(told, []).append((yes, no, replies - yes - no))
    return found


@pytest.mark.parametrize("replies", range(FEWEST_REPLIES, 90))
def test_no_count_can_be_worked_out_from_the_words(replies):
    """The attack: all combinations that give the same words. Every count in them keeps several possible values."""
    for told, ways in compatible(replies).items():
        for counts in zip(*ways, strict=True):
            assert len(set(counts)) >= LEAST_DOUBT, (replies, told, sorted(set(counts)))


@pytest.mark.parametrize("replies", range(FEWEST_REPLIES, 60))
def test_nor_by_one_who_knows_their_own_answer(replies):
    """Somebody takes their own reply away, whatever it was: what the others said stays open, two values at least."""
    for told, ways in compatible(replies).items():
        for own in range(3):
            others = [(*way[:own], way[own] - 1, *way[own + 1 :]) for way in ways if way[own] > 0]
            for counts in zip(*others, strict=True):
                assert len(set(counts)) >= LEAST_DOUBT - 1, (replies, told, own)


@given(st.integers(FEWEST_REPLIES, 5000))
def test_every_word_stands_for_several_counts_and_every_count_has_one_word(replies):
    told = shares(replies)
    assert [share.first for share in told[1:]] == [share.last + 1 for share in told[:-1]]
    assert (told[0].first, told[-1].last) == (0, replies)
    assert all(share.last - share.first + 1 >= LEAST_DOUBT for share in told)


@given(st.integers(FEWEST_REPLIES, 5000))
def test_two_words_together_always_leave_room(replies):
    """Why the attack fails for any number: the least that two words need is either too much, or leaves two people over."""
    for one, other in product(shares(replies), repeat=2):
        needed = one.first + other.first
        assert needed > replies or needed <= replies - (LEAST_DOUBT - 1), (one, other)


@pytest.mark.parametrize("replies", range(FEWEST_REPLIES))
def test_of_fewer_than_five_nothing_is_told(replies):
    assert not may_be_told(replies)
    with pytest.raises(ValueError, match="never told"):
        share_in_words(0, replies)
