"""Where in a round it reads as if one child were meant, in what is said now or was said earlier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from trellis.core.rules.taking_out import is_mark
from trellis.review.models import WRITTEN, ParentForm
from trellis.review.rules.names import looks_personal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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


@dataclass(frozen=True)
class _Route:
    """How a kind of record hangs on a round: the way to it, to the statement it is about, and to what has its page."""

    round: str
    code: str = ""
    owner: str = "pk"
    page: str = ""


ROUTES = {
    "rating": _Route("round", "statement__code"),
    "action": _Route("rounds", "statement__code", "pk", "show_action"),
    "step": _Route("action__rounds", "action__statement__code", "action_id", "show_action"),
    "evidence": _Route("uses__rating__round", page="show_evidence"),
    "file": _Route("evidence__uses__rating__round", owner="evidence_id", page="show_evidence"),
    "review": _Route("pk"),
    "move": _Route("round"),
    "person": _Route("round"),
    "question": _Route("round"),
    "child": _Route("round", page="voices"),
    "comment": _Route("form__round", owner="form_id", page="parent_form"),
}


def where_names_stand(round: Round, *, today: date) -> list[Place]:
    """Each text of a round that looks as if it were about one child, with why: some fifteen queries, whatever its size."""
    found: dict[tuple[str, UUID, str], Place] = {}
    for place, words in _texts(round, today):
        sentence = "" if is_mark(words) else looks_personal(words, today=today)
        if sentence:
            found.setdefault((place.kind, place.pk, place.text), Place(**{**vars(place), "sentence": sentence}))
    return sorted(found.values(), key=lambda place: (place.code == "", place.code, place.name))


def _texts(round: Round, today: date) -> Iterator[tuple[Place, str]]:
    """Every text of a round, what is said now before what was said earlier."""
    for kind, written in WRITTEN.items():
        route, names = ROUTES[kind], list(written.texts)
        columns = ["pk", route.owner, *([route.code] if route.code else [])]
        rows = written.model.objects.filter(**{route.round: round.pk}).distinct()
        if kind == "person":
            rows = rows.filter(user=None)
        if kind == "comment":
            rows = rows.filter(form__in=_forms_that_show_comments(round, today))
        places: dict[Any, list[Any]] = {}
        for pk, owner, *rest in rows.values_list(*columns, *names):
            code, words = (rest[0], rest[1:]) if route.code else ("", rest)
            places[pk] = [code, _page(round, route, owner, code)]
            yield from _named(kind, pk, places[pk], zip(names, words, strict=True), earlier=False)
        for text, kept in written.kept.items():
            earlier = kept.model.objects.filter(**{f"{kept.of}__in": list(places)})
            for pk, words in earlier.values_list(f"{kept.of}_id", kept.column):
                yield from _named(kind, pk, places[pk], [(text, words)], earlier=True)


def _named(
    kind: str, pk: UUID, place: list[Any], texts: Iterable[tuple[str, str]], *, earlier: bool
) -> Iterator[tuple[Place, str]]:
    code, page = place
    for text, words in texts:
        if words:
            yield Place(kind, pk, text, WRITTEN[kind].texts[text], code, page, earlier), words


def _forms_that_show_comments(round: Round, today: date) -> list[UUID]:
    """What a parent added is read by nobody before its form is closed and enough have answered."""
    return [form.pk for form in ParentForm.objects.filter(round=round) if form.told(today).comments]


def _page(round: Round, route: _Route, owner: UUID, code: str) -> str:
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
