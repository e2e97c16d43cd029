"""Pages of this part of Trellis."""

from django.urls import path

# The first page of a centre is registered where it is.
from trellis.training.views import calendar, cohort, duties, home, learners, programme, report, session, trainers  # noqa: F401

urlpatterns = [
    path("training/programmes/", programme.programmes, name="programmes"),
    path("training/programmes/new", programme.make_programme, name="make_programme"),
    path("training/programmes/<uuid:programme_id>/", programme.show_programme, name="show_programme"),
    path("training/programmes/<uuid:programme_id>/change", programme.change_programme, name="change_programme"),
    path("training/programmes/<uuid:programme_id>/report", report.programme_report, name="programme_report"),
    path(
        "training/programmes/<uuid:programme_id>/report/<slug:kind>",
        report.export_programme_report,
        name="export_programme_report",
    ),
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
    path("training/cohorts/<uuid:cohort_id>/trainers", trainers.assign_trainer, name="assign_trainer"),
    path("training/trainers/<uuid:assignment_id>/end", trainers.end_assignment, name="end_assignment"),
    path("training/cohorts/<uuid:cohort_id>/calendar", calendar.make_cohort_calendar, name="make_cohort_calendar"),
    path("training/mine/calendar", calendar.make_my_calendar, name="make_my_calendar"),
    path("training/calendar/<str:token>.ics", calendar.calendar_feed, name="calendar_feed"),
    path("training/dates/<str:token>", calendar.dates_by_link, name="dates_by_link"),
    path("training/mine", learners.my_training, name="my_training"),
]
