"""The parents’ form on paper, in one language with the English beside it, to tick by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.documents import AnswerBox, Block, Callout, Document, Paragraph, Run, TickRow
from trellis.review.questions import ANSWERS, ENGLISH, questions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from trellis.core.documents.blocks import Text
    from trellis.review.questions import Language


def parents_paper(known: Mapping[str, Language], code: str, edition: str, *, scope: str, on: date) -> Document:
    """The paper in the language of that code."""
    language, english = known[code], known[ENGLISH]
    alone = code == ENGLISH

    def both(own: str, in_english: str) -> Text:
        return own if alone else [Run(f"{own}\n"), Run(in_english, language=ENGLISH)]

    words, theirs = language.words, english.words
    blocks: list[Block] = [] if alone else [Paragraph([Run(theirs.title, bold=True, language=ENGLISH)])]
    blocks += [
        Paragraph(both(words.counted, theirs.counted)),
        Callout(both(words.on_paper, theirs.on_paper)),
    ]
    if not language.checked_by_a_speaker:
        blocks.append(Paragraph(both(words.not_checked, theirs.not_checked)))
    options = [
        own if alone else f"{own} · {english.answer(answer)}"
        for answer, own in ((answer, language.answer(answer)) for answer in ANSWERS)
    ]
    for question in questions(edition).questions:
        text = both(language.questions[question.code], english.questions[question.code])
        blocks.append(TickRow(text, options))
    blocks.append(AnswerBox(both(words.anything_else, theirs.anything_else), lines=4))
    return Document(
        title=words.title,
        scope=scope,
        on=on,
        blocks=blocks,
        language=code,
        direction=language.direction,
    )
