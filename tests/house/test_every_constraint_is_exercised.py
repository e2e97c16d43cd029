"""Each constraint of the database appears by name in the very test that sees the database refuse."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.house.sources import files_of_tests, tree

REFUSED = "IntegrityError"
Function = ast.FunctionDef | ast.AsyncFunctionDef


def constraint_names() -> list[str]:
    """The names of all constraints of our own records."""
    return sorted(
        constraint.name
        for model in apps.get_models()
        if model.__module__.startswith("trellis.")
        for constraint in model._meta.constraints
    )


def without_a_test(names: list[str], files: list[Path]) -> list[str]:
    """The constraints that no test names together with the refusal."""
    told = [text for file in files if sees_refusals(file) for text in refusals(tree(file))]
    return [name for name in names if not any(name in text for text in told)]


def sees_refusals(file: Path) -> bool:
    """Whether a file of tests sees the database refuse, itself or by a function of another about constraints."""
    text = file.read_text(encoding="utf-8")
    return REFUSED in text or "_constraints import" in text


def refusals(parsed: ast.Module) -> Iterator[str]:
    """What each test says that sees a refusal, itself or by a function of its file
    or of another about constraints: with its decorators and the
    tables of cases that they name, and without docstrings and comments."""
    functions = [node for node in ast.walk(parsed) if isinstance(node, Function)]
    helpers = {function.name for function in functions if mentions(function, {REFUSED})} | borrowed(parsed)
    tables = {
        target.id: node.value
        for node in parsed.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for function in functions:
        if function.name.startswith("test_") and mentions(function, {REFUSED, *helpers}):
            parts = [*function.decorator_list, *without_docstring(function)]
            named = [table for name, table in tables.items() if mentions(function, {name})]
            yield " ".join(text for part in [*parts, *named] for text in words_of(part))


def borrowed(parsed: ast.Module) -> set[str]:
    """The functions that see a refusal and come from another file of tests about constraints."""
    imports = [node for node in ast.walk(parsed) if isinstance(node, ast.ImportFrom)]
    return {each.name for node in imports if (node.module or "").endswith("_constraints") for each in node.names}


def mentions(node: ast.AST, names: set[str]) -> bool:
    return any(isinstance(each, ast.Name) and each.id in names for each in ast.walk(node))


def without_docstring(function: Function) -> list[ast.stmt]:
    return function.body[1:] if ast.get_docstring(function) else function.body


def words_of(node: ast.AST) -> list[str]:
    """Every text that a piece of code says."""
    return [each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def test_every_constraint_is():
    missing = without_a_test(constraint_names(), files_of_tests())
    assert not missing, "no test sees these refuse: " + ", ".join(missing)


def test_every_constraint_is_named_after_its_record():
    """Names are unique in a database, and an error message shows nothing else."""
    assert len(constraint_names()) == len(set(constraint_names()))


TRIED = 'with pytest.raises(IntegrityError, match="round_has_a_name"): ...'


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"def test_it():\n    {TRIED}", []),
        ("@cases('round_has_a_name')\ndef test_it(name):\n    with raises(IntegrityError, match=name): ...", []),
        (
            f"def refused(name):\n    {TRIED.replace('round_has_a_name', 'x')}\n\ndef test_it():\n    refused('round_has_a_name')",
            [],
        ),
        ("CASES = ['round_has_a_name']\n@cases(CASES)\ndef test_it(name):\n    raises(IntegrityError, match=name)", []),
        ("def test_it():\n    # round_has_a_name\n    with pytest.raises(IntegrityError): ...", ["round_has_a_name"]),
        ("def test_it():\n    'round_has_a_name'\n    with pytest.raises(IntegrityError): ...", ["round_has_a_name"]),
        (
            "def test_it():\n    IntegrityError\n\ndef test_other():\n    'x' in 'round_has_a_name'",
            ["round_has_a_name"],
        ),
        ("def test_it():\n    with pytest.raises(IntegrityError): ...", ["round_has_a_name"]),
    ],
)
def test_a_constraint_without_a_test_is_reported(tmp_path, text, left):
    file = tmp_path / "test_rounds.py"
    file.write_text(text)
    assert without_a_test(["round_has_a_name"], [file]) == left
