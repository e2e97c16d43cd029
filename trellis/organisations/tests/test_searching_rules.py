"""What was meant by what was typed: rules, tried with invented words and letters changed in every place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.organisations.rules.searching import (
    halves,
    one_letter_apart,
    pieces,
    plain,
    read_typed,
    search_words,
    split_into,
)

LETTERS = "abcdefgh"
WORDS = st.text(LETTERS, min_size=4, max_size=12)


@st.composite
def a_word_and_a_slip(draw: st.DrawFn) -> tuple[str, str]:
    """A word, and the same word with one letter wrong, missing, too many, or two neighbours swapped."""
    word = draw(WORDS)
    at, letter = draw(st.integers(0, len(word) - 1)), draw(st.sampled_from(LETTERS))
    slips = [
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ]
    return word, draw(st.sampled_from(slips))


@given(a_word_and_a_slip())
def test_a_slip_is_one_letter_apart(pair):
    word, slip = pair
    assert one_letter_apart(slip, word) is (slip != word)
    assert one_letter_apart(word, slip) is (slip != word)


@given(a_word_and_a_slip())
def test_a_slip_shares_the_beginning_or_the_end(pair):
    word, slip = pair
    start, end = halves(slip)
    assert word.startswith(start) or word.endswith(end)


@given(WORDS, WORDS)
def test_words_further_apart_are_not_mistaken(one, other):
    if one_letter_apart(one, other):
        assert abs(len(one) - len(other)) <= 1
        assert len(set(one) ^ set(other)) <= 2


@given(st.lists(st.sampled_from(["little", "acorns", "oak", "tree", "st", "annes"]), min_size=1, max_size=4))
def test_words_written_without_spaces_are_found_again(words):
    together = "".join(words)
    known = frozenset({"little", "acorns", "oak", "tree", "st", "annes"})
    assert "".join(split_into(together, known)) == together


@given(st.text(max_size=60))
def test_any_text_has_a_plain_form_that_is_plain_already(text):
    assert plain(plain(text)) == plain(text)
    read_typed(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bees & Co", "Bees and Co"),
        ("St. Mary’s", "ST MARYS"),
        ("St Mary's", "Saint Mary’s"),
        ("Crèche", "creche"),
        ("Pre-School", "preschool"),
        ("Pre School", "Preschool"),
        ("Play Group", "playgroup"),
        ("The Acorns Ltd.", "acorns"),
        ("Café  Kids\u00a0Club", "cafe kids club"),
    ],
)
def test_what_people_write_in_several_ways_is_one(one, other):
    assert search_words(one) == search_words(other)


@pytest.mark.parametrize(
    ("text", "number", "district", "postcode", "words"),
    [
        ("EY489711", "EY489711", "", "", ("ey489711",)),
        (" ey 489 711 ", "EY489711", "", "", ("ey", "489", "711")),
        ("LS8 5DT", "", "LS8", "LS8 5DT", ()),
        ("ls85dt", "", "LS8", "LS8 5DT", ()),
        ("ls8 5", "", "LS8", "LS8 5", ()),
        ("ls8", "", "LS8", "", ("ls8",)),
        ("acorn sw1a 1aa", "", "SW1A", "SW1A 1AA", ("acorn",)),
        ("Nursery 2000", "", "", "", ("nursery", "2000")),
        ("", "", "", "", ()),
        ("!?", "", "", "", ()),
    ],
)
def test_numbers_and_postcodes_are_recognised(text, number, district, postcode, words):
    typed = read_typed(text)
    assert (typed.number, typed.district, typed.postcode, typed.words) == (number, district, postcode, words)


def test_a_very_long_text_costs_no_more_than_a_short_one():
    assert len(read_typed("little acorns " * 10_000).words) <= 3
    assert len(pieces("a" * 24)) == 275
