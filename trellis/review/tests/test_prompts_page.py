"""Questions worth a thought on the page of a round: each kind comes up, leads on, and goes with a word."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.reviewing import rating, say, start
from trellis.review import actions
from trellis.review.actions.plan import Intention
from trellis.review.models import Action, Rating, Round

pytestmark = pytest.mark.django_db

KINDS = ("past_due", "no_owner", "no_evidence", "all_strong_first_day", "one_person")
LEADERSHIP = ("A1", "A2", "A3", "A4", "A5", "A6", "A7")


@pytest.fixture
def on_the_first_day(cast, framework) -> Round:
    """Amara rated all of Leadership a strength on the first day, alone, with evidence for all but A7, and planned
    two things: one that nobody owns, one that is late."""
    round, amara = start(cast.amara, framework), cast.amara
    piece = actions.add_evidence(title="Minutes", where_kept="Office", look_again_on=None, by=amara.acting)
    for code in LEADERSHIP:
        rated = say(round, code, "secure", amara)
        if code != "A7":
            actions.link_evidence(evidence=piece, rating=rated, by=amara.acting)
    statement = rating(round, "A1").statement
    for intention in (
        Intention(what="Ask each family at pick-up"),
        Intention(what="Ring the Area SENCO", owner=amara.user, due_on=date(2020, 1, 6)),
    ):
        actions.add_action(round=round, statement=statement, intention=intention, by=amara.acting)
    return round


def questions(browser, round) -> list[str]:
    """The questions on the page of a round, without what leads on from them."""
    soup = BeautifulSoup(browser.get(round.get_absolute_url()).content, "html5lib")
    for link in soup.select(".review-prompts a"):
        link.decompose()
    return [" ".join(each.get_text(" ").split()) for each in soup.select(".review-prompts p")]


def leads_to(browser, round) -> list[str]:
    """Where the questions lead."""
    soup = BeautifulSoup(browser.get(round.get_absolute_url()).content, "html5lib")
    return [link["href"] for link in soup.select(".review-prompts a")]


def test_all_five_kinds_come_up(cast, on_the_first_day, browse):
    late, no_owner, without_evidence, area, alone = questions(browse(cast.amara), on_the_first_day)
    assert without_evidence.endswith("is a strength. How would you show it to someone new?")
    assert area.startswith("Everything in “Leadership of SEND” was rated a strength on the first day.")
    assert alone == "Every rating so far is by Amara Okafor. Who else could look at one area?"
    assert no_owner == "Nobody owns “Ask each family at pick-up” yet. Who will see to it?"
    assert late == "“Ring the Area SENCO” was due already. Is it done, or does it need a new date?"


def test_each_leads_to_what_it_is_about(cast, on_the_first_day, browse):
    round = on_the_first_day
    ask, ring = (Action.objects.get(what=what) for what in ("Ask each family at pick-up", "Ring the Area SENCO"))
    assert leads_to(browse(cast.amara), round) == [
        ring.get_absolute_url(),
        ask.get_absolute_url(),
        reverse("show_statement", args=[round.pk, "A7"]),
        reverse("rate_area", args=[round.pk, "A"]),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_takes_one_away_and_leaves_the_others(cast, on_the_first_day, browse, kind):
    browser, round = browse(cast.amara), on_the_first_day
    before = questions(browser, round)
    soup = BeautifulSoup(browser.get(round.get_absolute_url()).content, "html5lib")
    form = next(form for form in soup.select(".review-prompts form") if form.select_one(f'input[value="{kind}"]'))
    sent = {name: form.select_one(f"input[name={name}]")["value"] for name in ("prompt", "subject")}
    browser.post(form["action"], sent)
    assert questions(browser, round) == before, "not without a word"
    browser.post(form["action"], sent | {"word": "We have talked about it"})
    del before[KINDS.index(kind)]
    assert questions(browser, round) == before
    assert round.dismissals.get().word == "We have talked about it"


def test_the_first_day_is_a_day_of_this_country(cast, on_the_first_day, browse):
    """Begun half an hour after midnight on 6 July, while it was still 5 July by Greenwich; rated next morning."""
    Round.objects.filter(pk=on_the_first_day.pk).update(started_at=datetime(2026, 7, 5, 23, 30, tzinfo=UTC))
    ratings = Rating.objects.filter(round=on_the_first_day, version__gt=0)
    ratings.update(changed_at=datetime(2026, 7, 6, 8, 0, tzinfo=UTC))
    assert any("on the first day" in each for each in questions(browse(cast.amara), on_the_first_day))
    ratings.update(changed_at=datetime(2026, 7, 6, 23, 30, tzinfo=UTC))
    assert not any("on the first day" in each for each in questions(browse(cast.amara), on_the_first_day))


def test_the_three_weightiest_and_the_rest_behind_them(cast, on_the_first_day, browse):
    for code in ("B1", "B2", "B3"):
        say(on_the_first_day, code, "secure", cast.amara)
    browser = browse(cast.amara)
    soup = BeautifulSoup(browser.get(on_the_first_day.get_absolute_url()).content, "html5lib")
    behind = soup.select_one("details .review-prompts").find_parent("details")
    assert behind.summary.get_text(strip=True) == "5 more questions"
    first = [each for each in soup.select(".review-prompts__item") if not each.find_parent("details")]
    kinds = [each.select_one("input[name=prompt]")["value"] for each in first]
    assert kinds == ["past_due", "no_owner", "no_evidence"]
    assert len(behind.select(".review-prompts__item")) == 5
    labels = [each["for"] for each in soup.select(".review-prompts label")]
    assert labels == [f"word-{number}" for number in range(1, 9)]


def test_what_the_law_asks_for_is_not_set_aside_unasked(cast, on_the_first_day, browse):
    browser, round = browse(cast.amara), on_the_first_day
    say(round, "C1", "not_applicable", cast.amara, reason="We have no such children")
    say(round, "B1", "not_applicable", cast.amara, reason="Nobody here is older than four")
    first, *others = questions(browser, round)
    assert first.endswith(
        "does not apply to you, and the law asks for it. Does your reason say why the law does not bind your setting?"
    )
    assert leads_to(browser, round)[0] == reverse("show_statement", args=[round.pk, "C1"])
    assert not any("the law asks" in each for each in others), "only C1 is what the law asks for"
    sent = {"prompt": "law_set_aside", "subject": "C1", "word": "The duty is for schools"}
    browser.post(reverse("dismiss_prompt", args=[round.pk]), sent)
    assert questions(browser, round) == others


@pytest.mark.parametrize(
    ("code", "says", "asks"),
    [
        ("C1", "The law asks for this. Say why it does not bind your setting", "why does the law not bind"),
        ("C2", "Say why this does not apply to your setting", "If it does not apply, why?"),
    ],
)
def test_a_reason_to_set_aside_what_the_law_asks_for_is_asked_as_such(cast, framework, browse, code, says, asks):
    round = start(cast.amara, framework)
    browser, address = browse(cast.amara), reverse("rate_area", args=[round.pk, "C"])
    soup = BeautifulSoup(browser.get(address).content, "html5lib")
    assert asks in soup.select_one(f"label[for={code}-reason]").get_text()
    sent = {f"{code}-choice": "not_applicable", f"{code}-work": "to_do", f"{code}-version": "0"}
    soup = BeautifulSoup(browser.post(address, sent).content, "html5lib")
    assert says in soup.select_one(f"#{code}-reason-error").get_text()


def test_a_childminder_is_not_asked_why_one_person_rated_all(cast, framework, browse):
    round = start(cast.megan, framework)
    for each in list(round.ratings.select_related("statement"))[:8]:
        say(round, each.statement.code, "partly", cast.megan)
    assert not any("Who else could look" in each for each in questions(browse(cast.megan), round))


def test_an_agreed_review_asks_nothing(cast, on_the_first_day, browse):
    for to in ("discussing", "agreed"):
        actions.move_round(round=on_the_first_day, to=to, by=cast.amara.acting)
    assert questions(browse(cast.amara), on_the_first_day) == []
