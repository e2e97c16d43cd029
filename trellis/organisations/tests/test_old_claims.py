"""Whoever asked without an account and was refused is not remembered for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.acting import Themselves
from trellis.core.audit import System
from trellis.core.jobs import start
from trellis.core.jobs.worker import Worker
from trellis.core.models import AuditEvent, Job
from trellis.organisations.actions.claims import ask_for_new_setting, ask_without_account, refuse_claim
from trellis.organisations.models import ClaimRequest, SettingKind

pytestmark = pytest.mark.django_db


def without_account(cast, name: str) -> ClaimRequest:
    ask_without_account(
        name=name, email=f"{name.lower()}@example.org", looked_for="", setting_name=f"The nursery of {name}",
        setting_kind="sessional", authority=cast.daniel.organisation.authority, position="Owner", message="Ring me",
    )  # fmt: skip
    return ClaimRequest.objects.get(name=name)


def days_later(days: int, on_commit) -> None:
    """The regular job runs, so many days after every answer."""
    ClaimRequest.objects.exclude(decided_at=None).update(decided_at=timezone.now() - timedelta(days=days))
    start(job="claims.tidy", by=System("The clock"))
    with on_commit(execute=True):
        Worker().run_one()


@pytest.fixture
def three(cast):
    """One refused without an account, one that waits, and one refused of somebody with an account."""
    refused, waits = without_account(cast, "Noor"), without_account(cast, "Oskar")
    joanna = ask_for_new_setting(
        name="Tall Oaks Annexe", kind=SettingKind.SESSIONAL, authority=cast.daniel.organisation.authority,
        position="Manager", message="", by=Themselves(cast.joanna.user),
    )  # fmt: skip
    for claim in (refused, joanna):
        refuse_claim(claim=claim, reason="Nobody knows you there", by=cast.daniel.acting)
    return refused, waits, joanna


def test_a_refused_request_without_an_account_goes_after_90_days_and_no_other(
    cast, three, browse, django_capture_on_commit_callbacks
):
    _refused, waits, joanna = three
    days_later(89, django_capture_on_commit_callbacks)
    assert ClaimRequest.objects.count() == 3
    days_later(91, django_capture_on_commit_callbacks)
    assert set(ClaimRequest.objects.all()) == {waits, joanna}
    assert Job.objects.filter(name="claims.tidy").latest("created_at").result == {"requests": 1}
    told = " ".join(str(event.change) for event in AuditEvent.objects.filter(verb__startswith="claim."))
    assert "Noor" not in told.replace("The nursery of Noor", "")
    page = browse(cast.daniel).get(reverse("claims") + "?state=refused").content.decode()
    assert "is removed 90 days after it was refused" in page
    assert "removed 90 days later" in browse(cast.daniel).get("/privacy").content.decode()


def test_how_long_is_a_setting(cast, three, settings, django_capture_on_commit_callbacks):
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"keep_refused_claims_days": 30})
    days_later(31, django_capture_on_commit_callbacks)
    assert not ClaimRequest.objects.filter(name="Noor").exists()
