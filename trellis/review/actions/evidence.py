"""Evidence: where it is kept, its files and versions, and the statements it stands behind."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.files import keep_file, written_first
from trellis.core.refusal import Refused
from trellis.review.actions.holding import hold
from trellis.review.models import Evidence, EvidenceChange, EvidenceUse, EvidenceVersion
from trellis.review.rules.rounds import why_not_rate

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.core.files import CheckedFile
    from trellis.core.files.keeping import WrittenFile
    from trellis.review.models import Rating


class EvidenceChanged(Exception):
    """Someone else changed what is said of the evidence meanwhile; `current` is what it is now."""

    def __init__(self, current: Evidence) -> None:
        """Keep what is said of it now."""
        super().__init__("Someone else changed this evidence meanwhile")
        self.current = current


def add_evidence(
    *,
    title: str,
    where_kept: str,
    look_again_on: date | None,
    by: Acting,
    upload: CheckedFile | None = None,
    rating: Rating | None = None,
) -> Evidence:
    """Note a piece of evidence of the person’s setting, with a file if there is one, behind a rating if there is one.

    Raises `Refused` with the reason when the file cannot be kept or the round is frozen; then nothing is noted.
    """
    said = {"title": title, "where_kept": where_kept, "look_again_on": look_again_on}
    with written_first(upload) if upload else nullcontext() as written, transaction.atomic():
        if rating:
            hold(rating.round, why_not_rate)
        evidence = Evidence.objects.create(organisation_id=by.organisation_id, added_by=by.user, **said)
        EvidenceChange.objects.create(evidence=evidence, version=1, at=evidence.added_at, by=by.user, **said)
        version = _add_version(evidence, written, "", by) if written else None
        use = EvidenceUse.objects.create(evidence=evidence, rating=rating, by=by.user) if rating else None
        record(by=by, verb="evidence.added", subject=evidence)
        if version:
            _record_version(version, by)
        if use:
            _record_use(use, by)
    return evidence


@transaction.atomic
def change_evidence(
    *, evidence: Evidence, title: str, where_kept: str, look_again_on: date | None, version: int, by: Acting
) -> Evidence:
    """Say anew what a piece of evidence is, where it is kept and when to look at it again, keeping what was said.

    Raises `EvidenceChanged` when someone else did meanwhile.
    """
    said: dict[str, Any] = {"title": title, "where_kept": where_kept, "look_again_on": look_again_on}
    changed = [name for name, value in said.items() if getattr(evidence, name) != value]
    if not changed:
        return evidence
    if not Evidence.objects.filter(pk=evidence.pk, version=version).update(version=version + 1, **said):
        raise EvidenceChanged(Evidence.objects.get(pk=evidence.pk))
    EvidenceChange.objects.create(evidence=evidence, version=version + 1, by=by.user, **said)
    evidence.refresh_from_db()
    record(by=by, verb="evidence.changed", subject=evidence, change={"fields": changed})
    return evidence


@transaction.atomic
def look_at_evidence(*, evidence: Evidence, version: int, by: Acting) -> Evidence:
    """Note that somebody looked at a piece of evidence today and that what is said of it still holds.

    Raises `EvidenceChanged` when something else is said of it meanwhile than they saw.
    """
    looked = {"looked_at": timezone.now(), "looked_by": by.user}
    before = evidence.looked_at
    if not Evidence.objects.filter(pk=evidence.pk, version=version).update(**looked):
        raise EvidenceChanged(Evidence.objects.get(pk=evidence.pk))
    evidence.refresh_from_db()
    record(by=by, verb="evidence.looked_at", subject=evidence, change={"looked_at": [before, evidence.looked_at]})
    return evidence


def new_version(*, evidence: Evidence, upload: CheckedFile, note: str, by: Acting) -> EvidenceVersion:
    """Add a newer file; the older ones stay. Raises `Refused` with the reason when it cannot be kept."""
    with written_first(upload) as written, transaction.atomic():
        version = _add_version(evidence, written, note, by)
        _record_version(version, by)
    return version


def _add_version(evidence: Evidence, written: WrittenFile, note: str, by: Acting) -> EvidenceVersion:
    file = keep_file(upload=written, organisation_id=evidence.organisation_id, by=by)
    number = evidence.versions.count() + 1
    try:
        with transaction.atomic():
            return EvidenceVersion.objects.create(
                evidence=evidence, number=number, file=file, note=note, added_by=by.user
            )
    except IntegrityError as faster:
        raise Refused("Somebody else has just added a version. Look at it, then add yours") from faster


def _record_version(version: EvidenceVersion, by: Acting) -> None:
    record(by=by, verb="evidence.version_added", subject=version.evidence, change={"number": version.number})


@transaction.atomic
def link_evidence(*, evidence: Evidence, rating: Rating, by: Acting) -> EvidenceUse:
    """Let a piece of evidence stand behind a rating. Raises `Refused` when the round is frozen."""
    hold(rating.round, why_not_rate)
    use, created = EvidenceUse.objects.standing().get_or_create(
        evidence=evidence, rating=rating, defaults={"by": by.user}
    )
    if created:
        _record_use(use, by)
    return use  # type: ignore[no-any-return]


def _record_use(use: EvidenceUse, by: Acting) -> None:
    record(by=by, verb="evidence.linked", subject=use.evidence, change={"statement": use.rating.statement.code})


@transaction.atomic
def unlink_evidence(*, use: EvidenceUse, by: Acting) -> None:
    """Take a piece of evidence away from a rating. The piece stays, and so does that it stood there, and until when.

    Doing it twice changes nothing. Raises `Refused` when the round is frozen.
    """
    hold(use.rating.round, why_not_rate)
    gone = {"taken_away_at": timezone.now(), "taken_away_by": by.user}
    if not EvidenceUse.objects.standing().filter(pk=use.pk).update(**gone):
        return
    record(by=by, verb="evidence.unlinked", subject=use.evidence, change={"statement": use.rating.statement.code})
