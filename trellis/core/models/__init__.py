"""Records that every part of Trellis needs and that know no domain."""

from trellis.core.models.audit import AuditEvent
from trellis.core.models.files import StoredFile
from trellis.core.models.jobs import Job, Schedule
from trellis.core.models.mail import MailPreference, SentMail

__all__ = ["AuditEvent", "Job", "MailPreference", "Schedule", "SentMail", "StoredFile"]
