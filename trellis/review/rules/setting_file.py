"""Everything about a setting as one file: what may be in it, and when it may be read back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

SCHEMA = 1
KEPT_FOR = timedelta(days=7)
MANIFEST, CONTENT = "manifest.json", "setting.json"
FILE_NAME = re.compile(r"files/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MEGABYTE = 1024 * 1024
PARTS_MOST = 50_000
CONTENT_MOST = 300 * MEGABYTE
SWELLS_HARMLESS, SWELLS_TIMES = 50 * MEGABYTE, 200

NO_FILE = "This is not a file with everything about a setting"


class Part(NamedTuple):
    """A part of a packed file: its name, its size packed and unpacked, and whether it has a password."""

    name: str
    packed: int
    unpacked: int
    locked: bool = False


def why_not_open(parts: Sequence[Part], *, size: int) -> str | None:
    """Why a packed file of `size` bytes is not unpacked, or None if it may be: nothing is in it but what belongs there.

    >>> good = [Part("manifest.json", 100, 200), Part("setting.json", 900, 9000)]
    >>> why_not_open(good, size=1200)
    >>> why_not_open([*good, Part("../../etc/passwd", 1, 1)], size=1200)
    'The file holds “../../etc/passwd”, which does not belong there'
    >>> why_not_open([*good, Part("setting.json", 900, 9000)], size=3000)
    'The file holds “setting.json” twice'
    >>> why_not_open([good[0]], size=1200) == NO_FILE
    True
    >>> why_not_open([good[0], Part("setting.json", 1000, 250 * MEGABYTE)], size=2000)
    'The file unpacks to far more than it should'
    """
    names = [part.name for part in parts]
    if not {MANIFEST, CONTENT} <= set(names):
        return NO_FILE
    for name in names:
        if name not in (MANIFEST, CONTENT) and not FILE_NAME.fullmatch(name):
            return f"The file holds “{name[:100]}”, which does not belong there"
    twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
    if twice:
        return f"The file holds “{twice}” twice"
    if any(part.locked for part in parts):
        return "The file has a password. Unpack and pack it again without one"
    packed, unpacked = sum(part.packed for part in parts), sum(part.unpacked for part in parts)
    swells = unpacked > SWELLS_HARMLESS and unpacked > SWELLS_TIMES * max(packed, 1)
    told = {part.name: part.unpacked for part in parts}
    if swells or packed > size or len(parts) > PARTS_MOST or max(told[MANIFEST], told[CONTENT]) > CONTENT_MOST:
        return "The file unpacks to far more than it should"
    return None


def why_not_trust(sums: Mapping[str, str], found: Mapping[str, str]) -> str | None:
    """Why what was unpacked is not what was packed, or None: the sums are those that the manifest says.

    >>> why_not_trust({"setting.json": "a"}, {"setting.json": "a"})
    >>> why_not_trust({"setting.json": "a"}, {"setting.json": "b"})
    'setting.json is not what was packed: it was damaged or changed'
    >>> why_not_trust({"setting.json": "a", "files/1": "c"}, {"setting.json": "a"})
    'files/1 is missing'
    >>> why_not_trust({"setting.json": "a"}, {"setting.json": "a", "files/1": "c"})
    'files/1 is not in the list of what was packed'
    """
    for name in sums:
        if name not in found:
            return f"{name} is missing"
        if found[name] != sums[name]:
            return f"{name} is not what was packed: it was damaged or changed"
    surplus = next((name for name in found if name not in sums), None)
    return f"{surplus} is not in the list of what was packed" if surplus else None


def why_not_read_back(*, schema: object, settings_here: bool) -> str | None:
    """Why a setting cannot be read back into this installation, or None if it can.

    >>> why_not_read_back(schema=1, settings_here=False)
    >>> why_not_read_back(schema=1, settings_here=True)
    'There are settings here already. A setting is only read back into an installation that has none'
    >>> why_not_read_back(schema=9, settings_here=False)
    'This file is of a later kind (schema 9). Upgrade Trellis, then read it back'
    """
    if schema != SCHEMA:
        return f"This file is of a later kind (schema {str(schema)[:10]}). Upgrade Trellis, then read it back"
    if settings_here:
        return "There are settings here already. A setting is only read back into an installation that has none"
    return None


def why_not_ask(*, under_way: bool) -> str | None:
    """Why no file is made now, or None.

    >>> why_not_ask(under_way=False)
    >>> why_not_ask(under_way=True)
    'A file is being made already. It appears here when it is done'
    """
    return "A file is being made already. It appears here when it is done" if under_way else None


def is_gone(made_at: datetime, now: datetime) -> bool:
    """Whether a file has served its time.

    >>> from datetime import datetime
    >>> is_gone(datetime(2027, 3, 1), datetime(2027, 3, 7)), is_gone(datetime(2027, 3, 1), datetime(2027, 3, 8, 1))
    (False, True)
    """
    return now > made_at + KEPT_FOR
