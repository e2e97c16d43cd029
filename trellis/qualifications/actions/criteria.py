"""Bringing a set of criteria into the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.qualifications.actions.catalogue import fingerprint_of
from trellis.qualifications.models import CriteriaSet, CriteriaUnit, Criterion, LearningOutcome

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.core.audit import Actor
    from trellis.qualifications.catalogue import CriteriaText


@transaction.atomic
def load_criteria(*, text: CriteriaText, owner_id: UUID | None, by: Actor) -> tuple[CriteriaSet, bool]:
    """Put a set into the database or bring it up to date; says whether anything changed.

    A criterion that the text does not have any more stays: work may have been judged by it.
    """
    fingerprint = fingerprint_of(text.model_dump(mode="json"))
    found = CriteriaSet.objects.filter(key=text.key, edition=text.edition, owner_id=owner_id).first()
    if found and found.fingerprint == fingerprint:
        return found, False
    row = found or CriteriaSet(key=text.key, edition=text.edition, owner_id=owner_id)
    row.title, row.qualification_key, row.publisher = text.title, text.qualification or "", text.publisher
    row.licence, row.source, row.fingerprint, row.loaded_at = text.licence, text.source, fingerprint, timezone.now()
    row.save()
    _write(row, text)
    record(
        by=by,
        verb="criteria.loaded",
        subject=row,
        change={"title": row.title, "fingerprint": fingerprint},
        organisation_id=owner_id,
    )
    return row, True


def _write(row: CriteriaSet, text: CriteriaText) -> None:
    """A row for each unit, outcome and criterion, found again by its code."""
    for number, unit in enumerate(text.units, start=1):
        said = {"title": unit.title, "note": unit.note or "", "source": unit.source or "", "position": number}
        kept, _ = CriteriaUnit.objects.update_or_create(
            set=row, code=unit.code, defaults=said | {"certainty": unit.certainty or ""}
        )
        for place, outcome in enumerate(unit.outcomes, start=1):
            under, _ = LearningOutcome.objects.update_or_create(
                unit=kept, code=outcome.code, defaults={"title": outcome.title, "position": place}
            )
            for at, each in enumerate(outcome.criteria, start=1):
                words = {"text": each.text, "source": each.source or "", "certainty": each.certainty or ""}
                _criterion(kept, {"outcome": under, "code": each.code, "position": at, **words})


def _criterion(unit: CriteriaUnit, said: dict[str, Any]) -> None:
    """One criterion, which may have moved to another outcome of its unit."""
    if not Criterion.objects.filter(outcome__unit=unit, code=said["code"]).update(**said):
        Criterion.objects.create(**said)
