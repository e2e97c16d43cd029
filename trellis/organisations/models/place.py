"""Places: England’s authorities, and the register of childcare providers."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class Region(models.Model):
    """One of England’s nine regions."""

    code = models.CharField("ONS code", primary_key=True, max_length=9)
    name = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.name


class LocalAuthority(models.Model):
    """An upper-tier local authority in England, of today or of former days."""

    code = models.CharField("ONS code", primary_key=True, max_length=9)
    dfe_code = models.CharField("DfE code", max_length=3, blank=True)
    name = models.CharField(max_length=80)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="authorities")
    closed_on = models.DateField(null=True, blank=True)
    replaced_by = models.ManyToManyField("self", symmetrical=False, related_name="replaces")

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


class Provider(models.Model):
    """A row of the childcare register: a place that exists, whether or not it uses Trellis."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("provider number", max_length=20, unique=True)
    name = models.CharField(max_length=255, blank=True)
    kind = models.CharField(max_length=40, choices=SettingKind)
    sector = models.CharField(max_length=12, choices=Sector, default=Sector.UNKNOWN)
    provider_type = models.CharField(max_length=120, blank=True)
    provider_subtype = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=40, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=500, blank=True)
    town = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    authority = models.ForeignKey(LocalAuthority, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    authority_name = models.CharField(max_length=80, blank=True)
    places = models.PositiveIntegerField(null=True, blank=True)
    no_longer_listed_since = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name or f"{self.get_kind_display()} {self.number}"
