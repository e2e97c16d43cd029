"""Where in a round it reads as if one child were meant, in what is said now or was said earlier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from trellis.core.rules.taking_out import is_mark
from trellis.review.models import WRITTEN, ParentForm
from trellis.review.reading.said import ROUTES, Route, said_in
from trellis.review.rules.names import looks_personal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from trellis.review.models import Round


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
        shown = _forms_that_show_answers(round, today)
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


def _forms_that_show_answers(round: Round, today: date) -> set[UUID]:
    """What a parent added is read by nobody before its form is closed and enough have answered."""
    return {form.pk for form in ParentForm.objects.filter(round=round) if form.told(today).answers}


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
    found = []
    for text, name in WRITTEN[kind].texts.items():
        now, kept = getattr(written, text), WRITTEN[kind].kept.get(text)
        said = bool(now) and not is_mark(now)
        earlier = kept.model.objects.filter(**{kept.of: written.pk}) if kept and not said else None
        before = earlier is not None and any(
            each and not is_mark(each)
            for each in earlier.values_list(kept.column, flat=True)  # type: ignore[union-attr]
        )
        if said or before:
            found.append(Place(kind, written.pk, text, name, "", "", earlier=not said, says=now if said else ""))
    return found
