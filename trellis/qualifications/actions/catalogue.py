"""Bringing the catalogue to what the reference files say."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction

from trellis.core.audit import record
from trellis.core.refusal import refuse
from trellis.organisations.models import Region
from trellis.qualifications.models import Qualification, QualificationAudience

if TYPE_CHECKING:
    from datetime import date

    from trellis.core.audit import Actor
    from trellis.qualifications.catalogue import Catalogue, Entry

COLUMNS = (
    "title", "level", "kind", "guided_hours", "total_hours", "credits", "mandatory", "in_ratios", "format", "cost",
    "funding", "example", "edition_from", "edition_to",
)  # fmt: skip
TEXTS = ("number", "awarding_organisation")


def fingerprint_of(content: dict[str, Any]) -> str:
    """The SHA-256 of a text’s values, in hexadecimal: the same for the same words."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def load_catalogue(*, catalogue: Catalogue, complete: bool, by: Actor) -> dict[str, int]:
    """Put every entry into the database or bring it up to date; with `complete`, withdraw what the file has not.

    Says how many were added, changed, unchanged and withdrawn. Nothing is deleted: who holds a qualification keeps it.
    """
    regions = {region.name: region for region in Region.objects.all()}
    there = {(each.key, each.edition): each for each in Qualification.objects.of_file()}
    counts = dict.fromkeys(("added", "changed", "unchanged", "withdrawn"), 0)
    unknown = sorted({entry.region for entry in catalogue.entries if entry.region} - regions.keys())
    refuse(f"There is no region called {', '.join(unknown)}. Run manage.py load_reference first" if unknown else None)
    touched = []
    for entry in catalogue.entries:
        content = entry.model_dump(mode="json")
        old = there.pop((entry.key, entry.edition), None)
        same = fingerprint_of(content | {"checked_on": catalogue.checked_on.isoformat()})
        if old and old.fingerprint == same and not old.withdrawn:
            counts["unchanged"] += 1
            continue
        row = old or Qualification(key=entry.key, edition=entry.edition)
        write_entry(row, entry, regions.get(entry.region or ""), content, same, catalogue.checked_on)
        counts["changed" if old else "added"] += 1
        touched.append((row, entry))
    for row, entry in touched:
        row.leads_to.set(Qualification.objects.filter(key__in=entry.leads_to))
    if complete:
        gone = [each.pk for each in there.values() if not each.withdrawn]
        counts["withdrawn"] = Qualification.objects.filter(pk__in=gone).update(withdrawn=True)
    if counts["added"] or counts["changed"] or counts["withdrawn"]:
        record(by=by, verb="qualifications.catalogue_loaded", subject=Qualification(), change=counts)
    return counts


def write_entry(
    row: Qualification, entry: Entry, region: Region | None, content: dict[str, Any], same: str, checked_on: date
) -> None:
    """Put an entry into its row, with its audiences."""
    for name in COLUMNS:
        setattr(row, name, getattr(entry, name))
    for name in TEXTS:
        setattr(row, name, getattr(entry, name) or "")
    row.region, row.content, row.fingerprint, row.checked_on, row.withdrawn = region, content, same, checked_on, False
    row.save()
    row.audiences.exclude(audience__in=entry.for_whom).delete()
    for audience in entry.for_whom:
        QualificationAudience.objects.get_or_create(qualification=row, audience=audience)


@transaction.atomic
def note_next_cohort(*, key: str, on: date | None) -> int:
    """Note when the next cohort of an entry begins, in every edition. No event: it follows from those of the cohorts."""
    return Qualification.objects.filter(key=key).exclude(next_cohort_on=on).update(next_cohort_on=on)
