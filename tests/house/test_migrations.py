"""Migrations are one straight line for each app, and say all that the models say."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from unittest.mock import MagicMock

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations import Migration, RunPython
from django.db.migrations.loader import MigrationLoader

OURS = [app.label for app in apps.get_app_configs() if app.name.startswith("trellis.")]


def forks(migrations: dict[tuple[str, str], Migration], app: str) -> list[str]:
    """The migrations of an app on which more than one other is built, or that are built on none but are not first."""
    names = [name for label, name in migrations if label == app]
    before = [parent for name in names for label, parent in migrations[app, name].dependencies if label == app]
    twice = sorted({name for name in before if before.count(name) > 1})
    starts = [name for name in sorted(names) if all(label != app for label, _ in migrations[app, name].dependencies)]
    return twice + starts[1:]


def step_by_step(migrations: dict[tuple[str, str], Migration]) -> dict[tuple[str, str], Migration]:
    """The migrations without those that stand for several at once."""
    return {key: migration for key, migration in migrations.items() if not migration.replaces}


@pytest.mark.parametrize("app", OURS)
def test_they_are_one_line(app):
    assert forks(step_by_step(MigrationLoader(None).disk_migrations), app) == []


@pytest.mark.parametrize("app", OURS)
def test_what_stands_for_several_begins_where_they_begin_and_leaves_none_out(app):
    every = MigrationLoader(None).disk_migrations
    line = sorted(name for label, name in step_by_step(every) if label == app)
    for (label, _), migration in every.items():
        if label == app and migration.replaces:
            assert migration.replaces == [(app, name) for name in line[: len(migration.replaces)]]


def what_becomes_of(loader: MigrationLoader) -> dict[str, object]:
    """The tables that migrations make, with the fields, constraints and indexes of each, however they are ordered."""
    return {
        f"{label}.{name}": (
            {(field, repr(value.deconstruct()[1:])) for field, value in model.fields.items()},
            {repr(each.deconstruct()) for each in model.options.get("constraints", [])},
            {repr(each.deconstruct()) for each in model.options.get("indexes", [])},
            {(key, repr(value)) for key, value in model.options.items() if key not in ("constraints", "indexes")},
        )
        for (label, name), model in loader.project_state().models.items()
    }


def only_grow(migrations: Iterable[Migration]) -> dict[str, tuple[str, ...]]:
    """The tables that migrations protect, each with the texts in it that can be taken out."""
    found: dict[str, tuple[str, ...]] = {}

    def note(_connection: object, table: str, texts: Iterable[str] = ()) -> None:
        found[table] = tuple(texts)

    with pytest.MonkeyPatch.context() as patch:
        for migration in migrations:
            module = import_module(migration.__module__)
            if hasattr(module, "protect"):
                patch.setattr(module, "protect", note)
                for operation in migration.operations:
                    if isinstance(operation, RunPython):
                        with suppress(AttributeError, TypeError):  # there are no rows to go through
                            operation.code(MagicMock(), MagicMock())
    return found


def test_at_once_they_come_to_the_same_as_step_by_step():
    at_once = MigrationLoader(None)
    by_steps = MigrationLoader(None, load=False)
    by_steps.replace_migrations = False
    by_steps.build_graph()
    assert what_becomes_of(at_once) == what_becomes_of(by_steps)
    every = at_once.disk_migrations
    replaced = {key for migration in every.values() for key in migration.replaces}
    steps = [every[key] for key in sorted(replaced)]
    assert only_grow(each for each in every.values() if each.replaces) == only_grow(steps)


@pytest.mark.django_db
def test_they_say_all_that_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(
    ("second_follows", "third_follows", "found"),
    [("0001", "0002", []), ("0001", "0001", ["0001"]), (None, "0002", ["0002"])],
)
def test_a_fork_is_reported(second_follows, third_follows, found):
    follows = {"0001": None, "0002": second_follows, "0003": third_follows}
    migrations = {}
    for name, parent in follows.items():
        migrations["house", name] = Migration(name, "house")
        migrations["house", name].dependencies = [("house", parent)] if parent else []
    assert forks(migrations, "house") == found
