"""Visits of learners that change: hosts and learners are told, and the form says whom it is linked to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.going import going_of, it_was, offer_of, plan, visit_session_of
from tests.training import a_friday, cohort_of, leading, place_in, place_of, token_of
from trellis.core.dates import day
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.organisations.models import Provider
from trellis.training import actions
from trellis.training.actions.reminding import remind_of_session
from trellis.training.models import Place, Session, VisitOffer
from trellis.training.tests.test_visits import text, typed

pytestmark = pytest.mark.django_db


def told(address):
    return list(SentMail.objects.filter(address=address).order_by("subject").values_list("subject", "reason"))


def registered(organisation, number, name, address):
    provider = Provider.objects.create(
        number=number,
        name=name,
        name_key=name.lower(),
        address=address,
        town="Fenwick",
        authority=organisation.authority,
    )
    type(organisation).objects.filter(pk=organisation.pk).update(provider=provider)


def test_a_host_hears_of_another_day_and_of_another_host(cast):
    offer = offer_of(cast.mei)
    session = offer.session
    actions.confirm_visit_offer(offer=offer, places=3, by=cast.amara.acting)
    amara, megan = cast.amara.user.email, cast.megan.user.email
    SentMail.objects.all().delete()
    said = {"places": 3, "on": a_friday(9)}
    actions.change_visit_offer(offer=offer, plan=plan(session, **said), by=cast.mei.acting)
    offer.refresh_from_db()
    assert (offer.confirmed_at, offer.confirmed_by) == (None, None), "the host said it of another day"
    [(subject, reason)] = told(amara)
    assert subject == "A visit of learners has changed"
    assert reason.endswith(f"is on {day(a_friday(9))} now, from 10:00am to 12:00pm.")
    there = plan(session, host=cast.megan.organisation, host_name="Megan Price", **said)
    actions.change_visit_offer(offer=offer, plan=there, by=cast.mei.acting)
    assert [each[0] for each in told(amara)][1:] == ["A visit of learners is cancelled"]
    assert [each[0] for each in told(megan)] == ["You host learners"]


def test_hosts_of_visits_after_their_session_hear_that_the_cohort_is_cancelled(cast):
    offer = offer_of(cast.mei)
    Session.objects.filter(pk=offer.session_id).update(on=timezone.localdate() - timedelta(days=1))
    SentMail.objects.all().delete()
    actions.cancel_cohort(cohort=offer.session.cohort, because="Too few", by=cast.mei.acting)
    assert [each[0] for each in told(cast.amara.user.email)] == ["A visit of learners is cancelled"]


def test_no_visit_moves_into_the_past(cast, browse):
    offer, past = offer_of(cast.mei), timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused, match="in the past"):
        actions.change_visit_offer(offer=offer, plan=plan(offer.session, on=past), by=cast.mei.acting)
    days = {"on-day": past.day, "on-month": past.month, "on-year": past.year}
    change = reverse("change_visit_offer", args=[offer.pk])
    assert "This day is in the past" in text(browse(cast.mei).post(change, typed(offer.session, **days)))
    it_was(offer)
    browse(cast.mei).post(change, typed(offer.session, **days, bring="Nothing"))
    assert VisitOffer.objects.get().bring == "Nothing", "of what was, words can be put right"


def test_another_number_puts_another_name_and_address(cast, browse):
    registered(cast.amara.organisation, "EY100001", "Bramble Lane Nursery", "14 Bramble Lane")
    registered(cast.megan.organisation, "EY100002", "Megan Price", "3 Hill Street")
    session, mei = visit_session_of(cast.mei), browse(cast.mei)
    mei.post(reverse("add_visit_offer", args=[session.pk]), typed(session, host_number="EY100001"))
    offer = VisitOffer.objects.get()
    assert (offer.host_name, offer.address) == ("Bramble Lane Nursery", "14 Bramble Lane, Fenwick")
    assert "Linked to Bramble Lane Nursery, EY100001" in text(mei.get(reverse("session_visits", args=[session.pk])))
    change = reverse("change_visit_offer", args=[offer.pk])
    as_it_is = {"host_name": offer.host_name, "address": "The side door, 14 Bramble Lane"}
    mei.post(change, typed(session, host_number="EY100001", **as_it_is))
    offer.refresh_from_db()
    assert offer.address == "The side door, 14 Bramble Lane", "the same number leaves what was typed"
    mei.post(change, typed(session, host_number="ey100002", **as_it_is))
    offer.refresh_from_db()
    assert (offer.host, offer.host_name) == (cast.megan.organisation, "Megan Price")
    assert offer.address == "3 Hill Street, Fenwick"


def test_whoever_wanted_to_go_there_is_told_that_they_can_choose_another(cast):
    visit = going_of(cast.mei)
    priya = place_of(cast.mei, "Priya Nair")
    type(priya).objects.filter(pk=priya.pk).update(user=cast.priya.user)
    actions.take_visit(offer=visit.offer, place=priya, user=cast.mei.user, by=cast.mei.acting)
    SentMail.objects.all().delete()
    actions.cancel_visit_offer(offer=visit.offer, because="Snow", by=cast.mei.acting)
    [(_, with_account)], [(_, without)] = told(cast.priya.user.email), told(visit.place.email)
    assert with_account.endswith("You can choose another.")
    assert without.endswith("You can choose another.")


def visit_after_its_session(cast):
    """A visit to come of somebody without an account, whose session’s day is over."""
    visit = going_of(cast.mei)
    cohort = visit.session.cohort
    Session.objects.filter(cohort=cohort).update(on=timezone.localdate() - timedelta(days=1))
    VisitOffer.objects.update(on=timezone.localdate() + timedelta(days=2))
    visit.refresh_from_db()
    return visit


def test_a_visit_after_its_session_is_still_to_come(cast, client, browse):
    visit = visit_after_its_session(cast)
    dates = text(client.get(reverse("dates_by_link", args=[token_of(cast.mei)])))
    assert "14 Bramble Lane, Fenwick" in dates
    assert "No session is planned" not in dates
    Place.objects.filter(pk=visit.place_id).update(user=cast.priya.user)
    mine = text(browse(cast.priya).get(reverse("my_training")))
    assert reverse("apologise", args=[visit.session_id]) in mine


def test_an_apology_is_for_the_visit_and_frees_its_place(cast, client):
    visit = visit_after_its_session(cast)
    address = reverse("apologise_by_link", args=[token_of(cast.mei), visit.session_id])
    assert "Bramble Lane Nursery" in text(client.get(address))
    said = text(client.post(address, {"reason": "sickness"}))
    assert f"cannot come on {day(visit.offer.on)} at 10:00am" in said
    assert "is free for somebody else" in said
    visit.refresh_from_db()
    assert (visit.given_back_at is None, visit.given_back_by) == (False, None)
    assert AuditEvent.objects.get(verb="visit_place.given_back").actor_name == "A learner with their link"


def test_reminders_of_a_day_that_is_another_now_are_kept_back(cast):
    visit, today = going_of(cast.mei), timezone.localdate()
    Session.objects.filter(pk=visit.session_id).update(on=today + timedelta(days=3))
    VisitOffer.objects.update(on=today + timedelta(days=3))
    session = Session.objects.select_related("cohort").get(pk=visit.session_id)
    remind_of_session(place=visit.place, session=session, step="3 days", today=today)
    later = plan(session, on=today + timedelta(days=9))
    actions.change_visit_offer(offer=visit.offer, plan=later, by=cast.mei.acting)
    reminder = SentMail.objects.get(subject="Your session is in 3 days")
    assert reminder.state == "kept_back"


def test_whoever_has_moved_to_another_cohort_is_refused_in_words(cast):
    offer, place = offer_of(cast.mei), place_of(cast.mei)
    Place.objects.filter(pk=place.pk).update(cohort=cohort_of(cast.idris))
    with pytest.raises(Refused, match="Only somebody who has a place in the course"):
        actions.take_visit(offer=offer, place=place, user=cast.mei.user, by=cast.mei.acting)


def test_whoever_comes_back_chooses_anew(cast, browse):
    before = going_of(cast.mei, "Priya Nair")
    it_was(before.offer)
    actions.withdraw_place(place=before.place, reason="sickness", on=timezone.localdate(), by=leading(cast.mei).acting)
    again = place_in(cohort_of(cast.mei), "Priya Nair", by=leading(cast.mei))
    other = offer_of(cast.mei, host_name="Oakfield School", host=None)
    priya, mine = browse(cast.priya), reverse("my_visit", args=[before.session_id])
    assert "Choose where you go" in text(priya.get(mine))
    priya.post(mine, {"offer": other.pk})
    assert again.visits.live().get().offer == other
    it_was(other)
    assert priya.get(reverse("write_reflection", args=[before.session_id])).status_code == 200
    assert "Oakfield School" in text(priya.get(mine))
