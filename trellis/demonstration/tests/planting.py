"""Sentences planted in whatever a setting or a centre writes, so that a page that shows one to somebody else is noticed.

Every text that is saved gets a mark that says whose it is and where it stands: which setting’s or council’s; in training,
of which programme, cohort, learner, application or duty, because a centre’s people see some of these and not others. A
field of words that no model had before is planted without anybody thinking of it.
"""

from __future__ import annotations

import re
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db.models import CharField, EmailField, ForeignKey, Model, QuerySet, TextField, URLField
from django.db.models.signals import pre_save

from trellis.organisations.models import Organisation
from trellis.training.models import Application, Cohort, Duty, Place, Programme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

MARK = re.compile(r"planted-(\d+)-([A-Za-z]+)-([a-z_0-9]+)")
ROOM = 150  # characters that a field must have before it is taken for words
# Names and addresses: who keeps the installation running sees to whom it has written.
NO_WORDS = (
    "name",
    "email",
    "setting_name",
    "owner_name",
    "outside_name",
    "outside_organisation",
    "outside_email",
    "manager_name",
    "token_sealed",
)
NO_SENTENCES = ("accounts", "api", "core")
# What somebody may see by itself; any other row of training belongs to the nearest of these.
BY_ITSELF: tuple[type[Model], ...] = (Programme, Cohort, Place, Application, Duty)
# A row of theirs names these besides the setting that it belongs to.
NOT_THE_OWNER = ("to_organisation", "asked_of", "group")


class Planted(NamedTuple):
    """Where a mark was found to come from: the number of whose it is, the model and the field."""

    owner: int
    model: str
    field: str


@dataclass
class Garden:
    """What was planted, and for whom."""

    numbers: dict[UUID, int] = field(default_factory=dict)
    fields: set[tuple[str, str]] = field(default_factory=set)

    def number_of(self, key: UUID) -> int:
        """The number that stands for an organisation, or for what one may see by itself, in its marks."""
        return self.numbers.setdefault(key, len(self.numbers) + 10)

    @contextmanager
    def growing(self, monkeypatch: Any) -> Iterator[None]:
        """Plant a mark in everything that is saved within the block."""
        bulk_create, update = QuerySet.bulk_create, QuerySet.update

        def planted(rows: QuerySet[Model], objs: Any, *args: Any, **kwargs: Any) -> Any:
            objs = list(objs)
            for each in objs:
                self.plant(each)
            return bulk_create(rows, objs, *args, **kwargs)

        def updated(rows: QuerySet[Model], /, **columns: Any) -> int:
            return update(rows, **columns | self.planted_in(rows, columns))

        def saved(instance: Model, **_: object) -> None:
            self.plant(instance)

        pre_save.connect(saved, weak=False, dispatch_uid="planting")
        try:
            with monkeypatch.context() as patch:
                patch.setattr(QuerySet, "bulk_create", planted)
                patch.setattr(QuerySet, "update", updated)
                yield
        finally:
            pre_save.disconnect(dispatch_uid="planting")

    def plant(self, row: Model) -> None:
        """Put the mark at the end of each text of a row that belongs to an organisation."""
        fields = fields_of_words(type(row))
        owner = owner_of(row) if any(getattr(row, each.name) for each in fields) else None
        for each in fields if owner else ():
            setattr(row, each.name, self._marked(each, str(getattr(row, each.name)), owner))

    def planted_in(self, rows: QuerySet[Model], columns: dict[str, Any]) -> dict[str, str]:
        """The texts among what is written into rows by one statement, with a mark; nothing when they are of several."""
        written = [each for each in fields_of_words(rows.model) if isinstance(columns.get(each.name), str)]
        owners = {owner_of(row) for row in rows} if written else set()
        if len(owners) != 1 or None in owners:
            return {}
        return {each.name: self._marked(each, columns[each.name], next(iter(owners))) for each in written}

    def _marked(self, column: Any, text: str, owner: UUID) -> str:
        if not text or MARK.search(text):
            return text
        model = str(column.model._meta.object_name)
        mark = f" planted-{self.number_of(owner)}-{model}-{column.name}"
        self.fields.add((model, column.name))
        return text[: (column.max_length or 5000) - len(mark)] + mark


def found_in(words: str) -> set[Planted]:
    """The marks that stand in some words.

    >>> found_in("We meet on Mondays. planted-12-Rating-notes")
    {Planted(owner=12, model='Rating', field='notes')}
    """
    return {Planted(int(number), model, name) for number, model, name in MARK.findall(words)}


@cache
def fields_of_words(model: type[Model]) -> list[Any]:
    """The fields of a model in which somebody writes sentences."""
    if not model.__module__.startswith("trellis.") or model._meta.app_label in NO_SENTENCES:
        return []
    return [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, (CharField, TextField))
        and not isinstance(each, (EmailField, URLField))
        and not each.choices
        and (each.max_length or 1000) >= ROOM
        and each.name not in NO_WORDS
        and path_to_owner(model) is not None
    ]


@cache
def path_to_owner(model: type[Model]) -> tuple[str, ...] | None:
    """The shortest way from a row to whose it is; None when it is nobody’s.

    >>> from trellis.training.models import Mark, Session
    >>> path_to_owner(Mark), path_to_owner(Session), path_to_owner(Place)
    (('place',), ('cohort',), ())
    """
    targets = BY_ITSELF if model._meta.app_label == "training" else (Organisation,)
    waiting: deque[tuple[type[Model], tuple[str, ...]]] = deque([(model, ())])
    seen = {model}
    while waiting:
        at, path = waiting.popleft()
        if at in targets:
            return path
        for each in at._meta.concrete_fields:
            if not isinstance(each, ForeignKey) or each.name in NOT_THE_OWNER:
                continue
            if each.related_model not in seen and each.related_model._meta.app_label not in ("accounts", "core"):
                seen.add(each.related_model)
                waiting.append((each.related_model, (*path, each.name)))
    return None


def owner_of(row: Model) -> UUID | None:
    """The organisation whose row it is, or what one may see by itself."""
    at: Any = row
    path = path_to_owner(type(row))
    if not path:
        return None if path is None else row.pk
    for name in path[:-1]:
        at = getattr(at, name)
        if at is None:
            return None
    return getattr(at, f"{path[-1]}_id", None)


def models_of_words() -> dict[str, list[str]]:
    """Every model in which a setting writes sentences, with its fields."""
    found = {
        str(model._meta.object_name): [each.name for each in fields_of_words(model)] for model in apps.get_models()
    }
    return {model: fields for model, fields in found.items() if fields}
