"""What several papers of a review say in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trellis.core.dates import day
from trellis.core.documents import Document
from trellis.review.models import Part, RatingState
from trellis.review.rules.rounds import where_it_stands

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from trellis.core.documents import Block
    from trellis.review import framework as files
    from trellis.review.models import Round
    from trellis.review.reading import Card, RoundView

NOT_THE_OFFICIAL_FORM = (
    "These statements are our own wording. They are not an official form, and this is not an inspection."
)


class Asked(NamedTuple):
    """Somebody who took part in a review or was asked, and which of both."""

    name: str
    part: str


def paper(view: RoundView, title: str, blocks: Sequence[Block], on: date) -> Document:
    """A paper about one round: whose it is and of which period."""
    round = view.round
    return Document(
        title=title,
        subtitle=f"{round.organisation.name}, {round.period}",
        scope=round.organisation.name,
        on=on,
        blocks=blocks,
    )


def said(card: Card) -> str:
    """A statement with its code."""
    return f"{card.statement.code} {card.statement.text}"


def with_the_law(statement: files.Statement) -> str:
    """A statement with its code, and whether the law asks for it."""
    law = " (the law asks for this)" if statement.statutory else ""
    return f"{statement.code} {statement.text}{law}"


def standing_of(round: Round) -> str:
    """Whether a review is a draft, being discussed or agreed, when and by whom; on the screen and on paper."""
    by = round.agreed_by.name if round.agreed_by else ""
    return where_it_stands(label=round.get_status_display(), agreed_on=day(round.agreed_at), agreed_by=by)


def rating_words(card: Card) -> str:
    """A rating in words, with its reason and doubt."""
    words = card.level.label if card.level else RatingState(card.rating.state).label
    if card.rating.reason:
        words += f": {card.rating.reason}"
    return f"{words} (not sure)" if card.rating.unsure else words


def who_was_asked(people: Iterable[Asked], *, alone: bool, heard: str, most: int | None = None) -> str:
    """Who took part, who was asked and who else was `heard`, in a few sentences; where there is little room, the first
    `most` of them.
    """
    listed = list(people)
    asked = [person.name for person in listed if person.part == Part.WAS_ASKED]
    took_part = [] if alone else [person.name for person in listed if person.part != Part.WAS_ASKED]
    sentences = []
    if took_part:
        sentences.append(f"Took part: {_named(took_part, most)}.")
    if asked:
        sentences.append(f"Asked: {_named(asked, most)}.")
    elif not heard:
        sentences.append("Nobody else was noted as asked.")
    return " ".join([*sentences, heard]).strip()


def _named(names: Sequence[str], most: int | None) -> str:
    shown = names[:most]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
