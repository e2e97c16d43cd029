"""What a setting’s week keeps about a person with an account: what it wrote down of them, and what they changed."""

from __future__ import annotations

from trellis.core.personal import left_out, on_leaving, told
from trellis.staffing.actions.colleagues import forget_colleague
from trellis.staffing.models import Colleague, ColleagueHours, DayChange, UsualDay
from trellis.staffing.rules.days import said

IN_THE_AUDIT = "who changed it stands in the audit, which is told"


def clock_of(minute: int | None) -> str:
    """A minute after midnight as people write it; nothing for none."""
    return "" if minute is None else said(minute)


told(
    "in_the_week",
    "What your setting wrote down of you to work out staff:child ratios",
    Colleague,
    "user",
    says={
        "Setting": "organisation__name",
        "Name": "name",
        "Born on": "born_on",
        "There as": "standing",
        "Level": "level",
        "How it is known": "known",
        "Level by certificate": "level_otherwise",
        "Studies for": "studies",
        "Found competent": "competent",
        "Paediatric first aid until": "first_aid_until",
        "Manager": "manager",
        "Deputy": "deputy",
        "With one child": "one_to_one",
        "Experience with children under two": "under_2_experience",
        "Trained in the care of babies": "trained_in_babies",
        "School teacher": "school_teacher",
        "Childminder": "childminder",
    },
    newest="name",
)
told(
    "in_the_week_hours",
    "When you usually work, as your setting wrote it down",
    ColleagueHours,
    "colleague__user",
    says={
        "Setting": "colleague__organisation__name",
        "Weekday": "day__weekday",
        "Room": "room__name",
        "From": "starts",
        "To": "until",
        "Break from": "break_starts",
        "Break to": "break_until",
    },
    newest="day__weekday",
    put={"From": clock_of, "To": clock_of, "Break from": clock_of, "Break to": clock_of},
)
told(
    "in_the_week_off",
    "On which days your setting wrote down that you are off",
    DayChange,
    "colleague__user",
    says={"Setting": "organisation__name", "Day": "on", "From": "starts", "To": "until"},
    newest="on",
    put={"From": clock_of, "To": clock_of},
)
left_out(DayChange, "added_by", because=IN_THE_AUDIT)
left_out(UsualDay, "changed_by", because=IN_THE_AUDIT)

on_leaving(forget_colleague)
