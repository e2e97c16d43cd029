"""A review as a form to take away: written as Excel or Word, filled in elsewhere, read back and compared."""

from trellis.review.takeaway.comparing import Preview, compared
from trellis.review.takeaway.excel_out import form_xlsx
from trellis.review.takeaway.making import form_of, framework_named
from trellis.review.takeaway.reading import read_file
from trellis.review.takeaway.shape import CameBack, came_back
from trellis.review.takeaway.word_out import form_docx

__all__ = [
    "CameBack",
    "Preview",
    "came_back",
    "compared",
    "form_docx",
    "form_of",
    "form_xlsx",
    "framework_named",
    "read_file",
]
