"""Evidence on the screen: used for many statements, taken away, said anew, and looked at again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from trellis.core.models import AuditEvent
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
    gone = EvidenceUse.objects.taken_away().get()
    assert (gone.pk, gone.taken_away_by) == (use.pk, cast.amara.user), "the removal leaves a trace"
    assert "SENCO job description" in statement.content.decode()
    assert "What was taken away from here" in statement.content.decode()
    assert "Where it was taken away" in browser.get(half.evidence.get_absolute_url()).content.decode()
    browser.post(address)
    assert EvidenceUse.objects.get() == gone, "twice is once"
    again = browser.get(reverse("add_evidence", args=[half.strong.pk])).content.decode()
    assert f'value="{half.evidence.pk}"' in again, "it can come back"
    browser.post(reverse("link_evidence", args=[half.strong.pk]), {"evidence": half.evidence.pk})
    assert (EvidenceUse.objects.standing().count(), EvidenceUse.objects.count()) == (1, 2)
    browser.post(reverse("unlink_evidence", args=[EvidenceUse.objects.standing().get().pk]))
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


def test_a_piece_is_linked_to_another_statement_from_its_own_page(cast, half, browse):
    browser, page = browse(cast.priya), half.evidence.get_absolute_url()
    address = reverse("link_statement", args=[half.evidence.pk])
    assert BeautifulSoup(browser.get(page).content, "html5lib").find("a", href=address).get_text() == "Add another link"
    offered = [each.get_text() for each in BeautifulSoup(browser.get(address).content, "html5lib").select("option")]
    assert any(each.startswith("C1 ") for each in offered)
    assert not any(each.startswith("A1 ") for each in offered), "it stands behind that already"
    assert "Choose a statement" in browser.post(address, {"rating": ""}).content.decode()
    assert browser.post(address, {"rating": half.weak.pk})["Location"] == page
    assert EvidenceUse.objects.standing().filter(rating=half.weak, by=cast.priya.user).exists()


def test_nothing_is_linked_when_no_review_is_open(cast, half, browse):
    for to in ("discussing", "agreed"):
        actions.move_round(round=half.round, to=to, by=cast.amara.acting)
    browser, address = browse(cast.priya), reverse("link_statement", args=[half.evidence.pk])
    assert "No review is open at the moment" in browser.get(address).content.decode()
    browser.post(address, {"rating": half.weak.pk})
    assert EvidenceUse.objects.count() == 1


def test_what_is_to_be_looked_at_again_is_looked_at_with_one_button(cast, half, browse):
    today, browser = timezone.localdate(), browse(cast.priya)
    listed, page = reverse("evidence") + "?show=look-again", half.evidence.get_absolute_url()
    address = reverse("look_at_evidence", args=[half.evidence.pk])
    Evidence.objects.filter(pk=half.evidence.pk).update(look_again_on=today + timedelta(1))
    assert address not in browser.get(page).content.decode(), "its day has not come"
    Evidence.objects.filter(pk=half.evidence.pk).update(look_again_on=today)
    for shown in (listed, page):
        form = BeautifulSoup(browser.get(shown).content, "html5lib").find("form", action=address)
        assert form.button.find(string=True).strip() == "Looked at today"
    said = {"title": "Signed", "where_kept": "Office", "look_again_on": today}
    actions.change_evidence(evidence=half.evidence, version=1, by=cast.amara.acting, **said)
    told = browser.post(address, {"version": form.find("input", {"name": "version"})["value"]}, follow=True)
    assert "Somebody else has just changed what is said of it" in told.content.decode()
    assert Evidence.objects.get().looked_at is None
    browser.post(address, {"version": "2"})
    looked = Evidence.objects.get()
    assert (timezone.localdate(looked.looked_at), looked.looked_by) == (today, cast.priya.user)
    assert links(browser.get(listed), "#evidence tbody") == []
    assert address not in browser.get(page).content.decode()
    assert "Priya Nair" in browser.get(page).content.decode()
    assert AuditEvent.objects.filter(verb="evidence.looked_at").count() == 1
