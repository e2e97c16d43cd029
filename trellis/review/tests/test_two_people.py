"""Two people at once: nothing typed is lost, and only “Keep mine” writes over what the other said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError
from django.urls import reverse

from tests.reviewing import EIGHT_AREAS, loaded, rating, say, start
from trellis.review import actions
from trellis.review.actions.plan import Intention
from trellis.review.models import Action, Evidence, Framework, Round
from trellis.review.tests.test_pages import area_form

pytestmark = pytest.mark.django_db


def fields_of(answer, form):
    """What a browser would send of a form that it was just shown, and the buttons in it by their words."""
    found = BeautifulSoup(answer.content, "html.parser").select_one(form)
    data = {
        each["name"]: each.get("value", "")
        for each in found.select("input[name]:not([type=radio]):not([type=checkbox])")
    }
    data |= {each["name"]: each["value"] for each in found.select("input[type=radio][checked]")}
    data |= {each["name"]: each.text for each in found.select("textarea")}
    data |= {
        each["name"]: each.select_one("option[selected]")["value"]
        for each in found.select("select:has(option[selected])")
    }
    buttons = {each.find(string=True).strip(): each for each in found.select("button[name]")}
    return data, {words: {each["name"]: each["value"]} for words, each in buttons.items()}


def test_a_statement_is_written_over_only_by_keep_mine(cast, half, browse):
    browser, round = browse(cast.amara), half.round
    address = reverse("rate_area", args=[round.pk, "A"])
    typed = area_form(browser, round, "A") | {"A2-choice": "development", "A2-notes": "Amara’s words"}
    say(round, "A2", "secure", cast.priya, notes="Priya’s words")
    answer = browser.post(address, typed)
    for words in ("Priya Nair changed this", "Priya’s words", "Amara’s words"):
        assert words in answer.content.decode()
    data, buttons = fields_of(answer, "form.review-form")
    for _twice in range(2):
        answer = browser.post(address, data)
        assert "Amara’s words" in answer.content.decode()
        assert rating(round, "A2").notes == "Priya’s words", "saved again without choosing"
    say(round, "A2", "partly", cast.leila, notes="Leila’s words")
    answer = browser.post(address, data | buttons["Keep mine"])
    assert "Leila’s words" in answer.content.decode(), "what was not shown is not written over"
    data, buttons = fields_of(answer, "form.review-form")
    assert browser.post(address, data | buttons["Keep mine"])["Location"] == f"{address}#A2"
    said = [change.notes for change in rating(round, "A2").changes.all()]
    assert said == ["Amara’s words", "Leila’s words", "Priya’s words"]


def test_theirs_is_taken(cast, half, browse):
    browser, round = browse(cast.amara), half.round
    address = reverse("rate_area", args=[round.pk, "A"])
    typed = area_form(browser, round, "A") | {"A2-choice": "development", "A3-choice": "secure"}
    say(round, "A2", "secure", cast.priya)
    data, buttons = fields_of(browser.post(address, typed), "form.review-form")
    assert browser.post(address, data | buttons["Take theirs"])["Location"] == f"{address}#A2"
    assert (rating(round, "A2").label, rating(round, "A3").label) == ("Secure", "Secure")


def test_an_action_is_written_over_only_by_keep_mine(cast, half, browse):
    browser, address = browse(cast.amara), reverse("change_action", args=[half.action.pk])
    data, _none = fields_of(browser.get(address), "form.app-form")
    first = half.action.changes.get()
    before = Intention(**{name: getattr(first, name) for name in Intention.__dataclass_fields__})
    theirs = replace(before, what="Priya’s words", resources="")
    actions.change_action(action=half.action, intention=theirs, version=1, by=cast.priya.acting)
    answer = browser.post(address, data | {"what": "Amara’s words"})
    page = answer.content.decode()
    assert "Priya Nair changed this" in page
    assert "What: it now says “Priya’s words”" in page
    assert "Amara’s words" in page
    data, buttons = fields_of(answer, "form.app-form")
    browser.post(address, data)
    assert Action.objects.get(pk=half.action.pk).what == "Priya’s words", "saved again without choosing"
    browser.post(address, data | buttons["Keep mine"])
    assert Action.objects.get(pk=half.action.pk).what == "Amara’s words"
    assert [each.what for each in half.action.changes.all()][:2] == ["Amara’s words", "Priya’s words"]


def test_an_action_that_was_moved_on_meanwhile_says_so(cast, half, browse):
    browser, address = browse(cast.amara), reverse("change_action", args=[half.action.pk])
    data, _none = fields_of(browser.get(address), "form.app-form")
    actions.move_action(action=half.action, to="under_way", by=cast.priya.acting)
    answer = browser.post(address, data | {"what": "Amara’s words"})
    assert "Someone else has moved this on meanwhile" in answer.content.decode()
    data, buttons = fields_of(answer, "form.app-form")
    browser.post(address, data | buttons["Keep mine"])
    kept = Action.objects.get(pk=half.action.pk)
    assert (kept.what, kept.status) == ("Amara’s words", "under_way")


def test_evidence_is_written_over_only_by_keep_mine(cast, half, browse):
    browser, address = browse(cast.amara), reverse("change_evidence", args=[half.evidence.pk])
    data, _none = fields_of(browser.get(address), "form.app-form")
    said = {"title": "Priya’s words", "where_kept": "Drawer", "look_again_on": None}
    actions.change_evidence(evidence=half.evidence, version=1, by=cast.priya.acting, **said)
    answer = browser.post(address, data | {"title": "Amara’s words"})
    assert "What it is: it now says “Priya’s words”" in answer.content.decode()
    assert "Look at it again: “8 January 2027” is taken out" in answer.content.decode()
    data, buttons = fields_of(answer, "form.app-form")
    browser.post(address, data)
    assert Evidence.objects.get(pk=half.evidence.pk).title == "Priya’s words", "saved again without choosing"
    browser.post(address, data | buttons["Keep mine"])
    assert Evidence.objects.get(pk=half.evidence.pk).title == "Amara’s words"


def test_starting_a_second_review_leads_to_the_one_under_way(cast, half, browse):
    browser, round = browse(cast.amara), half.round
    assert round.get_absolute_url() in browser.get(reverse("start_round")).content.decode()
    answer = browser.post(reverse("start_round"), {"framework": round.framework_id, "period": "Again"}, follow=True)
    assert answer.redirect_chain[-1][0] == round.get_absolute_url()
    assert "A review with these statements is under way already" in answer.content.decode()
    assert Round.objects.count() == 1


def test_a_newer_edition_is_the_same_review_and_other_statements_are_another(cast, half):
    newer = Framework.objects.create(
        key=half.round.framework.key, edition="2027", title="Newer", content=half.round.framework.content
    )
    with pytest.raises(actions.UnderWay) as told:
        start(cast.amara, newer)
    assert told.value.round == half.round
    assert start(cast.amara, loaded(EIGHT_AREAS)).pk != half.round.pk
    assert start(cast.joanna, half.round.framework).organisation == cast.joanna.organisation


def test_two_who_start_in_the_same_moment_get_one_review(cast, framework, monkeypatch):
    first = start(cast.amara, framework)
    found, asked = actions.rounds._refuse_a_second, []
    monkeypatch.setattr(
        actions.rounds, "_refuse_a_second", lambda round: found(round) if asked else asked.append(round)
    )
    with pytest.raises(actions.UnderWay) as told:
        start(cast.priya, framework)
    assert told.value.round == first
    assert isinstance(told.value.__context__, IntegrityError)


def test_a_phone_sees_every_step_of_the_way_back(cast, half, browse):
    page = browse(cast.amara).get(reverse("show_statement", args=[half.round.pk, "A1"]))
    trail = BeautifulSoup(page.content, "html.parser").select_one("nav.govuk-breadcrumbs")
    assert "govuk-breadcrumbs--collapse-on-mobile" not in trail["class"]
    assert len(trail.select("li")) == 3
