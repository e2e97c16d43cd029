"""Campaigns for tests: an authority asks its settings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.cast import Person
from tests.releasing import authority_for
from tests.reviewing import SHIPPED, loaded
from trellis.accounts.roles import Role
from trellis.organisations.models import Membership
from trellis.review import actions
from trellis.review.actions.campaign import Selection
from trellis.review.models import Campaign, CampaignInvitation

MESSAGE = "We plan next year’s training and would like to know what would help you most."


def campaign_for(person: Person, selection: Selection | None = None, **said: Any) -> Campaign:
    """A new campaign of the authority of a person’s setting, by its lead."""
    lead = Membership.objects.select_related("user", "organisation").get(
        organisation=authority_for(person), role=Role.AUTHORITY_LEAD
    )
    values = {
        "framework": loaded(SHIPPED),
        "period": "Spring term 2027",
        "message": MESSAGE,
        "until": timezone.localdate() + timedelta(days=60),
    } | said
    return actions.open_campaign(selection=selection or Selection(), by=lead.acting(), **values)


def invitation_of(person: Person) -> CampaignInvitation:
    """What a person’s setting was asked: the one that is there, or a new one."""
    there = CampaignInvitation.objects.filter(organisation=person.organisation)
    return there.first() or campaign_for(person).invitations.get(organisation=person.organisation)
