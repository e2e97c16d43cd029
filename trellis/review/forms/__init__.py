"""What a review asks."""

from trellis.review.forms.evidence import EvidenceForm, LinkEvidenceForm, VersionForm
from trellis.review.forms.plan import ActionForm, MoveActionForm, NoActionForm, NoteForm
from trellis.review.forms.rating import RatingForm
from trellis.review.forms.rounds import AskPersonForm, DismissForm, MoveForm, StartForm
from trellis.review.forms.targets import TargetsForm
from trellis.review.forms.visit import ArrangementForm, InviteVisitorForm
from trellis.review.forms.visit_day import ChecklistForm, ConversationForm, TimetableRowForm, VisitorRatingForm
from trellis.review.forms.visit_report import CorrectionAnswerForm, CorrectionForm, FeedbackForm, VisitReportForm

__all__ = [
    "ActionForm",
    "ArrangementForm",
    "AskPersonForm",
    "ChecklistForm",
    "ConversationForm",
    "CorrectionAnswerForm",
    "CorrectionForm",
    "DismissForm",
    "EvidenceForm",
    "FeedbackForm",
    "InviteVisitorForm",
    "LinkEvidenceForm",
    "MoveActionForm",
    "MoveForm",
    "NoActionForm",
    "NoteForm",
    "RatingForm",
    "StartForm",
    "TargetsForm",
    "TimetableRowForm",
    "VersionForm",
    "VisitReportForm",
    "VisitorRatingForm",
]
