"""Editions from files: checked, completed from the one they build on, chosen by a day."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from trellis.staffing.editions.shape import EditionText, read_value
from trellis.staffing.rules.edition import Edition, Rule
from trellis.staffing.rules.keys import IN_EVERY_EDITION, KINDS

if TYPE_CHECKING:
    from datetime import date

FOLDER = Path(__file__).parent.parent / "reference" / "editions"


class NotAnEdition(ValueError):
    """A file that cannot be used; its text says what is wrong with it."""


def read_edition(path: Path, known: dict[str, Edition]) -> Edition:
    """The edition in a file, completed from the one it builds on. Raises NotAnEdition."""
    try:
        said = EditionText.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        return _complete(said, known)
    except yaml.YAMLError as wrong:
        raise NotAnEdition(f"{path.name}: this is not YAML: {wrong}") from wrong
    except ValidationError as wrong:
        raise NotAnEdition("\n".join(f"{path.name}: {_sentence(each)}" for each in wrong.errors())) from wrong
    except ValueError as wrong:
        raise NotAnEdition(f"{path.name}: {wrong}") from wrong


def _complete(said: EditionText, known: dict[str, Edition]) -> Edition:
    rules: dict[str, Rule] = {}
    if said.builds_on:
        if said.builds_on not in known:
            raise ValueError(f"it builds on {said.builds_on}, which is not there")
        other = known[said.builds_on]
        for key, rule in other.rules.items():
            certainty = str(said.carried_certainty or rule.certainty)
            rules[key] = Rule(
                key, rule.title, rule.value, rule.source, certainty, rule.conditions, "", rule.note, rule.only_shown,
                rule.carried_from or other.title,
            )  # fmt: skip
    if unknown := sorted(set(said.without) - set(rules)):
        raise ValueError(f"it goes without what was not there: {', '.join(unknown)}")
    rules = {key: rule for key, rule in rules.items() if key not in said.without}
    for each in said.rules:
        rules[each.key] = Rule(
            each.key, each.title, read_value(each.key, each.value), each.source, str(each.certainty), each.conditions,
            each.paragraph or "", each.note or "", KINDS[each.key] == "words",
        )  # fmt: skip
    if missing := [key for key in IN_EVERY_EDITION if key not in rules]:
        raise ValueError(f"without a rule that every edition has: {', '.join(missing)}")
    if nowhere := sorted({to for rule in rules.values() for to in rule.conditions} - set(rules)):
        raise ValueError(f"a condition is no rule of this edition: {', '.join(nowhere)}")
    return Edition(said.key, said.title, said.starts_on, str(said.starts_certainty), said.source, rules)


def _sentence(mistake: Any) -> str:
    where = " › ".join(str(step + 1 if isinstance(step, int) else step) for step in mistake["loc"])
    return f"{where or 'the file'}: {mistake['msg'].removeprefix('Value error, ')}"


def read_editions(folder: Path) -> tuple[Edition, ...]:
    """Every edition in a folder, the oldest first: a file may build on any that is read before it. Raises NotAnEdition."""
    known: dict[str, Edition] = {}
    waiting = sorted(folder.glob("*.yaml"))
    while waiting:
        ready = [path for path in waiting if _builds_on(path) in (None, *known)]
        for path in ready or waiting[:1]:
            edition = read_edition(path, known)
            if edition.key in known or edition.starts_on in [other.starts_on for other in known.values()]:
                raise NotAnEdition(f"{path.name}: another edition has the same key or begins on the same day")
            known[edition.key] = edition
        waiting = [path for path in waiting if path not in ready]
    return tuple(sorted(known.values(), key=lambda edition: edition.starts_on))


def _builds_on(path: Path) -> str | None:
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError:
        return None
    return said.get("builds_on") if isinstance(said, dict) else None


@cache
def editions() -> tuple[Edition, ...]:
    """The editions that come with Trellis, the oldest first."""
    return read_editions(FOLDER)


def edition_on(day: date) -> Edition | None:
    """The edition in force on a day; none before the first that we hold.

    >>> from datetime import date
    >>> edition_on(date(2023, 9, 3)).number("ratio-2"), edition_on(date(2023, 9, 4)).number("ratio-2")
    (4, 5)
    >>> edition_on(date(1999, 1, 1))
    """
    begun = [edition for edition in editions() if edition.starts_on <= day]
    return begun[-1] if begun else None
