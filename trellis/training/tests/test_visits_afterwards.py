"""Visits of learners, once somebody was there: what was written stays, and what need not stay goes."""

from __future__ import annotations

import time

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.going import going_of, it_was, offer_of, plan, reflection_of
from tests.training import leading, place_of
from trellis.accounts.acting import Themselves
from trellis.accounts.actions import delete_account
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.models import Reflection, Session, VisitPlace
from trellis.training.tests.test_waiting_list import by_the_clock

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(answer.content.decode().split())


def written_about_today(cast):
    reflection = reflection_of(cast.mei)
    it_was(reflection.visit.offer, days=0)
    return VisitPlace.objects.get(pk=reflection.visit_id)


def test_what_somebody_has_written_about_stays(cast, browse):
    visit, kofi = written_about_today(cast), browse(cast.kofi)
    by = {"user": cast.mei.user, "by": cast.mei.acting}
    other = offer_of(cast.mei, host_name="Oakfield School", host=None)
    with pytest.raises(Refused, match="written about already"):
        actions.give_back_visit(visit=visit, **by)
    with pytest.raises(Refused, match="written about already"):
        actions.take_visit(offer=other, place=visit.place, **by)
    refused = kofi.post(reverse("cancel_visit_offer", args=[visit.offer_id]), {"because": "Nobody was there"})
    assert "Somebody has written about this visit" in text(refused)
    actions.withdraw_place(place=visit.place, reason="sickness", on=timezone.localdate(), by=leading(cast.mei).acting)
    assert VisitPlace.objects.live().get() == visit
    assert kofi.get(reverse("show_reflection", args=[visit.pk])).status_code == 200


def test_a_visit_that_was_is_not_cancelled(cast, browse):
    offer, kofi = it_was(going_of(cast.mei).offer), browse(cast.kofi)
    cancel = reverse("cancel_visit_offer", args=[offer.pk])
    assert "so it stays as it is" in text(kofi.post(cancel, {"because": "Snow"}))
    page = kofi.get(reverse("session_visits", args=[offer.session_id]))
    assert cancel not in page.content.decode()
    assert VisitPlace.objects.live().exists()


def test_whoever_deletes_their_account_leaves_no_words_and_goes_to_no_visit(cast, client):
    place = place_of(cast.mei, "Leila Haddad", email=cast.leila.user.email)
    by = {"user": cast.mei.user, "by": cast.mei.acting}
    there = actions.take_visit(offer=offer_of(cast.mei), place=place, **by)
    reflection_of(cast.mei)
    said = {"text": "They use picture cards", "criteria": ["1m"], "by": cast.leila.acting}
    actions.write_reflection(visit=there, **said)
    school = Session.objects.get(cohort=place.cohort, kind="special_school_visit")
    offer = actions.add_visit_offer(session=school, plan=plan(school), by=cast.mei.acting)
    to_come = actions.take_visit(offer=offer, place=place, **by)
    delete_account(by=Themselves(cast.leila.user))
    to_come.refresh_from_db()
    assert to_come.given_back_by == cast.leila.user
    assert Reflection.objects.get().visit.place.name == "Niamh Byrne", "only their own goes"
    assert VisitPlace.objects.live().filter(pk=there.pk).exists(), "what was, was"
    place.refresh_from_db()
    assert place.email == "leila.haddad@example.org"
    notice = text(client.get(reverse("privacy")))
    assert "If you had a place in a course, the centre keeps it, with your name and address" in notice


def test_whoever_deletes_their_account_reads_what_stays_of_a_course(cast, browse):
    leila = browse(cast.leila)
    session = leila.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    page = text(leila.get(reverse("delete_account")))
    goes, stays = page.split("What stays")
    assert "what you wrote about visits in a course" in goes
    assert "A place in a course is the training centre’s record of an award. It stays, with your name" in stays


def test_whom_to_ask_for_and_who_came_are_forgotten(cast, browse):
    visit = going_of(cast.mei)
    old, amara = it_was(visit.offer, days=42), browse(cast.amara)
    by_the_clock("training.forget_contacts")
    everything = reverse("hosted_visits") + "?show=all"
    assert "Niamh Byrne" in text(amara.get(everything))
    it_was(old, days=43)
    by_the_clock("training.forget_contacts")
    old.refresh_from_db()
    assert old.contact == ""
    page = text(amara.get(everything))
    assert "Niamh Byrne" not in page
    assert "Who came is not shown any more" in page
    assert AuditEvent.objects.filter(verb="visit_offer.contact_forgotten").count() == 1
    add = text(browse(cast.mei).get(reverse("change_visit_offer", args=[old.pk])))
    assert "Those who go there see it, the host, and whoever looks after the cohort or teaches it" in add


def test_whoever_has_their_place_again_is_told_to_choose_again(cast, browse):
    visit, by = going_of(cast.mei), leading(cast.mei).acting
    withdrawn = actions.withdraw_place(place=visit.place, reason="sickness", on=timezone.localdate(), by=by)
    page = text(browse(cast.kofi).get(reverse("void_milestone", args=[withdrawn.pk])))
    assert "We write to them that they choose again" in page
    SentMail.objects.all().delete()
    actions.void_milestone(milestone=withdrawn, because="It was somebody else", by=by)
    told = SentMail.objects.get(subject="Choose your visit again")
    assert told.address == visit.place.email
    assert told.reason.endswith("Please choose again.")
