"""What is recorded of a setting’s week, and what can never be untrue."""

from trellis.staffing.models.colleague import Colleague
from trellis.staffing.models.day_change import ChangeKind, DayChange
from trellis.staffing.models.room import OwnRules, Room
from trellis.staffing.models.usual_day import ChildrenExpected, ColleagueHours, Meal, UsualDay

__all__ = [
    "ChangeKind",
    "ChildrenExpected",
    "Colleague",
    "ColleagueHours",
    "DayChange",
    "Meal",
    "OwnRules",
    "Room",
    "UsualDay",
]
