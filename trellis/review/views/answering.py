"""The form as parents see it: no account, no script, their own language beside the English."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from trellis.core.access import public
from trellis.core.logs import leaves_no_line
from trellis.core.often import counted
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.forms import ReplyForm
from trellis.review.models import ParentForm
from trellis.review.questions import ENGLISH, languages

if TYPE_CHECKING:
    from collections.abc import Callable

    from trellis.review.questions import Language

P = ParamSpec("P")
HOUR = 60 * 60
# A tablet at the door is passed from hand to hand; a machine would send thousands.
MOST_FROM_AN_ADDRESS = 100


def for_holders_only(
    view: Callable[P, HttpResponse],
) -> Callable[P, HttpResponse]:
    """Let no search engine, no cache and no other site learn the address of a page that only its holders know."""

    @wraps(view)
    def held(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return held


@csrf_exempt  # nobody is signed in whom another site could use, and browsers without a referrer send no origin
@require_http_methods(["GET", "POST"])
@public
@leaves_no_line
@for_holders_only
def reply(request: HttpRequest, token: str, language: str = ENGLISH) -> HttpResponse:
    """The form, and what a parent sends."""
    found, words = _found(token, language)
    if not found.is_open(timezone.localdate()):
        return _render(request, found, words, "review/reply_closed.html", status=410)
    form = ReplyForm(request.POST if request.method == "POST" else None, language=words, edition=found.edition)
    if form.is_valid():
        if counted(request, "parents’ form", token, within=HOUR) > MOST_FROM_AN_ADDRESS:
            return _render(request, found, words, "review/reply_too_often.html", status=429)
        try:
            actions.count_reply(form=found, **form.reply)
        except Refused:
            return _render(request, found, words, "review/reply_closed.html", status=410)
        return redirect("reply_thanks", token, language)
    return _render(request, found, words, "review/reply.html", form=form)


@require_safe
@public
@leaves_no_line
@for_holders_only
def reply_thanks(request: HttpRequest, token: str, language: str) -> HttpResponse:
    """Thank you."""
    return _render(request, *_found(token, language), "review/reply_thanks.html")


def _found(token: str, language: str) -> tuple[ParentForm, Language]:
    """The form and the words, or 404 alike for a wrong token and a language that there is not."""
    forms = ParentForm.objects.of(token).select_related("round__organisation")
    found = get_object_or_404(forms.only("edition", "closes_on", "closed_at", "token", "round__organisation__name"))
    words = languages(found.edition).get(language)
    if words is None:
        raise Http404
    return found, words


def _render(
    request: HttpRequest, found: ParentForm, words: Language, template: str, *, status: int = 200, **more: object
) -> HttpResponse:
    known = languages(found.edition)
    context = {"found": found, "words": words, "english": known[ENGLISH], "languages": known.values(), **more}
    return render(request, template, context, status=status)
