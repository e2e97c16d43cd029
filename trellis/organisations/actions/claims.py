"""Settings come to Trellis: somebody asks and is approved, or is invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Role
from trellis.accounts.rules import normal_email
from trellis.core import mail
from trellis.core.audit import System, in_several_chains, record
from trellis.core.dates import day
from trellis.core.refusal import refuse
from trellis.organisations.actions.people import take_back, write_invitation
from trellis.organisations.models import (
    ANSWER_OPENS_FOR,
    ClaimRequest,
    LocalAuthority,
    Membership,
    Organisation,
    OrganisationKind,
    Provider,
    SettingKind,
)
from trellis.organisations.register import sector_of
from trellis.organisations.rules.claims import (
    IN_THE_MEANTIME,
    ClaimState,
    first_person,
    name_of_setting,
    why_not_approve,
    why_not_ask,
    why_not_decide,
    why_not_invite_setting,
    why_not_pass_on,
)
from trellis.organisations.searching import meant_by

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting, Themselves

SOMEBODY = System("Somebody without an account", acting_as="The page “Ask for your setting”")


@transaction.atomic
def ask_for_setting(*, provider: Provider, position: str, message: str, by: Acting | Themselves) -> ClaimRequest:
    """Ask to use Trellis for a setting of the register. Raises `Refused` with the reason."""
    open_already = ClaimRequest.objects.of(by.user).open().filter(provider=provider)
    refuse(why_not_ask(on_trellis=is_on_trellis(provider), asked_already=open_already.exists()))
    return _ask(by, provider=provider, authority_id=provider.authority_id, position=position, message=message)


@transaction.atomic
def ask_for_new_setting(
    *,
    name: str,
    kind: SettingKind,
    authority: LocalAuthority,
    position: str,
    message: str,
    by: Acting | Themselves,
) -> ClaimRequest:
    """Ask to use Trellis for a setting that is in no register: a new one, or a nursery class. Raises `Refused`."""
    open_already = ClaimRequest.objects.of(by.user).open().filter(setting_name=name, authority=authority)
    refuse(why_not_ask(on_trellis=False, asked_already=open_already.exists()))
    return _ask(by, setting_name=name, setting_kind=kind, authority=authority, position=position, message=message)


def _ask(by: Acting | Themselves, **fields: Any) -> ClaimRequest:
    claim = ClaimRequest.objects.create(asked_by=by.user, **fields)
    record(by=by, verb="claim.asked", subject=claim, change={"setting": claim.setting})
    _tell_approvers(claim)
    return claim


@transaction.atomic
def ask_without_account(
    *,
    name: str,
    email: str,
    looked_for: str,
    setting_name: str,
    setting_kind: str,
    authority: LocalAuthority | None,
    position: str,
    message: str,
) -> None:
    """Note that somebody without an account asks for a setting; the same request a second time is not noted.

    Says nothing of what is known about the setting or the address, so there is nothing to find out by asking.
    """
    provider = meant_by(looked_for)
    waiting = ClaimRequest.objects.open().filter(email=normal_email(email), provider=provider)
    if waiting.filter(**({} if provider else {"looked_for": looked_for, "setting_name": setting_name})).exists():
        return
    claim = ClaimRequest.objects.create(
        provider=provider,
        looked_for=looked_for,
        setting_name=setting_name,
        setting_kind=setting_kind,
        authority_id=provider.authority_id if provider else authority.pk if authority else None,
        name=name,
        email=normal_email(email),
        position=position,
        message=message,
    )
    record(by=SOMEBODY, verb="claim.asked", subject=claim, change={"setting": claim.setting})
    _tell_approvers(claim)


@in_several_chains()
def approve_claim(*, claim: ClaimRequest, by: Acting) -> Organisation:
    """Let whoever asked use Trellis for the setting: as its first member, or by an invitation. Raises `Refused`."""
    provider = provider_of(claim)
    _hold(provider)
    known = bool(provider or (claim.setting_name and claim.setting_kind))
    on_trellis = bool(provider and is_on_trellis(provider))
    refuse(_why_not_decide(claim, by))
    refuse(why_not_approve(known=known, for_others=who_else_decides(provider, by), on_trellis=on_trellis))
    setting = _make_setting(
        provider=provider,
        name=claim.setting_name,
        person=claim.person,
        kind=claim.setting_kind,
        authority_id=claim.authority_id,
        by=by,
    )
    _decide(claim, ClaimState.APPROVED, by, organisation=setting, provider=provider)
    _let_in(claim, setting, by)
    return setting


@transaction.atomic
def refuse_claim(*, claim: ClaimRequest, reason: str, by: Acting) -> ClaimRequest:
    """Say no to a request, with a reason that whoever asked reads. Raises `Refused` when it is answered already."""
    now = timezone.now()
    refuse(_why_not_decide(claim, by))
    _decide(claim, ClaimState.REFUSED, by, reason=reason)
    # What somebody typed without an account does not go to the address that they typed.
    which, until = (claim.setting, "") if claim.asked_by else ("a setting", f" until {day(now + ANSWER_OPENS_FOR)}")
    mail.send(
        to=claim.asked_by or claim.email,
        kind=mail.MailKind.ORGANISATION_NEWS,
        subject="Your request for a setting",
        reason=f"You asked to use Trellis for {which}. {by.organisation_name} did not approve it. "
        f"The page says why{until}.",
        link=reverse("your_claims") if claim.asked_by else reverse("claim_answer", args=[claim.answer_token]),
        organisation_id=by.organisation_id,
        once_key=f"claim {claim.pk} decided",
    )
    return claim


@transaction.atomic
def pass_on_claim(*, claim: ClaimRequest, by: Acting) -> ClaimRequest:
    """Give a request to those who decide for the setting it turns out to mean, and tell them. Raises `Refused`."""
    provider = provider_of(claim)
    refuse(_why_not_decide(claim, by))
    refuse(why_not_pass_on(for_others=who_else_decides(provider, by)))
    before, authority = claim.authority_id, provider.authority_id if provider else None
    fields = {"authority_id": authority, "passed_on_at": timezone.now(), "passed_on_by": by.user}
    _change_open(claim, fields)
    record(by=by, verb="claim.passed_on", subject=claim, change={"authority": [before, authority]})
    _tell_approvers(claim)
    return claim


@transaction.atomic
def invite_setting(*, provider: Provider, name: str, email: str, by: Acting) -> Organisation:
    """Invite the first person of a setting in the register; again, if the first invitation led to nothing.

    Raises `Refused` when the setting has people already.
    """
    _hold(provider)
    setting = Organisation.objects.filter(provider=provider).first()
    has_people = setting is not None and setting.memberships.live().exists()
    refuse(why_not_invite_setting(has_people=has_people))
    if setting is None:
        setting = _make_setting(
            provider=provider, name="", person=name, kind="", authority_id=provider.authority_id, by=by
        )
    for earlier in setting.invitations.unanswered():
        take_back(invitation=earlier, by=by)
    write_invitation(organisation=setting, email=email, name=name, role=first_person(setting.setting_kind), by=by)
    return setting


def provider_of(claim: ClaimRequest) -> Provider | None:
    """The row of the register that a request means: by choice or, while it waits, by the number or postcode typed."""
    return claim.provider or (meant_by(claim.looked_for) if claim.state == ClaimState.ASKED else None)


def who_else_decides(provider: Provider | None, by: Acting) -> str:
    """Who decides about a setting, in words, when it is not this person; empty when it is."""
    if provider is None or Provider.objects.looked_after_by(by).filter(pk=provider.pk).exists():
        return ""
    return str(provider.authority or "whoever runs this installation")


def is_on_trellis(provider: Provider) -> bool:
    """Whether the setting of a row of the register uses Trellis."""
    return Organisation.objects.filter(provider=provider).exists()


def _hold(provider: Provider | None) -> None:
    """Let nobody else bring a setting of the register to Trellis until this transaction ends.

    Its row is written as it is, so that the second of two who decide at once waits, and sees what the first did.
    """
    if provider is not None:
        Provider.objects.filter(pk=provider.pk).update(kind=F("kind"))


def _make_setting(
    *, provider: Provider | None, name: str, person: str, kind: str, authority_id: str | None, by: Acting
) -> Organisation:
    setting_kind = SettingKind(provider.kind if provider else kind)
    registered = provider.name if provider else name
    setting = Organisation.objects.create(
        name=name_of_setting(registered=registered, person=person, kind=str(setting_kind.label))[:255],
        kind=OrganisationKind.SETTING,
        setting_kind=setting_kind,
        sector=provider.sector if provider else sector_of(setting_kind),
        provider=provider,
        authority_id=provider.authority_id or authority_id if provider else authority_id,
    )
    change = {"name": [None, setting.name], "setting_kind": [None, setting_kind]}
    record(by=by, verb="organisation.made", subject=setting, change=change, organisation_id=setting.pk)
    return setting


def _let_in(claim: ClaimRequest, setting: Organisation, by: Acting) -> None:
    role = first_person(setting.setting_kind)
    if claim.asked_by is None:
        write_invitation(organisation=setting, email=claim.email, name=claim.name, role=role, by=by)
        return
    membership = Membership.objects.create(user=claim.asked_by, organisation=setting, role=role)
    change = {"role": [None, role]}
    record(by=by, verb="membership.began", subject=membership, change=change, organisation_id=setting.pk)
    mail.send(
        to=claim.asked_by,
        kind=mail.MailKind.ORGANISATION_NEWS,
        subject="You can use Trellis for your setting",
        reason=f"You asked to use Trellis for {setting.name}. {by.organisation_name} approved it.",
        link=reverse("my_organisation"),
        organisation_id=setting.pk,
        once_key=f"claim {claim.pk} decided",
    )


def _decide(claim: ClaimRequest, to: ClaimState, by: Acting, **fields: Any) -> None:
    """Move an open request on. Raises `Refused` when somebody was faster."""
    _change_open(claim, fields | {"state": to, "decided_at": timezone.now(), "decided_by": by.user})
    record(by=by, verb=f"claim.{to.value}", subject=claim, change={"setting": claim.setting})


def _change_open(claim: ClaimRequest, fields: dict[str, Any]) -> None:
    """Change a request that still waits where it was. Raises `Refused` when somebody was faster."""
    here = ClaimRequest.objects.open().filter(pk=claim.pk, authority_id=claim.authority_id)
    refuse(None if here.update(**fields) else IN_THE_MEANTIME)
    for name, value in fields.items():
        setattr(claim, name, value)


def _why_not_decide(claim: ClaimRequest, by: Acting) -> str | None:
    own = claim.asked_by_id == by.user.pk or claim.email == normal_email(by.user.email)
    return why_not_decide(state=claim.state, own=own)


def _tell_approvers(claim: ClaimRequest) -> None:
    for membership in approvers(claim.authority_id).select_related("user", "organisation"):
        mail.send(
            to=membership.user,
            kind=mail.MailKind.ORGANISATION_NEWS,
            subject="Somebody asks to use Trellis for a setting",
            reason=f"You decide such requests for {membership.organisation.name}.",
            link=reverse("claims"),
            organisation_id=membership.organisation_id,
            once_key=f"claim {claim.pk} for {claim.authority_id}",
        )


def approvers(authority_id: str | None) -> QuerySet[Membership]:
    """The memberships of those who decide: the leads of the authority, or else whoever keeps Trellis running."""
    live = Membership.objects.live()
    leads = live.filter(
        role=Role.AUTHORITY_LEAD, organisation__authority_id=authority_id, organisation__kind="authority"
    )
    return leads if authority_id and leads.exists() else live.filter(role=Role.SYSTEM_ADMINISTRATOR)
