"""Pages that belong to no domain."""

from trellis.core.views.catalogue import catalogue
from trellis.core.views.jobs import cancel_job, job_progress, list_jobs, run_job_again, show_job
from trellis.core.views.mail import mail_preferences
from trellis.core.views.operations import health, ready
from trellis.core.views.own_pages import accessibility, privacy
from trellis.core.views.pages import broken, forbidden, form_expired, not_found

__all__ = [
    "accessibility",
    "broken",
    "cancel_job",
    "catalogue",
    "forbidden",
    "form_expired",
    "health",
    "job_progress",
    "list_jobs",
    "mail_preferences",
    "not_found",
    "privacy",
    "ready",
    "run_job_again",
    "show_job",
]
