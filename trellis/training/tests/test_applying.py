"""Applying for a place, as the applicant, the manager and the centre do it on their pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from tests.applying import (
    agreed,
    another_cohort,
    application_of,
    booked_by,
    draft_in,
    offered,
    open_cohort,
    sent,
    token_of,
    waiting,
)
from tests.client import CheckingClient
from tests.reading import text, typed
from tests.training import a_friday
from trellis.core.dates import day
from trellis.core.models import AuditEvent, SentMail
from trellis.organisations.actions.providers import add_words
from trellis.organisations.models import Provider
from trellis.training import actions
from trellis.training.forms.admission import PEOPLE_AT_ONCE
from trellis.training.models import AccessNeeds, Application, ApplicationKey, Cohort, KeyFor, ManagerAnswer, Place
from trellis.training.rules.applications import APPLICATION_MOVES, BOOKED_NEXT, NEWS, NEXT_DATES, OTHER_DATES

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(cast):
    return open_cohort(cast.mei)


@pytest.fixture
def hazel(cast):
    provider = Provider.objects.create(
        number="EY700001", name="Hazel Nursery", name_key="hazel nursery", kind="full_day_care", sector="pvi",
        town="Fenwick", postcode="FW99 1AA", postcode_district="FW99", authority_id="E99000001",
    )  # fmt: skip
    add_words([("hazel", provider.number), ("nursery", provider.number)])
    return provider


def link_to(address, kind="application"):
    """The link in the last e-mail to an address."""
    beginning = "/apply/release/" if kind == "manager" else "/apply/with/"
    mails = SentMail.objects.filter(address=address, link__startswith=beginning).order_by("-created_at", "-pk")
    return mails[0].link


def answer(browser, page, said):
    """Send an answer to the page that a browser is on, and see the next."""
    return browser.post(page.request["PATH_INFO"], said, follow=True)


def test_somebody_without_an_account_applies_one_question_at_a_time(cast, cohort, hazel):
    browser = CheckingClient()
    page = reverse("apply_for_place", args=[cohort.programme_id])
    assert f"Starting {day(cohort.starts_on)}" in text(browser.get(page))
    shown = text(browser.post(page, {"name": "Niamh Byrne", "email": "Niamh.Byrne@example.org"}))
    assert "Look at your e-mail" in shown
    link = link_to("niamh.byrne@example.org")
    assert link.split("/")[3] not in ApplicationKey.objects.get().token_hash
    now = browser.get(link, follow=True)
    assert "Which dates would suit you?" in text(now)
    assert "Choose the dates that suit you" in text(answer(browser, now, {}))
    now = answer(browser, now, {"which": [str(cohort.pk)]})
    assert "Which setting do you work in?" in text(now)
    found = browser.get(now.request["PATH_INFO"], {"q": "hazel"})
    assert "Hazel Nursery, Fenwick, FW99 1AA" in text(found)
    now = browser.post(now.request["PATH_INFO"] + "?q=hazel", {"where": str(hazel.pk)}, follow=True)
    assert "What are you in your setting?" in text(now), "the register knows the authority"
    now = answer(browser, now, {"role": "about_to_be"})
    now = answer(browser, now, typed("role_from", timezone.localdate() + timedelta(days=30)))
    # On another device, she goes on where she stopped.
    browser = CheckingClient()
    now = browser.get(link, follow=True)
    assert "full and relevant Level 3" in text(now)
    now = answer(browser, now, {"level_3": "held"})
    now = answer(browser, now, {"which": "not_listed", "level_3_title": "Diploma"})
    now = answer(browser, now, {"years": "4"})
    now = answer(browser, now, {"earlier": "none"})
    now = answer(browser, now, {"funded_before": "no"})
    now = answer(browser, now, {"paid_by": "grant"})
    now = answer(browser, now, {"beside": "apart"})
    now = answer(browser, now, {"access": "A hearing loop", "adjustments": ""})
    now = answer(browser, now, {"manager_name": "Ines Carvalho", "manager_email": "ines@example.org"})
    assert "Check your answers" in text(now)
    assert "Hazel Nursery" in text(now)
    now = answer(browser, now, {})
    assert "Your application is sent" in text(now)
    application = Application.objects.get()
    assert (application.status, application.authority_id) == ("submitted", "E99000001")
    assert AccessNeeds.objects.get().access == "A hearing loop"
    # An answer that was sent cannot be changed by going back.
    back = reverse("application_step", args=[link.split("/")[3], "years"])
    browser.post(back, {"years": "9"})
    assert Application.objects.get().years == 4
    # The manager confirms by the link.
    manager = CheckingClient()
    asked = link_to("ines@example.org", "manager")
    assert "Niamh Byrne" in text(manager.get(asked))
    assert "hearing loop" not in text(manager.get(asked))
    four = ["release", "cover", "ratio", "observation"]
    some = manager.post(asked, {"agreed": "yes", "confirmed": four[:3], "name": "Ines Carvalho"})
    assert "Confirm all four" in text(some)
    done = manager.post(asked, {"agreed": "yes", "confirmed": four, "name": "Ines Carvalho"})
    assert "Thank you" in text(done)
    assert manager.get(asked).status_code == 404, "it is answered once"
    application.refresh_from_db()
    assert application.status == "eligible"
    assert [step.to_status for step in application.steps.order_by("at")] == ["submitted", "manager_agreed", "eligible"]
    assert "nothing speaks against a place" in text(browser.get(link))


def test_going_back_is_offered_once_and_the_sign_in_page_leads_to_courses(cast, cohort):
    browser, token = CheckingClient(), token_of(draft_in(cohort.programme))
    shown = text(browser.get(reverse("application_step", args=[token, "years"])))
    assert "Back" in shown
    assert "Cancel" not in shown
    assert f'href="{reverse("courses_to_apply_for")}"' in browser.get(reverse("account_login")).content.decode()


def test_the_page_says_the_same_whether_or_not_somebody_has_begun(cast, cohort):
    draft_in(cohort.programme)
    page = reverse("apply_for_place", args=[cohort.programme_id])
    said = {"name": "Niamh Byrne", "email": "niamh.byrne@example.org"}
    first = text(CheckingClient().post(page, said))
    other = text(CheckingClient().post(page, said | {"email": "somebody@example.org"}))
    assert first.replace("niamh.byrne@", "somebody@") == other
    assert Application.objects.filter(email="niamh.byrne@example.org").count() == 1


def test_links_are_not_sent_without_end(cast, cohort):
    page = reverse("apply_for_place", args=[cohort.programme_id])
    answers = [CheckingClient().post(page, {"name": "N", "email": "n@example.org"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_mails_say_a_link_and_a_reason_and_no_content(cast, cohort):
    application = agreed(sent(draft_in(cohort.programme)))
    actions.decide_application(
        application=application, decision="not_eligible", because="She showed us something", by=cast.mei.acting
    )
    open_cohort(cast.mei)
    offered(cast.mei, "Ana First")
    waiting(cast.mei, "Ben Second")
    for mail in SentMail.objects.all():
        for words in ("Byrne", "Willow", "She showed us"):
            assert words not in mail.subject + mail.reason
    news = SentMail.objects.filter(link__startswith="/apply/with/").order_by().values_list("subject", flat=True)
    assert set(news) == {
        "Your application for a course goes on: the centre decides next",
        "There is a decision about your application for a course",
        "You are offered a place on a course",
        "You are on the waiting list for a course",
    }, "the news, and nothing about anybody"


def test_every_news_has_a_subject_of_its_own_and_every_status_says_what_comes_next():
    told = {to for moves in APPLICATION_MOVES.values() for to in moves}
    silent = {"submitted", "manager_agreed", "accepted", "declined", "withdrawn"}
    assert set(NEWS) == told - silent, "what applicants do themselves, and what goes on by itself, no mail tells"
    assert len({*NEWS.values(), OTHER_DATES, NEXT_DATES}) == len(NEWS) + 2
    assert set(BOOKED_NEXT) == set(APPLICATION_MOVES)


def test_links_to_courses_differ_and_no_applicant_reads_of_cohorts(cast, cohort, browse):
    another_cohort(cast.mei)
    first, second = (
        another_cohort(cast.mei, title=title, starts_on=a_friday(16)) for title in ("Mornings", "Evenings")
    )
    assert Cohort.objects.filter(title__contains="cohort").exists(), "what the centre calls it"
    browser = CheckingClient()
    listed = browser.get(reverse("courses_to_apply_for"))
    links = [
        " ".join(each.get_text().split()) for each in BeautifulSoup(listed.content, "html5lib").select("main li a")
    ]
    assert len(set(links)) == len(links) == 4
    assert all("starting" in each for each in links)
    assert all(any(words.title in each for each in links) for words in (first, second)), "told apart by their titles"
    course = browser.get(reverse("apply_for_place", args=[cohort.programme_id]))
    draft = draft_in(cohort.programme)
    token = token_of(draft)
    pages = [listed, course, browser.get(reverse("application_step", args=[token, "cohort"]))]
    pages.append(browser.get(reverse("check_application", args=[token])))
    asked = token_of(sent(draft_in(cohort.programme, "Femi Balogun")), "manager")
    pages.append(browser.get(reverse("confirm_release", args=[asked])))
    place = offered(cast.mei, "Ana First")
    pages.append(browser.get(reverse("application", args=[token_of(place)])))
    pages.append(browser.get(reverse("answer_offer", args=[token_of(place), "accept"])))
    for page in pages:
        assert page.status_code == 200
        assert "cohort" not in BeautifulSoup(page.content, "html5lib").select_one("main").get_text().lower()


def test_a_booking_grows_by_one_and_loses_nothing(cast, browse, cohort):
    browser, page = browse(cast.amara), reverse("book_people", args=[cohort.programme_id])
    first = text(browser.get(page))
    assert ("person-2-name" in first, "person-3-name" in first) == (True, False)
    said = {"person-1-name": "Priya Nair", "person-1-email": "priya", "person-2-name": "Leila Aziz"}
    said |= {"confirmed": ["release"], "one_more": "yes"}
    answer = browser.post(page, said)
    grown = text(answer)
    assert "There is a problem" not in grown, "nothing is checked before it is sent"
    for words in ('value="Priya Nair"', 'value="priya"', 'value="Leila Aziz"', "person-3-name"):
        assert words in grown
    assert BeautifulSoup(answer.content, "html5lib").select_one("input[value=release]").has_attr("checked")
    assert not Application.objects.exists()
    four = {"confirmed": ["release", "cover", "ratio", "observation"]}
    third = {
        "person-3-name": "Tomasz Zielinski",
        "person-3-email": "tomasz.zielinski@example.org",
        "person-3-role": "senco",
    }
    assert "1 person gets an e-mail" in text(browser.post(page, third | four, follow=True))
    full = {f"person-{number}-name": "" for number in range(1, PEOPLE_AT_ONCE + 1)}
    assert "Add another person" not in text(browser.post(page, full | {"one_more": "yes"}))


def test_each_booked_person_leads_to_how_far_it_is_with_them(cast, browse, cohort):
    booked = booked_by(cast.amara)
    browser, address = browse(cast.amara), reverse("booked_application", args=[booked.pk])
    assert address in text(browser.get(reverse("my_applications")))
    shown = text(browser.get(address))
    assert "They have an e-mail with a link and answer the rest there" in shown
    Application.objects.filter(pk=booked.pk).update(level_3_title="Diploma of a private kind")
    own = draft_in(cohort.programme, "Oskar Bell")
    assert "Diploma of a private kind" not in text(browser.get(address))
    assert browser.get(reverse("booked_application", args=[own.pk])).status_code == 404
    assert browse(cast.megan).get(address).status_code == 404


def test_a_signed_in_senco_begins_without_the_mail(cast, browse, cohort):
    browser = browse(cast.priya)
    page = browser.post(reverse("apply_for_place", args=[cohort.programme_id]), follow=True)
    assert "Which dates would suit you?" in text(page)
    application = Application.objects.get()
    assert (application.user, application.setting) == (cast.priya.user, cast.amara.organisation)
    assert "setting" in application.answered
    mine = browser.get(reverse("my_applications"))
    assert "Go on" in text(mine)
    assert browser.post(reverse("open_my_application", args=[application.pk])).status_code == 302
    assert browse(cast.tomasz).post(reverse("open_my_application", args=[application.pk])).status_code == 404


def test_a_manager_says_no_with_a_reason_and_is_asked_again(cast, cohort):
    application = sent(draft_in(cohort.programme))
    manager, browser = CheckingClient(), CheckingClient()
    asked = reverse("confirm_release", args=[token_of(application, KeyFor.MANAGER)])
    shown = text(manager.get(asked))
    last = cohort.sessions.order_by("on").last().on
    for said in ("12 days", f"{day(cohort.starts_on)} to {day(last)}", "Fridays", "9:30am to 3:30pm", cohort.venue):
        assert said in shown
    assert "Nothing: the places are funded" in shown
    assert not [each for each in ("Diploma for the early", "funded before") if each in shown], "their answers"
    assert "Say why it is not possible" in text(manager.post(asked, {"agreed": "no", "name": "Ines"}))
    manager.post(asked, {"agreed": "no", "because": "Nobody can cover in autumn", "name": "Ines"})
    token = token_of(application)
    assert "Nobody can cover in autumn" in text(browser.get(reverse("application", args=[token])))
    browser.post(reverse("ask_manager_again", args=[token]))
    application.refresh_from_db()
    assert application.status == "submitted"
    assert agreed(application).status == "eligible"
    assert ManagerAnswer.objects.count() == 2


def test_a_manager_books_several_people_and_hears_of_each_line_that_is_refused(cast, browse, cohort):
    draft_in(cohort.programme)
    browser = browse(cast.amara)
    page = reverse("book_people", args=[cohort.programme_id])
    lines = {
        "person-1-name": "Priya Nair", "person-1-email": "priya.nair@example.org", "person-1-role": "senco",
        "person-2-name": "Niamh Byrne", "person-2-email": "niamh.byrne@example.org", "person-2-role": "practitioner",
    }  # fmt: skip
    four = {"confirmed": ["release", "cover", "ratio", "observation"]}
    assert "Confirm all four" in text(browser.post(page, lines))
    assert "Enter at least one person" in text(browser.post(page, four))
    shown = text(browser.post(page, lines | four, follow=True))
    assert "2 people get an e-mail" in shown, "who has applied by themselves is not told to the manager"
    assert "Priya Nair" in shown
    assert "Niamh Byrne" not in shown
    booked = Application.objects.get(email="priya.nair@example.org")
    assert booked.setting == cast.amara.organisation
    own = Application.objects.get(email="niamh.byrne@example.org")
    assert (own.setting, own.booked_by, own.answers.count()) == (None, None, 0)
    assert "Check your answers" in text(CheckingClient().get(link_to(own.email), follow=True))
    again = text(browser.post(page, lines | four))
    assert again.count("You have applied for them already") == 2, "in the summary and at the line of her own booking"
    assert "1 booked. The others are below" in again
    assert AuditEvent.objects.filter(verb="application.asked_for").count() == 1, "and one mail on one day"
    mails = SentMail.objects.filter(subject="Your setting would like you to take part in a course")
    assert sorted(mails.values_list("address", flat=True)) == [own.email, booked.email]
    assert "applies for a place for you" not in mails[0].reason, "that is not true of whoever applied before"
    assert "where it stands, and what is left" in mails[0].reason
    link = link_to("priya.nair@example.org")
    assert "Which dates" in text(CheckingClient().get(link, follow=True))
    booked.answered = [
        *booked.answered,
        *("cohort", "level-3", "level-3-which", "years", "training", "funded", "funding", "beside", "needs"),
    ]
    booked.level_3, booked.in_england = "held", True
    booked.save()
    assert sent(booked).status == "eligible", "the setting has agreed with the booking"


def test_what_needs_information_is_answered_and_looked_at_again(cast, cohort):
    application = agreed(sent(draft_in(cohort.programme, level_3="unsure")))
    assert application.status == "needs_information"
    browser, token = CheckingClient(), token_of(application)
    page = browser.get(reverse("check_application", args=[token]))
    assert "It is not clear whether your Level 3" in text(page)
    browser.post(reverse("application_step", args=[token, "level-3"]), {"level_3": "held"})
    browser.post(reverse("check_application", args=[token]))
    application.refresh_from_db()
    assert application.status == "eligible"


def test_an_offer_is_accepted_by_link_and_there_is_a_place_with_milestones(cast, browse, cohort):
    application = application_of(cast.mei)
    browser = browse(cast.mei)
    page = reverse("offer_place", args=[application.pk])
    assert "0 of 30 places taken, 0 offered" in text(browser.get(page))
    late = {"cohort": str(cohort.pk)} | typed("until", cohort.starts_on + timedelta(days=1))
    assert "the answer is needed before that" in text(browser.post(page, late))
    browser.post(page, late | typed("until", a_friday(1)))
    assert "0 of 30 places taken, 1 offered" in text(browser.get(page))
    applicant, token = CheckingClient(), token_of(application)
    assert "You are offered a place" in text(applicant.get(reverse("application", args=[token])))
    accept = reverse("answer_offer", args=[token, "accept"])
    assert "Accept the place?" in text(applicant.get(accept))
    shown = text(applicant.post(accept, follow=True))
    assert f"You have a place on the course starting {day(cohort.starts_on)}" in shown
    place = Place.objects.get()
    dates = reverse("dates_by_link", args=[actions.token_of(actions.feed_of_place(place))])
    links = applicant.get(reverse("application", args=[token])).content.decode()
    assert f'href="{dates}"' in links, "their dates, without an account"
    assert f'href="{reverse("my_training")}"' not in links
    assert "Sessions to come" in text(applicant.get(dates))
    assert set(place.milestones.values_list("kind", flat=True)) == {"applied", "accepted"}
    assert "answered already" in text(applicant.post(accept, follow=True))
    assert AuditEvent.objects.filter(verb="place.given", chain=str(cast.mei.organisation.pk)).count() == 1


def test_an_offer_is_declined_and_the_applicant_can_withdraw(cast, cohort):
    browser = CheckingClient()
    token = token_of(offered(cast.mei))
    browser.post(reverse("answer_offer", args=[token, "decline"]))
    assert "You left the place to somebody else" in text(browser.get(reverse("application", args=[token])))
    browser.get(reverse("withdraw_application", args=[token]))
    shown = text(browser.post(reverse("withdraw_application", args=[token]), follow=True))
    assert "You withdrew this application" in shown
    assert not Place.objects.exists()


def test_withdrawing_ends_the_offer(cast, cohort):
    application = offered(cast.mei)
    actions.withdraw_application(application=application)
    assert application.offers.get().status == "taken_back"
