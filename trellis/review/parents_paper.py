"""What parents find on paper: the form, to tick by hand, and the poster for the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.dates import day
from trellis.core.documents import AnswerBox, Block, Callout, Document, Figure, Paragraph, Run, TickRow
from trellis.core.qr import qr_svg
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


def parents_poster(known: Mapping[str, Language], address: str, until: date, *, scope: str, on: date) -> Document:
    """The poster for the door: the code, the address, one line in each language."""
    english = known[ENGLISH].words
    blocks: list[Block] = [
        Paragraph(f"Until {day(until)}."),
        Figure(qr_svg(address), alt=f"QR code of the address {address}", width=0.42),
        Paragraph([Run(address, bold=True)]),
    ]
    for code, each in known.items():
        title, scan = each.words.title, each.words.scan
        text = [Run(f"{title}\n", bold=True, language=code), Run(scan, language=code)]
        blocks.append(Paragraph(text, direction=each.direction))
    return Document(title=english.title, scope=scope, on=on, blocks=blocks, large=True)
