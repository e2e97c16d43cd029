"""A term is counted once: what is in the count, what is not, and what the setting is told of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction

from tests.pooling import counted, settings_that_released, three_hundred
from tests.releasing import agreed, look, release, text_of
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.actions.release import Recipient
from trellis.review.jobs import count_periods, end_releases
from trellis.review.models import Framework, PooledCount, Release, ReleasedRating
from trellis.review.tests.test_constraints import refused
from trellis.review.tests.test_reminders import Steps

pytestmark = pytest.mark.django_db
TERM = "2026-autumn"


def at(year, month, day):
    """Noon of a day, for as long as the block runs."""
    return time_machine.travel(datetime(year, month, day, 12, tzinfo=UTC), tick=False)


def everybody(_code, _number):
    return True


def twenty(cast, framework, *, period=TERM):
    where = three_hundred(20)
    council = cast.daniel.organisation
    return settings_that_released(council, framework, where, period=period, by=cast.amara, weak=everybody)


def settings_counted():
    return [each.content["parts"][0]["counted"] for each in PooledCount.objects.order_by("period_key")]


def test_the_clock_counts_when_the_day_has_come(cast, framework):
    with at(2026, 12, 3):
        twenty(cast, framework)
    for day, made in ((27, 0), (28, 1), (29, 0)):
        with at(2027, 1, day):
            steps = Steps()
            count_periods(steps)
        assert steps.result["counted"] == made
    assert settings_counted() == [20]


def test_what_was_counted_stays(cast, framework):
    with at(2026, 12, 3):
        made = twenty(cast, framework)
    with at(2027, 1, 28):
        counted(cast.daniel.organisation, TERM)
        content = PooledCount.objects.get().content
        ReleasedRating.objects.filter(release=made[0]).delete()
        Release.objects.filter(pk=made[0].pk).delete()
        assert counted(cast.daniel.organisation, TERM) == []
    assert PooledCount.objects.get().content == content
    for change in (lambda rows: rows.update(content={}), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(PooledCount.objects.all())


def test_what_ends_before_the_count_is_not_in_it(cast, framework):
    with at(2026, 12, 3):
        early, withdrawn, *_ = twenty(cast, framework)
        Release.objects.filter(pk=early.pk).update(until=date(2027, 1, 27))
        now = datetime.now(tz=UTC)
        Release.objects.filter(pk=withdrawn.pk).update(withdrawn_at=now, withdrawn_by=cast.amara.user, content={})
    with at(2027, 1, 28):
        counted(cast.daniel.organisation, TERM)
    assert settings_counted() == [18]


def test_what_is_released_after_the_count_counts_in_the_next_term(cast, half, framework):
    with at(2026, 12, 3):
        twenty(cast, framework)
        round = agreed(cast.amara)
        to = Recipient(team=cast.daniel.organisation)
        first = release(round, cast.amara, to, may_be_counted=True, until=date(2027, 6, 1))
        assert period_of(first) == {TERM}
    with at(2027, 1, 5):
        actions.count_now(period=TERM, by=cast.daniel.acting)
        again = release(round, cast.amara, to, may_be_counted=True, until=date(2027, 6, 1))
        assert period_of(again) == {"2027-spring"}
    assert settings_counted() == [21]


def period_of(made):
    return set(ReleasedRating.objects.filter(release=made).values_list("period_key", flat=True))


def test_who_may_have_a_term_counted(cast, framework):
    with at(2026, 12, 3):
        twenty(cast, framework)
        with pytest.raises(Refused, match="Autumn term 2026 has not ended yet"):
            actions.count_now(period=TERM, by=cast.daniel.acting)
    with at(2027, 1, 5):
        with pytest.raises(Refused, match="Only whoever leads"):
            actions.count_now(period=TERM, by=cast.ruth.acting)
        with pytest.raises(Refused, match="would tell you nothing"):
            actions.count_now(period=TERM, by=cast.idris.acting)
        assert len(actions.count_now(period=TERM, by=cast.daniel.acting)) == 1


def test_constraints(cast, framework):
    with at(2026, 12, 3):
        twenty(cast, framework)
    with at(2027, 1, 28):
        made = counted(cast.daniel.organisation, TERM)[0]
    same = {"authority_id": made.authority_id, "framework": framework, "period_key": TERM, "content": {}}
    refused("pooled_count_once_for_a_period", PooledCount.objects.create, audience="group", **same)
    refused("pooled_count_audience_is_known", PooledCount.objects.create, audience="parents", **same)
    refused("released_rating_audience_is_known", ReleasedRating.objects.update, audience="parents")
    refused("released_rating_size_is_known", ReleasedRating.objects.update, size="vast")


def test_the_setting_is_told_when_it_is_counted(cast, half, browse):
    with at(2026, 9, 10):
        round, browser = agreed(cast.amara), browse(cast.amara)
        step = text_of(browser.get(f"/reviews/{round.pk}/release/to"))
        assert "Step 1" in step
        page = look(browser, round, {"to": "authority"}, may_be_counted="on", **day(2027, 1, 27))
        assert "No: it ends before the count on 28 January 2027" in text_of(page)
        page = look(browser, round, {"to": "authority"}, may_be_counted="on", **day(2027, 1, 28))
        assert "Yes, on 28 January 2027" in text_of(page)
        asks = browser.get(f"/reviews/{round.pk}/release/purpose")
        assert "The next count is on 28 January 2027" in text_of(asks)
        to = Recipient(team=cast.daniel.organisation)
        made = release(round, cast.amara, to, may_be_counted=True, until=date(2027, 2, 11))
        page = text_of(browser.get(f"/releases/{made.pk}/"))
        assert "Yes, on 28 January 2027. What has been counted stays in the figures" in page
        assert "a count made already stays as it is" in text_of(browser.get(f"/releases/{made.pk}/withdraw"))
    with at(2027, 2, 12):
        end_releases(Steps())
        page = text_of(browse(cast.amara).get(f"/releases/{made.pk}/"))
        assert "Not any more. What was counted before it ended stays" in page


def day(year, month, number):
    return {"until-day": number, "until-month": month, "until-year": year}


def test_an_authority_is_suggested_a_day_after_the_count(cast, half, browse):
    with at(2026, 9, 10):
        round, browser = agreed(cast.amara), browse(cast.amara)
        browser.post(f"/reviews/{round.pk}/release/to", {"to": "authority"})
        page = browser.get(f"/reviews/{round.pk}/release/purpose").content.decode()
    later = date(2027, 1, 28) + timedelta(days=14)
    assert f'value="{later.day}"' in page
    assert f'value="{later.year}"' in page


def test_settings_with_two_frameworks_are_counted_apart(cast, framework):
    other = Framework.objects.create(key="another", edition="2026-1", title="Another", content={}, fingerprint="x")
    with at(2026, 12, 3):
        for number, made in enumerate(twenty(cast, framework)):
            if number >= 16:
                ReleasedRating.objects.filter(release=made).update(framework=other)
    with at(2027, 1, 28):
        counted(cast.daniel.organisation, TERM)
    assert settings_counted() == [16], "four by another framework are too few to be counted"
