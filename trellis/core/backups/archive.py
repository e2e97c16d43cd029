"""The archive: members of known length in a tar file, each with its hash. Nothing is held in memory but a piece."""

from __future__ import annotations

import hashlib
import tarfile
import time
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
PIECE = 1_048_576  # bytes


class DamagedArchive(Exception):
    """The archive is not what was written; the message names the member."""


class Hashing:
    """A file that hashes what is read from it."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content, self._hash, self.size = content, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self._content.read(size)
        self._hash.update(piece)
        self.size += len(piece)
        return piece

    def exhaust(self) -> None:
        """Read to the end."""
        while self.read(PIECE):
            pass

    @property
    def sha256(self) -> str:
        """The hash of what was read so far, in hexadecimal."""
        return self._hash.hexdigest()


class Writing:
    """An archive on its way to the disk."""

    def __init__(self, file: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._sums = TemporaryFile()  # noqa: SIM115
        self._now = time.time()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, where: TracebackType | None) -> None:
        if kind is None:
            self._write_sums()
            self._tar.close()
        self._sums.close()

    def add(self, name: str, content: IO[bytes], size: int) -> str:
        """Add a member of exactly `size` bytes; its SHA-256. `OSError` when there are fewer."""
        hashing = Hashing(content)
        self._add(name, cast("IO[bytes]", hashing), size)
        self._sums.write(f"{hashing.sha256}  {name}\n".encode())
        return hashing.sha256

    def add_bytes(self, name: str, content: bytes) -> str:
        """Add a small member; its SHA-256."""
        return self.add(name, BytesIO(content), len(content))

    def _add(self, name: str, content: IO[bytes], size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, 0o600, int(self._now)
        self._tar.addfile(member, content)
        self._tar.members.clear()  # type: ignore[attr-defined]  # it would remember every member

    def _write_sums(self) -> None:
        size = self._sums.tell()
        self._sums.seek(0)
        self._add(SUMS, self._sums, size)


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The name and content of each member, in the order of the archive; each is read before the next is asked for.

    Raises `DamagedArchive` when this is no archive. One that is cut off just ends.
    """
    try:
        with tarfile.open(path, mode="r:") as tar:
            while member := tar.next():
                content = tar.extractfile(member)
                if content is None:
                    raise DamagedArchive(f"{member.name} is no file")
                yield member.name, content
                tar.members.clear()  # type: ignore[attr-defined]  # it would remember every member
    except tarfile.TarError as error:
        raise DamagedArchive(f"{path.name} is no backup of Trellis, or its beginning is damaged") from error


def verify(path: Path) -> bytes:
    """Compare every member with its hash; the manifest. Raises `DamagedArchive` naming the first that is wrong."""
    manifest = last = ""
    with TemporaryFile() as found:
        for name, content in members(path):
            if name == SUMS:
                found.seek(0)
                _compare(found, content)
                if not manifest:
                    raise DamagedArchive(f"{MANIFEST} is missing")
                return manifest.encode()
            hashing = Hashing(content)
            try:
                manifest = hashing.read().decode() if name == MANIFEST else manifest
                hashing.exhaust()
            except tarfile.TarError as error:
                raise DamagedArchive(f"It ends in the middle of {name}") from error
            found.write(f"{hashing.sha256}  {name}\n".encode())
            last = name
    raise DamagedArchive(f"It ends after {last or 'nothing'}: the rest is missing or cannot be read")


def _compare(found: IO[bytes], sums: IO[bytes]) -> None:
    """Compare the hashes of what is there with those of what was written, member by member."""
    for written in sums:
        line = found.readline()
        if line != written:
            name = written.decode(errors="replace").partition("  ")[2].strip()
            raise DamagedArchive(f"{name} is not what was backed up")
    if surplus := found.readline():
        raise DamagedArchive(
            f"{surplus.decode(errors='replace').partition('  ')[2].strip()} was not part of the backup"
        )
