"""Somebody deletes their account: what stands in the way, what goes, what stays."""

from __future__ import annotations

from time import time

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from tests.cast import person, signed_in_client
from tests.client import CheckingClient
from trellis.accounts import actions
from trellis.accounts.acting import Themselves
from trellis.accounts.models import Session, User
from trellis.accounts.roles import Role
from trellis.accounts.rules import FORMER
from trellis.accounts.tests.people import PASSWORD, sign_in, with_codes, with_passkey, with_password
from trellis.api.models import Token
from trellis.api.tests.test_tokens import token_for
from trellis.core.audit import broken_links
from trellis.core.models import AuditEvent, MailPreference, SentMail
from trellis.core.refusal import Refused
from trellis.organisations.actions.people import write_invitation
from trellis.organisations.models import ClaimRequest, Invitation, Membership
from trellis.review.actions.closing import close_setting
from trellis.review.models import FilledForm, RatingChange, Release, RoundPerson

PAGE = "/account/delete"


def browser_of(somebody):
    """A browser in which somebody has shown a moment ago who they are."""
    return signed_in_client(CheckingClient(), somebody.user, at=time())


def delete(somebody, typed: str = ""):
    return browser_of(somebody).post(PAGE, {"email": typed or somebody.user.email}, follow=True)


def second_manager(cast):
    return person("Rosa Ibarra", cast.amara.organisation, Role.MANAGER)


def test_the_page_says_what_goes_and_what_stays(cast):
    page = browser_of(cast.leila).get(PAGE).content.decode()
    assert "This cannot be undone" in page
    assert "A former colleague" in page
    assert "leila.haddad@example.org" in page
    assert f'href="{PAGE}"' in browser_of(cast.leila).get("/account").content.decode()


def test_it_asks_first_whether_it_is_still_them(cast, client):
    with_password(cast.leila.user)
    asked = signed_in_client(client, cast.leila.user).get(PAGE)
    assert "/again/password" in asked.url
    client.post(asked.url, {"password": PASSWORD})
    assert client.get(PAGE).status_code == 200


def test_it_takes_their_own_address_typed(cast):
    assert "Type your e-mail address" in browser_of(cast.leila).post(PAGE, {"email": ""}).content.decode()
    page = delete(cast.leila, "amara.okafor@example.org").content.decode()
    assert "This is not the e-mail address of your account" in page
    assert User.objects.get(pk=cast.leila.user.pk).is_active


def test_who_they_were_is_gone(cast, half, client):
    leila = with_passkey(with_codes(with_password(cast.leila.user)))
    elsewhere = signed_in_client(CheckingClient(), leila)
    MailPreference.objects.create(user=leila, kind="job_done", wish="never")
    answered = delete(cast.leila, " Leila.Haddad@Example.org ")
    assert "Your account is deleted" in answered.content.decode()
    assert answered.redirect_chain == [("/account/deleted", 302)]
    leila.refresh_from_db()
    assert (leila.name, leila.is_active, leila.has_usable_password()) == (FORMER, False, False)
    assert leila.email == f"{leila.pk.hex}@deleted.invalid"
    assert not Authenticator.objects.filter(user=leila).exists()
    assert not Session.objects.filter(user=leila).exists()
    assert not MailPreference.objects.filter(user=leila).exists()
    assert "/sign-in" in elsewhere.get("/account").url
    client.post("/sign-in", {"login": "leila.haddad@example.org", "password": PASSWORD})
    assert "/sign-in" in client.get("/account").url


def test_they_get_a_last_e_mail(cast):
    delete(cast.leila)
    told = SentMail.objects.get(subject="Your account is deleted")
    assert (told.address, told.user, told.state) == ("leila.haddad@example.org", None, "queued")


def test_memberships_tokens_and_invitations_end_with_it(cast):
    second_manager(cast)
    token, secret = token_for(cast.amara, "reviews:read")
    told = {"email": "niamh@example.org", "name": "Niamh Byrne", "role": Role.PRACTITIONER}
    write_invitation(organisation=cast.amara.organisation, by=cast.amara.acting, **told)
    told = {"email": cast.amara.user.email, "name": "Amara Okafor", "role": Role.MANAGER}
    write_invitation(organisation=cast.joanna.organisation, by=cast.joanna.acting, **told)
    delete(cast.amara)
    assert not Membership.objects.live().filter(user=cast.amara.user).exists()
    assert Token.objects.get(pk=token.pk).ended_at
    headers = {"Authorization": f"Bearer {secret}"}
    assert CheckingClient(headers=headers).get(reverse("api_reviews")).status_code == 401
    assert not Invitation.objects.unanswered().exists()
    assert SentMail.objects.get(address="niamh@example.org").state == "kept_back"
    assert not Invitation.objects.filter(email=cast.amara.user.email).exists()


def test_what_they_wrote_stays_by_a_former_colleague(cast, half, browse):
    second_manager(cast)
    before = RatingChange.objects.filter(by=cast.amara.user).count()
    assert before
    delete(cast.amara)
    assert RatingChange.objects.filter(by=cast.amara.user).count() == before
    assert not RoundPerson.objects.filter(name="Amara Okafor").exists()
    statement = browse(cast.priya).get(reverse("show_statement", args=[half.round.pk, "A1"])).content.decode()
    assert FORMER in statement
    assert "Amara" not in statement


def test_who_took_what_of_a_form_is_a_former_colleague(cast, half):
    taken = [{"key": "A1", "by": "Leila Haddad"}, {"key": "A2", "by": "Priya Nair"}]
    form = FilledForm.objects.create(
        round=half.round, kind="docx", name="Form", sha256="0" * 64, taken=taken, read_by=cast.amara.user
    )
    delete(cast.leila)
    form.refresh_from_db()
    assert [each["by"] for each in form.taken] == [FORMER, "Priya Nair"]


def test_the_record_stays_whole_and_its_pages_name_nobody(cast, half, browse):
    second_manager(cast)
    events = AuditEvent.objects.filter(actor_name="Amara Okafor").count()
    assert events
    delete(cast.amara)
    assert AuditEvent.objects.filter(actor_name="Amara Okafor").count() == events
    assert not list(broken_links())
    last = AuditEvent.objects.of_chain(str(cast.amara.user.pk)).last()
    assert (last.verb, last.actor_name) == ("person.deleted", FORMER)
    activity = browse(cast.priya).get("/activity/").content.decode()
    assert FORMER in activity
    assert "Amara" not in activity
    exported = b"".join(browse(cast.priya).get("/activity/export/csv")).decode()
    assert "Amara" not in exported.replace("Amara Okafor, Bramble", "")


def test_what_was_sent_to_them_forgets_where(cast):
    waiting = SentMail.objects.create(
        user=cast.leila.user, address=cast.leila.user.email, kind="review_news", subject="A review", reason="Moved on"
    )
    delete(cast.leila)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.address) == ("kept_back", f"{cast.leila.user.pk.hex}@deleted.invalid")


def test_a_request_for_a_setting_is_answered_by_itself(cast):
    claim = ClaimRequest.objects.create(asked_by=cast.leila.user, setting_name="Willow", position="Owner", message="Me")
    delete(cast.leila)
    claim.refresh_from_db()
    assert (claim.state, claim.message, claim.person) == ("refused", "", FORMER)


def test_the_last_manager_names_somebody_else_first(cast):
    page = browser_of(cast.amara).get(PAGE).content.decode()
    assert "Nobody else answers for Bramble Lane Nursery" in page
    assert "Type your e-mail address" not in page
    delete(cast.amara)
    assert User.objects.get(pk=cast.amara.user.pk).is_active
    second_manager(cast)
    delete(cast.amara)
    assert not User.objects.get(pk=cast.amara.user.pk).is_active


@pytest.mark.parametrize("who", ["daniel", "sam", "grace"])
def test_an_organisation_is_not_left_without_anybody(cast, who):
    somebody = getattr(cast, who)
    assert f"Nobody else answers for {somebody.organisation}" in browser_of(somebody).get(PAGE).content.decode()
    with pytest.raises(Refused):
        actions.delete_account(by=Themselves(somebody.user))


def test_a_childminder_with_reviews_closes_her_setting_first(cast, framework):
    from tests.reviewing import earlier_of

    earlier_of(cast.megan)
    assert "close the setting" in browser_of(cast.megan).get(PAGE).content.decode()
    close_setting(setting=cast.megan.organisation, by=cast.megan.acting)
    delete(cast.megan)
    assert not User.objects.get(pk=cast.megan.user.pk).is_active


def test_a_setting_with_nobody_else_and_nothing_in_it_is_left(cast):
    delete(cast.megan)
    assert not User.objects.get(pk=cast.megan.user.pk).is_active


def test_whoever_belongs_nowhere_deletes_their_account_too(db, client):
    nobody = with_password(User.objects.create(name="Rosa Ibarra", email="rosa@example.org"))
    sign_in(client, nobody)
    client.post(PAGE, {"email": "rosa@example.org"})
    nobody.refresh_from_db()
    assert nobody.deleted_at


def test_the_same_address_can_be_invited_again(cast):
    delete(cast.leila)
    told = {"email": "leila.haddad@example.org", "name": "Leila Haddad", "role": Role.PRACTITIONER}
    write_invitation(organisation=cast.amara.organisation, by=cast.amara.acting, **told)
    actions.create_person(name="Leila Haddad", email="leila.haddad@example.org", password=PASSWORD)


@pytest.mark.parametrize("fields", [{"is_active": True, "name": FORMER}, {"is_active": False, "name": "Leila Haddad"}])
def test_user_deleted_is_nobody(db, fields):
    with pytest.raises(IntegrityError, match="user_deleted_is_nobody"):
        User.objects.create(email="x@example.org", deleted_at=timezone.now(), **fields)


def test_a_setting_is_closed_by_its_name(cast, browse):
    from tests.releasing import help_of, released_by

    release, asked = released_by(cast.amara), help_of(cast.amara)
    browser = browser_of(cast.amara)
    assert "/organisation/close" in browser.get("/organisation").content.decode()
    page = browser.get("/organisation/close").content.decode()
    assert "All 5 people who belong to it leave it" in page
    assert "(1 release)" in page
    wrong = browser.post("/organisation/close", {"name": "Tall Oaks"}).content.decode()
    assert "This is not the name of your setting" in wrong
    done = browser.post("/organisation/close", {"name": "bramble lane nursery"}, follow=True).content.decode()
    assert "Bramble Lane Nursery is closed" in done
    assert not Membership.objects.live().filter(organisation=cast.amara.organisation).exists()
    assert Release.objects.get(pk=release.pk).withdrawn_at
    asked.refresh_from_db()
    assert asked.status == "withdrawn"
    assert AuditEvent.objects.of_chain(str(cast.amara.organisation.pk)).last().verb == "organisation.closed"
    assert browse(cast.priya).get("/reviews/").status_code == 403
    delete(cast.amara)
    assert User.objects.get(pk=cast.amara.user.pk).deleted_at
