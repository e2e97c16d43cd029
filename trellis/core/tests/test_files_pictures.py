"""Of a picture nothing is kept but the picture."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from trellis.core.files import FileKind, check_upload
from trellis.core.refusal import Refused
from trellis.core.tests import files

TOO_LARGE = "The picture is larger than 50 megapixels. Save a smaller copy and upload that"


def kept(name: str, content: bytes) -> tuple[FileKind, bytes]:
    checked = check_upload(files.upload(name, content))
    return checked.kind, checked.content.read()


def test_where_and_by_whom_it_was_taken_is_gone():
    original = files.located_photo()
    said = [b"Camera of Amara", b"the comment", b"the packet", b"the profile"]
    assert all(words in original for words in said)
    _, content = kept("garden.jpg", original)
    assert not [words for words in said if words in content]
    with Image.open(io.BytesIO(content)) as picture:
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_it_stands_upright_without_being_told_to_turn():
    _, content = kept("garden.jpg", files.located_photo())
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (40, 60)


def test_notes_in_a_png_are_gone():
    original = files.annotated_png()
    assert b"Camera of Amara" in original
    assert b"Camera of Amara" not in kept("garden.png", original)[1]


def test_what_hangs_on_behind_is_gone():
    assert files.SCRIPT not in kept("garden.jpg", files.photo() + files.SCRIPT)[1]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.webp", files.photo("WEBP"), FileKind.JPEG),
        ("a.webp", files.photo("WEBP", colour=(1, 2, 3, 40)), FileKind.PNG),
        ("a.png", files.photo("PNG", colour=(1, 2, 3, 40)), FileKind.PNG),
        ("a.png", files.photo("PNG", colour=7), FileKind.PNG),
        ("a.jpg", files.photo(colour=7), FileKind.JPEG),
        ("a.jpg", files.animation("MPO"), FileKind.JPEG),
        ("a.webp", files.animation("WEBP"), FileKind.JPEG),
        ("a.png", files.animation("PNG"), FileKind.PNG),
    ],
)
def test_it_is_kept_as_one_still_picture(name, content, kind):
    as_kind, again = kept(name, content)
    assert as_kind == kind
    with Image.open(io.BytesIO(again)) as picture:
        assert (getattr(picture, "n_frames", 1), picture.format) == (1, "PNG" if kind == FileKind.PNG else "JPEG")


def test_a_print_in_four_inks_becomes_one_for_screens():
    out = io.BytesIO()
    Image.new("CMYK", (10, 10), (0, 0, 0, 0)).save(out, "JPEG")
    with Image.open(io.BytesIO(kept("a.jpg", out.getvalue())[1])) as picture:
        assert picture.mode == "RGB"


@pytest.mark.parametrize("size", [(8_000, 8_000), (10_000, 10_000), (30_000, 30_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_drawn(size):
    with pytest.raises(Refused) as refused:
        check_upload(files.upload("poster.png", files.huge_png(*size)))
    assert str(refused.value) == TOO_LARGE
