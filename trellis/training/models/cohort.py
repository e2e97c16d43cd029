"""A group of learners who go through a programme together, and who teaches them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, Sum, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from trellis.accounts.roles import Permission, Role
from trellis.core.dates import day
from trellis.organisations.models import LocalAuthority, Membership, Organisation, OrganisationKind
from trellis.training.models.programme import Programme
from trellis.training.rules.cohorts import OVER, TO_BEGIN
from trellis.training.rules.dates import CADENCES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.training.models.session import Session


class CohortStatus(models.TextChoices):
    """Where a cohort stands. `rules.COHORT_MOVES` says what may follow what."""

    PLANNED = "planned", "Planned"
    OPEN = "open", "Open for applications"
    RUNNING = "running", "Running"
    FINISHED = "finished", "Finished"
    CANCELLED = "cancelled", "Cancelled"


class Cadence(models.TextChoices):
    """In which rhythm the sessions are held."""

    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every two weeks"


class CohortFunding(models.TextChoices):
    """Who pays for a cohort."""

    GRANT = "grant", "The grant of the programme"
    AUTHORITY = "authority", "The authority"
    SELF = "self", "The settings or learners themselves"


def cohorts_for(acting: Acting, path: str = "") -> Q:
    """Which cohorts somebody sees, as a condition on the cohort itself or on what belongs to it by `path`.

    A centre sees its own, an authority those held for it or by it, a trainer those they teach.
    """
    if not acting.may(Permission.SEE_PROGRAMMES):
        return Q(pk__in=[])
    if acting.role == Role.TRAINER:
        # Whoever acts as a trainer belongs to the centre now, so that nothing more is asked than `live` would find.
        theirs = TrainerAssignment.objects.filter(user=acting.user.pk, ended_at=None).values("cohort")
        return Q(**{f"{path}pk__in": theirs, f"{path}centre_id": acting.organisation_id})
    if acting.organisation_kind == OrganisationKind.AUTHORITY:
        return Q(**{f"{path}authority_id": acting.authority_id}) | Q(
            **{f"{path}delivered_by_id": acting.organisation_id}
        )
    return Q(**{f"{path}centre_id": acting.organisation_id})


def learners_for(acting: Acting, path: str = "") -> Q:
    """The cohorts whose learners somebody sees: of these an authority only those that it delivers itself."""
    if not acting.may(Permission.SEE_LEARNERS):
        return Q(pk__in=[])
    if acting.organisation_kind == OrganisationKind.AUTHORITY:
        return Q(**{f"{path}delivered_by_id": acting.organisation_id})
    return cohorts_for(acting, path)


def _one(what: models.Aggregate) -> models.Subquery:
    """A figure of one cohort, asked for by itself, so that two of them do not multiply each other."""
    return models.Subquery(
        Cohort.objects.filter(pk=OuterRef("pk")).order_by().values("pk").annotate(n=what).values("n")
    )


def _decided(*, nothing: bool) -> dict[str, bool]:
    return dict.fromkeys(
        ("goes_ahead_with__isnull", "goes_ahead_at__isnull", "goes_ahead_by__isnull"),
        nothing,
    )


class CohortQuerySet(models.QuerySet["Cohort"]):
    """Reading cohorts."""

    def visible_to(self, acting: Acting) -> Self:
        """A centre’s own; for an authority those held for it or by it; for a trainer those they teach."""
        return self.filter(cohorts_for(acting))

    def run_by(self, acting: Acting) -> Self:
        """Those that somebody may change: a centre its own, an authority those that it delivers itself."""
        if not acting.may(Permission.RUN_COHORTS):
            return self.none()
        return self.filter(Q(centre_id=acting.organisation_id) | Q(delivered_by_id=acting.organisation_id))

    def offered_by(self, acting: Acting) -> Self:
        """Those in which somebody may offer places: a centre in its own, an authority in those that it delivers with
        the centre’s approval.
        """
        if not acting.may(Permission.DECIDE_APPLICATIONS):
            return self.none()
        return self.run_by(acting).filter(Q(delivered_by=F("centre")) | Q(approved_at__isnull=False))

    def begins_by(self, by: date) -> Self:
        """Those that have not begun and are to do so until a day."""
        return self.filter(status__in=TO_BEGIN, starts_on__lte=by)

    def begun_in(self, programme_id: UUID, authority_id: str) -> Self:
        """Those of a programme that have started in an authority: the first is the one with which it began."""
        begun = [CohortStatus.RUNNING, CohortStatus.FINISHED]
        there = self.filter(programme=programme_id, authority=authority_id, status__in=begun)
        return there.order_by("starts_on", "pk")

    def over_last(self) -> Self:
        """Those that are over after the others, the newest of both first."""
        over = Case(When(status__in=OVER, then=Value(1)), default=Value(0))
        return self.order_by(over, "-starts_on", "title", "pk")

    def with_learners_for(self, acting: Acting) -> Self:
        """Those whose learners somebody may see."""
        return self.filter(learners_for(acting))

    def with_offers(self) -> Self:
        """With how many places are offered and not answered."""
        return self.annotate(offered=_one(Count("offers", filter=Q(offers__status="open"))))

    def waiting_for_approval(self) -> Self:
        """Those that an authority is to deliver and the centre has not approved."""
        return self.filter(approved_at__isnull=True, status=CohortStatus.PLANNED).exclude(delivered_by=F("centre"))

    def listed(self) -> Self:
        """With what a list says: the authority, how many places are taken, the days, the guided minutes."""
        held = ~Q(sessions__status="cancelled")
        return self.select_related("authority", "programme", "delivered_by").annotate(
            taken=_one(Count("places", filter=~Q(places__status="withdrawn"))),
            first=_one(Min("sessions__on", filter=held)),
            last=_one(Max("sessions__on", filter=held)),
            guided=_one(Sum("sessions__parts__guided_minutes", filter=held, default=0)),
        )


class Cohort(models.Model):
    """Learners who go through a programme together: where, when, how many, and who delivers it.

    `centre` is the programme’s, so that the database can say that a cohort of somebody else is approved.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    centre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="cohorts")
    delivered_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=120)
    template = models.CharField(max_length=60, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    access_notes = models.TextField(blank=True)
    online_link = models.URLField(max_length=500, blank=True)
    least_places = models.PositiveSmallIntegerField(default=1)
    most_places = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    cadence = models.CharField(max_length=12, choices=Cadence)
    paid_by = models.CharField(max_length=10, choices=CohortFunding, default=CohortFunding.GRANT)
    status = models.CharField(max_length=10, choices=CohortStatus, default=CohortStatus.PLANNED)
    cancelled_because = models.TextField(blank=True)
    goes_ahead_with = models.PositiveSmallIntegerField("how many learners, when it was decided", null=True, blank=True)
    goes_ahead_because = models.CharField(max_length=300, blank=True)
    goes_ahead_at = models.DateTimeField(null=True, blank=True)
    goes_ahead_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    # What `with_offers` adds, and what `applying.tell_when` does.
    offered: int
    when: str

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="cohort_has_a_title", violation_error_message="Enter a title"
            ),
            models.CheckConstraint(condition=Q(status__in=CohortStatus.values), name="cohort_status_is_known"),
            models.CheckConstraint(condition=Q(cadence__in=list(CADENCES)), name="cohort_cadence_is_known"),
            models.CheckConstraint(condition=Q(paid_by__in=CohortFunding.values), name="cohort_funding_is_known"),
            models.CheckConstraint(
                condition=Q(least_places__gt=0, most_places__gte=F("least_places")),
                name="cohort_has_room_for_its_least",
                violation_error_message="The most places cannot be fewer than the least",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="cohort_approval_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(delivered_by=F("centre"))
                | Q(approved_at__isnull=False)
                | Q(status__in=["planned", "cancelled"]),
                name="cohort_of_an_authority_is_approved",
                violation_error_message="The centre approves first that the authority delivers this cohort",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled") & ~Q(cancelled_because="")
                | ~Q(status="cancelled") & Q(cancelled_because=""),
                name="cohort_cancelled_says_why",
                violation_error_message="Say why the cohort is cancelled",
            ),
            models.CheckConstraint(
                condition=Q(goes_ahead_because="", **_decided(nothing=True))
                | ~Q(goes_ahead_because="") & Q(**_decided(nothing=False)),
                name="cohort_going_ahead_says_who_when_and_why",
                violation_error_message="Say why the cohort goes ahead",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "-starts_on"], name="cohort_of_programme"),
            models.Index(fields=["centre", "-starts_on"], name="cohort_of_centre"),
            models.Index(fields=["authority", "-starts_on"], name="cohort_of_authority"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_cohort", args=[self.pk])

    @property
    def starting(self) -> str:
        """What applicants and their managers call it, who do not say “cohort”."""
        return f"Starting {day(self.starts_on)}"

    # What `listed` reads of many at once, each of one when it is asked for.

    @cached_property
    def taken(self) -> int:
        """How many places are taken."""
        return self.places.live().count()

    @cached_property
    def first(self) -> date | None:
        """The day of the first session that is held."""
        found: date | None = self.sessions.held().aggregate(on=Min("on"))["on"]
        return found

    @cached_property
    def last(self) -> date | None:
        """The day of the last session that is held."""
        found: date | None = self.sessions.held().aggregate(on=Max("on"))["on"]
        return found

    @cached_property
    def guided(self) -> int:
        """The guided minutes that are planned."""
        minutes: int = self.sessions.held().aggregate(minutes=Sum("parts__guided_minutes", default=0))["minutes"]
        return minutes

    @property
    def is_undecided(self) -> bool:
        """Whether it has fewer learners than it needs, and nobody has decided since that it goes ahead with so few."""
        decided = self.goes_ahead_with is not None and self.taken >= self.goes_ahead_with
        return self.taken < self.least_places and not decided

    def add_up(self, sessions: Sequence[Session]) -> None:
        """Take from all its sessions, read in order `with_minutes`, what would be asked for otherwise."""
        held = [session for session in sessions if session.status != "cancelled"]
        self.first, self.last = (held[0].on, held[-1].on) if held else (None, None)
        self.guided = sum(session.guided for session in held)

    def is_run_by(self, acting: Acting) -> bool:
        """Whether somebody who sees it may change it, as `run_by` finds them."""
        return acting.may(Permission.RUN_COHORTS) and acting.organisation_id in (self.centre_id, self.delivered_by_id)

    def shows_learners_to(self, acting: Acting) -> bool:
        """Whether somebody who sees it may see its learners, as `learners_for` finds them."""
        held_by_another = self.delivered_by_id != acting.organisation_id
        if acting.organisation_kind == OrganisationKind.AUTHORITY and held_by_another:
            return False
        return acting.may(Permission.SEE_LEARNERS)

    @property
    def is_approved(self) -> bool:
        """Whether the centre delivers it, or approved that somebody else does."""
        return self.delivered_by_id == self.centre_id or self.approved_at is not None


class TrainerAssignmentQuerySet(models.QuerySet["TrainerAssignment"]):
    """Reading who teaches."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the cohorts that somebody sees."""
        return self.filter(cohorts_for(acting, "cohort__"))

    def of(self, person: User) -> Self:
        """What a person was given to teach and nobody ended, whether or not they still belong there."""
        return self.filter(user_id=person.pk, ended_at=None)

    def of_person(self, person: User) -> Self:
        """What a person teaches now, as `live` finds it: one query for where they belong."""
        here = list(Membership.objects.who_may(Permission.MARK_ATTENDANCE).of(person).values_list("organisation_id"))
        if not here:
            return self.none()
        there = Q(cohort__centre__in=here) | Q(cohort__delivered_by__in=here)
        return self.of(person).filter(there)

    def of_cohort(self, cohort: Cohort) -> list[TrainerAssignment]:
        """Who teaches a cohort now, by name, as `live` finds them: two queries."""
        there = Membership.objects.who_may(Permission.MARK_ATTENDANCE).filter(
            organisation__in=[cohort.centre_id, cohort.delivered_by_id]
        )
        teaching = self.filter(cohort=cohort, ended_at=None).select_related("user").only("since", "user__name")
        here = set(there.order_by().values_list("user_id", flat=True))
        return [each for each in teaching.order_by("user__name", "pk") if each.user_id in here]

    def live(self) -> Self:
        """Those who teach now, and still belong to the centre or to whoever delivers the cohort."""
        there = Q(organisation=OuterRef("cohort__centre")) | Q(organisation=OuterRef("cohort__delivered_by"))
        here = Membership.objects.who_may(Permission.MARK_ATTENDANCE).filter(there, user=OuterRef("user"))
        return self.filter(Exists(here), ended_at__isnull=True)


class TrainerAssignment(models.Model):
    """Somebody teaches a cohort, from a day until they do no more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="trainers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="teaches")
    since = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = TrainerAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "user"],
                condition=Q(ended_at__isnull=True),
                name="trainer_teaches_a_cohort_once",
                violation_error_message="They teach this cohort already",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="trainer_end_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.cohort_id}"
