"""Which surveys a programme uses, and when."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from trellis.training.models.programme import Programme

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class SurveyMoment(models.TextChoices):
    """When learners are asked."""

    BEFORE = "before", "Before the course"
    AFTER = "after", "At the end of the course"
    LATER = "later", "Some weeks after the course"


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Reading surveys."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of the programmes that somebody sees."""
        theirs = Programme.objects.visible_to(acting).filter(pk=OuterRef("programme"))
        return self.filter(Exists(theirs))

    def in_order(self) -> list[Survey]:
        """As they are asked: before, at the end, then later ones by their weeks."""
        when = SurveyMoment.values.index
        return sorted(self, key=lambda each: (when(each.moment), each.weeks or 0, each.name, str(each.pk)))


class Survey(models.Model):
    """A survey that a programme uses: what it is called, when learners are asked, and where it is.

    Who answered what is kept wherever the survey is, and not here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="surveys")
    name = models.CharField(max_length=150)
    moment = models.CharField(max_length=8, choices=SurveyMoment)
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    link = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="survey_has_a_name",
                violation_error_message="Enter what the survey is called",
            ),
            models.CheckConstraint(condition=Q(moment__in=SurveyMoment.values), name="survey_moment_is_known"),
            models.CheckConstraint(
                condition=Q(moment="later", weeks__isnull=False, weeks__gt=0)
                | ~Q(moment="later") & Q(weeks__isnull=True),
                name="survey_later_says_how_many_weeks",
                violation_error_message="Enter how many weeks after the course",
            ),
            models.CheckConstraint(
                condition=~Q(link="") | ~Q(note=""),
                name="survey_says_where_it_is",
                violation_error_message="Enter a link to the survey, or where it is",
            ),
        ]

    def __str__(self) -> str:
        return self.name
