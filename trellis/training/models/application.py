"""Somebody applies for a place in a programme: what they answered, where it stands, and how it came there."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import LocalAuthority, Organisation, Provider
from trellis.qualifications.models import ListedQualification
from trellis.training.models.cohort import Cohort, CohortFunding
from trellis.training.models.place import LearnerRole, Place
from trellis.training.models.programme import Programme
from trellis.training.rules.questions import NONE_AT_LEVEL_3
from trellis.training.rules.waiting import setting_key

if TYPE_CHECKING:
    from datetime import datetime

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User


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
    TOGETHER = "together", "In the same cohort"
    APART = "apart", "In different cohorts"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Reading applications."""

    def visible_to(self, acting: Acting) -> Self:
        """A centre’s own, once they are sent: what is still being written is the applicant’s."""
        if not acting.may(Permission.SEE_APPLICATIONS):
            return self.none()
        return self.filter(centre_id=acting.organisation_id).exclude(sent_at=None)

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

    What is answered is saved at each step; `answered` names the steps. `level_3_listed` is what the applicant found in
    the list of early years qualifications; `level_3_title` is what it was called then, or what they wrote.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="applications")
    centre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    wanted = models.ManyToManyField(Cohort, blank=True, related_name="+")
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
    paid_by = models.CharField(max_length=10, choices=CohortFunding, blank=True)
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

    @property
    def setting_key(self) -> str:
        """What says that two applicants are of one setting."""
        return setting_key(self.provider_id, self.setting_id, self.setting_name)


class ApplicationStepQuerySet(models.QuerySet["ApplicationStep"]):
    """Reading how applications moved."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the applications that somebody sees."""
        return self.filter(application__in=Application.objects.visible_to(acting))


class WhoMoved(models.TextChoices):
    """Who moved an application on."""

    APPLICANT = "applicant", "The applicant"
    MANAGER = "manager", "The manager of the setting"
    CENTRE = "centre", "The centre"
    RULES = "rules", "The rules of the programme"
    CLOCK = "clock", "Trellis itself"


class ApplicationStep(models.Model):
    """An application moved from one status to another. Rows are never changed, and hold no words about anybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField(default=timezone.now, editable=False)
    from_status = models.CharField(max_length=18, choices=ApplicationStatus)
    to_status = models.CharField(max_length=18, choices=ApplicationStatus)
    who = models.CharField(max_length=10, choices=WhoMoved)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, blank=True)

    objects = ApplicationStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(who__in=WhoMoved.values), name="application_step_says_who"),
            models.CheckConstraint(
                condition=~Q(who="centre") | Q(by__isnull=False), name="application_step_of_the_centre_names_somebody"
            ),
        ]
        indexes = [models.Index(fields=["application", "at"], name="step_of_application")]

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"


class KeyFor(models.TextChoices):
    """Whom a secret link lets in."""

    APPLICANT = "applicant", "The applicant"
    MANAGER = "manager", "The manager of the setting"


class ApplicationKeyQuerySet(models.QuerySet["ApplicationKey"]):
    """Finding an application by the hash of a link."""

    def usable(self, now: datetime) -> Self:
        """Those that have not run out."""
        return self.filter(until__gt=now, application__forgotten_at=None)


class ApplicationKey(models.Model):
    """A secret link to one application. The token stands in an e-mail only; here is its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="keys")
    opens_for = models.CharField(max_length=10, choices=KeyFor)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateTimeField()

    objects = ApplicationKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(opens_for__in=KeyFor.values), name="application_key_opens_for_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.opens_for} of {self.application_id}"
