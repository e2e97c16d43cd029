"""A file is what its content says; each that is not taken is told why."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.files import EVERY_KIND, PICTURES, FileKind, UploadField, check_upload
from trellis.core.refusal import Refused
from trellis.core.rules.files import BOMB, DAMAGED, EMPTY, HEIC, MACROS, OLDER_OFFICE, must_be
from trellis.core.tests import files

ANY = "The file must be a PDF, Word, Excel, PowerPoint, OpenDocument, CSV, text or picture file"
WORD = files.word()
VBA = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'


@pytest.mark.parametrize(
    ("name", "content", "kind", "kept_name"),
    [
        ("Policy.pdf", files.PDF, FileKind.PDF, "Policy.pdf"),
        ("Plan.docx", files.word(), FileKind.WORD, "Plan.docx"),
        ("Rooms.XLSX", files.excel(), FileKind.EXCEL, "Rooms.xlsx"),
        ("Training.pptx", files.office("presentationml.presentation"), FileKind.POWERPOINT, "Training.pptx"),
        ("Plan.odt", files.open_document("text"), FileKind.OPEN_TEXT, "Plan.odt"),
        ("Rooms.ods", files.open_document("spreadsheet"), FileKind.OPEN_SHEET, "Rooms.ods"),
        ("Training.odp", files.open_document("presentation"), FileKind.OPEN_SLIDES, "Training.odp"),
        ("Rooms.csv", files.CSV, FileKind.CSV, "Rooms.csv"),
        ("Windows.csv", "Café,Größe €".encode("windows-1252"), FileKind.CSV, "Windows.csv"),
        ("Wide.txt", "Café".encode("utf-16"), FileKind.TEXT, "Wide.txt"),
        ("Garden.jpeg", files.photo(), FileKind.JPEG, "Garden.jpeg"),
        ("Garden.png", files.photo("PNG"), FileKind.PNG, "Garden.png"),
        ("Garden.webp", files.photo("WEBP"), FileKind.JPEG, "Garden.jpg"),
        # The name says something else: the content counts, and the name follows it.
        ("Garden.pdf", files.photo("PNG"), FileKind.PNG, "Garden.png"),
        ("Policy", files.PDF, FileKind.PDF, "Policy.pdf"),
        ("Policy.exe", files.PDF, FileKind.PDF, "Policy.exe.pdf"),
        ("Rooms.txt", files.excel(), FileKind.EXCEL, "Rooms.xlsx"),
    ],
)
def test_what_is_on_the_list_is_taken(name, content, kind, kept_name):
    checked = check_upload(files.upload(name, content))
    assert (checked.kind, checked.name) == (kind, kept_name)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("photo.jpg", files.SCRIPT, ANY),
        ("photo.jpg", files.EXE, ANY),
        ("page.html", b"<script>alert(1)</script>", ANY),
        ("run.sh", files.SCRIPT, ANY),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", ANY),
        ("program.txt", files.EXE, ANY),
        ("bells.csv", b"Name\x07,Age", ANY),
        ("moving.gif", files.animation("GIF"), ANY),
        ("all.zip", files.packed({"a.txt": "a"}), ANY),
        ("plan.docx", files.packed({"word/document.xml": "<x/>"}), ANY),
        ("two.docx", files.office("wordprocessingml.document", types=files.MAIN % "spreadsheetml.sheet"), ANY),
        ("nothing.pdf", b"", EMPTY),
        ("old.doc", files.OLD_WORD, OLDER_OFFICE),
        ("IMG_1.heic", files.HEIC, HEIC),
        ("macros.docm", files.office("wordprocessingml.document", {"word/vbaProject.bin": b"x"}), MACROS),
        ("macros.xlsx", files.office("spreadsheetml.sheet", types=VBA), MACROS),
        ("macros.xlsm", files.office("spreadsheetml.sheet", {"xl/macrosheets/sheet1.xml": b"x"}), MACROS),
        ("macros.odt", files.open_document("text", {"Basic/Standard/Module1.xml": b"x"}), MACROS),
        ("bomb.docx", files.zip_bomb(), BOMB),
        ("bomb.docx", files.overlapping_bomb(), BOMB),
        ("bomb.docx", files.many_parts(), BOMB),
        ("bomb.docx", files.packed({"[Content_Types].xml": b" " * 3_000_000}), BOMB),
        ("broken.docx", files.word()[:-300], DAMAGED),
        ("broken.docx", b"PK\x03\x04 and nothing more", DAMAGED),
        ("broken.jpg", files.photo()[:300], DAMAGED),
    ],
)
def test_what_is_not_is_refused_with_the_reason(name, content, sentence):
    with pytest.raises(Refused) as refused:
        check_upload(files.upload(name, content))
    assert str(refused.value) == sentence


def test_a_locked_document_is_refused():
    locked = bytearray(files.word())
    listed = locked.find(b"PK\x01\x02")
    locked[listed + 8] |= 1
    with pytest.raises(Refused, match="cannot be read"):
        check_upload(files.upload("locked.docx", bytes(locked)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_document_that_says_something_twice_is_refused():
    with files.zipfile.ZipFile(out := io.BytesIO(files.word()), "a") as document:
        document.writestr("word/document.xml", "<other/>")
    with pytest.raises(Refused, match="cannot be read"):
        check_upload(files.upload("twice.docx", out.getvalue()))


def test_a_zip_bomb_is_recognised_without_unpacking_it(monkeypatch):
    bomb = files.zip_bomb()
    monkeypatch.setattr(files.zipfile.ZipFile, "open", lambda *_: pytest.fail("a part was unpacked"))
    with pytest.raises(Refused, match="unpacks to far more"):
        check_upload(files.upload("bomb.docx", bomb))


def test_a_field_takes_only_its_kinds():
    field = UploadField(kinds=frozenset({FileKind.CSV, FileKind.EXCEL}))
    assert field.clean(files.upload("rooms.csv", files.CSV)).kind == FileKind.CSV
    with pytest.raises(Exception, match="The file must be an Excel or CSV file"):
        field.clean(files.upload("policy.pdf", files.PDF))
    assert field.widget.attrs["accept"] == ".xlsx,.csv"
    assert UploadField(kinds=PICTURES).widget.attrs["accept"] == ".jpg,.jpeg,.png,.webp"


def test_a_field_has_its_own_limit_in_words(settings):
    with pytest.raises(Exception, match="The file is larger than 1 MB"):
        UploadField(megabytes=1).clean(files.upload("rooms.csv", b"a" * (2**20 + 1)))


def test_a_field_may_be_left_empty_when_told():
    assert UploadField(required=False).clean(None) is None


def test_the_sentence_names_every_kind():
    assert must_be(EVERY_KIND) == ANY


@given(
    st.binary(max_size=3000),
    st.sampled_from(["a.docx", "a.txt", "a.jpg", "a"]),
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"%PDF"]),
)
def test_whatever_arrives_is_taken_or_refused_and_nothing_else(content, name, beginning):
    checked_or_refused(name, beginning + content)


@given(st.integers(0, len(WORD) - 1), st.integers(0, 255))
def test_a_document_with_one_byte_changed_is_taken_or_refused_and_nothing_else(place, value):
    changed = bytearray(WORD)
    changed[place] = value
    checked_or_refused("plan.docx", bytes(changed))


def checked_or_refused(name: str, content: bytes) -> None:
    with suppress(Refused):
        assert check_upload(files.upload(name, content)).size > 0


def test_what_trellis_packs_itself_is_taken_from_nobody():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("setting.json", "{}")
    assert FileKind.ZIP not in EVERY_KIND
    with pytest.raises(Refused, match="The file must be a"):
        check_upload(files.upload("everything.zip", packed.getvalue()))
