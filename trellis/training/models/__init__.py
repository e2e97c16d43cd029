"""What is recorded of award programmes."""

from trellis.training.models.closed_day import ClosedDay, ClosedKind
from trellis.training.models.cohort import Cadence, Cohort, CohortFunding, CohortStatus, TrainerAssignment
from trellis.training.models.duty import Duty, DutyStatus
from trellis.training.models.feed import Feed
from trellis.training.models.milestone import Milestone, MilestoneKind, WithdrawalReason
from trellis.training.models.place import LearnerRole, Place, PlaceStatus
from trellis.training.models.programme import Programme
from trellis.training.models.session import Part, Session, SessionKind, SessionStatus

__all__ = [
    "Cadence",
    "ClosedDay",
    "ClosedKind",
    "Cohort",
    "CohortFunding",
    "CohortStatus",
    "Duty",
    "DutyStatus",
    "Feed",
    "LearnerRole",
    "Milestone",
    "MilestoneKind",
    "Part",
    "Place",
    "PlaceStatus",
    "Programme",
    "Session",
    "SessionKind",
    "SessionStatus",
    "TrainerAssignment",
    "WithdrawalReason",
]
