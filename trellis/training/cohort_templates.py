"""What cohorts are made of: templates of sessions and their parts, read from reference data and checked."""

from __future__ import annotations

from collections import Counter
from datetime import time
from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from trellis.training.models import SessionKind  # noqa: TC001 - pydantic reads it
from trellis.training.rules.minutes import after_midnight, why_not_this_part
from trellis.training.rules.patterns import Shape

FOLDER = Path(__file__).parent / "reference" / "cohort-templates"


def _time(value: object) -> object:
    """“9:30” as a time; YAML would read it as a number without its quotation marks."""
    if isinstance(value, str):
        hour, _, minute = value.partition(":")
        return time(int(hour), int(minute))
    return value


Clock = Annotated[time, BeforeValidator(_time)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartOfDay(_Shape):
    """A part of a day: from when to when, how much of it is planned and guided, which criteria it covers."""

    label: str = Field(min_length=1, max_length=60)
    starts: Clock
    ends: Clock
    planned: int
    guided: int
    criteria: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> PartOfDay:
        reason = why_not_this_part(
            starts=after_midnight(self.starts), ends=after_midnight(self.ends), planned=self.planned, guided=self.guided
        )
        if reason:
            raise ValueError(reason)
        return self


class SessionOfTemplate(_Shape):
    """A session: its kind, what it is called, its parts."""

    kind: SessionKind
    title: str = Field(min_length=1, max_length=150)
    parts: tuple[PartOfDay, ...] = Field(min_length=1)

    @property
    def starts(self) -> time:
        """When its first part starts."""
        return self.parts[0].starts

    @property
    def ends(self) -> time:
        """When its last part ends."""
        return self.parts[-1].ends

    @property
    def guided(self) -> int:
        """The guided minutes of its parts."""
        return sum(part.guided for part in self.parts)


class CohortTemplate(_Shape):
    """All sessions of a cohort, in their order."""

    key: str
    title: str
    edition: str
    source: str
    sessions: tuple[SessionOfTemplate, ...] = Field(min_length=1)

    @property
    def guided(self) -> int:
        """The guided minutes of all sessions."""
        return sum(session.guided for session in self.sessions)


def in_half_days(template: CohortTemplate, shape: Shape) -> CohortTemplate:
    """A template whose sessions are half days: each part by itself, all in the morning or all in the afternoon.

    They begin when most mornings of the template do, or most afternoons, and last as long as the part does.
    """
    if shape is Shape.WHOLE:
        return template
    which = 0 if shape is Shape.MORNINGS else -1
    several = [each for each in template.sessions if len(each.parts) > 1] or template.sessions
    starts = Counter(each.parts[which].starts for each in several).most_common(1)[0][0]
    sessions = tuple(
        session.model_copy(update={"parts": (_at(part, starts),)})
        for session in template.sessions
        for part in session.parts
    )
    return template.model_copy(update={"sessions": sessions})


def _at(part: PartOfDay, starts: time) -> PartOfDay:
    ends = after_midnight(starts) + after_midnight(part.ends) - after_midnight(part.starts)
    return part.model_copy(update={"starts": starts, "ends": time(*divmod(ends, 60))})


@cache
def cohort_templates() -> dict[str, CohortTemplate]:
    """Every template by its key, in the order of the keys."""
    found = [
        CohortTemplate.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
        for file in sorted(FOLDER.glob("*.yaml"))
    ]
    return {each.key: each for each in found}
