"""Catching up on a part of a day that somebody missed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from trellis.training.models.cohort import learners_for
from trellis.training.models.place import Place
from trellis.training.models.session import Part, Session

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User


class CatchUpMethod(models.TextChoices):
    """How somebody catches up."""

    OTHER_COHORT = "other_cohort", "The session of another cohort"
    ONE_TO_ONE = "one_to_one", "One to one with the trainer"
    RECORDING = "recording", "A recording with a task"
    WEBCAST = "webcast", "A webcast"


class CatchUpStatus(models.TextChoices):
    """Where a catch-up stands. `rules.CATCH_UP_MOVES` says what may follow what."""

    OPEN = "open", "To catch up"
    DONE = "done", "Caught up"
    ENDED = "ended", "Not caught up"
    UNDONE = "undone", "Signed off wrongly"


OVER = (CatchUpStatus.ENDED.value, CatchUpStatus.UNDONE.value)
"""These count nothing, and leave room for another."""


TOLD = (
    *("status", "method", "minutes", "supervised", "because", "closed_at"),
    *("place__name", "place__cohort__title", "place__cohort__programme", "closed_by__name"),
    *("undone_at", "undone_because", "undone_by__name"),
    *(f"part__{name}" for name in ("label", "planned_minutes", "guided_minutes", "criteria")),
    *(f"part__session__{name}" for name in ("on", "title", "kind")),
    *(f"session__{name}" for name in ("title", "kind", "cohort__title")),
)


class CatchUpQuerySet(models.QuerySet["CatchUp"]):
    """Reading catch-ups."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the learners whom somebody may see."""
        return self.filter(learners_for(acting, "place__cohort__"))

    def of(self, person: User) -> Self:
        """A person’s own."""
        return self.filter(Q(place__user_id=person.pk) | Q(place__user__isnull=True, place__email=person.email))

    def live(self) -> Self:
        """Those that are open or done."""
        return self.exclude(status__in=OVER)

    def undone(self) -> Self:
        """Those that were signed off wrongly, the last one first."""
        return self.filter(status=CatchUpStatus.UNDONE).order_by("-undone_at", "-pk")

    def named(self) -> Self:
        """With what names each in a list: whose, and which part of which day."""
        session = (f"part__session__{name}" for name in ("on", "title", "kind"))
        return self.select_related("place", "part__session").only("place__name", "part__label", *session)

    def told(self) -> Self:
        """With what a page says of each."""
        people = ("closed_by", "undone_by")
        return self.select_related("place__cohort", "part__session", "session__cohort", *people).only(*TOLD)


class CatchUp(models.Model):
    """A missed part of a day that is to be caught up: how, for how long, signed off by whom; or why not.

    What was signed off wrongly keeps who did so and when, with who took that back and why; it counts no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="catch_ups")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="catch_ups")
    status = models.CharField(max_length=8, choices=CatchUpStatus, default=CatchUpStatus.OPEN)
    method = models.CharField(max_length=16, choices=CatchUpMethod, blank=True)
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField(default=0)
    supervised = models.BooleanField(default=False)
    because = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_because = models.CharField(max_length=300, blank=True)

    objects = CatchUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "part"], condition=~Q(status__in=OVER), name="catch_up_once_for_each_missed_part"
            ),
            models.CheckConstraint(condition=Q(status__in=CatchUpStatus.values), name="catch_up_status_is_known"),
            models.CheckConstraint(
                condition=Q(method="") | Q(method__in=CatchUpMethod.values), name="catch_up_method_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["done", "undone"])
                | Q(minutes__gt=0) & ~Q(method="") & Q(closed_by__isnull=False),
                name="catch_up_done_is_signed_off",
                violation_error_message="Say how they caught up, for how many minutes",
            ),
            models.CheckConstraint(
                condition=Q(status="ended") & ~Q(because="") | ~Q(status="ended"),
                name="catch_up_ended_says_why",
                violation_error_message="Say why it is not caught up",
            ),
            models.CheckConstraint(
                condition=Q(status="open", closed_at__isnull=True) | ~Q(status="open") & Q(closed_at__isnull=False),
                name="catch_up_closed_says_when",
            ),
            models.CheckConstraint(
                condition=Q(status="undone", undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_because="")
                | ~Q(status="undone") & Q(undone_at__isnull=True, undone_by__isnull=True, undone_because=""),
                name="catch_up_undone_says_who_when_and_why",
                violation_error_message="Say why the sign-off was wrong",
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=True) | Q(method="other_cohort"),
                name="catch_up_session_is_of_another_cohort",
            ),
        ]
        indexes = [models.Index(fields=["place", "status"], name="catch_up_of_learner")]

    def __str__(self) -> str:
        return f"Catching up on {self.part}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_catch_up", args=[self.pk])
