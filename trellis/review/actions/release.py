"""Releasing a review: a frozen copy to one recipient; taking it back; noting who read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import Actor, System, in_several_chains, record
from trellis.core.mail import MailKind, send, withdraw
from trellis.core.refusal import Refused, refuse
from trellis.organisations.models import OrganisationKind
from trellis.review.actions.counted import stop_counting, write_counted
from trellis.review.actions.frameworks import fingerprint_of
from trellis.review.actions.release_link import make_link
from trellis.review.models import Release, ReleaseReading
from trellis.review.released.reading import copy_of, readers_in, teams_for
from trellis.review.rules.release import ReleaseState, why_not_release, why_not_to_team, why_not_until, why_not_withdraw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.organisations.models import Organisation
    from trellis.review.models import Round
    from trellis.review.reading import RoundView
    from trellis.review.released import Parts

BY_LINK = System("Somebody with the link and the code", acting_as="The page of a release")
CHANGED = "Something in it has changed since you looked. Look again, then release it"


@dataclass(frozen=True)
class Recipient:
    """To whom: a team on Trellis, a person in one, or somebody outside by name, organisation and e-mail address."""

    team: Organisation | None = None
    person: User | None = None
    name: str = ""
    organisation: str = ""
    email: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is an authority as a whole: only that counts ratings of many settings."""
        return self.team is not None and self.team.kind == OrganisationKind.AUTHORITY and self.person is None


@dataclass(frozen=True)
class Terms:
    """What of it, what for, until when, and whether it may be counted with others and named in lists."""

    parts: Parts
    purpose: str
    until: date
    may_be_counted: bool = False
    name_may_be_shown: bool = False


@in_several_chains()
def release_round(*, round: Round, recipient: Recipient, terms: Terms, seen: str, by: Acting) -> Release:
    """Release an agreed round. `seen` is the fingerprint of the copy that the person looked at before.

    Raises `Refused` with the reason: not theirs to release, not agreed, no such recipient, a last day that cannot
    be, or a copy that has changed since they looked.
    """
    refuse(why_not_release(may_release=by.may(Permission.RELEASE_REVIEW), agreed=round.agreed_at is not None))
    refuse(why_not_until(terms.until, today=timezone.localdate()))
    refuse(_why_not_to(recipient, round.organisation))
    content, view = copy_of(round, terms.parts)
    fingerprint = fingerprint_of(content)
    if fingerprint != seen:
        raise Refused(CHANGED)
    counted = terms.may_be_counted and recipient.counts
    release = Release.objects.create(
        round=round,
        organisation_id=round.organisation_id,
        to_organisation=recipient.team,
        to_user=recipient.person,
        outside_name=recipient.name,
        outside_organisation=recipient.organisation,
        outside_email=recipient.email,
        purpose=terms.purpose,
        until=terms.until,
        may_be_counted=counted,
        name_may_be_shown=counted and terms.name_may_be_shown,
        content=content,
        fingerprint=fingerprint,
        released_by=by.user,
        **{f"with_{name}": chosen for name, chosen in vars(terms.parts).items()},
    )
    if counted:
        _count(release, view)
    if release.is_outside:
        make_link(release, by)
    else:
        _tell_readers(release, "A setting has released its review to you", "It stays readable until its last day.")
    _record_on_both_sides(release, "release.released", by, {"parts": terms.parts.words, "fingerprint": fingerprint})
    return release


def _count(release: Release, view: RoundView) -> None:
    """Let the authority count it; of two released at the same moment, one."""
    try:
        with transaction.atomic():
            write_counted(release, view)
    except IntegrityError as faster:
        raise Refused("Somebody else has just released this. Look at what you have released") from faster


def _why_not_to(recipient: Recipient, setting: Organisation) -> str | None:
    """Why a recipient is none, or None if they are one: teams are the setting’s own, people belong to one of them."""
    if recipient.team is None:
        return None if recipient.email and recipient.name else "Enter to whom you release it"
    if recipient.team not in teams_for(setting).values():
        return "This is not your authority or your group"
    there = readers_in([recipient.team])
    if recipient.person and not there.filter(user=recipient.person).exists():
        return f"{recipient.person.name} does not work there any more"
    return why_not_to_team(name=recipient.team.name, readers=there.count())


@in_several_chains()
def withdraw_release(*, release: Release, because: str, by: Acting) -> Release:
    """Take a release back: its copy is emptied, and nothing of it is counted any more. Raises `Refused`."""
    refuse(why_not_release(may_release=by.may(Permission.RELEASE_REVIEW), agreed=True))
    refuse(why_not_withdraw(release.state(timezone.localdate())))
    release.withdrawn_at, release.withdrawn_by = timezone.now(), by.user
    release.withdrawn_because, release.content = because, {}
    fields = {name: getattr(release, name) for name in ("withdrawn_at", "withdrawn_by", "withdrawn_because", "content")}
    if not Release.objects.filter(pk=release.pk, withdrawn_at=None).update(**fields):
        raise Refused("This was withdrawn already")
    stop_counting(release)
    withdraw(once_key=f"release {release.pk}", why="The setting has withdrawn it")
    if not release.is_outside:
        _tell_readers(release, "A setting has withdrawn what it released", "There is nothing left to read.")
    _record_on_both_sides(release, "release.withdrawn", by, {})
    return release


@transaction.atomic
def end_release(*, release: Release) -> None:
    """Remove the copy of a release whose last day has passed, and count it no longer."""
    changed = Release.objects.filter(pk=release.pk, withdrawn_at=None, ended_at=None)
    if changed.update(ended_at=timezone.now(), content={}):
        stop_counting(release)
        clock = System("The clock")
        record(by=clock, verb="release.ended", subject=release, organisation_id=release.organisation_id)


@transaction.atomic
def note_reading(*, release: Release, what: str, by: Acting | None) -> None:
    """Write down that somebody read a release: the page, the paper or a file. None is somebody with link and code."""
    ReleaseReading.objects.create(release=release, what=what, by=by.user if by else None)
    reader: Actor = by or BY_LINK
    change = {"what": what}
    record(by=reader, verb="release.read", subject=release, change=change, organisation_id=release.organisation_id)


def readable(release: Release) -> bool:
    """Whether a release can be read today."""
    return release.state(timezone.localdate()) == ReleaseState.LIVE and release.ended_at is None


def _tell_readers(release: Release, subject: str, reason: str) -> None:
    """Write to the person, or to everybody in the team who reads what is released; a link and a reason."""
    for user in _readers(release):
        send(
            to=user,
            kind=MailKind.ORGANISATION_NEWS,
            subject=subject,
            reason=reason,
            link=reverse("show_released", args=[release.pk]),
            organisation_id=release.to_organisation_id,
            once_key=f"release {release.pk}" + (" withdrawn" if release.withdrawn_at else ""),
        )


def _readers(release: Release) -> Iterator[User]:
    if release.to_user:
        yield release.to_user
    elif release.to_organisation:
        yield from (membership.user for membership in readers_in([release.to_organisation]))


def _record_on_both_sides(release: Release, verb: str, by: Acting, change: dict[str, str]) -> None:
    """In the setting’s audit and, when it is on Trellis, in the recipient’s."""
    told = change | {"to": release.recipient}
    record(by=by, verb=verb, subject=release, change=told, organisation_id=release.organisation_id)
    if release.to_organisation_id:
        record(by=by, verb=verb, subject=release, change=told, organisation_id=release.to_organisation_id)
