"""Files: checked by what they are, kept under random names outside the web root, sent only through a view.

A form asks with `UploadField`; its cleaned value is a `CheckedFile`. The action of the app that wants the
file has its bytes `written_first`, calls `keep_file` in its transaction and points to the `StoredFile` with `on_delete=PROTECT`. The app’s view finds its own
record with `visible_to` and answers with `file_response`: who may open a file is who may see what uses it.
"""

from trellis.core.files.checking import CheckedFile, check_upload, made_here
from trellis.core.files.fields import UploadField
from trellis.core.files.keeping import (
    clearing_orphans,
    forget_file,
    keep_file,
    remove_file,
    uses_of,
    written_first,
)
from trellis.core.files.sending import file_response
from trellis.core.files.storage import new_key
from trellis.core.files.upload import takes_files_up_to
from trellis.core.rules.files import EVERY_KIND, PICTURES, FileKind

__all__ = [
    "EVERY_KIND",
    "PICTURES",
    "CheckedFile",
    "FileKind",
    "UploadField",
    "check_upload",
    "clearing_orphans",
    "file_response",
    "forget_file",
    "keep_file",
    "made_here",
    "new_key",
    "remove_file",
    "takes_files_up_to",
    "uses_of",
    "written_first",
]
