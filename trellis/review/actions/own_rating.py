"""Rating alone, choosing whether one’s name is shown, and writing down what the team agreed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import refuse
from trellis.review.actions.holding import hold
from trellis.review.actions.ratings import Answer, rate
from trellis.review.models import (
    Agreement,
    Level,
    NameChoice,
    OwnRating,
    OwnRatingChange,
    Part,
    Rating,
    RatingState,
    RoundPerson,
)
from trellis.review.rules.voices import why_not_agree, why_not_choose_name, why_not_rate_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.accounts.acting import Acting
    from trellis.review.models import Round, Statement


@dataclass(frozen=True)
class OwnAnswer:
    """What a person says alone."""

    state: str
    level: Level | None = None
    unsure: bool = False
    note: str = ""


class OwnStale(Exception):
    """The same person changed this in another window; `current` is what it is now."""

    def __init__(self, current: OwnRating) -> None:
        """Keep what it is now, for the page to show both."""
        super().__init__("You changed this in another window meanwhile")
        self.current = current


@transaction.atomic
def rate_alone(*, round: Round, statement: Statement, answer: OwnAnswer, version: int, by: Acting) -> OwnRating | None:
    """Write what a person says alone over version `version` of it (0: nothing yet), keeping the old one.

    Returns it as it now is, None when nothing was said. Raises `OwnStale` when it is past that version, and `Refused`
    once the talk has begun. The audit says once for a round that somebody rated alone, and neither what nor of which
    statement: whoever reads it could tell by that who said what.
    """
    refuse(why_not_rate_alone(status=round.status))
    own = OwnRating.objects.filter(round=round, statement=statement, user=by.user).select_related("level").first()
    values: dict[str, Any] = {name: getattr(answer, name) for name in ("state", "level", "unsure", "note")}
    if own is None and answer == OwnAnswer(RatingState.NOT_DISCUSSED):
        return None
    if own and answer == OwnAnswer(own.state, own.level, own.unsure, own.note):
        return own
    hold(round, why_not_rate_alone)
    if (own.version if own else 0) != version:
        raise OwnStale(own or _now(round, statement, by))
    now = timezone.now()
    own = _changed(own, values, now) if own else _first(round, statement, values, now, by)
    OwnRatingChange.objects.create(rating=own, version=own.version, at=now, **values)
    if OwnRating.objects.filter(round=round, user=by.user).count() == 1 and own.version == 1:
        takes_part = {"name": by.user.name, "part": Part.TAKES_PART}
        RoundPerson.objects.get_or_create(round=round, user=by.user, defaults=takes_part)
        record(by=by, verb="round.rated_alone", subject=round)
    return own


def _now(round: Round, statement: Statement, by: Acting) -> OwnRating:
    return OwnRating.objects.select_related("level").get(round=round, statement=statement, user=by.user)


def _first(round: Round, statement: Statement, values: dict[str, Any], now: Any, by: Acting) -> OwnRating:
    try:
        with transaction.atomic():
            return OwnRating.objects.create(
                round=round, statement=statement, user=by.user, version=1, changed_at=now, **values
            )
    except IntegrityError:
        raise OwnStale(_now(round, statement, by)) from None


def _changed(own: OwnRating, values: dict[str, Any], now: Any) -> OwnRating:
    changes = values | {"version": own.version + 1, "changed_at": now}
    if not OwnRating.objects.filter(pk=own.pk, version=own.version).update(**changes):
        raise OwnStale(OwnRating.objects.select_related("level").get(pk=own.pk))
    for name, value in changes.items():
        setattr(own, name, value)
    return own


@transaction.atomic
def choose_name(*, round: Round, shows_name: bool, by: Acting) -> NameChoice:
    """Choose whether one’s name stands beside what one said alone. Raises `Refused` when the round is agreed."""
    hold(round, why_not_choose_name)
    choice, _new = NameChoice.objects.update_or_create(
        round=round, user=by.user, defaults={"shows_name": shows_name, "changed_at": timezone.now()}
    )
    record(by=by, verb="round.name_shown" if shows_name else "round.name_hidden", subject=round)
    return choice


@transaction.atomic
def agree(*, rating: Rating, answer: Answer, version: int, people: Sequence[RoundPerson], by: Acting) -> Agreement:
    """Write down what the team agreed of a statement, and who was in it.

    The rating itself is written by `rate`, with the same `Stale` and `Refused`.
    """
    hold(rating.round, partial(why_not_agree, people=len(people)))
    rating = rate(rating=rating, answer=answer, version=version, by=by)
    agreement = Agreement.objects.create(rating=rating, version=rating.version, by=by.user)
    agreement.people.set(people)
    change = {"statement": rating.statement.code, "version": rating.version, "people": len(people)}
    record(by=by, verb="rating.agreed", subject=rating, change=change)
    return agreement
