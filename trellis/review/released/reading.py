"""What a release is made of: the copy of a round as it stands now, and to whom it can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.accounts.roles import Permission
from trellis.core.models import StoredFile
from trellis.organisations.models import Membership, Organisation, OrganisationKind
from trellis.review.models import Action, EvidenceVersion
from trellis.review.reading import read_round, with_evidence
from trellis.review.released.copy import Parts, frozen

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from trellis.review.models import Release, Round
    from trellis.review.reading import RoundView
    from trellis.review.released.copy import Copy


def copy_of(round: Round, parts: Parts) -> tuple[Copy, RoundView]:
    """The copy that a release of this round would hold now, and the round that it was read from."""
    view = read_round(round, last=False)
    view = with_evidence(view) if parts.evidence else view
    plan = Action.objects.filter(rounds=round).select_related("statement").soonest_first() if parts.actions else []
    return frozen(view, parts=parts, plan=list(plan), files=_newest_files(view) if parts.files else {}), view


def _newest_files(view: RoundView) -> dict[UUID, EvidenceVersion]:
    """The newest file of each piece behind a round, as far as its bytes are there."""
    pieces = {piece.pk for card in view.cards for piece in card.evidence}
    found = EvidenceVersion.objects.filter(evidence__in=pieces, file__removed_at=None).select_related("file")
    return {version.evidence_id: version for version in found.order_by("number")}


def authority_of(setting: Organisation) -> Organisation | None:
    """The setting’s authority, if it is on Trellis."""
    if setting.authority_id is None:
        return None
    return Organisation.objects.filter(kind=OrganisationKind.AUTHORITY, authority_id=setting.authority_id).first()


def teams_for(setting: Organisation) -> dict[str, Organisation]:
    """The teams on Trellis to which a setting can release: its authority and its group, as far as it has them."""
    found = {"authority": authority_of(setting), "group": setting.group}
    return {name: team for name, team in found.items() if team is not None}


def readers_in(organisations: QuerySet[Organisation] | list[Organisation]) -> QuerySet[Membership]:
    """The people of these organisations who read what is released to them."""
    return people_who(Permission.SEE_RELEASED, organisations)


def people_who(
    permission: Permission, organisations: QuerySet[Organisation] | list[Organisation]
) -> QuerySet[Membership]:
    """The people of these organisations whose role allows something, by name."""
    found = Membership.objects.who_may(permission).filter(organisation__in=organisations)
    return found.select_related("user", "organisation")


def file_in(release: Release, file_id: UUID) -> StoredFile | None:
    """A file that a release holds, or None when it does not hold this one."""
    held = {
        piece["file"]["id"]
        for area in release.content.get("areas", [])
        for statement in area["statements"]
        for piece in statement["evidence"]
        if piece["file"]
    }
    if str(file_id) not in held:
        return None
    return StoredFile.objects.of(release.organisation_id).kept().filter(pk=file_id).first()
