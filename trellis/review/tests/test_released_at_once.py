"""Two people do something about the same release at the same moment: nothing comes back, and nobody meets an error.

On PostgreSQL both are at work at once; on SQLite the second waits for the first to end.
"""

from __future__ import annotations

import pytest

from tests.releasing import agreed, release
from tests.reviewing import rating, say
from trellis.organisations.tests.test_at_once import at_once
from trellis.review import actions
from trellis.review.actions.release import Recipient
from trellis.review.models import Release, ReleasedRating

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def to(cast, half) -> Recipient:
    say(half.round, "A1", "secure", cast.priya, notes="Noah’s plan")
    say(half.round, "C1", "development", cast.priya, notes="Noah’s mum")
    return Recipient(team=cast.daniel.organisation)


def take_out(round, code, person):
    written = rating(round, code)
    return lambda: actions.take_out_words(kind="rating", written=written, text="notes", by=person.acting)


def test_words_taken_out_at_once_stay_out_of_what_was_released(cast, half, to):
    made = release(agreed(cast.amara), cast.amara, to)
    assert "Noah’s plan" in str(made.content)
    assert "Noah’s mum" in str(made.content)
    assert at_once(take_out(half.round, "A1", cast.amara), take_out(half.round, "C1", cast.amara)) == (None, None)
    assert "Noah" not in str(Release.objects.get().content)


def test_a_copy_withdrawn_at_once_stays_empty(cast, half, to):
    made = release(agreed(cast.amara), cast.amara, to)

    def withdraw():
        return actions.withdraw_release(release=made, because="", by=cast.amara.acting)

    withdrawn, out = at_once(withdraw, take_out(half.round, "A1", cast.amara))
    assert (withdrawn.pk, out) == (made.pk, None)
    assert Release.objects.get().content == {}


def test_one_withdraws_while_another_releases_and_the_newest_is_counted(cast, half, to):
    round = agreed(cast.amara)
    first, _second = (release(round, cast.amara, to, may_be_counted=True) for _ in range(2))

    def once_more():
        return release(round, cast.amara, to, may_be_counted=True)

    made, withdrawn = at_once(
        once_more, lambda: actions.withdraw_release(release=first, because="", by=cast.amara.acting)
    )
    assert isinstance(withdrawn, Release), withdrawn
    assert set(ReleasedRating.objects.filter(current=True).values_list("release", flat=True)) == {made.pk}
