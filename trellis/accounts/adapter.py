"""How allauth, which signs people in, does it here. Everything it would say or write is said and written by us."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.urls import reverse
from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

from trellis.accounts import actions, known_devices, sessions, sign_on
from trellis.accounts.middleware import LOOKING
from trellis.accounts.models import User
from trellis.accounts.rules import normal_email
from trellis.accounts.second_step import BELONGS_TO, SET_UP_HERE
from trellis.accounts.wording import MISTAKES, NEWS
from trellis.core import mail
from trellis.core.middleware import caller_address
from trellis.core.secrets_at_rest import seal, unseal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in with e-mail address and password: no open sign-up, limits that lock nobody out, our words."""

    error_messages = DefaultAccountAdapter.error_messages | MISTAKES

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: accounts come by invitation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that called, as the audit knows it."""
        return caller_address(request) or "unknown"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a further guess, or count it; a right password gives its count back.

        See docs/decisions/0010-guessing-stops-and-nobody-is-locked-out.md.
        """
        email = normal_email(credentials.get("email", ""))
        device = known_devices.known_device(request, email)
        if device:
            limits = [("login_failed_known_device", f"{device}:{email}")]
        else:  # in this order: what one account refuses does not count against its address
            limits = [("login_failed", email), ("login_failed_address", "")]
        self._login_failed_rl_usage = ratelimit.RateLimitUsage(usage=[])
        for action, key in limits:
            usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if usage is None:
                raise self.validation_error("too_many_login_attempts")
            self._login_failed_rl_usage.usage.extend(usage.usage)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Keep in the audit that a sign-in failed, when there is such a person; in the log, that one failed."""
        user = User.objects.filter(email=normal_email(credentials.get("email", ""))).first()
        log.info("sign_in_failed", known=user is not None)
        if user:
            actions.note_failed_sign_in(user=user, step="password")

    @transaction.atomic
    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign somebody in who has taken every step."""
        super().login(request, user)
        request.session.pop(SET_UP_HERE, None)
        sessions.begin(request)
        steps = [str(each.get("type") or each["method"]) for each in get_authentication_records(request, user)]
        actions.note_sign_in(user=user, steps=steps)
        _link(request, user)

    def post_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponse:
        """Send them on, and let the browser be known as theirs from now on."""
        response = super().post_login(request, user, **how)
        known_devices.remember_device(request, response, user.email)
        return response

    def set_password(self, user: Any, password: str) -> None:
        """Give a person who followed the link in our e-mail a new password."""
        actions.set_password(user=user, password=password, was_forgotten=True)
        ratelimit.clear(self.request, app="allauth.account", action="login_failed", key=user.email)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Write to somebody who forgot their password."""
        mail.send(
            to=user,
            kind=mail.MailKind.ACCOUNT,
            subject="Choose a new password",
            reason="Somebody, probably you, asked for a new password for your account. The link works for one day.",
            link=context["password_reset_url"],
        )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words, or not at all."""
        sentence = message or NEWS.get(message_template or "", "")
        if sentence:
            messages.add_message(request, level, sentence, extra_tags=extra_tags)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether to ask for the password again: not when it was given a few minutes ago, at sign-in."""
        request = self.request
        records = get_authentication_records(request, request.user)
        return not records or time.time() - records[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to show that it is still them; with another provider too, when that opens their account."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and sign_on.linked_account(user):
            ways.append({"id": "sign_on_again", "description": "", "url": reverse("sign_on_again")})
        return ways


def _link(request: HttpRequest, user: User) -> None:
    """Link the account of a provider with which somebody has just come in for the first time, every step taken."""
    wanted = request.session.pop(sign_on.TO_LINK, None)
    if wanted and wanted["user"] == str(user.pk):
        with suppress(actions.Refused):
            actions.link_account(issuer=wanted["issuer"], subject=wanted["subject"], by=actions.Themselves(user))


class MFAAdapter(DefaultMFAAdapter):
    """The second step, in our words."""

    error_messages = DefaultMFAAdapter.error_messages | MISTAKES

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        """Whether a person has a second step to be asked for, or one of some kinds: not while they come in from a
        provider whose own second step counts here.

        allauth asks for each kind by itself, and again for the next part of a page. A page that is only looked at
        changes nothing of it, so it is read once.
        """
        request = context.request  # None in a command
        if request and not request.user.is_authenticated and sign_on.second_step_counted(request, user):
            return False
        if request is None or request.method not in LOOKING or user.is_anonymous:
            return bool(super().is_mfa_enabled(user, types))
        known: dict[Any, set[str]] = vars(request).setdefault("kinds_of_second_step", {})
        if user.pk not in known:
            known[user.pk] = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
        return bool(known[user.pk] if types is None else known[user.pk] & set(types))

    def encrypt(self, text: str) -> str:
        """A secret as it lies in the database."""
        return seal(text, belongs_to=BELONGS_TO)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret, to check a code with. Raises `CannotOpen`."""
        return unseal(encrypted_text, belongs_to=BELONGS_TO)

    def get_totp_issuer(self) -> str:
        """The name under which the code stands in the person’s app."""
        return settings.INSTALLATION_NAME

    def build_totp_svg(self, url: str) -> str:
        """The key as a picture to scan.

        Every mask can be read, and a screen has no torn corners: looking for the best of eight masks, with more
        to correct mistakes by, took longer than all the rest of the page.
        """
        code: Any = QRCode(error_correction=ERROR_CORRECT_L, mask_pattern=0)
        code.add_data(url, optimize=0)
        rows = code.get_matrix()
        dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, filled in enumerate(row) if filled)
        size = len(rows)
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{dark}"/></svg>'

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For whom a passkey is made: this host, under the installation’s name."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.INSTALLATION_NAME}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called when its owner gave it no name."""
        return "Passkey"
