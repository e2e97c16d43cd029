"""Who was invited to an organisation, by whom, and what became of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from trellis.accounts.roles import Role
from trellis.core.tokens import token_hash
from trellis.organisations.models.organisation import Organisation
from trellis.organisations.rules.people import InvitationState, state_of_invitation

if TYPE_CHECKING:
    from datetime import datetime

    from trellis.accounts.acting import Acting


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reading invitations."""

    def visible_to(self, acting: Acting) -> Self:
        """Those of the organisation that the person acts for."""
        return self.filter(organisation_id=acting.organisation_id)

    def unanswered(self) -> Self:
        """Those neither accepted nor withdrawn, the expired ones too."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def usable(self, at: datetime) -> Self:
        """Those that can be accepted at this moment."""
        return self.unanswered().filter(expires_at__gt=at)


class Invitation(models.Model):
    """An invitation of one e-mail address to one organisation in one role.

    The e-mail holds a random token; here is only its hash, so nobody who reads the database can accept for them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField("e-mail address")
    name = models.CharField("full name", max_length=150)
    role = models.CharField(max_length=24, choices=Role)
    token_hash = models.CharField(max_length=64, editable=False)
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_is_known"),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="invitation_has_a_name",
                violation_error_message="Enter the person’s full name",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")) & ~Q(email=""),
                name="invitation_email_is_in_small_letters",
                violation_error_message="Write the e-mail address in small letters",
            ),
            models.UniqueConstraint(fields=["token_hash"], name="invitation_token_unique"),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_unanswered_for_each_address",
                violation_error_message="There is an invitation for this address already: send it again",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="invitation_lasts_for_a_while"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_acceptance_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="invitation_withdrawal_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_is_not_both_accepted_and_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} as {self.get_role_display()}"

    def state(self, now: datetime) -> InvitationState:
        """Where it stands at a moment."""
        return state_of_invitation(
            now=now, expires_at=self.expires_at, accepted_at=self.accepted_at, withdrawn_at=self.withdrawn_at
        )

    @property
    def expired(self) -> bool:
        """Whether it is too late to accept it."""
        return self.state(timezone.now()) == InvitationState.EXPIRED


def find_invitation(token: str) -> Invitation | None:
    """The invitation whose e-mail held this token, if it can still be accepted."""
    usable = Invitation.objects.usable(timezone.now()).select_related("organisation", "invited_by")
    return usable.filter(token_hash=token_hash(token)).first()
