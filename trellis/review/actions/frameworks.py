"""Loading frameworks and authorities’ own words from their files."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from trellis.core.audit import Actor, record
from trellis.review import framework as files
from trellis.review.models import Framework, Level, LocalOverlay, Rating, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from trellis.organisations.models import LocalAuthority

Row = TypeVar("Row", Level, Statement)


def fingerprint_of(content: dict[str, Any]) -> str:
    """The SHA-256 of a text’s values, in hexadecimal: the same for the same words."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def load_framework(*, text: files.Framework, by: Actor) -> tuple[Framework, bool]:
    """Put an edition into the database, or bring it up to date; says whether anything changed.

    Raises `FrameworkError` when the edition is in use and the new text takes away a statement that a round
    rates, or changes the scale: that needs a new edition.
    """
    content = text.model_dump(mode="json")
    fingerprint = fingerprint_of(content)
    framework = Framework.objects.filter(key=text.key, edition=text.edition).first()
    if framework and framework.fingerprint == fingerprint:
        return framework, False
    if framework:
        _refuse_to_lose(framework, text)
        framework.title, framework.content, framework.fingerprint = text.title, content, fingerprint
        framework.save(update_fields=["title", "content", "fingerprint"])
    else:
        framework = Framework.objects.create(
            key=text.key, edition=text.edition, title=text.title, content=content, fingerprint=fingerprint
        )
    _write_rows(framework, text)
    record(by=by, verb="framework.loaded", subject=framework, change={"fingerprint": fingerprint})
    return framework, True


def _refuse_to_lose(framework: Framework, text: files.Framework) -> None:
    """Statements and levels in use stay; `FrameworkError` names those that would be lost."""
    used = set(Rating.objects.filter(round__framework=framework).values_list("statement__code", flat=True).distinct())
    mistakes = files.why_not_publish(files.Framework.model_validate(framework.content), text, used)
    if mistakes:
        raise files.FrameworkError(str(framework), [files.Mistake(each) for each in mistakes])


def _write_rows(framework: Framework, text: files.Framework) -> None:
    """A row for each level and statement; what the text no longer has and nothing uses goes."""
    levels = {level.code: {"label": level.label, "position": level.position} for level in text.scale}
    statements = {
        statement.code: {"area": area.code, "statutory": statement.statutory}
        for area in text.areas
        for statement in area.statements
    }
    framework.levels.exclude(code__in=levels).delete()
    _bring_up_to_date(Level, framework.levels.all(), levels, {"framework": framework})
    shared = framework.statements.filter(authority=None)
    shared.exclude(code__in=statements).delete()
    _bring_up_to_date(Statement, shared, statements, {"framework": framework})


def _bring_up_to_date(
    model: type[Row], rows: QuerySet[Row], wanted: Mapping[str, Mapping[str, object]], same: Mapping[str, object]
) -> None:
    """A row for each code, as it is wanted; what is as it should be is not written."""
    there = {str(row.code): row for row in rows}
    new = [model(**same, code=code, **values) for code, values in wanted.items() if code not in there]
    model._default_manager.bulk_create(new)
    for code, row in there.items():
        if any(getattr(row, name) != value for name, value in wanted[code].items()):
            rows.filter(pk=row.pk).update(**wanted[code])


@transaction.atomic
def load_overlay(*, text: files.Overlay, authority: LocalAuthority, by: Actor) -> LocalOverlay:
    """Put an authority’s words into the database, for rounds that start from now on.

    Raises `FrameworkError` when they do not fit the framework (see `files.apply_overlay`), and
    `Framework.DoesNotExist` when the framework has not been loaded.
    """
    framework = Framework.objects.get(key=text.framework, edition=text.framework_edition)
    files.apply_overlay(files.Framework.model_validate(framework.content), text)
    content = text.model_dump(mode="json")
    overlay, created = LocalOverlay.objects.get_or_create(
        framework=framework,
        authority=authority,
        fingerprint=fingerprint_of(content),
        defaults={"title": text.title, "content": content},
    )
    for addition in text.additions:
        Statement.objects.update_or_create(
            framework=framework,
            authority=authority,
            code=addition.statement.code,
            defaults={"area": addition.area, "statutory": addition.statement.statutory},
        )
    if created:
        record(by=by, verb="overlay.loaded", subject=overlay, change={"authority": authority.code})
    return overlay
