"""Everything that changes in a review."""

from trellis.review.actions.children import note_child_voice, withdraw_child_voice
from trellis.review.actions.evidence import add_evidence, change_evidence, link_evidence, new_version, unlink_evidence
from trellis.review.actions.frameworks import load_framework, load_overlay
from trellis.review.actions.own_rating import OwnAnswer, OwnStale, agree, choose_name, rate_alone
from trellis.review.actions.parents import close_parent_form, count_reply, open_parent_form, type_in_reply
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

__all__ = [
    "Answer",
    "OwnAnswer",
    "OwnStale",
    "Stale",
    "add_action",
    "add_evidence",
    "agree",
    "ask_person",
    "change_action",
    "change_evidence",
    "choose_name",
    "close_parent_form",
    "confirm_last",
    "count_reply",
    "decide_no_action",
    "dismiss_prompt",
    "link_evidence",
    "load_framework",
    "load_overlay",
    "move_action",
    "move_round",
    "new_version",
    "note_action",
    "note_child_voice",
    "open_parent_form",
    "rate",
    "rate_alone",
    "start_round",
    "take_back_no_action",
    "type_in_reply",
    "unlink_evidence",
    "withdraw_child_voice",
]
