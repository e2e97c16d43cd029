"""Places: England’s regions and authorities, and what kinds of setting there are."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q


class Region(models.Model):
    """One of England’s nine regions."""

    code = models.CharField("ONS code", primary_key=True, max_length=9)
    name = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name


class LocalAuthorityQuerySet(models.QuerySet["LocalAuthority"]):
    """Reading authorities."""

    def of_today(self) -> Self:
        """Those that are responsible for children’s services now, in the order of their names."""
        return self.filter(closed_on__isnull=True).order_by("name")


class LocalAuthority(models.Model):
    """An upper-tier local authority in England, of today or of former days."""

    code = models.CharField("ONS code", primary_key=True, max_length=9)
    dfe_code = models.CharField("DfE code", max_length=3, blank=True)
    name = models.CharField(max_length=80)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="authorities")
    opened_on = models.DateField("first day under this code", null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    replaced_by = models.ManyToManyField("self", symmetrical=False, related_name="replaces")

    objects = LocalAuthorityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(closed_on__isnull=True),
                name="authority_name_unique_among_those_of_today",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SettingKind(models.TextChoices):
    """What kind of early years setting a place is."""

    FULL_DAY_CARE = "full_day_care", "Full day care"
    SESSIONAL = "sessional", "Sessional care"
    OUT_OF_SCHOOL = "out_of_school", "Out of school care"
    CRECHE = "creche", "Crèche"
    CHILDCARE_ON_DOMESTIC_PREMISES = "childcare_on_domestic_premises", "Childcare on domestic premises"
    CHILDMINDER = "childminder", "Childminder"
    HOME_CHILDCARER = "home_childcarer", "Home childcarer"
    CHILDMINDER_AGENCY = "childminder_agency", "Childminder agency"
    INDEPENDENT_NURSERY = "independent_nursery", "Independent nursery school"
    MAINTAINED_NURSERY_SCHOOL = "maintained_nursery_school", "Maintained nursery school"
    NURSERY_CLASS = "nursery_class", "Nursery class in a school"
    OTHER = "other", "Other"


class Sector(models.TextChoices):
    """Who runs a setting."""

    PVI = "pvi", "Private, voluntary or independent"
    MAINTAINED = "maintained", "Maintained"
    UNKNOWN = "unknown", "Not known"
