"""What is recorded of award programmes."""

from trellis.training.models.catch_up import CatchUp, CatchUpMethod, CatchUpStatus
from trellis.training.models.closed_day import ClosedDay, ClosedKind
from trellis.training.models.cohort import Cadence, Cohort, CohortFunding, CohortStatus, TrainerAssignment
from trellis.training.models.duty import Duty, DutyStatus
from trellis.training.models.feed import Feed
from trellis.training.models.mark import AbsenceReason, Mark, MarkSource, MarkStatus, WallCode
from trellis.training.models.milestone import Milestone, MilestoneKind, WithdrawalReason
from trellis.training.models.place import LearnerRole, Place, PlaceStatus
from trellis.training.models.programme import Programme
from trellis.training.models.session import Part, Session, SessionKind, SessionStatus

__all__ = [
    "AbsenceReason",
    "Cadence",
    "CatchUp",
    "CatchUpMethod",
    "CatchUpStatus",
    "ClosedDay",
    "ClosedKind",
    "Cohort",
    "CohortFunding",
    "CohortStatus",
    "Duty",
    "DutyStatus",
    "Feed",
    "LearnerRole",
    "Mark",
    "MarkSource",
    "MarkStatus",
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
    "WallCode",
    "WithdrawalReason",
]
