"""The name a file came with, made safe to show and to save under. It is never part of a path of ours."""

from __future__ import annotations

import re
import unicodedata

from trellis.core.rules.files import ALSO_PICTURES, KINDS, FileKind

NAME_MOST = 120  # characters
BYTES_MOST = 240  # what file systems take is 255
KNOWN_ENDINGS = {*ALSO_PICTURES, *(ending for kind in KINDS.values() for ending in kind.endings)}
# Names that Windows keeps for devices, and what it does not allow in any name.
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
# Control and format characters (which can turn the reading direction), lone surrogates, private and unassigned ones.
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def ending_of(name: str) -> str:
    """What follows the last dot of a name, in small letters.

    >>> ending_of("Support plan.DOCX"), ending_of("README")
    ('docx', '')
    """
    return name.rpartition(".")[2].strip().lower() if "." in name else ""


def clean_name(name: str, kind: FileKind) -> str:
    """The name to keep: no path, nothing invisible, at most 120 characters, with the ending of what the file is.

    >>> clean_name("../../etc/passwd", FileKind.TEXT)
    'passwd.txt'
    >>> clean_name("C:\\\\fakepath\\\\Garden  photo.WEBP", FileKind.JPEG)
    'Garden photo.jpg'
    >>> clean_name("What: how? .pdf", FileKind.PDF), clean_name("...", FileKind.PDF)
    ('What- how-.pdf', 'file.pdf')
    """
    last = re.split(r"[/\\]", name)[-1]
    stem, ending = _parted(_plain(last), kind)
    stem = _plain(_shortened(stem, len(ending) + 1)).strip(". ") or "file"
    return f"{'_' if DEVICES.fullmatch(stem) else ''}{stem}.{ending}"


def _plain(text: str) -> str:
    """One line of visible characters that every file system takes."""
    spaced = "".join(" " if char.isspace() else char for char in text)
    visible = "".join(char for char in spaced if unicodedata.category(char) not in INVISIBLE)
    return " ".join(NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", visible)).split())


def _parted(name: str, kind: FileKind) -> tuple[str, str]:
    """The name without its ending, and the ending that fits the kind."""
    ending, fitting = ending_of(name), KINDS[kind].endings
    if ending in KNOWN_ENDINGS:
        return name.rpartition(".")[0], ending if ending in fitting else fitting[0]
    return name, fitting[0]


def _shortened(stem: str, reserved: int) -> str:
    """As much of a name as may stay, with `reserved` characters for the ending and one for Windows."""
    stem = stem[: NAME_MOST - reserved - 1]
    return stem.encode()[: BYTES_MOST - reserved - 1].decode(errors="ignore")
