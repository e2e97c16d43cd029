"""The blank form, to print and fill in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.documents import AnswerBox, Block, Bullets, Callout, Document, Heading, Paragraph, TickRow, Together
from trellis.review.papers.words import NOT_THE_OFFICIAL_FORM, with_the_law

if TYPE_CHECKING:
    from datetime import date

    from trellis.review.wording import Wording


def blank_form(wording: Wording, *, scope: str, on: date) -> Document:
    """The form to print and fill in by hand."""
    options = [*(level.label for level in wording.levels), "Does not apply", "Not sure"]
    scale = [f"{level.label}: {level.meaning}" for level in wording.levels]
    blocks: list[Block] = [
        Callout(
            "Fill in what you can, with whoever is there. Leave what you have not talked about. Please write no child’s name."
        ),
        AnswerBox("Date, and who is here", lines=2),
        Heading("The words we use"),
        Bullets(scale),
    ]
    for area in wording.areas:
        blocks += [Heading(area.title), Paragraph(area.introduction)]
        for statement in area.statements:
            question: list[Block] = [
                Heading(with_the_law(statement), level=3),
                Paragraph(" ".join(statement.prompts)),
                TickRow(f"How well is {statement.code} in place?", options),
                AnswerBox(f"Notes, evidence, what we will do, who, by when ({statement.code})", lines=2),
            ]
            blocks.append(Together(question))
    blocks.append(AnswerBox("Who else was asked, and when", lines=2))
    blocks.append(Paragraph(NOT_THE_OFFICIAL_FORM))
    return Document(
        title="SEND review: blank form", scope=scope, on=on, blocks=blocks, subtitle=wording.framework.title
    )
