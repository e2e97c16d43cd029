"""What a review asks."""

from trellis.review.forms.children import ChildVoiceForm
from trellis.review.forms.evidence import EvidenceForm, LinkEvidenceForm, LinkStatementForm, VersionForm
from trellis.review.forms.filled_form import FormBackForm, accepted_in
from trellis.review.forms.own_rating import AgreeForm, NameForm, OwnRatingForm
from trellis.review.forms.parents import OpenParentForm, ReplyForm
from trellis.review.forms.plan import ActionForm, HandOverForm, MoveActionForm, NoActionForm, NoteForm
from trellis.review.forms.rating import RatingForm
from trellis.review.forms.rounds import AskPersonForm, DismissForm, MoveForm, StartForm
from trellis.review.forms.targets import TargetsForm
from trellis.review.forms.visit import ArrangementForm, InviteVisitorForm
from trellis.review.forms.visit_day import ChecklistForm, ConversationForm, TimetableRowForm, VisitorRatingForm
from trellis.review.forms.visit_report import CorrectionAnswerForm, CorrectionForm, FeedbackForm, VisitReportForm

__all__ = [
    "ActionForm",
    "AgreeForm",
    "ArrangementForm",
    "AskPersonForm",
    "ChecklistForm",
    "ChildVoiceForm",
    "ConversationForm",
    "CorrectionAnswerForm",
    "CorrectionForm",
    "DismissForm",
    "EvidenceForm",
    "FeedbackForm",
    "FormBackForm",
    "HandOverForm",
    "InviteVisitorForm",
    "LinkEvidenceForm",
    "LinkStatementForm",
    "MoveActionForm",
    "MoveForm",
    "NameForm",
    "NoActionForm",
    "NoteForm",
    "OpenParentForm",
    "OwnRatingForm",
    "RatingForm",
    "ReplyForm",
    "StartForm",
    "TargetsForm",
    "TimetableRowForm",
    "VersionForm",
    "VisitReportForm",
    "VisitorRatingForm",
    "accepted_in",
]
