"""Parts of a session: what can change of them, and from when on it cannot."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_CODE = 20
MARKED = "Somebody is marked in this part already"


def why_not_change_part(*, marked: bool, lengths_differ: bool, because: str) -> str | None:
    """Why a part cannot be changed so, or None if it can. Once somebody is marked in it, how long it is stays.

    >>> why_not_change_part(marked=True, lengths_differ=True, because="A mistake")
    'Somebody is marked in this part already, so its times and minutes stay as they are'
    >>> why_not_change_part(marked=True, lengths_differ=False, because="")
    'Somebody is marked in this part already. Say why it changes'
    >>> why_not_change_part(marked=False, lengths_differ=True, because="")
    """
    if marked and lengths_differ:
        return f"{MARKED}, so its times and minutes stay as they are"
    return f"{MARKED}. Say why it changes" if marked and not because else None


def why_not_remove_part(*, marked: bool, others: int) -> str | None:
    """Why a part cannot be taken out, or None if it can. `others` counts the parts that would be left.

    >>> why_not_remove_part(marked=True, others=1)
    'Somebody is marked in this part already, so it stays'
    >>> why_not_remove_part(marked=False, others=0)
    'A session has at least one part. Cancel the session instead'
    >>> why_not_remove_part(marked=False, others=1)
    """
    if marked:
        return f"{MARKED}, so it stays"
    return "A session has at least one part. Cancel the session instead" if others < 1 else None


def why_not_beside(times: Iterable[tuple[int, int]]) -> str | None:
    """Why these parts cannot be one session, or None if they can. Times are minutes after midnight, from and to.

    >>> why_not_beside([(780, 900), (570, 720)])
    >>> why_not_beside([(570, 720), (700, 900)])
    'Two parts overlap: one ends at 12:00, the next starts at 11:40'
    """
    for (_, ends), (starts, _) in pairwise(sorted(times)):
        if starts < ends:
            return f"Two parts overlap: one ends at {_clock(ends)}, the next starts at {_clock(starts)}"
    return None


def codes_of(typed: str) -> list[str]:
    """The codes of criteria that somebody typed, each once.

    >>> codes_of("1a, 1b; 1a 2.1")
    ['1a', '1b', '2.1']
    """
    return list(dict.fromkeys(code for code in re.split(r"[\s,;]+", typed) if code))


def why_not_these_codes(codes: Iterable[str]) -> str | None:
    """Why these cannot be codes of criteria, or None if they can.

    >>> why_not_these_codes(["1a", "understanding-of-many-things"])
    '“understanding-of-many-things” is too long for a code'
    >>> why_not_these_codes(["1a"])
    """
    long = next((code for code in codes if len(code) > LONGEST_CODE), None)
    return f"“{long}” is too long for a code" if long else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
