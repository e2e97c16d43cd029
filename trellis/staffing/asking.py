"""The check asked of a setting’s week, and its answer as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from trellis.core.dates import day as written
from trellis.qualifications.catalogue.certainty import in_words
from trellis.staffing.editions.loading import edition_on
from trellis.staffing.rules.checking import check
from trellis.staffing.rules.days import said
from trellis.staffing.rules.moments import counted_otherwise
from trellis.staffing.rules.overview import typed
from trellis.staffing.rules.ways_out import COVER, Asking, ways_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trellis.staffing.models import DayChange
    from trellis.staffing.reading import Week
    from trellis.staffing.rules.answers import Answer, Verdict
    from trellis.staffing.rules.days import Leaving
    from trellis.staffing.rules.edition import Edition, Rule
    from trellis.staffing.rules.people import Staff
    from trellis.staffing.rules.ways_out import Way


@dataclass(frozen=True)
class Stretch:
    """Quarter hours in a row that are alike: how many are needed and there."""

    start: str
    until: str
    required: int
    required_each: int
    present: int
    verdict: Verdict


@dataclass(frozen=True)
class WayOut:
    """A way out as a page offers it: with what fills in the question, or the cover, so that it can be taken."""

    way: Way
    again: str = ""
    cover: str = ""


@dataclass(frozen=True)
class Told:
    """What is told of a question: the answer with its ways out, or why there is none."""

    why_none: str = ""
    answer: Answer | None = None
    ways: tuple[WayOut, ...] = ()
    otherwise: tuple[str, ...] = ()
    """Who counts otherwise than one might think."""
    not_there: tuple[str, ...] = ()
    """Who would be away and is not at work then anyhow."""
    away: str = ""

    @property
    def stretches(self) -> list[Stretch]:
        """The quarter hours, those that are alike taken together."""
        found: list[Stretch] = []
        for each in self.answer.quarters if self.answer else ():
            figures = (each.required, each.required_each, each.present, each.verdict)
            start, until = said(each.minute), said(each.minute + 15)
            last = found[-1] if found else None
            if last and (last.required, last.required_each, last.present, last.verdict) == figures:
                start = found.pop().start
            found.append(Stretch(start, until, *figures))
        return found


def asked(
    week: Week,
    changes: Iterable[DayChange],
    on: date,
    leaving: Leaving,
    *,
    travel: int = 0,
    instead: tuple[str, ...] = (),
) -> Told:
    """The answer to whether some of a setting’s people can be away on a day; `instead` are those who could go for them."""
    edition, day = edition_on(on), week.day_on(on, changes)
    if edition is None or day is None:
        return Told(_why_none(edition, week, on))
    return _told(Asking(day, leaving, edition, travel, instead=instead))


def answered_only(week: Week, changes: Iterable[DayChange], on: date, leaving: Leaving) -> Told:
    """The answer by itself, for whoever only compares it with the last one."""
    edition, day = edition_on(on), week.day_on(on, changes)
    if edition is None or day is None:
        return Told(_why_none(edition, week, on))
    return Told(answer=check(day, leaving, edition))


def _why_none(edition: Edition | None, week: Week, on: date) -> str:
    return week.why_no_day(on) if edition else "We hold no edition of the rules for this day."


def _told(asking: Asking) -> Told:
    day, leaving, edition = asking.day, asking.leaving, asking.edition
    answer = check(day, leaving, edition)
    there = [person for person in day.staff if person.key in leaving.people]
    return Told(
        answer=answer,
        ways=tuple(offered(way, leaving, asking.travel) for way in ways_out(asking)),
        otherwise=tuple(sentence for _, _, sentence in counted_otherwise(day, edition)),
        not_there=tuple(
            person.called
            for person in there
            if not any(span.start < leaving.until and leaving.start < span.until for span in person.hours)
        ),
        away=f"from {said(leaving.start)} to {said(leaving.until)}",
    )


def offered(way: Way, leaving: Leaving, travel: int) -> WayOut:
    """A way out with the address of the next step, where there is one."""
    cover = next((person for person in way.day.staff if person.key == COVER), None)
    if cover:
        return WayOut(way, cover=_cover(cover))
    if way.leavings == (leaving,) or len(way.leavings) != 1:
        return WayOut(way)
    (instead,) = way.leavings
    times = {"starts": typed(instead.start + travel), "ends": typed(instead.until - travel)}
    return WayOut(way, again=urlencode({"who": instead.people, **times, "travel": travel}, doseq=True))


def _cover(cover: Staff) -> str:
    """What fills in the form for somebody from an agency; nothing when it cannot ask for all that is needed."""
    if cover.under_2_experience:
        return ""
    aid = {"first_aid": "on"} if cover.first_aid_until else {}
    (hours,) = cover.hours
    said = {"level": int(cover.level), "room": cover.group, "starts": typed(hours.start), "until": typed(hours.until)}
    return urlencode(said | aid)


def value_said(rule: Rule) -> str:
    """The value of a rule in words.

    >>> from fractions import Fraction
    >>> from trellis.staffing.rules.edition import Rule
    >>> values = (5, True, Fraction(1, 2), (480, 960), "Words")
    >>> [value_said(Rule("key", "Title", value, "Source", "seen")) for value in values]
    ['5', 'Yes', '1/2', '8:00am to 4:00pm', 'Words']
    """
    match rule.value:
        case bool():
            return "Yes" if rule.value else "No"
        case date():
            return written(rule.value)
        case tuple():
            return f"{said(rule.value[0])} to {said(rule.value[1])}"
    return str(rule.value)


def rule_said(rule: Rule) -> str:
    """Where a rule is from and how sure that is, in a line.

    >>> from trellis.staffing.rules.edition import Rule
    >>> rule_said(Rule("ratio-2", "One for five", 5, "Croner-i", "seen", paragraph="3.33"))
    'Paragraph 3.33. Read in a public copy. Source: Croner-i.'
    """
    parts = [
        f"Paragraph {rule.paragraph}" if rule.paragraph else "",
        in_words(rule.certainty),
        f"As in the edition of {rule.carried_from}" if rule.carried_from else "",
        rule.note,
        f"Source: {rule.source}",
    ]
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)
