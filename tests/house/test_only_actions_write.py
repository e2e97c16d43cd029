"""Only actions change records: nothing else in the package does, models have no logic in save(), and nothing listens
in secret."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.sources import PACKAGE, Finding, calls, listed, package_files, tree

WRITES = {
    "save", "asave", "create", "acreate", "get_or_create", "update_or_create", "delete", "adelete", "bulk_create",
    "bulk_update", "update",
}  # fmt: skip
# What writes besides the actions of the apps: the parts of the core that those actions stand on (some of what they save
# are files and documents), jobs that forget what has served its time, and the many settings and learners of the
# demonstration, which are written in bulk.
WRITERS = {
    "core/audit.py",
    "core/backups",
    "core/documents",
    "core/files",
    "core/jobs",
    "core/mail",
    "core/operations",
    "api/jobs.py",
    "demonstration/actions.py",
    "demonstration/cohorts.py",
    "demonstration/county.py",
    "demonstration/learning.py",
    "demonstration/weeks.py",
}
OVERRIDES = {"save", "delete", "asave", "adelete"}


def writes(parsed: ast.Module, file: Path) -> list[Finding]:
    """Where records are changed."""
    return [
        Finding(file, call.lineno, f"{ast.unparse(call.func)}(…) belongs in an action")
        for call in calls(parsed)
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES and not of_a_dictionary(call)
    ]


def of_a_dictionary(call: ast.Call) -> bool:
    """Rows are updated by keyword; a dictionary takes another dictionary, or is a widget’s attributes or the names that
    templates know."""
    assert isinstance(call.func, ast.Attribute)
    owner = getattr(call.func.value, "attr", "")
    return call.func.attr == "update" and (bool(call.args) or owner in ("attrs", "globals", "filters"))


def may_write(file: Path) -> bool:
    """Whether a module holds actions, or is named above."""
    place = file.relative_to(PACKAGE)
    return place.with_suffix("").parts[1:2] == ("actions",) or any(place.is_relative_to(each) for each in WRITERS)


def hidden_logic(parsed: ast.Module, file: Path) -> list[Finding]:
    """Signals, and methods that override saving and deleting."""
    found = []
    for node in ast.walk(parsed):
        if isinstance(node, ast.FunctionDef) and node.name in OVERRIDES:
            found.append(Finding(file, node.lineno, f"def {node.name}(…): what it does belongs in an action"))
        if isinstance(node, ast.ImportFrom) and "signals" in (node.module or ""):
            found.append(Finding(file, node.lineno, f"{node.module}: say what happens in the action, not in a signal"))
    return found


def test_nothing_else_writes():
    found = [finding for file in package_files() if not may_write(file) for finding in writes(tree(file), file)]
    assert not found, listed(found)


def test_who_is_named_does_write():
    writing = {file.relative_to(PACKAGE) for file in package_files() if writes(tree(file), file)}
    assert {each for each in WRITERS if not any(file.is_relative_to(each) for file in writing)} == set()


def test_a_module_beside_the_actions_is_looked_at():
    assert may_write(PACKAGE / "review/actions/rounds.py")
    assert may_write(PACKAGE / "accounts/actions.py")
    assert not may_write(PACKAGE / "review/wording.py")
    assert not may_write(PACKAGE / "review/views/actions.py")


def test_nothing_is_hidden_in_save_or_signals():
    found = [finding for file in package_files() for finding in hidden_logic(tree(file), file)]
    assert not found, listed(found)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("round.save()", 1),
        ("Round.objects.create(name='x')", 1),
        ("form.save()", 1),
        ("rounds.visible_to(acting).update(status='agreed')", 1),
        ("round.evidence.all().delete()", 1),
        ("field.widget.attrs.update(rows=3)", 0),
        ("answers.update({'name': name})", 0),
        ("actions.agree_round(round=round, by=request.acting)", 0),
    ],
)
def test_a_write_in_a_view_is_reported(code, number):
    assert len(writes(ast.parse(code), Path("views.py"))) == number


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("class Round(Model):\n    def save(self, *a, **k): ...", 1),
        ("from django.db.models.signals import post_save", 1),
        ("from django.dispatch import receiver", 0),
        ("def agree_round(): ...", 0),
    ],
)
def test_hidden_logic_is_reported(code, number):
    assert len(hidden_logic(ast.parse(code), Path("models.py"))) == number
