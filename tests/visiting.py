"""Visits for tests: Hannah visits Bramble Lane Nursery, as far as each test wants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.cast import Person, person
from tests.reviewing import review_of
from trellis.accounts.roles import Role
from trellis.organisations.models import Membership
from trellis.review import actions
from trellis.review.models import Correction, Recommendation, Round, TimetableRow, Visit

STEPS = ("planned", "prepared", "visited", "drafted", "checked", "final")
VISIT_PAGES = (
    "show_visit",
    "change_visit",
    "invite_visitor",
    "follow_up_visit",
    "visit_checklist",
    "visit_timetable",
    "add_timetable_row",
    "visit_differences",
    "visit_notes",
    "visit_report",
    "write_visit_report",
    "correct_fact",
    "visit_feedback",
)
"""The pages whose address names a visit and nothing else."""


def planned(owner: Person, round: Round, *, visitor: Person | None = None, **given: Any) -> Visit:
    """A visit that a person of a setting has planned, with a visitor who belongs to the setting already."""
    today = timezone.localdate()
    values = {
        "kind": "peer",
        "why": "How children who do not speak yet choose what to do",
        "visit_on": today + timedelta(days=7),
        "until": today + timedelta(days=60),
    }
    visit = actions.plan_visit(round=round, arrangement=actions.Arrangement(**values | given), by=owner.acting)
    if visitor:
        actions.invite_visitor(visit=visit, name=visitor.user.name, email=visitor.user.email, by=owner.acting)
    return visit


def said(visit: Visit, **given: Any) -> actions.Said:
    """A short report, with one recommendation."""
    statement = review_statement(visit, "C1")
    values: dict[str, Any] = {
        "strong": "Every adult kneels down to talk",
        "work_on": "Picture cards are in a drawer",
        "recommendations": [(statement, "Hang the picture cards where children reach them")],
    }
    return actions.Said(**values | given)


def review_statement(visit: Visit, code: str) -> Any:
    return visit.round.ratings.select_related("statement").get(statement__code=code).statement


def moved_to(visit: Visit, status: str, *, setting: Person, visitor: Person) -> Visit:
    """The same visit moved on, step by step, to a status."""
    for to in STEPS[STEPS.index(visit.status) + 1 : STEPS.index(status) + 1]:
        if to == "drafted" and not visit.versions.exists():
            actions.write_report(visit=visit, said=said(visit), after=0, by=visitor.acting)
        by = visitor if to in ("drafted", "final") else setting
        actions.move_visit(visit=visit, to=to, by=by.acting)
    return visit


def visit_of(owner: Person) -> Visit:
    """A visit of a person’s setting whose draft is shared: the one there is, or a new one.

    The visitor is whoever visits that setting in the cast; elsewhere somebody new.
    """
    there = Visit.objects.filter(organisation=owner.organisation).first()
    if there:
        return there
    visits_here = Membership.objects.filter(organisation=owner.organisation, role=Role.PEER_REVIEWER)
    membership = visits_here.first() or _new_visitor(owner)
    visitor = Person(membership.user, membership, membership.acting())
    visit = planned(owner, review_of(owner).round, visitor=visitor)
    row = {"start": 540, "minutes": 30, "activity": "Welcome"}
    actions.write_row(visit=visit, row=None, answers=row, by=owner.acting)
    actions.write_row(visit=visit, row=None, answers=row | {"start": 570, "activity": "Walk"}, by=owner.acting)
    moved_to(visit, "drafted", setting=owner, visitor=visitor)
    actions.correct_fact(visit=visit, says="In a drawer", should_say="On a shelf", by=owner.acting)
    return visit


def _new_visitor(owner: Person) -> Membership:
    return person(f"Visitor of {owner.user.name}", owner.organisation, Role.PEER_REVIEWER).membership


def of_visit(**more: Any) -> Callable[[Person], dict[str, Any]]:
    """The visit of a person’s setting, and what else stands in the address."""
    return lambda owner: {"visit_id": visit_of(owner).pk, **more}


def visit_to_write_of(owner: Person) -> dict[str, Any]:
    """The visit of a person’s setting, checked by it: its visitor writes the next version of the report."""
    visit = visit_of(owner)
    if visit.status == "drafted":
        actions.move_visit(visit=visit, to="checked", by=owner.acting)
    return {"visit_id": visit.pk}


def row_of(owner: Person, **more: Any) -> dict[str, Any]:
    """A row of the timetable of a visit."""
    return {"row_id": TimetableRow.objects.filter(visit=visit_of(owner)).first().pk, **more}  # type: ignore[union-attr]


def correction_of(owner: Person) -> dict[str, Any]:
    """A fact that the setting has corrected."""
    return {"correction_id": Correction.objects.get(visit=visit_of(owner)).pk}


def version_of(owner: Person) -> dict[str, Any]:
    """A version of the report of a visit."""
    return {"version_id": visit_of(owner).versions.get().pk}


def recommendation_of(owner: Person) -> dict[str, Any]:
    """Something that the report of a visit recommends."""
    return {"recommendation_id": Recommendation.objects.get(version__visit=visit_of(owner)).pk}
