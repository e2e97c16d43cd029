"""Single sign-on, against a provider on this computer: who comes in, who does not, and joining by invitation."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from bs4 import BeautifulSoup
from django.core.cache import cache

from tests.cast import signed_in_client
from tests.client import CheckingClient
from tests.oidc_provider import CLIENT, SECRET, OidcProvider
from trellis.accounts import actions
from trellis.accounts.acting import Themselves
from trellis.accounts.models import Session, User
from trellis.accounts.roles import Role
from trellis.accounts.tests.people import PASSWORD, code, sign_in, with_codes, with_password
from trellis.core.models import AuditEvent, SentMail
from trellis.environment import SignOn
from trellis.organisations.actions.people import write_invitation
from trellis.organisations.models import Membership

LEILA = {"sub": "248289761001", "email": "Leila.Haddad@example.org", "email_verified": True, "name": "Leila Haddad"}


@pytest.fixture
def provider(settings):
    found = OidcProvider(claims=dict(LEILA))
    settings.SINGLE_SIGN_ON = SignOn("Fenwick Schools", found.issuer, CLIENT, SECRET)
    yield found
    found.close()


def there_and_back(browser, page, *, follow: bool = True):
    """From the page that leads to the provider to what we answer when it leads back."""
    address = page["Refresh"].removeprefix("0;url=")
    assert BeautifulSoup(page.content, "html5lib").find("a", href=address)
    led_back = requests.get(address, allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(led_back)
    assert (parts.netloc, parts.path) == ("testserver", "/sign-in/with/back")
    return browser.get(f"{parts.path}?{parts.query}", follow=follow)


def come_in(browser, **sent):
    return there_and_back(browser, browser.post("/sign-in/with", sent))


def signed_in(browser) -> bool:
    return browser.get("/account").status_code == 200


def why(page) -> str:
    return BeautifulSoup(page.content, "html5lib").find("main").get_text(" ", strip=True)


def test_without_a_provider_there_is_nothing_of_it(cast, client):
    assert "Sign in with" not in client.get("/sign-in").content.decode().replace("Sign in with a passkey", "")
    assert client.post("/sign-in/with").status_code == 404
    assert client.get("/sign-in/with/back").status_code == 404


def test_somebody_with_an_account_comes_in_and_is_known_from_then_on(cast, client, provider):
    assert "Sign in with Fenwick Schools" in client.get("/sign-in").content.decode()
    page = come_in(client)
    assert page.redirect_chain[-1][0] == "/"
    assert signed_in(client)
    linked = SocialAccount.objects.get()
    assert (linked.user, linked.provider, linked.uid, linked.extra_data) == (
        cast.leila.user,
        provider.issuer,
        LEILA["sub"],
        {},
    )
    verbs = list(AuditEvent.objects.of_chain(str(cast.leila.user.pk)).values_list("verb", "change"))
    assert ("person.signed_in", {"with": ["sign_on"]}) in verbs
    assert ("person.sign_on_linked", {"provider": provider.issuer}) in verbs
    assert SentMail.objects.filter(user=cast.leila.user, subject="Another account opens yours").exists()


def test_it_asks_with_pkce_state_and_nonce(cast, client, provider):
    come_in(client)
    asked = provider.asked[0]
    assert len(asked["nonce"]) > 30
    assert len(asked["state"]) > 10
    assert asked["redirect_uri"] == "http://testserver/sign-in/with/back"
    assert "prompt" not in asked


def test_who_is_linked_comes_in_whatever_their_address_is_there_now(cast, client, provider):
    come_in(client)
    provider.claims |= {"email": "l.moss@example.org", "email_verified": False}
    again = CheckingClient()
    come_in(again)
    assert signed_in(again)


def test_an_address_that_passed_on_to_somebody_else_there_opens_nothing(cast, client, provider):
    come_in(client)
    provider.claims["sub"] = "somebody new with her address"
    other = CheckingClient()
    assert "linked with another account there" in why(come_in(other))
    assert not signed_in(other)


def test_they_go_on_to_where_they_wanted(cast, client, provider):
    page = there_and_back(client, client.post("/sign-in/with", {"next": "/account/sessions"}))
    assert page.redirect_chain[-1][0] == "/account/sessions"


def test_nobody_is_led_elsewhere(cast, client, provider):
    page = there_and_back(client, client.post("/sign-in/with", {"next": "https://elsewhere.example/"}))
    assert page.redirect_chain[-1][0] == "/"


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "of another question"},
        {"nonce": ""},
        {"aud": "another client"},
        {"aud": [CLIENT, "another client"], "azp": "another client"},
        {"iss": "http://127.0.0.1:1"},
        {"exp": 1_700_000_000},
        {"iat": 4_000_000_000},
        {"sub": ""},
        {"sub": "x" * 200},
    ],
    ids=str,
)
def test_a_token_that_is_not_right_opens_nothing(cast, client, provider, wrong):
    provider.wrong = wrong
    page = come_in(client)
    assert page.status_code == 403
    assert "could not be trusted" in why(page)
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()


def test_clocks_may_differ_a_little(cast, client, provider):
    provider.wrong = {"iat": int(time.time()) + 20, "exp": int(time.time()) - 20}
    come_in(client)
    assert signed_in(client)


def test_a_token_signed_by_somebody_else_opens_nothing(cast, client, provider):
    provider.signs_with = "nobody’s"
    assert "could not be trusted" in why(come_in(client))
    assert not signed_in(client)


def test_keys_are_changed(cast, client, provider):
    come_in(client)
    provider.publishes, provider.signs_with = ("next year", "this year"), "next year"
    later = CheckingClient()
    come_in(later)
    assert signed_in(later)
    provider.publishes, provider.signs_with = ("next year",), "this year"
    too_late = CheckingClient()
    assert "could not be trusted" in why(come_in(too_late))


def test_an_address_that_is_not_said_to_be_theirs_opens_nothing(cast, client, provider):
    provider.claims["email_verified"] = False
    assert "did not tell us that an e-mail address is yours" in why(come_in(client))
    del provider.claims["email_verified"]
    assert "did not tell us that an e-mail address is yours" in why(come_in(client))
    assert not signed_in(client)


def test_an_address_told_elsewhere_counts_when_it_is_the_same_person(cast, client, provider, monkeypatch):
    provider.address_elsewhere = True
    come_in(client)
    assert signed_in(client)
    provider.claims |= {"sub": "another"}
    provider.wrong = {"sub": LEILA["sub"]}
    assert "could not be trusted" in why(come_in(CheckingClient()))


def test_the_answer_comes_back_to_the_browser_that_asked_and_once(cast, client, provider):
    page = client.post("/sign-in/with")
    other = CheckingClient()
    assert "began in another browser" in why(there_and_back(other, page))
    assert not signed_in(other)
    first = there_and_back(client, page)
    assert signed_in(client)
    again = first.redirect_chain and client.get("/sign-in/with/back?state=made-up&code=code-1")
    assert "began in another browser" in why(again)


def test_whoever_calls_it_off_is_told(cast, client, provider):
    provider.cancels = True
    assert "You did not sign in there" in why(come_in(client))


def test_a_provider_that_is_away_or_another_one_is_told(cast, client, provider, settings):
    provider.issuer = "http://127.0.0.1:1/another"
    assert "cannot be reached" in why(client.post("/sign-in/with"))
    cache.clear()
    settings.SINGLE_SIGN_ON = SignOn("Fenwick Schools", "http://127.0.0.1:1", CLIENT, SECRET)
    assert "cannot be reached" in why(client.post("/sign-in/with"))


def test_asking_again_and_again_is_too_often(cast, client, provider, monkeypatch):
    monkeypatch.setattr("trellis.accounts.views.sign_on.OFTEN", 2)
    assert [client.post("/sign-in/with").status_code for _ in range(3)] == [200, 200, 429]


def test_a_closed_account_stays_closed(cast, client, provider):
    come_in(client)
    User.objects.filter(pk=cast.leila.user.pk).update(is_active=False)
    assert "This account is closed" in why(come_in(CheckingClient()))


def test_our_second_step_is_asked_for(cast, client, provider):
    with_codes(cast.leila.user)
    provider.claims["amr"] = ["pwd", "mfa"]
    page = come_in(client)
    assert page.redirect_chain[-1][0].startswith("/sign-in/second-step")
    assert not signed_in(client)
    assert not SocialAccount.objects.exists()
    client.post("/sign-in/second-step", {"code": code()})
    assert signed_in(client)
    assert SocialAccount.objects.get().user == cast.leila.user


@pytest.mark.parametrize("said", [{"amr": ["pwd", "mfa"]}, {"acr": "https://refeds.org/profile/mfa"}])
def test_the_second_step_of_the_provider_counts_when_the_installation_says_so(cast, client, provider, settings, said):
    counts = frozenset({"mfa", "https://refeds.org/profile/mfa"})
    settings.SINGLE_SIGN_ON = settings.SINGLE_SIGN_ON._replace(second_step=counts)
    with_codes(cast.priya.user)
    provider.claims = LEILA | {"email": cast.priya.user.email} | said
    come_in(client)
    assert client.get("/evidence/").status_code == 200  # a SENCO needs the second step for this
    provider.claims = LEILA | {"email": cast.priya.user.email, "amr": ["pwd"]}
    other = CheckingClient()
    assert come_in(other).redirect_chain[-1][0].startswith("/sign-in/second-step")


def test_on_a_shared_device_the_provider_asks_afresh_and_is_signed_out_too(cast, client, provider):
    come_in(client, shared_device="on")
    assert (provider.asked[0]["prompt"], provider.asked[0]["max_age"]) == ("login", "0")
    assert Session.objects.get(user=cast.leila.user).shared_device
    page = client.post("/sign-out")
    assert page["Clear-Site-Data"] == '"storage"'
    goodbye = urlsplit(page["Refresh"].removeprefix("0;url="))
    assert goodbye.path == "/goodbye"
    assert parse_qs(goodbye.query)["post_logout_redirect_uri"] == ["http://testserver/sign-in"]
    assert not signed_in(client)


def test_on_one_s_own_device_signing_out_there_is_offered(cast, client, provider):
    come_in(client)
    page = client.post("/sign-out")
    assert "Refresh" not in page
    assert "Sign out of Fenwick Schools too" in page.content.decode()


def test_somebody_who_was_there_long_ago_is_not_there_afresh(cast, client, provider):
    provider.wrong = {"auth_time": int(time.time()) - 3600}
    assert "could not be trusted" in why(come_in(client, shared_device="on"))


def test_nobody_gets_an_account_without_an_invitation(cast, client, provider):
    provider.claims = {"sub": "1", "email": "niamh@example.org", "email_verified": True, "name": "Niamh Byrne"}
    people = User.objects.count()
    page = come_in(client)
    assert "There is no account for you yet" in page.content.decode()
    assert User.objects.count() == people


def invited(cast, email="niamh@example.org"):
    told = {"email": email, "name": "Niamh Byrne", "role": Role.DEPUTY_SENCO}
    write_invitation(organisation=cast.amara.organisation, by=cast.amara.acting, **told)
    return SentMail.objects.get(address=email, kind="invitation").link


def test_an_invitation_is_accepted_without_a_password(cast, client, provider):
    provider.claims = {"sub": "1", "email": "niamh@example.org", "email_verified": True, "name": "Niamh O’Byrne"}
    link = invited(cast)
    assert "Without a password" in client.get(link).content.decode()
    page = come_in(client, next=link).content.decode()
    assert 'value="Niamh O’Byrne"' in page
    assert "Choose a password" not in page
    client.post(link, {"name": "Niamh Byrne"})
    assert signed_in(client)
    niamh = User.objects.get(email="niamh@example.org")
    assert (niamh.name, niamh.has_usable_password()) == ("Niamh Byrne", False)
    assert Membership.objects.get(user=niamh).role == Role.DEPUTY_SENCO
    assert SocialAccount.objects.get(user=niamh).uid == "1"
    account = client.get("/account").content.decode()
    assert "None: you come in with another account" in account


def test_an_invitation_to_another_address_is_not_accepted(cast, client, provider):
    provider.claims = {"sub": "1", "email": "somebody@example.org", "email_verified": True}
    link = invited(cast)
    assert "Choose a password" in come_in(client, next=link).content.decode()


def linked(person, provider):
    return actions.link_account(issuer=provider.issuer, subject=LEILA["sub"], by=Themselves(person.user))


def just_shown(person):
    return signed_in_client(CheckingClient(), person.user, at=time.time())


def test_an_account_is_linked_and_the_link_taken_away(cast, provider):
    with_password(cast.leila.user)
    provider.claims["email"] = "elsewhere@example.org"
    browser = just_shown(cast.leila)
    assert "/account/sign-on" in browser.get("/account").content.decode()
    page = there_and_back(browser, browser.post("/account/sign-on"))
    assert "From now on you can sign in with Fenwick Schools" in page.content.decode()
    assert LEILA["sub"] in page.content.decode()
    other = CheckingClient()
    come_in(other)
    assert signed_in(other)
    browser.post("/account/sign-on/remove")
    assert not SocialAccount.objects.exists()
    verbs = AuditEvent.objects.of_chain(str(cast.leila.user.pk)).values_list("verb", flat=True)
    assert "person.sign_on_unlinked" in verbs


def test_linking_asks_first_whether_it_is_still_them(cast, client, provider):
    with_password(cast.leila.user)
    browser = signed_in_client(client, cast.leila.user)
    assert "/again/password" in browser.post("/account/sign-on").url


def test_what_opens_somebody_else_s_account_is_not_linked(cast, provider):
    linked(cast.amara, provider)
    browser = just_shown(cast.leila)
    page = there_and_back(browser, browser.post("/account/sign-on"))
    assert "opens somebody else’s account" in page.content.decode()


def test_nobody_takes_away_their_only_way_in(cast, provider):
    linked(cast.leila, provider)
    cast.leila.user.set_unusable_password()
    cast.leila.user.save()
    browser = just_shown(cast.leila)
    assert "It is the only way in that you have" in browser.get("/account/sign-on").content.decode()
    browser.post("/account/sign-on/remove")
    assert SocialAccount.objects.exists()


def test_who_has_no_password_shows_there_that_it_is_still_them(cast, client, provider):
    linked(cast.leila, provider)
    cast.leila.user.set_unusable_password()
    cast.leila.user.save()
    browser = signed_in_client(client, cast.leila.user)
    asked = browser.get("/account/everything/download")
    assert asked.url.startswith("/again/with")
    page = browser.get(asked.url)
    assert "Is it still you?" in page.content.decode()
    led = browser.post("/again/with", {"next": "/account/delete"})
    assert provider.asked == []
    answered = there_and_back(browser, led)
    assert provider.asked[0]["prompt"] == "login"
    assert "Delete your account" in answered.content.decode()
    provider.claims["sub"] = "somebody else"
    led = browser.post("/again/with", {"next": "/account/delete"})
    assert "not the account with which you sign in here" in why(there_and_back(browser, led))


def test_the_other_way_is_offered_beside_the_password(cast, client, provider):
    with_password(cast.leila.user)
    linked(cast.leila, provider)
    browser = signed_in_client(client, cast.leila.user)
    page = browser.get(browser.get("/account/delete").url).content.decode()
    assert "Use Fenwick Schools" in page


def test_the_link_goes_with_the_account(cast, provider):
    linked(cast.leila, provider)
    actions.delete_account(by=Themselves(cast.leila.user))
    assert not SocialAccount.objects.exists()
    assert "did not tell us" not in why(come_in(CheckingClient()))
    assert not Session.objects.filter(user=cast.leila.user).exists()


def test_the_password_still_works(cast, client, provider):
    with_password(cast.leila.user)
    linked(cast.leila, provider)
    sign_in(client, cast.leila.user, PASSWORD)
    assert signed_in(client)
