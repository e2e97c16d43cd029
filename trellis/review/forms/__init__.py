"""What a review asks."""

from trellis.review.forms.evidence import EvidenceForm, LinkEvidenceForm, VersionForm
from trellis.review.forms.plan import ActionForm, MoveActionForm, NoActionForm, NoteForm
from trellis.review.forms.rating import RatingForm
from trellis.review.forms.rounds import AskPersonForm, DismissForm, MoveForm, StartForm
from trellis.review.forms.targets import TargetsForm

__all__ = [
    "ActionForm",
    "AskPersonForm",
    "DismissForm",
    "EvidenceForm",
    "LinkEvidenceForm",
    "MoveActionForm",
    "MoveForm",
    "NoActionForm",
    "NoteForm",
    "RatingForm",
    "StartForm",
    "TargetsForm",
    "VersionForm",
]
