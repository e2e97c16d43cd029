"""Each kind of block as Word has it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from trellis.core.charts.raster import chart_png
from trellis.core.documents.blocks import (
    AnswerBox,
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    KeyValues,
    NumberedList,
    PageBreak,
    Paragraph,
    TableBlock,
    Text,
    TickRow,
    Together,
    runs,
)
from trellis.core.documents.room import LANDSCAPE, PORTRAIT, figure_share
from trellis.core.documents.word_tables import add_table
from trellis.core.exports.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

EMPTY_BOX, TICKED_BOX = "\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}"


def add_blocks(word: WordDocument, blocks: Sequence[Block], *, end: int) -> None:
    """Write the blocks one after another; what follows a page break begins on a new page.

    Those from the number `end` on are kept on one page.
    """
    new_page = False
    for number, block in enumerate(blocks):
        written = len(word.element.body)
        add_block(word, block)
        wrote = len(word.element.body) > written
        if new_page and wrote:
            word.element.body[written - 1].get_or_add_pPr().get_or_add_pageBreakBefore()
        new_page = isinstance(block, PageBreak) or (new_page and not wrote)
        if end <= number:
            _keep_together(word, written - 1)


def _keep_together(word: WordDocument, first: int) -> None:
    """Keep every paragraph from this place in the file on whole, in tables too, and on the page of the one after it."""
    for element in word.element.body[first:-1]:
        for paragraph in element.iter(qn("w:p")):
            about = paragraph.get_or_add_pPr()
            about.get_or_add_keepNext()
            about.get_or_add_keepLines()


def add_block(word: WordDocument, block: Block) -> None:
    """Write one block at the end of the file."""
    match block:
        case Heading():
            word.add_paragraph(printable(block.text), style=f"Heading {block.level}")
        case Paragraph():
            _write(word.add_paragraph(), block.text)
        case Bullets():
            for item in block.items:
                _write(word.add_paragraph(style="List Bullet"), item)
        case NumberedList():
            _add_numbered(word, block)
        case TableBlock():
            add_table(word, block)
        case Figure():
            _add_figure(word, block)
        case KeyValues():
            _add_key_values(word, block)
        case Callout():
            _add_callout(word, block)
        case AnswerBox():
            _add_answer_box(word, block)
        case TickRow():
            _add_tick_row(word, block)
        case Together():
            _add_together(word, block)
        case PageBreak():
            pass  # a property of what follows


def _add_together(word: WordDocument, block: Together) -> None:
    """Blocks whose paragraphs keep with the next one, and whole, all but the last."""
    before = len(word.paragraphs)
    for each in block.blocks:
        add_block(word, each)
    written = word.paragraphs[before:]
    for paragraph in written:
        paragraph.paragraph_format.keep_together = True
    for paragraph in written[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _write(paragraph: WordParagraph, text: Text) -> None:
    """Write a text, with its bold pieces and its line breaks."""
    for run in runs(text):
        paragraph.add_run(printable(run.text)).bold = run.bold or None


def _add_numbered(word: WordDocument, block: NumberedList) -> None:
    """A list that begins at 1; without a numbering of its own it would go on from the list before."""
    numbering = word.part.numbering_part.element
    style_number = word.styles["List Number"].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(style_number).abstractNumId.val
    fresh = numbering.add_num(abstract)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    for item in block.items:
        paragraph = word.add_paragraph(style="List Number")
        numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbered.get_or_add_ilvl().val, numbered.get_or_add_numId().val = 0, fresh.numId
        _write(paragraph, item)


def _add_figure(word: WordDocument, block: Figure) -> None:
    """The picture with its alternative text, and its caption under it."""
    section = word.sections[0]
    across = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    paragraph = word.add_paragraph(style="Picture")
    lies = (section.page_width or 0) > (section.page_height or 0)
    share = figure_share(block, LANDSCAPE if lies else PORTRAIT)
    picture = paragraph.add_run().add_picture(BytesIO(chart_png(block.svg)), width=int(across * share))
    about = picture._inline.docPr
    about.set("descr", printable(block.alt))
    about.set("name", f"Picture {about.id}")
    if block.caption:
        paragraph.paragraph_format.keep_with_next = True
        word.add_paragraph(printable(block.caption), style="Picture caption")


def _add_key_values(word: WordDocument, block: KeyValues) -> None:
    """Each name in bold, its value after a tab."""
    for name, value in block.pairs:
        paragraph = word.add_paragraph(style="Key and value")
        paragraph.add_run(printable(name)).bold = True
        paragraph.add_run("\t" + printable(value))


def _add_callout(word: WordDocument, block: Callout) -> None:
    """One shaded paragraph, its heading in bold on the first line."""
    paragraph = word.add_paragraph(style="Callout")
    if block.heading:
        paragraph.add_run(printable(block.heading) + "\n").bold = True
    _write(paragraph, block.text)


def _add_answer_box(word: WordDocument, block: AnswerBox) -> None:
    """A framed paragraph, as high as its lines, to type or write in."""
    _write(word.add_paragraph(style="Answer label"), block.label)
    box = word.add_paragraph(style="Answer")
    box.paragraph_format.keep_together = True
    box.add_run(printable(block.text) if block.text else "\n" * max(block.lines * 2 - 1, 1))


def _add_tick_row(word: WordDocument, block: TickRow) -> None:
    """The label, and under it a box before each option."""
    _write(word.add_paragraph(style="Tick label"), block.label)
    options = word.add_paragraph(style="Tick options")
    for number, option in enumerate(block.options):
        box = TICKED_BOX if option == block.ticked else EMPTY_BOX
        words = f"{box} {printable(option)}".replace(" ", "\N{NO-BREAK SPACE}")
        options.add_run(f"{'     ' if number else ''}{words}")
