"""A setting’s review beside settings like it: only when it is counted itself, and only what is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from tests.pooling import counted, register_of, settings_that_released, three_hundred
from tests.releasing import agreed, release, text_of
from trellis.organisations.models import Organisation, Provider
from trellis.review import actions
from trellis.review.actions.release import Recipient
from trellis.review.models import PooledCount

pytestmark = pytest.mark.django_db
TERM = "2026-autumn"


def at(year, month, day):
    return time_machine.travel(datetime(year, month, day, 12, tzinfo=UTC), tick=False)


def with_others(cast, framework):
    """Bramble Lane’s review released, and that of sixty other settings."""
    council = cast.daniel.organisation
    register_of(council.authority, three_hundred(60))
    home = Provider.objects.filter(kind="full_day_care", postcode_district="FE1").first()
    Organisation.objects.filter(pk=cast.amara.organisation.pk).update(provider=home)
    settings_that_released(
        council, framework, three_hundred(60), period=TERM, by=cast.daniel, weak=lambda code, n: n % 2 == 0
    )
    round = agreed(cast.amara)
    return round, release(round, cast.amara, Recipient(team=council), may_be_counted=True, until=date(2027, 6, 1))


def test_a_setting_that_is_counted_sees_settings_like_it(cast, half, framework, browse):
    with at(2026, 12, 3):
        round, made = with_others(cast, framework)
        browser, address = browse(cast.leila), f"/reviews/{round.pk}/similar"
        assert "is counted with others on 28 January 2027" in text_of(browser.get(address))
    with at(2027, 1, 28):
        counted(cast.daniel.organisation, TERM)
        page = text_of(browse(cast.leila).get(address))
        assert "Settings like ours: full day care, FE1 to FE3" in page
        assert "Group settings: 61 counted" in page
        assert "Area for development" in page
        assert "31 of 61 (51%)" in page, "Bramble Lane wants to develop C1 as well"
        assert "Setting " not in page.replace("Settings", "")
        actions.withdraw_release(release=made, because="", by=cast.amara.acting)
        assert "Nothing to compare with" in text_of(browse(cast.leila).get(address))


def test_who_is_not_counted_sees_nothing(cast, half, framework, browse):
    with at(2026, 12, 3):
        with_others(cast, framework)
    with at(2027, 1, 28):
        counted(cast.daniel.organisation, TERM)
        assert PooledCount.objects.visible_to(cast.amara.acting).count() == 1
        for other in (cast.megan, cast.joanna, cast.idris, cast.grace, cast.sam):
            assert not PooledCount.objects.visible_to(other.acting).exists()


def test_too_few_like_it_are_not_told_by_themselves(cast, half, framework, browse):
    council = cast.daniel.organisation
    with at(2026, 12, 3):
        settings_that_released(
            council, framework, three_hundred(12), period=TERM, by=cast.daniel, weak=lambda code, n: n % 2 == 0
        )
        round = agreed(cast.amara)
        release(round, cast.amara, Recipient(team=council), may_be_counted=True, until=date(2027, 6, 1))
    with at(2027, 1, 28):
        counted(council, TERM)
        page = text_of(browse(cast.amara).get(f"/reviews/{round.pk}/similar"))
    assert "Too few settings like yours" in page
    assert "Settings like ours" not in page.replace("Beside settings like ours", "")
