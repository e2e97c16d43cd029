"""Migrations are one straight line for each app, and say all that the models say."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

OURS = [app.label for app in apps.get_app_configs() if app.name.startswith("trellis.")]


def forks(migrations: dict[tuple[str, str], Migration], app: str) -> list[str]:
    """The migrations of an app on which more than one other is built, or that are built on none but are not first."""
    names = [name for label, name in migrations if label == app]
    before = [parent for name in names for label, parent in migrations[app, name].dependencies if label == app]
    twice = sorted({name for name in before if before.count(name) > 1})
    starts = [name for name in sorted(names) if all(label != app for label, _ in migrations[app, name].dependencies)]
    return twice + starts[1:]


@pytest.mark.parametrize("app", OURS)
def test_they_are_one_line(app):
    assert forks(MigrationLoader(None).disk_migrations, app) == []


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
