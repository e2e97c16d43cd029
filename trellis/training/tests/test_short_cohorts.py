"""A cohort with too few learners: it is pointed out in time, and a person decides what becomes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.applying import another_cohort, open_cohort, token_of, waiting
from tests.client import CheckingClient
from tests.going import going_of
from tests.reading import text
from tests.training import leading, place_in, place_of
from trellis.core.dates import day
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.models import AdmissionRule, CatchUp, Cohort, Mark, Place, Session
from trellis.training.rules.applications import OTHER_DATES
from trellis.training.tests.test_training_constraints import refused

pytestmark = pytest.mark.django_db
HOME = "home"


@pytest.fixture
def cohort(cast):
    """A cohort that begins in two weeks, needs three and has one."""
    found = open_cohort(cast.mei, least_places=3, starts_on=timezone.localdate() + timedelta(days=14))
    place_in(found, "Niamh Byrne", by=cast.mei)
    return found


def test_it_is_said_on_the_first_page_and_the_cohorts_page(cast, browse, cohort):
    mei = browse(cast.mei)
    home = text(mei.get(reverse(HOME)))
    assert "Too few learners" in home
    assert "Autumn cohort</a>: begins on" in home
    page = text(mei.get(cohort.get_absolute_url()))
    assert "with 1 learner. It needs 3. What you can do:" in page
    assert "Ask who waits for other cohorts" in page
    for other in (cast.zofia, cast.daniel):
        assert "Too few learners" not in text(browse(other).get(cohort.get_absolute_url()))
    for name in ("Ana First", "Ben Second"):
        place_in(cohort, name, by=cast.mei)
    assert "Too few learners" not in text(mei.get(reverse(HOME)))


def test_the_days_are_data_of_the_programme(cast, browse, cohort):
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=timezone.localdate() + timedelta(days=22))
    mei = browse(cast.mei)
    assert "Too few learners" not in text(mei.get(cohort.get_absolute_url()))
    actions.set_rule(
        programme=cohort.programme, key="short_days", value=30, from_on=timezone.localdate(),
        reason="Cover is hard to find here", source="Us", certainty="agreed", by=leading(cast.mei).acting,
    )  # fmt: skip
    assert AdmissionRule.objects.count() == 1
    assert "Too few learners" in text(mei.get(cohort.get_absolute_url()))


def test_an_authority_that_delivers_hears_of_its_own(cast, browse):
    theirs = open_cohort(cast.idris, least_places=3, starts_on=timezone.localdate() + timedelta(days=14))
    page = text(browse(cast.idris).get(theirs.get_absolute_url()))
    assert "has no learners" in page or "with no learners" in page
    assert "Ask who waits" not in page
    assert browse(cast.idris).get(reverse("ask_waiting", args=[theirs.pk])).status_code == 403


def test_somebody_decides_that_it_goes_ahead_and_is_told_again_when_one_more_leaves(cast, browse, cohort):
    mei, page = browse(cast.mei), reverse("go_ahead", args=[cohort.pk])
    assert "Say why the cohort goes ahead" in text(mei.post(page, {"because": ""}))
    shown = text(mei.post(page, {"because": "The authority pays for all places"}, follow=True))
    assert "Goes ahead with 1 learner" in shown
    assert "The authority pays for all places" in shown
    assert "Too few learners" not in shown
    assert AuditEvent.objects.filter(verb="cohort.goes_ahead").count() == 1
    today = timezone.localdate()
    actions.withdraw_place(place=Place.objects.get(), reason="sickness", on=today, by=leading(cast.mei).acting)
    assert "Too few learners" in text(mei.get(cohort.get_absolute_url()))
    Cohort.objects.filter(pk=cohort.pk).update(least_places=1)
    place_in(cohort, "Ana First", by=cast.mei)
    with pytest.raises(Refused, match="enough"):
        actions.go_ahead(cohort=cohort, because="Why not", by=cast.mei.acting)


def test_a_decision_says_who_when_and_why(cast, cohort):
    change = Cohort.objects.filter(pk=cohort.pk).update
    refused("cohort_going_ahead_says_who_when_and_why", change, goes_ahead_because="Because")
    refused("cohort_going_ahead_says_who_when_and_why", change, goes_ahead_with=1)


def test_who_waits_for_another_cohort_is_asked_once_and_can_say_yes(cast, browse, cohort):
    spring = another_cohort(cast.mei)
    asked = waiting(cast.mei, "Ana First", wanted=[spring])
    waiting(cast.mei, "Ben Any")
    mei, page = browse(cast.mei), reverse("ask_waiting", args=[cohort.pk])
    Cohort.objects.filter(pk=cohort.pk).update(status="open", starts_on=timezone.localdate() + timedelta(days=14))
    assert "1 on the waiting list would like other cohorts" in text(mei.get(page))
    before = SentMail.objects.count()
    assert "1 person gets an e-mail" in text(mei.post(page, follow=True))
    assert "Nobody waits for another cohort" in text(mei.post(page, follow=True))
    mail = SentMail.objects.exclude(address="").order_by("-created_at", "-pk")[0]
    assert SentMail.objects.count() == before + 1
    assert (mail.address, mail.subject) == (asked.email, OTHER_DATES)
    assert "Autumn" not in mail.subject + mail.reason
    browser, token = CheckingClient(), token_of(asked)
    starts = day(timezone.localdate() + timedelta(days=14))
    assert f"Would the course starting {starts} suit you as well?" in text(
        browser.get(reverse("application", args=[token]))
    )
    yes = reverse("want_as_well", args=[token, cohort.pk])
    assert f"Noted: the course starting {starts} would suit you as well" in text(browser.post(yes, follow=True))
    assert browser.post(yes).status_code == 404, "it is said once"
    assert set(asked.wanted.all()) == {spring, cohort}
    actions.run_waiting_list(programme_id=cohort.programme_id)
    assert asked.offers.get().cohort == cohort, "it begins first"


def test_nobody_is_asked_when_the_list_offers_no_more(cast, browse, cohort):
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=timezone.localdate() + timedelta(days=3))
    mei, page = browse(cast.mei), reverse("ask_waiting", args=[cohort.pk])
    assert "offers no places in the last 10 days" in text(mei.get(page))
    assert "offers no places in the last 10 days" in text(mei.post(page, follow=True))


def test_learners_move_to_another_cohort_and_hear_of_it_once(cast, browse, cohort):
    spring = another_cohort(cast.mei, most_places=2)
    mei, page = browse(cast.mei), reverse("move_learners", args=[cohort.pk])
    for name in ("Ana First", "Ben Second"):
        place_in(cohort, name, by=cast.mei)
    shown = text(mei.get(page))
    assert shown.count("checked") == 3, "everybody is chosen"
    everybody = [str(each.pk) for each in cohort.places.order_by("name")]
    assert "Choose the cohort" in text(mei.post(page, {"places": everybody}))
    assert "The other cohort has 2 places left" in text(mei.post(page, {"to": str(spring.pk), "places": everybody}))
    assert "2 moved" in text(mei.post(page, {"to": str(spring.pk), "places": everybody[:2]}, follow=True))
    assert set(spring.places.values_list("name", flat=True)) == {"Ana First", "Ben Second"}
    moved = SentMail.objects.filter(subject="Your place is on other dates now")
    assert sorted(moved.values_list("address", flat=True)) == ["ana.first@example.org", "ben.second@example.org"]
    assert AuditEvent.objects.filter(verb="place.moved").count() == 2


def move(place, to, cast):
    return actions.move_learners(cohort=place.cohort, to=to, places=[place.pk], by=cast.mei.acting)


def test_who_moves_goes_to_no_visit_of_the_cohort_and_is_told_each_time(cast, cohort):
    going, place = going_of(cast.mei), place_of(cast.mei)
    spring = another_cohort(cast.mei)
    for to in (spring, cohort, spring):
        place.refresh_from_db()
        assert move(place, to, cast) == 1
    going.refresh_from_db()
    assert going.given_back_at
    assert not going.offer.taken_places.live().exists()
    assert SentMail.objects.filter(subject="Your place is on other dates now").count() == 3


def test_who_only_apologised_can_be_moved_and_who_was_there_cannot(cast, cohort):
    session = cohort.sessions.order_by("number")[0]
    Session.objects.filter(pk=session.pk).update(on=timezone.localdate() + timedelta(days=1))
    session.refresh_from_db()
    place, spring = place_in(cohort, "Ana First", by=cast.mei), another_cohort(cast.mei)
    actions.apologise(place=place, session=session, reason="")
    assert CatchUp.objects.get(place=place, part=session.parts.first()).status == "open"
    assert move(place, spring, cast) == 1
    assert set(CatchUp.objects.filter(place=place).values_list("status", "because")) == {
        ("ended", "They moved to another cohort")
    }
    there = place_in(cohort, "Ben Second", by=cast.mei)
    Mark.objects.create(place=there, part=session.parts.first(), version=1, status="present", by=cast.mei.user)
    with pytest.raises(Refused, match="has attended here already"):
        move(there, spring, cast)


def test_nobody_is_asked_about_a_cohort_that_is_full_meanwhile(cast, cohort):
    asked = waiting(cast.mei, "Ana First", wanted=[another_cohort(cast.mei)])
    Cohort.objects.filter(pk=cohort.pk).update(status="open", starts_on=timezone.localdate() + timedelta(days=14))
    actions.ask_waiting(cohort=cohort, by=cast.mei.acting)
    browser, page = CheckingClient(), reverse("application", args=[token_of(asked)])
    assert "It has free places" in text(browser.get(page))
    Cohort.objects.filter(pk=cohort.pk).update(least_places=1, most_places=1)
    assert "It has free places" not in text(browser.get(page))


def test_nobody_moves_where_they_have_a_place_or_into_another_programme(cast, cohort):
    spring = another_cohort(cast.mei)
    place_in(spring, "Niamh Byrne", by=cast.mei)
    keys = list(cohort.places.values_list("pk", flat=True))
    said = {"cohort": cohort, "places": keys, "by": cast.mei.acting}
    with pytest.raises(Refused, match="in the other cohort already"):
        actions.move_learners(to=spring, **said)
    with pytest.raises(Refused, match="another cohort of this programme"):
        actions.move_learners(to=cohort, **said)
    with pytest.raises(Refused):
        actions.move_learners(to=spring, **said | {"by": cast.rafael.acting})


def test_when_it_is_cancelled_learners_are_told_once_and_it_never_is_by_itself(cast, browse, cohort):
    mei = browse(cast.mei)
    mei.post(reverse("cancel_cohort", args=[cohort.pk]), {"because": "Too few"})
    with pytest.raises(Refused):
        actions.cancel_cohort(cohort=cohort, because="Again", by=cast.mei.acting)
    told = SentMail.objects.filter(subject="A course is cancelled", address="niamh.byrne@example.org")
    assert told.count() == 1
    assert "Too few" not in told.get().reason


def test_the_first_page_asks_as_much_however_many_there_are(cast, browse, cohort, django_assert_num_queries):
    mei = browse(cast.mei)
    with CaptureQueriesContext(connection) as few:
        mei.get(reverse(HOME))
    for number in range(4):
        another_cohort(
            cast.mei, title=f"Cohort {number}", least_places=9, starts_on=timezone.localdate() + timedelta(days=9)
        )
    with django_assert_num_queries(len(few)):
        shown = text(mei.get(reverse(HOME)))
    assert "Cohort 3" in shown
