"""Where in a round it reads as if one child were meant, in what is said now or was said earlier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from trellis.core.rules.names import looks_personal
from trellis.core.rules.taking_out import is_mark
from trellis.review.models import WRITTEN, ParentForm
from trellis.review.reading.said import ROUTES, Route, said_in

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from trellis.review.models import Round
    from trellis.review.models.words import Kept


@dataclass(frozen=True)
class Place:
    """One text: of which record, what a page calls it, where it is read; whether it is only an earlier version."""

    kind: str
    pk: UUID
    text: str
    name: str
    code: str
    page: str
    earlier: bool = False
    sentence: str = ""
    says: str = ""

    @property
    def where(self) -> str:
        """The place in words."""
        words = f"{self.code}, {self.name[:1].lower()}{self.name[1:]}" if self.code else self.name
        return f"{words}, in an earlier version" if self.earlier else words


def where_names_stand(round: Round, *, today: date) -> list[Place]:
    """Each text of a round that looks as if it were about one child, with why: one query, and one more about parents.

    No pattern of names reaches across a line, so all texts are looked at together first; mostly that is all.
    """
    rows = said_in(round)
    if looks_personal("\n".join(row.joined for row in rows), today=today) is None:
        return []
    named = [row for row in rows if looks_personal(row.joined, today=today)]
    if any(row.kind == "comment" for row in named):
        shown = _forms_that_show_comments(round, today)
        named = [row for row in named if row.kind != "comment" or row.owner in shown]
    found: dict[tuple[str, UUID, str], Place] = {}
    for row in named:
        for text, words in row.words.items():
            sentence = None if is_mark(words) else looks_personal(words, today=today)
            if sentence and (row.kind, row.pk, text) not in found:
                page = _page(round, ROUTES[row.kind], row.owner, row.code)
                name = WRITTEN[row.kind].texts[text]
                place = Place(row.kind, row.pk, text, name, row.code, page, row.earlier, sentence)
                found[row.kind, row.pk, text] = place
    return sorted(found.values(), key=lambda place: (place.code == "", place.code, place.name))


def _forms_that_show_comments(round: Round, today: date) -> set[UUID]:
    """What a parent added is read by nobody before its form is closed and enough have answered."""
    return {form.pk for form in ParentForm.objects.filter(round=round) if form.told(today).comments}


def _page(round: Round, route: Route, owner: UUID, code: str) -> str:
    if route.page == "voices":
        return reverse("voices", args=[round.pk]) + "#children"
    if route.page:
        return reverse(route.page, args=[owner])
    return reverse("show_statement", args=[round.pk, code]) if code else round.get_absolute_url()


def page_of(kind: str, written: Any) -> str:
    """Where a record is read."""
    route = ROUTES[kind]
    if kind == "rating":
        return reverse("show_statement", args=[written.round_id, written.statement.code])
    return _page(getattr(written, "round", written), route, getattr(written, route.owner), "")


def words_to_take_out(kind: str, written: Any) -> list[Place]:
    """The texts of one record that say something, or have said it: what a manager can take out. One query a history."""
    texts, kept = WRITTEN[kind].texts, WRITTEN[kind].kept
    now = {text: words for text in texts if (words := getattr(written, text)) and not is_mark(words)}
    before = _said_before([kept[text] for text in texts if text in kept and text not in now], written.pk)
    return [
        Place(kind, written.pk, text, name, "", "", earlier=text not in now, says=now.get(text, ""))
        for text, name in texts.items()
        if text in now or kept.get(text) in before
    ]


def _said_before(kept: list[Kept], pk: UUID) -> set[Kept]:
    """In which of these columns of a record’s history anything is said. One query a table."""
    found: set[Kept] = set()
    for model, of in dict.fromkeys((each.model, each.of) for each in kept):
        columns = [each for each in kept if each.model is model]
        for row in model.objects.filter(**{of: pk}).order_by().values_list(*(each.column for each in columns)):
            found |= {each for each, words in zip(columns, row, strict=True) if words and not is_mark(words)}
    return found
