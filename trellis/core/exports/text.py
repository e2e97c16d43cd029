"""Text made fit to be written into any file: what a person typed, without what no page shows."""

from __future__ import annotations

import re
from unicodedata import category, normalize

# Control characters (but not tab and line break), halves of pairs, code points that are never characters,
# and marks that turn the direction of the text around them, with which a name can show what it does not say.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufff9-\ufffb\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
LINE_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
FORMULA_STARTS = frozenset("=+-@\N{MINUS SIGN}")
SKIPPED_BEFORE_A_FORMULA = frozenset({"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"})


def printable(text: str) -> str:
    """The text with one kind of line break, in composed form, and without what cannot be printed.

    >>> printable("Zoe\u0308\\r\\nPark\\x00")
    'Zoë\\nPark'
    >>> printable("\u202enoitatneserp")
    'noitatneserp'
    """
    return UNPRINTABLE.sub("", LINE_BREAKS.sub("\n", normalize("NFC", text)))


def never_a_formula(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet could take it for a formula.

    Spaces and invisible characters before the sign do not hide it, and neither does its full-width form.
    A text that begins with a tab or a line break gets one too. Source: OWASP, CSV injection.

    >>> never_a_formula("=SUM(A1)"), never_a_formula("  +44 20"), never_a_formula("\\t=1"), never_a_formula("＝1")
    ("'=SUM(A1)", "'  +44 20", "'\\t=1", "'＝1")
    >>> never_a_formula("Two = three"), never_a_formula("")
    ('Two = three', '')
    """
    return f"'{text}" if text[:1] in {"\t", "\r", "\n"} or _first_sign(text) in FORMULA_STARTS else text


def _first_sign(text: str) -> str:
    """The first character that shows, in its plain width; empty when none does."""
    shown = (character for character in text if category(character) not in SKIPPED_BEFORE_A_FORMULA)
    return normalize("NFKC", next(shown, ""))[:1]
