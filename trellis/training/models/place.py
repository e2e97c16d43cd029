"""A learner: somebody who has a place in a cohort."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import LocalAuthority, Organisation, Provider
from trellis.training.models.cohort import Cohort, learners_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User


class PlaceStatus(models.TextChoices):
    """Where a place stands. `rules.PLACE_MOVES` says what may follow what."""

    TAKEN = "taken", "Has a place"
    COMPLETED = "completed", "Completed"
    WITHDRAWN = "withdrawn", "Withdrew"


class LearnerRole(models.TextChoices):
    """What a learner is in their setting."""

    SENCO = "senco", "SENCO"
    DEPUTY_SENCO = "deputy_senco", "Deputy SENCO"
    ABOUT_TO_BE = "about_to_be", "About to become SENCO"
    MANAGER = "manager", "Owner or manager"
    PRACTITIONER = "practitioner", "Practitioner"
    CHILDMINDER = "childminder", "Childminder"
    OTHER = "other", "Something else"


PLACE_NAMES = ("cohort__title", "cohort__programme__title", "cohort__programme__centre__name")
"""What a page names a place by: its cohort, the programme and the centre."""


class PlaceQuerySet(models.QuerySet["Place"]):
    """Reading places."""

    def visible_to(self, acting: Acting) -> Self:
        """Of the cohorts whose learners somebody may see; for who leads a setting, those of its own people."""
        if acting.may(Permission.BOOK_TRAINING):
            return self.filter(setting_id=acting.organisation_id)
        return self.filter(learners_for(acting, "cohort__"))

    def of(self, person: User) -> Self:
        """A person’s own places: given to them, or to their address before they had an account."""
        return self.filter(Q(user_id=person.pk) | Q(user__isnull=True, email=person.email))

    def of_somebody(self, email: str, user_id: UUID | None) -> Self:
        """Those of one person, by their address or their account."""
        return self.filter(Q(email=email) | Q(user_id=user_id) if user_id else Q(email=email))

    def live(self) -> Self:
        """Those that nobody has withdrawn from."""
        return self.exclude(status=PlaceStatus.WITHDRAWN)

    def named(self) -> Self:
        """With where each is and who holds it, by name."""
        return self.select_related("cohort__programme__centre").only("status", *PLACE_NAMES)

    def count_in(self, cohorts: Sequence[Cohort]) -> None:
        """Say of each of these cohorts how many places are taken: one query."""
        counts = dict(
            self.live().filter(cohort__in=cohorts).order_by().values_list("cohort").annotate(models.Count("pk"))
        )
        for cohort in cohorts:
            cohort.taken = counts.get(cohort.pk, 0)

    def by_name(self) -> Self:
        """As a register lists them."""
        return self.order_by("name", "pk")


class Place(models.Model):
    """A person with a place in a cohort: name and address, and the setting they work in.

    The setting is an organisation on Trellis, a row of the register, or only a name. `email` is in small letters.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="places")
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="places"
    )
    setting = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="learners")
    provider = models.ForeignKey(Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    setting_name = models.CharField(max_length=255, blank=True)
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=LearnerRole, default=LearnerRole.SENCO)
    status = models.CharField(max_length=10, choices=PlaceStatus, default=PlaceStatus.TAKEN)
    placed_at = models.DateTimeField(default=timezone.now, editable=False)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(email=""),
                name="place_says_who",
                violation_error_message="Enter the name and the e-mail address",
            ),
            models.CheckConstraint(condition=Q(role__in=LearnerRole.values), name="place_role_is_known"),
            models.CheckConstraint(condition=Q(status__in=PlaceStatus.values), name="place_status_is_known"),
            models.UniqueConstraint(
                fields=["cohort", "email"],
                condition=~Q(status="withdrawn"),
                name="place_one_live_for_each_address_and_cohort",
                violation_error_message="Somebody with this e-mail address has a place in this cohort already",
            ),
            models.UniqueConstraint(
                fields=["cohort", "user"],
                condition=Q(user__isnull=False) & ~Q(status="withdrawn"),
                name="place_one_live_for_each_person_and_cohort",
                violation_error_message="This person has a place in this cohort already",
            ),
        ]
        indexes = [
            models.Index(fields=["cohort", "name"], name="place_by_name"),
            models.Index(fields=["email"], name="place_by_address"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("show_place", args=[self.pk])

    def is_of(self, person: User) -> bool:
        """Whether it is this person’s own, as `of` finds them."""
        return self.user_id == person.pk if self.user_id else self.email == person.email
