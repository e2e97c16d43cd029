"""Which records belong to a setting and go with it: table by table, those first on which others rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from trellis.core.models import StoredFile
from trellis.organisations.models import Membership
from trellis.qualifications.models import Holding, HoldingChange
from trellis.review import models
from trellis.review.rules.visit import SHARED
from trellis.staffing.models import (
    ChildrenExpected,
    Colleague,
    ColleagueHours,
    DayChange,
    Meal,
    OwnRules,
    Room,
    UsualDay,
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import Field, Model, QuerySet


@dataclass(frozen=True)
class Kept:
    """A table that goes with a setting.

    `of` leads from a row to the setting; `only` is a condition besides; `leave` are columns that stay behind; `many`
    the relations that are kept as lists.
    """

    name: str
    model: type[Model]
    of: str
    only: Q | None = None
    leave: frozenset[str] = frozenset()
    many: tuple[str, ...] = ()

    def rows(self, organisation_id: UUID) -> QuerySet[Any]:
        """The rows of a setting, always in the same order."""
        if self.model is StoredFile:
            used = models.EvidenceVersion._base_manager.filter(evidence__organisation=organisation_id)
            return StoredFile._base_manager.filter(pk__in=used.values("file")).order_by("pk")
        found = self.model._base_manager.filter(self.only or Q(), **{self.of: organisation_id})
        behind = self.leave & {"content"}  # large, and not needed
        return found.defer(*behind).prefetch_related(*self.many).order_by("pk")

    @property
    def fields(self) -> list[Field[Any, Any]]:
        """The columns that go."""
        return [each for each in self.model._meta.concrete_fields if each.name not in self.leave]


_SHARED = Q(visit__status__in=SHARED)
_ROUND, _RATING, _VISIT = "round__organisation", "rating__round__organisation", "visit__organisation"
_ACTION, _EVIDENCE, _DAY = "action__organisation", "evidence__organisation", "day__organisation"

TABLES: tuple[Kept, ...] = (
    Kept("memberships", Membership, "organisation"),
    Kept("rounds", models.Round, "organisation"),
    Kept("round_steps", models.RoundStep, _ROUND),
    Kept("round_people", models.RoundPerson, _ROUND),
    Kept("ratings", models.Rating, _ROUND),
    Kept("rating_changes", models.RatingChange, _RATING),
    Kept("no_action_changes", models.NoActionChange, _RATING),
    Kept("answered_questions", models.PromptDismissal, _ROUND),
    Kept("aims", models.AreaTarget, _ROUND),
    Kept("agreements", models.Agreement, _RATING, many=("people",)),
    Kept("actions", models.Action, "organisation", many=("rounds",)),
    Kept("action_changes", models.ActionChange, _ACTION),
    Kept("action_steps", models.ActionStep, _ACTION),
    Kept("evidence", models.Evidence, "organisation"),
    Kept("evidence_changes", models.EvidenceChange, _EVIDENCE),
    Kept(
        "files",
        StoredFile,
        "",
        leave=frozenset({"key", "scan", "removed_at", "removed_by"}),
    ),
    Kept("evidence_versions", models.EvidenceVersion, _EVIDENCE),
    Kept("evidence_uses", models.EvidenceUse, _EVIDENCE),
    Kept("children", models.ChildVoice, _ROUND, only=Q(withdrawal=None)),
    Kept(
        "parent_forms",
        models.ParentForm,
        _ROUND,
        leave=frozenset({"token", "replies", "typed_in", "carried"}),
    ),
    Kept("visits", models.Visit, "organisation", leave=frozenset({"reviewer", "invitation"})),
    Kept("visit_steps", models.VisitStep, _VISIT),
    Kept("checklist_marks", models.ChecklistMark, _VISIT),
    Kept("timetable_rows", models.TimetableRow, _VISIT),
    Kept("visitor_ratings", models.ReviewerRating, _VISIT, only=_SHARED),
    Kept("visit_notes", models.VisitNote, _VISIT, only=_SHARED),
    Kept("visit_reports", models.ReportVersion, _VISIT, only=_SHARED),
    Kept(
        "recommendations",
        models.Recommendation,
        "version__visit__organisation",
        only=Q(version__visit__status__in=SHARED),
    ),
    Kept(
        "recommendations_taken",
        models.RecommendationTaken,
        "recommendation__version__visit__organisation",
        only=Q(recommendation__version__visit__status__in=SHARED),
    ),
    Kept("corrections", models.Correction, _VISIT, only=_SHARED),
    Kept(
        "correction_answers",
        models.CorrectionAnswer,
        "correction__visit__organisation",
        only=Q(correction__visit__status__in=SHARED),
    ),
    Kept("visit_feedback", models.VisitFeedback, _VISIT),
    Kept("releases", models.Release, "organisation", leave=frozenset({"content", "ended_at"})),
    Kept("release_readings", models.ReleaseReading, "release__organisation"),
    Kept("help_requests", models.HelpRequest, "organisation"),
    Kept("help_steps", models.HelpStep, "request__organisation"),
    Kept("holdings", Holding, "organisation"),
    Kept("holding_changes", HoldingChange, "holding__organisation"),
    Kept("rooms", Room, "organisation"),
    Kept("colleagues", Colleague, "organisation"),
    Kept("own_rules", OwnRules, "organisation"),
    Kept("usual_days", UsualDay, "organisation"),
    Kept("meals", Meal, _DAY),
    Kept("children_expected", ChildrenExpected, _DAY),
    Kept("colleague_hours", ColleagueHours, _DAY),
    Kept("day_changes", DayChange, "organisation"),
)
