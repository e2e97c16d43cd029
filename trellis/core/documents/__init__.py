"""Documents: one description, from which Word and PDF are made, so that they say the same."""

from trellis.core.documents.blocks import (
    AnswerBox,
    Block,
    Bullets,
    Callout,
    Document,
    Figure,
    Heading,
    KeyValues,
    NumberedList,
    PageBreak,
    Paragraph,
    Run,
    TableBlock,
    TickRow,
    Together,
)
from trellis.core.documents.pdf import pdf_bytes, pdf_response
from trellis.core.documents.word import docx_bytes, docx_response

__all__ = [
    "AnswerBox",
    "Block",
    "Bullets",
    "Callout",
    "Document",
    "Figure",
    "Heading",
    "KeyValues",
    "NumberedList",
    "PageBreak",
    "Paragraph",
    "Run",
    "TableBlock",
    "TickRow",
    "Together",
    "docx_bytes",
    "docx_response",
    "pdf_bytes",
    "pdf_response",
]
