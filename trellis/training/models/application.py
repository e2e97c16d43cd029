"""Somebody applies for a place in a programme: what they answered, where it stands, and how it came there."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import LocalAuthority, Organisation, OrganisationKind, Provider
from trellis.qualifications.models import ListedQualification
from trellis.training.models.cohort import Cohort, CohortStatus
from trellis.training.models.place import LearnerRole, Place
from trellis.training.models.programme import Programme
from trellis.training.rules.applications import ENDED, ENDS_SOON, TO_DECIDE
from trellis.training.rules.cohorts import OVER
from trellis.training.rules.questions import NONE_AT_LEVEL_3
from trellis.training.rules.waiting import setting_key

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.training.models.cohort import CohortQuerySet


class ApplicationStatus(models.TextChoices):
    """Where an application stands. `rules.applications.APPLICATION_MOVES` says what may follow what."""

    DRAFT = "draft", "Being written"
    SUBMITTED = "submitted", "Sent, the setting has not answered"
    MANAGER_AGREED = "manager_agreed", "The setting agrees"
    MANAGER_REFUSED = "manager_refused", "The setting does not agree"
    ELIGIBLE = "eligible", "Eligible"
    NOT_ELIGIBLE = "not_eligible", "Not eligible"
    NEEDS_INFORMATION = "needs_information", "Needs information"
    OFFERED = "offered", "Offered a place"
    ACCEPTED = "accepted", "Accepted the place"
    DECLINED = "declined", "Declined the place"
    EXPIRED = "expired", "The offer ran out"
    WAITING = "waiting", "On the waiting list"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Level3(models.TextChoices):
    """Whether an applicant holds a full and relevant Level 3 qualification, as they say."""

    HELD = "held", "Yes"
    STUDYING = "studying", "I am studying for it"
    UNSURE = "unsure", "I am not sure"
    NO = "no", "No"


class EarlierTraining(models.TextChoices):
    """What an applicant has learned as a SENCO before."""

    NONE = "none", "None yet"
    SHORT = "short", "Short courses or training from the authority"
    HOLDS_AWARD = "holds_award", "I hold a Level 3 award for SENCOs in early years settings"


class Beside(models.TextChoices):
    """How an applicant wants to be placed beside others of their setting."""

    NO_MATTER = "", "It does not matter"
    TOGETHER = "together", "On the same dates"
    APART = "apart", "On different dates"


class Payer(models.TextChoices):
    """Who would pay for an applicant’s place, as they say; what a cohort is paid by is `CohortFunding`."""

    GRANT = "grant", "The grant of the programme"
    AUTHORITY = "authority", "The authority"
    SELF = "self", "The settings or learners themselves"
    UNKNOWN = "unknown", "Not known yet"


def _wants(cohorts: CohortQuerySet) -> Q:
    """Whether an applicant wants one of some cohorts: they name it, or any of their authority will do."""
    named = Application.wanted.through.objects.filter(application=OuterRef("pk"))
    to_come = cohorts.exclude(status__in=OVER)
    any_there = to_come.filter(programme=OuterRef("programme"), authority=OuterRef("authority"))
    return Q(Exists(named.filter(cohort__in=cohorts))) | Q(~Exists(named), Exists(any_there))


def of_applications_for(acting: Acting) -> Q:
    """What belongs to the applications that somebody sees. A centre’s need not be asked for by themselves."""
    if acting.organisation_kind == OrganisationKind.AUTHORITY or not acting.may(Permission.SEE_APPLICATIONS):
        return Q(application__in=Application.objects.visible_to(acting))
    return Q(application__centre_id=acting.organisation_id, application__sent_at__isnull=False)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Reading applications."""

    def visible_to(self, acting: Acting) -> Self:
        """Those that are sent: a centre’s own; of an authority those for a cohort that it delivers with the centre’s
        approval and that is not cancelled.

        What is still being written is the applicant’s.
        """
        if not acting.may(Permission.SEE_APPLICATIONS):
            return self.none()
        sent = self.exclude(sent_at=None)
        if acting.organisation_kind == OrganisationKind.AUTHORITY:
            return sent.for_any_of(Cohort.objects.offered_by(acting).exclude(status=CohortStatus.CANCELLED))
        return sent.filter(centre_id=acting.organisation_id)

    def decided_by(self, acting: Acting) -> Self:
        """Those about which somebody decides: a centre about its own; an authority when whatever they want is a cohort
        that it delivers with the centre’s approval.
        """
        if not acting.may(Permission.DECIDE_APPLICATIONS):
            return self.none()
        if acting.organisation_kind != OrganisationKind.AUTHORITY:
            return self.filter(centre_id=acting.organisation_id)
        theirs = Cohort.objects.offered_by(acting)
        others = Cohort.objects.exclude(pk__in=theirs.values("pk"))
        return self.for_any_of(theirs).exclude(_wants(others))

    def for_any_of(self, cohorts: CohortQuerySet) -> Self:
        """Those for one of some cohorts: who wants it and has no place elsewhere, was offered one there, or has it."""
        offered = Q(pk__in=cohorts.values("offers__application"))
        return self.filter(Q(place=None) & (_wants(cohorts) | offered) | Q(place__cohort__in=cohorts))

    def to_decide(self) -> Self:
        """Those that wait for the centre."""
        return self.filter(status__in=TO_DECIDE)

    def ending(self, today: date) -> Self:
        """Those with an offer that waits for an answer and ends in a few days: each has one such offer at most."""
        days = [today, today + ENDS_SOON]
        return self.filter(status=ApplicationStatus.OFFERED, offers__status="open", offers__until__range=days)

    def in_order(self) -> Self:
        """Those that wait for the centre first, those that have ended last; each as the waiting list has them."""
        rank = Case(When(status__in=TO_DECIDE, then=Value(0)), When(status__in=ENDED, then=Value(2)), default=Value(1))
        return self.order_by(rank, "-priority", "sent_at", "pk")

    def of(self, person: User) -> Self:
        """Those that somebody made: for themselves, or for people of their setting."""
        return self.filter(Q(user_id=person.pk) | Q(booked_by_id=person.pk), forgotten_at=None)

    def under_way(self, programme: Programme, email: str) -> Self:
        """What an address applies for with a programme now: the database has one at most."""
        open_ones = self.filter(programme=programme, email=email, forgotten_at=None)
        return open_ones.exclude(status__in=[ApplicationStatus.WITHDRAWN, ApplicationStatus.ACCEPTED])

    def waiting(self) -> Self:
        """The waiting list, in its order: by priority, then by the time at which it was sent."""
        return self.filter(status=ApplicationStatus.WAITING).order_by("-priority", "sent_at", "pk")


class Application(models.Model):
    """One person’s application for a place. `wanted` without any cohort means that any will do.

    What is answered is saved at each step; `answered` names the steps. `asked_about` are cohorts
    with too few learners that whoever waits for another one was asked about. `level_3_listed` is what the applicant found in
    the list of early years qualifications; `level_3_title` is what it was called then, or what they wrote.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="applications")
    centre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    wanted = models.ManyToManyField(Cohort, blank=True, related_name="+")
    asked_about = models.ManyToManyField(Cohort, blank=True, related_name="+")
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    setting = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    setting_name = models.CharField(max_length=255, blank=True)
    authority = models.ForeignKey(LocalAuthority, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    in_england = models.BooleanField(null=True, blank=True)
    role = models.CharField(max_length=16, choices=LearnerRole, blank=True)
    role_from = models.DateField(null=True, blank=True)
    level_3 = models.CharField(max_length=10, choices=Level3, blank=True)
    level_3_title = models.CharField(max_length=300, blank=True)
    level_3_listed = models.ForeignKey(
        ListedQualification, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    years = models.PositiveSmallIntegerField(null=True, blank=True)
    earlier = models.CharField(max_length=12, choices=EarlierTraining, blank=True)
    funded_before = models.BooleanField(null=True, blank=True)
    paid_by = models.CharField(max_length=10, choices=Payer, blank=True)
    beside = models.CharField(max_length=10, choices=Beside, blank=True)
    manager_name = models.CharField(max_length=150, blank=True)
    manager_email = models.EmailField(max_length=254, blank=True)
    answered = models.JSONField(default=list)
    status = models.CharField(max_length=18, choices=ApplicationStatus, default=ApplicationStatus.DRAFT)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(default=timezone.now, editable=False)
    priority = models.IntegerField(default=0)
    priority_because = models.JSONField(default=list)
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    passed_over = models.CharField(max_length=200, blank=True)
    place = models.OneToOneField(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="application")
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(email="") | Q(forgotten_at__isnull=False, name="", email=""),
                name="application_says_who_until_forgotten",
                violation_error_message="Enter the name and the e-mail address",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.values), name="application_status_is_known"
            ),
            models.CheckConstraint(condition=Q(role__in=["", *LearnerRole.values]), name="application_role_is_known"),
            models.CheckConstraint(condition=Q(paid_by__in=["", *Payer.values]), name="application_payer_is_known"),
            models.CheckConstraint(
                condition=Q(level_3_listed__isnull=True) | ~Q(level_3__in=NONE_AT_LEVEL_3) & ~Q(level_3_title=""),
                name="application_listed_qualification_is_said",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | Q(status__in=["draft", "withdrawn"]),
                name="application_on_its_way_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(listed_by__isnull=False) | ~Q(status="waiting"),
                name="application_waiting_was_listed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status="accepted", place__isnull=False) | ~Q(status="accepted") & Q(place__isnull=True),
                name="application_accepted_has_its_place",
            ),
            models.UniqueConstraint(
                fields=["programme", "email"],
                condition=~Q(status__in=["withdrawn", "accepted"]) & Q(forgotten_at__isnull=True),
                name="application_one_at_a_time_for_each_address",
                violation_error_message="Somebody with this e-mail address is applying already",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "-sent_at", "id"], name="application_of_programme"),
            models.Index(fields=["status", "programme"], name="application_by_status"),
            models.Index(fields=["email"], name="application_by_address"),
        ]

    def __str__(self) -> str:
        return self.name or "A forgotten application"

    def get_absolute_url(self) -> str:
        """Its page for the centre."""
        return reverse("show_application", args=[self.pk])

    def is_decided_by(self, acting: Acting) -> bool:
        """Whether somebody who sees it decides about it, as `decided_by` finds it."""
        if acting.organisation_kind == OrganisationKind.AUTHORITY:
            return Application.objects.decided_by(acting).filter(pk=self.pk).exists()
        return acting.may(Permission.DECIDE_APPLICATIONS) and self.centre_id == acting.organisation_id

    @property
    def setting_key(self) -> str:
        """What says that two applicants are of one setting."""
        return setting_key(self.provider_id, self.setting_id, self.setting_name)
