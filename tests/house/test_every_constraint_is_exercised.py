"""Each constraint of the database appears by name in a test that sees the database refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps

from tests.house.sources import files_of_tests

REFUSED = "IntegrityError"


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
    texts = [text for file in files if REFUSED in (text := file.read_text(encoding="utf-8"))]
    return [name for name in names if not any(name in text for text in texts)]


def test_every_constraint_is():
    missing = without_a_test(constraint_names(), files_of_tests())
    assert not missing, "no test sees these refuse: " + ", ".join(missing)


def test_every_constraint_is_named_after_its_record():
    """Names are unique in a database, and an error message shows nothing else."""
    assert len(constraint_names()) == len(set(constraint_names()))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('with pytest.raises(IntegrityError, match="round_has_a_name"): ...', []),
        ("# round_has_a_name is not tried here", ["round_has_a_name"]),
        ("with pytest.raises(IntegrityError): ...", ["round_has_a_name"]),
    ],
)
def test_a_constraint_without_a_test_is_reported(tmp_path, text, left):
    file = tmp_path / "test_rounds.py"
    file.write_text(text)
    assert without_a_test(["round_has_a_name"], [file]) == left
