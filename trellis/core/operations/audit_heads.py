"""Where the chains of the audit end: what to keep elsewhere, so that a chain cut short is noticed too."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from trellis.core.models import AuditEvent

if TYPE_CHECKING:
    from collections.abc import Iterable


class Head(NamedTuple):
    """The last event of a chain: of an organisation (its id), or of the installation itself (`""`)."""

    chain: str
    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain or '-'} {self.number} {self.hash}"


def heads() -> list[Head]:
    """The last event of each chain, in the order of the chains."""
    table = AuditEvent._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT chain, number, hash FROM {table} "  # noqa: S608 - our own table
            f"JOIN (SELECT chain AS of_chain, MAX(number) AS last FROM {table} GROUP BY chain) ends "
            "ON chain = of_chain AND number = last"
        )
        return sorted(Head(*row) for row in cursor.fetchall())


def digest(ends: Iterable[Head]) -> str:
    """One hash for all heads: the same for the same audit, on every database."""
    return hashlib.sha256("".join(f"{head}\n" for head in ends).encode()).hexdigest()


def read_heads(lines: Iterable[str]) -> list[Head]:
    """Heads as `manage.py verify_audit --heads` printed them. Raises `ValueError` naming a line that is none.

    >>> read_heads(["- 3 9f86d081\\n"])
    [Head(chain='', number=3, hash='9f86d081')]
    """
    found = []
    for line in filter(str.strip, lines):
        words = line.split()
        if len(words) != 3 or not words[1].isdecimal():
            raise ValueError(f"This is not a line of --heads: {line.strip()}")
        found.append(Head("" if words[0] == "-" else words[0], int(words[1]), words[2]))
    return found


def lost_heads(earlier: Iterable[Head]) -> list[Head]:
    """The earlier heads that are not in the audit any more: a chain was cut short or written anew."""
    return [
        head
        for head in earlier
        if not AuditEvent.objects.of_chain(head.chain).filter(number=head.number, hash=head.hash).exists()
    ]
