"""In what order a report says things, and that it says what is overdue: on the screen, in Word, PDF and spreadsheets."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from tests.reviewing import rating, say
from trellis.review import actions
from trellis.review.rules.plan import STRONG_IN_THIS_ORDER, WORK_ON_IN_THIS_ORDER

pytestmark = pytest.mark.django_db


def screen(browser, round, name="report") -> BeautifulSoup:
    return BeautifulSoup(browser.get(reverse(name, args=[round.pk])).content, "html5lib")


def in_word(browser, address) -> str:
    body = Document(io.BytesIO(browser.get(address).content)).element.body
    return "\n".join("".join(run.text or "" for run in each.iter(qn("w:t"))) for each in body.iter(qn("w:p")))


def codes_after(soup, heading, kind) -> list[str]:
    start = soup.find("h2", string=heading)
    return [each.get_text() for each in start.find_next(kind).select(".review-code")]


def test_strengths_say_the_law_first_then_what_there_is_evidence_for(cast, half, browse):
    for code in ("A1", "A2", "A3", "C1", "D1"):
        say(half.round, code, "secure", cast.amara)
    browser = browse(cast.amara)
    soup = screen(browser, half.round)
    # C1 and D1 are what the law asks for; A1 has a piece of evidence, A2 and A3 have none
    assert codes_after(soup, "What is strong", "ul") == ["C1", "D1", "A1", "A2"]
    assert STRONG_IN_THIS_ORDER in soup.get_text()
    said = in_word(browser, reverse("export_report", args=[half.round.pk, "one-page", "docx"]))
    assert STRONG_IN_THIS_ORDER in said
    assert said.index("C1 ") < said.index("D1 ") < said.index("A1 ") < said.index("A2 ")


def test_what_to_work_on_says_the_law_then_what_has_no_action_yet(cast, half, browse):
    for code in ("A2", "A3", "D1"):
        say(half.round, code, "development", cast.amara)
    actions.decide_no_action(rating=rating(half.round, "A2"), because="It is on its way", by=cast.amara.acting)
    soup = screen(browse(cast.amara), half.round)
    assert codes_after(soup, "What to work on", "ol") == ["D1", "C1", "A3", "A2"]
    assert WORK_ON_IN_THIS_ORDER in soup.get_text()


@pytest.mark.parametrize("name", ["report", "full_report"])
def test_the_plan_of_a_report_says_what_is_overdue(cast, full, browse, name):
    rows = {
        row.th.a.get_text(): row.get_text(" ")
        for row in screen(browse(cast.amara), full.round, name).select("#plan tbody tr")
    }
    assert "9 days overdue" in rows["Ring the Area SENCO"]
    assert [what for what, said in rows.items() if "overdue" in said] == ["Ring the Area SENCO"]


@pytest.mark.parametrize("what", ["one-page", "full"])
def test_the_papers_of_a_report_say_what_is_overdue(cast, full, browse, what):
    said = in_word(browse(cast.amara), reverse("export_report", args=[full.round.pk, what, "docx"]))
    assert said.count("Planned, 9 days overdue") == said.count("overdue") == 1


def test_the_plan_to_take_away_says_what_is_overdue(cast, full, browse):
    browser = browse(cast.amara)
    assert "Planned, 9 days overdue" in in_word(browser, reverse("export_plan", args=["docx"]))
    table = b"".join(browser.get(reverse("export_plan", args=["csv"])).streaming_content).decode("utf-8-sig")
    assert table.count("Planned, 9 days overdue") == table.count("overdue") == 1
