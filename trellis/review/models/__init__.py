"""What a SEND review records."""

from trellis.review.models.children import ChildVoice, ChildVoiceWithdrawal
from trellis.review.models.evidence import Evidence, EvidenceUse, EvidenceVersion
from trellis.review.models.framework import Audience, Framework, Level, LocalOverlay, Statement
from trellis.review.models.own_rating import Agreement, NameChoice, OwnRating, OwnRatingChange
from trellis.review.models.parents import PaperSitting, ParentComment, ParentCount, ParentForm, ParentPageKey
from trellis.review.models.plan import STILL_OPEN, Action, ActionStatus, ActionStep
from trellis.review.models.rating import PromptDismissal, Rating, RatingChange, RatingState, Work
from trellis.review.models.round import OPEN, Part, Round, RoundPerson, RoundStatus, RoundStep

__all__ = [
    "OPEN",
    "STILL_OPEN",
    "Action",
    "ActionStatus",
    "ActionStep",
    "Agreement",
    "Audience",
    "ChildVoice",
    "ChildVoiceWithdrawal",
    "Evidence",
    "EvidenceUse",
    "EvidenceVersion",
    "Framework",
    "Level",
    "LocalOverlay",
    "NameChoice",
    "OwnRating",
    "OwnRatingChange",
    "PaperSitting",
    "ParentComment",
    "ParentCount",
    "ParentForm",
    "ParentPageKey",
    "Part",
    "PromptDismissal",
    "Rating",
    "RatingChange",
    "RatingState",
    "Round",
    "RoundPerson",
    "RoundStatus",
    "RoundStep",
    "Statement",
    "Work",
]
