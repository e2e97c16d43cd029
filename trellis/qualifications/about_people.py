"""What qualifications keep about a person: what they hold, who saw the evidence, and what they changed."""

from __future__ import annotations

from trellis.core.personal import left_out, on_leaving, told
from trellis.qualifications.actions.holdings import forget_holdings
from trellis.qualifications.models import CriteriaImport, CrosswalkLink, Holding, HoldingChange

IN_THE_AUDIT = "who decided stands in the audit, which is told"

told(
    "holdings",
    "Qualifications that you hold",
    Holding,
    "user",
    says={
        "Gained": "achieved_on",
        "Organisation": "organisation__name",
        "Qualification": "qualification__title",
        "In the list": "listed__name",
        "Runs out": "expires_on",
        "Evidence": "evidence",
        "Seen on": "seen_on",
        "Seen by": "seen_by__name",
        "Taken out": "ended_at",
    },
    newest="achieved_on",
)
told(
    "holdings_changed",
    "What you wrote down of who holds what",
    HoldingChange,
    "by",
    says={
        "When": "at",
        "Qualification": "holding__qualification__title",
        "In the list": "holding__listed__name",
        "Evidence": "evidence",
        "Taken out": "ended",
    },
)
told(
    "criteria_linked",
    "Criteria that you linked",
    CrosswalkLink,
    "added_by",
    says={"When": "added_at", "One": "one__code", "Other": "other__code", "Taken away": "removed_at"},
    newest="added_at",
)
told(
    "criteria_read",
    "Files with criteria that you read",
    CriteriaImport,
    "read_by",
    says={"When": "read_at", "File": "file_name", "What": "title", "Taken": "taken_at"},
    newest="read_at",
)
left_out(CriteriaImport, "taken_by", because=IN_THE_AUDIT)
left_out(Holding, "seen_by", "ended_by", because=IN_THE_AUDIT)
left_out(HoldingChange, "seen_by", because="each version is told to whoever wrote it")
left_out(CrosswalkLink, "removed_by", because=IN_THE_AUDIT)

on_leaving(forget_holdings)
