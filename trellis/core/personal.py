"""What is kept about a person, and what becomes of it when their account is deleted: each app registers its part.

An app says in its module `about_people` which of its records name a person: `told` shows them to that person,
`left_out` says why not. A house test fails on a record that is in neither. `on_leaving` registers what the app ends
when somebody deletes their account, in the same transaction, and `before_leaving` what would stand in the way;
`on_forgetting` what it ends when somebody replaces a password that they forgot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.module_loading import autodiscover_modules

from trellis.core.dates import day, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.db import models

    from trellis.core.audit import Actor

Value = str | int | float | bool | date | None
Line = dict[str, Value]


class Person(Protocol):
    """Somebody with an account."""

    @property
    def pk(self) -> UUID:
        """Their key."""

    @property
    def email(self) -> str:
        """Their address."""


@dataclass(frozen=True)
class Leaver:
    """Somebody whose account is being deleted: who they were. Their record says it no more."""

    user_id: UUID
    name: str
    email: str
    new_name: str
    new_email: str


@dataclass(frozen=True)
class Told:
    """Records of one kind that name a person, as that person is shown them.

    `of` are the ways from the record to the person, `says` what is told: the words, and the way to the value.
    `also` finds records that name them otherwise; `put` turns a value into words.
    """

    key: str
    title: str
    model: type[models.Model]
    of: tuple[str, ...]
    says: dict[str, str]
    newest: str
    also: Callable[[Person], Q] | None = None
    put: dict[str, Callable[[Any], Value]] = field(default_factory=dict)
    first: bool = False

    def rows(self, person: Person) -> models.QuerySet[Any, Any]:
        """What there is about this person, the newest first, each a tuple of what is told."""
        return self._mine(person).order_by(f"-{self.newest}", "-pk").values_list(*self.says.values())

    def counting(self, person: Person) -> tuple[str, tuple[Any, ...]]:
        """How the database is asked how many there are: its words, and what goes into them."""
        inner, given = self._mine(person).order_by().values("pk").query.sql_with_params()
        return f"SELECT '{self.key}', COUNT(*) FROM ({inner}) AS told_{self.key}", given  # noqa: S608 # all ours

    def _mine(self, person: Person) -> models.QuerySet[Any, Any]:
        mine = self.also(person) if self.also else Q(pk__in=[])
        for way in self.of:
            mine |= Q(**{way: person.pk})
        return self.model._default_manager.filter(mine)

    def line(self, row: tuple[Any, ...]) -> Line:
        """One row as a person reads it."""
        told = zip(self.says.items(), row, strict=True)
        return {words: self._put(words, way)(value) for (words, way), value in told}

    def _put(self, words: str, way: str) -> Callable[[Any], Value]:
        """How a value is said: as the record itself says its choices, or as it is."""
        if words in self.put:
            return self.put[words]
        choices = dict(_field(self.model, way).flatchoices)
        return (lambda value: str(choices.get(value, value or ""))) if choices else lambda value: value


def said(value: Value) -> str:
    """A value as it stands on a page.

    >>> said(date(2027, 3, 5)), said(True), said(None), said("")
    ('5 March 2027', 'Yes', '–', '–')
    """
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return str(value) if value not in (None, "") else "–"


def _field(model: type[models.Model], way: str) -> Any:
    """The field at the end of a way such as `round__organisation__name`."""
    first, _, rest = way.partition("__")
    found: Any = model._meta.get_field(first if first != "pk" else model._meta.pk.name)
    return _field(found.related_model, rest) if rest else found


_told: dict[str, Told] = {}
_left_out: dict[str, str] = {}
_before: list[Callable[[Person], Iterator[str]]] = []
_on: list[Callable[[Leaver, Actor], None]] = []
_on_forgetting: list[Callable[[Person, Actor], None]] = []


def told(
    key: str,
    title: str,
    model: type[models.Model],
    *of: str,
    says: dict[str, str],
    newest: str = "at",
    also: Callable[[Person], Q] | None = None,
    put: dict[str, Callable[[Any], Value]] | None = None,
    first: bool = False,
) -> None:
    """Show a person the records that name them in one of the ways `of`; `key` is a word, for addresses and for SQL."""
    if not key.isidentifier():
        raise ValueError(f"{key} is not one word")
    _told[key] = Told(key, title, model, of, says, newest, also, put or {}, first)


def left_out(model: type[models.Model], *fields: str, because: str) -> None:
    """Say why a person is not shown the records that name them in these fields."""
    for name in fields:
        _left_out[f"{model._meta.label}.{name}"] = because


def before_leaving(ask: Callable[[Person], Iterator[str]]) -> Callable[[Person], Iterator[str]]:
    """Register what says, in sentences, why somebody cannot delete their account now."""
    _before.append(ask)
    return ask


def on_leaving(leave: Callable[[Leaver, Actor], None]) -> Callable[[Leaver, Actor], None]:
    """Register what an app ends when somebody deletes their account. It may raise `Refused`."""
    _on.append(leave)
    return leave


def on_forgetting(end: Callable[[Person, Actor], None]) -> Callable[[Person, Actor], None]:
    """Register what an app ends when somebody replaces a password that they forgot: somebody else may have known it."""
    _on_forgetting.append(end)
    return end


@cache
def _everybody_has_registered() -> None:
    autodiscover_modules("about_people")


def everything() -> dict[str, Told]:
    """All that can be told about a person, by key: what they look for first, then app by app."""
    _everybody_has_registered()
    return dict(sorted(_told.items(), key=lambda each: not each[1].first))


def how_many(person: Person) -> dict[str, int]:
    """How much there is of each kind, in one query. Its words are the same for everybody, and long: they are made once."""
    words, given = _counting()
    theirs: dict[Any, Any] = dict(zip(_names_of(_ANYBODY), _names_of(person), strict=True))
    with connection.cursor() as cursor:
        cursor.execute(words, [theirs.get(each, each) for each in given])
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class _Anybody:
    """Stands for the person in words that are made before it is known for whom."""

    pk: UUID
    email: str


_ANYBODY = _Anybody(UUID(int=7305), "anybody@example.invalid")


def _names_of(person: Person) -> list[Any]:
    """What a person is called in a query: as a key, as a database without keys of this kind writes it, as text."""
    return [person.pk, person.pk.hex, str(person.pk), person.email]


@cache
def _counting() -> tuple[str, tuple[Any, ...]]:
    parts = [each.counting(_ANYBODY) for each in everything().values()]
    return " UNION ALL ".join(words for words, _ in parts), tuple(value for _, given in parts for value in given)


def reasons_for_silence() -> dict[str, str]:
    """The fields that name a person and are not told, each with the reason."""
    _everybody_has_registered()
    return dict(_left_out)


def fields_told() -> set[str]:
    """The fields that name a person and are told."""
    return {f"{each.model._meta.label}.{way}" for each in everything().values() for way in each.of}


def why_not_leave(person: Person) -> list[str]:
    """Everything that stands in the way of deleting an account, in sentences; empty when nothing does."""
    _everybody_has_registered()
    return [sentence for ask in _before for sentence in ask(person)]


def leave(leaver: Leaver, by: Actor) -> None:
    """Let every app end what it has to. Runs in the transaction of whoever calls it; raises `Refused`."""
    _everybody_has_registered()
    for each in _on:
        each(leaver, by)


def forgot_password(person: Person, by: Actor) -> None:
    """Let every app end what a forgotten password may have opened to others, in the transaction of whoever calls it."""
    _everybody_has_registered()
    for each in _on_forgetting:
        each(person, by)
