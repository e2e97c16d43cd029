"""Pictures: each is drawn afresh, upright, so that nothing but the picture itself is kept."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from PIL import Image, ImageOps

from trellis.core.refusal import Refused, refuse
from trellis.core.rules.files import DAMAGED, FileKind, why_not_picture

FORMATS = ("JPEG", "PNG", "WEBP")
# At this quality an eye sees no difference; above it, only the size grows.
SAVED_AS: dict[FileKind, dict[str, Any]] = {
    FileKind.JPEG: {"format": "JPEG", "quality": 88},
    FileKind.PNG: {"format": "PNG"},
}


def redraw(content: IO[bytes]) -> tuple[FileKind, IO[bytes]]:
    """What the picture is kept as, and the picture drawn afresh: without location, comments, thumbnails or profiles.

    Of an animation the first frame is kept. A WebP picture becomes a PNG when something shows through it,
    else a JPEG. Raises `Refused` when it is damaged or larger than 50 megapixels; that is known
    before anything is unpacked.
    """
    content.seek(0)
    try:
        with Image.open(content, formats=FORMATS) as picture:
            refuse(why_not_picture(width=picture.width, height=picture.height))
            return _drawn(picture)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(why_not_picture(width=Image.MAX_IMAGE_PIXELS or 0, height=2) or DAMAGED) from None
    except Exception as wrong:  # a hostile picture makes the decoder raise almost anything
        raise Refused(DAMAGED) from wrong


def _drawn(picture: Image.Image) -> tuple[FileKind, IO[bytes]]:
    see_through = picture.has_transparency_data
    kind = FileKind.PNG if picture.format == "PNG" or see_through else FileKind.JPEG
    ImageOps.exif_transpose(picture, in_place=True)
    mode = "RGBA" if see_through else "L" if picture.mode in {"1", "L"} else "RGB"
    afresh = picture if picture.mode == mode else picture.convert(mode)
    afresh.info = {}
    drawn = BytesIO()
    afresh.save(drawn, **SAVED_AS[kind])
    return kind, drawn
