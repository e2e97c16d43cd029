"""An authority asks many settings to review themselves and reminds them once; a setting answers, or says no thanks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.jobs import start
from trellis.core.mail import MailKind, send
from trellis.core.refusal import Refused, refuse
from trellis.organisations.models import Organisation, OrganisationKind, SettingKind
from trellis.review.models import Campaign, CampaignInvitation, Whom
from trellis.review.released.reading import people_who
from trellis.review.rules.campaign import why_not_open, why_not_remind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting
    from trellis.review.models import Framework


@dataclass(frozen=True)
class Selection:
    """Which settings are asked: all, some kinds, some parts (first parts of postcodes, or towns), or who took part."""

    whom: str = Whom.ALL
    kinds: Sequence[str] = ()
    places: Sequence[str] = ()
    follows: Campaign | None = None

    @property
    def words(self) -> str:
        """In words."""
        if self.whom == Whom.KINDS:
            return ", ".join(SettingKind(kind).label for kind in self.kinds)
        if self.whom == Whom.PLACES:
            return ", ".join(self.places)
        return f"Those that took part in {self.follows}" if self.follows else str(Whom(self.whom).label)


@transaction.atomic
def open_campaign(
    *, framework: Framework, period: str, message: str, until: date, selection: Selection, by: Acting
) -> Campaign:
    """Ask settings to review themselves; each is written to by a background job. Raises `Refused`."""
    if not by.may(Permission.RUN_CAMPAIGNS):
        raise Refused("Only whoever leads at the authority can ask settings")
    today = timezone.localdate()
    asked = list(settings_for(selection, by).values_list("pk", flat=True))
    followed = selection.whom == Whom.ANSWERED
    refuse(why_not_open(until=until, today=today, asked=len(asked), followed=followed))
    elsewhere = CampaignInvitation.objects.filter(
        campaign__organisation_id=by.organisation_id, campaign__framework=framework, campaign__until__gte=today
    )
    counted = set(elsewhere.values_list("organisation_id", flat=True))
    campaign = Campaign.objects.create(
        organisation_id=by.organisation_id,
        framework=framework,
        period=period,
        message=message,
        until=until,
        whom=selection.whom,
        whom_words=selection.words[:500],
        follows=selection.follows if followed else None,
        reached=len(asked),
        opened_by=by.user,
    )
    CampaignInvitation.objects.bulk_create(
        CampaignInvitation(campaign=campaign, organisation_id=each, counts_here=each not in counted) for each in asked
    )
    change = {"period": period, "whom": campaign.whom_words}
    record(by=by, verb="campaign.opened", subject=campaign, change=change, organisation_id=by.organisation_id)
    start(job="review.tell_of_campaign", by=by, arguments={"campaign": str(campaign.pk)})
    return campaign


def settings_for(selection: Selection, by: Acting) -> QuerySet[Organisation]:
    """The settings of a selection: of the person’s own authority, and on Trellis."""
    found = Organisation.objects.filter(kind=OrganisationKind.SETTING, authority_id=by.authority_id).order_by("pk")
    if selection.whom == Whom.KINDS:
        return found.filter(setting_kind__in=selection.kinds)
    if selection.whom == Whom.PLACES:
        there = Q(provider__postcode_district__in=selection.places) | Q(
            provider__postcode_district="", provider__town__in=selection.places
        )
        return found.filter(there)
    if selection.whom == Whom.ANSWERED and selection.follows:
        asked = CampaignInvitation.objects.filter(campaign=selection.follows).with_progress_in(selection.follows)
        return found.filter(pk__in=asked.filter(Q(started=True)).values("organisation"))
    return found


@transaction.atomic
def remind_campaign(*, campaign: Campaign, by: Acting) -> Campaign:
    """Remind those that have neither started nor said no thanks, once. Who they are, the authority does not learn."""
    over = campaign.until < timezone.localdate()
    may = by.may(Permission.RUN_CAMPAIGNS)
    refuse(why_not_remind(reminded=campaign.reminded_at is not None, over=over, may=may))
    campaign.reminded_at, campaign.reminded_by = timezone.now(), by.user
    changes = {"reminded_at": campaign.reminded_at, "reminded_by": by.user}
    if not Campaign.objects.filter(pk=campaign.pk, reminded_at=None).update(**changes):
        refuse(why_not_remind(reminded=True, over=over, may=may))
    record(by=by, verb="campaign.reminded", subject=campaign, organisation_id=by.organisation_id)
    start(job="review.tell_of_campaign", by=by, arguments={"campaign": str(campaign.pk), "again": True})
    return campaign


def tell_settings(*, campaign: Campaign, invitations: Iterable[CampaignInvitation], again: bool) -> None:
    """Write to those who lead reviews in these settings. The message is listed with the setting, not the authority."""
    by_setting = {each.organisation_id: each for each in invitations}
    leads = people_who(Permission.LEAD_REVIEW, Organisation.objects.filter(pk__in=by_setting))
    subject = "A reminder: your authority asks for a review" if again else "Your authority asks for a review"
    for lead in leads:
        invitation = by_setting[lead.organisation_id]
        send(
            to=lead.user,
            kind=MailKind.ORGANISATION_NEWS,
            subject=subject,
            reason=f"{campaign.organisation.name} asks settings to review their SEND provision. It does not learn who does.",
            link=reverse("show_invitation", args=[invitation.pk]),
            organisation_id=lead.organisation_id,
            once_key=f"campaign {campaign.pk}{' again' if again else ''} {lead.organisation_id}",
        )


@transaction.atomic
def let_be_named(*, invitation: CampaignInvitation, named: bool, by: Acting) -> CampaignInvitation:
    """Let the authority know that this setting takes part, or take that back."""
    _refuse_what_is_over(invitation, by)
    CampaignInvitation.objects.filter(pk=invitation.pk, declined_at=None).update(may_be_named=named)
    invitation.refresh_from_db()
    verb = "campaign.named" if named else "campaign.unnamed"
    record(by=by, verb=verb, subject=invitation, organisation_id=invitation.organisation_id)
    return invitation


@transaction.atomic
def decline_invitation(*, invitation: CampaignInvitation, by: Acting) -> CampaignInvitation:
    """Say no thanks. The authority learns at most how many did."""
    _refuse_what_is_over(invitation, by)
    invitation.declined_at, invitation.declined_by, invitation.may_be_named = timezone.now(), by.user, False
    changes = {name: getattr(invitation, name) for name in ("declined_at", "declined_by", "may_be_named")}
    if not CampaignInvitation.objects.filter(pk=invitation.pk, declined_at=None).update(**changes):
        raise Refused("Somebody has said so already")
    record(by=by, verb="campaign.declined", subject=invitation, organisation_id=invitation.organisation_id)
    return invitation


def _refuse_what_is_over(invitation: CampaignInvitation, by: Acting) -> None:
    if not by.may(Permission.LEAD_REVIEW) or invitation.organisation_id != by.organisation_id:
        raise Refused("Only whoever leads reviews in the setting can answer")
    if invitation.campaign.until < timezone.localdate():
        raise Refused("This is over")
    if invitation.declined_at:
        raise Refused("Your setting has said no thanks")
