"""Who holds what: a qualification, since when, and who has seen the evidence."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import Membership, Organisation
from trellis.qualifications.models.listed import ListedQualification
from trellis.qualifications.models.qualification import Qualification
from trellis.qualifications.rules.holdings import REMINDED_BEFORE, RUNS_OUT_SOON

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User


class Evidence(models.TextChoices):
    """What was seen of a qualification."""

    ORIGINAL = "original", "The original certificate"
    COPY = "copy", "A copy of the certificate"
    CONFIRMED = "confirmed", "A confirmation of the awarding organisation or the centre"


def _belonging() -> models.QuerySet[Membership]:
    """Whether the person of a holding belongs to its organisation, as a question to each row."""
    return Membership.objects.live().filter(user=OuterRef("user"), organisation=OuterRef("organisation"))


def _renewed() -> models.QuerySet[Holding]:
    """Whether the same person holds the same, in whichever edition, until later or without an end."""
    theirs = Q(user=OuterRef("user")) | Q(
        user__isnull=True, organisation=OuterRef("organisation"), person_name=OuterRef("person_name")
    )
    same = Q(qualification__key=OuterRef("qualification__key")) | Q(listed=OuterRef("listed"))
    longer = Q(expires_on__isnull=True) | Q(expires_on__gt=OuterRef("expires_on"))
    return Holding.objects.live().filter(theirs, same, longer)


class HoldingQuerySet(models.QuerySet["Holding"]):
    """Reading who holds what."""

    def visible_to(self, acting: Acting | None) -> Self:
        """Those of the organisation’s people, for whoever may see them; nobody else’s."""
        if acting is None or not acting.may(Permission.SEE_HOLDINGS):
            return self.none()
        return self.filter(organisation_id=acting.organisation_id)

    def of(self, person: User) -> Self:
        """A person’s own, wherever they are written down."""
        return self.filter(user_id=person.pk)

    def live(self) -> Self:
        """Those that were not taken out."""
        return self.filter(ended_at__isnull=True)

    def running_out(self, on: date) -> Self:
        """Those that have run out, or do so soon."""
        return self.filter(expires_on__lte=on + RUNS_OUT_SOON)

    def ending_soon(self, on: date) -> Self:
        """Those of which somebody is reminded: they run out within some weeks, have not yet, and were not renewed."""
        return self.filter(~Exists(_renewed()), expires_on__range=(on, on + REMINDED_BEFORE))

    def who_can_be_told(self) -> Self:
        """Those of people who belong there, and of people without an account."""
        return self.filter(Q(user__isnull=True) | Exists(_belonging()))

    def of_name(self, name: str) -> Self:
        """Those of people who are called so, or whose name has that in it."""
        return self.filter(Q(user__name__icontains=name) | Q(person_name__icontains=name))

    def told(self) -> Self:
        """With whatever a list says of them; `belongs` is whether a person with an account still belongs there."""
        told = self.select_related("user", "qualification", "listed", "seen_by")
        return told.annotate(belongs=Exists(_belonging()))

    def by_person(self) -> Self:
        """As a setting reads them: by name, then the highest level first."""
        return self.order_by(
            Coalesce("user__name", "person_name"), F("level").desc(nulls_last=True), "-achieved_on", "pk"
        )


class Holding(models.Model):
    """A qualification that somebody in an organisation holds. Somebody without an account is a name and nothing else,
    and the name goes when the holding is taken out. `level` is that of the qualification, for the order of lists.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="holdings")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="holdings"
    )
    person_name = models.CharField("name of somebody without an account", max_length=150, blank=True)
    qualification = models.ForeignKey(
        Qualification, null=True, blank=True, on_delete=models.PROTECT, related_name="holdings"
    )
    listed = models.ForeignKey(
        ListedQualification, null=True, blank=True, on_delete=models.PROTECT, related_name="holdings"
    )
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    achieved_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=10, choices=Evidence, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = HoldingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, person_name="")
                | (Q(user__isnull=True) & ~Q(person_name=""))
                | Q(user__isnull=True, person_name="", ended_at__isnull=False),
                name="holding_is_of_one_person",
                violation_error_message="Choose a person, or enter the name of somebody without an account",
            ),
            models.CheckConstraint(
                condition=Q(qualification__isnull=False, listed__isnull=True)
                | Q(qualification__isnull=True, listed__isnull=False),
                name="holding_is_of_one_qualification",
                violation_error_message="Choose one qualification",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("achieved_on")),
                name="holding_runs_out_after_it_was_gained",
                violation_error_message="It cannot run out before it was gained",
            ),
            models.CheckConstraint(
                condition=Q(evidence="", seen_on__isnull=True, seen_by__isnull=True)
                | Q(evidence__in=Evidence.values, seen_on__isnull=False, seen_by__isnull=False),
                name="holding_evidence_says_who_saw_it_and_when",
                violation_error_message="Say what was seen, by whom and when",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="holding_end_says_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["organisation", "user", "qualification"],
                condition=Q(ended_at__isnull=True),
                name="holding_once_of_the_catalogue",
                violation_error_message="This is written down already",
            ),
            models.UniqueConstraint(
                fields=["organisation", "user", "listed"],
                condition=Q(ended_at__isnull=True),
                name="holding_once_of_the_list",
                violation_error_message="This is written down already",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "ended_at"], name="holding_of_an_organisation"),
            models.Index(fields=["organisation", "expires_on"], name="holding_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.title}"

    @property
    def person(self) -> str:
        """Who holds it; nothing for somebody without an account who was taken out."""
        return self.user.name if self.user else self.person_name

    @property
    def title(self) -> str:
        """What is held."""
        return str(self.qualification or self.listed)


class HoldingChange(models.Model):
    """What a holding said from a moment on, and who said so. Rows are only added. The name of somebody without an
    account stands in none of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    achieved_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=10, choices=Evidence, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended = models.BooleanField("whether it was taken out", default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["holding", "number"],
                name="holding_change_once_for_each_version",
                violation_error_message="Somebody else has just changed this. Look at it again",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holding_id} version {self.number}"
