"""What many settings’ released reviews add up to, for their authority; and counting a term now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.review import actions, papers
from trellis.review.models import PooledCount
from trellis.review.picture import MOST_WANTED, TOPICS_SHOWN, picture_for
from trellis.review.rules.periods import count_day, period_words, to_count_now
from trellis.review.views.report import paper_response, table_response

if TYPE_CHECKING:
    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.SEE_POOLED)
def picture(request: Request) -> HttpResponse:
    """Where help is wanted most: statements, topics, what changed, by kind and part; one count, however many settings."""
    found = picture_for(request.acting, request.GET)
    context: dict[str, Any] = {"picture": found, "how": papers.HOW_IT_IS_COUNTED, "waiting": _waiting(request)}
    if found:
        context |= {"chart": papers.picture_chart(found), "level": papers.level_words(found)}
        context |= {"first": MOST_WANTED, "first_topics": TOPICS_SHOWN}
        context |= {"topics": papers.topic_rows(found), "part_words": papers.part_words}
    return render(request, "review/picture.html", context)


def _waiting(request: Request) -> dict[str, Any] | None:
    """The term that has ended and waits for its count, when nobody has counted it."""
    period = to_count_now(timezone.localdate())
    if not period or PooledCount.objects.visible_to(request.acting).filter(period_key=period).exists():
        return None
    return {"key": period, "words": period_words(period), "day": count_day(period)}


@require_safe
@requires(Permission.SEE_POOLED)
def export_picture(request: Request, kind: str) -> HttpResponseBase:
    """The same as CSV, Excel, PDF or Word, with the same choice."""
    found, scope = picture_for(request.acting, request.GET), request.acting.organisation_name
    if found is None:
        raise Http404
    if kind in ("csv", "xlsx"):
        return table_response(papers.picture_table(found, scope=scope), kind)
    return paper_response(papers.picture_document(found, scope=scope, on=timezone.localdate()), kind)


@require_http_methods(["GET", "POST"])
@requires(Permission.COUNT_POOLED)
def count_period(request: Request) -> HttpResponse:
    """Count a term that has ended before the clock does."""
    period = to_count_now(timezone.localdate())
    if request.method == "POST" and period:
        try:
            actions.count_now(period=period, by=request.acting)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{period_words(period)} is counted")
        return redirect("picture")
    context = {"period": period_words(period), "day": count_day(period)} if period else {}
    return render(request, "review/count_period.html", context)
