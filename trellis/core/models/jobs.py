"""Work that goes on after the page has been answered, and what is due by the clock."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.core.rules.jobs import JOB_STATE_LABELS, UNFINISHED, JobState, percent

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    from trellis.core.audit import Actor

    Person = AbstractBaseUser | AnonymousUser

FINISHED = sorted(set(JobState) - UNFINISHED)


class JobQuerySet(models.QuerySet["Job"]):
    """Reading jobs."""

    def of(self, person: Person) -> Self:
        """What this person asked for, whomever they act for today."""
        return self.filter(asked_by_id=person.pk)

    def visible_to(self, by: Actor, *, operating: bool = False) -> Self:
        """What this person asked for; every job for whoever operates the installation (the page asks for that)."""
        return self.all() if operating else self.filter(asked_by_id=by.actor_id)

    def unfinished(self) -> Self:
        """Those that wait or run."""
        return self.filter(state__in=UNFINISHED)

    def due(self, at: datetime) -> Self:
        """Those that a worker may take at this moment, longest waiting first."""
        return self.filter(state=JobState.WAITING, next_try_at__lte=at).order_by("next_try_at", "created_at")

    def lost(self, at: datetime) -> Self:
        """Those whose worker has not been heard of for longer than the lease: it was killed."""
        return self.filter(state=JobState.RUNNING, held_until__lt=at)

    def newest_first(self) -> Self:
        """As a person reads them."""
        return self.order_by("-created_at", "pk")


class Job(models.Model):
    """Something long that somebody, or the clock, asked for: how far it is and what came out.

    `arguments` and `kept` hold ids and counts, never anything about a person. `kept` is what a worker
    that takes over needs to go on where the last one stopped; it is stored with each batch of the work.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="jobs")
    actor_name = models.CharField(max_length=200)
    acting_as = models.CharField(max_length=200, blank=True)
    organisation_id = models.UUIDField(null=True)
    state = models.CharField(
        max_length=10, choices=[(each.value, JOB_STATE_LABELS[each]) for each in JobState], default=JobState.WAITING
    )
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    kept = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    result = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    held_by = models.CharField(max_length=64, blank=True)
    held_until = models.DateTimeField(null=True)
    failure = models.CharField("why it failed, for the person who asked", max_length=300, blank=True)
    error = models.CharField("what went wrong, for the operator", max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(JobState)), name="job_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, held_until__isnull=False) & ~Q(held_by="")
                | ~Q(state=JobState.RUNNING) & Q(held_by="", held_until__isnull=True),
                name="job_is_held_while_it_runs",
                violation_error_message="A job is held by one worker while it runs, and by none otherwise",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | Q(state__in=sorted(UNFINISHED), finished_at__isnull=True),
                name="job_finished_has_a_time",
                violation_error_message="A finished job has the time it finished",
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.FAILED) & ~Q(failure="") | ~Q(state=JobState.FAILED) & Q(failure=""),
                name="job_failed_says_why",
                violation_error_message="A failed job says why",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="job_by_state"),
            models.Index(fields=["asked_by", "created_at"], name="job_by_person"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int | None:
        """How much is done, from 0 to 100, or None while nobody knows how much there is."""
        return 100 if self.state == JobState.DONE else percent(self.done, self.total)

    @property
    def is_finished(self) -> bool:
        """Whether nothing more happens unless somebody runs it again."""
        return self.state not in UNFINISHED


class Schedule(models.Model):
    """When something that the clock asks for is due next. Moving the time on is the right to run it once."""

    name = models.CharField(primary_key=True, max_length=80)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
