"""Trained trainers: who, where, what they hold, what they teach, when they delivered last, who is free."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.attending import held_on
from tests.qualifying import entry
from tests.training import a_friday, cohort_for, cohort_of, delivered_by, leading, new_trainer
from trellis.organisations.models import Membership
from trellis.qualifications.actions.holdings import Held, add_holding
from trellis.training import actions
from trellis.training.models import Cohort, Session

pytestmark = pytest.mark.django_db
LIST = "/training/trainers/"


def text(answer):
    return " ".join(answer.content.decode().split())


def row(page, name):
    """What a page says of one trainer."""
    return next(part for part in page.split('<tr class="govuk-table__row"') if name in part.split("</th>")[0])


def test_a_lead_sees_who_teaches_holds_and_delivered_what(cast, browse):
    cohort = cohort_of(cast.mei)
    day = timezone.localdate() - timedelta(days=9)
    held_on(cohort.sessions.get(number=1), day)
    beatriz = new_trainer(cast.mei)
    trainers_course = entry("trainers-course-senco-award")
    add_holding(what=trainers_course, held=Held(date(2025, 3, 5)), user=cast.zofia.user, by=cast.kofi.acting)
    add_holding(what=entry("early-language-day"), held=Held(date(2025, 3, 5)), user=beatriz.user, by=cast.kofi.acting)
    mei = browse(cast.mei)
    assert LIST in text(mei.get(reverse("programmes")))
    page = text(mei.get(LIST))
    zofia = row(page, "Zofia Marek")
    assert "Marches Early Years Training" in zofia
    assert trainers_course.title in zofia
    assert "Autumn cohort" in zofia
    assert f"{day.day} {day:%B %Y}" in zofia
    last = cohort.sessions.order_by("-on").first().on + timedelta(days=1)
    assert f"From {last.day} {last:%B %Y}" in zofia
    free = row(page, "Beatriz Nunes")
    assert "Nothing now" in free
    assert "Not yet" in free
    assert "No trainer qualification entered yet" in free, "what is not for trainers is not told"
    assert f'href="{reverse("choose_held")}">Enter it' in free
    assert "Enter it" not in zofia
    only = text(mei.get(LIST, {"free": "on"}))
    assert "Beatriz Nunes" in only
    assert "Zofia Marek" not in only
    assert "Zofia Marek" in text(mei.get(LIST, {"authority": cohort.authority_id}))
    assert "Zofia Marek" in text(mei.get(LIST, {"region": cohort.authority.region_id}))
    assert "Beatriz Nunes" not in text(mei.get(LIST, {"authority": cohort.authority_id}))
    lines = b"".join(mei.get(reverse("export_trainers", args=["csv"]))).decode()
    assert '"Zofia Marek","Marches Early Years Training"' in lines
    assert day.isoformat() in lines
    assert mei.get(reverse("export_trainers", args=["pdf"])).status_code == 404


def test_an_authority_sees_those_of_its_cohorts(cast, browse):
    cohort_of(cast.mei)
    ours = delivered_by(cast.idris)
    actions.assign_trainer(cohort=ours, user=cast.idris.user, by=cast.idris.acting)
    daniel, idris = text(browse(cast.daniel).get(LIST)), text(browse(cast.idris).get(LIST))
    assert "Zofia Marek" in daniel
    assert "Our own cohort" not in daniel
    assert cast.idris.user.name not in row_names(daniel)
    assert row_names(idris) == [cast.idris.user.name]
    assert "Holds" not in idris, "an authority does not read what a centre wrote down"
    assert row_names(text(browse(cast.mei).get(LIST))) == [cast.idris.user.name, "Zofia Marek"]
    assert browse(cast.zofia).get(LIST).status_code == 403
    assert row_names(text(browse(cast.rafael).get(LIST))) == []


def row_names(page):
    return re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', page)


def test_what_is_over_is_told_and_whoever_left_is_not_listed(cast, browse):
    cohort = cohort_of(cast.mei)
    first = held_on(cohort.sessions.get(number=1), timezone.localdate() - timedelta(days=20))
    teaching = cohort.trainers.get()
    actions.end_assignment(teaching=teaching, by=leading(cast.mei).acting)
    type(teaching).objects.filter(pk=teaching.pk).update(ended_at=timezone.now() - timedelta(days=15))
    held_on(cohort.sessions.get(number=2), timezone.localdate() - timedelta(days=10))
    told = row(text(browse(cast.mei).get(LIST)), "Zofia Marek")
    assert "Nothing now" in told
    assert "Before: 1 cohort" in told
    assert f"{first.on.day} {first.on:%B %Y}" in told, "not what was held after they stopped"
    Membership.objects.filter(pk=cast.zofia.membership.pk).update(ended_at=timezone.now(), ended_by=cast.mei.user)
    assert "No trainer yet" in text(browse(cast.mei).get(LIST))


def test_a_cancelled_session_or_cohort_was_not_delivered(cast, browse):
    cohort = cohort_of(cast.mei)
    held_on(cohort.sessions.get(number=1), timezone.localdate() - timedelta(days=3))
    Session.objects.filter(cohort=cohort).update(status="cancelled", cancelled_because="Snow")
    Cohort.objects.filter(pk=cohort.pk).update(status="cancelled", cancelled_because="Snow")
    told = row(text(browse(cast.mei).get(LIST)), "Zofia Marek")
    assert "Not yet" in told
    assert "Now" in told


def test_as_many_queries_however_many_trainers(cast, browse):
    browser = browse(cast.mei)
    cohort_of(cast.mei)
    browser.get(LIST)
    counted = queries_of(browser)
    for number in range(8):
        trainer = new_trainer(cast.mei, f"Trainer Number{number}")
        cohort = cohort_for(cast.mei, title=f"Cohort {number}", starts_on=a_friday(number + 3))
        actions.assign_trainer(cohort=cohort, user=trainer.user, by=leading(cast.mei).acting)
    assert queries_of(browser) == counted
    assert counted <= 12


def queries_of(browser):
    with CaptureQueriesContext(connection) as asked:
        browser.get(LIST)
    return len(asked)
