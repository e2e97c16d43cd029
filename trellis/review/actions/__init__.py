"""Everything that changes in a review."""

from trellis.review.actions.evidence import (
    EvidenceChanged,
    add_evidence,
    change_evidence,
    link_evidence,
    new_version,
    unlink_evidence,
)
from trellis.review.actions.frameworks import load_framework, load_overlay
from trellis.review.actions.plan import add_action, change_action, move_action, note_action
from trellis.review.actions.ratings import (
    Answer,
    Stale,
    confirm_last,
    decide_no_action,
    dismiss_prompt,
    rate,
    take_back_no_action,
)
from trellis.review.actions.rounds import ask_person, move_round, start_round
from trellis.review.actions.targets import set_targets

__all__ = [
    "Answer",
    "EvidenceChanged",
    "Stale",
    "add_action",
    "add_evidence",
    "ask_person",
    "change_action",
    "change_evidence",
    "confirm_last",
    "decide_no_action",
    "dismiss_prompt",
    "link_evidence",
    "load_framework",
    "load_overlay",
    "move_action",
    "move_round",
    "new_version",
    "note_action",
    "rate",
    "set_targets",
    "start_round",
    "take_back_no_action",
    "unlink_evidence",
]
