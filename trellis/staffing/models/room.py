"""The rooms of a setting, and what it keeps to besides the rules."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from trellis.organisations.models import Organisation
from trellis.staffing.models.scope import OfASetting
from trellis.staffing.rules.days import Provision
from trellis.staffing.rules.weeks import MOST_TO_ONE
from trellis.staffing.rules.words import PROVISIONS


class Room(models.Model):
    """A room, or a group with its own staff. One that is taken out is gone, and the audit says who did it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    most_reach_five = models.BooleanField(
        "in an independent school: most children reach five in the school year", default=False
    )
    version = models.PositiveIntegerField(default=1)

    objects = OfASetting.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="room_has_a_name", violation_error_message="Enter the name of the room"
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="room_once_in_a_setting",
                violation_error_message="There is a room with this name already",
            ),
        ]

    def __str__(self) -> str:
        return self.name


def _ratio(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 1, f"{name}__lte": MOST_TO_ONE}),
        name=f"own_rules_{name}_is_one_to_thirty",
        violation_error_message=f"Enter a number of children from 1 to {MOST_TO_ONE}",
    )


class OwnRules(models.Model):
    """What a setting says of itself where the ratio rules ask, and where it keeps fewer children to one member of staff."""

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.PROTECT, related_name="own_rules"
    )
    provision = models.CharField("what kind of provision it is", max_length=12, choices=PROVISIONS)
    good_or_outstanding = models.BooleanField(default=True)
    unqualified_counted = models.BooleanField(
        "whether staff without a qualification are counted; nothing to take what the edition says",
        null=True,
        blank=True,
    )
    under_2 = models.PositiveSmallIntegerField(null=True, blank=True)
    two = models.PositiveSmallIntegerField(null=True, blank=True)
    three_plus = models.PositiveSmallIntegerField(null=True, blank=True)
    sole_charge_permitted = models.BooleanField(
        "of a childminder: parents permit that the assistant is left in sole charge", default=False
    )
    young_by_exception = models.PositiveSmallIntegerField(
        "of a childminder: for so many young children an exception holds", default=0
    )
    version = models.PositiveIntegerField(default=1)

    objects = OfASetting.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(provision__in=[each.value for each in Provision]), name="own_rules_provision_is_known"
            ),
            _ratio("under_2"),
            _ratio("two"),
            _ratio("three_plus"),
        ]

    def __str__(self) -> str:
        return f"What {self.organisation} keeps to"
