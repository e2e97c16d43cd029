"""The register of childcare providers: places that exist, whether or not they use Trellis."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trellis.accounts.roles import Permission
from trellis.organisations.authorities import name_of
from trellis.organisations.models.place import LocalAuthority, Region, Sector, SettingKind

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class ProviderQuerySet(models.QuerySet["Provider"]):
    """Reading the register."""

    def visible_to(self, acting: Acting | None) -> Self:
        """All of it: the register is published, and anybody may look in it."""
        return self.all()

    def looked_after_by(self, acting: Acting) -> Self:
        """Those whose first person somebody may invite: of their authority, or all for whoever keeps Trellis running."""
        if not acting.may(Permission.APPROVE_CLAIMS):
            return self.none()
        if acting.may(Permission.SEE_ORGANISATIONS):
            return self.all()
        return self.filter(authority_id=acting.authority_id, authority__isnull=False)

    def in_authority(self, code: str | None) -> Self:
        """Those in one authority, by its ONS code."""
        return self.filter(authority_id=code)

    def listed(self) -> Self:
        """Those that the last whole register still has."""
        return self.filter(no_longer_listed_since__isnull=True)

    def on_trellis(self) -> Self:
        """Those that use Trellis; what they do with it is theirs."""
        return self.filter(organisation__isnull=False)

    def by_name(self) -> Self:
        """In the order of their names; those whose names are not published come last, by number."""
        return self.order_by("unnamed", "name_key", "number")


class Provider(models.Model):
    """A row of the childcare register: a place that exists, whether or not it uses Trellis.

    Names and addresses of childminders are not published: `unnamed`. `name_key` and `postcode_district` are
    what a search and the order of lists need; whoever writes `name` or `postcode` writes them too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("provider number", max_length=20, unique=True)
    name = models.CharField(max_length=255, blank=True)
    name_key = models.CharField("name in plain small letters", max_length=255, blank=True)
    unnamed = models.BooleanField("whether its name is not published", default=False)
    kind = models.CharField(max_length=40, choices=SettingKind, default=SettingKind.OTHER)
    sector = models.CharField(max_length=12, choices=Sector, default=Sector.UNKNOWN)
    provider_type = models.CharField(max_length=120, blank=True)
    provider_subtype = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=40, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=510, blank=True)
    town = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    postcode_district = models.CharField("first part of the postcode", max_length=4, blank=True)
    authority = models.ForeignKey(
        LocalAuthority, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    authority_name = models.CharField("authority as published", max_length=80, blank=True)
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    places = models.PositiveIntegerField(null=True, blank=True)
    early_years_register = models.BooleanField(default=False)
    compulsory_register = models.BooleanField("compulsory part of the Childcare Register", default=False)
    voluntary_register = models.BooleanField("voluntary part of the Childcare Register", default=False)
    no_longer_listed_since = models.DateField(null=True, blank=True)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="provider_has_a_number"),
            models.CheckConstraint(condition=Q(kind__in=SettingKind.values), name="provider_kind_is_known"),
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="provider_sector_is_known"),
            models.CheckConstraint(
                condition=Q(unnamed=True, name="") | (Q(unnamed=False) & ~Q(name="")),
                name="provider_without_a_name_says_so",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "unnamed", "name_key", "number"], name="provider_by_authority"),
            models.Index(fields=["authority", "kind", "unnamed", "name_key", "number"], name="provider_by_kind"),
            models.Index(fields=["unnamed", "name_key", "number"], name="provider_by_name"),
            models.Index(fields=["postcode_district", "postcode"], name="provider_by_postcode"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.get_kind_display()} {self.number}"

    @property
    def responsible(self) -> str:
        """The authority’s name: as it is called now if we know it, else as published."""
        return name_of(self.authority_id or "") or self.authority_name

    @property
    def place(self) -> str:
        """Where it is, as far as that is published: town and postcode."""
        return " ".join(part for part in (self.town, self.postcode) if part)
