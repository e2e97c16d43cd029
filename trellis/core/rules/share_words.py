"""What may be told of the answers of a few people: words for shares, from which no small count can be worked out.

Of one question, two things are told: how many chose one answer, and how many chose another, each by a word. The rest
(other answers, left out) is not told apart. The words are cut so that, with the number of replies known, every count
that the words leave possible has at least `LEAST_DOUBT` possible values, whatever the words are. So nobody’s answer
can be worked out, also not by somebody who knows their own. docs/decisions/0112 says why this holds.
"""

from __future__ import annotations

from typing import NamedTuple

FEWEST_REPLIES = 5
LEAST_DOUBT = 3
# From how many replies on there are five words; from how many, three; else two.
FIVE_WORDS_FROM, THREE_WORDS_FROM = 14, 8


class Share(NamedTuple):
    """A word for a share, and the counts that it stands for, first and last."""

    words: str
    first: int
    last: int


def may_be_told(replies: int) -> bool:
    """Whether there are enough replies to say anything at all.

    >>> may_be_told(4), may_be_told(5)
    (False, True)
    """
    return replies >= FEWEST_REPLIES


def shares(replies: int) -> tuple[Share, ...]:
    """The words for so many replies, the smallest share first. Each stands for at least three counts.

    >>> [(share.words, share.first, share.last) for share in shares(6)]
    [('half or fewer', 0, 3), ('more than half', 4, 6)]
    >>> [(share.words, share.first, share.last) for share in shares(12)]
    [('few or nobody', 0, 2), ('some', 3, 9), ('most or all', 10, 12)]
    >>> [share.last for share in shares(40)]
    [5, 13, 26, 34, 40]

    The cuts mirror each other: a word begins one person above what the mirror word leaves.
    """
    if not may_be_told(replies):
        raise ValueError("Fewer than five replies are never told")
    if replies < THREE_WORDS_FROM:
        return _between(replies, ["half or fewer", "more than half"], [replies // 2 + 1])
    low = max(LEAST_DOUBT, round(replies * 0.15))
    if replies < FIVE_WORDS_FROM:
        return _between(replies, ["few or nobody", "some", "most or all"], [low, replies + 1 - low])
    third = max(low + LEAST_DOUBT, round(replies * 0.35))
    words = ["hardly anybody or nobody", "some", "about half", "most", "nearly all or all"]
    return _between(replies, words, [low, third, replies + 1 - third, replies + 1 - low])


def _between(replies: int, words: list[str], cuts: list[int]) -> tuple[Share, ...]:
    begins, ends = [0, *cuts], [*(cut - 1 for cut in cuts), replies]
    return tuple(Share(*each) for each in zip(words, begins, ends, strict=True))


def share_in_words(count: int, replies: int) -> str:
    """How many of all who replied, in words.

    >>> share_in_words(11, 12), share_in_words(1, 12), share_in_words(0, 12)
    ('most or all', 'few or nobody', 'few or nobody')
    """
    return next(share.words for share in shares(replies) if share.first <= count <= share.last)
