"""What an authority sees of many settings at once, on paper and in spreadsheets: the rows of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.charts import Bar, bar_svg
from trellis.core.documents import Block, Callout, Document, Figure, Heading, Paragraph, TableBlock
from trellis.core.exports import Column, Table
from trellis.review.picture import AUDIENCES

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from trellis.core.exports import Cell
    from trellis.review.picture import Line, Picture

TITLE = "What settings need"
HOW_IT_IS_COUNTED = (
    "Counted from the reviews that settings released to us and let us count. No figure tells of fewer than five "
    "settings, or of all but fewer than five, and none can be worked out from the others. It is no judgement of any "
    "setting: it says where help is wanted."
)


def picture_chart(picture: Picture) -> SafeString | None:
    """The statements at the top as bars; None when none of them is told exactly. A table says the same beside it."""
    bars = [
        Bar(f"{line.statement.code} {line.statement.text}", [line.figure.said, line.figure.counted - line.figure.said])
        for line in picture.top
        if line.figure.said is not None and line.figure.counted is not None
    ]
    if not bars:
        return None
    return bar_svg(
        bars,
        [level_words(picture), "All other settings counted"],
        title="Most often in need of development",
        description="How many settings. The table beside the chart says the same.",
        key="top",
    )


def level_words(picture: Picture) -> str:
    """What a framework calls it when a statement needs action."""
    return " or ".join(level.label for level in picture.wording.levels if level.needs_action)


def picture_columns(picture: Picture) -> list[Column]:
    """The columns of the list of statements; with an earlier period, what became of each."""
    columns = [Column("Place", "number", width=8), Column("Code", width=8), Column("Statement", width=46)]
    columns += [Column("Area", width=24), Column(level_words(picture), width=22)]
    return [*columns, Column(f"Since {picture.period_before}", width=22)] if picture.then else columns


def picture_rows(picture: Picture) -> list[list[Cell]]:
    """The list of statements: what stands on the screen, row by row."""
    return [_row(number, line, picture) for number, line in enumerate(picture.lines, start=1)]


def _row(number: int, line: Line, picture: Picture) -> list[Cell]:
    cells: list[Cell] = [number, line.statement.code, line.statement.text, line.area.title, line.words]
    return [*cells, line.change] if picture.then else cells


def picture_table(picture: Picture, *, scope: str) -> Table:
    """The list of statements for a spreadsheet; each row says of which term, kind and part it is."""
    about = {
        "Term": picture.period,
        "Which settings": AUDIENCES[picture.now.audience],
        "Kind of setting": picture.kind_chosen or "Every kind",
        "Part of the authority": picture.part_chosen or "All of it",
    }
    columns = [*(Column(name, width=24) for name in about), *picture_columns(picture)]
    rows = [[*about.values(), *row] for row in picture_rows(picture)]
    return Table(_title(picture), _whose(picture, scope), columns, rows)


def _title(picture: Picture) -> str:
    """What it is, of which term and part: the name of the file begins with it."""
    return ", ".join(each for each in (TITLE, picture.period, picture.part_chosen) if each)


def _whose(picture: Picture, scope: str) -> str:
    """Whose it is, and of which kind of setting."""
    return ", ".join(each for each in (scope, picture.kind_chosen) if each)


def topic_rows(picture: Picture) -> list[list[Cell]]:
    """Topics for training: what stands on the screen."""
    return [
        [line.topic.label, line.words, ", ".join(each.statement.code for each in line.lines)] for line in picture.topics
    ]


TOPIC_COLUMNS = [
    Column("Topic", width=34),
    Column("How often, on average", width=20),
    Column("From these statements", width=30),
]
PART_COLUMNS = [
    Column("Which settings", width=34),
    Column("Counted", "number", width=12),
    Column("Most often", width=46),
]


def part_rows(picture: Picture) -> list[list[Cell]]:
    """The kinds and parts that can be told by themselves: what stands on the screen."""
    return [[each.name, each.counted, part_words(each.first)] for each in picture.apart]


def part_words(first: Line) -> str:
    """The statement that stands first in a part."""
    return f"{first.statement.code} {first.statement.text} – {first.words}"


def picture_document(picture: Picture, *, scope: str, on: date) -> Document:
    """All of it on paper."""
    chart = picture_chart(picture)
    counted = f"{picture.counted} settings" if picture.counted is not None else "too few settings to be told apart"
    blocks: list[Block] = [
        Paragraph(f"{picture.chosen}: {counted}. {picture.now.framework}."),
        Callout(HOW_IT_IS_COUNTED),
    ]
    if chart:
        caption = "The settings for which these statements are an area to work on"
        blocks += [
            Heading("Most often in need of development"),
            Figure(chart, alt=_chart_words(picture), caption=caption),
        ]
    blocks += [
        Heading("Every statement"),
        TableBlock("Every statement, the most frequent first", picture_columns(picture), picture_rows(picture)),
        Heading("Topics for training"),
        TableBlock("Topics for training", TOPIC_COLUMNS, topic_rows(picture), empty="No topic can be told."),
        Heading("By kind of setting and part of the authority"),
        TableBlock("By kind and part", PART_COLUMNS, part_rows(picture), empty="No part can be told by itself."),
    ]
    subtitle = f"Beside {picture.period_before}" if picture.then else ""
    return Document(
        title=_title(picture), subtitle=subtitle, scope=_whose(picture, scope), on=on, blocks=blocks, landscape=True
    )


def _chart_words(picture: Picture) -> str:
    return "; ".join(f"{line.statement.code}: {line.words}" for line in picture.top)
