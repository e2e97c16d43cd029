"""Quality prompts: questions a good colleague would ask. They are never errors, and a word dismisses each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date


@dataclass(frozen=True)
class RatedStatement:
    """What the prompts need to know of a rated statement."""

    code: str
    text: str
    area: str
    is_strength: bool
    evidence: int
    rated_by: str
    rated_on: date | None


@dataclass(frozen=True)
class PlannedAction:
    """What the prompts need to know of an open action."""

    key: str
    what: str
    owned_by: str
    due_on: date | None


@dataclass(frozen=True)
class Prompt:
    """One question: which kind, about what (a statement’s code, an area’s, an action’s key), and its words."""

    kind: str
    subject: str
    sentence: str


def prompts(
    *,
    statements: Sequence[RatedStatement],
    actions: Iterable[PlannedAction],
    area_sizes: dict[str, int],
    area_titles: dict[str, str],
    started_on: date,
    today: date,
    alone: bool,
) -> list[Prompt]:
    """Every question the answers so far give rise to, statements first.

    `area_sizes` counts the statements of each area. A childminder (`alone`) is not asked why one person rated all, nor
    who owns what.
    """
    return [
        *_strong_without_evidence(statements),
        *_areas_all_strong_on_the_first_day(statements, area_sizes, area_titles, started_on),
        *([] if alone else _all_by_one_person(statements)),
        *_about_actions(actions, today, alone=alone),
    ]


def _strong_without_evidence(statements: Iterable[RatedStatement]) -> Iterator[Prompt]:
    for each in statements:
        if each.is_strength and not each.evidence:
            yield Prompt(
                "no_evidence", each.code, f"“{each.text}” is a strength. How would you show it to someone new?"
            )


def _areas_all_strong_on_the_first_day(
    statements: Sequence[RatedStatement], sizes: dict[str, int], titles: dict[str, str], started_on: date
) -> Iterator[Prompt]:
    for area, size in sizes.items():
        rated = [each for each in statements if each.area == area]
        if len(rated) == size and all(each.is_strength and each.rated_on == started_on for each in rated):
            yield Prompt(
                "all_strong_first_day",
                area,
                f"Everything in “{titles[area]}” was rated a strength on the first day. "
                "Is there one statement a colleague or a parent might see differently?",
            )


def _all_by_one_person(statements: Sequence[RatedStatement]) -> Iterator[Prompt]:
    people = {each.rated_by for each in statements}
    if len(statements) >= 6 and len(people) == 1:
        yield Prompt("one_person", "", f"Every rating so far is by {people.pop()}. Who else could look at one area?")


def _about_actions(actions: Iterable[PlannedAction], today: date, *, alone: bool) -> Iterator[Prompt]:
    for each in actions:
        if not each.owned_by and not alone:
            yield Prompt("no_owner", each.key, f"Nobody owns “{each.what}” yet. Who will see to it?")
        if each.due_on and each.due_on < today:
            yield Prompt(
                "past_due", each.key, f"“{each.what}” was due already. Is it done, or does it need a new date?"
            )
