"""Making a secret address for a calendar, and a new one instead of it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.accounts.acting import Themselves
from trellis.core.audit import record
from trellis.core.secrets_at_rest import CannotOpen, seal, unseal
from trellis.core.tokens import token_hash
from trellis.training.actions.holding import held_by
from trellis.training.models import Feed, FeedPurpose

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.training.models import Cohort, Place


@transaction.atomic
def make_own_feed(*, person: User) -> Feed:
    """Make an address for a person’s own sessions; one that they had before ends."""
    feed = Feed.objects.filter(user=person).first() or Feed(user=person)
    _renew(feed)
    record(by=Themselves(person), verb="feed.made", subject=feed)
    return feed


@transaction.atomic
def make_cohort_feed(*, cohort: Cohort, by: Acting) -> Feed:
    """Make an address for the sessions of a cohort; one that it had before ends. Raises `Refused`."""
    found = held_by(cohort.pk, by)
    feed = Feed.objects.filter(cohort=found).first() or Feed(cohort=found)
    _renew(feed)
    record(by=by, verb="feed.made", subject=feed, change={"cohort": found.title})
    return feed


def feed_of_place(place: Place) -> Feed:
    """The address of the dates of a learner without an account, with one for their calendar beside it.

    Each is made when there is none that can be told.
    """
    there = {feed.purpose: feed for feed in Feed.objects.filter(place=place)}
    for purpose in FeedPurpose:
        feed = there.setdefault(purpose, Feed(place=place, purpose=purpose))
        if not token_of(feed):
            _renew(feed)
    return there[FeedPurpose.DATES]


def token_of(feed: Feed) -> str:
    """The secret of an address; nothing when it was closed with a key that is gone."""
    try:
        return unseal(feed.token_sealed, belongs_to=feed.belongs_to)
    except CannotOpen:
        return ""


def _renew(feed: Feed) -> None:
    token = secrets.token_urlsafe(32)
    feed.token_hash, feed.token_sealed = token_hash(token), seal(token, belongs_to=feed.belongs_to)
    feed.made_at = timezone.now()
    feed.save()
