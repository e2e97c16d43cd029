"""Offering a place, answering, letting it run out; putting somebody on the waiting list and taking them off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import System
from trellis.core.refusal import Refused, refuse
from trellis.training.actions.application_links import tell_applicant
from trellis.training.actions.holding import hold_cohort
from trellis.training.actions.judging import must_decide
from trellis.training.actions.moving import BY_APPLICANT, held_in, move
from trellis.training.actions.seating import Seat, seat
from trellis.training.models import (
    Application,
    ApplicationStatus,
    Cohort,
    Milestone,
    MilestoneKind,
    Offer,
    OfferStatus,
    Place,
    WhoMoved,
)
from trellis.training.rules.applications import why_not_answer, why_not_move, why_not_offer

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.core.audit import Actor

BY_CLOCK = System("The waiting list")


@transaction.atomic
def offer_place(*, application: Application, cohort: Cohort, until: date, by: Acting) -> Offer:
    """Offer somebody a place until a day; it is held for them. Raises `Refused` when there is none.

    The cohort is held meanwhile, so that two people do not offer the last place twice.
    """
    sees = Application.objects.visible_to(by).filter(pk=application.pk)
    if not sees.exists() or not Cohort.objects.offered_by(by).filter(pk=cohort.pk).exists():
        raise Refused("Only whoever decides about applications for this cohort can do this")
    found = hold_cohort(cohort.pk)
    if found.programme_id != application.programme_id:
        raise Refused("This cohort is of another programme")
    application.refresh_from_db(fields=["status"])
    refuse(why_not_move(status=application.status, to=ApplicationStatus.OFFERED))
    return make_offer(application, found, until=until, by=by, answerable=by.user)


def make_offer(
    application: Application, cohort: Cohort, *, until: date, by: Actor, answerable: User, by_itself: bool = False
) -> Offer:
    """Offer a place in a cohort that is held. Raises `Refused` when there is none."""
    refuse(
        why_not_offer(
            cohort=cohort.status,
            held=held_in(cohort),
            most=cohort.most_places,
            has_one=cohort.places.live().of_somebody(application.email, application.user_id).exists(),
            until=until,
            starts_on=cohort.starts_on,
            today=timezone.localdate(),
        )
    )
    offer = Offer.objects.create(
        application=application, cohort=cohort, until=until, by_itself=by_itself, made_by=answerable
    )
    who = WhoMoved.CLOCK if by_itself else WhoMoved.CENTRE
    move(application, to=ApplicationStatus.OFFERED, who=who, by=by, passed_over="")
    tell_applicant(application)
    return offer


@transaction.atomic
def accept_offer(*, application: Application) -> Place:
    """Take the place that is offered: the applicant is a learner. Raises `Refused` when the offer has ended."""
    offer = _open_offer(application)
    cohort = hold_cohort(offer.cohort_id)
    _end(offer, OfferStatus.ACCEPTED)
    who = Seat(
        name=application.name,
        email=application.email,
        role=application.role,
        authority_id=application.authority_id or cohort.authority_id,
        user_id=application.user_id,
        provider_id=application.provider_id,
        setting_id=application.setting_id,
        setting_name=application.setting_name,
    )
    place = seat(
        cohort=cohort, who=who, placed_by=offer.made_by_id, by=BY_APPLICANT, organisation_id=application.centre_id
    )
    move(application, to=ApplicationStatus.ACCEPTED, who=WhoMoved.APPLICANT, by=BY_APPLICANT, place=place)
    sent = application.sent_at or timezone.now()
    for kind, on in (
        (MilestoneKind.APPLIED, timezone.localtime(sent).date()),
        (MilestoneKind.ACCEPTED, timezone.localdate()),
    ):
        Milestone.objects.create(
            place=place, kind=kind, on=on, evidence="The application on Trellis", noted_by_id=offer.made_by_id
        )
    return place


@transaction.atomic
def decline_offer(*, application: Application) -> Offer:
    """Leave the place to somebody else. Raises `Refused` when the offer has ended."""
    offer = _open_offer(application)
    hold_cohort(offer.cohort_id)
    _end(offer, OfferStatus.DECLINED)
    move(application, to=ApplicationStatus.DECLINED, who=WhoMoved.APPLICANT, by=BY_APPLICANT)
    return offer


def _open_offer(application: Application) -> Offer:
    offer = Offer.objects.filter(application=application).order_by("-made_at", "-pk").first()
    if offer is None:
        raise Refused("There is no offer")
    return offer


def _end(offer: Offer, status: str) -> None:
    """End an offer that waits and can be answered today. Raises `Refused`. The cohort is held."""
    offer.refresh_from_db()
    refuse(why_not_answer(status=offer.status, until=offer.until, today=timezone.localdate()))
    offer.status, offer.ended_at = status, timezone.now()
    offer.save(update_fields=["status", "ended_at"])


@transaction.atomic
def expire_offer(*, offer: Offer, by: Actor = BY_CLOCK) -> None:
    """Let an offer run out whose last day has passed; one that was answered meanwhile stays answered."""
    hold_cohort(offer.cohort_id)
    ended = {"status": OfferStatus.EXPIRED, "ended_at": timezone.now()}
    if Offer.objects.overdue(timezone.localdate()).filter(pk=offer.pk).update(**ended):
        application = offer.application
        application.refresh_from_db()
        move(application, to=ApplicationStatus.EXPIRED, who=WhoMoved.CLOCK, by=by)
        tell_applicant(application)


@transaction.atomic
def put_on_list(*, application: Application, by: Acting) -> Application:
    """Put somebody on the waiting list. Raises `Refused`."""
    must_decide(application, by)
    move(
        application,
        to=ApplicationStatus.WAITING,
        who=WhoMoved.CENTRE,
        by=by,
        listed_by=by.user,
        passed_over="",
    )
    tell_applicant(application)
    return application


@transaction.atomic
def take_off_list(*, application: Application, by: Acting) -> Application:
    """Take somebody off the waiting list, to decide about them otherwise. Raises `Refused`."""
    must_decide(application, by)
    move(application, to=ApplicationStatus.ELIGIBLE, who=WhoMoved.CENTRE, by=by, passed_over="")
    return application
