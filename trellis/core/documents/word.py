"""A document as Word: real headings, lists and tables in styles that people can change, and no macros."""

from __future__ import annotations

from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from django.http import HttpResponse

from trellis.core.dates import day
from trellis.core.documents.room import where_the_end_begins
from trellis.core.documents.word_blocks import add_blocks
from trellis.core.documents.word_page import set_up_page
from trellis.core.documents.word_styles import set_up_styles
from trellis.core.exports.names import as_download, file_name
from trellis.core.exports.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

    from trellis.core.documents.blocks import Document

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_response(document: Document) -> HttpResponse:
    """The document as a Word download named after its title, its scope and its day."""
    response = HttpResponse(docx_bytes(document), content_type=CONTENT_TYPE)
    return as_download(response, file_name(document.title, document.scope, document.on, "docx"))


def docx_bytes(document: Document, *, after: Iterable[BaseOxmlElement] = ()) -> bytes:
    """The document as a Word file that says the same as its PDF; `after` it come elements of Word’s own, to fill in."""
    word = docx.Document()
    set_up_styles(word, document.language)
    set_up_page(word, document)
    _write_properties(word, document)
    _write_head(word, document)
    add_blocks(word, document.blocks, end=where_the_end_begins(document))
    for element in after:
        word.element.body.insert_element_before(element, "w:sectPr")
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _write_properties(word: WordDocument, document: Document) -> None:
    """What the file says about itself; the library would name itself as author."""
    about = word.core_properties
    about.title, about.subject, about.author = (
        printable(text)[:250] for text in (document.title, document.subtitle, document.scope)
    )
    about.language, about.comments, about.last_modified_by = document.language, "", ""
    about.created = about.modified = datetime.combine(document.on, time(), UTC)


def _write_head(word: WordDocument, document: Document) -> None:
    """Title, subtitle, whose it is and which day."""
    word.add_paragraph(printable(document.title), style="Heading 1")
    if document.subtitle:
        word.add_paragraph(printable(document.subtitle), style="Subtitle")
    scope = printable(document.scope)
    word.add_paragraph(f"{scope} · {day(document.on)}" if scope else day(document.on), style="Scope and date")
