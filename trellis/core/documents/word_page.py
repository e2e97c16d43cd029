"""The paper of a Word file: A4, margins, page numbers, and how Word opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm

from trellis.core.dates import day
from trellis.core.exports.text import printable

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

    from trellis.core.documents.blocks import Document

SHORT, LONG = Mm(210), Mm(297)
MARGIN = Mm(20)
COMPATIBLE_WITH = "15"  # Word 2013 and later, instead of the compatibility mode of 2007


def set_up_page(word: WordDocument, document: Document) -> None:
    """Paper, margins, footer."""
    section = word.sections[0]
    section.page_width, section.page_height = (LONG, SHORT) if document.landscape else (SHORT, LONG)
    section.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    width = (LONG if document.landscape else SHORT) - 2 * MARGIN
    _write_footer(section.footer.paragraphs[0], document, width)
    _open_as_a_new_file(word)


def _write_footer(footer: WordParagraph, document: Document, width: int) -> None:
    """Whose it is and which day on the left, page 2 of 5 on the right."""
    footer.style = "Footer"
    footer.paragraph_format.tab_stops.add_tab_stop(Emu(width), WD_TAB_ALIGNMENT.RIGHT)
    scope = printable(document.scope)
    footer.add_run(f"{scope} · {day(document.on)}" if scope else day(document.on))
    footer.add_run("\tPage ")
    _add_field(footer, "PAGE")
    footer.add_run(" of ")
    _add_field(footer, "NUMPAGES")


def _add_field(paragraph: WordParagraph, code: str) -> None:
    """A number that Word works out."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _open_as_a_new_file(word: WordDocument) -> None:
    """Without this Word opens the file in a mode for older versions."""
    compatibility = OxmlElement("w:compat")
    setting = OxmlElement("w:compatSetting")
    for name, value in (
        ("name", "compatibilityMode"),
        ("uri", "http://schemas.microsoft.com/office/word"),
        ("val", COMPATIBLE_WITH),
    ):
        setting.set(qn(f"w:{name}"), value)
    compatibility.append(setting)
    settings = word.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    settings.insert_element_before(
        compatibility, "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:decimalSymbol"
    )
