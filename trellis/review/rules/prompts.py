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
    statutory: bool = False


@dataclass(frozen=True)
class SetAside:
    """A statement that the law asks for and that was said not to apply."""

    code: str
    text: str


@dataclass(frozen=True)
class PlannedAction:
    """What the prompts need to know of an open action."""

    key: str
    what: str
    owned_by: str
    due_on: date | None
    owner_left: str = ""
    """Whose it is, by key, when that person has left."""


FIRST_SHOWN = 3
"""More questions than this at once nobody reads; the others wait behind them."""

IMPORTANCE = (
    "law_set_aside",
    "past_due",
    "owner_left",
    "no_owner",
    "no_evidence",
    "all_strong_first_day",
    "one_person",
)
"""Which kind of question comes first: what the law asks for, what is promised, then how it is known."""


@dataclass(frozen=True)
class Prompt:
    """One question: which kind, about what (a statement’s code, an area’s, an action’s key), and its words."""

    kind: str
    subject: str
    sentence: str


def prompts(
    *,
    statements: Sequence[RatedStatement],
    set_aside: Iterable[SetAside] = (),
    actions: Sequence[PlannedAction],
    area_sizes: dict[str, int],
    area_titles: dict[str, str],
    started_on: date,
    today: date,
    alone: bool,
) -> list[Prompt]:
    """Every question the answers so far give rise to, the weightiest first: `IMPORTANCE`.

    `area_sizes` counts the statements of each area. A childminder (`alone`) is not asked why one person rated all, nor
    who owns what.
    """
    found = [
        *_set_aside_although_the_law_asks(set_aside),
        *_strong_without_evidence(statements),
        *_areas_all_strong_on_the_first_day(statements, area_sizes, area_titles, started_on),
        *([] if alone else _all_by_one_person(statements)),
        *_about_actions(actions, today, alone=alone),
        *([] if alone else _of_those_who_left(actions)),
    ]
    return sorted(found, key=lambda prompt: IMPORTANCE.index(prompt.kind))


def _set_aside_although_the_law_asks(set_aside: Iterable[SetAside]) -> Iterator[Prompt]:
    for each in set_aside:
        yield Prompt(
            "law_set_aside",
            each.code,
            f"You said that “{each.text.rstrip('.')}” does not apply to you, and the law asks for it. "
            "Does your reason say why the law does not bind your setting?",
        )


def _strong_without_evidence(statements: Iterable[RatedStatement]) -> Iterator[Prompt]:
    for each in sorted(statements, key=lambda statement: not statement.statutory):
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


def _of_those_who_left(actions: Iterable[PlannedAction]) -> Iterator[Prompt]:
    left: dict[str, list[PlannedAction]] = {}
    for each in actions:
        if each.owner_left:
            left.setdefault(each.owner_left, []).append(each)
    for key, theirs in left.items():
        yield Prompt("owner_left", key, f"{belong_to_who_left(len(theirs))} ({theirs[0].owned_by}). Who takes over?")


def belong_to_who_left(count: int) -> str:
    """How many open actions are of somebody who has left.

    >>> belong_to_who_left(1), belong_to_who_left(3)
    ('1 action belongs to somebody who has left', '3 actions belong to somebody who has left')
    """
    return f"{count} action{' belongs' if count == 1 else 's belong'} to somebody who has left"
