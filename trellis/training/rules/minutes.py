"""Guided minutes: how many are planned, and how that compares with what the award asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import time

AWARD_MINUTES = 34 * 60
"""The Level 3 award for SENCOs in early years settings has 34 guided hours (its awarding organisation’s description)."""


def hours(minutes: int) -> str:
    """Minutes as people say them.

    >>> hours(2040), hours(90), hours(60), hours(45), hours(0)
    ('34 hours', '1 hour 30 minutes', '1 hour', '45 minutes', 'no time')
    """
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} hour{'' if whole == 1 else 's'}"] * bool(whole)
    parts += [f"{rest} minute{'' if rest == 1 else 's'}"] * bool(rest)
    return " ".join(parts) or "no time"


def short_hours(minutes: int) -> str:
    """The same where there is little room.

    >>> short_hours(2040), short_hours(630), short_hours(45), short_hours(0)
    ('34 h', '10 h 30 min', '45 min', '0 h')
    """
    whole, rest = divmod(minutes, 60)
    return " ".join([f"{whole} h"] * bool(whole) + [f"{rest} min"] * bool(rest)) or "0 h"


def guided_words(planned: int, asked: int) -> str:
    """How much guided time is planned against what is asked for, as a sentence.

    >>> guided_words(2040, 2040)
    '34 hours of guided learning are planned, as the award asks for.'
    >>> guided_words(1950, 2040)
    '32 hours 30 minutes of guided learning are planned: 1 hour 30 minutes fewer than the 34 hours the award asks for.'
    >>> guided_words(2100, 2040)
    '35 hours of guided learning are planned: 1 hour more than the 34 hours the award asks for.'
    >>> guided_words(0, 2040)
    'No guided learning is planned yet. The award asks for 34 hours.'
    """
    if not planned:
        return f"No guided learning is planned yet. The award asks for {hours(asked)}."
    said = f"{hours(planned)} of guided learning {'is' if planned in (1, 60) else 'are'} planned"
    if planned == asked:
        return f"{said}, as the award asks for."
    compared = "fewer" if planned < asked else "more"
    return f"{said}: {hours(abs(planned - asked))} {compared} than the {hours(asked)} the award asks for."


def after_midnight(clock: time) -> int:
    """A time of day as minutes after midnight.

    >>> from datetime import time
    >>> after_midnight(time(9, 30))
    570
    """
    return clock.hour * 60 + clock.minute


def why_not_this_part(*, starts: int, ends: int, planned: int, guided: int) -> str | None:
    """Why a part of a day cannot be so, or None if it can. Times are minutes after midnight.

    >>> why_not_this_part(starts=570, ends=750, planned=180, guided=120)
    >>> why_not_this_part(starts=570, ends=750, planned=200, guided=120)
    'From 9:30 to 12:30 there is time for 180 minutes, not 200'
    >>> why_not_this_part(starts=570, ends=750, planned=100, guided=120)
    'No more minutes can be guided than are planned'
    """
    if ends <= starts:
        return "A part of a day ends after it starts"
    if planned > ends - starts:
        return f"From {_clock(starts)} to {_clock(ends)} there is time for {ends - starts} minutes, not {planned}"
    return "No more minutes can be guided than are planned" if guided > planned else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
