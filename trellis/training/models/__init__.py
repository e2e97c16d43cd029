"""What is recorded of award programmes."""

from trellis.training.models.admission import (
    AccessNeeds,
    AdmissionDecision,
    AdmissionRule,
    Certainty,
    Decision,
    ManagerAnswer,
    Offer,
    OfferStatus,
)
from trellis.training.models.alternative import Alternative, Search
from trellis.training.models.application import (
    Application,
    ApplicationStatus,
    Beside,
    EarlierTraining,
    Level3,
    Payer,
)
from trellis.training.models.application_key import ApplicationKey, KeyFor
from trellis.training.models.application_step import ApplicationStep, WhoMoved
from trellis.training.models.catch_up import CatchUp, CatchUpMethod, CatchUpStatus
from trellis.training.models.closed_day import ClosedDay, ClosedKind
from trellis.training.models.cohort import Cadence, Cohort, CohortFunding, CohortStatus, TrainerAssignment
from trellis.training.models.duty import Duty, DutyStatus
from trellis.training.models.feed import Feed, FeedPurpose
from trellis.training.models.going import GoingAnswer, Journey
from trellis.training.models.mark import AbsenceReason, Mark, MarkSource, MarkStatus, WallCode
from trellis.training.models.milestone import Milestone, MilestoneKind, WithdrawalReason
from trellis.training.models.place import LearnerRole, Place, PlaceStatus
from trellis.training.models.planning import Counted, Planning, PlanningStatus
from trellis.training.models.programme import Programme
from trellis.training.models.session import Part, Session, SessionKind, SessionStatus
from trellis.training.models.survey import Survey, SurveyMoment
from trellis.training.models.visit import Reflection, VisitOffer, VisitOfferStatus, VisitPlace

__all__ = [
    "AbsenceReason",
    "AccessNeeds",
    "AdmissionDecision",
    "AdmissionRule",
    "Alternative",
    "Application",
    "ApplicationKey",
    "ApplicationStatus",
    "ApplicationStep",
    "Beside",
    "Cadence",
    "CatchUp",
    "CatchUpMethod",
    "CatchUpStatus",
    "Certainty",
    "ClosedDay",
    "ClosedKind",
    "Cohort",
    "CohortFunding",
    "CohortStatus",
    "Counted",
    "Decision",
    "Duty",
    "DutyStatus",
    "EarlierTraining",
    "Feed",
    "FeedPurpose",
    "GoingAnswer",
    "Journey",
    "KeyFor",
    "LearnerRole",
    "Level3",
    "ManagerAnswer",
    "Mark",
    "MarkSource",
    "MarkStatus",
    "Milestone",
    "MilestoneKind",
    "Offer",
    "OfferStatus",
    "Part",
    "Payer",
    "Place",
    "PlaceStatus",
    "Planning",
    "PlanningStatus",
    "Programme",
    "Reflection",
    "Search",
    "Session",
    "SessionKind",
    "SessionStatus",
    "Survey",
    "SurveyMoment",
    "TrainerAssignment",
    "VisitOffer",
    "VisitOfferStatus",
    "VisitPlace",
    "WallCode",
    "WhoMoved",
    "WithdrawalReason",
]
