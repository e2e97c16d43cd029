"""Words that should not be there: where it reads as if one child were meant, and taking them out for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.models import WRITTEN, ParentComment, Round, RoundPerson
from trellis.review.reading import page_of, where_names_stand, words_to_take_out

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.LEAD_REVIEW)
def names_in_review(request: Request, round_id: UUID) -> HttpResponse:
    """Where in a review it reads as if one child were meant; and what else a manager can take out of the review itself."""
    round = get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)
    context: dict[str, Any] = {"round": round, "places": where_names_stand(round, today=timezone.localdate())}
    if request.acting.may(Permission.TAKE_OUT_WORDS):
        own = [("review", round), *(("move", each) for each in round.steps.all())]
        own += [("person", each) for each in round.people.filter(user=None)]
        own += [("question", each) for each in round.dismissals.all()]
        context["others"] = [place for kind, written in own for place in words_to_take_out(kind, written)]
    return render(request, "review/names_in_review.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.TAKE_OUT_WORDS)
def take_out_words(request: Request, kind: str, record_id: UUID, text: str) -> HttpResponse:
    """Make sure, then take the words of one text out for good."""
    written = _written_or_404(request, kind, record_id, text)
    words = actions.words_of(kind, written, text)
    if request.method == "POST":
        try:
            actions.take_out_words(kind=kind, written=written, text=text, by=request.acting)
            messages.success(request, "The words are taken out, and a mark with the day stands in their place")
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(page_of(kind, written))
    context = {"name": WRITTEN[kind].texts[text], "words": sorted(words), "page": page_of(kind, written)}
    return render(request, "review/take_out_words.html", context)


def _written_or_404(request: Request, kind: str, record_id: UUID, text: str) -> Any:
    if kind not in WRITTEN or text not in WRITTEN[kind].texts:
        raise Http404
    written = get_object_or_404(WRITTEN[kind].model.objects.visible_to(request.acting), pk=record_id)
    if isinstance(written, ParentComment) and not written.form.told(timezone.localdate()).comments:
        raise Http404
    if isinstance(written, RoundPerson) and written.user_id:
        raise Http404  # a colleague’s name, which nobody typed here
    return written
