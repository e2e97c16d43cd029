"""The pages of a review."""

from trellis.review.views.answering import reply, reply_thanks
from trellis.review.views.children import note_child_voice, withdraw_child_voice
from trellis.review.views.comparing import (
    compare_with,
    export_comparison,
    export_over_the_years,
    our_review_over_the_years,
    set_targets,
)
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
from trellis.review.views.help import ask_about_statement, ask_for_help, help_request, help_requests
from trellis.review.views.help_wanted import answer_help, assign_help, help_figures, help_wanted
from trellis.review.views.home import home
from trellis.review.views.outside import file_by_link, open_by_link, paper_by_link
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
from trellis.review.views.release import release_code, release_step, releases, show_release, withdraw_release
from trellis.review.views.released import released, released_as_paper, released_file, show_released
from trellis.review.views.report import blank_form, export_evidence, export_plan, export_report, full_report, report
from trellis.review.views.rounds import ask_person, dismiss_prompt, move_round, rounds, show_round, start_round

__all__ = [
    "add_action",
    "add_evidence",
    "add_version",
    "answer_help",
    "ask_about_statement",
    "ask_for_help",
    "ask_person",
    "assign_help",
    "blank_form",
    "change_action",
    "change_evidence",
    "choose_name",
    "close_parent_form",
    "compare_with",
    "discuss_statement",
    "discussion",
    "dismiss_prompt",
    "evidence",
    "evidence_file",
    "export_comparison",
    "export_evidence",
    "export_over_the_years",
    "export_plan",
    "export_report",
    "file_by_link",
    "full_report",
    "help_figures",
    "help_request",
    "help_requests",
    "help_wanted",
    "home",
    "link_evidence",
    "move_action",
    "move_round",
    "no_action",
    "note_action",
    "note_child_voice",
    "open_by_link",
    "open_parent_form",
    "our_review_over_the_years",
    "own_area",
    "paper_by_link",
    "parent_form",
    "parent_paper",
    "parent_poster",
    "plan",
    "rate_area",
    "release_code",
    "release_step",
    "released",
    "released_as_paper",
    "released_file",
    "releases",
    "reply",
    "reply_thanks",
    "report",
    "rounds",
    "save_own_rating",
    "save_rating",
    "set_targets",
    "show_action",
    "show_evidence",
    "show_release",
    "show_released",
    "show_round",
    "show_statement",
    "start_round",
    "type_in_reply",
    "unlink_evidence",
    "voices",
    "withdraw_child_voice",
    "withdraw_release",
]
