"""Cases written from the rules, each naming the rule that decides it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rostering import (
    BEFORE_2023,
    WINTER_2024,
    asked,
    away,
    day,
    group,
    people,
    person,
    span,
)
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.days import Band, Provision
from trellis.staffing.rules.keys import KINDS
from trellis.staffing.rules.people import HowKnown, Standing

POSSIBLE, TIGHT, NOT_POSSIBLE = Verdict
MAINTAINED, INDEPENDENT, CHILDMINDER = Provision.MAINTAINED, Provision.INDEPENDENT, Provision.CHILDMINDER
EVE = {"known": HowKnown.EXPERIENCE, "level": 3}
NO_AID = {"first_aid_until": None}


def babies(count=3):
    return group("babies", under_1=count)


def twos(count=5, *meals):
    return group("twos", *meals, two=count)


def threes(count=8, *meals):
    return group("threes", *meals, three_plus=count)


LUNCH = span("11:30", "12:00")
CASES = [
    # ratios, for all taken together and by room
    ("ratio-under-2", NOT_POSSIBLE, day([babies(4)], people("babies", 3, 3)), ("babies2",)),
    ("ratio-2", NOT_POSSIBLE, day([twos(9)], people("twos", 3, 3), BEFORE_2023), ()),
    ("nobody-spare", TIGHT, day([twos(9)], people("twos", 3, 3)), ()),
    ("ratio-3-plus", NOT_POSSIBLE, day([threes(17)], people("threes", 3, 3, 3)), ("threes3",)),
    ("ratio-3-plus", NOT_POSSIBLE, day([threes(14)], [*people("threes", 3), person("head", "office", 6)], provision=Provision.PVI), ("head",)),
    ("pooled-ratio", NOT_POSSIBLE, day([babies(3), twos(5), threes(8)], [*people("babies", 3), *people("twos", 3), *people("threes", 3)]), ("twos1",)),
    ("each-room-by-itself", TIGHT, day([group("mixed", one=2, two=2, three_plus=2)], people("mixed", 3, 3)), ()),
    ("each-room-by-itself", TIGHT, day([twos(10), threes(8)], [*people("twos", 3), *people("threes", 3, 3, 3)]), ()),
    ("", POSSIBLE, day([twos(10), threes(8)], [*people("twos", 3), *people("threes", 3, 3), person("float")]), ()),
    ("own-ratio", NOT_POSSIBLE, day([twos(9)], people("twos", 3, 3), own_ratios={Band.TWO: 4}), ()),
    ("own-ratio", NOT_POSSIBLE, day([threes(25)], people("threes", 6, 3), own_ratios={Band.THREE_PLUS: 12}), ()),
    ("nobody-spare", TIGHT, day([twos(10)], people("twos", 3, 3), own_ratios={Band.TWO: 9}), ()),
    # one to thirteen
    ("nobody-spare", TIGHT, day([threes(26)], people("threes", 6, 3)), ()),
    ("ratio-3-plus", NOT_POSSIBLE, day([threes(26)], people("threes", 6, 2)), ()),
    ("nobody-spare", TIGHT, day([threes(16)], people("threes", 6, 2)), ()),
    ("ratio-3-plus", NOT_POSSIBLE, day([threes(26)], people("threes", 6, 3, 3)), ("threes1",)),
    ("ratio-3-plus", NOT_POSSIBLE, day([threes(26)], [*people("threes", 3, 3), person("head", "", 6, one_to_one=True)]), ()),
    # levels, by age
    ("under-2-level-3", NOT_POSSIBLE, day([babies(3)], people("babies", 3, 2, 2)), ("babies1",)),
    ("under-2-level-3", NOT_POSSIBLE, day([babies(3)], [person("a", "babies", under_2_experience=False), person("b", "babies", 2)]), ()),
    ("", POSSIBLE, day([babies(3)], [*people("babies", 2, 2), person("float")]), ()),
    ("under-2-level-3", NOT_POSSIBLE, day([babies(3)], [*people("babies", 2, 2), person("float", under_2_experience=False)]), ()),
    ("under-2-others-level-2", NOT_POSSIBLE, day([babies(3)], people("babies", 3, 2, 0)), ("babies2",)),
    ("under-2-trained-in-babies", NOT_POSSIBLE, day([babies(3)], [person("a", "babies"), person("b", "babies", trained_in_babies=False), person("c", "babies", trained_in_babies=False)]), ()),
    ("under-2-in-charge", NOT_POSSIBLE, day([babies(3), group("cots", one=3)], [*people("babies", 3, 3), person("c", "cots", under_2_experience=False), person("d", "cots", under_2_experience=False)]), ()),
    ("two-level-3", NOT_POSSIBLE, day([twos(5)], people("twos", 3, 2, 2)), ("twos1",)),
    ("two-level-3", NOT_POSSIBLE, day([twos(5), threes(8)], [*people("twos", 2, 2), *people("threes", 2, 2), person("float")]), ("float",)),
    ("three-level-3", NOT_POSSIBLE, day([twos(5), threes(8)], [*people("twos", 2, 2), *people("threes", 2, 2), person("float")]), ()),
    ("", POSSIBLE, day([twos(5), threes(8)], [*people("twos", 2, 2), *people("threes", 2, 2), person("float"), person("second")]), ()),
    ("", POSSIBLE, day([group("mixed", two=5, three_plus=8)], people("mixed", 3, 2, 2)), ()),
    ("two-others-level-2", NOT_POSSIBLE, day([twos(5)], people("twos", 3, 0, 0, 2)), ("twos4",)),
    ("three-level-3", NOT_POSSIBLE, day([threes(8)], people("threes", 3, 2)), ("threes1",)),
    ("three-others-level-2", NOT_POSSIBLE, day([threes(16)], people("threes", 3, 0, 0)), ()),
    ("", POSSIBLE, day([threes(13)], people("threes", 6, 3, 0)), ()),
    # who is counted
    ("ratio-2", NOT_POSSIBLE, day([twos(6)], [*people("twos", 3), person("ash", "twos", 2, age=16)]), ()),
    ("ratio-2", NOT_POSSIBLE, day([twos(6)], [*people("twos", 3), person("ash", "twos", 2, one_to_one=True)]), ()),
    ("ratio-2", NOT_POSSIBLE, day([twos(6)], [*people("twos", 3), person("ash", "twos", 0)], unqualified_counted=False), ()),
    ("ratio-2", NOT_POSSIBLE, day([twos(6)], [*people("twos", 3), person("ash", "twos", 2, standing=Standing.SHORT_PLACEMENT)]), ()),
    ("ratio-2", NOT_POSSIBLE, day([twos(6)], [*people("twos", 3), person("ash", "twos", 0, standing=Standing.STUDENT, studies=3)]), ()),
    ("ratio-2", NOT_POSSIBLE, day([twos(6)], [*people("twos", 3), person("ash", "twos", 0, standing=Standing.STUDENT, studies=3, competent=True, **NO_AID)]), ()),
    ("rests-on-trainee-or-agency", TIGHT, day([twos(6)], [*people("twos", 3, 2), person("ash", "twos", 0, standing=Standing.STUDENT, studies=3, competent=True)]), ("twos2",)),
    ("rests-on-trainee-or-agency", TIGHT, day([twos(6)], [*people("twos", 3), person("ash", "twos", 0, standing=Standing.VOLUNTEER, studies=3, competent=True, **NO_AID), person("bo", "twos", 2)], WINTER_2024), ("bo",)),
    ("rests-on-trainee-or-agency", TIGHT, day([twos(6)], [*people("twos", 2, 2), person("agency", "twos", 3, standing=Standing.AGENCY)]), ()),
    ("", POSSIBLE, day([twos(5)], [*people("twos", 3), person("agency", "twos", 3, standing=Standing.AGENCY)]), ()),
    ("two-level-3", NOT_POSSIBLE, day([twos(5)], [person("ash", "twos", 0, standing=Standing.APPRENTICE, studies=3, competent=True), *people("twos", 2)]), ()),
    ("rests-on-trainee-or-agency", TIGHT, day([twos(5)], [*people("twos", 2, 2), person("ash", "twos", 0, standing=Standing.STUDENT, studies=6, competent=True)]), ()),
    ("two-level-3", NOT_POSSIBLE, day([twos(5)], [person("a", "twos", 3, level_3_begun_on=date(2014, 9, 1), level_2_english=False), *people("twos", 2)]), ()),
    ("", POSSIBLE, day([twos(5)], [person("a", "twos", 3, level_3_begun_on=date(2014, 8, 31), level_2_english=False), *people("twos", 2)]), ()),
    ("two-level-3", NOT_POSSIBLE, day([twos(5)], [person("a", "twos", 3, qualified_on=date(2016, 6, 30), counted_since=date(2026, 12, 3), **NO_AID), *people("twos", 2)]), ()),
    ("", POSSIBLE, day([twos(5)], [person("a", "twos", 3, qualified_on=date(2016, 6, 30), counted_since=date(2026, 12, 4), **NO_AID), *people("twos", 2)]), ()),
    ("", POSSIBLE, day([twos(5)], [person("a", "twos", 3, qualified_on=date(2016, 6, 29), counted_since=date(2017, 1, 1), **NO_AID), *people("twos", 2)]), ()),
    ("two-level-3", NOT_POSSIBLE, day([twos(5)], people("twos", 2, 2, senco_award=True)), ()),
    # at Level 3 by experience
    ("two-level-3", NOT_POSSIBLE, day([twos(5)], [person("eve", "twos", **EVE), *people("twos", 2)], WINTER_2024), ()),
    ("two-level-3", NOT_POSSIBLE, day([twos(5)], [person("eve", "twos", **EVE), *people("twos", 2), person("head", "office")], good_or_outstanding=False), ("head",)),
    ("two-level-3", NOT_POSSIBLE, day([twos(5)], [person("eve", "twos", **EVE, **NO_AID), *people("twos", 2), person("head", "office")]), ("head",)),
    ("experience-share", NOT_POSSIBLE, day([twos(5), threes(8)], [person("eve", "twos", **EVE), person("eva", "threes", **EVE), *people("twos", 2), *people("threes", 2), person("head", "office", one_to_one=True)]), ()),
    ("", POSSIBLE, day([twos(5), threes(8)], [person("eve", "twos", **EVE), *people("twos", 2), *people("threes", 3, 2)]), ()),
    # first aid
    ("first-aid-on-premises", NOT_POSSIBLE, day([twos(5)], [*people("twos", 3, 2, **NO_AID), person("cook", "kitchen", 0)]), ("cook",)),
    ("", POSSIBLE, day([twos(5)], [*people("twos", 3, 2, **NO_AID), person("cook", "kitchen", 0, one_to_one=True)]), ()),
    ("first-aid-on-premises", NOT_POSSIBLE, day([twos(5)], [person("a", "twos", first_aid_until=date(2027, 3, 3)), person("b", "twos", 2, **NO_AID)]), ()),
    ("first-aid-at-meals", NOT_POSSIBLE, day([twos(5, LUNCH), threes(8, LUNCH)], [*people("twos", 3, 2, **NO_AID), *people("threes", 3, 2)]), ()),
    ("", POSSIBLE, day([twos(5, LUNCH), threes(8, LUNCH)], [*people("twos", 3, 2, **NO_AID), *people("threes", 3, 2)], WINTER_2024), ()),
    ("", POSSIBLE, day([twos(5), threes(8, LUNCH)], [*people("twos", 3, 2, **NO_AID), *people("threes", 3, 2)]), ()),
    ("", POSSIBLE, day([twos(5, LUNCH)], [*people("twos", 3, 2, **NO_AID), person("float", level=0)]), ()),
    # who is in charge
    ("manager-or-deputy", NOT_POSSIBLE, day([twos(5)], [*people("twos", 3, 2), person("head", manager=True)]), ("head",)),
    ("", POSSIBLE, day([twos(5)], [*people("twos", 3, 2), person("head", manager=True), person("deputy", deputy=True)]), ("head",)),
    ("manager-or-deputy", NOT_POSSIBLE, day([twos(5)], [*people("twos", 3, 2), person("head", manager=True), person("deputy", deputy=True)]), ("head", "deputy")),
    ("manager-level-3", NOT_POSSIBLE, day([twos(5)], [*people("twos", 3, 2), person("head", level=2, manager=True)]), ()),
    ("", POSSIBLE, day([twos(5)], [*people("twos", 3, 2), person("head", level=2, manager=True)], BEFORE_2023), ()),
    ("setting-others-level-2", NOT_POSSIBLE, day([twos(5)], [*people("twos", 3), *people("away", 0, 0), person("head", manager=True)]), ()),
    ("manager-maths", NOT_POSSIBLE, day([twos(5)], [*people("twos", 3, 2), person("head", manager=True, appointed_on=date(2024, 1, 1), level_2_maths=False)]), ()),
    ("", POSSIBLE, day([twos(5)], [*people("twos", 3, 2), person("head", manager=True, appointed_on=date(2023, 12, 31), level_2_maths=False)]), ()),
    ("", POSSIBLE, day([twos(5)], [*people("twos", 3, 2), person("head", manager=True, appointed_on=date(2025, 3, 4), level_2_maths=False)]), ()),
    # schools
    ("ratio-3-plus-maintained", NOT_POSSIBLE, day([threes(27)], people("threes", 6, 3, school_teacher=True), provision=MAINTAINED), ()),
    ("maintained-teacher", NOT_POSSIBLE, day([threes(13)], [person("teacher", "threes", 6, school_teacher=True), *people("threes", 3, 3)], provision=MAINTAINED), ("teacher",)),
    ("maintained-other-level-3", NOT_POSSIBLE, day([threes(13)], [person("teacher", "threes", 6, school_teacher=True), *people("threes", 3, 2)], provision=MAINTAINED), ("threes1",)),
    ("nobody-spare", TIGHT, day([threes(26)], [person("teacher", "threes", 6, school_teacher=True), *people("threes", 3)], provision=MAINTAINED), ()),
    ("ratio-reception", NOT_POSSIBLE, day([group("class", reception=31)], people("class", 6, school_teacher=True), provision=MAINTAINED), ()),
    ("reception-teacher", NOT_POSSIBLE, day([group("class", reception=30)], people("class", 3, 3), provision=MAINTAINED), ()),
    ("nobody-spare", TIGHT, day([threes(26)], people("threes", 6, 3), provision=INDEPENDENT), ()),
    ("ratio-3-plus-independent", NOT_POSSIBLE, day([threes(26)], people("threes", 6, 2), provision=INDEPENDENT), ()),
    ("ratio-3-plus-independent", NOT_POSSIBLE, day([threes(26)], people("threes", 6, 3, 3), provision=INDEPENDENT), ("threes1",)),
    # school age: no number
    ("", POSSIBLE, day([group("club", out_of_school=40)], people("club", 0)), ()),
    ("first-aid-on-premises", NOT_POSSIBLE, day([group("club", out_of_school=4)], people("club", 0)), ("club1",)),
    # childminders
    ("childminder-young", NOT_POSSIBLE, day([group("home", two=4)], [person("minder", childminder=True)], provision=CHILDMINDER), ()),
    ("nobody-spare", TIGHT, day([group("home", two=4)], [person("minder", childminder=True)], provision=CHILDMINDER, young_by_exception=1), ()),
    ("childminder-under-1", NOT_POSSIBLE, day([group("home", under_1=2)], [person("minder", childminder=True)], provision=CHILDMINDER), ()),
    ("childminder-under-8", NOT_POSSIBLE, day([group("home", two=3, out_of_school=4)], [person("minder", childminder=True)], provision=CHILDMINDER), ()),
    ("assistant-alone-permission", NOT_POSSIBLE, day([group("home", two=2)], [person("minder", childminder=True), person("helper", level=0)], provision=CHILDMINDER), ("minder",)),
    ("", POSSIBLE, day([group("home", two=2)], [person("minder", childminder=True), person("helper", level=0)], provision=CHILDMINDER), ()),
    ("nobody-spare", TIGHT, day([group("home", two=2)], [person("minder", childminder=True), person("other", childminder=True)], provision=CHILDMINDER), ("minder",)),
    ("childminder-young", NOT_POSSIBLE, day([group("home", two=1)], [person("minder", childminder=True)], provision=CHILDMINDER), ("minder",)),
    ("first-aid-on-premises", NOT_POSSIBLE, day([group("home", two=2)], [person("minder", childminder=True), person("helper", level=0, **NO_AID)], provision=CHILDMINDER, sole_charge_permitted=True), ("minder",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "verdict", "this", "who"),
    CASES,
    ids=[f"{number} {case[0] or 'all hold'}" for number, case in enumerate(CASES, start=1)],
)
def test_a_case(rule, verdict, this, who):
    answer = asked(this, away(*who))
    said = [(finding.rule, finding.sentence) for finding in answer.findings]
    assert answer.verdict == verdict, said
    rules = {finding.rule for finding in answer.findings if finding.verdict == verdict}
    assert rule in rules if rule else not rules, said


SEEN_IN_OTHERS = {
    # they decide who is counted or how long something holds, and show in a ratio, a level or a boundary
    *("least-age", "unqualified-counted", "trainee-level-below", "trainee-least-age", "apprentice-least-age"),
    *("trainee-first-aid", "one-to-one-not-counted", "level-3-english", "newly-qualified-first-aid"),
    *("newly-qualified-months", "experience-route", "experience-first-aid", "experience-good-setting"),
    *("first-aid-lasts-months", "manager-maths-months", "level-6-hours", "level-6-other-level-3"),
    # they have boundaries and cases of their own elsewhere
    *("ratio-3-plus-level-6", "ratio-3-plus-independent-level-6", "ratio-3-plus-independent-most-five"),
    *("assistant-alone-minutes", "outing-first-aid"),
}


def test_every_rule_that_can_fail_has_a_case():
    assert len(CASES) >= 60
    judged = {key for key, kind in KINDS.items() if kind != "words"}
    assert judged - SEEN_IN_OTHERS == {case[0] for case in CASES if case[0]}
