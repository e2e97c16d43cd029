"""What many settings’ released reviews add up to, for their authority: the figures of the page, and nothing more."""

from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Field, Query, Router, Schema

from trellis.accounts.acting import Acting
from trellis.accounts.roles import Permission
from trellis.api.endpoints.base import PROBLEMS, allow, etag, tagged
from trellis.api.rules import Scope
from trellis.core.rules.small_numbers import Figure
from trellis.review.models import PooledCount
from trellis.review.papers import level_words
from trellis.review.picture import Options, Picture, picture_for
from trellis.review.rules.periods import in_order, period_words

router = Router(tags=["Counts"])

Audience = Literal["group", "school", "childminder"]
Path = Annotated[str, Query(pattern="^[01]{1,40}$", description="A `path` that the count tells; everything without it")]
WHY = (
    "Why a number is null: `few` and `nearly_all`, fewer than five or all but fewer than five settings; `hidden`, it "
    "would point at somebody, or others could be worked out from it"
)


class CountLine(Schema):
    """A count: of one term, one framework, and the settings that read it in the same words."""

    framework: str
    edition: str
    audience: Audience
    term: str = Field(description="Such as: 2026-autumn")
    title: str = Field(description="The framework and the term as one reads them")


class FigureTold(Schema):
    """How many settings were counted, and for how many of them a statement needs development."""

    counted: int | None
    said: int | None
    why: Literal["few", "nearly_all", "hidden"] | None = Field(description=WHY)


class StatementCounted(Schema):
    """A statement with its figure, and with that of the earlier term when there is one."""

    code: str
    area: str
    text: str
    now: FigureTold
    before: FigureTold | None


class TopicCounted(Schema):
    """A topic for training: how often its statements need development, on average of those whose figures are told."""

    topic: str
    title: str
    per_cent: int
    codes: list[str]
    statements: int


class Choice(Schema):
    """A kind of setting or a part of the authority that can be told by itself."""

    path: str
    name: str


class CountTold(CountLine):
    """One count as it was asked for: the statements that most often need development first, those not told last."""

    chosen: str
    counted: int | None
    why: Literal["hidden"] | None = Field(description=WHY)
    asked: str = Field(description="What `said` counts: the levels at which a statement needs development")
    then: str | None = Field(description="The earlier term beside it")
    statements: list[StatementCounted]
    topics: list[TopicCounted]
    kinds: list[Choice]
    parts: list[Choice]


@router.get(
    "",
    response={200: list[CountLine], **PROBLEMS},
    url_name="api_counts",
    operation_id="listCounts",
    summary="The terms that were counted, the newest first",
)
def list_counts(request: HttpRequest) -> Any:
    """Every count of the authority that the token’s owner acts for. Needs `counts:read`."""
    acting = allow(request, Scope.READ_COUNTS, Permission.SEE_POOLED)
    return [_line(each) for each in _counts(acting)]


@router.get(
    "/{framework}/{edition}/{audience}/{term}",
    response={200: CountTold, 304: None, **PROBLEMS},
    url_name="api_count",
    operation_id="showCount",
    summary="One count, of everything or of a kind or part",
)
def show_count(
    request: HttpRequest,
    framework: str,
    edition: str,
    audience: Audience,
    term: str,
    kind: Path | None = None,
    part: Path | None = None,
    then: Annotated[str | None, Query(description="An earlier term; the one before without it")] = None,
) -> HttpResponse:
    """The figures of “What settings need”. None tells of fewer than five settings, or of all but fewer than five, and
    none can be worked out from the others: what is hidden is null, with why. A count never changes. Needs
    `counts:read`.
    """
    acting = allow(request, Scope.READ_COUNTS, Permission.SEE_POOLED)
    wanted = (framework, edition, audience, term)
    found = next((each for each in _counts(acting) if _address(each) == wanted), None)
    if found is None:
        raise Http404
    said = {"framework": str(found.framework_id), "audience": audience, "period": term}
    picture = picture_for(acting, said | {"kind": kind or "", "part": part or "", "then": then or ""})
    if picture is None or not _as_asked(picture, kind, part, then):
        raise Http404
    told = _told(picture)
    return tagged(request, JsonResponse(told.model_dump(mode="json")), etag(told.model_dump_json()))


def _counts(acting: Acting) -> list[PooledCount]:
    """The counts, without what they tell."""
    found = PooledCount.objects.visible_to(acting).select_related("framework").defer("content", "framework__content")
    listed = sorted(found, key=lambda each: (each.framework.key, each.framework.edition, each.audience))
    return sorted(listed, key=lambda each: in_order(each.period_key), reverse=True)


def _address(count: PooledCount) -> tuple[str, ...]:
    return count.framework.key, count.framework.edition, count.audience, count.period_key


def _line(count: PooledCount) -> dict[str, Any]:
    said = dict(zip(("framework", "edition", "audience", "term"), _address(count), strict=True))
    return {**said, "title": f"{count.framework}, {period_words(count.period_key)}"}


def _as_asked(picture: Picture, kind: str | None, part: str | None, then: str | None) -> bool:
    """Whether it is what was asked for: a page shows everything when an address names nothing, a program is told."""
    earlier = picture.then.period_key if picture.then else None
    return picture.kind == (kind or "") and picture.part == (part or "") and then in (None, earlier)


def _told(picture: Picture) -> CountTold:
    return CountTold(
        **_line(picture.now),
        chosen=picture.chosen,
        counted=picture.counted,
        why="hidden" if picture.counted is None else None,
        asked=level_words(picture),
        then=picture.then.period_key if picture.then else None,
        statements=[
            StatementCounted(
                code=line.statement.code,
                area=line.area.code,
                text=line.statement.text,
                now=_figure(line.figure),
                before=_figure(line.before) if picture.then else None,
            )
            for line in picture.lines
        ],
        topics=[
            TopicCounted(
                topic=each.topic.value,
                title=each.topic.label,
                per_cent=round(100 * each.share),
                codes=[line.statement.code for line in each.lines],
                statements=each.statements,
            )
            for each in picture.topics
        ],
        kinds=_choices(picture.kinds),
        parts=_choices(picture.parts),
    )


def _figure(figure: Figure) -> FigureTold:
    """A figure as it may be told; what is hidden with why."""
    why = None if figure.said is not None else figure.bound or "hidden"
    return FigureTold.model_validate({"counted": figure.counted, "said": figure.said, "why": why})


def _choices(options: Options) -> list[Choice]:
    return [Choice(path=path, name=name) for path, name in options.items()]
