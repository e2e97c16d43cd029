"""Telling a learner, the manager of their setting and the trainer, once, that something can still be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.core.mail import MailKind, send
from trellis.training.actions.telling import link_for
from trellis.training.attendance import attendance_of
from trellis.training.models import Place, PlaceStatus
from trellis.training.rules.attendance import MISSED, THERE
from trellis.training.rules.figures import IN_A_ROW

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from trellis.training.attendance import LearnerAttendance
    from trellis.training.models import Cohort

LEADS = (Role.MANAGER, Role.CHILDMINDER)


def tell_of_absences(*, cohort: Cohort, missed: Collection[UUID], today: date) -> int:
    """Write once to those whom it concerns when a learner missed two sessions in a row, or the minimum is at risk.

    `missed` are places whose learners missed something lately. Only days that are over count: until then a mark may be a
    slip, and nobody could take a message back. Returns how many messages are on their way.
    """
    places = list(Place.objects.filter(pk__in=missed, status=PlaceStatus.TAKEN).select_related("user").order_by("pk"))
    told = 0
    for found in attendance_of(cohort, places, before=today):
        if found.figures.in_a_row >= IN_A_ROW:
            told += _tell(found, cohort, f"row {_last_session(found)}", *_words_of_a_row())
        if found.reach != "reachable":
            told += _tell(found, cohort, found.reach, *_words_of_reach(found))
    return told


def _last_session(found: LearnerAttendance) -> str:
    return [part.session for part in found.went if part.status in THERE | MISSED][-1]


def _words_of_a_row() -> tuple[str, str, str]:
    return (
        "Two sessions in a row were missed",
        "You missed two sessions in a row. Tell the trainer what would help, and look at what you can catch up.",
        "Somebody of your learners or your setting missed two sessions in a row. Ask what would help: cover, another day, "
        "or catching up.",
    )


def _words_of_reach(found: LearnerAttendance) -> tuple[str, str, str]:
    if found.reach == "catch_up":
        return (
            "The minimum can only be reached by catching up",
            "You can reach the minimum of this course only by catching up. Agree with the trainer how and when.",
            "Somebody of your learners or your setting can reach the minimum only by catching up. Agree how and when, and the "
            "time for it.",
        )
    return (
        "The minimum can no longer be reached",
        "You can no longer reach the minimum of this course. Talk with the trainer: a place on later dates may be possible.",
        "Somebody of your learners or your setting can no longer reach the minimum. Talk with them about what is "
        "possible, such as a place on later dates.",
    )


def _tell(found: LearnerAttendance, cohort: Cohort, what: str, subject: str, to_learner: str, to_others: str) -> int:
    place = found.place
    key = f"attendance {place.pk} {what}"
    about = f" It is about “{cohort.title}”."
    rest: dict[str, Any] = {
        "kind": MailKind.TRAINING,
        "subject": subject,
        "organisation_id": cohort.centre_id,
        "once_key": key,
    }
    mine = reverse("my_attendance") if place.user_id else link_for(place)
    sent = [send(to=place.user or place.email, reason=to_learner + about, link=mine, **rest)]
    theirs = reverse("place_attendance", args=[place.pk])
    for teaching in cohort.trainers.live().select_related("user").order_by("pk"):
        sent.append(send(to=teaching.user, reason=to_others + about, link=theirs, **rest))
    for manager in _managers(place):
        sent.append(send(to=manager, reason=to_others + about, link=reverse("staff_training"), **rest))
    return sum(message is not None for message in sent)


def _managers(place: Place) -> list[User]:
    """Who leads the setting of a learner, apart from themselves."""
    if place.setting_id is None:
        return []
    leading = User.objects.filter(
        memberships__organisation_id=place.setting_id,
        memberships__role__in=LEADS,
        memberships__ended_at__isnull=True,
        is_active=True,
    )
    return list(leading.exclude(email=place.email).distinct().order_by("pk"))
