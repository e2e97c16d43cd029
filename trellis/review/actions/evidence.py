"""Evidence: where it is kept, its files and versions, and the statements it stands behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from trellis.core.audit import record
from trellis.core.files import keep_file
from trellis.core.refusal import Refused, refuse
from trellis.review.models import Evidence, EvidenceUse, EvidenceVersion
from trellis.review.rules.rounds import why_not_rate

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.core.files import CheckedFile
    from trellis.review.models import Rating


@transaction.atomic
def add_evidence(
    *, title: str, where_kept: str, look_again_on: date | None, by: Acting, upload: CheckedFile | None = None
) -> Evidence:
    """Note a piece of evidence of the person’s setting, with a file if there is one. Raises `Refused` with the
    reason when the file cannot be kept; then nothing is noted."""
    evidence = Evidence.objects.create(
        organisation_id=by.organisation_id,
        title=title,
        where_kept=where_kept,
        look_again_on=look_again_on,
        added_by=by.user,
    )
    record(by=by, verb="evidence.added", subject=evidence)
    if upload:
        new_version(evidence=evidence, upload=upload, note="", by=by)
    return evidence


@transaction.atomic
def change_evidence(
    *, evidence: Evidence, title: str, where_kept: str, look_again_on: date | None, by: Acting
) -> Evidence:
    """Say anew what a piece of evidence is, where it is kept and when to look at it again."""
    new = {"title": title, "where_kept": where_kept, "look_again_on": look_again_on}
    changed = [name for name, value in new.items() if getattr(evidence, name) != value]
    for name in changed:
        setattr(evidence, name, new[name])
    if changed:
        evidence.save(update_fields=changed)
        record(by=by, verb="evidence.changed", subject=evidence, change={"fields": changed})
    return evidence


@transaction.atomic
def new_version(*, evidence: Evidence, upload: CheckedFile, note: str, by: Acting) -> EvidenceVersion:
    """Add a newer file; the older ones stay. Raises `Refused` with the reason when it cannot be kept."""
    file = keep_file(upload=upload, organisation_id=evidence.organisation_id, by=by)
    number = evidence.versions.count() + 1
    try:
        with transaction.atomic():
            version = EvidenceVersion.objects.create(
                evidence=evidence, number=number, file=file, note=note, added_by=by.user
            )
    except IntegrityError as faster:
        raise Refused("Somebody else has just added a version. Look at it, then add yours") from faster
    record(by=by, verb="evidence.version_added", subject=evidence, change={"number": version.number})
    return version


@transaction.atomic
def link_evidence(*, evidence: Evidence, rating: Rating, by: Acting) -> EvidenceUse:
    """Let a piece of evidence stand behind a rating. Raises `Refused` when the round is frozen."""
    refuse(why_not_rate(status=rating.round.status))
    use, created = EvidenceUse.objects.get_or_create(evidence=evidence, rating=rating, defaults={"by": by.user})
    if created:
        record(by=by, verb="evidence.linked", subject=evidence, change={"statement": rating.statement.code})
    return use


@transaction.atomic
def unlink_evidence(*, use: EvidenceUse, by: Acting) -> None:
    """Take a piece of evidence away from a rating; the piece itself stays."""
    refuse(why_not_rate(status=use.rating.round.status))
    record(by=by, verb="evidence.unlinked", subject=use.evidence, change={"statement": use.rating.statement.code})
    use.delete()
