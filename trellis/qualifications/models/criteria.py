"""Criteria as data: a set of units, in them outcomes, in them criteria; and what in two sets belongs together."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import Organisation
from trellis.qualifications.catalogue.certainty import WORDS, Certainty

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting

CERTAINTIES = list(WORDS.items())
_CERTAIN = Q(certainty__in=["", *(each.value for each in Certainty)])


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    """Reading sets of criteria."""

    def visible_to(self, acting: Acting | None) -> Self:
        """Those that come with Trellis, and those that the person’s own organisation has loaded; nobody else’s."""
        public = Q(owner__isnull=True)
        if acting is None or not acting.may(Permission.SEE_CRITERIA):
            return self.filter(public)
        return self.filter(public | Q(owner_id=acting.organisation_id))

    def in_order(self) -> Self:
        """One’s own first, then by title."""
        return self.order_by(F("owner").asc(nulls_last=True), "title", "edition", "pk")


class CriteriaSet(models.Model):
    """What somebody has to show for a qualification, in one edition. With an `owner` it is an awarding organisation’s
    text that this organisation has loaded for itself: nobody else sees it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField("the same in every edition", max_length=60)
    edition = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    qualification_key = models.CharField("the entry of the catalogue that it belongs to", max_length=60, blank=True)
    owner = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="criteria_sets"
    )
    publisher = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=2000, blank=True)
    source = models.CharField(max_length=2000, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    loaded_at = models.DateTimeField(default=timezone.now)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(title=""), name="criteria_set_has_a_title"),
            models.UniqueConstraint(
                fields=["key", "edition"], condition=Q(owner__isnull=True), name="criteria_set_once_for_everybody"
            ),
            models.UniqueConstraint(
                fields=["owner", "key", "edition"],
                name="criteria_set_once_for_each_owner",
                violation_error_message="There is a set with this title and edition already",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.edition}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("criteria_set", args=[self.pk])


class CriteriaUnit(models.Model):
    """A part of a set."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=500)
    note = models.CharField(max_length=2000, blank=True)
    source = models.CharField(max_length=2000, blank=True)
    certainty = models.CharField(max_length=10, choices=CERTAINTIES, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["set", "code"], name="criteria_unit_once_in_a_set"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="criteria_unit_has_a_title"),
            models.CheckConstraint(condition=_CERTAIN, name="criteria_unit_certainty_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class LearningOutcome(models.Model):
    """What a learner will know or be able to do."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(CriteriaUnit, on_delete=models.PROTECT, related_name="outcomes")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=500)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="learning_outcome_once_in_a_unit"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="learning_outcome_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class CriterionQuerySet(models.QuerySet["Criterion"]):
    """Reading criteria."""

    def visible_to(self, acting: Acting | None) -> Self:
        """Those of the sets that somebody sees."""
        return self.filter(outcome__unit__set__in=CriteriaSet.objects.visible_to(acting))

    def of_set(self, criteria: CriteriaSet) -> Self:
        """Those of one set, in its order."""
        rows = self.filter(outcome__unit__set=criteria).select_related("outcome__unit")
        return rows.order_by("outcome__unit__position", "outcome__position", "position", "pk")


class Criterion(models.Model):
    """One thing that a learner shows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outcome = models.ForeignKey(LearningOutcome, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(max_length=20)
    text = models.CharField(max_length=2000)
    source = models.CharField(max_length=2000, blank=True)
    certainty = models.CharField(max_length=10, choices=CERTAINTIES, blank=True)
    position = models.PositiveIntegerField()

    objects = CriterionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["outcome", "code"], name="criterion_once_in_an_outcome"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(text=""), name="criterion_has_a_text"),
            models.CheckConstraint(condition=_CERTAIN, name="criterion_certainty_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def full_code(self) -> str:
        """Its code with its unit’s, as it is named outside of the unit."""
        return f"{self.outcome.unit.code} {self.code}"


class CrosswalkLinkQuerySet(models.QuerySet["CrosswalkLink"]):
    """Reading what belongs together."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of the person’s own organisation, also those that were taken away."""
        if not acting.may(Permission.SEE_CRITERIA):
            return self.none()
        return self.filter(organisation_id=acting.organisation_id)

    def live(self) -> Self:
        """Those that still hold."""
        return self.filter(removed_at__isnull=True)


class CrosswalkLink(models.Model):
    """Two criteria of two sets that ask for the same, as one organisation sees it: who said so and when, and who took
    it back. Of a pair, the one with the smaller key is `one`, whichever set it was looked at from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CrosswalkLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "one", "other"],
                condition=Q(removed_at__isnull=True),
                name="crosswalk_link_once",
                violation_error_message="These two are linked already",
            ),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="crosswalk_link_has_one_direction"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="crosswalk_link_removal_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"
