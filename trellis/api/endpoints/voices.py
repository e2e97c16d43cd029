"""What colleagues, parents and children say in a review: the counts and words of the screen, and no names."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from trellis.accounts.roles import Permission
from trellis.api.endpoints.base import PROBLEMS, allow, etag, tagged
from trellis.api.rules import Scope
from trellis.review.models import ParentForm, Round
from trellis.review.voices import ParentsSay, Spread, heard

router = Router(tags=["Voices"])


class AtLevel(Schema):
    """How many colleagues chose a level."""

    level: str
    voices: int


class SpreadTold(Schema):
    """What colleagues said alone of a statement, from two of them up and once the talk has begun."""

    code: str
    levels: list[AtLevel]
    not_applicable: int
    unsure: int


class FormTold(Schema):
    """A form for parents. How many replied is told in words, and below five not at all."""

    id: UUID
    opened_at: datetime
    closes_on: date
    open: bool
    replies: str


class AnswerTold(Schema):
    """What parents said to a question, in words: when the form is closed and at least five have replied."""

    question: str
    area: str
    codes: list[str]
    text: str
    yes: str
    not_yet: str


class ChildTold(Schema):
    """Something seen of children, about a statement or a whole area. Never who."""

    area: str
    code: str | None
    seen: str
    at: datetime


class VoicesTold(Schema):
    """Everything that may be shown of a review now."""

    review: UUID
    colleagues: list[SpreadTold] = Field(description="Empty before the talk has begun, and for a childminder")
    parents_forms: list[FormTold]
    parents: list[AnswerTold]
    children: list[ChildTold]


@router.get(
    "/{review_id}/voices",
    response={200: VoicesTold, 304: None, **PROBLEMS},
    url_name="api_voices",
    operation_id="showVoices",
    summary="What colleagues, parents and children say in a review",
)
def show_voices(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """The same as the pages show, without names and without what was said in free words about colleagues or by
    parents: nothing of colleagues before the talk, of parents only words when five have replied. Needs `voices:read`.
    """
    acting = allow(request, Scope.READ_VOICES, Permission.RATE_STATEMENTS)
    round = get_object_or_404(Round.objects.visible_to(acting).with_wording(), pk=review_id)
    said = heard(round, alone=acting.alone)
    told = VoicesTold(
        review=round.pk,
        colleagues=[_spread(code, said.spreads[code]) for code in sorted(said.spreads)],
        parents_forms=[_form(form) for form in said.parent_forms],
        parents=[_answer(each) for each in said.parents],
        children=[
            ChildTold(area=each.area, code=each.code or None, seen=each.seen, at=each.at) for each in said.children
        ],
    )
    body: dict[str, Any] = told.model_dump(mode="json")
    return tagged(request, JsonResponse(body), etag(told.model_dump_json()))


def _spread(code: str, spread: Spread) -> SpreadTold:
    levels = [AtLevel(level=each.level.code, voices=each.voices) for each in spread.levels]
    return SpreadTold(code=code, levels=levels, not_applicable=spread.not_applicable, unsure=spread.unsure)


def _form(form: ParentForm) -> FormTold:
    today = timezone.localdate()
    return FormTold(
        id=form.pk,
        opened_at=form.opened_at,
        closes_on=form.closes_on,
        open=form.is_open(today),
        replies=form.told(today).words,
    )


def _answer(said: ParentsSay) -> AnswerTold:
    return AnswerTold(
        question=said.code,
        area=said.area,
        codes=list(said.statements),
        text=said.text,
        yes=said.yes,
        not_yet=said.not_yet,
    )
