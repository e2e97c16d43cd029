"""When learners of a cohort are asked."""

from __future__ import annotations

from datetime import date, timedelta


def survey_words(moment: str, weeks: int | None) -> str:
    """When a survey is asked, as people say it.

    >>> survey_words("before", None), survey_words("later", 12), survey_words("later", 1)
    ('Before the course', '12 weeks after the course', '1 week after the course')
    """
    if moment == "later":
        return f"{weeks} week{'' if weeks == 1 else 's'} after the course"
    return "Before the course" if moment == "before" else "At the end of the course"


def survey_on(moment: str, weeks: int | None, *, first: date | None, last: date | None) -> date | None:
    """The day on which a cohort is asked: its first, its last, or weeks after that; none while it has no sessions.

    >>> from datetime import date
    >>> days = {"first": date(2027, 3, 5), "last": date(2027, 7, 2)}
    >>> survey_on("before", None, **days), survey_on("later", 2, **days)
    (datetime.date(2027, 3, 5), datetime.date(2027, 7, 16))
    >>> survey_on("after", None, first=None, last=None)
    """
    day = first if moment == "before" else last
    return day + timedelta(weeks=weeks or 0) if day else None
