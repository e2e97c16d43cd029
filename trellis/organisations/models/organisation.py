"""The organisations that use Trellis."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission, Role
from trellis.organisations.models.place import LocalAuthority, Sector, SettingKind
from trellis.organisations.models.provider import Provider

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    SETTING = "setting", "Early years setting"
    GROUP = "group", "Group of settings"
    AUTHORITY = "authority", "Local authority"
    CENTRE = "centre", "Training centre"
    OPERATOR = "operator", "Runs this installation"


ROLES_IN: dict[str, tuple[Role, ...]] = {
    OrganisationKind.SETTING: (
        Role.MANAGER,
        Role.SENCO,
        Role.DEPUTY_SENCO,
        Role.PRACTITIONER,
        Role.CHILDMINDER,
        Role.PEER_REVIEWER,
    ),
    OrganisationKind.GROUP: (Role.GROUP_OVERVIEW,),
    OrganisationKind.AUTHORITY: (Role.AUTHORITY_LEAD, Role.AREA_SENCO),
    OrganisationKind.CENTRE: (Role.PROGRAMME_LEAD, Role.CENTRE_ADMINISTRATOR, Role.TRAINER),
    OrganisationKind.OPERATOR: (Role.SYSTEM_ADMINISTRATOR,),
}


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reading organisations."""

    def visible_to(self, acting: Acting) -> Self:
        """The person’s own organisation; for a group, an authority or the operator, also those they look after."""
        own = Q(pk=acting.organisation_id)
        if acting.may(Permission.SEE_ORGANISATIONS):
            return self.all()
        if acting.may(Permission.SEE_GROUP):
            return self.filter(own | Q(group_id=acting.organisation_id))
        if acting.may(Permission.SEE_AUTHORITY_SETTINGS):
            return self.filter(own | Q(kind=OrganisationKind.SETTING, authority_id=acting.authority_id))
        return self.filter(own)


class Organisation(models.Model):
    """An organisation that uses Trellis: a setting, a group of settings, an authority, a training centre, or the operator.

    A training centre says where applicants and learners, who have no account, reach it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=12, choices=OrganisationKind)
    setting_kind = models.CharField(max_length=40, choices=SettingKind, blank=True)
    sector = models.CharField(max_length=12, choices=Sector, default=Sector.UNKNOWN)
    provider = models.OneToOneField(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="organisation"
    )
    authority = models.ForeignKey(
        LocalAuthority, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations"
    )
    contact_email = models.EmailField("e-mail address to write to", max_length=254, blank=True)
    contact_phone = models.CharField("telephone number to ring", max_length=40, blank=True)
    group = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="settings")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="organisation_has_a_name",
                violation_error_message="Enter the name of the organisation",
            ),
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind="setting", setting_kind__in=SettingKind.values)
                | (~Q(kind="setting") & Q(setting_kind="", provider__isnull=True, group__isnull=True)),
                name="organisation_only_settings_have_a_setting_kind",
                violation_error_message="Select what kind of setting this is",
            ),
            models.CheckConstraint(
                condition=~Q(kind="authority") | Q(authority__isnull=False),
                name="organisation_authority_says_which",
                violation_error_message="Select the local authority",
            ),
            models.UniqueConstraint(
                fields=["authority"],
                condition=Q(kind="authority"),
                name="organisation_one_for_each_authority",
                violation_error_message="This local authority is on Trellis already",
            ),
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="organisation_sector_is_known"),
            models.CheckConstraint(
                condition=Q(kind="centre") | Q(contact_email="", contact_phone=""),
                name="organisation_only_centres_say_where_to_write",
                violation_error_message="Only a training centre says where to write to",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="operator"),
                name="organisation_one_operator",
                violation_error_message="This installation has its operator already",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "name"], name="organisation_by_authority"),
            models.Index(fields=["group", "name"], name="organisation_by_group"),
            models.Index(fields=["name"], name="organisation_by_name"),
        ]

    def __str__(self) -> str:
        return self.name
