"""A text that an installation writes itself: headings, lists and paragraphs, and no other markup."""

from __future__ import annotations

import re
from typing import NamedTuple

HEADING, LIST, PARAGRAPH = "heading", "list", "paragraph"
LINK = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:!?)’”]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


class Words(NamedTuple):
    """A stretch of text, with where it leads to if it is an address."""

    text: str
    link: str = ""


class Block(NamedTuple):
    """A heading, a paragraph, or a list; the lines are what stands in it (one, but for a list)."""

    kind: str
    lines: list[list[Words]]


def blocks(text: str) -> list[Block]:
    """Read a text. Empty lines separate; “# ” begins a heading and “- ” each point of a list.

    >>> [(block.kind, len(block.lines)) for block in blocks("# Who\\n\\nWe do.\\nAlways.\\n\\n- one\\n- two")]
    [('heading', 1), ('paragraph', 1), ('list', 2)]
    """
    found = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [_block([line.strip() for line in lines.split("\n")]) for lines in found if lines.strip()]


def _block(lines: list[str]) -> Block:
    if all(line.startswith("- ") for line in lines):
        return Block(LIST, [words(line.removeprefix("- ")) for line in lines])
    if len(lines) == 1 and lines[0].startswith("# "):
        return Block(HEADING, [words(lines[0].removeprefix("# "))])
    return Block(PARAGRAPH, [words(" ".join(lines))])


def words(line: str) -> list[Words]:
    """A line, with web and e-mail addresses as links.

    >>> words("Write to us@example.org.")
    [Words(text='Write to ', link=''), Words(text='us@example.org', link='mailto:us@example.org'), Words(text='.', link='')]
    """
    pieces = LINK.split(line)
    return [Words(piece, _address(piece) if number % 2 else "") for number, piece in enumerate(pieces) if piece]


def _address(piece: str) -> str:
    return piece if piece.startswith(("http://", "https://")) else f"mailto:{piece}"
