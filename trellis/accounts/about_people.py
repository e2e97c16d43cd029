"""What is kept about a person’s account."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from trellis.accounts.models import Session, User
from trellis.accounts.rules import browser_in_words
from trellis.accounts.second_step import NAMES
from trellis.core.personal import left_out, told

told(
    "profile",
    "Your account",
    User,
    "pk",
    says={
        "Name": "name",
        "E-mail address": "email",
        "E-mail address you are changing to": "new_email",
        "Since": "joined_at",
        "Last signed in": "last_login",
    },
    newest="joined_at",
    first=True,
)
told(
    "sessions",
    "Where you are signed in",
    Session,
    "user",
    says={
        "Signed in": "since",
        "Last used": "seen_at",
        "Browser": "browser",
        "Network address": "address",
        "Shared device": "shared_device",
    },
    newest="seen_at",
    put={"Browser": browser_in_words},
)
told(
    "second_steps",
    "Your second steps of signing in",
    Authenticator,
    "user",
    says={"Set up": "created_at", "What": "type", "Last used": "last_used_at"},
    newest="created_at",
    put={"What": lambda kind: NAMES.get(kind, str(kind))},
)
told(
    "sign_on",
    "Accounts of other providers that open yours",
    SocialAccount,
    "user",
    says={"Linked": "date_joined", "Provider": "provider", "What it calls you": "uid"},
    newest="date_joined",
)
left_out(EmailAddress, "user", because="a list of addresses that allauth brings and that stays empty here")
