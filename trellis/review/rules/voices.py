"""Colleagues rate alone first and talk then; parents and children are heard beside them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from trellis.core.rules.share_words import may_be_told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

FEWEST_VOICES = 2
LONGEST_OPEN_DAYS = 92
USUAL_OPEN_DAYS = 14
FEWEST_FOR_COMMENTS = 10  # five would be four that somebody made up and one that a parent wrote


def why_not_rate_alone(*, status: str) -> str | None:
    """Why nobody can rate alone in a round, or None if they can: only before the talk, so nobody is talked round.

    >>> why_not_rate_alone(status="draft")
    >>> why_not_rate_alone(status="discussing")
    'The talk has begun, so what each of you said alone stays as it is'
    """
    if status == "draft":
        return None
    if status == "discussing":
        return "The talk has begun, so what each of you said alone stays as it is"
    return f"This review has been {'agreed' if status == 'agreed' else 'archived'}, so what you said stays as it is"


def why_not_choose_name(*, status: str) -> str | None:
    """Why somebody can no longer choose whether their name is shown, or None if they can.

    >>> why_not_choose_name(status="discussing")
    >>> why_not_choose_name(status="agreed")
    'This review has been agreed, so your choice stays as it is'
    """
    if status in ("draft", "discussing"):
        return None
    return f"This review has been {'agreed' if status == 'agreed' else 'archived'}, so your choice stays as it is"


def may_be_discussed(*, status: str, agreed: bool) -> bool:
    """Whether what colleagues said alone may be seen together: from the talk on. `agreed` says that it ended well.

    >>> may_be_discussed(status="draft", agreed=False), may_be_discussed(status="discussing", agreed=False)
    (False, True)

    A draft that is put away unfinished never came to the talk:

    >>> may_be_discussed(status="archived", agreed=False), may_be_discussed(status="archived", agreed=True)
    (False, True)
    """
    return status == "discussing" or agreed


def why_not_agree(*, status: str, people: int) -> str | None:
    """Why an agreed rating cannot be recorded, or None if it can.

    >>> why_not_agree(status="draft", people=3)
    'Open the discussion first, so that everybody has been heard'
    >>> why_not_agree(status="discussing", people=0)
    'Select who agreed this'
    """
    if status == "draft":
        return "Open the discussion first, so that everybody has been heard"
    if status != "discussing":
        return f"This review has been {'agreed' if status == 'agreed' else 'archived'}, so its ratings stay as they are"
    return None if people else "Select who agreed this"


def disagreement(positions: Sequence[int], unsure: int) -> tuple[int, int, int]:
    """How far apart colleagues are: larger tuples are talked about first.

    First how far the furthest two are apart on the scale, then how many pairs differ, then how many were not sure.

    >>> disagreement([3, 3, 1], 0) > disagreement([3, 2, 2], 2) > disagreement([3, 3, 3], 1) > disagreement([3, 3], 0)
    True
    """
    pairs = sum(one != other for at, one in enumerate(positions) for other in positions[at + 1 :])
    return (max(positions, default=0) - min(positions, default=0), pairs, unsure)


def span_in_words(labels: Sequence[str]) -> str:
    """What colleagues said, for a paper that may leave the house: from where to where, and not how many.

    `labels` are the words chosen, in the order of the scale.

    >>> span_in_words(["Secure", "Partly in place", "Secure"]), span_in_words(["Secure", "Secure"])
    ('between “Secure” and “Partly in place”', '“Secure”')
    """
    known = list(dict.fromkeys(labels))
    if not known:
        return ""
    if len(known) == 1:
        return f"“{known[0]}”"
    return f"between “{known[0]}” and “{known[-1]}”"


class Told(NamedTuple):
    """What may be said of how many parents replied, and whether answers and comments are shown."""

    words: str
    answers: bool
    comments: bool = False


def told_of_replies(*, replies: int, typed_in: int = 0, is_open: bool) -> Told:
    """What a setting is told of how many replied, and whether it sees answers: when closed, from five up.

    Whoever typed in replies from paper has read them and could take them away from the rest. So those that parents
    sent themselves must be five or more too, unless there are none; and how many these are is not told either, which the
    whole would tell beside the number typed in.

    What parents added in words is shown from ten up, of those that they sent themselves or of all.

    >>> told_of_replies(replies=9, is_open=False).comments, told_of_replies(replies=10, is_open=False).comments
    (False, True)
    >>> told_of_replies(replies=12, typed_in=3, is_open=False).comments
    False
    >>> told_of_replies(replies=3, is_open=True).words, told_of_replies(replies=12, is_open=True)
    ('Fewer than five replies so far', Told(words='12 replies so far', answers=False, comments=False))
    >>> told_of_replies(replies=9, typed_in=6, is_open=True).words
    'Fewer than five replies so far, besides 6 typed in'
    >>> told_of_replies(replies=4, is_open=False)
    Told(words='Fewer than five parents replied, so no answers are shown', answers=False, comments=False)
    >>> told_of_replies(replies=12, typed_in=12, is_open=False)
    Told(words='12 parents replied', answers=True, comments=True)
    >>> told_of_replies(replies=12, typed_in=9, is_open=False).words
    'Fewer than five parents replied by themselves, so no answers are shown: whoever typed in could work theirs out'
    """
    enough, by_themselves = may_be_told(replies), replies - typed_in
    hides_few = bool(by_themselves) and not may_be_told(by_themselves)
    if is_open and typed_in and hides_few:
        return Told(f"Fewer than five replies so far, besides {typed_in:,} typed in", answers=False)
    if is_open:
        return Told(f"{replies:,} replies so far" if enough else "Fewer than five replies so far", answers=False)
    if not enough:
        return Told("Fewer than five parents replied, so no answers are shown", answers=False)
    if hides_few:
        why = "so no answers are shown: whoever typed in could work theirs out"
        return Told(f"Fewer than five parents replied by themselves, {why}", answers=False)
    comments = (by_themselves or replies) >= FEWEST_FOR_COMMENTS
    return Told(f"{replies:,} parents replied", answers=True, comments=comments)


def why_not_ask_parents(*, status: str) -> str | None:
    """Why parents cannot be asked in a round, or None if they can.

    >>> why_not_ask_parents(status="agreed")
    'This review is finished, so parents cannot be asked for it any more'
    >>> why_not_ask_parents(status="discussing")
    """
    if status in ("draft", "discussing"):
        return None
    return "This review is finished, so parents cannot be asked for it any more"


def suggested_last_day(today: date) -> date:
    """The last day to reply that we suggest: two weeks on, and when that is no day on which a setting is open, the next.

    >>> from datetime import date
    >>> suggested_last_day(date(2026, 11, 23)), suggested_last_day(date(2026, 11, 28)), suggested_last_day(date(2026, 12, 14))
    (datetime.date(2026, 12, 7), datetime.date(2026, 12, 14), datetime.date(2027, 1, 4))
    """
    day = today + timedelta(days=USUAL_OPEN_DAYS)
    while day.weekday() > 4 or (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1):
        day += timedelta(days=1)
    return day


def why_not_open_form(*, closes_on: date, today: date, open_one: bool) -> str | None:
    """Why a form for parents cannot be opened, or None if it can.

    >>> from datetime import date
    >>> today = date(2026, 11, 24)
    >>> why_not_open_form(closes_on=date(2026, 11, 24), today=today, open_one=False)
    'The last day must be after today'
    >>> why_not_open_form(closes_on=date(2027, 11, 24), today=today, open_one=False)
    'The last day must be within three months'
    >>> why_not_open_form(closes_on=date(2026, 12, 11), today=today, open_one=True)
    'A form for parents is open already. Close it first'
    """
    if open_one:
        return "A form for parents is open already. Close it first"
    if closes_on <= today:
        return "The last day must be after today"
    if (closes_on - today).days > LONGEST_OPEN_DAYS:
        return "The last day must be within three months"
    return None
