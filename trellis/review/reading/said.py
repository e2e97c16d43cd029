"""All that people wrote freely in a round, now and earlier, as one query that is put together once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import CharField, DateTimeField, F, IntegerField, TextField, Value
from django.db.models.functions import Cast

from trellis.review.models import WRITTEN, Round

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.db.models import QuerySet


@dataclass(frozen=True)
class Route:
    """How a kind of record hangs on a round: the way to it, to the statement it is about, and to what has its page."""

    round: str
    code: str = ""
    owner: str = "pk"
    page: str = ""


ROUTES = {
    "rating": Route("round", "statement__code"),
    "action": Route("rounds", "statement__code", "pk", "show_action"),
    "step": Route("action__rounds", "action__statement__code", "action_id", "show_action"),
    "evidence": Route("uses__rating__round", page="show_evidence"),
    "file": Route("evidence__uses__rating__round", owner="evidence_id", page="show_evidence"),
    "review": Route("pk"),
    "move": Route("round"),
    "person": Route("round"),
    "question": Route("round"),
    "child": Route("round", page="voices"),
    "comment": Route("form__round", owner="form_id", page="parent_form"),
}
MOST = max(len(written.texts) for written in WRITTEN.values())
ANY_ROUND = UUID(int=0)
"""Stands in the query for the round that is asked about."""


class Said(NamedTuple):
    """The texts of one record, or of one row of its history, as the database gives them."""

    kind: str
    texts: tuple[str, ...]
    earlier: bool
    keys: tuple[Any, Any]
    code: str
    said: list[str]

    @property
    def joined(self) -> str:
        """All of them, each from a line of its own."""
        return "\n".join(self.said)

    @property
    def words(self) -> Mapping[str, str]:
        """What each text says, of those that say something."""
        return {text: words for text, words in zip(self.texts, self.said, strict=False) if words}

    @property
    def pk(self) -> UUID:
        """Of the record."""
        return UUID(str(self.keys[0]))

    @property
    def owner(self) -> UUID:
        """Of what has its page."""
        return UUID(str(self.keys[1]))


class _Part(NamedTuple):
    """A table with texts: of which kind of record, which texts, in which columns; for a history, what names the record."""

    kind: str
    texts: tuple[str, ...]
    model: Any
    columns: tuple[str, ...]
    of: str = ""


def said_in(round: Round) -> list[Said]:
    """Every text of a round: each kind by itself, what is said now before what was said earlier, the newest first."""
    parts, sql, parameters = _question(connection.vendor)
    any_round, this = (Round._meta.pk.get_db_prep_value(key, connection) for key in (ANY_ROUND, round.pk))
    with connection.cursor() as cursor:
        cursor.execute(sql, [this if each == any_round else each for each in parameters])
        rows = cursor.fetchall()
    rows.sort(key=lambda row: str(row[1]), reverse=True)
    rows.sort(key=lambda row: row[0])
    return [Said(*parts[int(part)], (pk, owner), code, said) for part, _at, pk, owner, code, *said in rows]


@cache
def _question(_vendor: str) -> tuple[list[tuple[str, tuple[str, ...], bool]], str, tuple[Any, ...]]:
    """The parts, the SQL and what fills it in. To put it together takes longer than to answer it: once a process."""
    parts = list(_parts())
    asked = [_rows_of(number, part) for number, part in enumerate(parts)]
    sql, parameters = asked[0].union(*asked[1:], all=True).query.sql_with_params()
    return [(part.kind, part.texts, bool(part.of)) for part in parts], sql, parameters


def _parts() -> Iterator[_Part]:
    for kind, written in WRITTEN.items():
        yield _Part(kind, tuple(written.texts), written.model, tuple(written.texts))
        for model in dict.fromkeys(kept.model for kept in written.kept.values()):
            kept_here = {text: kept for text, kept in written.kept.items() if kept.model is model}
            columns, of = tuple(kept.column for kept in kept_here.values()), next(iter(kept_here.values())).of
            yield _Part(kind, tuple(kept_here), model, columns, of)


def _rows_of(number: int, part: _Part) -> QuerySet[Any, Any]:
    """The rows of one table for any round, in the columns that all parts have in common."""
    route, to_record = ROUTES[part.kind], f"{part.of}__" if part.of else ""
    rows = part.model.objects.filter(**{f"{to_record}{route.round}": ANY_ROUND}).order_by().distinct()
    if part.kind == "person":
        rows = rows.filter(user=None)
    dated = any(field.name == "at" for field in part.model._meta.fields)
    columns = {
        "of_part": Value(number, IntegerField()),
        "said_at": F("at") if dated else Cast(Value(None), DateTimeField()),
        "record": F(f"{part.of}_id" if part.of else "pk"),
        "owner_of_page": F(f"{part.of}_id" if part.of else route.owner),
        "code_of_statement": F(f"{to_record}{route.code}") if route.code else Value("", CharField()),
    }
    texts = [F(column) for column in part.columns] + [Value("", TextField())] * (MOST - len(part.columns))
    columns |= {f"text_{place}": Cast(text, TextField()) for place, text in enumerate(texts)}
    return rows.annotate(**columns).values_list(*columns)  # type: ignore[no-any-return]
