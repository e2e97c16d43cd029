"""Holding a round as it stands while something is written in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.db.models import F

from trellis.core.refusal import refuse
from trellis.review.models import Round, RoundStatus

if TYPE_CHECKING:

    class WhyNot(Protocol):
        """A rule of `rules.rounds`: why something cannot be done in a round of this status."""

        def __call__(self, *, status: str) -> str | None:
            """The sentence, or None to go ahead."""


def hold(round: Round, why_not: WhyNot) -> None:
    """Let nobody move a round on until this transaction ends. Raises `Refused` when the rule says no by now.

    The row of the round is written as it is, so that whoever moves it waits, and whoever writes in it waits for
    them: a round is never agreed with something written in it afterwards. It is held before any other row. Ratings,
    which are saved most often, need no statement of their own for it: see `Rating.frozen`.
    """
    refuse(why_not(status=round.status))
    fitting = [status for status in RoundStatus.values if why_not(status=status) is None]
    if not Round.objects.filter(pk=round.pk, status__in=fitting).update(status=F("status")):
        round.refresh_from_db(fields=["status"])
        refuse(why_not(status=round.status))
