"""Exports: the rows of the screen as CSV and Excel, and the names of files."""

from trellis.core.exports.csv_file import csv_response
from trellis.core.exports.excel_file import write_xlsx, xlsx_response
from trellis.core.exports.names import as_download, file_name
from trellis.core.exports.tables import Cell, Column, Table, shown
from trellis.core.exports.text import printable

__all__ = [
    "Cell",
    "Column",
    "Table",
    "as_download",
    "csv_response",
    "file_name",
    "printable",
    "shown",
    "write_xlsx",
    "xlsx_response",
]
