"""A setting’s own review beside what was told of settings like it: only for one that is counted itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trellis.core.rules.small_numbers import NOT_TOLD
from trellis.review.models import PooledCount, ReleasedRating
from trellis.review.picture import AUDIENCES, figure_words, kind_words, place_words
from trellis.review.reading import outline_round
from trellis.review.rules.periods import count_day, period_words
from trellis.review.rules.pooled import counted_in_parts, figures_in, kind_and_size, names_in, parts_around

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.core.rules.small_numbers import Figure
    from trellis.review.models import Round
    from trellis.review.reading import AreaView, Card, RoundView
    from trellis.review.rules.pooled import Content


@dataclass(frozen=True)
class SimilarLine:
    """A statement: how it stands here, how many settings like this one want to develop it, and how many of all."""

    card: Card
    like: str
    every: str


@dataclass(frozen=True)
class Similar:
    """A review beside the settings that were counted with it."""

    view: RoundView
    period: str
    group: str
    every: str
    areas: list[tuple[AreaView, list[SimilarLine]]]

    @property
    def has_group(self) -> bool:
        """Whether there is a smaller group than all."""
        return bool(self.group)


@dataclass(frozen=True)
class NotYet:
    """There is nothing to compare with: the review was not released to be counted, or its count is still to come."""

    counted_on: date | None = None


def similar_to(round: Round, acting: Acting) -> Similar | NotYet:
    """A round beside what was told when it was counted: four queries."""
    row = ReleasedRating.objects.filter(release__round=round).order_by("-current", "-release__released_at").first()
    if row is None:
        return NotYet()
    counts = PooledCount.objects.visible_to(acting).filter(period_key=row.period_key, audience=row.audience)
    count = counts.filter(authority=row.authority_id, framework=row.framework_id).first()
    if count is None:
        return NotYet(count_day(row.period_key))
    content: Content = count.content
    around = parts_around(content, kind_and_size(row.setting_kind, row.size), row.place)
    view, like = outline_round(round), around[-1]
    here, everywhere = figures_in(content, [like]), figures_in(content, [0])
    areas = [(area, [_line(card, here, everywhere) for card in area.cards]) for area in view.areas]
    group = _group(content, like) if like else ""
    every = f"{AUDIENCES[row.audience]}: {counted_in_parts(content, [0])} counted"
    return Similar(view, period_words(row.period_key), group, every, areas)


def _line(card: Card, *figures: Mapping[str, Figure]) -> SimilarLine:
    return SimilarLine(card, *(figure_words(each.get(card.statement.code, NOT_TOLD)) for each in figures))


def _group(content: Content, at: int) -> str:
    """The settings like this one, in words."""
    part, words = content["parts"][at], []
    if len(part["kinds"]) < len(names_in(content["kinds"])):
        words.append(kind_words(part["kinds"]))
    if len(part["places"]) < len(names_in(content["places"])):
        words.append(place_words(part["places"]))
    return f"{', '.join(words)}: {part['counted']} counted"
