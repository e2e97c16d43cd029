"""The pages of a review."""

from trellis.review.views.answering import reply, reply_thanks
from trellis.review.views.children import note_child_voice, withdraw_child_voice
from trellis.review.views.discussion import discuss_statement, discussion, voices
from trellis.review.views.evidence import (
    add_evidence,
    add_version,
    change_evidence,
    evidence,
    evidence_file,
    link_evidence,
    show_evidence,
    unlink_evidence,
)
from trellis.review.views.home import home
from trellis.review.views.own_rating import choose_name, own_area, save_own_rating
from trellis.review.views.parents import (
    close_parent_form,
    open_parent_form,
    parent_form,
    parent_paper,
    parent_poster,
    type_in_reply,
)
from trellis.review.views.plan import add_action, change_action, move_action, note_action, plan, show_action
from trellis.review.views.rating import no_action, rate_area, save_rating, show_statement
from trellis.review.views.report import blank_form, export_evidence, export_plan, export_report, full_report, report
from trellis.review.views.rounds import ask_person, dismiss_prompt, move_round, rounds, show_round, start_round

__all__ = [
    "add_action",
    "add_evidence",
    "add_version",
    "ask_person",
    "blank_form",
    "change_action",
    "change_evidence",
    "choose_name",
    "close_parent_form",
    "discuss_statement",
    "discussion",
    "dismiss_prompt",
    "evidence",
    "evidence_file",
    "export_evidence",
    "export_plan",
    "export_report",
    "full_report",
    "home",
    "link_evidence",
    "move_action",
    "move_round",
    "no_action",
    "note_action",
    "note_child_voice",
    "open_parent_form",
    "own_area",
    "parent_form",
    "parent_paper",
    "parent_poster",
    "plan",
    "rate_area",
    "reply",
    "reply_thanks",
    "report",
    "rounds",
    "save_own_rating",
    "save_rating",
    "show_action",
    "show_evidence",
    "show_round",
    "show_statement",
    "start_round",
    "type_in_reply",
    "unlink_evidence",
    "voices",
    "withdraw_child_voice",
]
