"""Who counts, at which level, and by which rule otherwise than they hold."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rostering import SPRING_2027, WINTER_2024, day, edition, person
from trellis.staffing.rules.moments import counted_on, counted_otherwise
from trellis.staffing.rules.people import HowKnown, Level, Standing

NO_AID = {"first_aid_until": None}
TRAINEE = {"standing": Standing.STUDENT, "competent": True, "studies": 3, "level": 0}
EVE = {"known": HowKnown.EXPERIENCE, "level_otherwise": 2}


@pytest.mark.parametrize(
    ("on", "holds", "level", "rule", "sentence"),
    [
        (SPRING_2027, {"age": 16}, None, "least-age", "Ash is too young to be counted."),
        (SPRING_2027, {"one_to_one": True}, None, "one-to-one-not-counted", "Ash is with one child."),
        (SPRING_2027, {"standing": Standing.SHORT_PLACEMENT}, None, "trainee-level-below", "Ash is on a short placement."),
        (SPRING_2027, TRAINEE | {"competent": False}, None, "trainee-level-below", "Ash is not said to be competent and responsible."),
        (SPRING_2027, TRAINEE | NO_AID, None, "trainee-first-aid", "Ash has no current paediatric first aid certificate."),
        (SPRING_2027, TRAINEE | {"age": 16}, None, "trainee-least-age", "Ash is too young to be counted."),
        (SPRING_2027, TRAINEE | {"standing": Standing.APPRENTICE, "age": 15}, None, "apprentice-least-age", "Ash is too young to be counted."),
        (SPRING_2027, {"level_3_begun_on": date(2020, 1, 1), "level_2_english": False}, 2, "level-3-english", "Ash has no Level 2 English, and counts at Level 2."),
        (SPRING_2027, {"qualified_on": date(2020, 1, 1), "counted_since": date(2020, 2, 1)} | NO_AID, 0, "newly-qualified-first-aid", "Ash has no paediatric first aid, and counts as unqualified."),
        (SPRING_2027, EVE | NO_AID, 2, "experience-first-aid", "Ash counts by experience with first aid only, and counts at Level 2."),
        (WINTER_2024, EVE, 2, "", "Ash counts by experience only from a later edition, and counts at Level 2."),
    ],
)  # fmt: skip
def test_somebody_counts_otherwise_than_they_hold(on, holds, level, rule, sentence):
    this = day([], [person("ash", name="Ash", **{"level": 3, **holds})], on)
    assert {key: each.level for key, each in counted_on(this, edition(on)).items()} == (
        {} if level is None else {"ash": level}
    )
    assert counted_otherwise(this, edition(on)) == [("ash", rule, sentence)]


@pytest.mark.parametrize(
    ("holds", "level"),
    [
        ({"level": 6}, 6),
        (EVE | {"level": 3}, 3),
        (TRAINEE, 2),
        (TRAINEE | {"studies": 6}, 3),
        (TRAINEE | {"studies": 2}, 0),
        (TRAINEE | {"level": 3}, 3),
        (TRAINEE | EVE | {"level": 3, "level_otherwise": 0}, 2),
        ({"level": 3, "level_3_begun_on": date(2020, 1, 1), "level_2_english": None}, 3),
        ({"level": 0, "senco_award": True}, 0),
        ({"level": 2, "senco_award": True}, 2),
    ],
)
def test_at_which_level(holds, level):
    this = day([], [person("ash", **{"level": Level.THREE, **holds})])
    assert counted_on(this, edition())["ash"].level == level
    assert counted_otherwise(this, edition()) == []


def test_a_setting_can_say_that_it_counts_nobody_without_a_qualification():
    this = day([], [person("ash", name="Ash", level=0)], unqualified_counted=False)
    assert counted_otherwise(this, edition()) == [
        ("ash", "unqualified-counted", "Ash has no qualification, and you do not count those.")
    ]
