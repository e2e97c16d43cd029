"""A request that turns out to mean a setting of another authority goes to those who decide there."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.urls import reverse

from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.organisations.actions.claims import (
    approve_claim,
    ask_without_account,
    pass_on_claim,
    provider_of,
    refuse_claim,
)
from trellis.organisations.models import ClaimRequest, LocalAuthority, Organisation, Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


def ask(looked_for: str, cast, email: str = "noor.aziz@example.org") -> ClaimRequest:
    """Somebody without an account asks the authority of Daniel for what the register does not have yet."""
    ask_without_account(
        name="Noor Aziz", email=email, looked_for=looked_for, setting_name="Rowan Nursery",
        setting_kind="full_day_care", authority=LocalAuthority.objects.get(pk=cast.daniel.acting.authority_id),
        position="Owner", message="",
    )  # fmt: skip
    return ClaimRequest.objects.get(email=email)


def registered(number: str, authority_id: str | None) -> Provider:
    """The register has it now."""
    return Provider.objects.create(
        number=number, name="Rowan Nursery", name_key="rowan nursery", kind="full_day_care", sector="pvi",
        authority_id=authority_id,
    )  # fmt: skip


@pytest.fixture
def elsewhere(cast) -> ClaimRequest:
    """A request to the authority of Daniel, for a setting that the register then has in that of Idris."""
    claim = ask("EY700009", cast)
    registered("EY700009", cast.idris.acting.authority_id)
    return claim


def test_nobody_lets_somebody_into_a_setting_of_another_authority(cast, elsewhere):
    with pytest.raises(Refused, match="because the setting is not in your authority"):
        approve_claim(claim=elsewhere, by=cast.daniel.acting)
    assert not Organisation.objects.filter(name="Rowan Nursery").exists()


def test_a_setting_of_no_known_authority_is_for_whoever_runs_the_installation(cast):
    claim = ask("EY700009", cast)
    registered("EY700009", None)
    with pytest.raises(Refused, match="Only whoever runs this installation can approve this"):
        approve_claim(claim=claim, by=cast.daniel.acting)
    pass_on_claim(claim=claim, by=cast.daniel.acting)
    assert SentMail.objects.get(user=cast.sam.user).link == reverse("claims")
    assert approve_claim(claim=claim, by=cast.sam.acting).name == "Rowan Nursery"


def test_a_setting_that_moved_after_somebody_asked_for_it_is_decided_where_it_is_now(cast):
    provider = registered("EY700009", cast.daniel.acting.authority_id)
    claim = ask("EY700009", cast)
    assert claim.provider == provider
    Provider.objects.update(authority_id=cast.idris.acting.authority_id)
    with pytest.raises(Refused, match="not in your authority"):
        approve_claim(claim=ClaimRequest.objects.get(), by=cast.daniel.acting)


def test_it_is_passed_on_to_those_who_decide_there_and_they_are_told(cast, elsewhere):
    pass_on_claim(claim=elsewhere, by=cast.daniel.acting)
    claim = ClaimRequest.objects.get()
    assert (claim.state, claim.authority_id) == ("asked", cast.idris.acting.authority_id)
    assert (claim.passed_on_by, claim.passed_on_at is not None) == (cast.daniel.user, True)
    assert list(ClaimRequest.objects.visible_to(cast.daniel.acting)) == []
    assert SentMail.objects.get(user=cast.idris.user).link == reverse("claims")
    event = AuditEvent.objects.get(verb="claim.passed_on")
    assert (event.actor_name, event.change["authority"]) == (
        cast.daniel.user.name,
        [cast.daniel.acting.authority_id, cast.idris.acting.authority_id],
    )
    setting = approve_claim(claim=claim, by=cast.idris.acting)
    assert setting.authority_id == cast.idris.acting.authority_id


def test_what_is_ones_own_to_decide_is_not_passed_on(cast):
    claim = ask("EY700009", cast)
    with pytest.raises(Refused, match="yours to decide"):
        pass_on_claim(claim=claim, by=cast.daniel.acting)


def test_a_request_that_a_colleague_passed_on_is_not_refused_too(cast, elsewhere):
    seen = ClaimRequest.objects.get()
    pass_on_claim(claim=elsewhere, by=cast.daniel.acting)
    with pytest.raises(Refused, match="in the meantime"):
        refuse_claim(claim=seen, reason="Not known here.", by=cast.daniel.acting)
    assert ClaimRequest.objects.get().state == "asked"


def test_whoever_runs_the_installation_decides_for_any_authority(cast, elsewhere):
    setting = approve_claim(claim=elsewhere, by=cast.sam.acting)
    assert setting.authority_id == cast.idris.acting.authority_id


def test_nobody_decides_what_they_asked_for_without_signing_in(cast):
    claim = ask("EY700009", cast, email=cast.daniel.user.email)
    with pytest.raises(Refused, match="your own request"):
        approve_claim(claim=claim, by=cast.daniel.acting)


def test_a_request_that_is_answered_means_what_it_was_answered_as(cast):
    claim = ask("EY700009", cast)
    refuse_claim(claim=claim, reason="Not known here.", by=cast.daniel.acting)
    registered("EY700009", cast.daniel.acting.authority_id)
    assert provider_of(claim) is None


def test_the_page_shows_which_setting_it_would_be(cast, browse):
    claim = ask("EY700009", cast)
    daniel, address = browse(cast.daniel), reverse("decide_claim", args=[claim.pk])
    assert "the one that they would be let into" not in daniel.get(address).content.decode()
    provider = registered("EY700009", cast.daniel.acting.authority_id)
    Provider.objects.filter(pk=provider.pk).update(name="Rowan Tree Day Nursery")
    page = daniel.get(address).content.decode()
    assert "the one that they would be let into" in page
    assert "Rowan Tree Day Nursery" in page
    assert "Pass it on" not in page


def test_passing_on_by_the_page(cast, elsewhere, browse):
    daniel, address = browse(cast.daniel), reverse("decide_claim", args=[elsewhere.pk])
    page = daniel.get(address).content.decode()
    assert f"Pass it on to {cast.idris.organisation.authority}" in page
    assert 'value="approve"' not in page
    assert "Choose your answer" in daniel.post(address, {"decision": "approve"}).content.decode()
    answer = daniel.post(address, {"decision": "pass_on"}, follow=True).content.decode()
    assert "We have passed the request on, and told those who decide." in answer
    assert daniel.get(address).status_code == 404
    assert "Passed on to you" in browse(cast.idris).get(address).content.decode()
