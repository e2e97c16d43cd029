"""Inviting people, and answering."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from tests.client import CheckingClient
from trellis.accounts.acting import Themselves
from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.accounts.tests.people import sign_in, with_password
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.organisations.actions import people as actions
from trellis.organisations.models import Invitation, Membership, find_invitation

ROSA = {"name": "Rosa Ibarra", "email": "rosa.ibarra@example.org", "role": "practitioner"}
JOINING = {"name": "Rosa Ibarra", "password": "four other quiet words"}
UNUSABLE = "This invitation does not work"


@pytest.fixture
def invited(browse, cast):
    """Rosa is invited as a practitioner."""
    browse(cast.amara).post("/people/invite", ROSA)
    return Invitation.objects.get()


def link(email="rosa.ibarra@example.org"):
    """The link in the last e-mail to an address."""
    return SentMail.objects.filter(address=email, kind="invitation").latest("created_at").link


def verbs(organisation):
    return list(AuditEvent.objects.of_chain(str(organisation.pk)).values_list("verb", flat=True))


def test_a_manager_invites_somebody_by_e_mail(browse, cast):
    client = browse(cast.amara)
    page = client.get("/people/invite").content.decode()
    assert "Works with the children; takes part in the review." in page
    told = client.post("/people/invite", ROSA, follow=True).content.decode()
    assert "We have sent an invitation to rosa.ibarra@example.org." in told
    assert "Invited, and not answered yet" in told
    mail = SentMail.objects.get()
    assert mail.subject == "Amara Okafor invites you to Bramble Lane Nursery"
    assert "as Practitioner. The link works until" in mail.reason
    assert verbs(cast.amara.organisation) == ["invitation.sent"]


def test_the_database_holds_no_token(invited):
    token = link().rsplit("/", 1)[1]
    assert token not in str(list(Invitation.objects.values()))
    assert find_invitation(token) == invited
    assert len(token) >= 43


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"email": "leila.haddad@example.org"}, "belongs to the organisation already"),
        ({"email": "Leila.Haddad@Example.org"}, "belongs to the organisation already"),
        ({"email": "rosa"}, "Enter an e-mail address such as"),
        ({"email": ""}, "Enter their e-mail address"),
        ({"name": " "}, "Enter their full name"),
        ({"role": ""}, "Choose a role"),
        ({"role": "childminder"}, "Choose a role"),
        ({"role": "system_administrator"}, "Choose a role"),
    ],
)
def test_an_invitation_is_refused_in_words(browse, cast, answers, sentence):
    page = browse(cast.amara).post("/people/invite", ROSA | answers).content.decode()
    assert sentence in page
    assert not Invitation.objects.exists()


def test_the_same_address_is_invited_once(browse, cast, invited):
    page = browse(cast.amara).post("/people/invite", ROSA | {"email": "Rosa.Ibarra@example.org"}).content.decode()
    assert "There is an invitation for this address already: send it again" in page


@pytest.mark.parametrize("who", ["leila", "tomasz", "hannah", "ruth"])
def test_who_may_not_invite_gets_no_page(browse, cast, who):
    assert browse(getattr(cast, who)).get("/people/invite").status_code == 403


MAY_INVITE = {
    "amara": {Role.MANAGER, Role.SENCO, Role.DEPUTY_SENCO, Role.PRACTITIONER, Role.PEER_REVIEWER},
    "priya": {Role.DEPUTY_SENCO, Role.PRACTITIONER, Role.PEER_REVIEWER},
    "tomasz": set(),
    "leila": set(),
    "hannah": set(),
    "megan": {Role.PEER_REVIEWER},
    "grace": {Role.GROUP_OVERVIEW},
    "daniel": {Role.AUTHORITY_LEAD, Role.AREA_SENCO},
    "ruth": set(),
    "sam": {Role.SYSTEM_ADMINISTRATOR},
}


@pytest.mark.parametrize("who", MAY_INVITE)
@pytest.mark.parametrize("role", list(Role))
def test_who_may_invite_whom(cast, who, role):
    by = getattr(cast, who).acting
    if role in MAY_INVITE[who]:
        assert actions.invite(email="new@example.org", name="Somebody New", role=role, by=by).role == role
    else:
        with pytest.raises(Refused, match="invite"):
            actions.invite(email="new@example.org", name="Somebody New", role=role, by=by)


def test_a_childminder_is_not_asked_for_a_role(browse, cast):
    client = browse(cast.megan)
    page = client.get("/people/invite").content.decode()
    assert "Invite a visiting reviewer" in page
    assert 'name="role"' not in page
    client.post("/people/invite", {"name": "Bethan Rowe", "email": "bethan@example.org", "role": "manager"})
    assert Invitation.objects.get().role == Role.PEER_REVIEWER
    assert "Visiting reviewer" not in SentMail.objects.get().reason


def test_somebody_new_gives_name_and_password_and_is_in(client, cast, invited):
    answer = client.get(link())
    page = answer.content.decode()
    assert "no-store" in answer["Cache-Control"], "a name and an address are on it, and no account keeps it from others"
    assert "Amara Okafor</span> invites you to" in page
    assert 'value="Rosa Ibarra"' in page
    response = client.post(link(), JOINING)
    assert response.url == reverse("home")
    rosa = User.objects.get(email="rosa.ibarra@example.org")
    membership = Membership.objects.get(user=rosa)
    assert (membership.role, membership.organisation) == (Role.PRACTITIONER, cast.amara.organisation)
    assert client.get("/people").status_code == 200
    assert verbs(cast.amara.organisation)[-2:] == ["invitation.accepted", "membership.began"]


@pytest.mark.parametrize("shared", [True, False])
def test_somebody_new_says_whether_the_device_is_shared(client, invited, shared):
    assert 'name="shared_device"' in client.get(link()).content.decode()
    client.post(link(), JOINING | ({"shared_device": "on"} if shared else {}))
    session = User.objects.get(email="rosa.ibarra@example.org").sessions.get()
    assert session.shared_device is shared
    assert session.expire_date - session.seen_at < (timedelta(minutes=31) if shared else timedelta(hours=13))


def test_a_new_senco_sets_up_a_second_step_first(client, browse, cast):
    browse(cast.amara).post("/people/invite", ROSA | {"role": "senco"})
    client.post(link(), JOINING)
    assert client.get("/people").url == reverse("second_step")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"name": ""}, "Enter your full name"),
        ({"password": ""}, "Choose a password"),
        ({"password": "short"}, "at least 10 characters"),
        ({"password": "rosa ibarra"}, "less like your name"),
        ({"password": "rosa.ibarra@example.org"}, "less like your name"),
    ],
)
def test_what_somebody_new_gives_is_checked(client, invited, answers, sentence):
    assert sentence in client.post(link(), JOINING | answers).content.decode()
    assert not User.objects.filter(email=ROSA["email"]).exists()


def test_who_has_an_account_signs_in_and_accepts(client, browse, cast):
    joanna = with_password(cast.joanna.user)
    browse(cast.amara).post("/people/invite", ROSA | {"email": joanna.email, "role": "peer_reviewer"})
    page = client.get(link(joanna.email)).content.decode()
    assert "You have an account with this e-mail address already" in page
    assert client.post(link(joanna.email), JOINING).status_code == 200
    assert User.objects.get(pk=joanna.pk).check_password("three unrelated words")
    target = re.search(r'href="(/sign-in\?next=[^"]+)"', page).group(1)
    assert client.post(target, {"login": joanna.email, "password": "three unrelated words"}).url == link(joanna.email)
    assert "Accept the invitation" in client.get(link(joanna.email)).content.decode()
    assert client.post(link(joanna.email)).url == reverse("home")
    assert "Visiting reviewer, Bramble Lane Nursery" in client.get("/visits/").content.decode()
    assert Membership.objects.live().filter(user=joanna).count() == 2


def test_an_invitation_is_not_for_whoever_else_is_signed_in(browse, cast, invited):
    client = browse(cast.joanna)
    page = client.get(link()).content.decode()
    assert "This invitation is for another e-mail address than yours" in page
    assert "Sign out here" in page
    client.post(link())
    assert not Membership.objects.filter(user=cast.joanna.user, organisation=cast.amara.organisation).exists()


def test_who_belongs_already_is_told(browse, cast, invited):
    cast.leila.user.email = ROSA["email"]
    cast.leila.user.save()
    assert "You belong to this organisation already" in browse(cast.leila).get(link()).content.decode()


def unusable_link(how, browse, cast, invited):
    client = browse(cast.amara)
    old = link()
    if how == "used":
        CheckingClient().post(old, JOINING)
    if how == "withdrawn":
        client.post(f"/people/invitations/{invited.pk}/withdraw")
    if how == "sent again":
        client.post(f"/people/invitations/{invited.pk}/resend")
    return {"made up": "/invitation/made-up", "too long": "/invitation/" + "x" * 300}.get(how, old)


@pytest.mark.parametrize("how", ["used", "withdrawn", "sent again", "made up", "too long"])
@pytest.mark.parametrize("who", [None, "leila"])
def test_every_unusable_link_gets_the_same_kind_answer(browse, cast, invited, how, who):
    address = unusable_link(how, browse, cast, invited)
    client = browse(getattr(cast, who)) if who else CheckingClient()
    for response in (client.get(address), client.post(address, JOINING)):
        assert response.status_code == 404
        assert UNUSABLE in response.content.decode()
        assert "Bramble" not in response.content.decode().split("<main")[1]


def test_after_fourteen_days_the_link_has_run_out(client, browse, cast, invited):
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        assert client.get(link()).status_code == 404
        page = browse(cast.amara).get("/people").content.decode()
        assert "The link has run out." in page
    with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
        assert client.get(link()).status_code == 200


def test_sending_again_makes_a_new_link_for_fourteen_days(client, browse, cast, invited):
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        told = browse(cast.amara).post(f"/people/invitations/{invited.pk}/resend", follow=True).content.decode()
        assert "again." in told
        assert client.get(link()).status_code == 200
    assert SentMail.objects.filter(address=ROSA["email"]).count() == 2
    assert verbs(cast.amara.organisation) == ["invitation.sent", "invitation.sent_again"]


def test_withdrawing_asks_first_and_keeps_back_an_e_mail_that_has_not_left(browse, cast, invited):
    client = browse(cast.amara)
    assert "Withdraw the invitation?" in client.get(f"/people/invitations/{invited.pk}/withdraw").content.decode()
    client.post(f"/people/invitations/{invited.pk}/withdraw")
    invited.refresh_from_db()
    assert invited.withdrawn_by == cast.amara.user
    assert SentMail.objects.get().state == "kept_back"
    assert verbs(cast.amara.organisation) == ["invitation.sent", "invitation.withdrawn"]
    client.post("/people/invite", ROSA)
    assert Invitation.objects.unanswered().count() == 1


@pytest.mark.parametrize("what", ["resend", "withdraw"])
def test_invitations_of_another_organisation_are_not_there(browse, cast, invited, what):
    assert browse(cast.joanna).post(f"/people/invitations/{invited.pk}/{what}").status_code == 404


def test_a_senco_leaves_the_manager_s_invitations_alone(browse, cast):
    browse(cast.amara).post("/people/invite", ROSA | {"role": "manager"})
    invitation = Invitation.objects.get()
    client = browse(cast.priya)
    assert "Withdraw" not in client.get("/people").content.decode().split("<main")[1]
    for what in ("resend", "withdraw"):
        page = client.post(f"/people/invitations/{invitation.pk}/{what}", follow=True).content.decode()
        assert "Only a manager can do this" in page


def test_a_practitioner_does_not_see_who_is_invited(browse, cast, invited):
    assert "Rosa Ibarra" not in browse(cast.leila).get("/people").content.decode()


def test_who_was_faster_wins(cast, invited):
    """The page was read before somebody else answered: the second answer is refused, not written over the first."""
    stale = Invitation.objects.get()
    actions.withdraw(invitation=invited, by=cast.amara.acting)
    with pytest.raises(Refused, match="in the meantime"):
        actions.resend(invitation=stale, by=cast.amara.acting)
    cast.joanna.user.email = ROSA["email"]
    with pytest.raises(Refused, match="in the meantime"):
        actions.accept(invitation=stale, by=Themselves(cast.joanna.user))


def test_an_accepted_invitation_signs_in_nobody_else(client, cast, invited):
    client.post(link(), JOINING)
    client.post("/sign-out")
    rosa = User.objects.get(email=ROSA["email"])
    assert sign_in(client, rosa, JOINING["password"]).url == reverse("home")


BROKEN = [
    ("invitation_role_is_known", {"role": "emperor"}),
    ("invitation_has_a_name", {"name": ""}),
    ("invitation_email_is_in_small_letters", {"email": "Rosa@example.org"}),
    ("invitation_email_is_in_small_letters", {"email": ""}),
    ("invitation_lasts_for_a_while", {"expires_at": "invited_at"}),
    ("invitation_acceptance_says_who_and_when", {"accepted_at": "invited_at"}),
    ("invitation_withdrawal_says_who_and_when", {"withdrawn_at": "invited_at"}),
    (
        "invitation_is_not_both_accepted_and_withdrawn",
        {
            key: "invited_at" if key.endswith("at") else "invited_by"
            for key in ("accepted_at", "accepted_by", "withdrawn_at", "withdrawn_by")
        },
    ),
]


@pytest.mark.parametrize(("name", "fields"), BROKEN)
def test_what_an_invitation_cannot_be(invited, name, fields):
    values = {key: getattr(invited, value, value) if value else value for key, value in fields.items()}
    with pytest.raises(IntegrityError, match=name):
        Invitation.objects.filter(pk=invited.pk).update(**values)


def test_invitation_token_unique(cast, invited):
    other = actions.invite(email="other@example.org", name="Somebody Else", role=Role.SENCO, by=cast.amara.acting)
    with pytest.raises(IntegrityError, match=r"invitation_token_unique|organisations_invitation\.token_hash"):
        Invitation.objects.filter(pk=other.pk).update(token_hash=invited.token_hash)


def test_invitation_one_unanswered_for_each_address(cast, invited):
    with pytest.raises(
        IntegrityError, match=r"invitation_one_unanswered_for_each_address|organisations_invitation\.organisation_id"
    ):
        actions.write_invitation(
            organisation=cast.amara.organisation,
            email=ROSA["email"],
            name="Rosa",
            role=Role.SENCO,
            by=cast.amara.acting,
        )
