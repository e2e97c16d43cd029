"""The secret address under which somebody’s calendar finds their sessions."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.core.tokens import token_hash
from trellis.training.models.cohort import Cohort, TrainerAssignment, cohorts_for
from trellis.training.models.place import Place
from trellis.training.models.session import Session, SessionQuerySet
from trellis.training.models.visit import InCalendar, VisitPlace, VisitPlaceQuerySet

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User


class FeedPurpose(models.TextChoices):
    """What a secret address is for. A calendar is shared with a family or a team; by their dates a learner answers."""

    CALENDAR = "calendar", "A calendar"
    DATES = "dates", "The dates of a learner without an account"


class FeedQuerySet(models.QuerySet["Feed"]):
    """Reading feeds."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of the cohorts that somebody sees."""
        return self.filter(cohorts_for(acting, "cohort__"), cohort__isnull=False)

    def of_person(self, person: User) -> Self:
        """A person’s own."""
        return self.filter(user_id=person.pk)

    def of(self, token: str) -> Self:
        """The one that a secret address names."""
        return self.filter(token_hash=token_hash(token))

    def for_dates(self) -> Self:
        """Those for the dates of learners without an account."""
        return self.filter(purpose=FeedPurpose.DATES)

    def for_calendars(self) -> Self:
        """Those for calendars."""
        return self.filter(purpose=FeedPurpose.CALENDAR)


class Feed(models.Model):
    """A secret address, for a person with an account, a learner without one, or a cohort.

    The database finds it by a hash. The address itself lies closed beside it, so that it can be shown again to whom it
    belongs and stand in e-mails; nobody who reads the database can open it. A new one ends the one before.

    A learner without an account has two: by the one for their dates they also apologise and choose visits, so the one
    for their calendar, which others subscribe to, opens the calendar only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="feeds")
    cohort = models.OneToOneField(Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="feed")
    purpose = models.CharField(max_length=10, choices=FeedPurpose.choices, default=FeedPurpose.CALENDAR)
    token_hash = models.CharField(max_length=64, editable=False)
    token_sealed = models.CharField(max_length=200, editable=False)
    made_at = models.DateTimeField(default=timezone.now)

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="feed_address_is_its_own"),
            models.UniqueConstraint(fields=["place", "purpose"], name="feed_once_for_each_place_and_purpose"),
            models.CheckConstraint(
                condition=Q(purpose=FeedPurpose.CALENDAR) | Q(purpose=FeedPurpose.DATES, place__isnull=False),
                name="feed_of_dates_is_of_a_place",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, place__isnull=True, cohort__isnull=True)
                | Q(user__isnull=True, place__isnull=False, cohort__isnull=True)
                | Q(user__isnull=True, place__isnull=True, cohort__isnull=False),
                name="feed_belongs_to_one",
            ),
        ]

    def __str__(self) -> str:
        return f"Feed made on {self.made_at:%d/%m/%Y}"

    @property
    def belongs_to(self) -> str:
        """What its address was closed for."""
        return f"feed {self.pk}"

    @property
    def title(self) -> str:
        """What a calendar calls it."""
        if self.cohort_id:
            return str(self.cohort)
        return str(self.place.cohort) if self.place else "Training"

    def sessions(self) -> SessionQuerySet:
        """What is in it, cancelled sessions too: a calendar has to be told that they are."""
        found = Session.objects.select_related("cohort").order_by("on", "starts", "pk")
        if self.cohort_id:
            return found.filter(cohort=self.cohort_id)
        if self.place_id:
            return found.filter(cohort__in=Place.objects.live().filter(pk=self.place_id).values("cohort"))
        return found.filter(Q(pk__in=self._attends()) | Q(cohort__in=self._teaches()))

    def visits(self) -> dict[UUID, InCalendar]:
        """Session → the visit that its learner has chosen, and how often that has changed; of a cohort none."""
        return self.visit_places().in_calendars()

    def visit_places(self) -> VisitPlaceQuerySet:
        """The visits that whoever it belongs to has chosen, those given back too; of a cohort none."""
        if self.cohort_id:
            return VisitPlace.objects.none()
        return VisitPlace.objects.filter(Q(place=self.place_id) if self.place_id else Q(place__user=self.user_id))

    def _attends(self) -> models.QuerySet[Session]:
        theirs = Place.objects.live().filter(user=self.user_id)
        return Session.objects.filter(cohort__in=theirs.values("cohort")).values("pk")  # type: ignore[return-value]

    def _teaches(self) -> models.QuerySet[Cohort]:
        return TrainerAssignment.objects.live().filter(user=self.user_id).values("cohort")  # type: ignore[return-value]
