"""Who belongs to an organisation, and as what."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.acting import Acting
from trellis.accounts.roles import ANSWERABLE, ROLE_PERMISSIONS, Permission, Role
from trellis.organisations.models.organisation import Organisation

if TYPE_CHECKING:
    from trellis.accounts.models import User


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reading memberships."""

    def live(self) -> Self:
        """Those that have not ended."""
        return self.filter(ended_at__isnull=True)

    def visible_to(self, acting: Acting) -> Self:
        """The memberships of the organisation the person acts for, ended ones too."""
        return self.filter(organisation_id=acting.organisation_id)

    def of(self, person: User) -> Self:
        """A person’s own memberships, in whatever organisation."""
        return self.filter(user_id=person.pk)

    def answerable(self) -> Self:
        """Those of people who answer for their organisation."""
        return self.filter(role__in=ANSWERABLE)

    def who_may(self, permission: Permission) -> Self:
        """Those whose role allows something, of people who are here and can come in, by name."""
        roles = [role for role, allowed in ROLE_PERMISSIONS.items() if permission in allowed]
        return self.live().filter(role__in=roles, user__is_active=True).order_by("user__name", "pk")


class Membership(models.Model):
    """A person in a role in an organisation, from joining to leaving."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role)
    since = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="membership_end_says_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="membership_one_live_for_each_person_and_organisation",
                violation_error_message="This person belongs to the organisation already",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.get_role_display()}"

    def acting(self, *, others: int = 0) -> Acting:
        """As whom the person acts under this membership; `others` is how many more they have."""
        organisation = self.organisation
        return Acting(
            user=self.user,
            membership_id=self.pk,
            role=Role(self.role),
            organisation_id=organisation.pk,
            organisation_name=organisation.name,
            organisation_kind=organisation.kind,
            setting_kind=organisation.setting_kind,
            authority_id=organisation.authority_id,
            others=others,
        )
