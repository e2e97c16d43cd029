"""What stands in the papers of a review: nothing that the screen says is missing, and nothing is told to whom it is not for."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from tests.reviewing import SHIPPED, rating, say, start
from trellis.core.dates import day
from trellis.review import actions
from trellis.review import framework as files
from trellis.review.models import Action
from trellis.review.rules.plan import STRONG_IN_THIS_ORDER, WORK_ON_IN_THIS_ORDER

pytestmark = pytest.mark.django_db

FRAMEWORK = files.load_framework(SHIPPED)


def lines(answer) -> list[str]:
    """What a Word file says, paragraph by paragraph, in tables too."""
    body = Document(io.BytesIO(answer.content)).element.body
    texts = ("".join(run.text or "" for run in each.iter(qn("w:t"))) for each in body.iter(qn("w:p")))
    return [" ".join(text.split()) for text in texts if text]


def section(said: list[str], heading: str, after: str) -> list[str]:
    """The lines between one heading and the next."""
    start_at = said.index(heading) + 1
    return said[start_at : said.index(after, start_at)] if after else said[start_at:]


def statements(round) -> list[files.Statement]:
    """The statements of a round in the order of its framework."""
    rated = set(round.ratings.values_list("statement__code", flat=True))
    return [each for each in FRAMEWORK.statements if each.code in rated]


def heading(statement: files.Statement) -> str:
    """A statement as the full report names it."""
    return f"{statement.code} {statement.text}" + (" (the law asks for this)" if statement.statutory else "")


def paper(browser, round, what) -> list[str]:
    return lines(browser.get(reverse("export_report", args=[round.pk, what, "docx"])))


def page(browser, name, round) -> BeautifulSoup:
    return BeautifulSoup(browser.get(reverse(name, args=[round.pk])).content, "html5lib")


def words(soup) -> str:
    return " ".join(soup.get_text(" ").split())


def test_one_page_says_what_is_strong_what_to_work_on_the_plan_and_who_was_asked(cast, full, browse):
    said = paper(browse(cast.amara), full.round, "one-page")
    strong = section(said, "What is strong", "What to work on")
    assert strong[0] == STRONG_IN_THIS_ORDER
    assert strong[1].endswith("(the law asks for this)")
    assert len(strong) == 5, "three, because with four it would take a second page"
    assert strong[4].startswith("and ")
    work = section(said, "What to work on", "The plan")
    assert work[0] == WORK_ON_IN_THIS_ORDER
    assert any("(First, because the law asks for this and it needs development)" in each for each in work)
    plan = section(said, "The plan", "Who was asked")
    assert {"Agree with each family how we tell them about support", "Priya Nair", "Ring the Area SENCO"} <= set(plan)
    assert {"Nobody yet", "Planned", day(full.action.due_on), "And 2 more in the full report."} <= set(plan)
    asked = section(said, "Who was asked", "")
    assert asked[0] == "Took part: Amara Okafor, Leila Haddad, Priya Nair. Asked: Parents at pick-up."


def test_one_page_on_the_screen_says_the_same(cast, full, browse):
    soup = page(browse(cast.amara), "report", full.round)
    said = paper(browse(cast.amara), full.round, "one-page")
    text = words(soup)
    for each in [*section(said, "What is strong", "What to work on")[:4], section(said, "Who was asked", "")[0]]:
        assert each in text
    shown = {link.get_text() for link in soup.select("#plan tbody th a")}
    assert shown == set(section(said, "The plan", "Who was asked")) & set(Action.objects.values_list("what", flat=True))
    assert "First, because the law asks for this and it needs development." in text


def test_the_full_report_has_each_statement_with_all_that_was_said_of_it(cast, full, browse):
    said = paper(browse(cast.amara), full.round, "full")
    everything = statements(full.round)
    assert len(everything) == 39
    for each, following in zip(everything, [*everything[1:], None], strict=True):
        about = section(said, heading(each), heading(following) if following else "The plan")
        now = rating(full.round, each.code)
        assert about[0] == f"Rating{now.label}" + (f": {now.reason}" if now.reason else "") + (
            " (not sure)" if now.unsure else ""
        )
        assert (f"Notes{now.notes}" in about) == bool(now.notes)
        assert (f"No action, because{now.no_action_because}" in about) == bool(now.no_action_because)
    assert all(area.title in said for area in FRAMEWORK.areas)
    about = section(said, heading(everything[0]), heading(everything[1]))
    assert "EvidenceSENCO job description (Blue folder in the office)" in about
    planned = section(said, "The plan", "Who was asked")
    assert set(Action.objects.values_list("what", flat=True)) <= set(planned)
    assert "Took part: Amara Okafor, Leila Haddad, Priya Nair. Asked: Parents at pick-up." in said


def test_the_law_stands_beside_a_statement_on_the_screen_and_on_paper(cast, full, browse):
    browser = browse(cast.amara)
    said = paper(browser, full.round, "full")
    cards = page(browser, "full_report", full.round).select(".review-card")
    everything = statements(full.round)
    assert {each.statutory for each in everything} == {True, False}
    for each, card in zip(everything, cards, strict=True):
        assert ("The law asks for this" in words(card)) == each.statutory
        assert heading(each) in said


def test_screen_and_paper_say_where_it_stands_and_what_was_said_at_agreeing(cast, full, browse):
    browser, round = browse(cast.amara), full.round

    def told(*expected):
        for what, name in (("one-page", "report"), ("full", "full_report")):
            on_paper, on_screen = " ".join(paper(browser, round, what)), words(page(browser, name, round))
            for each in expected:
                assert each in on_paper, (what, each)
                assert each in on_screen, (name, each)
            assert ("At the staff meeting" in on_paper, "At the staff meeting" in on_screen) == (
                ("At the staff meeting" in expected),
                ("At the staff meeting" in expected),
            )

    told("Draft, not agreed yet", "38 of 39 statements talked about")
    actions.move_round(round=round, to="discussing", note="Please read", by=cast.amara.acting)
    told("Being discussed, not agreed yet")
    say(round, "F6", "partly", cast.amara)
    actions.move_round(round=round, to="agreed", note="At the staff meeting", by=cast.priya.acting)
    agreed = f"greed on {day(round.agreed_at)} by Priya Nair"
    told(f"A{agreed}", "39 of 39 statements talked about", "At the staff meeting")
    actions.move_round(round=round, to="archived", note="A new one begins", by=cast.amara.acting)
    told(f"Archived, a{agreed}", "At the staff meeting")


def test_the_chart_has_a_table_that_counts_the_ratings(cast, full, browse):
    soup = page(browse(cast.amara), "full_report", full.round)
    assert len(soup.select(".review-chart svg")) == 1
    headings = [each.get_text() for each in soup.select("#shape thead th")]
    rows = [[each.get_text() for each in row.select("th, td")] for row in soup.select("#shape tbody tr")]
    assert headings == [
        "Area",
        "Secure",
        "Partly in place",
        "Area for development",
        "Not yet discussed",
        "Does not apply",
    ]
    found = full.round.ratings.select_related("statement", "level")
    counted = Counter((each.statement.area, each.label) for each in found)
    assert rows == [
        [area.title, *(str(counted[area.code, label]) for label in headings[1:])] for area in FRAMEWORK.areas
    ]
    word = Document(
        io.BytesIO(browse(cast.amara).get(reverse("export_report", args=[full.round.pk, "full", "docx"])).content)
    )
    assert [[cell.text for cell in row.cells] for row in word.tables[0].rows] == [headings, *rows]
    assert len(word.inline_shapes) == 1


def test_the_full_report_on_the_screen_has_every_statement(cast, full, browse):
    soup = page(browse(cast.amara), "full_report", full.round)
    cards = [words(card) for card in soup.select(".review-card")]
    for each, card in zip(statements(full.round), cards, strict=True):
        now = rating(full.round, each.code)
        assert card.startswith(f"{each.code} {each.text}")
        assert all(said in card for said in (now.label, now.notes, now.reason, now.no_action_because))
    assert "Took part: Amara Okafor, Leila Haddad, Priya Nair. Asked: Parents at pick-up." in words(soup)
    assert {each.get_text() for each in soup.select("#plan tbody th a")} == {each.what for each in Action.objects.all()}


def test_where_evidence_is_kept_is_told_only_to_those_who_may_see_it(cast, full, browse):
    for person, may_see in ((cast.amara, True), (cast.priya, True), (cast.leila, False)):
        browser = browse(person)
        told = [" ".join(paper(browser, full.round, "full")), words(page(browser, "full_report", full.round))]
        assert ["Blue folder" in each for each in told] == [may_see, may_see], person.user.name
        assert ["SENCO job description" in each for each in told] == [may_see, may_see], person.user.name


def test_a_childminder_s_papers_ask_nobody_who(cast, framework, browse):
    round = start(cast.megan, framework)
    for what in ("one-page", "full"):
        said = paper(browse(cast.megan), round, what)
        assert "Who" not in said
        assert not any("Took part" in each for each in said)


@pytest.mark.parametrize(("person", "many"), [("amara", 39), ("megan", 25)])
def test_the_blank_form_has_every_statement_with_boxes_to_tick(cast, framework, browse, person, many):
    who = getattr(cast, person)
    round = start(who, framework)
    said = lines(browse(who).get(reverse("blank_form", args=[round.pk, "docx"])))
    audience = files.Audience(round.audience)
    asked = [each for area in files.areas_for(FRAMEWORK, audience) for each in area.statements]
    assert len(asked) == many
    for each in asked:
        law = " (the law asks for this)" if each.statutory else ""
        at = said.index(f"{each.code} {each.text}{law}")
        below = " ".join(said[at + 1 : at + 8])
        assert all(prompt in below for prompt in each.prompts)
        assert all(
            option in below for option in ("Secure", "Partly in place", "Area for development", "Does not apply")
        )
        assert f"({each.code})" in below
    assert all(f"{level.label}: {level.meaning}" in said for level in FRAMEWORK.scale)
    assert any("Please write no child’s name" in each for each in said)


def test_a_chart_is_drawn_once_something_is_rated(cast, framework, browse):
    round, browser = start(cast.amara, framework), browse(cast.amara)
    assert not page(browser, "full_report", round).select(".review-chart")
    assert "The areas at a glance" in paper(browser, round, "full")
    say(round, "A1", "partly", cast.amara)
    assert len(page(browser, "full_report", round).select(".review-chart svg")) == 1


def test_one_page_names_the_first_who_were_asked_and_the_full_report_all(cast, full, browse):
    for name in ("Grandparents", "The health visitor", "The library", "The school next door"):
        actions.ask_person(round=full.round, name=name, by=cast.amara.acting)
    browser = browse(cast.amara)
    everybody = {"Grandparents", "Parents at pick-up", "The health visitor", "The library", "The school next door"}
    for told in (
        section(paper(browser, full.round, "full"), "Who was asked", "")[0],
        words(page(browser, "full_report", full.round)),
    ):
        assert all(name in told for name in everybody)
    for told in (
        section(paper(browser, full.round, "one-page"), "Who was asked", "")[0],
        words(page(browser, "report", full.round)),
    ):
        assert sum(name in told for name in everybody) == 4
        assert "and 1 more." in told
