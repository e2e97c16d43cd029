"""A setting’s own reviews: reading them, starting one, rating statements."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Field, Header, Query, Router, Schema
from pydantic import ConfigDict, StringConstraints

from trellis.accounts.roles import Permission
from trellis.api.actions import remember_reply
from trellis.api.endpoints.base import PROBLEMS, ActingByProgram, Fault, Problem, allow, etag, tagged
from trellis.api.endpoints.repeated import fingerprint, what_came_of
from trellis.api.rules import Scope
from trellis.core.refusal import Refused
from trellis.organisations.models import Organisation
from trellis.review import actions
from trellis.review.actions.ratings import Answer, Stale
from trellis.review.models import Framework, Rating, Round, Work
from trellis.review.rules.rounds import why_not_rate
from trellis.review.wording import levels_of, wording_of

router = Router(tags=["Reviews"])
PAGE = 100

NO_NULL = r"^[^\x00]*$"  # which PostgreSQL takes in no text
Text = Annotated[str, StringConstraints(pattern=NO_NULL)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=NO_NULL)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=NO_NULL)]
Period = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=NO_NULL)]


class ReviewLine(Schema):
    """A review in a list."""

    id: UUID
    period: str
    status: Literal["draft", "discussing", "agreed", "archived"]
    framework: str
    edition: str
    started_at: datetime
    agreed_at: datetime | None


class ReviewPage(Schema):
    """A page of reviews, the newest first; `next` is what to send as `after` for the page that follows."""

    reviews: list[ReviewLine]
    next: datetime | None


class RatingTold(Schema):
    """What a setting says of one statement. `level` is a code of the framework’s scale, when `state` is `rated`."""

    code: str
    area: str
    text: str
    state: Literal["not_discussed", "rated", "not_applicable"]
    level: str | None
    reason: str
    unsure: bool
    notes: str
    work: str
    version: int
    changed_at: datetime | None


class ReviewTold(ReviewLine):
    """A review with its ratings, in the order of its framework."""

    reason: str
    ratings: list[RatingTold]


class ReviewStarted(Schema):
    """What a new review needs."""

    model_config = ConfigDict(extra="forbid")

    framework: Text = Field(description="The key of a framework on offer")
    edition: Text
    period: Period = Field(description="Such as: Autumn term 2026")
    reason: Words = ""


class Said(Schema):
    """What goes with every answer."""

    model_config = ConfigDict(extra="forbid")

    unsure: bool = False
    notes: Words = ""
    work: Literal["to_do", "looking", "finished"] = "to_do"


class Rated(Said):
    """How well a statement is in place."""

    state: Literal["rated"]
    level: str = Field(description="A code of the framework’s scale")
    reason: Words = ""


class DoesNotApply(Said):
    """A statement that cannot apply to the setting, and why."""

    state: Literal["not_applicable"]
    reason: Reason


class NotDiscussed(Said):
    """A statement that has not been talked about."""

    state: Literal["not_discussed"]


RatingSaid = Annotated[Rated | DoesNotApply | NotDiscussed, Field(discriminator="state")]

CHANGING = PROBLEMS | {409: Problem, 412: Problem, 428: Problem}


@router.get(
    "",
    response={200: ReviewPage, **PROBLEMS},
    url_name="api_reviews",
    operation_id="listReviews",
    summary="The setting’s reviews, the newest first",
)
def list_reviews(
    request: HttpRequest,
    limit: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
    after: Annotated[datetime | None, Query(description="`next` of the page before")] = None,
) -> Any:
    """Up to `limit` reviews (1 to 100) of the setting that the token’s owner acts for. Needs `reviews:read`."""
    acting = allow(request, Scope.READ_REVIEWS, Permission.SEE_REVIEW)
    found = Round.objects.visible_to(acting).with_wording().newest_first()
    if after is not None:
        if after.tzinfo is None:
            raise Fault(422, "“after” needs a time zone")
        found = found.filter(started_at__lt=after)
    rounds = list(found[: limit + 1])
    more = rounds[limit - 1].started_at if len(rounds) > limit else None
    return {"reviews": [_line(round) for round in rounds[:limit]], "next": more}


def _line(round: Round) -> dict[str, Any]:
    return {
        "id": round.pk,
        "period": round.period,
        "status": round.status,
        "framework": round.framework.key,
        "edition": round.framework.edition,
        "started_at": round.started_at,
        "agreed_at": round.agreed_at,
    }


@router.post(
    "",
    response={201: ReviewLine, **CHANGING},
    url_name="api_reviews",
    operation_id="startReview",
    summary="Start a review",
)
def start_review(
    request: HttpRequest,
    body: ReviewStarted,
    idempotency_key: Annotated[
        str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200, description="Any text of your own")
    ] = None,
) -> HttpResponse:
    """Start a review of the setting; its address is in `Location`, and its ratings are read there. With an `Idempotency-Key`, sending the same again within a day gives the same
    answer and starts nothing; with other words under the same key it is refused (422). Needs `reviews:write`.
    """
    acting = allow(request, Scope.WRITE_REVIEWS, Permission.LEAD_REVIEW)
    asked = fingerprint(request.method or "", request.path, body.model_dump_json())
    known = what_came_of(request.auth, idempotency_key, asked)  # type: ignore[attr-defined]
    if known is None:
        try:
            known = _start(request, acting, body, idempotency_key, asked)
        except (IntegrityError, Refused) as faster:  # perhaps the same request at the same time
            known = what_came_of(request.auth, idempotency_key, asked)  # type: ignore[attr-defined]
            if known is None and isinstance(faster, Refused):
                raise
            if known is None:
                raise Fault(409, "A review by this framework was started at the same moment") from faster
    round_id = UUID(known)
    round = get_object_or_404(Round.objects.visible_to(acting).with_wording(), pk=round_id)
    # Without its ratings: asked again after a while, they would be what colleagues have said since.
    response = JsonResponse(ReviewLine.model_validate(_line(round)).model_dump(mode="json"), status=201)
    response["Location"] = reverse("api_review", args=[round_id])
    return response


@transaction.atomic
def _start(request: HttpRequest, acting: ActingByProgram, body: ReviewStarted, key: str | None, asked: str) -> str:
    organisation = get_object_or_404(Organisation.objects.visible_to(acting), pk=acting.organisation_id)
    offered = Framework.objects.visible_to(acting).on_offer()
    framework = offered.filter(key=body.framework, edition=body.edition).first()
    if framework is None:
        raise Fault(409, "No framework on offer has this key and edition")
    round = actions.start_round(
        organisation=organisation, framework=framework, period=body.period, reason=body.reason, by=acting
    )
    if key:
        remember_reply(token=request.auth, key=key, asked=asked, location=str(round.pk))  # type: ignore[attr-defined]
    return str(round.pk)


@router.get(
    "/{review_id}",
    response={200: ReviewTold, 304: None, **PROBLEMS},
    url_name="api_review",
    operation_id="showReview",
    summary="One review with its ratings",
)
def show_review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """A review with every rating. Its `ETag` changes with any of them. Needs `reviews:read`."""
    acting = allow(request, Scope.READ_REVIEWS, Permission.SEE_REVIEW)
    return _told(request, get_object_or_404(Round.objects.visible_to(acting).with_wording(), pk=review_id))


def _told(request: HttpRequest, round: Round) -> HttpResponse:
    wording = wording_of(round)
    ratings = {each.statement.code: each for each in round.ratings.select_related("statement", "level")}
    rows = [
        _rating(ratings[code], wording.area_of[code].code, statement.text)
        for code, statement in wording.statements.items()
        if code in ratings
    ]
    told = ReviewTold.model_validate({**_line(round), "reason": round.reason, "ratings": rows})
    response = JsonResponse(told.model_dump(mode="json"))
    return tagged(request, response, etag(round.pk, round.status, *(row["version"] for row in rows)))


def _rating(rating: Rating, area: str, text: str) -> dict[str, Any]:
    return {
        "code": rating.statement.code,
        "area": area,
        "text": text,
        "state": rating.state,
        "level": rating.level.code if rating.level else None,
        "reason": rating.reason,
        "unsure": rating.unsure,
        "notes": rating.notes,
        "work": rating.work,
        "version": rating.version,
        "changed_at": rating.changed_at,
    }


def _rating_or_404(acting: ActingByProgram, review_id: UUID, code: str) -> Rating:
    found = Rating.objects.visible_to(acting).select_related("round__framework", "round__overlay", "statement", "level")
    found = found.defer("round__framework__content", "round__overlay__content")
    return get_object_or_404(found, round=review_id, statement__code=code)


@router.get(
    "/{review_id}/ratings/{code}",
    response={200: RatingTold, 304: None, **PROBLEMS},
    url_name="api_rating",
    operation_id="showRating",
    summary="One rating",
)
def show_rating(request: HttpRequest, review_id: UUID, code: str) -> HttpResponse:
    """What the setting says of one statement; its `ETag` is what `If-Match` asks for. Needs `reviews:read`."""
    acting = allow(request, Scope.READ_REVIEWS, Permission.SEE_REVIEW)
    return _one(request, _rating_or_404(acting, review_id, code))


def _one(request: HttpRequest, rating: Rating) -> HttpResponse:
    wording = wording_of(rating.round)
    code = rating.statement.code
    told = RatingTold(**_rating(rating, wording.area_of[code].code, wording.statements[code].text))
    return tagged(request, JsonResponse(told.model_dump(mode="json")), tag_of(rating))


def tag_of(rating: Rating) -> str:
    """The entity tag of a rating: it changes with each change."""
    return f'"{rating.version}"'


@router.put(
    "/{review_id}/ratings/{code}",
    response={200: RatingTold, **CHANGING},
    url_name="api_rating",
    operation_id="rateStatement",
    summary="Rate a statement",
    openapi_extra={"parameters": [{"in": "header", "name": "If-Match", "required": True}]},
)
def rate_statement(
    request: HttpRequest,
    review_id: UUID,
    code: str,
    body: RatingSaid,
    if_match: Annotated[str | None, Header(alias="If-Match", description="The rating’s `ETag` as you read it")] = None,
) -> HttpResponse:
    """Write what the setting says of a statement over the version that you read; earlier ones are kept. Sending the
    same twice changes nothing. 428 without `If-Match`, 412 when somebody else changed it meanwhile, 409 when the
    review has been agreed. Needs `reviews:write`.
    """
    acting = allow(request, Scope.WRITE_REVIEWS, Permission.RATE_STATEMENTS)
    rating = _rating_or_404(acting, review_id, code)
    if why_not_rate(status=rating.round.status):
        raise Fault(409, str(why_not_rate(status=rating.round.status)))
    if if_match is None:
        raise Fault(428, "Send the rating’s ETag as “If-Match”, so that nobody’s words are lost")
    if if_match != tag_of(rating):
        raise Fault(412, "Somebody else changed this rating. Read it again")
    try:
        rating = actions.rate(rating=rating, answer=_answer(rating, body), version=rating.version, by=acting)
    except Stale as stale:
        raise Fault(412, "Somebody else changed this rating. Read it again") from stale
    return _one(request, rating)


def _answer(rating: Rating, said: Rated | DoesNotApply | NotDiscussed) -> Answer:
    """What a program says, as the action takes it. Raises `Fault` when the scale has no such level."""
    level, reason = None, ""
    if isinstance(said, Rated):
        level, reason = levels_of(rating.round).get(said.level), said.reason
        if level is None:
            raise Fault(409, "The scale of this review has no such level: see its framework")
    elif isinstance(said, DoesNotApply):
        reason = said.reason
    return Answer(said.state, level, reason, said.unsure, said.notes, Work(said.work))
