"""What can never be untrue of a setting’s week: the database refuses it, whoever asks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.staffing import MONDAY, colleague_of, day_change_of, room_of, usual_day_of
from trellis.staffing.actions.rooms import say_own_rules
from trellis.staffing.models import (
    ChildrenExpected,
    Colleague,
    ColleagueHours,
    DayChange,
    Meal,
    OwnRules,
    Room,
    UsualDay,
)
from trellis.staffing.reading import unsaid

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(cast):
    usual_day_of(cast.amara)
    day_change_of(cast.amara)
    say_own_rules(own=unsaid(cast.amara.acting), version=0, by=cast.amara.acting)


NOT_SO = [
    (Room, "room_has_a_name", {"name": ""}),
    (OwnRules, "own_rules_provision_is_known", {"provision": "circus"}),
    (OwnRules, "own_rules_under_2_is_one_to_thirty", {"under_2": 0}),
    (OwnRules, "own_rules_two_is_one_to_thirty", {"two": 31}),
    (OwnRules, "own_rules_three_plus_is_one_to_thirty", {"three_plus": 31}),
    (Colleague, "colleague_has_a_name", {"name": ""}),
    (Colleague, "colleague_standing_is_known", {"standing": "ghost"}),
    (Colleague, "colleague_levels_are_known", {"level": 4}),
    (Colleague, "colleague_levels_are_known", {"studies": 5, "standing": "student"}),
    (Colleague, "colleague_known_how_is_known", {"known": "hearsay"}),
    (Colleague, "colleague_by_experience_at_level_3", {"known": "experience", "level": 2}),
    (Colleague, "colleague_studies_only_in_training", {"studies": 3}),
    (Colleague, "colleague_studies_only_in_training", {"competent": True}),
    (UsualDay, "usual_day_is_a_weekday", {"weekday": 7}),
    (UsualDay, "usual_day_opens_before_it_closes", {"opens": 600, "closes": 600}),
    (UsualDay, "usual_day_opens_before_it_closes", {"closes": None}),
    (UsualDay, "usual_day_opens_before_it_closes", {"closes": 1441}),
    (Meal, "meal_begins_before_it_ends", {"starts": 735}),
    (ChildrenExpected, "children_expected_age_is_known", {"band": "ninety"}),
    (ChildrenExpected, "children_expected_are_some", {"count": 0}),
    (ChildrenExpected, "children_expected_come_before_they_go", {"until": 480}),
    (
        ColleagueHours,
        "colleague_hours_begin_before_they_end",
        {"until": 480, "break_starts": None, "break_until": None},
    ),
    (ColleagueHours, "colleague_hours_hold_the_break", {"break_until": None}),
    (ColleagueHours, "colleague_hours_hold_the_break", {"break_starts": 479}),
    (ColleagueHours, "colleague_hours_hold_the_break", {"break_until": 1081}),
    (DayChange, "day_change_begins_before_it_ends", {"starts": 600}),
    (DayChange, "day_change_begins_before_it_ends", {"starts": 600, "until": 600}),
    (DayChange, "day_change_age_is_known", {"band": "ninety"}),
    (DayChange, "day_change_level_is_known", {"level": 4}),
    (DayChange, "day_change_says_what_its_kind_needs", {"kind": "holiday"}),
    (DayChange, "day_change_says_what_its_kind_needs", {"kind": "agency"}),
    (DayChange, "day_change_says_what_its_kind_needs", {"kind": "trip", "colleague": None}),
    (DayChange, "day_change_says_what_its_kind_needs", {"kind": "fewer", "colleague": None, "count": 3}),
    (DayChange, "day_change_says_what_its_kind_needs", {"colleague": None}),
]


@pytest.mark.parametrize(("model", "name", "said"), NOT_SO)
def test_a_week_cannot(written, model, name, said):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**said)


def test_each_kind_of_change_can_be_said(written, cast):
    room = room_of(cast.amara)
    for said in (
        {"kind": "agency", "colleague": None, "level": 3, "first_aid": True, "room": room},
        {"kind": "agency", "room": None, "level": 0},
        {"kind": "trip", "room": room, "level": None, "first_aid": False, "starts": 600, "until": 720},
        {"kind": "fewer", "band": "two", "count": 3, "starts": None, "until": None},
    ):
        assert DayChange.objects.update(**said) == 1
    assert DayChange.objects.get().on == MONDAY


# SQLite names the columns of a unique constraint, not the constraint.
ONCE = [
    (Room, "room_once_in_a_setting|room.organisation_id"),
    (Colleague, "colleague_name_once_in_a_setting|colleague.organisation_id, staffing_colleague.name"),
    (UsualDay, "usual_day_once_for_each_weekday|usualday.organisation_id"),
    (ColleagueHours, "colleague_hours_once_a_day|colleaguehours.day_id"),
]


@pytest.mark.parametrize(("model", "name"), ONCE)
def test_there_is_one(written, model, name):
    row = model.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)


def test_an_account_belongs_to_one_entry(cast):
    colleague_of(cast.amara, user_id=cast.priya.user.pk)
    other = colleague_of(cast.amara, "Bo")
    other.user = cast.priya.user
    names = "colleague_account_once_in_a_setting|colleague.organisation_id, staffing_colleague.user_id"
    with pytest.raises(IntegrityError, match=names), transaction.atomic():
        other.save()
