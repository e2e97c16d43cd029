"""What an authority may count: the newest release of a setting for a period, as long as it lasts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from tests.releasing import agreed, release, released_by
from tests.reviewing import say, start
from trellis.core.dates import months_later
from trellis.core.jobs.registry import schedules
from trellis.core.refusal import Refused
from trellis.organisations.models import Provider
from trellis.review import actions
from trellis.review.actions.release import Recipient
from trellis.review.jobs import end_releases
from trellis.review.models import Release, ReleasedRating
from trellis.review.rules.release import period_key
from trellis.review.tests.test_reminders import Steps

pytestmark = pytest.mark.django_db


def test_a_row_for_each_statement_with_what_is_counted(cast, half):
    provider = Provider.objects.create(number="EY1", name="Bramble", town="Fenwick", postcode_district="FW1")
    type(cast.amara.organisation).objects.filter(pk=cast.amara.organisation.pk).update(provider=provider)
    made = release(agreed(cast.amara), cast.amara, Recipient(team=cast.daniel.organisation), may_be_counted=True)
    rows = ReleasedRating.objects.filter(release=made)
    assert rows.count() == 39
    strong, weak = (rows.get(statement__code=code) for code in ("A1", "C1"))
    assert (strong.state, strong.level.code, strong.needs_action) == ("rated", "secure", False)
    assert (weak.state, weak.level.code, weak.needs_action) == ("rated", "development", True)
    assert rows.get(statement__code="A2").state == "not_discussed"
    assert {(row.place, row.setting_kind, row.current, row.authority_id) for row in rows} == {
        ("FW1", "full_day_care", True, "E99000001")
    }
    assert strong.period_key == period_key(timezone.localdate())


@pytest.mark.parametrize(("town", "district", "place"), [("Fenwick", "", "Fenwick"), ("", "FW1", "FW1"), ("", "", "")])
def test_the_place_is_what_the_register_says(cast, half, town, district, place):
    provider = Provider.objects.create(number="EY1", name="Bramble", town=town, postcode_district=district)
    type(cast.amara.organisation).objects.filter(pk=cast.amara.organisation.pk).update(provider=provider)
    release(agreed(cast.amara), cast.amara, Recipient(team=cast.daniel.organisation), may_be_counted=True)
    assert set(ReleasedRating.objects.values_list("place", flat=True)) == {place}


def test_without_consent_nothing_is_counted(cast, half):
    release(agreed(cast.amara), cast.amara, Recipient(team=cast.daniel.organisation))
    assert not ReleasedRating.objects.exists()


def test_the_newest_of_a_period_is_current_and_the_one_before_comes_back(cast, half):
    round, to = agreed(cast.amara), Recipient(team=cast.daniel.organisation)
    first = release(round, cast.amara, to, may_be_counted=True)
    second = release(round, cast.amara, to, may_be_counted=True)
    third = release(round, cast.amara, to, may_be_counted=True)
    assert current() == {third.pk}
    actions.withdraw_release(release=first, because="", by=cast.amara.acting)
    assert current() == {third.pk}
    actions.withdraw_release(release=third, because="", by=cast.amara.acting)
    assert current() == {second.pk}
    actions.withdraw_release(release=second, because="", by=cast.amara.acting)
    assert not ReleasedRating.objects.exists()


def current():
    return set(ReleasedRating.objects.filter(current=True).values_list("release", flat=True))


def test_another_period_and_another_setting_stay_as_they_are(cast, framework):
    made = [released_by(cast.amara), released_by(cast.megan), released_by(cast.joanna)]
    ReleasedRating.objects.filter(release=made[0]).update(period_key="2020-autumn")
    round = start(cast.amara, framework, period="Spring")
    say(round, "A1", "secure", cast.amara)
    for to in ("discussing", "agreed"):
        actions.move_round(round=round, to=to, by=cast.amara.acting)
    newest = release(round, cast.amara, Recipient(team=cast.daniel.organisation), may_be_counted=True)
    assert current() == {each.pk for each in [*made, newest]}


def end_of(day):
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=ZoneInfo("Europe/London"))


def test_the_clock_ends_what_has_lasted_long_enough(cast, framework, browse):
    made = released_by(cast.amara)
    ended = next(each for each in schedules() if each.name == "review.end_releases")
    assert ended.rhythm.at is not None
    with time_machine.travel(end_of(made.until), tick=False):
        assert run() == 0
        assert Release.objects.get().content
    with time_machine.travel(end_of(made.until + timedelta(days=1)), tick=False):
        page = browse(cast.daniel).get(f"/released/{made.pk}/").content.decode()
        assert "It could be read until" in page, "also before the clock came by"
        assert (run(), run()) == (1, 0)
    made.refresh_from_db()
    assert (made.content, made.ended_at is not None, made.withdrawn_at) == ({}, True, None)
    assert not ReleasedRating.objects.exists()


def run():
    """The job as the clock would have it done; how many it ended."""
    steps = Steps()
    end_releases(steps)
    return steps.result["ended"]


def test_a_month_later_is_the_same_day_or_the_last():
    assert months_later(date(2026, 11, 24), 3) == date(2027, 2, 24)
    assert months_later(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 1), 12) == date(2027, 12, 1)


def test_of_two_who_release_at_the_same_moment_one_is_told(cast, half, monkeypatch):
    round = agreed(cast.amara)

    def faster(*about):
        raise IntegrityError

    monkeypatch.setattr("trellis.review.actions.release.write_counted", faster)
    with pytest.raises(Refused, match="Somebody else has just released this"):
        release(round, cast.amara, Recipient(team=cast.daniel.organisation), may_be_counted=True)
    assert not Release.objects.exists()
