"""Noting what was seen of children, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.core.rules.names import looks_like_data
from trellis.review.actions.holding import hold
from trellis.review.models import ChildVoice, ChildVoiceWithdrawal
from trellis.review.rules.rounds import why_not_add

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.review.models import Round, Statement


@transaction.atomic
def note_child_voice(*, round: Round, area: str, statement: Statement | None, seen: str, by: Acting) -> ChildVoice:
    """Note what was seen. Raises `Refused` when the round is finished, or when it holds one child’s data."""
    refuse(looks_like_data(seen, today=timezone.localdate()))
    hold(round, why_not_add)
    voice = ChildVoice.objects.create(round=round, area=area, statement=statement, seen=seen, by=by.user)
    record(by=by, verb="children.noted", subject=voice, change={"area": area})
    return voice


@transaction.atomic
def withdraw_child_voice(*, voice: ChildVoice, by: Acting) -> ChildVoiceWithdrawal:
    """Take an observation back, so that it is shown nowhere. Raises `Refused` when the round is finished."""
    hold(voice.round, why_not_add)
    withdrawal, new = ChildVoiceWithdrawal.objects.get_or_create(voice=voice, defaults={"by": by.user})
    if not new:
        raise Refused("This has been taken back already")
    record(by=by, verb="children.withdrawn", subject=voice)
    return withdrawal
