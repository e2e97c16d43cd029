"""What changes in people’s accounts. Each change and its audit event are written together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.db import transaction
from django.urls import reverse

from trellis.accounts.acting import Themselves
from trellis.accounts.models import Session, User
from trellis.accounts.rules import normal_email, why_not_change_email
from trellis.accounts.second_step import BELONGS_TO, CODES, NAMES, SECRETS, kinds_by_key
from trellis.core import mail
from trellis.core.audit import System, in_several_chains, record
from trellis.core.personal import forgot_password
from trellis.core.refusal import Refused, refuse
from trellis.core.secrets_at_rest import CannotOpen, is_of_today, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trellis.core.audit import Actor

A_DAY = 24 * 60 * 60


@transaction.atomic
def create_person(*, name: str, email: str, password: str | None) -> User:
    """A new person who can sign in with this password.

    They come by invitation or as the first person of an installation: the caller saw to that. Without a password
    they come in by single sign-on alone. Raises `ValidationError` when the password will not do, `IntegrityError`
    when the address has an account.
    """
    user = User(name=name.strip(), email=normal_email(email))
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    record(by=Themselves(user), verb="person.joined", subject=user)
    return user


@transaction.atomic
def note_sign_in(*, user: User, steps: Sequence[str]) -> None:
    """Somebody signed in with these steps (“password”, “totp”, “webauthn”, “recovery_codes”)."""
    record(by=Themselves(user), verb="person.signed_in", subject=user, change={"with": list(steps)})


@transaction.atomic
def note_failed_sign_in(*, user: User, step: str) -> None:
    """Somebody who may not be them gave a wrong password or code for this person. What they gave is not kept."""
    nobody = System("Somebody signing in", acting_as="", organisation_id=user.pk)
    record(by=nobody, verb="person.sign_in_failed", subject=user, change={"at": step})


@in_several_chains()
def set_password(*, user: User, password: str, was_forgotten: bool, keep_session: str | None = None) -> None:
    """Give a person a new password; every browser but `keep_session` (its key) has to sign in again.

    When the old one was forgotten, programs that act for them end with it.
    """
    user.set_password(password)
    user.save(update_fields=["password"])
    user.sessions.exclude(session_key=keep_session or "").delete()
    tell(user, "Your password was changed", "The password of your account was changed.")
    verb = "person.password_reset" if was_forgotten else "person.password_changed"
    record(by=Themselves(user), verb=verb, subject=user)
    if was_forgotten:
        forgot_password(user, Themselves(user))


@transaction.atomic
def note_second_steps(*, before: Mapping[int, str], after: Mapping[int, str], by: Themselves) -> None:
    """A person’s second steps went from `before` to `after`, each a key of a second step with its kind."""
    added = [NAMES[after[key]] for key in sorted(after.keys() - before.keys())]
    removed = [NAMES[before[key]] for key in sorted(before.keys() - after.keys())]
    tell(by.user, "Your second step was changed", "The second step of signing in to your account was changed.")
    record(by=by, verb="person.second_step_changed", subject=by.user, change={"added": added, "removed": removed})


@transaction.atomic
def reset_second_step(*, user: User, by: Actor) -> int:
    """Take every second step away from somebody who lost theirs, and sign them out everywhere.

    They set up a new one when they sign in. Whoever asks for this has made sure that it is them. Returns how many
    were taken away.
    """
    kinds = sorted(kinds_by_key(user).values())
    taken, _ = Authenticator.objects.filter(user_id=user.pk).delete()
    user.sessions.all().delete()
    tell(user, "Your second step was taken away", "The second step of signing in to your account was taken away.")
    change = {"added": [], "removed": [NAMES[kind] for kind in kinds]}
    record(by=by, verb="person.second_step_changed", subject=user, change=change, organisation_id=user.pk)
    return taken


@dataclass
class Resealed:
    """What came of closing the secrets of second steps anew: how many, and whose do not open."""

    resealed: int = 0
    of_today: int = 0
    do_not_open: list[User] = field(default_factory=list)


@transaction.atomic
def reseal_second_steps() -> Resealed:
    """Close the secrets of all second steps with the key of today. For their owners nothing changes: no event."""
    done, lost = Resealed(), set()
    for row in Authenticator.objects.filter(type__in=CODES).iterator(chunk_size=500):
        kept = {name: row.data[name] for name in SECRETS if name in row.data}
        if all(is_of_today(secret) for secret in kept.values()):
            done.of_today += 1
            continue
        try:
            opened = {name: unseal(secret, belongs_to=BELONGS_TO) for name, secret in kept.items()}
        except CannotOpen:
            lost.add(row.user_id)
            continue
        row.data |= {name: seal(secret, belongs_to=BELONGS_TO) for name, secret in opened.items()}
        row.save(update_fields=["data"])
        done.resealed += 1
    done.do_not_open = list(User.objects.filter(pk__in=lost).order_by("email"))
    return done


@transaction.atomic
def change_name(*, name: str, by: Themselves) -> User:
    """A person gives another full name for themselves."""
    user, old = by.user, by.user.name
    user.name = name.strip()
    user.save(update_fields=["name"])
    record(by=by, verb="person.name_changed", subject=user, change={"name": [old, user.name]})
    return user


@transaction.atomic
def ask_to_change_email(*, email: str, by: Themselves) -> None:
    """Write to the new address, which becomes theirs when they open the link. Raises `Refused`.

    An address that somebody else uses gets no e-mail, and the person is told the same: nobody can find out
    here who has an account.
    """
    user, wanted = by.user, normal_email(email)
    refuse(why_not_change_email(current=user.email, wanted=wanted))
    user.new_email = wanted
    user.save(update_fields=["new_email"])
    record(by=by, verb="person.email_change_asked", subject=user)
    if not User.objects.filter(email=wanted).exists():
        mail.send(
            to=wanted,
            kind=mail.MailKind.ACCOUNT,
            subject="Confirm your new e-mail address",
            reason="You asked to use this e-mail address for your account. The link works for one day.",
            link=reverse("confirm_email", args=[email_token(user)]),
        )


@transaction.atomic
def change_email(*, token: str, by: Themselves) -> User:
    """The new address answered: it is theirs from now on. Raises `Refused` when the link is not for it (any more)."""
    user = by.user
    taken = User.objects.filter(email=user.new_email).exists()
    if not user.new_email or taken or not email_token_holds(user, token):
        raise Refused("This link does not work any more. Ask for a new one.")
    tell(user, "Your e-mail address was changed", "Your account now uses another e-mail address.")
    old, user.email, user.new_email = user.email, user.new_email, ""
    user.save(update_fields=["email", "new_email"])
    record(by=by, verb="person.email_changed", subject=user, change={"email": [old, user.email]})
    return user


def email_token(user: User) -> str:
    """What proves that the new address answered; it holds no address."""
    return signing.dumps(user.pk.hex, salt=_email_salt(user))


def email_token_holds(user: User, token: str) -> bool:
    """Whether the token is for this change of this person’s address, and not older than a day."""
    try:
        return bool(signing.loads(token, salt=_email_salt(user), max_age=A_DAY) == user.pk.hex)
    except signing.BadSignature:
        return False


def _email_salt(user: User) -> str:
    return f"change-email:{user.email}:{user.new_email}"


@transaction.atomic
def end_session(*, session: Session, by: Themselves) -> None:
    """End one of the person’s own sessions: its browser has to sign in again."""
    session.delete()
    record(by=by, verb="person.session_ended", subject=by.user, change={"sessions": 1})


@transaction.atomic
def end_other_sessions(*, keep: str, by: Themselves) -> int:
    """End every session of the person but the one with this key. Returns how many ended."""
    others = Session.objects.of(by.user).exclude(session_key=keep)
    ended, _ = others.delete()
    record(by=by, verb="person.session_ended", subject=by.user, change={"sessions": ended})
    return ended


def tell(user: User, subject: str, what: str) -> None:
    """Write to a person about their own account, at the address they have now."""
    mail.send(
        to=user,
        kind=mail.MailKind.ACCOUNT,
        subject=subject,
        reason=f"{what} If this was not you, choose a new password now.",
        link=reverse("account_reset_password"),
    )
