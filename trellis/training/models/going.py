"""What a setting keeps of its people going to sessions: how long the way is, and what the last answer was. Nobody else sees it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import Organisation
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.days import LONGEST_WAY
from trellis.training.models.place import Place
from trellis.training.models.session import Session

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting

VERDICTS = [(each.value, each.words) for each in Verdict]


def asks_for_its_people(acting: Acting) -> bool:
    """Whether somebody reads who of a setting can go: who books its people, and may see its week."""
    return acting.may(Permission.BOOK_TRAINING) and acting.may(Permission.SEE_STAFFING)


class JourneyQuerySet(models.QuerySet["Journey"]):
    """Reading journeys."""

    def visible_to(self, acting: Acting) -> Self:
        """A setting’s own."""
        return self.filter(organisation_id=acting.organisation_id) if asks_for_its_people(acting) else self.none()


class Journey(models.Model):
    """How long the way from a setting to a place is, as its manager says: by the words in which a session names the place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="journeys")
    venue = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField()
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = JourneyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "venue"], name="journey_once_to_each_place"),
            models.CheckConstraint(
                condition=~Q(venue=""),
                name="journey_leads_somewhere",
                violation_error_message="This session has no place to go to",
            ),
            models.CheckConstraint(
                condition=Q(minutes__lte=LONGEST_WAY),
                name="journey_takes_hours_at_most",
                violation_error_message=f"Enter minutes from 0 to {LONGEST_WAY}",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} minutes"


class GoingAnswerQuerySet(models.QuerySet["GoingAnswer"]):
    """Reading last answers."""

    def visible_to(self, acting: Acting) -> Self:
        """Of a setting’s own people: neither the centre nor an authority sees any."""
        return self.filter(place__setting=acting.organisation_id) if asks_for_its_people(acting) else self.none()

    def worse(self) -> Self:
        """Those that got worse and have not got better since."""
        return self.filter(worse_since__isnull=False)


class GoingAnswer(models.Model):
    """The last answer to whether somebody can go to a session: alone, and with everybody of the setting who goes.

    The verdict and nothing of why: that is worked out when it is looked at.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="going_answers")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="going_answers")
    verdict = models.PositiveSmallIntegerField(choices=VERDICTS)
    together = models.PositiveSmallIntegerField(choices=VERDICTS)
    edition = models.CharField("of the ratio rules", max_length=60)
    checked_at = models.DateTimeField()
    worse_since = models.DateTimeField(null=True, blank=True)

    objects = GoingAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "session"], name="going_answer_once_for_each_session"),
            models.CheckConstraint(
                condition=Q(
                    verdict__in=[each.value for each in Verdict], together__in=[each.value for each in Verdict]
                ),
                name="going_answer_is_known",
            ),
            models.CheckConstraint(
                condition=Q(worse_since__isnull=True)
                | Q(verdict__gt=Verdict.POSSIBLE.value)
                | Q(together__gt=Verdict.POSSIBLE.value),
                name="going_answer_that_is_worse_is_not_the_best",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_verdict_display())
