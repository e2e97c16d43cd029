"""What an authority may count of releases: written when a setting agreed to it, gone when the release is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.organisations.actions.people import hold_organisation
from trellis.review.models import PooledCount, ReleasedRating
from trellis.review.rules.periods import counted_in
from trellis.review.rules.pooled import size_of

if TYPE_CHECKING:
    from trellis.organisations.models import Organisation
    from trellis.review.models import Release, Round
    from trellis.review.models.released_rating import ReleasedRating as Row
    from trellis.review.reading import RoundView


def write_counted(release: Release, view: RoundView) -> None:
    """Let the authority count the ratings of a release instead of what the setting released for the period before."""
    round = view.round
    hold_organisation(round.organisation_id)
    authority = release.to_organisation.authority_id if release.to_organisation else None
    same = {
        "authority_id": authority,
        "organisation_id": round.organisation_id,
        "framework_id": round.framework_id,
        "period_key": period_for(round, authority),
    }
    ReleasedRating.objects.filter(**same, current=True).update(current=False)
    place, kind = place_of(round.organisation), round.organisation.setting_kind
    provider = round.organisation.provider
    size = size_of(provider.places if provider else None)
    ReleasedRating.objects.bulk_create(
        ReleasedRating(
            release=release,
            statement_id=card.rating.statement_id,
            level=card.rating.level,
            state=card.rating.state,
            needs_action=card.needs_action,
            audience=round.audience,
            setting_kind=kind,
            size=size,
            place=place,
            **same,
        )
        for card in view.cards
    )


def period_for(round: Round, authority_id: str | None) -> str:
    """The period in which an authority counts a round released to it today: the first that it has not counted."""
    counted = PooledCount.objects.filter(
        authority_id=authority_id, framework_id=round.framework_id, audience=round.audience
    )
    agreed = timezone.localtime(round.agreed_at).date()
    return counted_in(agreed, today=timezone.localdate(), counted=set(counted.values_list("period_key", flat=True)))


def place_of(setting: Organisation) -> str:
    """The first part of a setting’s postcode as the register has it, or its town; nothing when it has neither."""
    provider = setting.provider
    return (provider.postcode_district or provider.town) if provider else ""


def stop_counting(release: Release) -> None:
    """Take a release out of what will be counted. What the setting released before for the same period counts again.

    What has been counted stays: a count without it would differ from the one before by just this setting. Of one that
    releases and one that withdraws at the same moment, the second waits and sees what the first did.
    """
    hold_organisation(release.organisation_id)
    rows = ReleasedRating.objects.filter(release=release)
    one: Row | None = rows.first()
    if one is None:
        return
    rows.delete()
    same = ReleasedRating.objects.filter(
        authority_id=one.authority_id,
        organisation_id=one.organisation_id,
        framework_id=one.framework_id,
        period_key=one.period_key,
    )
    newest = same.order_by("-release__released_at", "release").values_list("release", flat=True).first()
    if newest:
        same.update(current=False)
        same.filter(release=newest).update(current=True)
