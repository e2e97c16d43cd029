"""Text that our fonts can draw: what they lack is replaced by a sign that says so."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING
from unicodedata import category

from trellis.core.exports.text import printable
from trellis.core.fonts import characters_by_family

if TYPE_CHECKING:
    from collections.abc import Iterator

MISSING = "\N{WHITE SQUARE}"
JOINER = "\N{ZERO WIDTH JOINER}"
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)

# Characters that are never drawn but shape their neighbours: soft hyphen, joiners, direction, variants.
SHAPING = frozenset(chain([0x00AD, 0x061C, 0x2060], range(0x200B, 0x2010), range(0xFE00, 0xFE10)))
LAYOUT = frozenset({"\n", "\t", " "})


def drawable(text: str) -> str:
    """The text with a white square for each character that no font of this installation has a shape for.

    >>> drawable("Zoë Żak"), drawable("\U00012000 and Zoë")
    ('Zoë Żak', '□ and Zoë')
    """
    text = printable(text)
    return text if text.isascii() else "".join(_drawn(whole) for whole in composed(text))


def composed(text: str) -> Iterator[str]:
    """The text in pieces that one font must draw: a letter with its marks, an emoji with what is joined to it.

    >>> list(composed("ax\u0331👩\u200d👧"))
    ['a', 'x̱', '👩\u200d👧']
    """
    piece = ""
    for letter in text:
        if piece and not _belongs_to(piece, letter):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def _belongs_to(piece: str, letter: str) -> bool:
    """Whether a character is drawn together with what stands before it."""
    flag = len(piece) == 1 and ord(piece) in FLAG_LETTERS and ord(letter) in FLAG_LETTERS
    follows = category(letter)[0] == "M" or ord(letter) in SHAPING or ord(letter) in SKIN_TONES
    return flag or follows or piece[-1] == JOINER


@lru_cache(maxsize=4096)
def _drawn(piece: str) -> str:
    """The piece if one font can draw all of it; else its letter and a sign that something is missing."""
    needed = {ord(letter) for letter in piece} - SHAPING
    if piece in LAYOUT or any(needed <= family for family in characters_by_family().values()):
        return piece
    if len(piece) == 1:
        return {"Zs": " ", "Cf": ""}.get(category(piece), MISSING)
    return _drawn(piece[0]).rstrip(MISSING) + MISSING
