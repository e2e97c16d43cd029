"""What organisations keep about a person: memberships, invitations, requests, and what the audit says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from trellis.core.models import AuditEvent
from trellis.core.personal import before_leaving, left_out, on_leaving, told
from trellis.organisations.actions.leaving import leave_organisations, what_would_be_left_alone
from trellis.organisations.models import ClaimRequest, GroupRequest, Invitation, Membership, RegisterImport
from trellis.organisations.rules.activity import in_words
from trellis.organisations.rules.activity_details import details

if TYPE_CHECKING:
    from trellis.core.personal import Person

IN_THE_AUDIT = "who decided stands in the audit, which is told"


def _to_them(person: Person) -> Q:
    return Q(email=person.email)


def _by_or_about_them(person: Person) -> Q:
    return Q(actor_id=person.pk) | Q(chain=str(person.pk)) | Q(record_id=str(person.pk))


told(
    "memberships",
    "Organisations you belong or belonged to",
    Membership,
    "user",
    says={"Since": "since", "Organisation": "organisation__name", "Role": "role", "Until": "ended_at"},
    newest="since",
)
told(
    "invitations_to_you",
    "Invitations to you",
    Invitation,
    "accepted_by",
    says={
        "When": "invited_at",
        "To": "organisation__name",
        "As": "role",
        "Name": "name",
        "E-mail address": "email",
        "Accepted": "accepted_at",
        "Withdrawn": "withdrawn_at",
    },
    newest="invited_at",
    also=_to_them,
)
told(
    "invitations_by_you",
    "Invitations you sent",
    Invitation,
    "invited_by",
    says={"When": "invited_at", "To": "organisation__name", "As": "role", "Accepted": "accepted_at"},
    newest="invited_at",
)
told(
    "requests",
    "Your requests for a setting",
    ClaimRequest,
    "asked_by",
    says={
        "When": "asked_at",
        "Setting": "setting_name",
        "In the register": "provider__name",
        "What you are there": "position",
        "Your words": "message",
        "What became of it": "state",
        "Why": "reason",
    },
    newest="asked_at",
    also=lambda person: Q(asked_by=None, email=person.email),
)
told(
    "group_requests",
    "Settings you asked to join a group",
    GroupRequest,
    "asked_by",
    says={"When": "asked_at", "Group": "group__name", "Setting": "setting__name", "Answer": "state"},
    newest="asked_at",
)
told(
    "imports",
    "Imports of the register you asked for",
    RegisterImport,
    "asked_by",
    says={"When": "started_at", "File": "file_name", "Finished": "finished_at"},
    newest="started_at",
)
told(
    "audit",
    "What the record of who did what says of you",
    AuditEvent,
    says={
        "When": "at",
        "What": "verb",
        "Name": "actor_name",
        "As": "acting_as",
        "Details": "change",
        "Network address": "address",
    },
    also=_by_or_about_them,
    put={"What": in_words, "Details": details},
)
left_out(Membership, "ended_by", because=IN_THE_AUDIT)
left_out(Invitation, "withdrawn_by", because=IN_THE_AUDIT)
left_out(ClaimRequest, "decided_by", "passed_on_by", because=IN_THE_AUDIT)
left_out(GroupRequest, "decided_by", because=IN_THE_AUDIT)

before_leaving(what_would_be_left_alone)
on_leaving(leave_organisations)
