"""What a review asks."""

from trellis.review.forms.children import ChildVoiceForm
from trellis.review.forms.evidence import EvidenceForm, LinkEvidenceForm, VersionForm
from trellis.review.forms.own_rating import AgreeForm, NameForm, OwnRatingForm
from trellis.review.forms.parents import OpenParentForm, ReplyForm
from trellis.review.forms.plan import ActionForm, MoveActionForm, NoActionForm, NoteForm
from trellis.review.forms.rating import RatingForm
from trellis.review.forms.rounds import AskPersonForm, DismissForm, MoveForm, StartForm
from trellis.review.forms.targets import TargetsForm

__all__ = [
    "ActionForm",
    "AgreeForm",
    "AskPersonForm",
    "ChildVoiceForm",
    "DismissForm",
    "EvidenceForm",
    "LinkEvidenceForm",
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
    "VersionForm",
]
