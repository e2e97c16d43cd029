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
from trellis.review.actions.visit import (
    Arrangement,
    change_visit,
    invite_visitor,
    move_visit,
    plan_visit,
    side_of,
    stop_visiting,
)
from trellis.review.actions.visit_day import (
    begin_timetable,
    mark_checklist,
    note_conversation,
    rate_as_visitor,
    remove_row,
    trade_places,
    write_row,
)
from trellis.review.actions.visit_report import (
    Said,
    act_on,
    answer_correction,
    correct_fact,
    give_feedback,
    write_report,
)

__all__ = [
    "Answer",
    "Arrangement",
    "EvidenceChanged",
    "Said",
    "Stale",
    "act_on",
    "add_action",
    "add_evidence",
    "answer_correction",
    "ask_person",
    "begin_timetable",
    "change_action",
    "change_evidence",
    "change_visit",
    "confirm_last",
    "correct_fact",
    "decide_no_action",
    "dismiss_prompt",
    "give_feedback",
    "invite_visitor",
    "link_evidence",
    "load_framework",
    "load_overlay",
    "mark_checklist",
    "move_action",
    "move_round",
    "move_visit",
    "new_version",
    "note_action",
    "note_conversation",
    "plan_visit",
    "rate",
    "rate_as_visitor",
    "remove_row",
    "set_targets",
    "side_of",
    "start_round",
    "stop_visiting",
    "take_back_no_action",
    "trade_places",
    "unlink_evidence",
    "write_report",
    "write_row",
]
