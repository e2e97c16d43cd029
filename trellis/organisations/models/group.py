"""A group asks a setting to join: two sides, one answer."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.organisations.models.organisation import Organisation
from trellis.organisations.rules.groups import GROUP_REQUEST_LABELS, GroupRequestState

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting


class GroupRequestQuerySet(models.QuerySet["GroupRequest"]):
    """Reading requests of groups."""

    def visible_to(self, acting: Acting) -> Self:
        """Those that one’s organisation sent or got."""
        return self.filter(Q(group_id=acting.organisation_id) | Q(setting_id=acting.organisation_id))

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=GroupRequestState.ASKED)


class GroupRequest(models.Model):
    """A group of settings asks a setting to join it; the setting’s manager answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="requests_sent")
    setting = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="requests_received")
    state = models.CharField(
        max_length=10,
        choices=[(each.value, GROUP_REQUEST_LABELS[each]) for each in GroupRequestState],
        default=GroupRequestState.ASKED,
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = GroupRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(GroupRequestState)), name="group_request_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=GroupRequestState.ASKED, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=GroupRequestState.ASKED) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="group_request_answer_says_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["group", "setting"],
                condition=Q(state=GroupRequestState.ASKED),
                name="group_request_one_open_for_each_setting",
                violation_error_message="You have asked this setting already",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} asks {self.setting}"
