"""The list of early years qualifications as a file: rows in, qualifications and rejections out."""

from trellis.qualifications.listing.reader import ListedRow, NotAList, RejectedRow, read_list

__all__ = ["ListedRow", "NotAList", "RejectedRow", "read_list"]
