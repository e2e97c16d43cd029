"""Everything that changes in a review."""

from trellis.review.actions.campaign import decline_invitation, let_be_named, open_campaign, remind_campaign
from trellis.review.actions.children import note_child_voice, withdraw_child_voice
from trellis.review.actions.evidence import (
    EvidenceChanged,
    add_evidence,
    change_evidence,
    link_evidence,
    look_at_evidence,
    new_version,
    unlink_evidence,
)
from trellis.review.actions.filled_form import Taken, empty_form, keep_form, take_from_form
from trellis.review.actions.frameworks import load_framework, load_overlay
from trellis.review.actions.help import (
    answer_help,
    ask_again,
    ask_for_help,
    assign_help,
    close_help,
    say_it_helped,
    withdraw_help,
)
from trellis.review.actions.local_words import leave_out_local_statement, reword_statement, write_local_statement
from trellis.review.actions.own_rating import OwnAnswer, OwnStale, agree, choose_name, rate_alone
from trellis.review.actions.parents import close_parent_form, count_reply, open_parent_form, type_in_reply
from trellis.review.actions.plan import add_action, change_action, hand_over_actions, move_action, note_action
from trellis.review.actions.pooled import count_now, count_period
from trellis.review.actions.ratings import (
    Answer,
    Stale,
    confirm_last,
    decide_no_action,
    dismiss_prompt,
    rate,
    take_back_no_action,
)
from trellis.review.actions.release import Recipient, Terms, end_release, note_reading, release_round, withdraw_release
from trellis.review.actions.release_link import make_code, try_code
from trellis.review.actions.rounds import UnderWay, ask_person, move_round, start_round
from trellis.review.actions.setting_back import read_setting_back
from trellis.review.actions.setting_file import ask_for_setting_file, keep_setting_file, remove_setting_file
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
from trellis.review.actions.words import take_out_words, words_of

__all__ = [
    "Answer",
    "Arrangement",
    "EvidenceChanged",
    "OwnAnswer",
    "OwnStale",
    "Recipient",
    "Said",
    "Stale",
    "Taken",
    "Terms",
    "UnderWay",
    "act_on",
    "add_action",
    "add_evidence",
    "agree",
    "answer_correction",
    "answer_help",
    "ask_again",
    "ask_for_help",
    "ask_for_setting_file",
    "ask_person",
    "assign_help",
    "begin_timetable",
    "change_action",
    "change_evidence",
    "change_visit",
    "choose_name",
    "close_help",
    "close_parent_form",
    "confirm_last",
    "correct_fact",
    "count_now",
    "count_period",
    "count_reply",
    "decide_no_action",
    "decline_invitation",
    "dismiss_prompt",
    "empty_form",
    "end_release",
    "give_feedback",
    "hand_over_actions",
    "invite_visitor",
    "keep_form",
    "keep_setting_file",
    "leave_out_local_statement",
    "let_be_named",
    "link_evidence",
    "load_framework",
    "load_overlay",
    "look_at_evidence",
    "make_code",
    "mark_checklist",
    "move_action",
    "move_round",
    "move_visit",
    "new_version",
    "note_action",
    "note_child_voice",
    "note_conversation",
    "note_reading",
    "open_campaign",
    "open_parent_form",
    "plan_visit",
    "rate",
    "rate_alone",
    "rate_as_visitor",
    "read_setting_back",
    "release_round",
    "remind_campaign",
    "remove_row",
    "remove_setting_file",
    "reword_statement",
    "say_it_helped",
    "set_targets",
    "side_of",
    "start_round",
    "stop_visiting",
    "take_back_no_action",
    "take_from_form",
    "take_out_words",
    "trade_places",
    "try_code",
    "type_in_reply",
    "unlink_evidence",
    "withdraw_child_voice",
    "withdraw_help",
    "withdraw_release",
    "words_of",
    "write_local_statement",
    "write_report",
    "write_row",
]
