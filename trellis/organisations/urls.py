"""Pages of this part of Trellis."""

from django.urls import path

from trellis.organisations.views import operations

urlpatterns = [
    path("operations/jobs", operations.operations_jobs, name="operations_jobs"),
    path("operations/jobs/<uuid:job_id>", operations.operations_job, name="operations_job"),
    path("operations/jobs/<uuid:job_id>/run-again", operations.operations_run_again, name="operations_run_again"),
    path("operations/mail", operations.operations_mail, name="operations_mail"),
    path("sent-mail", operations.sent_mail, name="sent_mail"),
]
