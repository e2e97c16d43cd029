"""Pages that belong to no domain."""

from django.urls import path

from trellis.core import views

urlpatterns = [
    path("health", views.health, name="health"),
    path("ready", views.ready, name="ready"),
    path("privacy", views.privacy, name="privacy"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("components", views.catalogue, name="catalogue"),
    path("jobs", views.list_jobs, name="jobs"),
    path("jobs/<uuid:job_id>", views.show_job, name="job"),
    path("jobs/<uuid:job_id>/progress", views.job_progress, name="job_progress"),
    path("jobs/<uuid:job_id>/cancel", views.cancel_job, name="cancel_job"),
    path("jobs/<uuid:job_id>/run-again", views.run_job_again, name="run_job_again"),
    path("e-mail", views.mail_preferences, name="mail_preferences"),
]
