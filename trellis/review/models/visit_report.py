"""What comes of a visit: the report in all its versions, the facts corrected, and how the setting found it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.review.models.framework import Statement
from trellis.review.models.plan import Action
from trellis.review.models.visit import Visit, visits_for
from trellis.review.rules.visit import SHARED

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


def _shared(acting: Acting, path: str) -> Q:
    """What belongs to a report: whoever writes it sees it, the others once it is shared."""
    if acting.may(Permission.VISIT):
        return visits_for(acting, path)
    return visits_for(acting, path) & Q(**{f"{path}status__in": SHARED})


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    """Reading reports."""

    def visible_to(self, acting: Acting) -> Self:
        """Every version for the visitor; for the people of the setting once the draft is shared."""
        return self.filter(_shared(acting, "visit__"))


class ReportVersion(models.Model):
    """What the report of a visit said from then on. The newest counts. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    strong = models.TextField(blank=True)
    work_on = models.TextField(blank=True)
    self_evaluation = models.TextField(blank=True)
    agreed = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(strong="") & ~Q(work_on=""),
                name="report_version_says_what_is_strong_and_what_to_work_on",
                violation_error_message="Say what is strong and what to work on",
            ),
            models.UniqueConstraint(
                fields=["visit", "number"],
                name="report_version_once_for_each_number",
                violation_error_message="The report was changed in another window. Look at it again",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Reading what visitors recommend."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of the reports that somebody sees."""
        return self.filter(_shared(acting, "version__visit__"))


class Recommendation(models.Model):
    """Something that a report recommends because of a statement. Only ever added, with its version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="recommendation_says_what"),
            models.UniqueConstraint(fields=["version", "number"], name="recommendation_once_for_each_number"),
        ]

    def __str__(self) -> str:
        return self.what


class RecommendationTaken(models.Model):
    """The setting made an action of a recommendation. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="taken")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.recommendation)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Reading corrections."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of the visits that somebody sees."""
        return self.filter(visits_for(acting, "visit__"))

    def unanswered(self) -> Self:
        """Those that the visitor has not answered."""
        return self.filter(answer__isnull=True)


class Correction(models.Model):
    """A fact in the draft that the setting says is not right. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="corrections")
    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="+")
    says = models.CharField(max_length=500)
    should_say = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(says="") & ~Q(should_say=""), name="correction_says_what_is_and_what_should_be"
            ),
        ]

    def __str__(self) -> str:
        return self.says


class CorrectionAnswer(models.Model):
    """What the visitor says to a correction: taken in, or why not. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    correction = models.OneToOneField(Correction, on_delete=models.PROTECT, related_name="answer")
    taken_in = models.BooleanField()
    why_not = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_in=True) | ~Q(why_not=""),
                name="correction_answer_says_why_not",
                violation_error_message="Say why it stays as it is",
            ),
        ]

    def __str__(self) -> str:
        return "Taken in" if self.taken_in else "Not taken in"


class HowItWas(models.TextChoices):
    """How a setting answers a question about a visit."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "Not really"


class VisitFeedbackQuerySet(models.QuerySet["VisitFeedback"]):
    """Reading what settings say of visits."""

    def visible_to(self, acting: Acting) -> Self:
        """That of the visits that somebody sees: the setting and its visitor."""
        return self.filter(visits_for(acting, "visit__"))


class VisitFeedback(models.Model):
    """How the setting found the visit, once for each; the visitor sees it. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="feedback")
    useful = models.CharField(max_length=8, choices=HowItWas)
    fair = models.CharField(max_length=8, choices=HowItWas)
    kind = models.CharField(max_length=8, choices=HowItWas)
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = VisitFeedbackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(useful__in=HowItWas.values, fair__in=HowItWas.values, kind__in=HowItWas.values),
                name="visit_feedback_answers_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"How {self.visit} was"
