"""What a file of an edition holds: rules with their value, source and certainty."""

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from trellis.qualifications.catalogue.certainty import Certainty
from trellis.staffing.rules.edition import Value
from trellis.staffing.rules.keys import KINDS

HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)[-–]([01]\d|2[0-4]):([0-5]\d)")
SHARE = re.compile(r"([1-9])/([1-9])")

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,59}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Paragraph = Annotated[str, StringConstraints(pattern=r"^\d\.\d{1,2}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleText(_Part):
    """A rule as a file says it."""

    key: Key
    title: Text
    value: int | bool | date | str
    conditions: tuple[Key, ...] = Field(default=(), description="The rules that belong to it")
    paragraph: Paragraph | None = Field(default=None, description="Only where it was confirmed for this edition")
    source: Text
    certainty: Certainty
    note: Text | None = None

    @model_validator(mode="after")
    def is_known(self) -> Self:
        """Its key is one that the check or the page knows, and its value is of that kind."""
        read_value(self.key, self.value)
        return self


class EditionText(_Part):
    """A file: an edition, and of its rules those that it has otherwise than the one it builds on."""

    key: Key
    title: Text
    starts_on: date
    starts_certainty: Certainty
    source: Text
    builds_on: Key | None = None
    carried_certainty: Certainty | None = Field(
        default=None, description="How sure it is that the others hold here too, where that is less than they were"
    )
    without: tuple[Key, ...] = Field(default=(), description="Rules of the other edition that this one does not have")
    rules: tuple[RuleText, ...]

    @model_validator(mode="after")
    def each_once(self) -> Self:
        """Each rule stands once."""
        keys = [rule.key for rule in self.rules]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"there more than once: {', '.join(twice)}")
        return self


def read_value(key: str, value: object) -> Value:
    """The value of a rule, as its kind has it. Raises ValueError.

    >>> read_value("level-6-hours", "08:00–16:00"), read_value("two-others-level-2", "1/2")
    ((480, 960), Fraction(1, 2))
    >>> read_value("ratio-2", "five")
    Traceback (most recent call last):
    ValueError: ratio-2 is “five”, and should be a whole number from 1 to 999
    """
    kind = KINDS.get(key)
    if kind is None:
        raise ValueError(f"nothing here knows a rule {key}")
    match kind, value:
        case "number", int() if not isinstance(value, bool) and 1 <= value <= 999:
            return value
        case "switch", bool():
            return value
        case "day", date():
            return value
        case "words", str() if value.strip():
            return value.strip()
        case "share", str() if (found := SHARE.fullmatch(value)) and found[1] < found[2]:
            return Fraction(int(found[1]), int(found[2]))
        case "hours", str() if found := HOURS.fullmatch(value):
            start, until = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
            if start < until:
                return start, until
    raise ValueError(f"{key} is “{value}”, and should be {SHOULD_BE[kind]}")


SHOULD_BE = {
    "number": "a whole number from 1 to 999",
    "switch": "true or false",
    "day": "a day such as 2024-01-01",
    "words": "words",
    "share": "a share such as 1/2",
    "hours": "a part of the day such as 08:00–16:00",
}
