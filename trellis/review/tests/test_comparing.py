"""Then and now: two reviews side by side, all of them over the years, what a setting aims for."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from tests.reviewing import EIGHT_AREAS, earlier_of, loaded, rating, say, start
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.comparing import compare
from trellis.review.models import AreaTarget, Level, Rating, Round
from trellis.review.rules.comparing import change

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html5lib").get_text(" ").split())


def row(response, code: str) -> str:
    """The row of a statement, as it reads."""
    rows = BeautifulSoup(response.content, "html5lib").select("tbody tr")
    return next(
        " ".join(each.get_text(" ").split()) for each in rows if each.select_one("th").get_text().split()[0] == code
    )


@given(st.integers(1, 5) | st.none(), st.integers(1, 5) | st.none())
def test_what_changed_is_told_the_other_way_round_too(then, now):
    mirror = {"stronger": "weaker", "weaker": "stronger", "first": "no_longer", "no_longer": "first"}
    forth = change(then=then, now=now, same_scale=True)
    back = change(then=now, now=then, same_scale=True)
    assert back.kind == mirror.get(forth.kind, forth.kind)
    assert forth.words
    assert forth.arrow


def test_statement_by_statement_with_arrows_and_words(cast, half, browse):
    before = earlier_of(cast.amara)
    page = browse(cast.amara).get(reverse("compare_with", args=[half.round.pk, before.pk]))
    assert "Autumn term 2026 beside Autumn term 2025" in words(page)
    assert "Area for development" in row(page, "A1")
    assert "↑ Stronger than then" in row(page, "A1")
    assert "New statement" in row(page, "C1")
    assert "Not in that review" in row(page, "C1")


def test_the_order_of_the_two_in_the_address_does_not_matter(cast, half, browse):
    before = earlier_of(cast.amara)
    page = browse(cast.amara).get(reverse("compare_with", args=[before.pk, half.round.pk]))
    assert "Stronger than then" in row(page, "A1")


def test_the_review_leads_to_the_one_before(cast, half, browse):
    before = earlier_of(cast.amara)
    page = browse(cast.amara).get(half.round.get_absolute_url())
    assert reverse("compare_with", args=[half.round.pk, before.pk]) in page.content.decode()


def test_a_reworded_statement_says_what_it_said_then(cast, half, framework):
    before = earlier_of(cast.amara)
    found = compare(half.round, before)
    one = found.areas[0].statements[0]
    one.text_then = "There is a SENCO"
    assert one.reworded
    assert not found.areas[0].statements[1].reworded


def test_a_statement_that_is_gone_is_named(cast, half):
    before = earlier_of(cast.amara)
    Rating.objects.create(round=before, statement=rating(half.round, "B1").statement)
    found = compare(before, half.round)
    assert {card.statement.code for card in found.gone} == {
        each.statement.code for each in half.round.ratings.select_related("statement")
    } - {"A1", "B1"}


def test_what_was_done_stands_beside_what_changed(cast, half, browse):
    before = earlier_of(cast.amara)
    actions.move_action(action=half.action, to="done", impact="Every family heard first from us", by=cast.priya.acting)
    page = browse(cast.amara).get(reverse("compare_with", args=[half.round.pk, before.pk]))
    assert "Every family heard first from us" in row(page, "C1")


def test_reviews_by_other_statements_are_not_laid_beside(cast, half, browse):
    other = start(cast.amara, loaded(EIGHT_AREAS))
    address = reverse("compare_with", args=[half.round.pk, other.pk])
    assert browse(cast.amara).get(address).status_code == 404
    assert browse(cast.amara).get(reverse("compare_with", args=[half.round.pk, half.round.pk])).status_code == 404


def test_another_setting_s_review_is_not_there(cast, half, browse):
    before = earlier_of(cast.joanna)
    assert browse(cast.amara).get(reverse("compare_with", args=[half.round.pk, before.pk])).status_code == 404


def test_the_comparison_on_paper(cast, half, browse):
    before = earlier_of(cast.amara)
    answer = browse(cast.amara).get(reverse("export_comparison", args=[half.round.pk, before.pk, "docx"]))
    cells = [
        cell.text for table in Document(io.BytesIO(answer.content)).tables for line in table.rows for cell in line.cells
    ]
    assert "↑ Stronger than then" in cells
    assert (
        browse(cast.amara).get(reverse("export_comparison", args=[half.round.pk, before.pk, "pdf"])).status_code == 200
    )


def test_a_comparison_costs_the_same_whatever_it_compares(cast, half, browse):
    before = earlier_of(cast.amara)
    address = reverse("compare_with", args=[half.round.pk, before.pk])
    browser = browse(cast.amara)
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    for code in ("A2", "A3", "B1", "B2", "C2", "D1"):
        say(half.round, code, "partly", cast.amara)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few)
    assert len(few) <= 12


def test_over_the_years_on_one_page(cast, half, browse):
    earlier_of(cast.amara)
    actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    actions.move_round(round=half.round, to="agreed", by=cast.amara.acting)
    page = words(browse(cast.amara).get(reverse("our_review_over_the_years")))
    assert "Autumn term 2025 Autumn term 2026" in page
    assert "Area for development 1" in page
    paper = browse(cast.amara).get(reverse("export_over_the_years", args=["pdf"]))
    assert paper["Content-Type"] == "application/pdf"


def test_over_the_years_without_an_agreed_review(cast, half, browse):
    assert "No agreed review yet" in words(browse(cast.amara).get(reverse("our_review_over_the_years")))
    assert browse(cast.amara).get(reverse("export_over_the_years", args=["pdf"])).status_code == 404


def test_what_we_aim_for_is_set_shown_and_kept(cast, half, browse):
    browser, address = browse(cast.amara), reverse("set_targets", args=[half.round.pk])
    assert browser.post(address, {"A": "secure"})["Location"] == half.round.get_absolute_url()
    assert "You aim for “Secure”: you are there" in words(browser.get(half.round.get_absolute_url()))
    say(half.round, "A2", "partly", cast.amara)
    assert "1 of 2 are there" in words(browser.get(half.round.get_absolute_url()))
    browser.post(address, {"A": ""})
    assert "You aim for" not in words(browser.get(half.round.get_absolute_url()))
    assert [(each.area, each.number, each.level is not None) for each in AreaTarget.objects.all()] == [
        ("A", 1, True),
        ("A", 2, False),
    ]


def test_only_better_levels_are_offered(cast, half, browse):
    def offered(area):
        page = browse(cast.amara).get(reverse("set_targets", args=[half.round.pk]))
        options = BeautifulSoup(page.content, "html5lib").select(f"select[name={area}] option")
        return [option["value"] for option in options]

    assert offered("B") == ["", "secure", "partly"], "nothing is rated there yet"
    assert offered("A") == ["", "secure"], "A1 is secure; one can aim to keep it so"
    say(half.round, "A2", "partly", cast.amara)
    assert offered("A") == ["", "secure"]
    say(half.round, "A3", "development", cast.amara)
    assert offered("A") == ["", "secure", "partly"]
    page = browse(cast.amara).post(reverse("set_targets", args=[half.round.pk]), {"A": "development"})
    assert page.status_code == 200
    assert not AreaTarget.objects.exists()


def test_the_same_aim_again_changes_nothing(cast, half, browse):
    secure = Level.objects.get(framework=half.round.framework, code="secure")
    assert actions.set_targets(round=half.round, levels={"A": secure, "B": None}, by=cast.amara.acting) == 1
    assert actions.set_targets(round=half.round, levels={"A": secure, "B": None}, by=cast.amara.acting) == 0


def test_a_level_that_is_not_on_the_scale_is_not_aimed_for(cast, half, browse):
    page = browse(cast.amara).post(reverse("set_targets", args=[half.round.pk]), {"A": "outstanding"})
    assert page.status_code == 200
    assert not AreaTarget.objects.exists()


def test_an_agreed_review_keeps_its_aims(cast, half):
    actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    actions.move_round(round=half.round, to="agreed", by=cast.amara.acting)
    with pytest.raises(Refused, match="has been agreed"):
        actions.set_targets(round=half.round, levels={}, by=cast.amara.acting)


def test_what_was_aimed_for_then_is_measured_now(cast, half, browse):
    before = earlier_of(cast.amara)
    secure = Level.objects.get(framework=before.framework, code="secure")
    AreaTarget.objects.create(round=before, area="A", number=1, level=secure, by=cast.amara.user)
    page = browse(cast.amara).get(reverse("compare_with", args=[half.round.pk, before.pk]))
    assert "You aimed for “Secure”: you are there" in words(page)


def test_an_aim_has_its_number_once(cast, half):
    told = {"round": half.round, "area": "A", "number": 1, "by": cast.amara.user}
    AreaTarget.objects.create(**told)
    with pytest.raises(IntegrityError, match=r"target_once_for_each_number|review_areatarget"), transaction.atomic():
        AreaTarget.objects.create(**told)


def test_aims_only_grow(cast, half):
    target = AreaTarget.objects.create(round=half.round, area="A", number=1, by=cast.amara.user)
    with pytest.raises(Exception, match="only grows"), transaction.atomic():
        AreaTarget.objects.filter(pk=target.pk).update(number=2)
    assert Round.objects.filter(targets=target).exists()
