"""The pages of a review."""

from django.urls import path

from trellis.review import views

urlpatterns = [
    path("", views.home, name="home"),
    path("reviews/", views.rounds, name="rounds"),
    path("reviews/start", views.start_round, name="start_round"),
    path("reviews/over-the-years", views.our_review_over_the_years, name="our_review_over_the_years"),
    path("reviews/over-the-years/<slug:kind>", views.export_over_the_years, name="export_over_the_years"),
    path("reviews/<uuid:round_id>/", views.show_round, name="show_round"),
    path("reviews/<uuid:round_id>/to/<slug:to>", views.move_round, name="move_round"),
    path("reviews/<uuid:round_id>/asked", views.ask_person, name="ask_person"),
    path("reviews/<uuid:round_id>/questions", views.dismiss_prompt, name="dismiss_prompt"),
    path("reviews/<uuid:round_id>/areas/<str:area>", views.rate_area, name="rate_area"),
    path("reviews/<uuid:round_id>/aims", views.set_targets, name="set_targets"),
    path("reviews/<uuid:round_id>/beside/<uuid:other_id>", views.compare_with, name="compare_with"),
    path(
        "reviews/<uuid:round_id>/beside/<uuid:other_id>/<slug:kind>", views.export_comparison, name="export_comparison"
    ),
    path("reviews/<uuid:round_id>/save", views.save_rating, name="save_rating"),
    path("reviews/<uuid:round_id>/statements/<str:code>", views.show_statement, name="show_statement"),
    path("reviews/<uuid:round_id>/statements/<str:code>/no-action", views.no_action, name="no_action"),
    path("reviews/<uuid:round_id>/statements/<str:code>/action", views.add_action, name="add_action"),
    path("reviews/<uuid:round_id>/report", views.report, name="report"),
    path("reviews/<uuid:round_id>/report/full", views.full_report, name="full_report"),
    path("reviews/<uuid:round_id>/blank-form/<slug:kind>", views.blank_form, name="blank_form"),
    path("reviews/<uuid:round_id>/export/<slug:what>/<slug:kind>", views.export_report, name="export_report"),
    path("ratings/<uuid:rating_id>/evidence", views.add_evidence, name="add_evidence"),
    path("ratings/<uuid:rating_id>/evidence/link", views.link_evidence, name="link_evidence"),
    path("evidence/", views.evidence, name="evidence"),
    path("evidence/export/<slug:kind>", views.export_evidence, name="export_evidence"),
    path("evidence/<uuid:evidence_id>/", views.show_evidence, name="show_evidence"),
    path("evidence/<uuid:evidence_id>/change", views.change_evidence, name="change_evidence"),
    path("evidence/<uuid:evidence_id>/file", views.add_version, name="add_version"),
    path("evidence/files/<uuid:version_id>", views.evidence_file, name="evidence_file"),
    path("evidence/uses/<uuid:use_id>/take-away", views.unlink_evidence, name="unlink_evidence"),
    path("plan/", views.plan, name="plan"),
    path("plan/export/<slug:kind>", views.export_plan, name="export_plan"),
    path("plan/<uuid:action_id>/", views.show_action, name="show_action"),
    path("plan/<uuid:action_id>/change", views.change_action, name="change_action"),
    path("plan/<uuid:action_id>/move", views.move_action, name="move_action"),
    path("plan/<uuid:action_id>/note", views.note_action, name="note_action"),
]
