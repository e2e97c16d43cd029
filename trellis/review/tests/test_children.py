"""What is seen of children: noted without names, and taken back when it should not stand."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.hearing import seen_of_children
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.models import ChildVoice

pytestmark = pytest.mark.django_db
SEEN = "Two children hide when the hall gets loud"


def note(browser, half, seen, about="E2", **more):
    return browser.post(reverse("note_child_voice", args=[half.round.pk]), {"seen": seen, "about": about} | more)


def test_it_stands_beside_the_statement_and_in_the_report(cast, half, browse):
    browser = browse(cast.leila)
    assert browser.get(reverse("note_child_voice", args=[half.round.pk]) + "?about=E2").status_code == 200
    assert note(browser, half, SEEN)["Location"] == reverse("voices", args=[half.round.pk])
    note(browser, half, "They choose the garden on every day", about="E")
    voice = ChildVoice.objects.get(seen=SEEN)
    assert (voice.area, voice.statement.code, voice.by) == ("E", "E2", cast.leila.user)
    for name, *more in [("rate_area", "E"), ("show_statement", "E2"), ("full_report",), ("voices",)]:
        assert SEEN in browse(cast.amara).get(reverse(name, args=[half.round.pk, *more])).content.decode(), name
    for name, *more in [("rate_area", "E"), ("full_report",), ("voices",)]:
        page = browse(cast.amara).get(reverse(name, args=[half.round.pk, *more])).content.decode()
        assert "They choose the garden" in page, name
    assert (
        "What children show was observed."
        in browse(cast.amara).get(reverse("report", args=[half.round.pk])).content.decode()
    )


@pytest.mark.parametrize("seen", ["943 476 5919 cried", "Born on a Monday, cried", "Cried, 3/4/2023"])
def test_one_childs_data_is_refused(cast, half, browse, seen):
    page = note(browse(cast.leila), half, seen, names_nobody="on").content.decode()
    assert "no child’s data is needed here" in page
    with pytest.raises(Refused, match="no child’s data"):
        seen_of_children(half.round, cast.leila, "943 476 5919 cried")
    assert ChildVoice.objects.count() == 0


def test_a_name_is_asked_about_once(cast, half, browse):
    browser = browse(cast.leila)
    page = note(browser, half, "A child called Noah hides").content.decode()
    assert "looks as if it names a child" in page
    assert "it names no child" in page
    assert ChildVoice.objects.count() == 0
    note(browser, half, "A child called Noah hides", names_nobody="on")
    assert ChildVoice.objects.count() == 1


def test_it_can_be_taken_back_by_its_writer_or_who_leads(cast, half, browse):
    voice = seen_of_children(half.round, cast.priya)
    address = reverse("withdraw_child_voice", args=[voice.pk])
    assert browse(cast.leila).post(address).status_code == 403
    assert browse(cast.amara).post(address).status_code == 302
    assert SEEN not in browse(cast.amara).get(reverse("voices", args=[half.round.pk])).content.decode()
    with pytest.raises(Refused, match="already"):
        actions.withdraw_child_voice(voice=voice, by=cast.amara.acting)
    assert ChildVoice.objects.count() == 1


def test_a_finished_review_takes_none(cast, half, browse):
    actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    half.round.refresh_from_db()
    voice = seen_of_children(half.round, cast.leila)
    round = actions.move_round(round=half.round, to="agreed", by=cast.amara.acting)
    assert "stays as it is" in note(browse(cast.leila), half, SEEN).content.decode()
    voice.round = round
    with pytest.raises(Refused, match="stays as it is"):
        actions.withdraw_child_voice(voice=voice, by=cast.leila.acting)


def test_a_statement_that_there_is_not(cast, half, browse):
    page = note(browse(cast.leila), half, SEEN, about="Z9").content.decode()
    assert ChildVoice.objects.count() == 0
    assert "Select a valid choice" in page or "There is a problem" in page
