"""By what a form is known when it comes back: whose review it is, and which version of each entry it was made from."""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import asdict, dataclass, field
from typing import Any

BEGINNING = "trellis-form-1"
MARK = re.compile(rf"{BEGINNING}:([A-Za-z0-9_=\-]+):([0-9a-f]{{8}})")
LARGEST = 500_000  # bytes that a mark may unpack to
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Mark:
    """What a form says of itself. `statements` are the versions by code, `actions` the id and version by number."""

    round: str
    framework: str
    blank: bool
    made: str
    statements: dict[str, int] = field(default_factory=dict)
    actions: dict[str, tuple[str, int]] = field(default_factory=dict)


def written(mark: Mark) -> str:
    """A mark as one line of text, with a sum by which damage is noticed."""
    packed = zlib.compress(json.dumps(asdict(mark), sort_keys=True).encode(), 9)
    return f"{BEGINNING}:{urlsafe_b64encode(packed).decode()}:{zlib.crc32(packed):08x}"


def found_in(text: str) -> Mark | None:
    """The mark in a text, whatever line breaks a program put into it; None when there is none, or a damaged one.

    It stands at the end, so the last one counts: what looks like one in somebody’s notes is passed over.
    """
    found = (_opened(packed, sum) for packed, sum in reversed(MARK.findall(SPACES.sub("", text))))
    return next((mark for mark in found if mark), None)


def _opened(written: str, sum: str) -> Mark | None:
    """What a mark says; None when it is damaged."""
    try:
        packed = urlsafe_b64decode(written)
        unpacker = zlib.decompressobj()
        told = unpacker.decompress(packed, LARGEST)
        if unpacker.unconsumed_tail or f"{zlib.crc32(packed):08x}" != sum:
            return None
        return from_told(json.loads(told))
    except (ValueError, zlib.error, Error, TypeError, KeyError, AttributeError, RecursionError):
        return None


def from_told(told: dict[str, Any]) -> Mark:
    """A mark from plain data; raises ValueError, TypeError or KeyError when it is none."""
    return Mark(
        round=str(told["round"]),
        framework=str(told["framework"]),
        blank=bool(told["blank"]),
        made=str(told["made"]),
        statements={str(code): int(version) for code, version in told["statements"].items()},
        actions={str(number): (str(pk), int(version)) for number, (pk, version) in told["actions"].items()},
    )
