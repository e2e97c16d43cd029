"""What the database itself never lets be untrue of releases and requests for help."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.releasing import SOMEBODY, agreed, help_of, release, released_by
from trellis.core.models import StoredFile
from trellis.review import actions
from trellis.review.actions.release import Recipient
from trellis.review.models import HelpRequest, HelpStep, Release, ReleasedRating, ReleaseLink, ReleaseReading
from trellis.review.tests.test_constraints import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now


def test_a_release(cast, half):
    made = release(agreed(cast.amara), cast.amara, Recipient(team=cast.daniel.organisation))
    change = Release.objects.filter(pk=made.pk).update
    refused("release_has_one_recipient", change, outside_name="Noor", outside_email="noor@example.org")
    refused("release_has_one_recipient", change, to_organisation=None)
    refused("release_says_what_for", change, purpose="")
    refused("release_lasts_for_a_while", change, until=timezone.localdate() - timedelta(days=1))
    refused("release_withdrawal_says_who_and_when", change, withdrawn_at=NOW(), content={})
    refused("release_that_is_over_holds_no_copy", change, withdrawn_at=NOW(), withdrawn_by=cast.amara.user)
    refused("release_that_is_over_holds_no_copy", change, ended_at=NOW())
    refused("release_counted_only_by_a_team", change, may_be_counted=True, to_user=cast.daniel.user)
    refused("release_named_only_when_counted", change, name_may_be_shown=True)
    refused("release_files_only_with_evidence", change, with_evidence=False)


def test_a_release_to_somebody_outside(cast, half):
    made = release(agreed(cast.amara), cast.amara, SOMEBODY)
    change = Release.objects.filter(pk=made.pk).update
    refused("release_has_one_recipient", change, outside_email="")
    refused("release_counted_only_by_a_team", change, may_be_counted=True)
    code = ReleaseLink.objects.filter(release=made).update
    refused("release_link_code_says_who_and_when", code, code_hash="x")


def test_a_reading(cast, framework):
    made = released_by(cast.amara)
    refused("release_reading_what_is_known", ReleaseReading.objects.create, release=made, what="dreamt")


def test_a_rating_to_count(cast, framework):
    made = released_by(cast.amara)
    one = ReleasedRating.objects.filter(release=made, state="rated").first()
    change = ReleasedRating.objects.filter(pk=one.pk).update
    refused("released_rating_has_a_level_exactly_when_rated", change, level=None)
    refused("released_rating_kind_is_known", change, setting_kind="castle")
    again = release(made.round, cast.amara, Recipient(team=cast.daniel.organisation), may_be_counted=True)
    before = ReleasedRating.objects.filter(release=made, statement=one.statement)
    refused("released_rating_one_current_for_a_period", before.update, current=True)
    assert again.counted.filter(current=True).count() == 39
    one.pk, one.current = None, False
    refused("released_rating_once_in_a_release", ReleasedRating.objects.bulk_create, [one])


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("help_says_what_is_wanted", {"words": ""}),
        ("help_status_is_known|help_closed_says_who_and_when", {"status": "dreamt"}),
        ("help_topic_is_known", {"topic": "astronomy"}),
        ("help_wanted_is_known", {"wanted": "money"}),
        ("help_closed_says_who_and_when", {"status": "closed"}),
        ("help_answered_says_when", {"status": "answered"}),
    ],
)
def test_a_request_for_help(cast, name, changes):
    asked = help_of(cast.amara)
    refused(name, HelpRequest.objects.filter(pk=asked.pk).update, **changes)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("help_step_kind_is_known", {"kind": "dreamt"}),
        ("help_answer_has_words", {"kind": "answered"}),
        ("help_given_to_somebody_exactly_when_it_says_so", {"kind": "assigned"}),
    ],
)
def test_a_step_of_a_request(cast, name, values):
    refused(name, HelpStep.objects.create, request=help_of(cast.amara), by=cast.daniel.user, **values)


@pytest.mark.parametrize("table", ["review_releasereading", "review_helpstep"])
@pytest.mark.parametrize("how", ["DELETE FROM {}", "UPDATE {} SET by_id = by_id"])
def test_what_happened_only_grows(cast, framework, table, how):
    actions.note_reading(release=released_by(cast.amara), what="page", by=cast.daniel.acting)
    help_of(cast.amara)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(how.format(table))


def test_files_that_were_released_are_still_those_of_the_setting(cast, framework):
    made = released_by(cast.amara)
    assert StoredFile.objects.of(made.organisation_id).exists()
