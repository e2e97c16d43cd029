"""Which characters a font file has a shape for, read from its character map (OpenType specification, `cmap`)."""

from __future__ import annotations

from struct import unpack_from

SEGMENTS, GROUPS = 4, 12  # the two layouts of a character map that today’s fonts carry


def characters_of(font: bytes) -> frozenset[int]:
    """The code points in the character map of a TrueType or OpenType font; ValueError if there is none."""
    table = _table(font, b"cmap")
    (count,) = unpack_from(">H", font, table + 2)
    found: set[int] = set()
    for number in range(count):
        (offset,) = unpack_from(">L", font, table + 4 + number * 8 + 4)
        found |= _characters(font, table + offset)
    return frozenset(found)


def _table(font: bytes, tag: bytes) -> int:
    """Where in the file a table begins."""
    (count,) = unpack_from(">H", font, 4)
    for number in range(count):
        name, _checksum, offset, _length = unpack_from(">4sLLL", font, 12 + number * 16)
        if name == tag:
            return int(offset)
    raise ValueError(f"The font has no {tag.decode()} table")


def _characters(font: bytes, at: int) -> set[int]:
    """The code points of one subtable; none for a layout that we do not read."""
    (layout,) = unpack_from(">H", font, at)
    if layout == SEGMENTS:
        return _from_segments(font, at)
    if layout == GROUPS:
        return _from_groups(font, at)
    return set()


def _from_segments(font: bytes, at: int) -> set[int]:
    """Segments of the first 65,536 code points; glyph 0 means that the character is missing."""
    count = unpack_from(">H", font, at + 6)[0] // 2
    ends = unpack_from(f">{count}H", font, at + 14)
    starts = unpack_from(f">{count}H", font, at + 16 + count * 2)
    deltas = unpack_from(f">{count}H", font, at + 16 + count * 4)
    ranges_at = at + 16 + count * 6
    ranges = unpack_from(f">{count}H", font, ranges_at)
    found = set()
    for number, (start, end, delta, jump) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if jump:
                glyph = unpack_from(">H", font, ranges_at + number * 2 + jump + (code - start) * 2)[0]
            if jump and glyph == 0:
                continue
            if (glyph + delta) % 0x10000:
                found.add(code)
    return found


def _from_groups(font: bytes, at: int) -> set[int]:
    """Groups of consecutive code points, of the whole of Unicode."""
    (count,) = unpack_from(">L", font, at + 12)
    found: set[int] = set()
    for number in range(count):
        start, end, glyph = unpack_from(">LLL", font, at + 16 + number * 12)
        found.update(range(start + (glyph == 0), end + 1))
    return found
