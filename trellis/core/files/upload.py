"""Files on their way in: nothing above the limit reaches the disk, and the rest of the form survives it."""

from __future__ import annotations

from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

import structlog
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser

from trellis.core.rules.files import MEGABYTE, NO_ROOM, NOBODY, larger_than

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, QueryDict
    from django.utils.datastructures import MultiValueDict

View = TypeVar("View", bound="Callable[..., Any]")
log = structlog.get_logger("trellis.files")
# A body up to this size is read to its end and thrown away, so that every browser shows the answer and
# fields after the file are kept. Of a larger one, nothing after the file’s beginning is read.
PATIENCE = 100 * MEGABYTE
CUT_SHORT = "trellis.upload_cut_short"


def takes_files_up_to(megabytes: int) -> Callable[[View], View]:
    """Let a view take larger files than the installation’s limit, such as a whole register."""

    def mark(view: View) -> View:
        view.upload_limit_mb = megabytes  # type: ignore[attr-defined]
        return view

    return mark


def limit_of(request: HttpRequest) -> int:
    """The largest file, in megabytes, that the page of a request takes."""
    view = getattr(request.resolver_match, "func", None)
    return int(getattr(view, "upload_limit_mb", settings.ENVIRONMENT.upload_limit_mb))


class RefusedUpload(UploadedFile):  # type: ignore[type-arg]
    """Stands where a file would be that was not taken, and says why; `UploadField` shows the reason."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(file=BytesIO(), name=name, size=0)
        self.reason = reason


class CutShort:
    """The body of a request, which can be ended early as if nothing came after the file that is being read."""

    def __init__(self, body: Any, boundary: bytes) -> None:
        self.body, self.ending, self.ended = body, b"\r\n--" + boundary + b"--\r\n", False

    def read(self, size: int = -1) -> bytes:
        """The next bytes: of the body, or after `end` of a proper ending."""
        if not self.ended:
            return bytes(self.body.read(size))
        ending, self.ending = self.ending, b""
        return ending

    def end(self) -> None:
        """Read no more of the body."""
        self.ended = True


def _passing_place() -> IO[bytes]:
    """Memory for a small file and, beyond that, a file without a name, which even a killed process leaves no trace of."""
    most, folder = settings.FILE_UPLOAD_MAX_MEMORY_SIZE, settings.FILE_UPLOAD_TEMP_DIR
    return cast("IO[bytes]", SpooledTemporaryFile(max_size=most, dir=folder))


class LimitedUpload(FileUploadHandler):
    """Takes files of signed-in people up to the limit of the page, into a place that vanishes with the request.

    What is refused is thrown away as it arrives, and a `RefusedUpload` takes its place in the form.
    """

    file: IO[bytes]
    request: HttpRequest

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> tuple[QueryDict, MultiValueDict[str, UploadedFile[bytes]]] | None:
        """Read the body through a `CutShort`."""
        if isinstance(input_data, CutShort):
            return None
        self.body, self.declared, self.megabytes = (
            CutShort(input_data, boundary),
            content_length,
            limit_of(self.request),
        )
        parsed = MultiPartParser(META, self.body, [self], encoding).parse()  # type: ignore[arg-type]
        return cast("tuple[QueryDict, MultiValueDict[str, UploadedFile[bytes]]]", parsed)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Make room for a file, or decide before its first byte that it is not taken."""
        super().new_file(*args, **kwargs)
        self.reason = ""
        self.file = _passing_place()
        self._refuse(self._reason_before())

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the next piece, or throw it away."""
        if not self.reason:
            self._refuse(self._reason_after(raw_data, start + len(raw_data)))

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """The file, or what stands in its place."""
        name = self.file_name or "file"
        if self.reason:
            return RefusedUpload(name, self.reason)
        self.file.seek(0)
        return UploadedFile(file=self.file, name=name, content_type=self.content_type, size=file_size)

    def upload_interrupted(self) -> None:
        """The person went away in the middle."""
        self.file.close()

    def _reason_before(self) -> str:
        """Why a file is not taken, as far as that is known before it is read."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return NOBODY
        others = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        return larger_than(self.megabytes) if self.declared > self.megabytes * MEGABYTE + others else ""

    def _reason_after(self, piece: bytes, size: int) -> str:
        """Why a file is not taken once `piece` has come, which makes it `size` bytes long."""
        if size > self.megabytes * MEGABYTE:
            return larger_than(self.megabytes)
        try:
            self.file.write(piece)
        except OSError as wrong:
            log.error("no_room_for_an_upload", reason=type(wrong).__name__)
            return NO_ROOM
        return ""

    def _refuse(self, reason: str) -> None:
        """Give back the room at once; of a very large body, read no more."""
        self.reason = reason
        if reason:
            self._close()
        if reason and self.declared > PATIENCE:
            self.request.META[CUT_SHORT] = True
            self.body.end()

    def _close(self) -> None:
        """Throw away what was written. A full disk complains once more on closing."""
        try:
            self.file.close()
        except OSError:
            log.warning("an_upload_could_not_be_closed")
        self.file = BytesIO()
