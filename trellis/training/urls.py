"""Pages of this part of Trellis."""

from django.urls import path

# The first page of a centre is registered where it is.
from trellis.training.views import (
    attendance,
    cohort,
    duties,
    home,  # noqa: F401
    learners,
    programme,
    register,
    session,
    signing_in,
)

urlpatterns = [
    path("training/programmes/", programme.programmes, name="programmes"),
    path("training/programmes/new", programme.make_programme, name="make_programme"),
    path("training/programmes/<uuid:programme_id>/", programme.show_programme, name="show_programme"),
    path("training/programmes/<uuid:programme_id>/change", programme.change_programme, name="change_programme"),
    path("training/programmes/<uuid:programme_id>/cohorts/new", cohort.make_cohort, name="make_cohort"),
    path("training/cohorts/<uuid:cohort_id>/", cohort.show_cohort, name="show_cohort"),
    path("training/cohorts/<uuid:cohort_id>/change", cohort.change_cohort, name="change_cohort"),
    path("training/cohorts/<uuid:cohort_id>/to/<slug:to>", cohort.move_cohort, name="move_cohort"),
    path("training/cohorts/<uuid:cohort_id>/cancel", cohort.cancel_cohort, name="cancel_cohort"),
    path("training/cohorts/<uuid:cohort_id>/approve", cohort.approve_cohort, name="approve_cohort"),
    path("training/cohorts/<uuid:cohort_id>/sessions/add", session.add_training_session, name="add_training_session"),
    path("training/cohorts/<uuid:cohort_id>/learners/", learners.learners, name="learners"),
    path("training/cohorts/<uuid:cohort_id>/learners/add", learners.add_learner, name="add_learner"),
    path("training/sessions/<uuid:session_id>/", session.show_training_session, name="show_training_session"),
    path("training/sessions/<uuid:session_id>/change", session.change_training_session, name="change_training_session"),
    path("training/sessions/<uuid:session_id>/move", session.move_training_session, name="move_training_session"),
    path("training/sessions/<uuid:session_id>/cancel", session.cancel_training_session, name="cancel_training_session"),
    path("training/learners/<uuid:place_id>/", learners.show_place, name="show_place"),
    path("training/learners/<uuid:place_id>/milestones/add", learners.add_milestone, name="add_milestone"),
    path("training/learners/<uuid:place_id>/withdraw", learners.withdraw_place, name="withdraw_place"),
    path("training/milestones/<uuid:milestone_id>/void", learners.void_milestone, name="void_milestone"),
    path("training/duties/", duties.duties, name="duties"),
    path("training/duties/add", duties.add_duty, name="add_duty"),
    path("training/duties/<uuid:duty_id>/", duties.show_duty, name="show_duty"),
    path("training/duties/<uuid:duty_id>/to/<slug:to>", duties.move_duty, name="move_duty"),
    path("training/mine", learners.my_training, name="my_training"),
    path("training/today", register.today, name="registers_today"),
    path("training/sessions/<uuid:session_id>/register", register.register, name="attendance_register"),
    path("training/sessions/<uuid:session_id>/register/marks", register.send_marks, name="send_marks"),
    path("training/sessions/<uuid:session_id>/register/sheet", register.register_sheet, name="register_sheet"),
    path("training/sessions/<uuid:session_id>/register/file", register.register_file, name="register_file"),
    path("training/parts/<uuid:part_id>/code", signing_in.wall_code, name="wall_code"),
    path("training/sign-in", signing_in.sign_in_to_session, name="sign_in_to_session"),
    path("training/sessions/<uuid:session_id>/apologise", signing_in.apologise, name="apologise"),
    path("training/apology/<str:token>", signing_in.apologise_by_link, name="apologise_by_link"),
    path("training/cohorts/<uuid:cohort_id>/attendance", attendance.cohort_attendance, name="cohort_attendance"),
    path("training/learners/<uuid:place_id>/attendance", attendance.place_attendance, name="place_attendance"),
    path("training/mine/attendance", attendance.my_attendance, name="my_attendance"),
    path("training/catch-up/<uuid:catch_up_id>/", attendance.show_catch_up, name="show_catch_up"),
    path("training/catch-up/<uuid:catch_up_id>/end", attendance.end_catch_up, name="end_catch_up"),
]
