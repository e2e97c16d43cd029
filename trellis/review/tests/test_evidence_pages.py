"""Evidence on the screen: used for many statements, taken away, said anew, and looked at again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from trellis.review import actions
from trellis.review.models import Evidence, EvidenceUse

pytestmark = pytest.mark.django_db


def links(answer, selector: str) -> list[str]:
    """The words of the links in a part of a page."""
    return [link.get_text() for link in BeautifulSoup(answer.content, "html5lib").select(f"{selector} a")]


def test_one_piece_stands_behind_a_second_statement(cast, half, browse):
    browser, statement = browse(cast.priya), reverse("show_statement", args=[half.round.pk, "C1"])
    assert links(browser.get(statement), ".review-evidence") == []
    answer = browser.post(reverse("link_evidence", args=[half.weak.pk]), {"evidence": half.evidence.pk})
    assert answer["Location"] == statement
    assert links(browser.get(statement), ".review-evidence") == ["SENCO job description"]
    use = EvidenceUse.objects.get(rating=half.weak)
    assert (use.evidence, use.by) == (half.evidence, cast.priya.user)
    assert "C1, Autumn term 2026" in links(browser.get(half.evidence.get_absolute_url()), "main .govuk-list")
    assert f'value="{half.evidence.pk}"' not in (
        browser.get(reverse("add_evidence", args=[half.weak.pk])).content.decode()
    ), "what is used already is not offered again"


def test_without_a_choice_nothing_is_linked(cast, half, browse):
    address = reverse("link_evidence", args=[half.weak.pk])
    page = browse(cast.amara).post(address, {"evidence": ""}, follow=True)
    assert "Choose a piece of evidence" in page.content.decode()
    assert not half.weak.evidence.exists()


def test_another_setting_s_piece_is_not_linked(cast, half, browse):
    theirs = actions.add_evidence(title="Theirs", where_kept="There", look_again_on=None, by=cast.joanna.acting)
    browse(cast.amara).post(reverse("link_evidence", args=[half.weak.pk]), {"evidence": theirs.pk})
    assert not half.weak.evidence.exists()


def test_a_piece_is_taken_away_from_a_statement_and_stays(cast, half, browse):
    browser, use = browse(cast.amara), EvidenceUse.objects.get(rating=half.strong)
    address = reverse("unlink_evidence", args=[use.pk])
    assert address in browser.get(half.evidence.get_absolute_url()).content.decode()
    browser.post(address)
    statement = browser.get(reverse("show_statement", args=[half.round.pk, "A1"]))
    assert links(statement, ".review-evidence") == []
    assert not EvidenceUse.objects.filter(pk=use.pk).exists()
    assert "None at the moment" in browser.get(half.evidence.get_absolute_url()).content.decode()


def test_a_piece_of_an_agreed_review_is_neither_taken_away_nor_added(cast, half, browse):
    for to in ("discussing", "agreed"):
        actions.move_round(round=half.round, to=to, by=cast.amara.acting)
    browser, use = browse(cast.amara), EvidenceUse.objects.get(rating=half.strong)
    for address, data in (
        (reverse("unlink_evidence", args=[use.pk]), {}),
        (reverse("link_evidence", args=[half.weak.pk]), {"evidence": half.evidence.pk}),
    ):
        assert "has been agreed" in browser.post(address, data, follow=True).content.decode()
    assert list(EvidenceUse.objects.all()) == [use]


def test_a_piece_is_said_anew(cast, half, browse):
    browser, address = browse(cast.priya), reverse("change_evidence", args=[half.evidence.pk])
    form = BeautifulSoup(browser.get(address).content, "html5lib")
    sent = {field["name"]: field.get("value", "") for field in form.select("main form input")}
    assert (sent["title"], sent["where_kept"]) == ("SENCO job description", "Blue folder in the office")
    assert [sent[f"look_again_on-{part}"] for part in ("day", "month", "year")] == ["8", "1", "2027"]
    sent |= {"title": "SENCO job description, signed", "where_kept": "Green folder", "look_again_on-year": "2028"}
    assert browser.post(address, sent)["Location"] == half.evidence.get_absolute_url()
    half.evidence.refresh_from_db()
    assert half.evidence.title == "SENCO job description, signed"
    assert half.evidence.where_kept == "Green folder"
    assert half.evidence.look_again_on == date(2028, 1, 8)
    page = browser.get(half.evidence.get_absolute_url()).content.decode()
    assert "Green folder" in page
    assert "8 January 2028" in page


def test_the_list_to_look_at_again_has_what_is_due_and_nothing_else(cast, half, browse):
    today = timezone.localdate()
    for title, on in (
        ("Due last week", today - timedelta(7)),
        ("Due today", today),
        ("Due tomorrow", today + timedelta(1)),
        ("Never", None),
    ):
        actions.add_evidence(title=title, where_kept="Office", look_again_on=on, by=cast.amara.acting)
    Evidence.objects.filter(pk=half.evidence.pk).update(look_again_on=None)
    browser = browse(cast.amara)
    every = links(browser.get(reverse("evidence")), "#evidence tbody")
    again = links(browser.get(reverse("evidence") + "?show=look-again"), "#evidence tbody")
    assert every == ["Due last week", "Due today", "Due tomorrow", "Never", "SENCO job description"]
    assert again == ["Due last week", "Due today"]
    assert "2 pieces of evidence to look at again" in browser.get("/").content.decode()
