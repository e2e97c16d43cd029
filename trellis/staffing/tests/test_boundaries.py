"""Each ratio, share and hour holds at n and not at n + 1: in every edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from tests.rostering import IN_EACH_EDITION, SPRING_2027, asked, at, away, day, edition, group, people, person
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.days import Band, Provision
from trellis.staffing.rules.moments import counted_on, within_share
from trellis.staffing.rules.people import HowKnown, Level, Span, Standing, counts_as, first_aid_until

RATIOS = [
    ("ratio-under-2", "under_1", Provision.PVI, [3, 2, 3]),
    ("ratio-under-2", "one", Provision.PVI, [3, 2, 3]),
    ("ratio-2", "two", Provision.PVI, [3, 2, 3]),
    ("ratio-3-plus", "three_plus", Provision.PVI, [3, 2, 3]),
    ("ratio-3-plus-level-6", "three_plus", Provision.PVI, [6, 3, 2]),
    ("ratio-3-plus-maintained", "three_plus", Provision.MAINTAINED, [6, 3, 2]),
    ("ratio-3-plus-independent", "three_plus", Provision.INDEPENDENT, [3, 2, 3]),
    ("ratio-3-plus-independent-level-6", "three_plus", Provision.INDEPENDENT, [6, 3, 2]),
    ("ratio-3-plus-independent-most-five", "three_plus", Provision.INDEPENDENT, [6, 3, 2]),
    ("ratio-reception", "reception", Provision.MAINTAINED, [6, 6, 6]),
]
EXPECTED = {"ratio-under-2": 3, "ratio-2": 5, "ratio-3-plus": 8, "ratio-3-plus-level-6": 13, "ratio-3-plus-maintained": 13, "ratio-3-plus-independent": 8, "ratio-3-plus-independent-level-6": 13, "ratio-3-plus-independent-most-five": 30, "ratio-reception": 30}  # fmt: skip
ROUND_THE_CLOCK = Span(0, 24 * 60)
BOUNDARIES = [
    (on, *ratio, staff)
    for on, ratio, staff in product(IN_EACH_EDITION, RATIOS, (1, 2, 3))
    if staff > 1 or ratio[3][0] != Level.SIX or ratio[0] == "ratio-reception"
]


def of_children(band, count, provision, levels, on, rule):
    room = replace(group("room", **{band: count}), most_reach_five=rule.endswith("most-five"))
    return day([room], people("room", *levels, school_teacher=levels[0] == Level.SIX), on, provision=provision)


@pytest.mark.parametrize(("on", "rule", "band", "provision", "levels", "staff"), BOUNDARIES)
def test_a_ratio(on, rule, band, provision, levels, staff):
    ratio = 4 if rule == "ratio-2" and on < date(2023, 9, 4) else EXPECTED[rule]
    assert edition(on).number(rule) == ratio
    full = asked(of_children(band, staff * ratio, provision, levels[:staff], on, rule), away())
    assert (full.verdict, full.first.rule, full.quarters[0].required) == (Verdict.TIGHT, "nobody-spare", staff)
    over = asked(of_children(band, staff * ratio + 1, provision, levels[:staff], on, rule), away())
    assert (over.verdict, over.first.rule, over.quarters[0].required) == (Verdict.NOT_POSSIBLE, rule, staff + 1)


@pytest.mark.parametrize("on", IN_EACH_EDITION)
@pytest.mark.parametrize(
    ("rule", "band"),
    [("under-2-others-level-2", "one"), ("two-others-level-2", "two"), ("three-others-level-2", "three_plus")],
)
@pytest.mark.parametrize("qualified", [0, 1, 2])
def test_a_share_of_the_others(on, rule, band, qualified):
    for unqualified, holds in ((qualified, True), (qualified + 1, False)):
        levels = [3] + [2] * qualified + [0] * unqualified
        answer = asked(day([group("room", **{band: 1})], people("room", *levels), on), away())
        assert (rule not in {finding.rule for finding in answer.findings}) is holds
        assert holds or answer.verdict == Verdict.NOT_POSSIBLE


@pytest.mark.parametrize("on", IN_EACH_EDITION)
@pytest.mark.parametrize(("trained", "of", "holds"), [(1, 2, True), (1, 3, False), (2, 4, True), (2, 5, False)])
def test_trained_in_the_care_of_babies(on, trained, of, holds):
    staff = [person(f"p{number}", "room", trained_in_babies=number < trained) for number in range(of)]
    answer = asked(day([group("room", under_1=1)], staff, on), away())
    assert ("under-2-trained-in-babies" not in {finding.rule for finding in answer.findings}) is holds


@pytest.mark.parametrize("on", IN_EACH_EDITION)
@pytest.mark.parametrize(
    ("start", "until", "holds"), [("08:00", "16:00", True), ("07:45", "08:15", False), ("15:45", "16:15", False)]
)
def test_the_hours_of_one_to_thirteen(on, start, until, holds):
    staff = people("room", 6, 3)
    answer = asked(day([group("room", three_plus=24)], staff, on, opening=ROUND_THE_CLOCK), away(start=start, until=until))  # fmt: skip
    assert (answer.verdict != Verdict.NOT_POSSIBLE) is holds
    if not holds:
        assert answer.first.minute == at("07:45" if start < "08:00" else "16:00")


@pytest.mark.parametrize("on", IN_EACH_EDITION)
@pytest.mark.parametrize(
    ("rule", "most", "children"),
    [
        ("childminder-under-8", 6, "out_of_school"),
        ("childminder-young", 3, "two"),
        ("childminder-under-1", 1, "under_1"),
    ],
)
@pytest.mark.parametrize("adults", [1, 2])
def test_children_of_a_childminder(on, rule, most, children, adults):
    staff = [person(f"p{number}", childminder=True) for number in range(adults)]
    for count, verdict in ((most * adults, Verdict.TIGHT), (most * adults + 1, Verdict.NOT_POSSIBLE)):
        this = day([group("home", **{children: count})], staff, on, provision=Provision.CHILDMINDER)
        answer = asked(this, away())
        assert answer.verdict == verdict
        assert answer.first.rule == (rule if verdict == Verdict.NOT_POSSIBLE else "nobody-spare")


@pytest.mark.parametrize(("full", "eve", "counted"), [(0, 1, 0), (1, 1, 1), (1, 2, 1), (2, 2, 2), (2, 3, 2)])
def test_the_share_at_level_3_by_experience(full, eve, counted):
    """Each room needs one at Level 3: so many rooms can be served as count."""
    staff = [person(f"f{number}", f"full{number}") for number in range(full)]
    staff += [person(f"e{number}", f"eve{number}", known=HowKnown.EXPERIENCE) for number in range(eve)]
    ages = ["one", "two", "three_plus"]
    rooms = [group(each.group, **{ages[number % 3]: 1}) for number, each in enumerate(staff)]
    this = day(rooms, staff)
    all_counted = tuple(counted_on(this, edition()).values())
    stays, lower = within_share(all_counted, [], edition())
    assert sum(each.by_experience for each in stays) == counted
    assert lower == eve - counted


@pytest.mark.parametrize(("days", "holds"), [(0, True), (1, False)])
def test_the_last_day_of_first_aid(days, holds):
    until = SPRING_2027 - timedelta(days=days)
    answer = asked(day([group("room", two=5)], people("room", 3, first_aid_until=until)), away())
    assert (answer.verdict != Verdict.NOT_POSSIBLE) is holds


def test_first_aid_lasts_three_years():
    assert first_aid_until(date(2024, 2, 29), edition()) == date(2027, 2, 28)


@pytest.mark.parametrize("on", IN_EACH_EDITION)
@pytest.mark.parametrize(
    ("standing", "age", "counts"),
    [
        (Standing.STAFF, 17, True),
        (Standing.STAFF, 16, False),
        (Standing.AGENCY, 16, False),
        (Standing.STUDENT, 17, True),
        (Standing.STUDENT, 16, False),
        (Standing.VOLUNTEER, 16, False),
        (Standing.APPRENTICE, 16, True),
        (Standing.APPRENTICE, 15, False),
    ],
)
def test_the_least_age(on, standing, age, counts):
    somebody = person("ash", standing=standing, age=age, competent=True)
    assert (counts_as(somebody, on=on, edition=edition(on), good=True, unqualified=True).level is not None) is counts


@pytest.mark.parametrize("own", [1, 2, 3, 4, 5, 6])
def test_an_own_ratio_counts_where_it_is_stricter(own):
    counts = min(own, 5)
    for children, verdict in ((counts, Verdict.TIGHT), (counts + 1, Verdict.NOT_POSSIBLE)):
        this = day([group("room", two=children)], people("room", 3), own_ratios={Band.TWO: own})
        answer = asked(this, away())
        assert answer.verdict == verdict
        if verdict == Verdict.NOT_POSSIBLE:
            assert answer.first.rule == ("own-ratio" if own < 5 else "ratio-2")
