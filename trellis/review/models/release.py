"""What a setting has released: a frozen copy, to whom, for what, until when; and everybody who read it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models import Organisation
from trellis.review.models.round import Round
from trellis.review.rules.release import ReleaseState, state_of

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting

INSIDE = Q(to_organisation__isnull=False, outside_name="", outside_organisation="", outside_email="")
OUTSIDE = Q(to_organisation__isnull=True, to_user__isnull=True) & ~Q(outside_name="") & ~Q(outside_email="")


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Reading releases."""

    def visible_to(self, acting: Acting) -> Self:
        """What the person’s setting has released, or what was released to them and their team."""
        if acting.may(Permission.LEAD_REVIEW):
            return self.filter(organisation_id=acting.organisation_id)
        if acting.may(Permission.SEE_RELEASED):
            to_them = Q(to_user__isnull=True) | Q(to_user=acting.user)
            return self.filter(to_them, to_organisation_id=acting.organisation_id)
        return self.none()

    def live(self, on: date) -> Self:
        """Those that can be read on a day."""
        return self.filter(withdrawn_at__isnull=True, ended_at__isnull=True, until__gte=on)

    def to_end(self, on: date) -> Self:
        """Those whose last day has passed and that still hold their copy."""
        return self.filter(withdrawn_at__isnull=True, ended_at__isnull=True, until__lt=on)

    def without_content(self) -> Self:
        """For lists: everything but the copy itself."""
        return self.defer("content")

    def as_listed_for(self, acting: Acting) -> Self:
        """For the list of the recipient: with the period of what can be read, and whether the person has read it."""
        theirs = ReleaseReading.objects.filter(release=OuterRef("pk"), by=acting.user)
        return self.without_content().annotate(period=KT("content__period"), read=Exists(theirs))

    def newest_first(self) -> Self:
        """As a person looks for them."""
        return self.order_by("-released_at", "pk")


class Release(models.Model):
    """A frozen copy of an agreed round for one recipient, for a purpose, until a day.

    `content` is the copy, and the only thing that the recipient is ever shown. It is emptied when the setting
    withdraws it or its last day has passed; `fingerprint` says for good what had been released.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="releases")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="releases")
    to_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="released_to"
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outside_name = models.CharField(max_length=150, blank=True)
    outside_organisation = models.CharField(max_length=200, blank=True)
    outside_email = models.EmailField(blank=True)
    with_actions = models.BooleanField(default=False)
    with_notes = models.BooleanField(default=False)
    with_evidence = models.BooleanField(default=False)
    with_files = models.BooleanField(default=False)
    may_be_counted = models.BooleanField(default=False)
    name_may_be_shown = models.BooleanField(default=False)
    purpose = models.TextField()
    until = models.DateField()
    content = models.JSONField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    released_at = models.DateTimeField(default=timezone.now)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField("when the copy was removed after its last day", null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=INSIDE | OUTSIDE,
                name="release_has_one_recipient",
                violation_error_message="Choose to whom you release it",
            ),
            models.CheckConstraint(
                condition=~Q(purpose=""), name="release_says_what_for", violation_error_message="Say what it is for"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("released_at")),
                name="release_lasts_for_a_while",
                violation_error_message="The last day must be in the future",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="release_withdrawal_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, ended_at__isnull=True) | Q(content={}),
                name="release_that_is_over_holds_no_copy",
            ),
            models.CheckConstraint(
                condition=Q(may_be_counted=False) | Q(to_organisation__isnull=False, to_user__isnull=True),
                name="release_counted_only_by_a_team",
            ),
            models.CheckConstraint(
                condition=Q(name_may_be_shown=False) | Q(may_be_counted=True), name="release_named_only_when_counted"
            ),
            models.CheckConstraint(
                condition=Q(with_files=False) | Q(with_evidence=True), name="release_files_only_with_evidence"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-released_at"], name="release_of_organisation"),
            models.Index(fields=["to_organisation", "-released_at"], name="release_to_organisation"),
            models.Index(fields=["until"], name="release_by_last_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} to {self.recipient}"

    def get_absolute_url(self) -> str:
        """The page of the release for the setting; the recipient has `show_released`."""
        return reverse("show_release", args=[self.pk])

    @property
    def recipient(self) -> str:
        """To whom it was released, in words."""
        if self.to_user:
            return f"{self.to_user.name}, {self.to_organisation}"
        if self.to_organisation:
            return str(self.to_organisation)
        return ", ".join(part for part in (self.outside_name, self.outside_organisation) if part)

    @property
    def is_outside(self) -> bool:
        """Whether the recipient has no account here and reads it by link and code."""
        return self.to_organisation_id is None

    def state(self, today: date) -> ReleaseState:
        """Where it stands on a day."""
        return state_of(withdrawn=self.withdrawn_at is not None, until=self.until, today=today)


class OfReleaseQuerySet(models.QuerySet["ReleaseReading"]):
    """Reading who read."""

    def visible_to(self, acting: Acting) -> Self:
        """The readings of releases that the person may see."""
        return self.filter(release__in=Release.objects.visible_to(acting))


class ReleaseReading(models.Model):
    """Somebody opened a release: when, what of it, and who; without an account, by the link. Only ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="readings")
    what = models.CharField(
        max_length=10, choices=[("page", "Read"), ("paper", "Took as a paper"), ("file", "Opened a file")]
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = OfReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=["page", "paper", "file"]), name="release_reading_what_is_known"
            ),
        ]
        indexes = [models.Index(fields=["release", "-at"], name="release_reading_newest")]

    def __str__(self) -> str:
        return f"{self.reader}, {self.at}"

    @property
    def reader(self) -> str:
        """Who read it, in words."""
        return self.by.name if self.by else "By the link"


class ReleaseLink(models.Model):
    """How somebody outside opens a release: a link from an e-mail and a code from the setting. Only hashes are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="link")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_made_at = models.DateTimeField(null=True, blank=True)
    code_made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    closed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code_hash="", code_made_at__isnull=True, code_made_by__isnull=True)
                | (~Q(code_hash="") & Q(code_made_at__isnull=False, code_made_by__isnull=False)),
                name="release_link_code_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"The link to {self.release_id}"
