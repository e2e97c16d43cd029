"""What a document is made of, described once; Word and PDF are made of the same description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from trellis.core.exports.tables import shown
from trellis.core.exports.text import printable

if TYPE_CHECKING:
    from datetime import date

    from trellis.core.exports.tables import Cell, Column, Table


@dataclass(frozen=True)
class Run:
    """A piece of a text, in bold or not; `language` when it is in another one than the document."""

    text: str
    bold: bool = False
    language: str = ""


Text = str | Sequence[Run]


def runs(text: Text) -> tuple[Run, ...]:
    """A text as pieces.

    >>> runs("Ask parents")
    (Run(text='Ask parents', bold=False, language=''),)
    """
    return (Run(text),) if isinstance(text, str) else tuple(text)


@dataclass(frozen=True)
class Heading:
    """A heading. The title of the document is level 1, therefore sections begin at 2; 4 is the deepest."""

    text: str
    level: Literal[2, 3, 4] = 2


@dataclass(frozen=True)
class Paragraph:
    """Running text; a line break in it stays one. `direction` when it runs otherwise than the document."""

    text: Text
    direction: Literal["", "ltr", "rtl"] = ""


@dataclass(frozen=True)
class Bullets:
    """A list without order."""

    items: Sequence[Text]


@dataclass(frozen=True)
class NumberedList:
    """A list whose order matters; each begins at 1."""

    items: Sequence[Text]


@dataclass(frozen=True)
class TableBlock:
    """A table with its caption; the headings are repeated on each page.

    `header_column` says that the first column names what the row is about. An empty table shows `empty` instead.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    header_column: bool = False
    empty: str = "Nothing recorded."

    @classmethod
    def of(cls, table: Table, *, header_column: bool = False) -> TableBlock:
        """The same table as in the CSV and Excel export."""
        return cls(table.title, table.columns, [list(row) for row in table.rows], header_column)

    def shown_rows(self) -> list[list[str]]:
        """The rows as people read them; ValueError when a row has not one value for each column."""
        return [[shown(value, column) for value, column in zip(row, self.columns, strict=True)] for row in self.rows]


@dataclass(frozen=True)
class Figure:
    """A picture as SVG, with the text that says the same to who cannot see it; `width` is its share of the page."""

    svg: str
    alt: str
    caption: str = ""
    width: float = 0.6


@dataclass(frozen=True)
class KeyValues:
    """Names and what they are: setting, period, who took part."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Callout:
    """A few words that stand out, with a heading of their own if they need one."""

    text: Text
    heading: str = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class AnswerBox:
    """A box to write in by hand, so many lines high, or with what was answered."""

    label: Text
    lines: int = 3
    text: str = ""


@dataclass(frozen=True)
class TickRow:
    """Boxes to tick, one of them ticked when it was answered."""

    label: Text
    options: Sequence[str]
    ticked: str | None = None


@dataclass(frozen=True)
class Together:
    """Blocks that stand on one page: a question with where to answer it."""

    blocks: Sequence[Block]


Block = (
    Heading
    | Paragraph
    | Bullets
    | NumberedList
    | TableBlock
    | Figure
    | KeyValues
    | Callout
    | PageBreak
    | AnswerBox
    | TickRow
    | Together
)


@dataclass(frozen=True)
class Document:
    """A document: what it is, whose it is, which day, and its blocks in order.

    Raises ValueError when the title is empty, a heading skips a level or a picture has no alternative text, because
    who uses a screen reader could not find their way.
    """

    title: str
    scope: str
    on: date
    blocks: Sequence[Block] = field(default_factory=tuple)
    subtitle: str = ""
    language: str = "en-GB"
    landscape: bool = False
    direction: Literal["ltr", "rtl"] = "ltr"
    large: bool = False  # to be read from a distance; as PDF

    def __post_init__(self) -> None:
        if reason := why_not_accessible(self.title, self.blocks):
            raise ValueError(reason)


def why_not_accessible(title: str, blocks: Sequence[Block]) -> str | None:
    """Why a document could not be read with a screen reader, or None.

    >>> why_not_accessible("Plan", [Heading("Next", level=3)])
    'The heading “Next” skips a level'
    """
    if not printable(title).strip():
        return "The document needs a title"
    level = 1
    for block in blocks:
        if isinstance(block, Together):
            inside = [*([Heading("Before", level=each) for each in range(2, level + 1)]), *block.blocks]  # type: ignore[arg-type]
            if reason := why_not_accessible(title, inside):
                return reason
            level = next((each.level for each in reversed(block.blocks) if isinstance(each, Heading)), level)
        if isinstance(block, Figure) and not printable(block.alt).strip():
            return "A picture needs an alternative text"
        if isinstance(block, Heading):
            if not printable(block.text).strip():
                return "A heading needs words"
            if block.level > level + 1:
                return f"The heading “{block.text}” skips a level"
            level = block.level
    return None
