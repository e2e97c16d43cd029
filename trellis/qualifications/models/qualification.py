"""The entries of the catalogue."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from trellis.accounts.roles import Permission
from trellis.organisations.models import Organisation, Region
from trellis.qualifications.catalogue.kinds import (
    AUDIENCE_LABELS,
    FORMAT_LABELS,
    FUNDING_LABELS,
    KIND_LABELS,
    Audience,
    Format,
    Funding,
    Kind,
)
from trellis.qualifications.catalogue.shape import EntryFacts
from trellis.qualifications.rules.sizes import AWARD_UP_TO, CERTIFICATE_UP_TO

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from trellis.accounts.acting import Acting


class QualificationQuerySet(models.QuerySet["Qualification"]):
    """Reading the catalogue."""

    def visible_to(self, acting: Acting | None) -> Self:
        """All of it: the catalogue is public."""
        return self.all()

    def of_file(self) -> Self:
        """What the file says; nobody’s own courses."""
        return self.filter(owner=None)

    def changed_by(self, acting: Acting) -> Self:
        """The courses of one’s own centre, for whoever may change them."""
        if not acting.may(Permission.CHANGE_COURSES):
            return self.none()
        return self.filter(owner_id=acting.organisation_id)

    def named_by(self, centre_id: UUID) -> Self:
        """What a programme of a centre may lead to: what the file says, and the centre’s own courses."""
        return self.filter(Q(owner=None) | Q(owner_id=centre_id))

    def beginning(self, first: date, last: date) -> Self:
        """Those that begin next within some days: by their cohorts or, without any, as was said."""
        days = (first, last)
        return self.filter(Q(next_cohort_on__range=days) | Q(next_cohort_on=None, next_start__range=days))

    def offered(self, on: date) -> Self:
        """What is in the catalogue on a day: editions that have begun and have not ended."""
        begun = Q(edition_from__isnull=True) | Q(edition_from__lte=on)
        running = Q(edition_to__isnull=True) | Q(edition_to__gte=on)
        return self.filter(begun, running, withdrawn=False)

    def in_order(self) -> Self:
        """By level, those without one last; then by title."""
        return self.order_by(F("level").asc(nulls_last=True), "title", "pk")

    def newest_first(self) -> Self:
        """The editions of one entry, the one in force first."""
        return self.order_by(F("edition_to").desc(nulls_first=True), F("edition_from").desc(nulls_last=True), "pk")


class Qualification(models.Model):
    """A qualification, unit, course or workshop in one edition. `content` is the whole of it as the file says;
    what lists are narrowed by stands in columns. `owner` is the centre that offers it, of what is not of the file.
    `next_start` is said by whoever offers it next; `next_cohort_on` follows from the cohorts that are published.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField("the same in every edition", max_length=60)
    edition = models.CharField(max_length=200)
    edition_from = models.DateField(null=True, blank=True)
    edition_to = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=12, choices=list(KIND_LABELS.items()))
    guided_hours = models.PositiveIntegerField(null=True, blank=True)
    total_hours = models.PositiveIntegerField("hours in all", null=True, blank=True)
    credits = models.PositiveIntegerField(null=True, blank=True)
    number = models.CharField("qualification number", max_length=10, blank=True)
    awarding_organisation = models.CharField(max_length=200, blank=True)
    mandatory = models.BooleanField("whether somebody must have it", default=False)
    in_ratios = models.BooleanField("whether it counts by itself in the staff:child ratios", default=False)
    format = models.CharField(max_length=14, choices=list(FORMAT_LABELS.items()))
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cost = models.PositiveIntegerField("in whole pounds", null=True, blank=True)
    funding = models.CharField(max_length=12, choices=list(FUNDING_LABELS.items()))
    next_start = models.DateField(null=True, blank=True)
    next_cohort_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    leads_to = models.ManyToManyField("self", symmetrical=False, related_name="led_to_by", blank=True)
    example = models.BooleanField("made up, to show what such a thing looks like", default=False)
    withdrawn = models.BooleanField("whether the file does not have it any more", default=False)
    checked_on = models.DateField("when somebody last went through the file")
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)

    objects = QualificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "edition"], name="qualification_once_for_each_edition"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(key=""), name="qualification_has_a_title"),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in Kind]), name="qualification_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(format__in=[each.value for each in Format]), name="qualification_format_is_known"
            ),
            models.CheckConstraint(
                condition=Q(funding__in=[each.value for each in Funding]), name="qualification_funding_is_known"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=8),
                name="qualification_level_is_one_to_eight",
                violation_error_message="A level is a number from 1 to 8",
            ),
            models.CheckConstraint(
                condition=Q(total_hours__isnull=True)
                | ~Q(kind__in=["award", "certificate", "diploma"])
                | Q(kind="award", total_hours__lte=AWARD_UP_TO)
                | Q(kind="certificate", total_hours__gt=AWARD_UP_TO, total_hours__lte=CERTIFICATE_UP_TO)
                | Q(kind="diploma", total_hours__gt=CERTIFICATE_UP_TO),
                name="qualification_hours_fit_its_kind",
                violation_error_message="An award takes up to 120 hours in all, a certificate up to 369, a diploma 370 and more",
            ),
            models.CheckConstraint(
                condition=Q(total_hours__isnull=True)
                | Q(guided_hours__isnull=True)
                | Q(guided_hours__lte=F("total_hours")),
                name="qualification_guided_within_all_hours",
                violation_error_message="There are more guided hours than hours in all",
            ),
            models.CheckConstraint(
                condition=Q(edition_from__isnull=True)
                | Q(edition_to__isnull=True)
                | Q(edition_to__gte=F("edition_from")),
                name="qualification_edition_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(example=False),
                name="qualification_of_a_centre_is_no_example",
            ),
        ]
        indexes = [models.Index(fields=["level", "title"], name="qualification_in_order")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page in the catalogue."""
        return reverse("show_qualification", args=[self.key])

    @property
    def begins(self) -> date | None:
        """When it begins next: with the next cohort or, when none is published, as was said."""
        return self.next_cohort_on or self.next_start

    @property
    def facts(self) -> EntryFacts:
        """Everything that the file says of it."""
        kept = {name: value for name, value in self.content.items() if name in EntryFacts.model_fields}
        return EntryFacts.model_validate(kept)


class QualificationAudience(models.Model):
    """For whom an entry is: one row for each."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    qualification = models.ForeignKey(Qualification, on_delete=models.CASCADE, related_name="audiences")
    audience = models.CharField(max_length=14, choices=list(AUDIENCE_LABELS.items()))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "audience"], name="qualification_audience_once"),
            models.CheckConstraint(
                condition=Q(audience__in=[each.value for each in Audience]), name="qualification_audience_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_audience_display()
