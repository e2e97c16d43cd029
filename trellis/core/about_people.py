"""What the core keeps about a person: e-mail, jobs, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from trellis.core.jobs.leaving import forget_names
from trellis.core.mail.leaving import forget_addresses
from trellis.core.models import Job, MailPreference, SentMail, StoredFile
from trellis.core.personal import left_out, on_leaving, told

if TYPE_CHECKING:
    from trellis.core.personal import Person


def _to_their_address(person: Person) -> Q:
    return Q(user=None, address=person.email)


told(
    "mail",
    "E-mails sent to you",
    SentMail,
    "user",
    says={
        "When": "created_at",
        "Subject": "subject",
        "Why": "reason",
        "Address": "address",
        "What became of it": "state",
    },
    newest="created_at",
    also=_to_their_address,
)
told(
    "mail_preferences",
    "E-mails you chose to get",
    MailPreference,
    "user",
    says={"What": "kind", "How": "wish"},
    newest="kind",
)
told(
    "jobs",
    "Long work you asked for",
    Job,
    "asked_by",
    says={"When": "created_at", "What": "title", "As": "acting_as", "State": "state"},
    newest="created_at",
)
told(
    "files",
    "Files you uploaded",
    StoredFile,
    "stored_by",
    says={"When": "stored_at", "Name": "name", "Size in bytes": "size", "Removed": "removed_at"},
    newest="stored_at",
)
left_out(StoredFile, "removed_by", because="that they removed a file stands in the audit, which is told")

on_leaving(forget_addresses)
on_leaving(forget_names)
