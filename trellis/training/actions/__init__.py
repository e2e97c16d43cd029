"""What changes: each action in one transaction with its audit event."""

from trellis.training.actions.catch_ups import end_catch_up, sign_off_catch_up
from trellis.training.actions.closed_days import update_closed_days
from trellis.training.actions.cohorts import (
    CohortPlan,
    approve_cohort,
    assign_trainer,
    cancel_cohort,
    change_cohort,
    days_for,
    end_assignment,
    make_cohort,
    move_cohort,
    who_can_deliver,
    who_can_teach,
    why_not_make,
)
from trellis.training.actions.duties import add_duty, move_duty
from trellis.training.actions.feeds import feed_of_place, make_cohort_feed, make_own_feed, token_of
from trellis.training.actions.holding import held_by
from trellis.training.actions.marks import Outcome, Wanted, save_marks, undo_marks, why_not_mark_session
from trellis.training.actions.places import (
    Learner,
    give_place,
    mark_milestone,
    reached_by,
    void_milestone,
    withdraw_place,
)
from trellis.training.actions.programmes import ProgrammePlan, change_programme, make_programme
from trellis.training.actions.sessions import SessionPlan, add_session, cancel_session, change_session, move_session
from trellis.training.actions.signing_in import (
    apologise,
    code_of,
    open_code,
    sign_in,
    why_not_say_sorry,
)

__all__ = [
    "CohortPlan",
    "Learner",
    "Outcome",
    "ProgrammePlan",
    "SessionPlan",
    "Wanted",
    "add_duty",
    "add_session",
    "apologise",
    "approve_cohort",
    "assign_trainer",
    "cancel_cohort",
    "cancel_session",
    "change_cohort",
    "change_programme",
    "change_session",
    "code_of",
    "days_for",
    "end_assignment",
    "end_catch_up",
    "feed_of_place",
    "give_place",
    "held_by",
    "make_cohort",
    "make_cohort_feed",
    "make_own_feed",
    "make_programme",
    "mark_milestone",
    "move_cohort",
    "move_duty",
    "move_session",
    "open_code",
    "reached_by",
    "save_marks",
    "sign_in",
    "sign_off_catch_up",
    "token_of",
    "undo_marks",
    "update_closed_days",
    "void_milestone",
    "who_can_deliver",
    "who_can_teach",
    "why_not_make",
    "why_not_mark_session",
    "why_not_say_sorry",
    "withdraw_place",
]
