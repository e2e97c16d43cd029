"""What a SEND review records."""

from trellis.review.models.evidence import Evidence, EvidenceUse, EvidenceVersion
from trellis.review.models.framework import Audience, Framework, Level, LocalOverlay, Statement
from trellis.review.models.help import HelpRequest, HelpStatus, HelpStep, HelpStepKind, HelpWanted
from trellis.review.models.plan import STILL_OPEN, Action, ActionStatus, ActionStep
from trellis.review.models.rating import PromptDismissal, Rating, RatingChange, RatingState, Work
from trellis.review.models.release import Release, ReleaseLink, ReleaseReading
from trellis.review.models.released_rating import ReleasedRating
from trellis.review.models.round import OPEN, Part, Round, RoundPerson, RoundStatus, RoundStep

__all__ = [
    "OPEN",
    "STILL_OPEN",
    "Action",
    "ActionStatus",
    "ActionStep",
    "Audience",
    "Evidence",
    "EvidenceUse",
    "EvidenceVersion",
    "Framework",
    "HelpRequest",
    "HelpStatus",
    "HelpStep",
    "HelpStepKind",
    "HelpWanted",
    "Level",
    "LocalOverlay",
    "Part",
    "PromptDismissal",
    "Rating",
    "RatingChange",
    "RatingState",
    "Release",
    "ReleaseLink",
    "ReleaseReading",
    "ReleasedRating",
    "Round",
    "RoundPerson",
    "RoundStatus",
    "RoundStep",
    "Statement",
    "Work",
]
