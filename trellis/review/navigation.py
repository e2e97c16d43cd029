"""Where a person can go from every page, by what their role allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trellis.accounts.roles import Permission
from trellis.core.templates import link_if

if TYPE_CHECKING:
    from django.http import HttpRequest

PLACES: list[tuple[Permission, str, str, tuple[str, ...]]] = [
    (Permission.SEE_REVIEW, "Reviews", "rounds", ("/reviews/", "/ratings/", "/releases/")),
    (Permission.SEE_REVIEW, "Plan", "plan", ("/plan/",)),
    (Permission.SEE_EVIDENCE, "Evidence", "evidence", ("/evidence/",)),
    (Permission.LEAD_REVIEW, "Help", "help_requests", ()),
    (Permission.SEE_VISITS, "Visits", "visits", ()),
    (Permission.SEE_GROUP, "Settings", "group_settings", ()),
    (Permission.SEE_AUTHORITY_SETTINGS, "Settings", "authority_settings", ()),
    (Permission.SEE_POOLED, "Picture", "picture", ()),
    (Permission.SEE_POOLED, "Campaigns", "campaigns", ()),
    (Permission.CHANGE_WORDING, "Wording", "local_words", ()),
    (Permission.SEE_RELEASED, "Released", "released", ()),
    (Permission.ANSWER_HELP, "Help", "help_wanted", ()),
    (
        Permission.SEE_PROGRAMMES,
        "Programmes",
        "programmes",
        ("/training/cohorts/", "/training/sessions/", "/training/learners/"),
    ),
    (Permission.SEE_DUTIES, "Duties", "duties", ()),
    (Permission.CHANGE_CLOSED_DAYS, "Closed days", "closed_days", ()),
    (Permission.SEE_CRITERIA, "Criteria", "criteria_sets", ()),
    (Permission.CHANGE_COURSES, "Courses", "own_courses", ()),
    (Permission.BOOK_TRAINING, "Training", "staff_training", ()),
    (Permission.SEE_STAFFING, "Our week", "our_week", ()),
    (Permission.SEE_ORGANISATIONS, "Organisations", "all_organisations", ()),
    (Permission.APPROVE_CLAIMS, "Requests", "claims", ()),
    (Permission.IMPORT_REGISTER, "Register", "import_register", ()),
    (Permission.SEE_OPERATIONS, "Jobs", "operations_jobs", ("/operations/",)),
    (Permission.SEE_HOLDINGS, "Qualifications", "holdings", ("/qualifications/",)),
    (Permission.SEE_PEOPLE, "People", "people", ()),
    (Permission.SEE_ACTIVITY, "Activity", "activity", ()),
]
"""What a link needs, its words, its page, and the beginnings of the addresses that belong to it besides."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """For every page: the places a person may go, as (words, address, whether we are there)."""
    acting = getattr(request, "acting", None)
    if acting is None:
        return {}
    places = []
    for permission, words, page, beginnings in PLACES:
        address = link_if(page)
        if address and acting.may(permission):
            there = [len(each) for each in (address, *beginnings) if request.path.startswith(each)]
            places.append((words, address, max(there, default=0)))
    nearest = max((there for *_, there in places), default=0)
    return {"navigation": [(words, address, 0 < there == nearest) for words, address, there in places]}
