"""Single sign-on: a person shows with an account of another provider (OpenID Connect) who they are.

allauth asks the provider; what it answers is checked here, more strictly than allauth does: its signature even when
it came over TLS, that it answers this very question (nonce), and its time. Whom it opens the door for is decided in
`views/sign_on.py`. See docs/decisions/0173-single-sign-on-opens-accounts-and-makes-none.md.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

import jwt
import structlog
from allauth.account.authentication import get_authentication_records
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from requests import RequestException

from trellis.accounts.models import User
from trellis.accounts.rules import normal_email, says_second_step

if TYPE_CHECKING:
    from django.http import HttpRequest

    from trellis.environment import SignOn

log = structlog.get_logger(__name__)

METHOD = "sign_on"
SIGNED_ON, TO_LINK, NEWCOMER = "signed_on", "sign_on_to_link", "sign_on_newcomer"
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
CLOCKS_DIFFER = 60  # seconds
SHOWN_LATELY = 5 * 60  # seconds within which somebody has to have shown the provider who they are, when asked again
REMEMBER = 10 * 60  # seconds for which it is known where the provider is asked
LONGEST_SUBJECT = 191

TOO_LATE = "That took too long, or it began in another browser. Try again"
NOT_RIGHT = "What the other account told us could not be trusted. Try again, or sign in another way"
NOT_THERE = "The other account cannot be reached at the moment. Try again later, or sign in another way"
ANOTHER = "Your account here is linked with another account there. Sign in with that one, or with your password"
CALLED_OFF = "You did not sign in there. Try again, or sign in another way"


class NotSignedOn(Exception):
    """Nobody was shown to be there; the message says it to the person."""


def the_provider() -> SignOn:
    """The provider of this installation, where a page has made sure that there is one."""
    chosen = settings.SINGLE_SIGN_ON
    if chosen is None:
        raise ImproperlyConfigured("There is no provider of single sign-on")
    return chosen


class Providers(DefaultSocialAccountAdapter):
    """Where allauth finds the provider: in the settings, and nowhere else."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> OpenIDConnectProvider:
        """The provider of this installation."""
        chosen = the_provider()
        app = SocialApp(
            provider="openid_connect",
            provider_id=chosen.issuer,
            name=chosen.name,
            client_id=chosen.client_id,
            secret=chosen.secret,
            settings={"server_url": chosen.issuer.rstrip("/")},
        )
        return OpenIDConnectProvider(request, app=app)


class Asking(OpenIDConnectOAuth2Adapter):
    """How the provider is asked: where it says that it is asked, and with the way back to us."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Where the provider is asked; it has to be the one that was meant."""
        issuer = the_provider().issuer
        key = f"sign-on-{sha256(issuer.encode()).hexdigest()}"
        found: dict[str, Any] | None = cache.get(key)
        if found is None:
            found = dict(super().openid_config)
            if found.get("issuer") != issuer:
                raise OAuth2Error("Another provider answers there")
            cache.set(key, found, REMEMBER)
        return found

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider leads back to."""
        return request.build_absolute_uri(reverse("sign_on_back"))


@dataclass(frozen=True)
class Identity:
    """Who the provider says that somebody is."""

    issuer: str
    subject: str
    email: str
    email_is_theirs: bool
    name: str
    second_step: bool
    shown_at: float | None
    goodbye: str


def begin(
    request: HttpRequest, *, purpose: str, next_url: str = "", shared_device: bool = False, afresh: bool = False
) -> str:
    """The address of the provider to go to. It answers at `sign_on_back`. Raises `NotSignedOn`.

    `afresh` asks the provider to let people show again who they are, whoever signed in there last.
    """
    asking, app = _asking(request)
    pkce = generate_code_challenge()
    state = {
        "purpose": purpose,
        "next": next_url,
        "shared_device": shared_device,
        "verifier": pkce.pop("code_verifier"),
        "nonce": token_urlsafe(32),
        "user": str(request.user.pk or ""),
        "afresh": afresh,
    }
    extra = {
        "nonce": state["nonce"],
        "code_challenge": pkce["code_challenge"].decode(),
        "code_challenge_method": "S256",
    }
    if afresh:
        extra |= {"prompt": "login", "max_age": "0"}
    try:
        client = asking.get_client(request, app)
        address = asking.authorize_url
    except (OAuth2Error, RequestException, KeyError, ValueError) as error:
        log.warning("sign_on_provider_not_there", error=type(error).__name__)
        raise NotSignedOn(NOT_THERE) from error
    client.state = statekit.stash_state(request, provider_id=app.provider_id, state=state)
    return str(client.get_redirect_url(address, ["openid", "email", "profile"], extra))


def finish(request: HttpRequest) -> tuple[Identity, dict[str, Any]]:
    """Who came back from the provider, and what it was asked for. Raises `NotSignedOn`."""
    asking, app = _asking(request)
    state = statekit.unstash_state(request, state_id=request.GET.get("state", ""), provider_id=app.provider_id)
    if state is None:
        raise NotSignedOn(TOO_LATE)
    if "code" not in request.GET:
        raise NotSignedOn(CALLED_OFF)
    try:
        answer = asking.get_access_token_data(
            request, app, asking.get_client(request, app), pkce_code_verifier=state["verifier"]
        )
        claims = _claims(asking, app, answer["id_token"], state["nonce"])
        if "email" not in claims:
            claims = _with_address(asking, claims, answer["access_token"])
    except RequestException as error:
        log.warning("sign_on_provider_not_there", error=type(error).__name__)
        raise NotSignedOn(NOT_THERE) from error
    except (OAuth2Error, jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        log.warning("sign_on_not_trusted", error=type(error).__name__)
        raise NotSignedOn(NOT_RIGHT) from error
    found = _identity(claims, str(asking.openid_config.get("end_session_endpoint", "")))
    if state["afresh"] and found.shown_at is not None and time.time() - found.shown_at > SHOWN_LATELY:
        raise NotSignedOn(NOT_RIGHT)
    return found, state


def _asking(request: HttpRequest) -> tuple[Asking, SocialApp]:
    asking = Asking(request, the_provider().issuer)
    app: SocialApp = asking.get_provider().app  # type: ignore[no-untyped-call]
    return asking, app


def _claims(asking: Asking, app: SocialApp, id_token: str, nonce: str) -> dict[str, Any]:
    """What the provider says in its token, when it is whole, of now, for us, and the answer to what we asked."""
    algorithm, key = jwtkit.fetch_key(id_token, asking.openid_config["jwks_uri"], jwtkit.lookup_kid_jwk)  # type: ignore[no-untyped-call]
    if algorithm not in ALGORITHMS:
        raise OAuth2Error("An algorithm that proves nothing")
    claims: dict[str, Any] = jwt.decode(
        id_token,
        key,
        algorithms=[algorithm],
        audience=app.client_id,
        issuer=the_provider().issuer,
        leeway=CLOCKS_DIFFER,
        options={"require": ["exp", "iat", "aud", "iss", "sub"]},
    )
    if not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise OAuth2Error("The answer to another question")
    if claims.get("azp", app.client_id) != app.client_id:
        raise OAuth2Error("Meant for somebody else")
    if not 0 < len(str(claims["sub"])) <= LONGEST_SUBJECT:
        raise OAuth2Error("Nobody, or a name too long to keep")
    return claims


def _with_address(asking: Asking, claims: dict[str, Any], access_token: str) -> dict[str, Any]:
    """The same with what the provider tells elsewhere of the same person: some do not put the address in the token."""
    if "userinfo_endpoint" not in asking.openid_config:
        return claims
    more = asking._fetch_user_info(access_token)
    if more.get("sub") != claims["sub"]:
        raise OAuth2Error("Somebody else")
    return {name: more[name] for name in ("email", "email_verified", "name") if name in more} | claims


def _identity(claims: dict[str, Any], goodbye: str) -> Identity:
    amr, acr = claims.get("amr"), claims.get("acr")
    said = [*(amr if isinstance(amr, list) else [amr]), acr]
    shown_at = claims.get("auth_time")
    return Identity(
        issuer=the_provider().issuer,
        subject=str(claims["sub"]),
        email=normal_email(str(claims.get("email", ""))),
        email_is_theirs=claims.get("email_verified") in (True, "true"),
        name=str(claims.get("name", ""))[:150],
        second_step=says_second_step(said, counts=the_provider().second_step),
        shown_at=float(shown_at) if isinstance(shown_at, int | float) else None,
        goodbye=goodbye if goodbye.startswith(("https://", "http://127.0.0.1")) else "",
    )


def person_of(identity: Identity) -> User | None:
    """Whose account it is: whoever is linked to it, else whoever has the address that is theirs there.

    Raises `NotSignedOn` when the account with that address is linked with somebody else there.
    """
    linked = SocialAccount.objects.filter(provider=identity.issuer, uid=identity.subject).select_related("user").first()
    if linked:
        return linked.user
    if not identity.email_is_theirs or not identity.email:
        return None
    found = User.objects.filter(email=identity.email).first()
    if found and linked_account(found):  # an address there can pass on to somebody else; what it calls people cannot
        raise NotSignedOn(ANOTHER)
    return found


def linked_account(user: User) -> SocialAccount | None:
    """The account of the provider that is linked to a person’s, if there is one."""
    chosen: SignOn | None = settings.SINGLE_SIGN_ON
    return SocialAccount.objects.filter(user_id=user.pk, provider=chosen.issuer).first() if chosen else None


def newcomer(request: HttpRequest) -> Identity | None:
    """Who came from the provider in this browser and has no account here, within the last half hour."""
    kept = request.session.get(NEWCOMER)
    if not kept or time.time() - kept["at"] > 30 * 60:
        return None
    return Identity(**kept["identity"])


def keep_newcomer(request: HttpRequest, identity: Identity, *, shared_device: bool) -> None:
    """Keep in the session who came, so that an invitation to the same address can let them in."""
    request.session[NEWCOMER] = {"identity": asdict(identity), "at": time.time(), "shared_device": shared_device}


def shown_lately(request: Any) -> bool:
    """Whether somebody without a password has shown again a moment ago who they are."""
    records = [each for each in get_authentication_records(request, request.user) if each.get("reauthenticated")]
    return bool(records) and time.time() - records[-1]["at"] < SHOWN_LATELY


def second_step_counted(request: HttpRequest, user: Any) -> bool:
    """Whether the provider asked somebody who comes in for a second step that counts here."""
    records = get_authentication_records(request, user)
    return any((each.get("method"), each.get("type")) == ("mfa", METHOD) for each in records)
