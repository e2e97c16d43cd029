"""Everything about a setting as one file: packed, and opened again with every part compared."""

from trellis.review.setting_file.opening import OpenedFile, opened
from trellis.review.setting_file.tables import TABLES
from trellis.review.setting_file.writing import Incomplete, write_setting

__all__ = ["TABLES", "Incomplete", "OpenedFile", "opened", "write_setting"]
