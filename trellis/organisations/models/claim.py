"""Requests to use Trellis for a setting."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.organisations.models.organisation import Organisation
from trellis.organisations.models.place import LocalAuthority, SettingKind
from trellis.organisations.models.provider import Provider
from trellis.organisations.rules.claims import CLAIM_LABELS, ClaimState

if TYPE_CHECKING:
    from datetime import datetime

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User

ANSWER_OPENS_FOR = timedelta(days=30)
HAS_ACCOUNT = Q(asked_by__isnull=False, name="", email="")
HAS_NO_ACCOUNT = Q(asked_by__isnull=True) & ~Q(name="") & ~Q(email="")


class ClaimRequestQuerySet(models.QuerySet["ClaimRequest"]):
    """Reading requests."""

    def visible_to(self, acting: Acting) -> Self:
        """Those that the person decides: of their authority, or all for whoever keeps the installation running."""
        if not acting.may(Permission.APPROVE_CLAIMS):
            return self.none()
        if acting.may(Permission.SEE_ORGANISATIONS):
            return self.all()
        return self.filter(authority_id=acting.authority_id, authority__isnull=False)

    def of(self, person: User) -> Self:
        """A person’s own requests."""
        return self.filter(asked_by_id=person.pk)

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=ClaimState.ASKED)

    def to_forget(self, before: datetime) -> Self:
        """Those of people without an account that were refused before a moment."""
        return self.filter(state=ClaimState.REFUSED, asked_by=None, decided_at__lt=before)

    def with_everything(self) -> Self:
        """With what a list shows of each, in the same query."""
        return self.select_related("provider__authority", "authority", "asked_by", "decided_by", "passed_on_by")


class ClaimRequest(models.Model):
    """Somebody asks to use Trellis for a setting: a row of the register, or one that is in no register.

    Who has no account gives a name and an e-mail address. `looked_for` is the number or postcode they typed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="claims")
    looked_for = models.CharField("provider number or postcode", max_length=40, blank=True)
    setting_name = models.CharField("name of the setting", max_length=255, blank=True)
    setting_kind = models.CharField(max_length=40, choices=SettingKind, blank=True)
    authority = models.ForeignKey(LocalAuthority, null=True, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="claims")
    name = models.CharField("full name", max_length=150, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    position = models.CharField("what they are there", max_length=80)
    message = models.TextField("how they can be recognised", max_length=1000, blank=True)
    state = models.CharField(
        max_length=10, choices=[(each.value, CLAIM_LABELS[each]) for each in ClaimState], default=ClaimState.ASKED
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    organisation = models.OneToOneField(Organisation, null=True, on_delete=models.PROTECT, related_name="claim")
    passed_on_at = models.DateTimeField("when it went to another authority", null=True)
    passed_on_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ClaimRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(ClaimState)), name="claim_state_is_known"),
            models.CheckConstraint(condition=HAS_ACCOUNT | HAS_NO_ACCOUNT, name="claim_says_who_asks"),
            models.CheckConstraint(
                condition=Q(provider__isnull=False) | ~Q(looked_for="") | ~Q(setting_name=""),
                name="claim_says_which_setting",
            ),
            models.CheckConstraint(
                condition=Q(setting_kind="") | Q(setting_kind__in=SettingKind.values), name="claim_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.ASKED, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=ClaimState.ASKED) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="claim_decision_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.REFUSED) | ~Q(reason=""), name="claim_refused_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.APPROVED, organisation__isnull=False)
                | (~Q(state=ClaimState.APPROVED) & Q(organisation__isnull=True)),
                name="claim_approved_has_its_setting",
            ),
            models.CheckConstraint(
                condition=Q(passed_on_at__isnull=True, passed_on_by__isnull=True)
                | Q(passed_on_at__isnull=False, passed_on_by__isnull=False),
                name="claim_passed_on_says_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["asked_by", "provider"],
                condition=Q(state=ClaimState.ASKED, asked_by__isnull=False, provider__isnull=False),
                name="claim_one_open_for_each_person_and_setting",
                violation_error_message="You have asked for this setting already",
            ),
            models.UniqueConstraint(
                fields=["email", "provider"],
                condition=Q(state=ClaimState.ASKED, asked_by__isnull=True, provider__isnull=False),
                name="claim_one_open_for_each_address_and_setting",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "state", "asked_at"], name="claim_by_authority"),
            models.Index(fields=["state", "asked_at"], name="claim_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.setting} ({self.get_state_display()})"

    @property
    def setting(self) -> str:
        """Which setting, in words."""
        return str(self.provider) if self.provider else self.setting_name or self.looked_for

    @property
    def person(self) -> str:
        """Who asks."""
        return self.asked_by.name if self.asked_by else self.name

    @property
    def address(self) -> str:
        """The e-mail address of whoever asks."""
        return self.asked_by.email if self.asked_by else self.email

    @property
    def kind(self) -> str:
        """What kind of setting: as the register says, or as they said; nothing when nobody did."""
        return self.provider.kind if self.provider else self.setting_kind

    @property
    def answer_token(self) -> str:
        """What the link to the answer ends in, for somebody without an account: signed today, and nothing personal."""
        return _signer().sign(str(self.pk))


def find_answer(token: str) -> ClaimRequest | None:
    """The refused request that a link leads to; None when it is made up, too old, or about no refusal."""
    try:
        claim_id = _signer().unsign(token, max_age=ANSWER_OPENS_FOR)
    except BadSignature:
        return None
    refused = ClaimRequest.objects.filter(pk=claim_id, state=ClaimState.REFUSED)
    return refused.select_related("provider").first()


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="the answer to a request for a setting", sep=".")
