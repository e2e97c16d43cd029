"""What happens to an upload on its way: the limit, the full disk, the person who is not signed in, the rest of the form."""

from __future__ import annotations

import io
import tempfile
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory
from django.urls import reverse

from trellis.core.files.storage import keys
from trellis.core.files.upload import PATIENCE
from trellis.core.models import StoredFile
from trellis.core.tests import files

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("file_folder"),
    pytest.mark.urls("trellis.core.tests.file_pages"),
]
TOO_LARGE = "The file is larger than 20 MB"
MEGABYTE = 2**20
BOUNDARY = "----boundary"
TOKEN = "a" * 32


class Endless(io.RawIOBase):
    """A form with its protection, a title, a file of any size and a note, sent piece by piece; it counts what was read."""

    def __init__(self, size: int) -> None:
        before = self.field("csrfmiddlewaretoken", TOKEN) + self.field("title", "Our policy") + self.head()
        after = b"\r\n" + self.field("note", "from the cupboard") + f"--{BOUNDARY}--\r\n".encode()
        self.parts: list[bytes | int] = [before, size, after]
        self.length = len(before) + size + len(after)
        self.read_so_far = 0

    @staticmethod
    def field(name: str, value: str) -> bytes:
        return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()

    @staticmethod
    def head() -> bytes:
        disposition = 'Content-Disposition: form-data; name="file"; filename="film.pdf"'
        return f"--{BOUNDARY}\r\n{disposition}\r\nContent-Type: application/pdf\r\n\r\n".encode()

    def read(self, size: int = -1) -> bytes:
        piece = self.next_piece(size if size > 0 else MEGABYTE)
        self.read_so_far += len(piece)
        return piece

    def next_piece(self, most: int) -> bytes:
        while self.parts:
            part = self.parts[0]
            if isinstance(part, int):
                piece, rest = b"\0" * min(part, most), part - min(part, most)
            else:
                piece, rest = part[:most], part[most:]
            self.parts[0] = rest
            if not rest:
                self.parts.pop(0)
            if piece:
                return piece
        return b""


def send(client, body: Endless, address: str = "add_piece") -> tuple[str, str]:
    """Send a body as a server would hand it on; the status line and the page."""
    request = RequestFactory().post(reverse(address)).environ | {
        "wsgi.input": body,
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
        "CONTENT_LENGTH": str(body.length),
        "HTTP_COOKIE": "; ".join(
            [f"trellis-csrf={TOKEN}", *(f"{name}={it.value}" for name, it in client.cookies.items())]
        ),
    }
    answered: list[str] = []
    with closing(get_wsgi_application()(request, lambda status, headers: answered.append(status))) as page:
        return answered[0], b"".join(page).decode()


@pytest.fixture(autouse=True)
def an_open_database(monkeypatch):
    """Requests are handed over without the test client, which keeps the database open; so do these."""
    monkeypatch.setattr("django.core.signals.request_started.send", lambda **_: None)
    monkeypatch.setattr("django.core.signals.request_finished.send", lambda **_: None)


def test_a_small_file_is_kept(cast, browse):
    answer = browse(cast.priya).post(
        reverse("add_piece"), {"title": "Our policy", "file": files.upload("policy.pdf", files.PDF)}
    )
    assert answer.status_code == 302
    assert StoredFile.objects.get().name == "policy.pdf"


def test_a_larger_file_passes_over_the_disk_and_leaves_nothing_there(cast, browse, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "passing"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    content = files.PDF + b"\0" * 3 * MEGABYTE
    browse(cast.priya).post(reverse("add_piece"), {"title": "x", "file": files.upload("policy.pdf", content)})
    assert StoredFile.objects.get().size == len(content)
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []


@pytest.mark.parametrize("megabytes", [21, 60])
def test_a_file_above_the_limit_is_refused_and_the_rest_of_the_form_is_kept(cast, browse, megabytes):
    body = Endless(megabytes * MEGABYTE)
    status, page = send(browse(cast.priya), body)
    assert status == "200 OK"
    assert TOO_LARGE in page
    assert 'value="Our policy"' in page
    assert 'value="from the cupboard"' in page
    assert list(keys()) == []


def test_two_gigabytes_are_neither_read_nor_held_nor_written(cast, browse, monkeypatch):
    client, body = browse(cast.priya), Endless(2 * 1024 * MEGABYTE)
    send(client, Endless(100))  # what is made once
    monkeypatch.setattr(tempfile, "_get_candidate_names", lambda: pytest.fail("a file was opened"))
    tracemalloc.start()
    status, page = send(client, body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert status == "413 Request Entity Too Large"  # so that browsers that are still sending show the page
    assert TOO_LARGE in page
    assert 'value="Our policy"' in page
    assert body.read_so_far < 2 * MEGABYTE
    assert peak < 10 * MEGABYTE


def test_a_length_that_lies_helps_nobody(cast, browse):
    """No more is read than was announced, and what ends in the middle is no upload."""
    body = Endless(30 * MEGABYTE)
    body.length = 21 * MEGABYTE
    send(browse(cast.priya), body)
    assert body.read_so_far <= 21 * MEGABYTE
    assert (StoredFile.objects.count(), list(keys())) == (0, [])


def test_a_page_may_take_larger_files(cast, browse):
    body = Endless(40 * MEGABYTE)
    assert send(browse(cast.priya), body, "take_larger") == ("200 OK", str(40 * MEGABYTE))


def test_what_somebody_sends_who_is_not_signed_in_is_thrown_away(client, db, monkeypatch):
    monkeypatch.setattr(
        "trellis.core.files.upload.LimitedUpload._reason_after", lambda *_: pytest.fail("a byte was kept")
    )
    status, _ = send(client, Endless(3 * MEGABYTE))
    assert status == "401 Unauthorized"


def test_what_somebody_sends_who_is_not_signed_in_is_not_even_read_when_it_is_large(client, db):
    body = Endless(PATIENCE + MEGABYTE)
    send(client, body)
    assert body.read_so_far < 2 * MEGABYTE


def full_place():
    """A place of the operating system in which nothing has room."""
    return Path("/dev/full").open("w+b")


def test_on_a_full_temporary_disk_the_person_is_told_and_nothing_is_kept(cast, browse, monkeypatch):
    monkeypatch.setattr("trellis.core.files.upload._passing_place", full_place)
    _, page = send(browse(cast.priya), Endless(3 * MEGABYTE))
    assert "There is no room to keep the file at the moment. Nothing was kept. Try again later" in page
    assert 'value="Our policy"' in page
    assert 'value="from the cupboard"' in page
    assert (StoredFile.objects.count(), list(keys())) == (0, [])


def test_on_a_full_disk_the_person_is_told_and_nothing_is_kept(cast, browse, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("trellis.core.files.storage.os.fsync", full)
    answer = browse(cast.priya).post(
        reverse("add_piece"), {"title": "Our policy", "file": files.upload("policy.pdf", files.PDF)}
    )
    page = answer.content.decode()
    assert "There is no room to keep the file at the moment. Nothing was kept. Try again later" in page
    assert 'value="Our policy"' in page
    assert (StoredFile.objects.count(), list(keys())) == (0, [])


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "photo.jpg",
            files.SCRIPT,
            "The file must be a PDF, Word, Excel, PowerPoint, OpenDocument, CSV, text or picture file",
        ),
        ("plan.docx", files.zip_bomb(), "The file unpacks to far more than a document should, so it was not kept"),
        ("plan.pdf", b"", "The file is empty"),
    ],
)
def test_the_page_says_why_a_file_is_not_taken(cast, browse, name, content, sentence):
    page = (
        browse(cast.priya)
        .post(reverse("add_piece"), {"title": "x", "file": files.upload(name, content)})
        .content.decode()
    )
    assert page.count(sentence) == 2  # in the summary and at the field


def test_an_upload_that_breaks_off_is_no_upload(cast, browse):
    body = Endless(MEGABYTE)
    body.parts[1:] = [1000]  # and then nothing more
    send(browse(cast.priya), body)
    assert StoredFile.objects.count() == 0


def test_the_request_clears_up_after_a_view_that_fails(cast, browse, monkeypatch):
    """The middleware is there: what was written and has no row goes at the end of the request."""
    from trellis.core.files import keeping

    monkeypatch.setattr(keeping.StoredFile.objects, "filter", lambda **_: StoredFile.objects.none())
    browse(cast.priya).post(reverse("add_piece"), {"title": "x", "file": files.upload("policy.pdf", files.PDF)})
    assert list(keys()) == []
