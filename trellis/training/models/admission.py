"""What decides about an application: rules of the programme, what they said, the setting’s answer, offers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import OrganisationKind
from trellis.training.models.application import Application, of_applications_for
from trellis.training.models.cohort import Cohort, cohorts_for
from trellis.training.models.programme import Programme
from trellis.training.rules.cohorts import OVER

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting


class Certainty(models.TextChoices):
    """How sure it is that a rule is as it stands here."""

    PUBLISHED = "published", "Published by the funder or the awarding organisation"
    AGREED = "agreed", "Agreed in the contract, or decided by the centre"
    ASSUMED = "assumed", "Assumed: check it before you rely on it"


class AdmissionRuleQuerySet(models.QuerySet["AdmissionRule"]):
    """Reading the rules of programmes."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the programmes of one’s own centre."""
        if not acting.may(Permission.SEE_APPLICATIONS):
            return self.none()
        return self.filter(programme__centre_id=acting.organisation_id)


class AdmissionRule(models.Model):
    """What a programme asks, weighs or allows from a day on, instead of what Trellis suggests.

    `key` names it in `reference/admission.yaml`; a later row for the same key takes its place. Rows stay.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="admission_rules")
    key = models.CharField(max_length=40)
    value = models.SmallIntegerField()
    from_on = models.DateField()
    reason = models.CharField(max_length=300)
    source = models.CharField(max_length=300)
    certainty = models.CharField(max_length=10, choices=Certainty)
    set_at = models.DateTimeField(default=timezone.now, editable=False)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = AdmissionRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(source="") & Q(certainty__in=Certainty.values),
                name="admission_rule_says_why_and_whence",
                violation_error_message="Say why, and where the rule is from",
            ),
        ]
        indexes = [models.Index(fields=["programme", "key", "-from_on", "-set_at"], name="admission_rule_in_force")]

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class Decision(models.TextChoices):
    """Whether somebody may have a place."""

    ELIGIBLE = "eligible", "Eligible"
    NOT_ELIGIBLE = "not_eligible", "Not eligible"
    NEEDS_INFORMATION = "needs_information", "Needs information"


class AdmissionDecisionQuerySet(models.QuerySet["AdmissionDecision"]):
    """Reading decisions."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the applications that somebody sees."""
        return self.filter(of_applications_for(acting))


class AdmissionDecision(models.Model):
    """What the rules said of an application or, with `by`, what a person of the centre decided beside it and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=18, choices=Decision)
    code = models.CharField(max_length=40)
    sentence = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = AdmissionDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values) & ~Q(code="") & ~Q(sentence=""),
                name="admission_decision_has_code_and_sentence",
                violation_error_message="Say why",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class ManagerAnswerQuerySet(models.QuerySet["ManagerAnswer"]):
    """Reading the answers of settings."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the applications that somebody sees."""
        return self.filter(of_applications_for(acting))


class ManagerAnswer(models.Model):
    """What the manager of the setting said: that all four can be done, or no and why. The newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers")
    release = models.BooleanField()
    cover = models.BooleanField()
    ratio = models.BooleanField()
    observation = models.BooleanField()
    because = models.CharField(max_length=500, blank=True)
    name = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ManagerAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(release=True, cover=True, ratio=True, observation=True, because="") | ~Q(because=""),
                name="manager_answer_agrees_to_all_or_says_why_not",
                violation_error_message="Confirm all four, or say why it is not possible",
            ),
        ]

    def __str__(self) -> str:
        return "No" if self.because else "Yes"

    @property
    def agreed(self) -> bool:
        """Whether the setting agrees."""
        return not self.because


class AccessNeedsQuerySet(models.QuerySet["AccessNeeds"]):
    """Reading what somebody needs."""

    def visible_to(self, acting: Acting) -> Self:
        """Who arranges: the centre for its applications; who teaches or delivers the cohort, once there is a place."""
        if not acting.may(Permission.SEE_ACCESS_NEEDS):
            return self.none()
        there = self.filter(application__place__status="taken")
        if acting.organisation_kind == OrganisationKind.AUTHORITY:
            return there.filter(application__place__cohort__delivered_by_id=acting.organisation_id)
        if acting.may(Permission.SEE_APPLICATIONS):
            return self.filter(of_applications_for(acting))
        return there.filter(application__place__cohort__in=Cohort.objects.filter(cohorts_for(acting)))


class AccessNeeds(models.Model):
    """What an applicant needs in order to take part. In a table of its own, seen by those who arrange it."""

    application = models.OneToOneField(Application, primary_key=True, on_delete=models.PROTECT, related_name="needs")
    access = models.TextField(blank=True)
    adjustments = models.TextField(blank=True)

    objects = AccessNeedsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(access="") | ~Q(adjustments=""), name="access_needs_say_something"),
        ]

    def __str__(self) -> str:
        return "Access needs"


class OfferStatus(models.TextChoices):
    """Where an offer stands. `rules.applications.OFFER_MOVES` says what may follow what."""

    OPEN = "open", "Not answered yet"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Ran out"
    TAKEN_BACK = "taken_back", "Ended because the application was withdrawn"


class OfferQuerySet(models.QuerySet["Offer"]):
    """Reading offers."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the applications that somebody sees; for an authority, in the cohorts that it delivers."""
        theirs = self.filter(of_applications_for(acting))
        if acting.organisation_kind == OrganisationKind.AUTHORITY:
            return theirs.filter(cohort__delivered_by_id=acting.organisation_id)
        return theirs

    def open(self) -> Self:
        """Those that wait for an answer, and hold a place."""
        return self.filter(status=OfferStatus.OPEN)

    def overdue(self, today: date) -> Self:
        """Those whose last day has passed without an answer, and those in a cohort that is over."""
        return self.open().filter(Q(until__lt=today) | Q(cohort__status__in=OVER))


class Offer(models.Model):
    """A place in a cohort, held for an applicant until a day. `by_itself`: the waiting list made it, by its order.

    `made_by` is who offered it, or who put the applicant on the list.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="offers")
    until = models.DateField()
    status = models.CharField(max_length=10, choices=OfferStatus, default=OfferStatus.OPEN)
    by_itself = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=OfferStatus.values), name="offer_status_is_known"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(status="open"),
                name="offer_one_open_for_each_application",
                violation_error_message="They have an offer already",
            ),
            models.CheckConstraint(
                condition=Q(status="open", ended_at__isnull=True) | ~Q(status="open") & Q(ended_at__isnull=False),
                name="offer_that_ended_says_when",
            ),
        ]
        indexes = [models.Index(fields=["cohort", "status"], name="offer_of_cohort")]

    def __str__(self) -> str:
        return str(self.get_status_display())
