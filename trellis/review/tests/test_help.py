"""A setting asks its authority for help, without releasing anything."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from tests.releasing import help_of
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.organisations.actions import people
from trellis.organisations.models import Membership, Organisation
from trellis.review import actions
from trellis.review.models import HelpRequest, HelpStep, Release
from trellis.review.rules.help import HELP_MOVES, why_not_move_help

pytestmark = pytest.mark.django_db
ASKED = {"topic": "behaviour", "wanted": "visit", "words": "Tidy-up time is hard. Who could come and look?"}


def main_of(page):
    return " ".join(BeautifulSoup(page.content, "html5lib").select_one("main").get_text(" ").split())


def test_asked_answered_and_helped(cast, half, browse):
    setting, authority = browse(cast.priya), browse(cast.ruth)
    setting.post(reverse("ask_for_help"), ASKED)
    asked = HelpRequest.objects.get()
    assert (asked.asked_of, asked.asked_by) == (cast.daniel.organisation, cast.priya.user)
    told = SentMail.objects.filter(once_key=f"help {asked.pk}")
    assert {mail.user.name for mail in told} == {"Daniel Whitfield", "Ruth Abara"}
    assert "Tidy-up" not in "".join(mail.subject + mail.reason for mail in told)

    assert "Bramble Lane Nursery" in main_of(authority.get(reverse("help_wanted")))
    address = reverse("answer_help", args=[asked.pk])
    assert "Tidy-up time is hard" in main_of(authority.get(address))
    authority.post(address, {"words": "I can come on Tuesday", "do": "answer"})
    asked.refresh_from_db()
    assert (asked.status, asked.first_answered_at is not None) == ("answered", True)
    assert asked.assigned_to == cast.ruth.user, "whoever answers sees to it"
    assert SentMail.objects.filter(once_key=f"help {asked.pk}", state="queued").count() == 0

    assert "Your authority has answered" in browse(cast.amara).get("/").content.decode()
    page = setting.get(asked.get_absolute_url())
    assert "I can come on Tuesday" in main_of(page)
    setting.post(asked.get_absolute_url(), {"do": "helped", "words": "Thank you"})
    asked.refresh_from_db()
    assert (asked.status, asked.closed_by) == ("closed", cast.priya.user)
    assert "This helped" in main_of(authority.get(address))
    assert "Your authority has answered" not in browse(cast.amara).get("/").content.decode()
    assert list(HelpStep.objects.values_list("kind", flat=True)) == ["asked", "answered", "helped"]
    for organisation in (cast.amara.organisation, cast.daniel.organisation):
        verbs = AuditEvent.objects.filter(chain=str(organisation.pk), verb__startswith="help.")
        assert list(verbs.order_by("number").values_list("verb", flat=True)) == [
            "help.asked",
            "help.answered",
            "help.helped",
        ]


def test_nothing_of_the_review_goes_with_it(cast, half, browse):
    browser = browse(cast.amara)
    address = reverse("ask_about_statement", args=[half.round.pk, "C1"])
    page = BeautifulSoup(browser.get(address).content, "html5lib")
    assert page.select_one("select[name=topic] option[selected]")["value"] == "working-with-parents"
    browser.post(address, ASKED | {"topic": "working-with-parents"})
    asked = HelpRequest.objects.get()
    assert asked.statement.code == "C1"
    assert "From statement C1" in main_of(browser.get(asked.get_absolute_url()))
    assert not Release.objects.exists()
    seen = main_of(browse(cast.ruth).get(reverse("answer_help", args=[asked.pk])))
    assert "Area for development" not in seen
    assert "C1" not in seen


def test_a_statement_of_another_setting_is_not_there(cast, half, browse):
    assert browse(cast.joanna).get(reverse("ask_about_statement", args=[half.round.pk, "C1"])).status_code == 404


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"topic": ""}, "Choose what it is about"),
        ({"wanted": ""}, "Choose what would help"),
        ({"words": " "}, "Say in a sentence"),
        ({"by_when-day": "1", "by_when-month": "1", "by_when-year": "2020"}, "a day that is still to come"),
    ],
)
def test_what_is_missing_is_said(cast, browse, given, sentence):
    assert sentence in browse(cast.amara).post(reverse("ask_for_help"), ASKED | given).content.decode()
    assert not HelpRequest.objects.exists()


def test_a_warning_when_it_looks_as_if_about_a_child(cast, browse):
    said = ASKED | {"words": "See Noah’s plan"}
    page = browse(cast.amara).post(reverse("ask_for_help"), said, follow=True)
    assert "looks as if it names a child" in page.content.decode()


def test_an_authority_that_is_not_here_gets_a_text(cast, browse):
    Organisation.objects.filter(pk=cast.idris.organisation.pk).update(authority=None, kind="group")
    browser = browse(cast.joanna)
    assert "Harrowmere does not use Trellis yet" in browser.get(reverse("ask_for_help")).content.decode()
    page = browser.post(reverse("ask_for_help"), ASKED)
    assert "Nothing was sent" in page.content.decode()
    assert "Tidy-up time is hard" in main_of(page)
    mail = BeautifulSoup(page.content, "html5lib").select_one("a[href^=mailto]")["href"]
    assert "Tall%20Oaks" in mail
    assert not HelpRequest.objects.exists()
    with pytest.raises(Refused, match="does not use Trellis yet"):
        help_of(cast.joanna)


def test_given_to_a_colleague_at_any_time(cast, browse):
    asked = help_of(cast.amara)
    browser = browse(cast.daniel)
    address = reverse("assign_help", args=[asked.pk])
    browser.post(address, {"to": str(cast.ruth.user.pk)})
    browser.post(address, {"to": str(cast.ruth.user.pk)})
    asked.refresh_from_db()
    assert asked.assigned_to == cast.ruth.user
    assert asked.steps.filter(kind="assigned").count() == 1
    assert SentMail.objects.filter(user=cast.ruth.user, subject__contains="was given to you").count() == 1
    assert "Bramble Lane" in main_of(browse(cast.ruth).get(reverse("help_wanted") + "?show=mine"))
    assert "Bramble Lane" not in main_of(browser.get(reverse("help_wanted") + "?show=mine"))
    assert "Choose a colleague" in browser.post(address, {"to": str(cast.idris.user.pk)}, follow=True).content.decode()
    with pytest.raises(Refused, match="do not answer requests"):
        actions.assign_help(request=asked, to=cast.joanna.user, by=cast.daniel.acting)


def test_nobody_who_has_left_is_written_to(cast):
    asked = help_of(cast.priya)
    actions.assign_help(request=asked, to=cast.ruth.user, by=cast.daniel.acting)
    people.end_membership(membership=cast.ruth.membership, by=cast.daniel.acting)
    people.end_membership(membership=cast.priya.membership, by=cast.amara.acting)
    before = set(SentMail.objects.values_list("pk", flat=True))
    actions.answer_help(request=asked, words="Ruth comes on Tuesday", by=cast.daniel.acting)
    actions.ask_again(request=asked, words="Nobody came", by=cast.amara.acting)
    told = SentMail.objects.exclude(pk__in=before).order_by("created_at").values_list("user__name", "subject")
    assert set(told) == {
        ("Amara Okafor", "Your request for help was answered"),
        ("Tomasz Wójcik", "Your request for help was answered"),
        ("Daniel Whitfield", "A setting asks again"),
    }


def test_asked_again_withdrawn_and_closed(cast, browse):
    asked, setting, authority = help_of(cast.megan), browse(cast.megan), browse(cast.daniel)
    page, answer = asked.get_absolute_url(), reverse("answer_help", args=[asked.pk])
    assert "This request is still open" in setting.post(page, {"do": "again", "words": "x"}).content.decode()
    authority.post(answer, {"words": "Ring Ruth", "do": "answer"})
    assert "Say what is still missing" in setting.post(page, {"do": "again"}).content.decode()
    setting.post(page, {"do": "again", "words": "She is on leave"})
    assert HelpRequest.objects.get().status == "open"
    assert SentMail.objects.filter(subject="A setting asks again").count() == 1
    first = HelpRequest.objects.get().first_answered_at
    authority.post(answer, {"words": "Then ring Daniel", "do": "answer"})
    assert HelpRequest.objects.get().first_answered_at == first
    authority.post(answer, {"words": "And here is the number", "do": "answer"})
    authority.post(answer, {"words": "Nothing more is needed", "do": "close"})
    assert HelpRequest.objects.get().status == "closed"
    assert "This request is closed" in authority.post(answer, {"words": "x", "do": "answer"}).content.decode()
    setting.post(page, {"do": "again", "words": "It came back"})
    setting.post(page, {"do": "withdraw"})
    assert HelpRequest.objects.get().status == "withdrawn"
    assert "withdrawn this request" in authority.post(answer, {"words": "x", "do": "answer"}).content.decode()
    assert "withdrawn this request" in main_of(authority.get(answer))
    setting.post(page, {"do": "dance"})
    assert HelpRequest.objects.get().status == "withdrawn"


def test_two_who_answer_at_once_are_told(cast):
    asked = help_of(cast.amara)
    stale = HelpRequest.objects.get(pk=asked.pk)
    actions.withdraw_help(request=asked, words="", by=cast.amara.acting)
    with pytest.raises(Refused, match="Somebody else"):
        actions.answer_help(request=stale, words="On Tuesday", by=cast.ruth.acting)
    assert not HelpStep.objects.filter(kind="answered").exists()


@pytest.mark.parametrize("status", list(HELP_MOVES))
@pytest.mark.parametrize("to", list(HELP_MOVES))
def test_moves(status, to):
    allowed = why_not_move_help(status=status, to=to, words="x") is None
    assert allowed == (to in HELP_MOVES[status] or status == to == "answered")


def test_the_list_is_filtered_by_state_and_topic(cast, browse):
    asked = help_of(cast.amara)
    help_of(cast.megan)
    actions.answer_help(request=asked, words="On Tuesday", by=cast.ruth.acting)
    browser, address = browse(cast.daniel), reverse("help_wanted")
    seen = {show: main_of(browser.get(f"{address}?show={show}")) for show in ("open", "answered", "over", "all")}
    assert ["Bramble Lane" in page for page in seen.values()] == [False, True, False, True]
    assert ["Megan Price" in page for page in seen.values()] == [True, False, False, True]
    assert "Megan Price" not in main_of(browser.get(f"{address}?topic=transition"))
    assert "Megan Price" in main_of(browser.get(f"{address}?topic=behaviour&show=dreamt"))


def test_another_authority_sees_nothing(cast, browse):
    help_of(cast.amara)
    assert "Nobody is waiting" in main_of(browse(cast.idris).get(reverse("help_wanted")))


def test_the_figures_are_about_the_authority(cast, browse):
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=20), tick=False):
        first, second = help_of(cast.amara), help_of(cast.megan)
    with time_machine.travel(now - timedelta(days=16), tick=False):
        actions.answer_help(request=first, words="On Tuesday", by=cast.ruth.acting)
    with time_machine.travel(now - timedelta(days=10), tick=False):
        actions.say_it_helped(request=first, words="", by=cast.amara.acting)
    page = main_of(browse(cast.daniel).get(reverse("help_figures")))
    assert "To the first answer 4 days" in page
    assert "To the end 10 days" in page
    assert "The longest that somebody waits now 20 days" in page
    assert "Behaviour as communication 2" in page
    assert "Bramble" not in page
    actions.withdraw_help(request=second, words="", by=cast.megan.acting)
    assert "Nobody waits" in main_of(browse(cast.daniel).get(reverse("help_figures")))


@pytest.mark.parametrize(("name", "who", "most"), [("help_requests", "amara", 4), ("help_wanted", "daniel", 4)])
def test_lists_ask_as_little_with_many_as_with_few(cast, browse, django_assert_max_num_queries, name, who, most):
    asked = help_of(cast.amara)
    values = {field.attname: getattr(asked, field.attname) for field in HelpRequest._meta.fields if field.name != "id"}
    HelpRequest.objects.bulk_create(HelpRequest(**values) for _ in range(60))
    browser = browse(getattr(cast, who))
    with django_assert_max_num_queries(most):
        page = browser.get(reverse(name))
    assert "Next" in main_of(page)


def test_an_authority_without_people_is_not_asked_in_vain(cast, browse):
    council, browser = cast.daniel.organisation, browse(cast.amara)
    Membership.objects.filter(organisation=council).update(ended_at=timezone.now(), ended_by=cast.sam.user)
    page = browser.get(reverse("ask_for_help"))
    assert "Nobody at Fenwickshire Council answers requests in Trellis at the moment" in main_of(page)
    letter = main_of(browser.post(reverse("ask_for_help"), ASKED))
    assert "Tidy-up time is hard" in letter
    with pytest.raises(Refused, match="Nobody at your authority answers requests here"):
        help_of(cast.amara)
    assert not HelpRequest.objects.exists()


def test_the_figures_can_be_taken_away(cast, browse):
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=20), tick=False):
        first, _second = help_of(cast.amara), help_of(cast.megan)
    with time_machine.travel(now - timedelta(days=16), tick=False):
        actions.answer_help(request=first, words="On Tuesday", by=cast.ruth.acting)
    daniel = browse(cast.daniel)
    answer = daniel.get(reverse("export_help_figures", args=["csv"]))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    told = {row["What"]: (row["Requests"], row["Days, the middle one"], row["Days, the longest"]) for row in rows}
    assert told == {
        "Asked": ("2", "", ""),
        "Wait for a first answer": ("1", "", "20"),
        "To the first answer": ("1", "4", "4"),
        "To the end": ("0", "", ""),
        "About: Behaviour as communication": ("2", "", ""),
    }
    assert b"".join(daniel.get(reverse("export_help_figures", args=["xlsx"]))).startswith(b"PK")
    assert daniel.get(reverse("export_help_figures", args=["pdf"])).status_code == 404
    page = daniel.get(reverse("help_figures")).content.decode()
    assert reverse("export_help_figures", args=["csv"]) in page
