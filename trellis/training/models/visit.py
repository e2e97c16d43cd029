"""Visits of learners: what a host offers, who takes which place, and what a learner writes after it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import Organisation
from trellis.training.models.cohort import cohorts_for, learners_for
from trellis.training.models.place import Place
from trellis.training.models.session import Session, SessionStatus
from trellis.training.rules.visits import CONTACT_KEPT

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User


def hosted_by(acting: Acting, path: str = "") -> Q:
    """What somebody’s own setting hosts, for whoever leads it."""
    if not acting.may(Permission.HOST_LEARNERS):
        return Q(pk__in=[])
    return Q(**{f"{path}host_id": acting.organisation_id})


class VisitOfferStatus(models.TextChoices):
    """Where an offer stands. `rules.VISIT_OFFER_MOVES` says what may follow what."""

    OFFERED = "offered", "Offered"
    CANCELLED = "cancelled", "Cancelled"


class VisitOfferQuerySet(models.QuerySet["VisitOffer"]):
    """Reading offers."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the cohorts that somebody sees; for whoever leads a setting, those that it hosts."""
        return self.filter(cohorts_for(acting, "session__cohort__") | hosted_by(acting))

    def standing(self) -> Self:
        """Those that still hold, of sessions and cohorts that were not cancelled."""
        held = self.filter(status=VisitOfferStatus.OFFERED).exclude(session__status=SessionStatus.CANCELLED)
        return held.exclude(session__cohort__status="cancelled")

    def with_old_contacts(self, today: date) -> Self:
        """Those so long ago that nobody needs to know any more whom to ask for."""
        return self.filter(on__lt=today - CONTACT_KEPT).exclude(contact="")

    def counted(self) -> Self:
        """With how many places of each are taken."""
        return self.annotate(taken=Count("taken_places", filter=Q(taken_places__given_back_at__isnull=True)))

    def in_order(self) -> Self:
        """By day and time, then by host."""
        return self.order_by("on", "starts", "host_name", "pk")


class VisitOffer(models.Model):
    """What a host offers for a session that is a visit: where and when, for how many, and what to bring and look for.

    The host is a setting on Trellis or only a name; its name stands here either way. The centre writes down what the
    host offered; a host on Trellis sees it and can say itself how many can come (`confirmed_at`). `sequence` is raised
    whenever something changes that a calendar shows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="visit_offers")
    host = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="hosted_visits"
    )
    host_name = models.CharField(max_length=255)
    address = models.CharField(max_length=300)
    contact = models.CharField("whom to ask for", max_length=200, blank=True)
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    places = models.PositiveSmallIntegerField()
    bring = models.TextField("what to bring", blank=True)
    travel = models.TextField(blank=True)
    prompts = models.TextField("what to look for", blank=True)
    status = models.CharField(max_length=10, choices=VisitOfferStatus, default=VisitOfferStatus.OFFERED)
    cancelled_because = models.TextField(blank=True)
    confirmed_at = models.DateTimeField("when the host said how many", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    # What `counted` adds.
    taken: int

    objects = VisitOfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(host_name=""),
                name="visit_offer_names_its_host",
                violation_error_message="Enter who hosts the visit",
            ),
            models.CheckConstraint(
                condition=~Q(address=""),
                name="visit_offer_says_where",
                violation_error_message="Enter the address of the visit",
            ),
            models.CheckConstraint(
                condition=Q(places__gt=0),
                name="visit_offer_has_places",
                violation_error_message="A visit has at least one place",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="visit_offer_ends_after_it_starts",
                violation_error_message="A visit ends after it starts",
            ),
            models.CheckConstraint(condition=Q(status__in=VisitOfferStatus.values), name="visit_offer_status_is_known"),
            models.CheckConstraint(
                condition=Q(status="cancelled") & ~Q(cancelled_because="")
                | ~Q(status="cancelled") & Q(cancelled_because=""),
                name="visit_offer_cancelled_says_why",
                violation_error_message="Say why the visit is cancelled",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="visit_offer_confirmation_says_who_and_when",
            ),
        ]
        indexes = [models.Index(fields=["host", "on"], name="visit_offer_of_host")]

    def __str__(self) -> str:
        return self.host_name

    def get_absolute_url(self) -> str:
        """Where its session’s visits are."""
        return reverse("session_visits", args=[self.session_id])

    @property
    def is_off(self) -> bool:
        """Whether it is cancelled, or the session is that it belongs to."""
        return VisitOfferStatus.CANCELLED in (self.status, self.session.status, self.session.cohort.status)


@dataclass(frozen=True)
class InCalendar:
    """A learner’s visit as their calendar shows it: where they go now, how often that has changed, and when last."""

    offer: VisitOffer | None
    changes: int
    changed_at: datetime


class VisitPlaceQuerySet(models.QuerySet["VisitPlace"]):
    """Reading who goes where."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the learners whom somebody may see; a host sees who comes to it."""
        return self.filter(learners_for(acting, "offer__session__cohort__") | hosted_by(acting, "offer__"))

    def of(self, person: User) -> Self:
        """A person’s own."""
        return self.filter(Q(place__user_id=person.pk) | Q(place__user__isnull=True, place__email=person.email))

    def live(self) -> Self:
        """Those that were not given back."""
        return self.filter(given_back_at__isnull=True)

    def to_come(self, today: date) -> Self:
        """Those that were not given back, of today and later."""
        return self.live().filter(offer__on__gte=today)

    def told(self) -> Self:
        """With what a page says of them."""
        of_offer = (f"offer__{name}" for name in ("host_name", "on", "prompts", "status"))
        of_session = (f"offer__session__{name}" for name in ("title", "kind", "status", "cohort__status"))
        told = self.select_related("offer__session__cohort", "reflection")
        return told.only(*of_offer, *of_session, "reflection__text", "reflection__criteria")

    def in_calendars(self) -> dict[UUID, InCalendar]:
        """Session → what one learner’s calendar shows of it. What was given back still counts as a change."""
        found: dict[UUID, InCalendar] = {}
        for each in self.select_related("offer").order_by("taken_at", "pk"):
            before = found.get(each.session_id)
            times = [each.given_back_at or max(each.taken_at, each.offer.changed_at)]
            times += [before.changed_at] if before else []
            changes = 1 + (each.given_back_at is not None) + each.offer.sequence + (before.changes if before else 0)
            now = each.offer if each.given_back_at is None else None
            found[each.session_id] = InCalendar(now or (before.offer if before else None), changes, max(times))
        return found


class VisitPlace(models.Model):
    """A learner goes to one of the visits that a session offers, until they give it back. `session` is the offer’s.

    Nobody stands in `taken_by` or `given_back_by` when a learner without an account did it, by their link.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer = models.ForeignKey(VisitOffer, on_delete=models.PROTECT, related_name="taken_places")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="visits")
    taken_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_back_at = models.DateTimeField(null=True, blank=True)
    given_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = VisitPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "place"],
                condition=Q(given_back_at__isnull=True),
                name="visit_place_one_live_for_each_session",
                violation_error_message="They have a place in a visit of this session already",
            ),
            models.CheckConstraint(
                condition=Q(given_back_at__isnull=False) | Q(given_back_by__isnull=True),
                name="visit_place_given_back_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} at {self.offer_id}"


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    """Reading reflections."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the learners whom somebody may see."""
        return self.filter(learners_for(acting, "visit__offer__session__cohort__"))

    def of(self, person: User) -> Self:
        """A person’s own."""
        return self.filter(
            Q(visit__place__user_id=person.pk) | Q(visit__place__user__isnull=True, visit__place__email=person.email)
        )


class Reflection(models.Model):
    """What a learner wrote after a visit, and to which criteria it speaks. Only they write it.

    It holds the last words only: what they took out, such as a child’s name, is gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.OneToOneField(VisitPlace, on_delete=models.PROTECT, related_name="reflection")
    text = models.TextField()
    criteria = models.JSONField(default=list, blank=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="reflection_has_words",
                violation_error_message="Write what you saw and what you take from it",
            )
        ]

    def __str__(self) -> str:
        return f"Reflection of {self.visit_id}"
