"""How sure we are of something that the reference data says."""

from __future__ import annotations

from enum import StrEnum


class Certainty(StrEnum):
    """From a public copy in hand to something made up to show what such a thing looks like.

    >>> Certainty("seen").words
    'Read in a public copy'
    """

    SEEN = "seen"
    REPORTED = "reported"
    RECALLED = "recalled"
    INFERRED = "inferred"
    STATED = "stated"
    EXAMPLE = "example"

    @property
    def words(self) -> str:
        """How it is said on a page."""
        return WORDS[self]


WORDS: dict[Certainty, str] = {
    Certainty.SEEN: "Read in a public copy",
    Certainty.REPORTED: "Told by others; the source itself was not seen",
    Certainty.RECALLED: "From memory; check before you rely on it",
    Certainty.INFERRED: "Our own reading",
    Certainty.STATED: "Said by whoever offers it",
    Certainty.EXAMPLE: "An example, made up by us; not a real offer",
}


def in_words(certainty: str) -> str:
    """The same for a word that stands in a record; nothing for none.

    >>> in_words("inferred"), in_words("")
    ('Our own reading', '')
    """
    return Certainty(certainty).words if certainty else ""
