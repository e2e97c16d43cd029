"""How much room words take on a chart, before any browser has drawn them."""

from __future__ import annotations

from functools import cache, lru_cache

SIZE = 14.0  # of letters, in units of the view box
LINE = 18.0  # from one line to the next

# Shares of the letter size, a little generous, for a sans such as Arial.
NARROW, WIDE, CAPITAL, DIGIT, USUAL, FULL = 0.35, 0.96, 0.75, 0.62, 0.57, 1.0


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = SIZE) -> float:
    """About how wide a text is; never less than it really is, for Latin letters in the usual sans faces.

    >>> text_width("ill") < text_width("two") < text_width("WWW")
    True
    """
    return sum(_share(letter) for letter in text) * size


@cache
def _share(letter: str) -> float:
    """The width of one letter as a share of the letter size."""
    if letter in "iljtfrI.,:;'’‘!|()[] ":
        return NARROW
    if letter in "mwMW%@—":
        return WIDE
    if ord(letter) >= 0x1100:
        return FULL
    if letter.isdigit():
        return DIGIT
    return CAPITAL if letter.isupper() else USUAL


def wrapped(text: str, width: float, size: float = SIZE) -> list[str]:
    """The text in lines no wider than `width`, broken at spaces, and inside a word only when it must be.

    >>> wrapped("Efficient use of resources", 100)
    ['Efficient use', 'of resources']
    >>> wrapped("", 100)
    []
    """
    lines: list[str] = []
    for word in (piece for part in text.split() for piece in _pieces(part, width, size)):
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def breaks_a_word(text: str, width: float, size: float = SIZE) -> bool:
    """Whether a word of the text is wider than the room there is."""
    return any(text_width(word, size) > width for word in text.split())


def _pieces(word: str, width: float, size: float) -> list[str]:
    """A word, cut into pieces that fit."""
    if text_width(word, size) <= width:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
