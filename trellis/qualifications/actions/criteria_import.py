"""Reading a file with criteria, and taking what it says into a set of one’s own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.qualifications.actions.criteria import load_criteria
from trellis.qualifications.catalogue.shape import CriteriaText
from trellis.qualifications.criteria_file import NotCriteria, read_criteria_file
from trellis.qualifications.models import CriteriaImport, CriteriaSet, Criterion
from trellis.qualifications.rules.criteria import why_not_take

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.core.files import CheckedFile

LICENCE = "The awarding organisation’s own text, for the work of the organisation that has loaded it, and shown to nobody else."
SOURCE = "Loaded from the organisation’s own copy of the specification."


@transaction.atomic
def read_file(
    *,
    upload: CheckedFile,
    title: str,
    edition: str,
    publisher: str,
    qualification_key: str,
    all_or_nothing: bool,
    by: Acting,
) -> CriteriaImport:
    """Read a file and keep what it says until somebody takes it; one that nobody took before is forgotten.

    Raises `Refused` with what is missing when it is not a file with criteria.
    """
    try:
        read = read_criteria_file(upload.content, upload.kind)
    except NotCriteria as reason:
        raise Refused(str(reason)) from reason
    CriteriaImport.objects.waiting().filter(organisation_id=by.organisation_id).update(rows=[], emptied=True)
    kept = CriteriaImport.objects.create(
        organisation_id=by.organisation_id,
        file_name=upload.name[:255],
        title=title,
        edition=edition,
        publisher=publisher,
        qualification_key=qualification_key,
        all_or_nothing=all_or_nothing,
        rows=read.taken,
        rejected=read.rejected,
        read_by=by.user,
    )
    change = {"file": kept.file_name, "rows": len(read.taken), "rejected": len(read.rejected)}
    record(by=by, verb="criteria.read", subject=kept, change=change)
    return kept


@transaction.atomic
def take_file(*, wanted: CriteriaImport, by: Acting) -> tuple[CriteriaSet, bool]:
    """Take what a file says into the organisation’s own set; says whether that changed anything. Raises `Refused`."""
    now = CriteriaImport.objects.get(pk=wanted.pk)
    refuse(
        why_not_take(
            taken=now.taken_at is not None or now.emptied,
            rows=len(now.rows),
            rejected=len(now.rejected),
            all_or_nothing=now.all_or_nothing,
        )
    )
    taken, changed = load_criteria(text=text_of(now), owner_id=by.organisation_id, by=by)
    now.taken_at, now.taken_by, now.into, now.rows, now.emptied = timezone.now(), by.user, taken, [], True
    now.save()
    return taken, changed


def key_of(title: str) -> str:
    """What tells a set from others of the same owner.

    >>> key_of("Level 3 Award, NCFE"), key_of("…")
    ('set-level-3-award-ncfe', 'set-')
    """
    return f"set-{slugify(title)}"[:60]


def text_of(wanted: CriteriaImport) -> CriteriaText:
    """What a file says, as a set."""
    units: dict[str, dict[str, Any]] = {}
    for row in wanted.rows:
        unit = units.setdefault(row["unit"], {"code": row["unit"], "title": row["unit_title"], "outcomes": {}})
        outcome = unit["outcomes"].setdefault(
            row["outcome"], {"code": row["outcome"], "title": row["outcome_title"], "criteria": []}
        )
        outcome["criteria"].append({"code": row["code"], "text": row["text"]})
    said = [unit | {"outcomes": tuple(unit["outcomes"].values())} for unit in units.values()]
    return CriteriaText(
        key=key_of(wanted.title),
        edition=wanted.edition,
        title=wanted.title,
        qualification=wanted.qualification_key or None,
        publisher=wanted.publisher,
        licence=LICENCE,
        source=SOURCE,
        units=tuple(said),
    )


def compared(wanted: CriteriaImport) -> dict[str, list[dict[str, Any]]]:
    """The rows of a file beside the set that it would go into: added, changed and unchanged."""
    there = CriteriaSet.objects.filter(
        owner_id=wanted.organisation_id, key=key_of(wanted.title), edition=wanted.edition
    ).first()
    kept = {}
    if there:
        rows = Criterion.objects.of_set(there)
        kept = {(each.outcome.unit.code, each.code): (each.outcome.code, each.text) for each in rows}
    found: dict[str, list[dict[str, Any]]] = {"added": [], "changed": [], "unchanged": []}
    for row in wanted.rows:
        old = kept.get((row["unit"], row["code"]))
        what = "added" if old is None else "unchanged" if old == (row["outcome"], row["text"]) else "changed"
        found[what].append(row | {"before": old[1] if old else ""})
    return found
