"""What changes: each action in one transaction with its audit event."""

from trellis.training.actions.applicants_work import Work, work_of
from trellis.training.actions.application_links import find_application
from trellis.training.actions.applications import (
    begin_application,
    link_for,
    save_answer,
    send_application,
    send_link,
    steps_at_most,
    steps_of,
    withdraw_application,
)
from trellis.training.actions.booking import Booking, book_person
from trellis.training.actions.catch_ups import end_catch_up, open_catch_up, sign_off_catch_up, undo_catch_up
from trellis.training.actions.closed_days import add_closure, closure_of, remove_closure, update_closed_days, whose_of
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
from trellis.training.actions.deciding import decide_application
from trellis.training.actions.duties import add_duty, move_duty
from trellis.training.actions.feeds import feed_of_place, make_cohort_feed, make_own_feed, token_of
from trellis.training.actions.going import apologise_for, check_going_again, say_journey
from trellis.training.actions.holding import held_by
from trellis.training.actions.judging import set_rule
from trellis.training.actions.manager_answers import Answer, answer_for_setting, ask_manager_again, has_agreed
from trellis.training.actions.marks import Outcome, Wanted, save_marks, undo_marks, why_not_mark_session
from trellis.training.actions.offers import (
    accept_offer,
    decline_offer,
    expire_offer,
    offer_place,
    put_on_list,
    take_off_list,
)
from trellis.training.actions.old_applications import forget_application
from trellis.training.actions.parts import PartPlan, add_part, change_part, is_marked, remove_part
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
from trellis.training.actions.short_cohorts import (
    ask_waiting,
    go_ahead,
    move_learners,
    want_as_well,
    who_can_be_asked,
    why_not_ask,
)
from trellis.training.actions.signing_in import apologise, code_of, day_of, open_code, sign_in, why_not_say_sorry
from trellis.training.actions.surveys import SurveyPlan, add_survey, change_survey, remove_survey
from trellis.training.actions.telling import where_to_look, who_is_told
from trellis.training.actions.visit_places import criteria_of_visit, give_back_visit, take_visit, write_reflection
from trellis.training.actions.visits import (
    VisitPlan,
    add_visit_offer,
    cancel_visit_offer,
    change_visit_offer,
    confirm_visit_offer,
)
from trellis.training.actions.waiting_list import run_waiting_list

__all__ = [
    "Answer",
    "Booking",
    "CohortPlan",
    "Learner",
    "Outcome",
    "PartPlan",
    "ProgrammePlan",
    "SessionPlan",
    "SurveyPlan",
    "VisitPlan",
    "Wanted",
    "Work",
    "accept_offer",
    "add_closure",
    "add_duty",
    "add_part",
    "add_session",
    "add_survey",
    "add_visit_offer",
    "answer_for_setting",
    "apologise",
    "apologise_for",
    "approve_cohort",
    "ask_manager_again",
    "ask_waiting",
    "assign_trainer",
    "begin_application",
    "book_person",
    "cancel_cohort",
    "cancel_session",
    "cancel_visit_offer",
    "change_cohort",
    "change_part",
    "change_programme",
    "change_session",
    "change_survey",
    "change_visit_offer",
    "check_going_again",
    "closure_of",
    "code_of",
    "confirm_visit_offer",
    "criteria_of_visit",
    "day_of",
    "days_for",
    "decide_application",
    "decline_offer",
    "end_assignment",
    "end_catch_up",
    "expire_offer",
    "feed_of_place",
    "find_application",
    "forget_application",
    "give_back_visit",
    "give_place",
    "go_ahead",
    "has_agreed",
    "held_by",
    "is_marked",
    "link_for",
    "make_cohort",
    "make_cohort_feed",
    "make_own_feed",
    "make_programme",
    "mark_milestone",
    "move_cohort",
    "move_duty",
    "move_learners",
    "move_session",
    "offer_place",
    "open_catch_up",
    "open_code",
    "put_on_list",
    "reached_by",
    "remove_closure",
    "remove_part",
    "remove_survey",
    "run_waiting_list",
    "save_answer",
    "save_marks",
    "say_journey",
    "send_application",
    "send_link",
    "set_rule",
    "sign_in",
    "sign_off_catch_up",
    "steps_at_most",
    "steps_of",
    "take_off_list",
    "take_visit",
    "token_of",
    "undo_catch_up",
    "undo_marks",
    "update_closed_days",
    "void_milestone",
    "want_as_well",
    "where_to_look",
    "who_can_be_asked",
    "who_can_deliver",
    "who_can_teach",
    "who_is_told",
    "whose_of",
    "why_not_ask",
    "why_not_make",
    "why_not_mark_session",
    "why_not_say_sorry",
    "withdraw_application",
    "withdraw_place",
    "work_of",
    "write_reflection",
]
