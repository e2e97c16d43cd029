"""Pages of this part of Trellis."""

from django.urls import path

from trellis.organisations.views import invitation, operations, people, register, start, switching

urlpatterns = [
    path("start", start.start, name="start"),
    path("switch", switching.switch_organisation, name="switch_organisation"),
    path("invitation/<str:token>", invitation.accept_invitation, name="accept_invitation"),
    path("people", people.people, name="people"),
    path("people/invite", people.invite_person, name="invite_person"),
    path("people/<uuid:membership_id>/role", people.change_role, name="change_role"),
    path("people/<uuid:membership_id>/end", people.end_membership, name="end_membership"),
    path("people/invitations/<uuid:invitation_id>/resend", people.resend_invitation, name="resend_invitation"),
    path("people/invitations/<uuid:invitation_id>/withdraw", people.withdraw_invitation, name="withdraw_invitation"),
    path("register/import", register.import_register, name="import_register"),
    path("register/import/<uuid:import_id>", register.register_import, name="register_import"),
    path("register/import/<uuid:import_id>/result", register.register_import_result, name="register_import_result"),
    path("operations/jobs", operations.operations_jobs, name="operations_jobs"),
    path("operations/jobs/<uuid:job_id>", operations.operations_job, name="operations_job"),
    path("operations/jobs/<uuid:job_id>/run-again", operations.operations_run_again, name="operations_run_again"),
    path("operations/mail", operations.operations_mail, name="operations_mail"),
    path("sent-mail", operations.sent_mail, name="sent_mail"),
]
