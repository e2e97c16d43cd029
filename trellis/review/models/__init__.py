"""What a SEND review records."""

from trellis.review.models.campaign import Campaign, CampaignInvitation, Whom
from trellis.review.models.children import ChildVoice, ChildVoiceWithdrawal
from trellis.review.models.evidence import Evidence, EvidenceChange, EvidenceUse, EvidenceVersion
from trellis.review.models.filled_form import FilledForm
from trellis.review.models.framework import Audience, Framework, Level, LocalOverlay, Statement
from trellis.review.models.help import HelpRequest, HelpStatus, HelpStep, HelpStepKind, HelpWanted
from trellis.review.models.own_rating import Agreement, NameChoice, OwnRating, OwnRatingChange
from trellis.review.models.parents import PaperSitting, ParentComment, ParentCount, ParentForm, ParentPageKey
from trellis.review.models.plan import STILL_OPEN, Action, ActionChange, ActionStatus, ActionStep
from trellis.review.models.pooled import PooledCount
from trellis.review.models.rating import NoActionChange, PromptDismissal, Rating, RatingChange, RatingState, Work
from trellis.review.models.release import Release, ReleaseLink, ReleaseReading
from trellis.review.models.released_rating import ReleasedRating
from trellis.review.models.round import OPEN, Part, Round, RoundPerson, RoundStatus, RoundStep
from trellis.review.models.setting_file import SettingFile
from trellis.review.models.target import AreaTarget
from trellis.review.models.visit import Visit, VisitKind, VisitStatus, VisitStep
from trellis.review.models.visit_day import ChecklistMark, ItemState, ReviewerRating, TimetableRow, VisitNote
from trellis.review.models.visit_report import (
    Correction,
    CorrectionAnswer,
    HowItWas,
    Recommendation,
    RecommendationTaken,
    ReportVersion,
    VisitFeedback,
)
from trellis.review.models.words import TEXTS_OF, WRITTEN

__all__ = [
    "OPEN",
    "STILL_OPEN",
    "TEXTS_OF",
    "WRITTEN",
    "Action",
    "ActionChange",
    "ActionStatus",
    "ActionStep",
    "Agreement",
    "AreaTarget",
    "Audience",
    "Campaign",
    "CampaignInvitation",
    "ChecklistMark",
    "ChildVoice",
    "ChildVoiceWithdrawal",
    "Correction",
    "CorrectionAnswer",
    "Evidence",
    "EvidenceChange",
    "EvidenceUse",
    "EvidenceVersion",
    "FilledForm",
    "Framework",
    "HelpRequest",
    "HelpStatus",
    "HelpStep",
    "HelpStepKind",
    "HelpWanted",
    "HowItWas",
    "ItemState",
    "Level",
    "LocalOverlay",
    "NameChoice",
    "NoActionChange",
    "OwnRating",
    "OwnRatingChange",
    "PaperSitting",
    "ParentComment",
    "ParentCount",
    "ParentForm",
    "ParentPageKey",
    "Part",
    "PooledCount",
    "PromptDismissal",
    "Rating",
    "RatingChange",
    "RatingState",
    "Recommendation",
    "RecommendationTaken",
    "Release",
    "ReleaseLink",
    "ReleaseReading",
    "ReleasedRating",
    "ReportVersion",
    "ReviewerRating",
    "Round",
    "RoundPerson",
    "RoundStatus",
    "RoundStep",
    "SettingFile",
    "Statement",
    "TimetableRow",
    "Visit",
    "VisitFeedback",
    "VisitKind",
    "VisitNote",
    "VisitStatus",
    "VisitStep",
    "Whom",
    "Work",
]
