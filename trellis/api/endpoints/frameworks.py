"""Frameworks: the statements that reviews use, and their scale."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from trellis.api.endpoints.base import PROBLEMS, allow, etag, tagged
from trellis.api.rules import Scope
from trellis.review.models import Framework

router = Router(tags=["Frameworks"])


class FrameworkLine(Schema):
    """An edition that new reviews can use."""

    key: str
    edition: str
    title: str


@router.get(
    "",
    response={200: list[FrameworkLine], **PROBLEMS},
    url_name="api_frameworks",
    operation_id="listFrameworks",
    summary="The editions on offer, by title",
)
def list_frameworks(request: HttpRequest) -> Any:
    """Every edition that a new review can use. Needs the scope `frameworks:read`."""
    acting = allow(request, Scope.READ_FRAMEWORKS)
    return list(Framework.objects.visible_to(acting).on_offer())


@router.get(
    "/{key}/{edition}",
    response={200: dict[str, Any], 304: None, **PROBLEMS},
    url_name="api_framework",
    operation_id="showFramework",
    summary="One edition whole: areas, statements, scale",
)
def show_framework(request: HttpRequest, key: str, edition: str) -> HttpResponse:
    """The whole text of an edition, as `framework.schema.json` describes it. Needs the scope `frameworks:read`."""
    acting = allow(request, Scope.READ_FRAMEWORKS)
    found = get_object_or_404(Framework.objects.visible_to(acting), key=key, edition=edition)
    return tagged(request, JsonResponse(found.content), etag(found.fingerprint))
