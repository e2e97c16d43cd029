"""Making and ending tokens; remembering what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.api.models import Reply, Token, new_secret
from trellis.api.rules import KEEP_REPLIES, Scope, why_not_token
from trellis.core.audit import record
from trellis.core.refusal import refuse
from trellis.core.tokens import token_hash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.core.personal import Leaver, Person


@transaction.atomic
def make_token(*, name: str, scopes: Sequence[str], expires_on: date, by: Acting) -> tuple[Token, str]:
    """Let a program act for the person in this organisation until a day. Returns the token and its secret, which is
    told this once. Raises `Refused` with the reason.
    """
    chosen = sorted({Scope(scope).value for scope in scopes})
    refuse(why_not_token(expires_on=expires_on, today=timezone.localdate(), scopes=chosen))
    secret = new_secret()
    token = Token.objects.create(
        membership_id=by.membership_id, name=name, scopes=chosen, secret_hash=token_hash(secret), expires_on=expires_on
    )
    record(by=by, verb="token.made", subject=token, change={"scopes": chosen, "expires_on": expires_on})
    return token, secret


@transaction.atomic
def end_token(*, token: Token, by: Acting) -> Token:
    """End a token at once, one’s own or that of a colleague for whom one answers; ending it again changes nothing."""
    now = timezone.now()
    if Token.objects.filter(pk=token.pk, ended_at=None).update(ended_at=now, ended_by=by.user):
        record(by=by, verb="token.ended", subject=token)
    token.refresh_from_db()
    return token


@transaction.atomic
def end_tokens_of(leaver: Leaver, by: Actor) -> None:
    """End every token of somebody who deletes their account."""
    _end_all(leaver.user_id, by)


@transaction.atomic
def end_tokens_with_password(person: Person, by: Actor) -> None:
    """End every token of somebody who replaces a password that they forgot: whoever knew it may have made one."""
    _end_all(person.pk, by)


def _end_all(user_id: UUID, by: Actor) -> None:
    for token in Token.objects.filter(membership__user=user_id, ended_at=None).select_related("membership"):
        token.ended_at, token.ended_by_id = timezone.now(), user_id
        token.save(update_fields=["ended_at", "ended_by"])
        record(by=by, verb="token.ended", subject=token, organisation_id=token.membership.organisation_id)


def note_use(*, token: Token, on: date) -> None:
    """Remember on which day a token was last used, for its owner to see: one write a day."""
    if token.last_used_on != on:
        Token.objects.filter(pk=token.pk).update(last_used_on=on)


def remember_reply(*, token: Token, key: str, asked: str, location: str) -> Reply:
    """Remember what a request was answered, in the transaction of its change: whoever asks twice at the same time
    fails on the constraint, with everything else they did. What is no longer answered again makes room.
    """
    Reply.objects.filter(token=token, key=key, at__lte=timezone.now() - KEEP_REPLIES).delete()
    return Reply.objects.create(token=token, key=key, asked=asked, location=location)
