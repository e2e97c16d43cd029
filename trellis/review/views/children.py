"""What was seen of children: noting it, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.forms import ChildVoiceForm
from trellis.review.models import ChildVoice, Round, Statement
from trellis.review.views.own_rating import round_statements
from trellis.review.wording import wording_of

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request


@require_http_methods(["GET", "POST"])
@requires(Permission.RATE_STATEMENTS)
def note_child_voice(request: Request, round_id: UUID) -> HttpResponse:
    """Note something seen of children; `?about=` says what it is about."""
    round = get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)
    data = request.POST if request.method == "POST" else None
    form = ChildVoiceForm(data, wording=wording_of(round), about=request.GET.get("about", ""))
    if form.is_valid():
        area, statement = _about(round, form.cleaned_data["about"])
        try:
            actions.note_child_voice(
                round=round, area=area, statement=statement, seen=form.cleaned_data["seen"], by=request.acting
            )
            messages.success(request, "Noted. It stands beside the statement now")
            return redirect("voices", round.pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "review/note_child_voice.html", {"round": round, "form": form})


def _about(round: Round, about: str) -> tuple[str, Statement | None]:
    """The area, and the statement if it is about one."""
    wording = wording_of(round)
    if wording.area(about):
        return about, None
    found = next(iter(round_statements(round, [about])), None)
    if found is None:
        raise Http404
    return wording.area_of[about].code, found


@require_POST
@requires(Permission.RATE_STATEMENTS)
def withdraw_child_voice(request: Request, voice_id: UUID) -> HttpResponse:
    """Take back what one noted oneself; who leads the review may take back anything."""
    found = ChildVoice.objects.visible_to(request.acting).select_related("round")
    voice = get_object_or_404(found, pk=voice_id)
    if voice.by_id != request.user.pk and not request.acting.may(Permission.LEAD_REVIEW):
        raise PermissionDenied
    try:
        actions.withdraw_child_voice(voice=voice, by=request.acting)
        messages.success(request, "Taken back. It is shown nowhere any more")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("voices", voice.round_id)
