"""A setting’s visits: when, by whom, what was opened, and what came of them once it is shared."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from trellis.accounts.roles import Permission
from trellis.api.endpoints.base import PROBLEMS, Fault, allow, etag, tagged
from trellis.api.rules import Scope
from trellis.review.models import Correction, Recommendation, ReportVersion, ReviewerRating, Visit, VisitFeedback

router = Router(tags=["Visits"])
PAGE = 100

Status = Literal["planned", "prepared", "visited", "drafted", "checked", "final", "cancelled"]


class VisitLine(Schema):
    """A visit in a list."""

    id: UUID
    review: UUID
    kind: Literal["peer", "area_senco", "adviser"]
    status: Status
    visit_on: date | None
    until: date
    created_at: datetime


class VisitPage(Schema):
    """A page of visits, the newest first; `next` is what to send as `after` for the page that follows."""

    visits: list[VisitLine]
    next: datetime | None


class RowTold(Schema):
    """A row of the timetable."""

    start: str
    minutes: int
    activity: str
    who: str
    room: str
    look_for: str


class VisitorRatingTold(Schema):
    """What the visitor said of a statement."""

    code: str
    level: str | None
    comment: str


class RecommendationTold(Schema):
    """What the report recommends because of a statement."""

    code: str
    what: str


class ReportTold(Schema):
    """The newest version of the report."""

    version: int
    final: bool
    strong: str
    work_on: str
    self_evaluation: str
    agreed: str
    recommendations: list[RecommendationTold]
    corrections: int


class FeedbackTold(Schema):
    """How the setting found the visit."""

    useful: str
    fair: str
    kind: str
    words: str


class VisitTold(VisitLine):
    """A visit with everything that the setting may see of it now."""

    why: str
    visitor: str
    opened: list[Literal["ratings", "notes", "evidence", "actions"]]
    timetable: list[RowTold]
    ratings: list[VisitorRatingTold]
    report: ReportTold | None
    feedback: FeedbackTold | None


@router.get(
    "",
    response={200: VisitPage, **PROBLEMS},
    url_name="api_visits",
    operation_id="listVisits",
    summary="The setting’s visits, the newest first",
)
def list_visits(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
    after: Annotated[datetime | None, Query(description="`next` of the page before")] = None,
) -> Any:
    """Up to `limit` visits (1 to 100) of the setting that the token’s owner acts for. Needs `visits:read`."""
    acting = allow(request, Scope.READ_VISITS, Permission.SEE_VISITS)
    found = Visit.objects.visible_to(acting).order_by("-created_at", "pk")
    if after is not None:
        if after.tzinfo is None:
            raise Fault(422, "“after” needs a time zone")
        found = found.filter(created_at__lt=after)
    visits = list(found[: limit + 1])
    more = visits[limit - 1].created_at if len(visits) > limit else None
    return {"visits": [_line(visit) for visit in visits[:limit]], "next": more}


@router.get(
    "/{visit_id}",
    response={200: VisitTold, 304: None, **PROBLEMS},
    url_name="api_visit",
    operation_id="showVisit",
    summary="One visit, with what came of it",
)
def show_visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A visit as the setting sees it: what the visitor rated and wrote only once it is shared. Needs `visits:read`."""
    acting = allow(request, Scope.READ_VISITS, Permission.SEE_VISITS)
    found = Visit.objects.visible_to(acting).select_related("reviewer__user", "invitation__accepted_by")
    visit = get_object_or_404(found, pk=visit_id)
    parts = ("ratings", "notes", "evidence", "actions")
    ratings = ReviewerRating.objects.visible_to(acting).filter(visit=visit).select_related("statement", "level")
    newest = {each.statement.code: each for each in ratings.order_by("number")}
    told = VisitTold.model_validate(
        {
            **_line(visit),
            "why": visit.why,
            "visitor": visit.visitor_name,
            "opened": [part for part in parts if getattr(visit, f"with_{part}")],
            "timetable": [_row(row) for row in visit.rows.all()],
            "ratings": [_rating(code, newest[code]) for code in sorted(newest)],
            "report": _report(acting, visit),
            "feedback": _feedback(VisitFeedback.objects.visible_to(acting).filter(visit=visit).first()),
        }
    )
    return tagged(request, JsonResponse(told.model_dump(mode="json")), etag(told.model_dump_json()))


def _line(visit: Visit) -> dict[str, Any]:
    return {
        "id": visit.pk,
        "review": visit.round_id,
        "kind": visit.kind,
        "status": visit.status,
        "visit_on": visit.visit_on,
        "until": visit.until,
        "created_at": visit.created_at,
    }


def _row(row: Any) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ("minutes", "activity", "who", "room", "look_for")}
    return {"start": row.clock, **said}


def _rating(code: str, rating: ReviewerRating) -> dict[str, Any]:
    return {"code": code, "level": rating.level.code if rating.level else None, "comment": rating.comment}


def _report(acting: Any, visit: Visit) -> dict[str, Any] | None:
    """The newest version that the setting may see, or nothing."""
    version = ReportVersion.objects.visible_to(acting).filter(visit=visit).order_by("-number").first()
    if version is None:
        return None
    recommended = Recommendation.objects.visible_to(acting).filter(version=version).select_related("statement")
    return {
        "version": version.number,
        "final": visit.status == "final",
        **{name: getattr(version, name) for name in ("strong", "work_on", "self_evaluation", "agreed")},
        "recommendations": [{"code": each.statement.code, "what": each.what} for each in recommended],
        "corrections": Correction.objects.visible_to(acting).filter(visit=visit).count(),
    }


def _feedback(given: VisitFeedback | None) -> dict[str, Any] | None:
    return {name: getattr(given, name) for name in ("useful", "fair", "kind", "words")} if given else None
