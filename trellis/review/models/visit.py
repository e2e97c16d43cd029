"""A visit: somebody from outside looks at a setting with it, at its invitation, until a day."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import Invitation, Membership, Organisation
from trellis.review.models.round import Round
from trellis.review.rules.visit import SHARED

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User


class VisitKind(models.TextChoices):
    """Who comes."""

    PEER = "peer", "A colleague from another setting"
    AREA_SENCO = "area_senco", "Our Area SENCO"
    ADVISER = "adviser", "An early years adviser"

    @property
    def visit(self) -> str:
        """What a visit of this kind is called."""
        return {"peer": "Peer visit", "area_senco": "Visit of our Area SENCO", "adviser": "Visit of an adviser"}[self]


class VisitStatus(models.TextChoices):
    """Where a visit stands. `rules.VISIT_MOVES` says what may follow what."""

    PLANNED = "planned", "Planned"
    PREPARED = "prepared", "Prepared"
    VISITED = "visited", "Visited, report to be written"
    DRAFTED = "drafted", "Draft shared, facts to be checked"
    CHECKED = "checked", "Facts checked, report to be finished"
    FINAL = "final", "Report final"
    CANCELLED = "cancelled", "Cancelled"


def visits_for(acting: Acting, path: str = "") -> Q:
    """Which visits somebody sees, as a condition on the visit itself or on what belongs to it by `path`.

    The people of a setting see its visits. A visitor sees those they are invited to, until their last day.
    """
    if acting.may(Permission.SEE_REVIEW):
        return Q(**{f"{path}organisation_id": acting.organisation_id})
    if not acting.may(Permission.VISIT):
        return Q(pk__in=[])
    theirs = Q(**{f"{path}reviewer__user_id": acting.user.pk}) | Q(
        **{f"{path}invitation__accepted_by_id": acting.user.pk}
    )
    open_now = Q(**{f"{path}organisation_id": acting.organisation_id, f"{path}until__gte": timezone.localdate()})
    return theirs & open_now & ~Q(**{f"{path}status": VisitStatus.CANCELLED})


BESIDE_A_VISIT = (
    *(f"round__{name}" for name in ("audience", "period", "status", "started_at", "organisation__name")),
    *(f"round__{name}" for name in ("framework__key", "framework__fingerprint")),
    *(f"round__{name}" for name in ("overlay__authority", "overlay__fingerprint")),
    *("invitation__name", "invitation__withdrawn_at", "invitation__accepted_by__name", "reviewer__user__name"),
)


class VisitQuerySet(models.QuerySet["Visit"]):
    """Reading visits."""

    def visible_to(self, acting: Acting) -> Self:
        """The visits of the setting for its people; for a visitor those they are invited to, until the last day."""
        return self.filter(visits_for(acting))

    def with_wording(self) -> Self:
        """With the round, its setting and what is needed to find its words: of each no more than a visit says."""
        own = [field.name for field in self.model._meta.concrete_fields]
        beside = self.select_related(
            "round__organisation", "round__framework", "round__overlay", "invitation__accepted_by", "reviewer__user"
        )
        return beside.only(*own, *BESIDE_A_VISIT)

    def newest_first(self) -> Self:
        """As a person looks for them."""
        return self.order_by(F("visit_on").desc(nulls_first=True), "-created_at", "pk")


class Visit(models.Model):
    """Somebody invited to look at a round with the setting: who, why, when, what they see, and until when.

    The visitor is a member of the setting already (`reviewer`) or comes by an `invitation`; whoever accepted it is
    the visitor. What is opened counts until `until`; after that day the visitor finds nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="visits")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="visits")
    kind = models.CharField(max_length=12, choices=VisitKind)
    why = models.TextField()
    visit_on = models.DateField(null=True, blank=True)
    until = models.DateField()
    with_ratings = models.BooleanField(default=True)
    with_notes = models.BooleanField(default=False)
    with_evidence = models.BooleanField(default=False)
    with_actions = models.BooleanField(default=False)
    reviewer = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=VisitStatus, default=VisitStatus.PLANNED)
    follow_up_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=VisitKind.values), name="visit_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=VisitStatus.values), name="visit_status_is_known"),
            models.CheckConstraint(
                condition=~Q(why=""), name="visit_says_why", violation_error_message="Say what the visit is for"
            ),
            models.CheckConstraint(
                condition=Q(visit_on__isnull=True) | Q(until__gte=F("visit_on")),
                name="visit_is_open_on_its_day",
                violation_error_message="The last day must be the same as or after the day of the visit",
            ),
            models.CheckConstraint(
                condition=Q(visit_on__isnull=False) | Q(status__in=["planned", "cancelled"]),
                name="visit_has_a_day_once_prepared",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | Q(invitation__isnull=True), name="visit_has_one_visitor"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-visit_on"], name="visit_of_organisation")]

    def __str__(self) -> str:
        return VisitKind(self.kind).visit

    def get_absolute_url(self) -> str:
        """The page of the visit."""
        return reverse("show_visit", args=[self.pk])

    @property
    def visitor(self) -> User | None:
        """The visitor, once they have an account here."""
        if self.reviewer:
            return self.reviewer.user
        return self.invitation.accepted_by if self.invitation else None

    @property
    def visitor_name(self) -> str:
        """Their name, also while the invitation is on its way; empty when nobody is invited."""
        if self.visitor:
            return self.visitor.name
        return self.invitation.name if self.invitation and self.invitation.withdrawn_at is None else ""

    @property
    def is_shared(self) -> bool:
        """Whether the setting sees what the visitor rated and wrote."""
        return self.status in SHARED

    @property
    def is_over(self) -> bool:
        """Whether the visitor’s last day has passed."""
        return self.until < timezone.localdate()


class VisitStep(models.Model):
    """A visit moved from one status to the next: who, when, with what word. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="steps")
    from_status = models.CharField(max_length=12, choices=VisitStatus, blank=True)
    to_status = models.CharField(max_length=12, choices=VisitStatus)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=Q(to_status__in=VisitStatus.values), name="visit_step_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_status_display()} → {self.get_to_status_display()}"
