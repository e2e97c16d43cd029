"""The waiting list of a programme: it offers what is free to the next, and moves people to the next cohort."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import Refused
from trellis.training.actions.application_links import tell_applicant
from trellis.training.actions.holding import hold_cohort
from trellis.training.actions.moving import held_in
from trellis.training.actions.offers import BY_CLOCK, make_offer
from trellis.training.admission import admission_of
from trellis.training.models import Application, Cohort, CohortStatus, Offer
from trellis.training.rules.applications import NEXT_DATES, offer_until
from trellis.training.rules.waiting import Room, Waiting, can_offer, next_offers, setting_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

NOWHERE = frozenset({"no cohort of their authority"})


@transaction.atomic
def run_waiting_list(*, programme_id: UUID) -> int:
    """Offer the places that are free to those who wait, by priority and then by time. How many were offered.

    All cohorts in question are held in one order, so that nobody offers the same place meanwhile, and that two who
    run the list do not wait for each other.
    """
    today = timezone.localdate()
    admission = admission_of(programme_id, today)
    possible = Cohort.objects.filter(programme_id=programme_id, status=CohortStatus.OPEN).order_by("pk")
    held = [hold_cohort(pk) for pk in possible.values_list("pk", flat=True)]
    stop = admission.days("stop_days")
    cohorts = sorted(
        (each for each in held if can_offer(status=each.status, starts_on=each.starts_on, today=today, stop_days=stop)),
        key=lambda each: (each.starts_on, str(each.pk)),
    )
    waiting = list(Application.objects.waiting().filter(programme_id=programme_id).prefetch_related("wanted"))
    _move_to_the_next(waiting, cohorts, today)
    outcome = next_offers([_waiting(each, cohorts) for each in waiting], [_room(each) for each in cohorts])
    by_key = {str(each.pk): each for each in waiting}
    rooms = {str(each.pk): each for each in cohorts}
    made = 0
    for who, where in outcome.offers:
        cohort = rooms[where]
        until = offer_until(today=today, days=admission.days("offer_days"), starts_on=cohort.starts_on)
        made += _offer(by_key[who], cohort, until)
    _say_who_was_passed_over(waiting, outcome.passed_over)
    return made


def _offer(application: Application, cohort: Cohort, until: date) -> bool:
    """Offer one place; somebody who has left the list meanwhile is left out."""
    listed_by = application.listed_by
    if listed_by is None:
        return False
    try:
        with transaction.atomic():
            make_offer(application, cohort, until=until, by=BY_CLOCK, answerable=listed_by, by_itself=True)
    except Refused:
        return False
    return True


def _waiting(application: Application, cohorts: Sequence[Cohort]) -> Waiting:
    """Somebody on the list as the rule sees them: for “any cohort” stand those of their own authority."""
    wanted = frozenset(str(each.pk) for each in application.wanted.all())
    if not wanted and application.authority_id:
        wanted = frozenset(str(each.pk) for each in cohorts if each.authority_id == application.authority_id) or NOWHERE
    been_in = Offer.objects.filter(application=application, status="declined").values_list("cohort_id", flat=True)
    return Waiting(
        key=str(application.pk),
        setting=application.setting_key,
        wish=application.beside,
        wanted=wanted,
        been_in=frozenset(str(each) for each in been_in),
    )


def _room(cohort: Cohort) -> Room:
    """A cohort as the rule sees it: what is free, and of which settings there is somebody, with their wishes."""
    seated: dict[str, list[str]] = defaultdict(list)
    for place in cohort.places.live().select_related("application"):
        application = getattr(place, "application", None)
        key = setting_key(place.provider_id, place.setting_id, place.setting_name)
        if key:
            seated[key].append(application.beside if application else "")
    for offer in cohort.offers.open().select_related("application"):
        if offer.application.setting_key:
            seated[offer.application.setting_key].append(offer.application.beside)
    return Room(key=str(cohort.pk), free=max(cohort.most_places - held_in(cohort), 0), seated=dict(seated))


def _move_to_the_next(waiting: Sequence[Application], cohorts: Sequence[Cohort], today: date) -> None:
    """Let those whose cohorts have all begun, or been cancelled, wait for any cohort of their authority."""
    still = {each.pk for each in cohorts}
    for application in waiting:
        wanted = list(application.wanted.all())
        if not wanted or any(each.pk in still or _may_open(each, today) for each in wanted):
            continue
        application.wanted.clear()
        change = {"instead_of": [each.title for each in wanted]}
        record(
            by=BY_CLOCK,
            verb="application.next_cohort",
            subject=application,
            change=change,
            organisation_id=application.centre_id,
        )
        tell_applicant(application, news=NEXT_DATES)


def _may_open(cohort: Cohort, today: date) -> bool:
    """Whether the list may still offer a cohort later: it is planned, or open and not so near."""
    return cohort.status == CohortStatus.PLANNED and cohort.starts_on > today


def _say_who_was_passed_over(waiting: Sequence[Application], passed: dict[str, str]) -> None:
    """Keep why the list did not offer somebody what is free, for whoever decides."""
    for application in waiting:
        why = passed.get(str(application.pk), "")
        if why != application.passed_over:
            Application.objects.filter(pk=application.pk, status=application.status).update(passed_over=why)
