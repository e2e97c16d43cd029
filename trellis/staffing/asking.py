"""The check asked of a setting’s week, and its answer as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trellis.qualifications.catalogue.certainty import in_words
from trellis.staffing.editions.loading import edition_on
from trellis.staffing.rules.checking import check
from trellis.staffing.rules.days import said
from trellis.staffing.rules.moments import counted_otherwise
from trellis.staffing.rules.ways_out import Asking, ways_out

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from trellis.staffing.models import DayChange
    from trellis.staffing.reading import Week
    from trellis.staffing.rules.answers import Answer, Verdict
    from trellis.staffing.rules.days import Leaving
    from trellis.staffing.rules.edition import Edition, Rule
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
class Told:
    """What is told of a question: the answer with its ways out, or why there is none."""

    why_none: str = ""
    answer: Answer | None = None
    ways: tuple[Way, ...] = ()
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
        return Told(_why_none(edition))
    return _told(Asking(day, leaving, edition, travel, instead=instead))


def answered_only(week: Week, changes: Iterable[DayChange], on: date, leaving: Leaving) -> Told:
    """The answer by itself, for whoever only compares it with the last one."""
    edition, day = edition_on(on), week.day_on(on, changes)
    if edition is None or day is None:
        return Told(_why_none(edition))
    return Told(answer=check(day, leaving, edition))


def _why_none(edition: Edition | None) -> str:
    return (
        "By your typical week you are closed on this day."
        if edition
        else "We hold no edition of the rules for this day."
    )


def _told(asking: Asking) -> Told:
    day, leaving, edition = asking.day, asking.leaving, asking.edition
    answer = check(day, leaving, edition)
    there = [person for person in day.staff if person.key in leaving.people]
    return Told(
        answer=answer,
        ways=tuple(ways_out(asking)),
        otherwise=tuple(sentence for _, _, sentence in counted_otherwise(day, edition)),
        not_there=tuple(
            person.called
            for person in there
            if not any(span.start < leaving.until and leaving.start < span.until for span in person.hours)
        ),
        away=f"from {said(leaving.start)} to {said(leaving.until)}",
    )


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
