"""Applications as the centre sees them on its pages: who sees what, deciding, offering, the list, the rules."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.applying import (
    agreed,
    another_cohort,
    application_of,
    draft_in,
    offered,
    open_cohort,
    sent,
    token_of,
    waiting,
)
from tests.client import CheckingClient
from tests.reading import text, typed
from tests.training import a_friday, place_in, programme_of
from trellis.accounts.models import User
from trellis.core.models import SentMail
from trellis.core.refusal import Refused
from trellis.organisations.actions.organisation import change_organisation
from trellis.training import actions
from trellis.training.models import AccessNeeds, Offer, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(cast):
    return open_cohort(cast.mei)


def test_only_those_who_arrange_see_what_somebody_needs(cast, browse, cohort):
    application = draft_in(cohort.programme)
    AccessNeeds.objects.create(application=application, access="A hearing loop")
    page = agreed(sent(application)).get_absolute_url()
    assert "A hearing loop" in text(browse(cast.mei).get(page))
    assert "A hearing loop" in text(browse(cast.kofi).get(page))
    assert browse(cast.zofia).get(page).status_code == 403
    needs = AccessNeeds.objects
    assert not needs.visible_to(cast.zofia.acting).exists(), "she has no place yet"
    for other in (cast.rafael, cast.daniel, cast.ruth, cast.amara, cast.sam, cast.idris):
        assert not needs.visible_to(other.acting).exists()
    actions.offer_place(application=application, cohort=cohort, until=a_friday(1), by=cast.mei.acting)
    actions.accept_offer(application=application)
    assert needs.visible_to(cast.zofia.acting).exists(), "she teaches the cohort"
    assert not needs.visible_to(cast.daniel.acting).exists(), "his authority does not deliver it"


def test_a_draft_is_the_applicant_s_alone(cast, browse, cohort):
    application = draft_in(cohort.programme)
    page = reverse("show_application", args=[application.pk])
    assert browse(cast.mei).get(page).status_code == 404
    sent(application)
    assert browse(cast.mei).get(page).status_code == 200
    assert browse(cast.rafael).get(page).status_code == 404


def test_a_person_decides_beside_the_rules_and_the_rules_stay(cast, browse, cohort):
    application = agreed(sent(draft_in(cohort.programme, level_3="no")))
    assert application.status == "not_eligible"
    browser, page = browse(cast.kofi), reverse("decide_application", args=[application.pk])
    assert "Say why you decide so" in text(browser.post(page, {"decision": "eligible"}))
    shown = text(browser.post(page, {"decision": "eligible", "because": "She showed us her certificate"}, follow=True))
    assert "They hold no full and relevant Level 3 qualification" in shown
    assert "She showed us her certificate" in shown
    assert "level_3_missing" not in shown, "rules are told in words"
    assert "(Kofi Ansah; decided by a person)" in shown
    assert [row.code for row in application.decisions.order_by("at")] == ["level_3_missing", "decided_by_person"]
    application.refresh_from_db()
    assert application.status == "submitted", "the setting is asked now, and was not before"
    assert SentMail.objects.filter(address="ines.carvalho@example.org").count() == 1
    assert agreed(application).status == "eligible", "what a person decided stands when the setting has agreed"
    assert application.decisions.count() == 2


def test_nobody_decides_over_a_setting_that_said_no(cast, cohort):
    application = sent(draft_in(cohort.programme))
    application.status = "manager_refused"
    application.save(update_fields=["status"])
    with pytest.raises(Refused, match="has moved on"):
        actions.decide_application(
            application=application, decision="eligible", because="We want her", by=cast.kofi.acting
        )
    application.refresh_from_db()
    assert application.status == "manager_refused"


def test_what_the_answers_say_is_judged_before_the_manager_is_asked(cast, browse, cohort):
    application = draft_in(cohort.programme, funded_before=True)
    check = reverse("check_application", args=[token_of(application)])
    against = "You have had a funded place before"
    shown = text(CheckingClient().get(check))
    assert against in shown
    assert "your manager is not asked before that" in shown
    shown = text(CheckingClient().post(check, follow=True))
    assert against in shown
    application.refresh_from_db()
    assert application.status == "not_eligible"
    assert not SentMail.objects.filter(address="ines.carvalho@example.org").exists()
    assert "Was not asked: the answers alone" in text(browse(cast.mei).get(application.get_absolute_url()))
    fine = CheckingClient().get(
        reverse("check_application", args=[token_of(draft_in(cohort.programme, "Oona Reilly"))])
    )
    assert "cannot be offered" not in text(fine)
    assert "your manager is asked" in text(fine)


def test_an_applicant_reads_where_to_write_or_whom_to_ask(cast, cohort):
    page = reverse("application", args=[token_of(sent(draft_in(cohort.programme, level_3="no")))])
    assert "the early years team of your local authority knows how to reach them" in text(CheckingClient().get(page))
    where = {"contact_email": "courses@example.org", "contact_phone": "01632 960118"}
    change_organisation(organisation=cast.mei.organisation, name="Marches", by=cast.mei.acting, **where)
    shown = text(CheckingClient().get(page))
    assert '<a class="govuk-link" href="mailto:courses@example.org">courses@example.org</a> or 01632 960118' in shown


def test_who_completed_here_or_was_funded_is_known_whatever_they_say(cast, cohort):
    place = place_in(cohort, "Niamh Byrne", by=cast.mei)
    application = agreed(sent(draft_in(cohort.programme)))
    assert application.decisions.get().code == "already_funded"
    Place.objects.filter(pk=place.pk).update(status="completed")
    other = agreed(
        sent(draft_in(cohort.programme, "N Byrne", user=User.objects.create(name="N", email="n@example.org")))
    )
    assert other.status == "eligible"
    Place.objects.filter(pk=place.pk).update(user=other.user)
    again = agreed(sent(draft_in(programme_of(cast.mei, title="Another"), "N Byrne", user=other.user)))
    assert again.decisions.get().code == "already_holds"


def test_a_place_that_is_offered_is_not_given_to_somebody_else(cast, cohort):
    open_cohort(cast.mei, most_places=1)
    offered(cast.mei)
    with pytest.raises(Refused, match="The only place"):
        place_in(cohort, "Oskar Bell", by=cast.mei)
    other = application_of(cast.mei, "Oskar Bell")
    with pytest.raises(Refused, match="taken or offered"):
        actions.offer_place(application=other, cohort=cohort, until=a_friday(1), by=cast.mei.acting)


def test_the_list_is_filtered_and_asks_as_much_however_many_there_are(
    cast, browse, cohort, django_assert_max_num_queries
):
    browser, page = browse(cast.mei), reverse("applications", args=[cohort.programme_id])
    assert "Nobody has applied yet" in text(browser.get(page))
    spring = another_cohort(cast.mei)
    application_of(cast.mei)
    waiting(cast.mei, "Oskar Bell", beside="apart", wanted=[spring])
    with django_assert_max_num_queries(60) as few:
        browser.get(page)
    for number in range(5):
        application_of(cast.mei, f"Somebody {number}", email=f"s{number}@example.org")
    with django_assert_max_num_queries(len(few)):
        everybody = text(browser.get(page))
    assert "Oskar Bell" in everybody
    only = text(browser.get(page, {"status": "waiting"}))
    assert "Oskar Bell" in only
    assert "Niamh Byrne" not in only
    assert "Niamh Byrne" not in text(browser.get(page, {"cohort": str(spring.pk)}))
    assert "Niamh Byrne" not in text(browser.get(page, {"beside": "apart"}))
    assert "No application like that" in text(browser.get(page, {"status": "accepted"}))


def test_what_waits_for_a_decision_comes_first_and_what_ended_last(cast, browse, cohort):
    page = reverse("applications", args=[cohort.programme_id])
    over = another_cohort(cast.mei, title="Long ago", status="finished", starts_on=a_friday(30))
    later = another_cohort(cast.mei)
    agreed(sent(draft_in(cohort.programme, "Not Eligible", level_3="no")))
    sent(draft_in(cohort.programme, "Setting Asked"))
    waiting(cast.mei, "Long Waiting")
    application_of(cast.mei, "To Decide")
    shown = text(browse(cast.mei).get(page))
    names = ["To Decide", "Setting Asked", "Not Eligible"]
    assert [shown.index(each) for each in names] == sorted(shown.index(each) for each in names)
    assert shown.index("To Decide") < shown.index("Long Waiting") < shown.index("Not Eligible")
    cohorts = browse(cast.mei).get(page).content.decode()
    titles = [cohorts.index(str(each.pk)) for each in (later, cohort, over)]
    assert titles == sorted(titles), "cohorts that are over come last"
    only = text(browse(cast.mei).get(page, {"status": "to_decide"}))
    assert "Long Waiting" not in only
    assert "Setting Asked" not in only


def test_the_first_page_says_what_waits_and_which_offers_end(cast, browse, cohort, django_assert_num_queries):
    browser, page = browse(cast.mei), reverse("applications", args=[cohort.programme_id])
    assert "for a decision" not in text(browser.get("/"))
    application_of(cast.mei)
    offered(cast.mei, "Oskar Bell")
    ends = timezone.localdate() + timedelta(days=4)
    Offer.objects.update(until=ends)
    with CaptureQueriesContext(connection) as before:
        shown = text(browser.get("/"))
    assert "1 application waits for a decision" in shown
    assert "within three days" not in shown
    Offer.objects.update(until=ends - timedelta(days=1))
    for number in range(3):
        application_of(cast.mei, f"Somebody {number}", email=f"s{number}@example.org")
    with django_assert_num_queries(len(before)):
        home = browser.get("/")
    assert "4 applications wait for a decision" in text(home)
    assert "1 offer ends within three days" in text(home)
    for status, name, other in (("to_decide", "Niamh Byrne", "Oskar Bell"), ("ending", "Oskar Bell", "Niamh Byrne")):
        assert f'href="{page}?status={status}"' in home.content.decode()
        listed = text(browser.get(page, {"status": status}))
        assert name in listed
        assert other not in listed
    assert "for a decision" not in text(browse(cast.zofia).get("/")), "she decides nothing"


def test_the_cohort_that_somebody_asked_for_is_chosen_already_and_full_ones_are_left_out(cast, browse, cohort):
    spring, full = another_cohort(cast.mei), another_cohort(cast.mei, title="Full cohort", most_places=1)
    offering = application_of(cast.mei, "Oskar Bell", wanted=[full])
    actions.offer_place(application=offering, cohort=full, until=a_friday(1), by=cast.mei.acting)
    browser = browse(cast.mei)

    def choices(**said):
        application = application_of(cast.mei, **said)
        shown = browser.get(reverse("offer_place", args=[application.pk]))
        options = re.findall(r'<option value="([^"]*)"( selected)?', shown.content.decode())
        return dict(options), text(shown)

    found, shown = choices(wanted=[spring])
    assert found == {"": "", str(cohort.pk): "", str(spring.pk): " selected"}
    assert "1 offered: it is full, so it cannot be chosen" in shown
    found, _ = choices(name="Noor Amin", wanted=[full])
    assert " selected" not in found.values() or found[""] == " selected", (
        "what they asked for is full: nothing is guessed"
    )


def test_a_rule_is_changed_from_a_day_on_with_its_source(cast, browse, cohort):
    browser = browse(cast.mei)
    page = reverse("change_admission_rule", args=[cohort.programme_id, "level_3_missing"])
    browser.get(page)
    said = {"value": "0", "reason": "Our funder does not ask", "source": "Contract, section 4", "certainty": "agreed"}
    late = typed("from_on", timezone.localdate() - timedelta(days=1))
    assert "cannot have changed in the past" in text(browser.post(page, said | late))
    browser.post(page, said | typed("from_on", timezone.localdate() + timedelta(days=5)))
    assert agreed(sent(draft_in(cohort.programme, "A B", level_3="no"))).status == "not_eligible", "not yet"
    browser.post(page, said | typed("from_on", timezone.localdate()))
    assert "Contract, section 4" in text(browser.get(reverse("admission_rules", args=[cohort.programme_id])))
    assert agreed(sent(draft_in(cohort.programme, level_3="no"))).status == "eligible"
    points = reverse("change_admission_rule", args=[cohort.programme_id, "in_post"])
    many = said | typed("from_on", timezone.localdate()) | {"value": "101"}
    assert "from 0 to 100" in text(browser.post(points, many))
