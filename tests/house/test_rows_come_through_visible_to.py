"""Views and forms get rows only through `visible_to`, or what is the person’s own through `of`."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.sources import Finding, calls, listed, modules, tree

SCOPED = {"visible_to", "of", "of_person", "none"}
# England’s places and the frameworks are the same for everyone.
OPEN_TO_ALL = {"Region", "LocalAuthority"}
WHOLE_TABLE = {"get_object_or_404", "get_list_or_404"}


def unscoped(parsed: ast.Module, file: Path) -> list[Finding]:
    """Where rows are taken from a whole table."""
    scoped = {id(node.value) for node in ast.walk(parsed) if isinstance(node, ast.Attribute) and node.attr in SCOPED}
    found = [
        Finding(file, node.lineno, f"{ast.unparse(node)} is not followed by .visible_to(…)")
        for node in ast.walk(parsed)
        if is_manager(node) and id(node) not in scoped and ast.unparse(node.value) not in OPEN_TO_ALL
    ]
    found += [
        Finding(file, call.lineno, f"{ast.unparse(call)} looks in the whole table")
        for call in calls(parsed)
        if isinstance(call.func, ast.Name)
        and call.func.id in WHOLE_TABLE
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id[0].isupper()
    ]
    return found


def is_manager(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager")


def test_views_and_forms_do():
    found = [finding for file in modules("views", "forms") for finding in unscoped(tree(file), file)]
    assert not found, listed(found)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("Round.objects.visible_to(request.acting).open()", 0),
        ("Session.objects.of_person(request.user.pk)", 0),
        ("LocalAuthority.objects.all()", 0),
        ("Round.objects.all()", 1),
        ("rounds = Round.objects", 1),
        ("Round.objects.filter(pk=pk).visible_to(request.acting)", 1),
        ("models.Round._default_manager.get(pk=pk)", 1),
        ("get_object_or_404(Round, pk=pk)", 1),
        ("get_object_or_404(Round.objects.visible_to(request.acting), pk=pk)", 0),
    ],
)
def test_what_is_not_scoped_is_reported(code, number):
    assert len(unscoped(ast.parse(code), Path("views.py"))) == number
