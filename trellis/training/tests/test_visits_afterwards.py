"""Visits of learners, once somebody was there: what was written stays, and what need not stay goes."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.going import going_of, it_was, offer_of, reflection_of
from tests.training import leading
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.models import Reflection, VisitPlace

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
