"""What settings reply to others is what the check says, day by day; and nothing else leaves."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rostering import edition
from trellis.staffing.replying import Replies
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.days import Leaving
from trellis.staffing.rules.ways_out import verdict_of
from trellis.staffing.tests.test_properties import days

SPANS = st.sampled_from([None, (545, 935), (565, 770), (770, 1085), (300, 500), (565, 766)])


class OneDay:
    """A week of one day, as it is on each of its dates."""

    colleagues = ()

    def __init__(self, day):
        self.day, self.days = day, {day.on.weekday(): day}

    def day_on(self, on, changes):
        return self.day


@settings(max_examples=60)
@given(days(), SPANS, SPANS)
def test_a_reply_is_what_the_check_says(day, first, second):
    going = [person.key for person in day.staff][:2]
    away = (first, second)[: len(going)]
    leavings = {}
    for key, span in zip(going, away, strict=True):
        if span:
            leavings.setdefault(span, []).append(key)
    said = tuple(Leaving(tuple(keys), *span) for span, keys in leavings.items())
    assert Replies(OneDay(day), tuple(going)).reply(day.on, away) == verdict_of(day, said, edition(day.on))


def test_of_a_weekday_that_is_not_written_down_nothing_is_known():
    week = OneDay(type("Day", (), {"on": date(2027, 3, 4)})())
    assert Replies(week, ("a",)).reply(date(2027, 3, 5), ((540, 900),)) is Verdict.NOT_POSSIBLE


def test_days_are_alike_until_first_aid_runs_out_or_somebody_has_a_birthday():
    who = type("Colleague", (), {"first_aid_until": date(2027, 3, 11), "born_on": date(2010, 4, 1)})()
    week = type("Week", (), {"colleagues": [who], "days": {}})()
    replies = Replies(week, ("a",), {date(2027, 3, 4): ["off"]})
    weeks = [replies.alike(date(2027, 3, 4) + timedelta(days=7 * number)) for number in range(6)]
    assert weeks[0] != weeks[1], "what is otherwise on a day tells it apart"
    assert weeks[1] != weeks[2] == weeks[3] != weeks[4] == weeks[5]
