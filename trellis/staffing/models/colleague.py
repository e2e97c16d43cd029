"""The people of a setting, as far as the ratio rules need to know them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from trellis.organisations.models import Organisation
from trellis.staffing.models.scope import OfASetting
from trellis.staffing.rules.people import HowKnown, Level, Standing
from trellis.staffing.rules.weeks import grown_up_born_by
from trellis.staffing.rules.words import HOW_KNOWN, LEVELS, STANDINGS

if TYPE_CHECKING:
    from datetime import date

IN_TRAINING = [each.value for each in Standing if each.trainee]


class ColleagueQuerySet(OfASetting["Colleague"]):
    """Reading who works in a setting."""

    def grown_up(self, on: date) -> Self:
        """Whose date of birth is kept although they are 17 by a day."""
        return self.filter(born_on__lte=grown_up_born_by(on))


class Colleague(models.Model):
    """Somebody who works in a setting, with the name that the setting writes. Who is taken out is gone.

    A date of birth is kept of somebody under 17 only: nobody older is asked for it, and it goes when they are 17.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="colleagues")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="colleague_entries"
    )
    name = models.CharField(max_length=100)
    born_on = models.DateField("of somebody under 17", null=True, blank=True)
    standing = models.CharField(max_length=16, choices=STANDINGS, default=Standing.STAFF.value)
    level = models.PositiveSmallIntegerField(choices=LEVELS, default=Level.NONE.value)
    known = models.CharField(max_length=12, choices=HOW_KNOWN, default=HowKnown.EVIDENCE.value)
    level_otherwise = models.PositiveSmallIntegerField(
        "by certificate, where the level is by experience", choices=LEVELS, default=Level.NONE.value
    )
    studies = models.PositiveSmallIntegerField(
        "the level that a trainee or volunteer studies for", choices=LEVELS, default=Level.NONE.value
    )
    competent = models.BooleanField(
        "of a trainee or volunteer: the setting is satisfied that they are competent and responsible", default=False
    )
    first_aid_until = models.DateField(null=True, blank=True)
    manager = models.BooleanField(default=False)
    deputy = models.BooleanField(default=False)
    one_to_one = models.BooleanField("funded to be with one child", default=False)
    under_2_experience = models.BooleanField(default=False)
    trained_in_babies = models.BooleanField(default=False)
    school_teacher = models.BooleanField(default=False)
    childminder = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ColleagueQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="colleague_has_a_name", violation_error_message="Enter a name"
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="colleague_name_once_in_a_setting",
                violation_error_message="Somebody has this name already: add something that tells them apart",
            ),
            models.UniqueConstraint(
                fields=["organisation", "user"],
                name="colleague_account_once_in_a_setting",
                violation_error_message="This account belongs to another entry already",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=[each.value for each in Standing]), name="colleague_standing_is_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    level__in=[each.value for each in Level],
                    level_otherwise__in=[each.value for each in Level],
                    studies__in=[each.value for each in Level],
                ),
                name="colleague_levels_are_known",
            ),
            models.CheckConstraint(
                condition=Q(known__in=[each.value for each in HowKnown]), name="colleague_known_how_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(known=HowKnown.EXPERIENCE.value) | Q(level=Level.THREE.value),
                name="colleague_by_experience_at_level_3",
                violation_error_message="By experience somebody counts at Level 3",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=IN_TRAINING) | Q(studies=Level.NONE.value, competent=False),
                name="colleague_studies_only_in_training",
                violation_error_message="Only an apprentice, a student or a volunteer counts by what they study for",
            ),
        ]

    def __str__(self) -> str:
        return self.name
