"""Text that our fonts can draw: what they lack is replaced by a sign that says so."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from unicodedata import category

from trellis.core.exports.text import printable
from trellis.core.fonts import drawable_characters

MISSING = "\N{WHITE SQUARE}"

# Characters that are never drawn but shape their neighbours: soft hyphen, joiners, direction, variants.
SHAPING = frozenset(chain([0x00AD, 0x061C, 0x2060], range(0x200B, 0x2010), range(0xFE00, 0xFE10)))
LAYOUT = frozenset({ord("\n"), ord("\t"), ord(" ")})


@dataclass(frozen=True)
class Drawable:
    """A text that can be drawn, and whether nothing in it had to be replaced."""

    text: str
    complete: bool


def drawable(text: str) -> Drawable:
    """The text with a white square for each character that no font of this installation has a shape for.

    >>> drawable("Zoë Żak")
    Drawable(text='Zoë Żak', complete=True)
    >>> drawable("\\U00012000 and Zoë")
    Drawable(text='□ and Zoë', complete=False)
    """
    known = drawable_characters() | SHAPING | LAYOUT
    printed = printable(text)
    signs = [letter if ord(letter) in known else _instead_of(letter) for letter in printed]
    return Drawable("".join(signs), MISSING not in signs or MISSING in printed)


def _instead_of(letter: str) -> str:
    """A space for an unusual space, nothing for what shows nothing, the sign for everything else."""
    return {"Zs": " ", "Cf": ""}.get(category(letter), MISSING)
