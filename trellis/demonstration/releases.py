"""What invented settings have released and asked help with: one read, one withdrawn, one by link; help in every state."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from trellis.accounts.acting import Acting
from trellis.accounts.roles import Role
from trellis.demonstration.clock import when_open
from trellis.organisations.models import Membership
from trellis.review import actions
from trellis.review.actions.frameworks import fingerprint_of
from trellis.review.actions.release import Recipient, Terms
from trellis.review.models import Round
from trellis.review.released import Parts, copy_of

if TYPE_CHECKING:
    from trellis.demonstration.clock import Clock
    from trellis.organisations.models import Organisation
    from trellis.review.models import HelpRequest, Release

PURPOSE = "So that you can plan next term’s training with us, and see where a visit would help most."


def release_and_ask(leads: dict[str, Acting], council: Organisation, clock: Clock, noon: datetime) -> None:
    """Let settings release and ask, as their leads (by the name of the setting), in the last two months."""
    daniel, ruth = (_acting(council, role) for role in (Role.AUTHORITY_LEAD, Role.AREA_SENCO))
    amara, rosalind = leads["Bramble Lane Nursery"], leads["Kingfisher Day Nursery"]
    kwame, megan = leads["Little Foxes Day Nursery"], leads["Megan Price, childminder"]
    to_council = Recipient(team=council)

    clock.at = when_open(noon - timedelta(days=40))
    read = _release(amara, to_council, clock, Parts(actions=True, notes=True), counted=True)
    withdrawn = _release(rosalind, to_council, clock, Parts(actions=True), counted=True)
    clock.at = when_open(noon - timedelta(days=37))
    actions.note_reading(release=read, what="page", by=daniel)
    clock.go_on(timedelta(hours=3))
    actions.note_reading(release=read, what="paper", by=ruth)
    clock.at = when_open(noon - timedelta(days=30))
    because = "We have a new review nearly ready and will release that one instead."
    actions.withdraw_release(release=withdrawn, because=because, by=rosalind)
    clock.at = when_open(noon - timedelta(days=12))
    school = Recipient(name="Noor Aziz", organisation="Maple Primary School", email="noor.aziz@demonstration.example")
    outside = _release(kwame, school, clock, Parts(evidence=True))
    actions.make_code(release=outside, by=kwame)
    _ask_for_help(amara, rosalind, megan, daniel, ruth, clock, noon)


def release_a_few(leads: dict[str, Acting], council: Organisation, clock: Clock, noon: datetime) -> None:
    """Three settings of an authority release: fewer than five, so that it is told nothing of them together."""
    for number, name in enumerate(("Sunny Corner Nursery", "Lakeside Nursery School", "Castle Green Breakfast Club")):
        clock.at = noon - timedelta(days=35 - number)
        _release(leads[name], Recipient(team=council), clock, Parts(), counted=True)


def _ask_for_help(
    amara: Acting, rosalind: Acting, megan: Acting, daniel: Acting, ruth: Acting, clock: Clock, noon: datetime
) -> None:
    """One request that helped, one that was answered, one that waits."""
    clock.at = when_open(noon - timedelta(days=45))
    helped = _ask(rosalind, "funding", "advice", "Which funding could we ask for before a plan is in place?")
    clock.at = when_open(noon - timedelta(days=24))
    answered = _ask(amara, "communication-and-interaction", "visit", "We use picture cards and are not sure what next.")
    clock.at = when_open(noon - timedelta(days=42))
    actions.answer_help(request=helped, words="The local inclusion fund. I will send you the form.", by=daniel)
    clock.at = when_open(noon - timedelta(days=33))
    actions.say_it_helped(request=helped, words="Thank you, the form is in.", by=rosalind)
    clock.at = when_open(noon - timedelta(days=22))
    actions.assign_help(request=answered, to=ruth.user, by=daniel)
    clock.at = when_open(noon - timedelta(days=3))
    actions.answer_help(request=answered, words="I can come on a Tuesday morning. Which one suits?", by=ruth)
    clock.at = when_open(noon - timedelta(days=2))
    _ask(megan, "transition", "setting", "I would like to talk to another childminder about handing over to school.")


def _release(by: Acting, to: Recipient, clock: Clock, parts: Parts, *, counted: bool = False) -> Release:
    """Release the newest agreed review of the setting that somebody leads."""
    agreed = Round.objects.filter(organisation=by.organisation_id).exclude(agreed_at=None)
    round = agreed.with_wording().select_related("organisation__provider").latest("agreed_at")
    until: date = clock.at.date() + timedelta(days=180)
    terms = Terms(parts, PURPOSE, until, may_be_counted=counted)
    seen = fingerprint_of(copy_of(round, parts)[0])
    return actions.release_round(round=round, recipient=to, terms=terms, seen=seen, by=by)


def _ask(by: Acting, topic: str, wanted: str, words: str) -> HelpRequest:
    setting = Membership.objects.select_related("organisation").get(pk=by.membership_id).organisation
    return actions.ask_for_help(setting=setting, topic=topic, wanted=wanted, by_when=None, words=words, by=by)


def _acting(organisation: Organisation, role: Role) -> Acting:
    membership = Membership.objects.select_related("user").get(organisation=organisation, role=role)
    return Acting(
        user=membership.user,
        membership_id=membership.pk,
        role=role,
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        authority_id=organisation.authority_id,
    )
