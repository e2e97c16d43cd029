"""The words of a round: its framework, in its authority’s words where there are any, for its audience.

Editions do not change once loaded, so their words are kept in memory, by the fingerprint of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from django.db.models import Q

from trellis.review import framework as files
from trellis.review.models import Framework, Level, LocalOverlay, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from trellis.review.models import Round


@dataclass(frozen=True)
class Wording:
    """A framework as one setting reads it."""

    framework: files.Framework
    audience: str
    reworded: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()

    @cached_property
    def areas(self) -> tuple[files.Area, ...]:
        """The areas with the statements for this audience, in order."""
        return files.areas_for(self.framework, files.Audience(self.audience))

    @cached_property
    def statements(self) -> dict[str, files.Statement]:
        """Every statement for this audience, by code."""
        return {statement.code: statement for area in self.areas for statement in area.statements}

    @cached_property
    def area_of(self) -> dict[str, files.Area]:
        """The area of every statement, by the statement’s code."""
        return {statement.code: area for area in self.areas for statement in area.statements}

    @cached_property
    def levels(self) -> tuple[files.Level, ...]:
        """The scale, strongest first: the order in which people choose."""
        return tuple(sorted(self.framework.scale, key=lambda level: -level.position))

    @cached_property
    def level(self) -> dict[str, files.Level]:
        """The scale by code."""
        return {level.code: level for level in self.framework.scale}

    @cached_property
    def highest(self) -> int:
        """The position of the strongest level."""
        return max(level.position for level in self.framework.scale)

    def local(self, code: str) -> str:
        """What is local about a statement, in words, or nothing."""
        if code in self.added:
            return "Your local authority has added this statement"
        return "In the words of your local authority" if code in self.reworded else ""

    def area(self, code: str) -> files.Area | None:
        """An area by its code, or None if this audience has no such area."""
        return next((area for area in self.areas if area.code == code), None)

    def neighbours(self, code: str) -> tuple[files.Area | None, files.Area | None]:
        """The areas before and after one."""
        codes = [area.code for area in self.areas]
        at = codes.index(code)
        return (self.areas[at - 1] if at else None, self.areas[at + 1] if at + 1 < len(codes) else None)


def wording_of(round: Round) -> Wording:
    """The words of a round. Costs no query once they are in memory; read the round `with_wording()`."""
    return wording(round.framework, round.overlay, round.audience)


def wording(framework: Framework, overlay: LocalOverlay | None, audience: str) -> Wording:
    """The words of a framework under an authority’s overlay, for an audience."""
    return _wording(
        framework.pk,
        framework.fingerprint,
        overlay.pk if overlay else None,
        overlay.fingerprint if overlay else "",
        audience,
    )


@lru_cache(maxsize=128)
def _wording(framework: UUID, fingerprint: str, overlay: UUID | None, its_fingerprint: str, audience: str) -> Wording:
    text = files.Framework.model_validate(Framework.objects.values_list("content", flat=True).get(pk=framework))
    if overlay is None:
        return Wording(text, audience)
    local = files.Overlay.model_validate(LocalOverlay.objects.values_list("content", flat=True).get(pk=overlay))
    reworded = frozenset(rewording.code for rewording in local.rewordings)
    added = frozenset(addition.statement.code for addition in local.additions)
    return Wording(files.apply_overlay(text, local), audience, reworded, added)


def levels_of(round: Round) -> dict[str, Level]:
    """The rows of a round’s scale by code, kept in memory like its words."""
    return _levels(round.framework_id, round.framework.fingerprint)


@lru_cache(maxsize=32)
def _levels(framework: UUID, fingerprint: str) -> dict[str, Level]:
    return {level.code: level for level in Level.objects.filter(framework=framework)}


def statements_of(round: Round) -> dict[UUID, Statement]:
    """The rows of a round’s statements by their key, kept in memory like its words."""
    overlay = round.overlay
    return _statements(
        round.framework_id,
        round.framework.fingerprint,
        overlay.authority_id if overlay else None,
        overlay and overlay.pk,
    )


def statements_behind(round: Round, keys: Iterable[UUID]) -> Mapping[UUID, Statement]:
    """The rows of these statements, from memory; one query more when an action has carried over about another edition’s.

    Which statement of the round an action is about, its code says.
    """
    known = statements_of(round)
    elsewhere = set(keys) - known.keys()
    return known | Statement.objects.in_bulk(elsewhere) if elsewhere else known


@lru_cache(maxsize=128)
def _statements(
    framework: UUID, fingerprint: str, authority: str | None, overlay: UUID | None
) -> dict[UUID, Statement]:
    rows = Statement.objects.filter(Q(authority=None) | Q(authority=authority), framework=framework)
    return {row.pk: row for row in rows}
