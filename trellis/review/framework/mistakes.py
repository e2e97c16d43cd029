"""What is wrong with a framework file, in sentences that an editor can act on.

All mistakes are found at once: first what has the wrong shape, then what contradicts itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ValidationError

from trellis.review.framework import shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails

Place = tuple[str | int, ...]
"""The way to a value through a file: names of fields and numbers of list items, from 0."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Mistake:
    """One thing to put right: where it is, and what to do."""

    sentence: str
    place: Place = ()
    line: int | None = None
    where: str = ""

    def __str__(self) -> str:
        """The line, the statement and the sentence, as far as they are known.

        >>> str(Mistake("text is missing: add it", line=12, where="statement A3"))
        'line 12, statement A3: text is missing: add it'
        """
        found = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.where) if part)
        return f"{found}: {self.sentence}" if found else self.sentence


class FrameworkError(ValueError):
    """A file that cannot be used, with every mistake in it, not only the first."""

    def __init__(self, name: str, mistakes: Iterable[Mistake]) -> None:
        self.name = name
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: mistake.line or 0))
        super().__init__("\n".join(f"{name}, {mistake}" for mistake in self.mistakes))


def checked(
    model: type[Model], given: object, *, name: str, found: Iterable[Mistake], lines: Mapping[Place, int]
) -> Model:
    """The model that the plain values describe.

    `found` are mistakes known already; `lines` says where each place stands in the file.
    Raises FrameworkError with all mistakes of every kind.
    """
    mistakes = list(found)
    read = None
    try:
        read = model.model_validate(given)
    except ValidationError as error:
        mistakes += [misshapen(detail) for detail in error.errors() if not only_follows(detail)]
    if mistakes or read is None:
        raise FrameworkError(name, [located(mistake, given, lines) for mistake in mistakes])
    return read


def located(mistake: Mistake, given: object, lines: Mapping[Place, int]) -> Mistake:
    """The mistake with its line, or that of the nearest thing around it, and its place in words."""
    place = mistake.place
    nearest = next((lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines), None)
    return replace(mistake, line=mistake.line or nearest, where=spoken(place, given))


NOUNS = {
    "areas": "area",
    "statements": "statement",
    "scale": "level",
    "rewordings": "rewording of",
    "additions": "addition",
}


def spoken(place: Place, given: object) -> str:
    """A place as a person says it, by the code of the innermost area, statement or level.

    >>> spoken(("areas", 0, "title"), {"areas": [{"code": "A"}]})
    'area A'
    >>> spoken(("areas", 1, "statements", 2), {})
    'statement number 3'
    """
    said, value = "", given
    for before, step in zip((None, *place), place, strict=False):
        value = within(value, step)
        if isinstance(step, int) and before in NOUNS:
            code = value.get("code") if isinstance(value, dict) else None
            said = (
                f"{NOUNS[str(before)]} {code}" if isinstance(code, str) else f"{NOUNS[str(before)]} number {step + 1}"
            )
    return said


def within(value: object, step: str | int) -> object:
    """What is found one step further in, or nothing."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


PATTERNS = {
    shape.FRAMEWORK_KEY: "a key in small letters, numbers and hyphens, such as our-framework",
    shape.EDITION: "an edition: a year, a hyphen and a number, such as 2026-1",
    shape.AREA_CODE: "an area code: capital letters and numbers, such as A or 2",
    shape.STATEMENT_CODE: "a statement code: capital letters and numbers, parted by dots or hyphens if need be, such as A1 or 2.3",
    shape.LEVEL_CODE: "a level code in small letters, numbers and hyphens, such as secure",
    shape.LINK: "an address that begins with https://",
}

SENTENCES = {
    "missing": "{field} is missing: add it",
    "string_too_short": "{field} is empty: write it, or take the line out if it may be left out",
    "string_too_long": "{field} is longer than {max_length} characters: shorten it",
    "string_type": "{field} must be text: put it in quotation marks",
    "bool_type": "{field} must be true or false",
    "int_type": "{field} must be a whole number",
    "greater_than_equal": "{field} must be {ge} or more",
    "tuple_type": "{field} must be a list: begin each item on its own line with a dash",
    "dict_type": "{field} must have named parts, such as “childminder:”",
    "model_type": "{field} must have named parts, such as “code:”",
    "enum": "{field}: “{given}” is not known here: choose from {expected}",
    "too_short": "{field} needs at least {min_length}",
}


def only_follows(detail: ErrorDetails) -> bool:
    """Whether a list was found too short only because items in it have mistakes, which are told themselves."""
    items = detail["input"]
    return detail["type"] == "too_short" and isinstance(items, list) and len(items) >= detail["ctx"]["min_length"]


def misshapen(detail: ErrorDetails) -> Mistake:
    """What the schema found, as a sentence with what to do."""
    place = tuple(step for step in detail["loc"] if step != "[key]")
    return Mistake(why_misshapen(detail, named(place)), place)


def why_misshapen(detail: ErrorDetails, field: str) -> str:
    """The sentence for one finding of the schema."""
    facts = detail.get("ctx", {})
    if detail["type"] == "extra_forbidden":
        return f"{field} is not a field that belongs here{suggestion(field)}"
    if detail["type"] == "string_pattern_mismatch":
        return f"{field}: “{detail['input']}” is not {PATTERNS.get(facts['pattern'], 'written as it should be')}"
    if detail["type"] == "value_error":
        return f"{field} {facts['error']}"
    if detail["input"] is None and detail["type"] != "missing":
        return f"{field} is empty: write it, or take the line out if it may be left out"
    if "expected" in facts:
        facts = facts | {"expected": facts["expected"].replace("'", "")}
    said = SENTENCES.get(detail["type"], "{field}: {msg}")
    return said.format(field=field, given=detail["input"], msg=detail["msg"], **facts)


def named(place: Place) -> str:
    """The field at a place, with the number of the item when it is one of a list.

    >>> named(("prompts", 1))
    'item 2 of prompts'
    """
    if place and isinstance(place[-1], int):
        return f"item {place[-1] + 1} of {place[-2]}"
    return str(place[-1]) if place else "the file"


FIELDS = sorted(
    {
        field
        for part in (shape.Framework, shape.Area, shape.Statement, shape.Level, shape.Reference, shape.Link)
        for field in part.model_fields
    }
)


def suggestion(field: str) -> str:
    """The field that was probably meant.

    >>> suggestion("promts")
    ': did you mean prompts?'
    """
    close = get_close_matches(field, FIELDS, n=1)
    return f": did you mean {close[0]}?" if close else ": take it out"
