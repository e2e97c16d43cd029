"""A setting comes to Trellis: somebody asks and is approved, or is invited."""

from __future__ import annotations

import uuid

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests.cast import person
from trellis.accounts.acting import Themselves
from trellis.accounts.models import User
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.organisations.actions.claims import (
    approve_claim,
    ask_for_new_setting,
    ask_for_setting,
    ask_without_account,
    invite_setting,
    refuse_claim,
)
from trellis.organisations.models import ClaimRequest, Invitation, LocalAuthority, Membership, Organisation, Provider

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def hazel(cast) -> Provider:
    """A nursery of Fenwickshire that does not use Trellis."""
    return Provider.objects.create(
        number="EY700001", name="Hazel Nursery", name_key="hazel nursery", kind="full_day_care", sector="pvi",
        postcode="FW99 1AA", postcode_district="FW99", authority_id="E99000001",
    )  # fmt: skip


@pytest.fixture
def minder(cast) -> Provider:
    """A childminder of Fenwickshire whose name is not published."""
    return Provider.objects.create(
        number="EY700002", unnamed=True, kind="childminder", sector="pvi", authority_id="E99000001"
    )


@pytest.fixture
def oskar(db) -> User:
    """Somebody with an account who belongs to no organisation."""
    return User.objects.create(name="Oskar Bell", email="oskar.bell@example.org")


def asked(provider: Provider, user: User) -> ClaimRequest:
    return ask_for_setting(provider=provider, position="Manager", message="Ring 01234", by=Themselves(user))


def without_account(**answers: object) -> None:
    said = {
        "name": "Noor Aziz", "email": "Noor.Aziz@example.org", "looked_for": "EY700001", "setting_name": "",
        "setting_kind": "", "authority": None, "position": "Owner", "message": "",
    }  # fmt: skip
    ask_without_account(**said | answers)  # type: ignore[arg-type]


# Asking and being approved


def test_whoever_asks_waits_and_the_lead_of_the_authority_is_told(cast, hazel, oskar):
    claim = asked(hazel, oskar)
    assert (claim.state, claim.authority_id, claim.setting) == ("asked", "E99000001", "Hazel Nursery")
    letter = SentMail.objects.get(link="/requests/")
    assert letter.user == cast.daniel.user
    assert AuditEvent.objects.get(verb="claim.asked").actor_name == "Oskar Bell"


def test_where_no_authority_uses_trellis_whoever_runs_it_is_told(cast, hazel, oskar):
    Provider.objects.update(authority=None)
    hazel.refresh_from_db()
    asked(hazel, oskar)
    assert SentMail.objects.get(link="/requests/").user == cast.sam.user


def test_approval_makes_the_setting_and_its_first_person_and_tells_them(cast, hazel, oskar):
    setting = approve_claim(claim=asked(hazel, oskar), by=cast.daniel.acting)
    assert (setting.name, setting.kind, setting.setting_kind) == ("Hazel Nursery", "setting", "full_day_care")
    assert (setting.sector, setting.authority_id, setting.provider) == ("pvi", "E99000001", hazel)
    membership = Membership.objects.get(organisation=setting)
    assert (membership.user, membership.role) == (oskar, "manager")
    assert SentMail.objects.get(user=oskar).link == "/organisation"
    assert [event.verb for event in AuditEvent.objects.of_chain(str(setting.pk))] == [
        "organisation.made", "membership.began",
    ]  # fmt: skip
    claim = ClaimRequest.objects.get()
    assert (claim.state, claim.decided_by, claim.organisation) == ("approved", cast.daniel.user, setting)


def test_a_childminder_is_a_setting_named_after_its_one_person(cast, minder, oskar):
    setting = approve_claim(claim=asked(minder, oskar), by=cast.daniel.acting)
    assert (setting.name, setting.setting_kind) == ("Oskar Bell, childminder", "childminder")
    assert Membership.objects.get(organisation=setting).role == "childminder"


def test_a_refusal_says_why_on_the_page_and_not_in_the_mail(cast, hazel, oskar, browse):
    refuse_claim(claim=asked(hazel, oskar), reason="We could not reach you by telephone.", by=cast.daniel.acting)
    letter = SentMail.objects.get(user=oskar)
    assert "telephone" not in letter.reason
    assert "telephone" not in str(AuditEvent.objects.get(verb="claim.refused").change), "the audit keeps no words"
    assert letter.link == "/requests/yours"
    tall = person("Oskar Vane", cast.joanna.organisation, "practitioner")
    ClaimRequest.objects.update(asked_by=tall.user)
    assert "We could not reach you by telephone." in browse(tall).get(reverse("your_claims")).content.decode()


def test_somebody_who_belongs_to_no_organisation_can_ask_and_read_the_answer(client, hazel, oskar):
    client.force_login(oskar)
    page = client.get(reverse("claim_setting", args=[hazel.pk])).content.decode()
    assert "Hazel Nursery" in page
    response = client.post(reverse("claim_setting", args=[hazel.pk]), {"position": "Manager"}, follow=True)
    assert "We have passed your request on" in response.content.decode()
    assert "Waiting for an answer" in response.content.decode()


@pytest.mark.parametrize("second", ["the same person", "another person"])
def test_one_open_request_for_each_person_and_setting(cast, hazel, oskar, second):
    asked(hazel, oskar)
    if second == "the same person":
        with pytest.raises(Refused, match="You have asked for this setting already"):
            asked(hazel, oskar)
    else:
        assert asked(hazel, cast.joanna.user).state == "asked"


def test_nobody_asks_for_a_setting_that_uses_trellis(cast, hazel, oskar):
    approve_claim(claim=asked(hazel, oskar), by=cast.daniel.acting)
    with pytest.raises(Refused, match="uses Trellis already"):
        asked(hazel, cast.joanna.user)


def test_two_who_ask_for_the_same_setting_do_not_both_get_it(cast, hazel, oskar):
    first, second = asked(hazel, oskar), asked(hazel, cast.joanna.user)
    approve_claim(claim=first, by=cast.daniel.acting)
    with pytest.raises(Refused, match="uses Trellis already"):
        approve_claim(claim=second, by=cast.daniel.acting)


def test_a_request_is_answered_once(cast, hazel, oskar):
    stale, claim = asked(hazel, oskar), ClaimRequest.objects.get()
    refuse_claim(claim=claim, reason="Not known", by=cast.daniel.acting)
    with pytest.raises(Refused, match="in the meantime"):
        approve_claim(claim=stale, by=cast.daniel.acting)
    assert Organisation.objects.filter(name="Hazel Nursery").count() == 0


def test_nobody_decides_their_own_request(cast, hazel):
    claim = asked(hazel, cast.daniel.user)
    with pytest.raises(Refused, match="your own request"):
        approve_claim(claim=claim, by=cast.daniel.acting)


def test_a_setting_that_is_in_no_register_is_asked_for_by_name(cast, oskar):
    claim = ask_for_new_setting(
        name="Maple School Nursery", kind="nursery_class", authority=LocalAuthority.objects.get(pk="E99000001"),
        position="Head teacher", message="", by=Themselves(oskar),
    )  # fmt: skip
    setting = approve_claim(claim=claim, by=cast.daniel.acting)
    assert (setting.name, setting.setting_kind, setting.sector) == (
        "Maple School Nursery",
        "nursery_class",
        "maintained",
    )
    assert setting.provider is None


# Without an account


def test_somebody_without_an_account_is_invited_on_approval(cast, hazel):
    without_account()
    claim = ClaimRequest.objects.get()
    assert (claim.provider, claim.email, claim.person) == (hazel, "noor.aziz@example.org", "Noor Aziz")
    setting = approve_claim(claim=claim, by=cast.daniel.acting)
    invitation = Invitation.objects.get()
    assert (invitation.organisation, invitation.email, invitation.role) == (setting, "noor.aziz@example.org", "manager")
    assert SentMail.objects.get(address="noor.aziz@example.org").kind == "invitation"


def test_a_postcode_with_one_provider_says_which_it_is(cast, hazel):
    without_account(looked_for="fw991aa")
    assert ClaimRequest.objects.get().provider == hazel


def test_what_is_in_no_register_waits_for_whoever_runs_the_installation(cast, hazel):
    without_account(looked_for="EY999999")
    claim = ClaimRequest.objects.get()
    assert (claim.provider, claim.setting) == (None, "EY999999")
    assert SentMail.objects.get().user == cast.sam.user
    with pytest.raises(Refused, match="Nothing in the register"):
        approve_claim(claim=claim, by=cast.sam.acting)
    Provider.objects.update(number="EY999999")
    assert approve_claim(claim=claim, by=cast.sam.acting).provider == hazel


def test_the_same_request_twice_is_one(cast, hazel):
    without_account()
    without_account(message="Hello?")
    without_account(looked_for="EY999999")
    without_account(looked_for="EY999999")
    assert ClaimRequest.objects.count() == 2


@pytest.fixture
def answer(cast, hazel) -> SentMail:
    """The e-mail that tells somebody without an account that the answer is no."""
    without_account(setting_name="Buy cheap watches")
    with time_machine.travel("2027-03-05 12:00"):
        refuse_claim(claim=ClaimRequest.objects.get(), reason="The owner does not know you.", by=cast.daniel.acting)
    return SentMail.objects.get(address="noor.aziz@example.org")


def test_a_refusal_reaches_somebody_without_an_account_on_a_page_of_their_own(client, answer):
    with time_machine.travel("2027-04-03"):
        page = client.get(answer.link).content.decode()
    assert "The owner does not know you." in page
    assert "Hazel Nursery" in page
    for personal in ("Noor", "noor.aziz", "Ring 01234"):
        assert personal not in page


def test_the_mail_about_it_carries_neither_the_reason_nor_what_was_typed(answer):
    assert answer.reason == (
        f"You asked to use Trellis for a setting. {answer.reason.split('. ')[1]}. The page says why until 4 April 2027."
    )
    for told in ("does not know you", "watches", "Noor"):
        assert told not in answer.reason + answer.subject + answer.link


@pytest.mark.parametrize("link", ["too old", "made up", "another request", "not answered"])
def test_such_a_link_tells_nothing(client, answer, link):
    at, address = "2027-03-06", answer.link
    if link == "too old":
        at = "2027-04-05"
    elif link == "made up":
        address = answer.link[:-3] + "abc"
    elif link == "another request":
        address = answer.link.replace(str(ClaimRequest.objects.get().pk), str(uuid.uuid4()))
    else:
        ClaimRequest.objects.update(state="asked", reason="", decided_at=None, decided_by=None)
    with time_machine.travel(at):
        response = client.get(address)
    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()
    assert "Hazel" not in response.content.decode()


@pytest.mark.parametrize("looked_for", ["EY700001", "EY999999", "FW99 1AA", "nothing"])
def test_the_page_answers_the_same_whatever_is_known(client, cast, hazel, looked_for):
    answers = {
        "name": "Noor Aziz", "email": "amara.okafor@example.org", "looked_for": looked_for, "position": "Owner",
    }  # fmt: skip
    response = client.post(reverse("ask_for_your_setting"), answers)
    assert response.url == reverse("asked_for_your_setting")
    assert "This page says the same to everybody" in client.get(response.url).content.decode()


def test_without_a_number_the_setting_is_described(client, cast):
    answers = {"name": "Noor Aziz", "email": "noor@example.org", "position": "Owner"}
    page = client.post(reverse("ask_for_your_setting"), answers).content.decode()
    for mistake in ("or its name", "Choose what kind of setting it is", "Choose the local authority"):
        assert mistake in page
    described = {"setting_name": "Maple Class", "setting_kind": "nursery_class", "authority": "E99000001"}
    assert client.post(reverse("ask_for_your_setting"), answers | described).status_code == 302
    assert ClaimRequest.objects.get().authority_id == "E99000001"


def test_asking_again_and_again_ends(client, cast, hazel):
    answers = {"name": "Noor Aziz", "email": "noor@example.org", "position": "Owner", "looked_for": "EY700001"}
    statuses = [client.post(reverse("ask_for_your_setting"), answers).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 429]
    others = [
        client.post(reverse("ask_for_your_setting"), answers | {"email": f"n{number}@example.org"}).status_code
        for number in range(17)
    ]
    assert (others[0], others[-1]) == (302, 429)


# Being invited


def test_a_lead_invites_the_first_person_of_a_setting(cast, hazel, browse):
    response = browse(cast.daniel).post(
        reverse("invite_setting", args=[hazel.pk]), {"name": "Noor Aziz", "email": "noor@example.org"}, follow=True
    )
    assert "We have sent an invitation to noor@example.org" in response.content.decode()
    setting = Organisation.objects.get(provider=hazel)
    assert Invitation.objects.get(organisation=setting).role == "manager"


def test_an_invitation_that_led_to_nothing_is_sent_to_somebody_else(cast, hazel):
    first = invite_setting(provider=hazel, name="Noor Aziz", email="noor@example.org", by=cast.daniel.acting)
    second = invite_setting(provider=hazel, name="Lena Roth", email="lena@example.org", by=cast.daniel.acting)
    assert first == second
    assert [each.name for each in Invitation.objects.unanswered()] == ["Lena Roth"]
    events = AuditEvent.objects.filter(chain=str(first.pk), verb__startswith="invitation.").order_by("number")
    assert [each.verb for each in events] == ["invitation.sent", "invitation.withdrawn", "invitation.sent"]
    assert SentMail.objects.get(address="noor@example.org").state == "kept_back", "its link opens nothing"


def test_a_setting_with_people_invites_its_own(cast, hazel, oskar):
    approve_claim(claim=asked(hazel, oskar), by=cast.daniel.acting)
    with pytest.raises(Refused, match="Its manager invites the others"):
        invite_setting(provider=hazel, name="Noor Aziz", email="noor@example.org", by=cast.daniel.acting)


@pytest.mark.parametrize(
    ("who", "status"), [("daniel", 200), ("sam", 200), ("idris", 404), ("ruth", 403), ("amara", 403)]
)
def test_who_invites_a_setting_of_the_authority(cast, hazel, browse, who, status):
    assert browse(getattr(cast, who)).get(reverse("invite_setting", args=[hazel.pk])).status_code == status


# The pages of those who decide


def test_a_lead_sees_the_requests_of_their_authority_and_no_others(cast, hazel, oskar, browse):
    asked(hazel, oskar)
    address = reverse("decide_claim", args=[ClaimRequest.objects.get().pk])
    for who, count in (("daniel", 1), ("sam", 1), ("idris", 0)):
        browser = browse(getattr(cast, who))
        assert browser.get(reverse("claims")).content.decode().count("Hazel Nursery") == count
        assert browser.get(address).status_code == (200 if count else 404)
    assert browse(cast.amara).get(reverse("claims")).status_code == 403


def test_deciding_on_the_page(cast, hazel, oskar, browse):
    asked(hazel, oskar)
    address = reverse("decide_claim", args=[ClaimRequest.objects.get().pk])
    daniel = browse(cast.daniel)
    assert "Choose your answer" in daniel.post(address, {}).content.decode()
    assert "Say why not" in daniel.post(address, {"decision": "refuse"}).content.decode()
    page = daniel.post(address, {"decision": "approve"}, follow=True).content.decode()
    assert "Hazel Nursery uses Trellis now" in page
    assert "Nobody waits for an answer" in page
    assert "Approved on" in daniel.get(address).content.decode()
    assert "Hazel Nursery" in daniel.get(reverse("claims") + "?state=approved").content.decode()
    late = daniel.post(address, {"decision": "refuse", "reason": "No"}, follow=True).content.decode()
    assert "in the meantime" in late


def test_a_long_list_of_requests_asks_no_more_of_the_database(cast, browse, django_assert_max_num_queries):
    authority = LocalAuthority.objects.get(pk="E99000001")
    for number in range(40):
        user = User.objects.create(name=f"Person {number}", email=f"person{number}@example.org")
        ClaimRequest.objects.create(setting_name=f"Class {number}", authority=authority, asked_by=user, position="Head")
    daniel = browse(cast.daniel)
    with django_assert_max_num_queries(8):
        page = daniel.get(reverse("claims")).content.decode()
    assert page.count("Head") == 25


def test_asking_for_a_new_setting_on_the_page(cast, browse):
    answers = {"name": "Maple Class", "kind": "nursery_class", "authority": "E99000001", "position": "Head teacher"}
    joanna = browse(cast.joanna)
    assert "Waiting for an answer" in joanna.post(reverse("claim_new_setting"), answers, follow=True).content.decode()
    assert (
        "You have asked for this setting already" in joanna.post(reverse("claim_new_setting"), answers).content.decode()
    )
    assert "You have asked for no setting" in browse(cast.megan).get(reverse("your_claims")).content.decode()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "lost"}, "claim_state_is_known|claim_decision_says_who_and_when"),
        ({"name": "Noor"}, "claim_says_who_asks"),
        ({"asked_by": None}, "claim_says_who_asks"),
        ({"provider": None}, "claim_says_which_setting"),
        ({"setting_kind": "castle"}, "claim_kind_is_known"),
        ({"decided_at": timezone.now()}, "claim_decision_says_who_and_when"),
        ({"passed_on_at": timezone.now()}, "claim_passed_on_says_who_and_when"),
        ({"state": "refused"}, "claim_decision_says_who_and_when|claim_refused_says_why"),
        ({"state": "approved"}, "claim_decision_says_who_and_when|claim_approved_has_its_setting"),
    ],
)
def test_the_database_refuses_such_a_request(cast, hazel, oskar, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ClaimRequest.objects.create(**{"provider": hazel, "asked_by": oskar, "position": "Manager"} | fields)


@pytest.mark.parametrize(
    ("who", "constraint"),
    [
        ("asked_by", "claim_one_open_for_each_person_and_setting"),
        ("email", "claim_one_open_for_each_address_and_setting"),
    ],
)
def test_the_database_refuses_a_second_open_request(cast, hazel, oskar, who, constraint):
    by = {"asked_by": oskar} if who == "asked_by" else {"email": "noor@example.org", "name": "Noor Aziz"}
    ClaimRequest.objects.create(provider=hazel, position="Manager", **by)
    with pytest.raises(IntegrityError, match=f"{constraint}|organisations_claimrequest"), transaction.atomic():
        ClaimRequest.objects.create(provider=hazel, position="Manager", **by)


def test_how_often_somebody_asked_is_kept_under_a_key_of_the_installation(client, settings, db):
    """Without the secret nobody can find out from the cache who asked."""
    typed = {"name": "Noor", "email": "noor@example.org", "looked_for": "EY700001", "position": "Owner", "message": ""}
    address = reverse("ask_for_your_setting")
    assert [client.post(address, typed).status_code for _ in range(4)] == [302, 302, 302, 429]
    settings.SECRET_KEY = "another"
    assert client.post(address, typed).status_code == 302
