"""The list of early years qualifications, as it is published: at which level a certificate counts."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from trellis.qualifications.rules.listing import begun_words, words_of

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class ListedQualificationQuerySet(models.QuerySet["ListedQualification"]):
    """Reading the list."""

    def visible_to(self, acting: Acting | None) -> Self:
        """All of it: the list is published."""
        return self.all()

    def with_words(self, text: str) -> Self:
        """Those that have all words of a text, or their beginnings, in their name, number or awarding organisation."""
        found = self
        for word in words_of(text):
            found = found.filter(search_key__contains=f" {word}")
        return found

    def begun_in(self, year: int) -> Self:
        """Those that could be begun in a year."""
        return self.filter(
            Q(from_date__isnull=True) | Q(from_date__year__lte=year),
            Q(to_date__isnull=True) | Q(to_date__year__gte=year),
        )

    def in_order(self) -> Self:
        """By level, then by name."""
        return self.order_by("level", "name", "ref")


class ListedQualification(models.Model):
    """A row of the list. What the ratio requirements and questions mean is published only as codes: they are kept as
    they come. `search_key` has a space before each word.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ref = models.CharField("reference in the list", max_length=20, unique=True)
    level = models.PositiveSmallIntegerField("level at which it counts")
    from_date = models.DateField("begun from", null=True, blank=True)
    to_date = models.DateField("begun until", null=True, blank=True)
    name = models.CharField(max_length=300)
    awarding_organisation = models.CharField(max_length=200, blank=True)
    number = models.CharField("qualification number", max_length=60, blank=True)
    notes = models.CharField("notes and further requirements", max_length=4000, blank=True)
    questions = models.CharField("codes of further questions", max_length=500, blank=True)
    ratio_requirements = models.CharField("codes of ratio requirements", max_length=500, blank=True)
    search_key = models.CharField(max_length=700)

    objects = ListedQualificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(ref="") & ~Q(name=""), name="listed_qualification_has_a_name"),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=8), name="listed_qualification_level_is_one_to_eight"
            ),
            models.CheckConstraint(
                condition=Q(from_date__isnull=True) | Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="listed_qualification_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["level", "name", "ref"], name="listed_in_order")]

    def __str__(self) -> str:
        return self.name

    @property
    def begun(self) -> str:
        """When the course had to be begun, in words."""
        return begun_words(self.from_date, self.to_date)
