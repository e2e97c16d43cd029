"""Then and now on paper: the same words as on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.dates import day
from trellis.core.documents import Block, Bullets, Document, Heading, KeyValues, Paragraph, TableBlock
from trellis.core.exports import Column
from trellis.review.models import RatingState
from trellis.review.papers.words import NOT_THE_OFFICIAL_FORM

if TYPE_CHECKING:
    from datetime import date

    from trellis.core.exports import Cell
    from trellis.review import framework as files
    from trellis.review.comparing import Compared, ComparedArea, Comparison, Years
    from trellis.review.models import Round
    from trellis.review.reading import Outline


def comparison(found: Comparison, *, on: date) -> Document:
    """Two reviews side by side, area by area."""
    blocks: list[Block] = [KeyValues([("Now", _called(found.now)), ("Then", _called(found.then))])]
    for each in found.areas:
        blocks += [Heading(each.area.title), *_aim(each), _table(each), *_impacts(each)]
    if found.gone:
        gone = [f"{card.statement.code} {card.statement.text}" for card in found.gone]
        blocks += [Heading("No longer in the review"), Bullets(gone)]
    blocks.append(Paragraph(NOT_THE_OFFICIAL_FORM))
    return Document(
        title="SEND review: then and now",
        subtitle=f"{found.now.period} and {found.then.period}",
        scope=found.now.organisation.name,
        on=on,
        blocks=blocks,
    )


def _called(round: Round) -> str:
    return f"{round.period}, agreed {day(round.agreed_at)}" if round.agreed_at else f"{round.period}, not agreed"


def _aim(each: ComparedArea) -> list[Block]:
    target = each.target
    return [Paragraph(f"You aimed for “{target.level.label}”: {target.words}.")] if target else []


def _table(each: ComparedArea) -> TableBlock:
    columns = [
        Column("Statement", width=46),
        Column("Then", width=18),
        Column("Now", width=18),
        Column("What changed", width=22),
    ]
    rows: list[list[Cell]] = [
        [
            f"{one.statement.code} {one.statement.text}" + (f" (then: “{one.text_then}”)" if one.reworded else ""),
            _level(one.then, one.level_then) if one.then else "",
            _level(one.now, one.level_now),
            f"{one.change.arrow} {one.change.words}" + (" (reworded)" if one.reworded else ""),
        ]
        for one in each.statements
    ]
    return TableBlock(each.words, columns, rows, header_column=True)


def _level(rating: Outline, level: files.Level | None) -> str:
    label = level.label if level else RatingState(rating.state).label
    return f"{label} (not sure)" if rating.unsure else label


def _impacts(each: ComparedArea) -> list[Block]:
    said = [_impact(one) for one in each.statements if one.impacts]
    return [Paragraph("What was done, and what difference it made:"), Bullets(said)] if said else []


def _impact(one: Compared) -> str:
    done = "; ".join(f"{action.what}: {action.impact}" for action in one.impacts)
    return f"{one.statement.code} {done}"


def years(found: Years, *, scope: str, on: date) -> Document:
    """Every agreed review on one page, an area a row."""
    columns = [Column("Area", width=28), *(Column(view.round.period, width=24) for view in found.views)]
    rows: list[list[Cell]] = [
        [area.title, *(each.words(view.wording) if each else "" for each, view in zip(stood, found.views, strict=True))]
        for area, stood in found.areas
    ]
    blocks: list[Block] = [TableBlock("How many statements stood where", columns, rows, header_column=True)]
    if found.done:
        lines = [f"{action.statement.code} {action.what}: {action.impact}" for action in found.done]
        blocks += [Heading("What was done, and what difference it made"), Bullets(lines)]
    blocks.append(Paragraph(NOT_THE_OFFICIAL_FORM))
    return Document(title="Our review over the years", scope=scope, on=on, blocks=blocks, landscape=True)
