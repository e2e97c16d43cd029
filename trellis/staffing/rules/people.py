"""Who is counted, and at which level."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from trellis.core.dates import months_later

if TYPE_CHECKING:
    from datetime import date

    from trellis.staffing.rules.edition import Edition


class Level(IntEnum):
    """The levels that ratios know."""

    NONE = 0
    TWO = 2
    THREE = 3
    SIX = 6


class HowKnown(StrEnum):
    """How we know somebody’s level."""

    LISTED = "listed"
    EVIDENCE = "evidence"
    EXPERIENCE = "experience"


class Standing(StrEnum):
    """As what somebody is there."""

    STAFF = "staff"
    AGENCY = "agency"
    APPRENTICE = "apprentice"
    STUDENT = "student"
    SHORT_PLACEMENT = "short_placement"
    VOLUNTEER = "volunteer"

    @property
    def trainee(self) -> bool:
        """Whether they may be counted only one level below their studies, and only if found competent."""
        return self in TRAINEES


TRAINEES = (Standing.APPRENTICE, Standing.STUDENT, Standing.VOLUNTEER)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a day, in minutes after midnight: the last minute is the first that is not in it."""

    start: int
    until: int

    def holds(self, minute: int) -> bool:
        """Whether a minute is in it.

        >>> Span(480, 495).holds(480), Span(480, 495).holds(495)
        (True, False)
        """
        return self.start <= minute < self.until


WHOLE_DAY = (Span(0, 24 * 60),)


@dataclass(frozen=True, kw_only=True)
class Staff:
    """One person of a setting on one day, as far as the rules need to know them."""

    key: str
    name: str = ""
    group: str = ""
    """Whom they work directly with; nothing for somebody who helps wherever needed."""
    hours: tuple[Span, ...] = WHOLE_DAY
    """When they are there and not on a break."""
    age: int = 17
    """17 stands for 17 and over."""
    level: int = Level.NONE
    known: HowKnown = HowKnown.EVIDENCE
    level_otherwise: int = Level.NONE
    """By certificate, where the level is by experience."""
    standing: Standing = Standing.STAFF
    studies: int = Level.NONE
    competent: bool = False
    """Of a trainee or volunteer: the provider is satisfied that they are competent and responsible."""
    first_aid_until: date | None = None
    manager: bool = False
    deputy: bool = False
    one_to_one: bool = False
    under_2_experience: bool = False
    trained_in_babies: bool = False
    school_teacher: bool = False
    childminder: bool = False
    senco_award: bool = False
    """Kept to say that it raises nobody’s level."""
    level_3_begun_on: date | None = None
    level_2_english: bool | None = None
    qualified_on: date | None = None
    counted_since: date | None = None
    appointed_on: date | None = None
    level_2_maths: bool | None = None

    def there(self, minute: int) -> bool:
        """Whether they work at that minute."""
        for span in self.hours:  # noqa: SIM110 - asked of everybody in every quarter hour
            if span.start <= minute < span.until:
                return True
        return False

    @property
    def called(self) -> str:
        """Their name, or the key by which they are known."""
        return self.name or self.key


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What somebody counts as: a level, or none because they do not count; the rule that says so, and why."""

    level: int | None
    rule: str = ""
    why: str = ""


def first_aid_until(gained: date, edition: Edition) -> date:
    """Until when a paediatric first aid certificate holds, by this edition."""
    return months_later(gained, edition.number("first-aid-lasts-months"))


def has_first_aid(person: Staff, on: date) -> bool:
    """Whether a paediatric first aid certificate holds on a day, its last included.

    >>> from datetime import date
    >>> has_first_aid(Staff(key="a", first_aid_until=date(2027, 3, 4)), date(2027, 3, 4))
    True
    """
    return person.first_aid_until is not None and person.first_aid_until >= on


def level_below(studies: int) -> int:
    """The level that ratios know below the one somebody studies for.

    >>> [level_below(level) for level in (6, 5, 4, 3, 2, 0)]
    [3, 3, 3, 2, 0, 0]
    """
    return max((level for level in (0, 2, 3, 6) if level < max(studies, 1)), default=0)


def counts_as(person: Staff, *, on: date, edition: Edition, good: bool, unqualified: bool) -> Standpoint:
    """At which level somebody is counted on a day, and by which rule otherwise than they hold.

    `good`: the setting was judged good or outstanding. `unqualified`: it counts staff without a qualification.
    """
    if person.one_to_one and edition.number("one-to-one-not-counted"):
        return Standpoint(None, "one-to-one-not-counted", "is with one child")
    if person.standing == Standing.SHORT_PLACEMENT:
        return Standpoint(None, "trainee-level-below", "is on a short placement")
    found = _trainee(person, on, edition) if person.standing.trainee else _staff(person, on, edition, good)
    if found.level == Level.NONE and not unqualified:
        return Standpoint(None, "unqualified-counted", "has no qualification, and you do not count those")
    return found


def _trainee(person: Staff, on: date, edition: Edition) -> Standpoint:
    key = "apprentice-least-age" if person.standing == Standing.APPRENTICE else "trainee-least-age"
    if person.age < edition.number(key):
        return Standpoint(None, key, "is too young to be counted")
    if not person.competent:
        return Standpoint(None, "trainee-level-below", "is not said to be competent and responsible")
    if edition.number("trainee-first-aid") and not has_first_aid(person, on):
        return Standpoint(None, "trainee-first-aid", "has no current paediatric first aid certificate")
    below = level_below(person.studies) if edition.number("trainee-level-below") else Level.NONE
    return Standpoint(max(below, _by_certificate(person, on, edition).level or 0), "trainee-level-below")


def _staff(person: Staff, on: date, edition: Edition, good: bool) -> Standpoint:
    if person.age < edition.number("least-age"):
        return Standpoint(None, "least-age", "is too young to be counted")
    if person.known != HowKnown.EXPERIENCE:
        return _by_certificate(person, on, edition)
    if not edition.number("experience-route"):
        return Standpoint(person.level_otherwise, "", "counts by experience only from a later edition")
    if edition.number("experience-good-setting") and not good:
        return Standpoint(
            person.level_otherwise, "experience-good-setting", "counts by experience in a good setting only"
        )
    if edition.number("experience-first-aid") and not has_first_aid(person, on):
        return Standpoint(person.level_otherwise, "experience-first-aid", "counts by experience with first aid only")
    return Standpoint(max(Level.THREE, person.level_otherwise))


def _by_certificate(person: Staff, on: date, edition: Edition) -> Standpoint:
    level = person.level_otherwise if person.known == HowKnown.EXPERIENCE else person.level
    since = edition.since("newly-qualified-first-aid")
    if level in (Level.TWO, Level.THREE) and since and person.qualified_on and person.qualified_on >= since:
        begun = person.counted_since or on
        by = months_later(begun, edition.number("newly-qualified-months"))
        if on > by and not has_first_aid(person, on):
            return Standpoint(Level.NONE, "newly-qualified-first-aid", "has no paediatric first aid")
    english = edition.since("level-3-english")
    begun_late = bool(english and person.level_3_begun_on and person.level_3_begun_on >= english)
    if level == Level.THREE and begun_late and person.level_2_english is False:
        return Standpoint(Level.TWO, "level-3-english", "has no Level 2 English")
    return Standpoint(level)
