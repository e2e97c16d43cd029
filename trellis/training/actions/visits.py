"""What hosts offer for a visit: written down by whoever looks after the cohort, confirmed by a host on Trellis."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.dates import clock, day
from trellis.core.mail import MailKind, send, tell_anew, withdraw
from trellis.core.refusal import Refused, refuse
from trellis.organisations.models import Membership
from trellis.training.actions.holding import held_by, hold_cohort
from trellis.training.actions.reminding import drop_reminders
from trellis.training.actions.telling import tell_learner
from trellis.training.actions.visit_places import give_back
from trellis.training.models import PlaceStatus, Session, VisitOffer, VisitOfferStatus, VisitPlace
from trellis.training.rules.visits import why_not_cancel_offer, why_not_change_offer, why_not_offer_visit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, time

    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.organisations.models import Organisation
    from trellis.training.models import Cohort

WHERE_AND_WHEN = frozenset({"host_name", "address", "on", "starts", "ends"})
IN_CALENDARS = WHERE_AND_WHEN | {"bring", "travel"}
CONFIRMED = frozenset({"host", "places", "on", "starts", "ends"})


@dataclass(frozen=True)
class VisitPlan:
    """What a host offers."""

    host_name: str
    address: str
    on: date
    starts: time
    ends: time
    places: int
    host: Organisation | None = None
    contact: str = ""
    bring: str = ""
    travel: str = ""
    prompts: str = ""


@transaction.atomic
def add_visit_offer(*, session: Session, plan: VisitPlan, by: Acting) -> VisitOffer:
    """Write down what a host offers for a session. Raises `Refused`.

    The people who lead a host on Trellis are told, and the learners who have not heard that they can choose.
    """
    cohort = held_by(session.cohort_id, by)
    found = Session.objects.get(pk=session.pk)
    refuse(why_not_offer_visit(kind=found.kind, session=found.status, cohort=cohort.status))
    if plan.on < timezone.localdate():
        raise Refused("This day is in the past")
    could = _can_choose(found)
    offer = VisitOffer.objects.create(session=found, made_by=by.user, **vars(plan))
    record(by=by, verb="visit_offer.made", subject=offer, change={"on": offer.on, "places": offer.places})
    _tell_host(offer, "You host learners", "is written down for learners to choose", f"visit {offer.pk} made")
    _tell_to_choose(found, cohort, could=could)
    return offer


@transaction.atomic
def change_visit_offer(*, offer: VisitOffer, plan: VisitPlan, by: Acting) -> VisitOffer:
    """Change what a host offers; when nothing differs, nothing is written. Raises `Refused`.

    Whoever goes there is told when it is somewhere else or at another time; so is a host on Trellis, when it is at
    another time or somebody else hosts it. What a host said of how many can come, it said of that day.
    """
    cohort = held_by(offer.session.cohort_id, by)
    found = _again(offer)
    refuse(_why_not(found, cohort, places=plan.places))
    change = {
        name: [getattr(found, name), value] for name, value in vars(plan).items() if getattr(found, name) != value
    }
    if not change:
        return found
    if "on" in change and plan.on < timezone.localdate():
        raise Refused("This day is in the past")
    was, could = copy(found), _can_choose(found.session)
    for name, (_before, after) in change.items():
        setattr(found, name, after)
    if "on" in change:
        for each in found.taken_places.live().select_related("place__user"):
            drop_reminders(found.session, was.on, to=each.place)
    if change.keys() & CONFIRMED:
        found.confirmed_at = found.confirmed_by = None
    shown = bool(change.keys() & IN_CALENDARS)
    _save(found, shown=shown)
    kept = {name: [str(before), str(after)] for name, (before, after) in change.items() if name in WHERE_AND_WHEN}
    record(by=by, verb="visit_offer.changed", subject=found, change=kept | {"fields": sorted(change)})
    if change.keys() & WHERE_AND_WHEN:
        what = f"Your visit at {found.host_name} is at another time or place now."
        _tell_learners(found, cohort, "Your visit has changed", what, f"visit {found.pk} {found.sequence}")
    _tell_hosts_of_change(was, found)
    _tell_to_choose(found.session, cohort, could=could)
    return found


@transaction.atomic
def cancel_visit_offer(*, offer: VisitOffer, because: str, by: Acting) -> VisitOffer:
    """Cancel a visit: its learners can choose another, and they and the host are told once. Raises `Refused`."""
    cohort = held_by(offer.session.cohort_id, by)
    found = _again(offer)
    refuse(
        why_not_cancel_offer(
            status=found.status,
            session=found.session.status,
            cohort=cohort.status,
            written=found.taken_places.live().filter(reflection__isnull=False).exists(),
            on=found.on,
            today=timezone.localdate(),
        )
    )
    if not because:
        raise Refused("Say why the visit is cancelled")
    found.status, found.cancelled_because = VisitOfferStatus.CANCELLED, because
    _save(found, shown=True)
    record(by=by, verb="visit_offer.cancelled", subject=found, change={"because": because})
    what = f"There is no visit at {found.host_name} on {day(found.on)}: it is cancelled. You can choose another."
    _tell_learners(found, cohort, "Your visit is cancelled", what, f"visit {found.pk} cancelled")
    if not _can_choose(found.session):
        _nothing_to_choose(found.session)
    _tell_host(found, "A visit of learners is cancelled", "is cancelled", f"visit {found.pk} cancelled")
    for each in found.taken_places.live():
        give_back(each, by.user)
    return found


@transaction.atomic
def confirm_visit_offer(*, offer: VisitOffer, places: int, by: Acting) -> VisitOffer:
    """A host on Trellis says how many learners can come. Raises `Refused`."""
    cohort = hold_cohort(offer.session.cohort_id)
    found = _again(offer)
    if found.host_id != by.organisation_id or not by.may(Permission.HOST_LEARNERS):
        raise Refused("Only whoever leads the setting that hosts it can say this")
    refuse(_why_not(found, cohort, places=places))
    change, could = {"places": [found.places, places]}, _can_choose(found.session)
    found.places, found.confirmed_at, found.confirmed_by = places, timezone.now(), by.user
    _save(found, shown=False)
    record(by=by, verb="visit_offer.confirmed", subject=found, change=change)
    _tell_to_choose(found.session, cohort, could=could)
    return found


@transaction.atomic
def forget_contact(*, offer: VisitOffer, by: Actor) -> None:
    """Remove whom to ask for at a visit that was some time ago."""
    VisitOffer.objects.filter(pk=offer.pk).update(contact="")
    centre_id = offer.session.cohort.centre_id
    record(by=by, verb="visit_offer.contact_forgotten", subject=offer, organisation_id=centre_id)


def _again(offer: VisitOffer) -> VisitOffer:
    """The offer as it stands now that its cohort is held."""
    return VisitOffer.objects.select_related("session__cohort", "host").get(pk=offer.pk)


def _why_not(offer: VisitOffer, cohort: Cohort, *, places: int) -> str | None:
    taken = offer.taken_places.live().count()
    return why_not_change_offer(
        status=offer.status, session=offer.session.status, cohort=cohort.status, places=places, taken=taken
    )


def _save(offer: VisitOffer, *, shown: bool) -> None:
    if shown:
        offer.sequence += 1
        offer.changed_at = timezone.now()
    offer.save()


def _tell_learners(offer: VisitOffer, cohort: Cohort, subject: str, reason: str, once_key: str) -> None:
    """Tell whoever goes there, once for each change; of what is past nobody is told."""
    if offer.on < timezone.localdate():
        return
    for each in offer.taken_places.live().select_related("place__user").order_by("pk"):
        tell_learner(place=each.place, cohort=cohort, subject=subject, reason=reason, once_key=once_key)


def _tell_to_choose(session: Session, cohort: Cohort, *, could: bool) -> None:
    """Tell the learners who have not chosen that they can, each once for as long as something is left to choose.

    When they `could` not before, what they were told earlier is over.
    """
    if not _can_choose(session):
        _nothing_to_choose(session)
        return
    if not could:
        tell_anew(once_key=_to_choose(session))
    chosen = VisitPlace.objects.live().filter(session=session).values("place")
    learners = cohort.places.filter(status=PlaceStatus.TAKEN).exclude(pk__in=chosen)
    reason = f"“{session}” of “{cohort.title}” is a visit: choose where you go, and when."
    for place in learners.select_related("user").order_by("pk"):
        said: dict[str, Any] = {"subject": "You can choose a visit now", "reason": reason}
        tell_learner(place=place, cohort=cohort, once_key=_to_choose(session), **said)


def _can_choose(session: Session) -> bool:
    """Whether a visit to come still has a place."""
    offers = VisitOffer.objects.filter(session=session, on__gte=timezone.localdate())
    return any(each.taken < each.places for each in offers.standing().counted())


def _nothing_to_choose(session: Session) -> None:
    """What has not left yet is not so any more."""
    withdraw(once_key=_to_choose(session), why="There is no visit to choose any more")


def _to_choose(session: Session) -> str:
    return f"session {session.pk} to choose a visit"


def tell_hosts_that_it_is_off(sessions: Iterable[Session]) -> None:
    """Tell the people who lead hosts on Trellis that a session is cancelled, and so a visit to them that is to come."""
    standing = VisitOffer.objects.filter(session__in=[each.pk for each in sessions], host__isnull=False)
    for offer in standing.filter(status=VisitOfferStatus.OFFERED, on__gte=timezone.localdate()):
        _tell_host(offer, "A visit of learners is cancelled", "is cancelled", f"visit {offer.pk} cancelled")


def _tell_hosts_of_change(was: VisitOffer, now: VisitOffer) -> None:
    """Tell the host that a visit to come is at another time; if it is another host, tell both."""
    today, key = timezone.localdate(), f"visit {now.pk} {now.sequence}"
    if was.host_id != now.host_id:
        if was.on >= today:
            _tell_host(was, "A visit of learners is cancelled", "is cancelled", f"{key} not any more")
        if now.on >= today:
            _tell_host(now, "You host learners", "is written down for learners to choose", f"{key} now")
    elif (was.on, was.starts, was.ends) != (now.on, now.starts, now.ends) and now.on >= today:
        then = f"is on {day(now.on)} now, from {clock(now.starts)} to {clock(now.ends)}"
        _tell_host(was, "A visit of learners has changed", then, key)


def _tell_host(offer: VisitOffer, subject: str, what: str, once_key: str) -> None:
    """Tell the people who lead a host on Trellis."""
    if not offer.host_id:
        return
    said: dict[str, Any] = {"kind": MailKind.TRAINING, "subject": subject, "link": reverse("hosted_visits")}
    reason = f"A visit of learners to {offer.host_name} on {day(offer.on)} {what}."
    for member in Membership.objects.who_may(Permission.HOST_LEARNERS).filter(organisation=offer.host_id):
        send(to=member.user, reason=reason, organisation_id=offer.host_id, once_key=once_key, **said)
