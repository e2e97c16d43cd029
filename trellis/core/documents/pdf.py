"""A document as PDF/UA: tagged, with its title and language, set by typst from data that is never evaluated."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from django.http import HttpResponse

from trellis.core.charts.raster import as_dots
from trellis.core.documents.description import described
from trellis.core.exports.names import as_download, file_name
from trellis.core.fonts import typefaces

if TYPE_CHECKING:
    from trellis.core.documents.blocks import Document

TEMPLATES = Path(__file__).resolve().parents[1] / "typst"


def pdf_response(document: Document) -> HttpResponse:
    """The document as a PDF download named after its title, its scope and its day."""
    response = HttpResponse(pdf_bytes(document), content_type="application/pdf")
    return as_download(response, file_name(document.title, document.scope, document.on, "pdf"))


def pdf_bytes(document: Document) -> bytes:
    """The document as a PDF that conforms to PDF/UA-1; the same document gives the same bytes.

    Characters that no font has become a square, and a line at the end says so. Raises typst.TypstError rather than
    give a file that would not be accessible.
    """
    try:
        return _set(document, described(document))
    except typst.TypstError:
        # Rare scripts inside a picture cannot be tagged; its alternative text says the same, so dots will do.
        return _set(document, described(document, as_dots))


def _set(document: Document, description: dict[str, Any]) -> bytes:
    """The PDF of a description."""
    made: bytes = typst.compile(
        str(TEMPLATES / "document.typ"),
        root=str(TEMPLATES),
        font_paths=typefaces(),
        sys_inputs={"document": json.dumps(description)},
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(document.on, time(), UTC),
    )
    return made
