"""Writing to those whom a change to a cohort concerns: its learners and its trainers, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from trellis.core.mail import MailKind, send
from trellis.training.actions.feeds import feed_of_place, token_of
from trellis.training.models import PlaceStatus

if TYPE_CHECKING:
    from trellis.training.models import Cohort, Place


def tell_cohort(*, cohort: Cohort, subject: str, reason: str, once_key: str) -> int:
    """Write to every learner who has a place and every trainer; how many messages are on their way."""
    told = 0
    for place in cohort.places.filter(status=PlaceStatus.TAKEN).select_related("user").order_by("pk"):
        told += tell_learner(place=place, cohort=cohort, subject=subject, reason=reason, once_key=once_key)
    for teaching in cohort.trainers.live().select_related("user").order_by("pk"):
        sent = send(
            to=teaching.user,
            kind=MailKind.TRAINING,
            subject=subject,
            reason=reason,
            link=reverse("show_cohort", args=[cohort.pk]),
            organisation_id=cohort.centre_id,
            once_key=once_key,
        )
        told += sent is not None
    return told


def who_is_told(cohort: Cohort) -> str:
    """Whom `tell_cohort` writes to, as a sentence that follows another one; nothing when there is nobody."""
    learners = cohort.places.filter(status=PlaceStatus.TAKEN).exists()
    trainers = cohort.trainers.live().exists()
    if learners or trainers:
        who = "Learners and trainers" if learners and trainers else "Learners" if learners else "Trainers"
        return f". {who} are told"
    return ""


def link_for(place: Place) -> str:
    """Where a learner sees their sessions: signed in, or by a link of their own."""
    if place.user_id:
        return reverse("my_training")
    return reverse("dates_by_link", args=[token_of(feed_of_place(place))])


def where_to_look(place: Place) -> str:
    """Where a learner sees their sessions, as `link_for` has told them; nothing when no link can be told any more."""
    if place.user_id:
        return reverse("my_training")
    feed = place.feeds.for_dates().first()
    token = token_of(feed) if feed else ""
    return reverse("dates_by_link", args=[token]) if token else ""


def tell_learner(*, place: Place, cohort: Cohort, subject: str, reason: str, once_key: str) -> bool:
    """Write to one learner; whether a message is on its way."""
    sent = send(
        to=place.user or place.email,
        kind=MailKind.TRAINING,
        subject=subject,
        reason=reason,
        link=link_for(place),
        organisation_id=cohort.centre_id,
        once_key=once_key,
    )
    return sent is not None
