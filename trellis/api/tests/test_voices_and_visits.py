"""What programs read of voices and visits: what the pages show, and no more."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from tests.hearing import form_for_parents, replies, says_alone, seen_of_children
from tests.visiting import moved_to, planned, visit_of
from trellis.api.tests.test_reviews import Program
from trellis.review import actions

pytestmark = pytest.mark.django_db


def voices_of(round, person):
    return Program(person, "voices:read").get(reverse("api_voices", args=[round.pk]))


def test_nothing_of_colleagues_is_told_before_the_talk(cast, half):
    says_alone(half.round, "A1", "secure", cast.leila)
    says_alone(half.round, "A1", "partly", cast.priya)
    assert voices_of(half.round, cast.amara).json()["colleagues"] == []


def test_colleagues_are_told_as_counts_and_without_names(cast, half):
    says_alone(half.round, "A1", "secure", cast.leila, note="I often see it")
    says_alone(half.round, "A1", "partly", cast.priya)
    says_alone(half.round, "A2", "partly", cast.priya)
    actions.choose_name(round=half.round, shows_name=True, by=cast.leila.acting)
    actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    told = voices_of(half.round, cast.amara)
    (spread,) = told.json()["colleagues"]
    assert spread["code"] == "A1"
    assert {each["level"]: each["voices"] for each in spread["levels"] if each["voices"]} == {"secure": 1, "partly": 1}
    assert "Leila" not in told.content.decode()
    assert "I often see it" not in told.content.decode()


def test_parents_are_told_in_words_from_five_up(cast, half):
    form = form_for_parents(half.round, cast.amara)
    replies(form, 4, moves="yes", comment="Thank you for the walks")
    told = voices_of(half.round, cast.amara).json()
    assert told["parents_forms"][0]["replies"] == "Fewer than five replies so far"
    assert told["parents"] == []
    replies(form, 3, moves="yes")
    actions.close_parent_form(form=form, by=cast.amara.acting)
    told = voices_of(half.round, cast.amara).json()
    assert told["parents_forms"][0]["replies"] == "7 parents replied"
    assert all(isinstance(each["yes"], str) for each in told["parents"])
    assert "walks" not in json.dumps(told)


def test_what_was_seen_of_children_is_told_without_who_noted_it(cast, half):
    seen_of_children(half.round, cast.leila)
    told = voices_of(half.round, cast.amara)
    assert told.json()["children"][0]["code"] == "E2"
    assert "Leila" not in told.content.decode()


def test_voices_have_a_tag_and_a_scope_and_belong_to_the_setting(cast, half):
    told = voices_of(half.round, cast.amara)
    program = Program(cast.amara, "voices:read")
    again = program.get(reverse("api_voices", args=[half.round.pk]), **{"If-None-Match": told["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert voices_of(half.round, cast.joanna).status_code == 404
    other = Program(cast.amara, "reviews:read").get(reverse("api_voices", args=[half.round.pk]))
    assert other.json()["detail"] == "This token has no scope “voices:read”"


def test_visits_are_listed_page_by_page(cast, half):
    for _ in range(3):
        planned(cast.amara, half.round)
    program = Program(cast.amara, "visits:read")
    first = program.get(reverse("api_visits") + "?limit=2").json()
    assert len(first["visits"]) == 2
    rest = program.get(reverse("api_visits")).json()
    assert len(rest["visits"]) == 3
    after = first["next"].replace("+", "%2B")
    second = program.get(f"{reverse('api_visits')}?limit=2&after={after}").json()
    assert [each["id"] for each in second["visits"]] == [rest["visits"][2]["id"]]
    assert program.get(reverse("api_visits") + "?after=2026-01-01T00:00:00").status_code == 422


def test_a_visit_with_what_came_of_it(cast, half):
    visit = visit_of(cast.amara)
    told = Program(cast.amara, "visits:read").get(reverse("api_visit", args=[visit.pk])).json()
    assert (told["status"], told["visitor"], told["opened"]) == ("drafted", "Hannah Lindqvist", ["ratings"])
    assert [row["start"] for row in told["timetable"]] == ["09:00", "09:30"]
    assert told["report"]["strong"] == "Every adult kneels down to talk"
    assert told["report"]["recommendations"][0]["code"] == "C1"
    assert (told["report"]["corrections"], told["report"]["final"], told["feedback"]) == (1, False, None)


def test_what_the_visitor_writes_is_not_told_before_they_share_it(cast, half):
    visit = planned(cast.amara, half.round, visitor=cast.hannah)
    moved_to(visit, "visited", setting=cast.amara, visitor=cast.hannah)
    program = Program(cast.amara, "visits:read")
    told = program.get(reverse("api_visit", args=[visit.pk])).json()
    assert (told["report"], told["ratings"]) == (None, [])


def test_visits_belong_to_the_setting_and_have_a_scope(cast, half):
    visit = planned(cast.amara, half.round)
    assert Program(cast.joanna, "visits:read").get(reverse("api_visit", args=[visit.pk])).status_code == 404
    assert Program(cast.joanna, "visits:read").get(reverse("api_visits")).json()["visits"] == []
    assert Program(cast.amara, "reviews:read").get(reverse("api_visits")).status_code == 403
    assert Program(cast.daniel, "visits:read").get(reverse("api_visits")).status_code == 403
