"""Rating: an area a page, saved as people go, with nothing lost when two of them edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.forms import NoActionForm, RatingForm
from trellis.review.models import Rating, RatingState, Round, Work
from trellis.review.reading import (
    Card,
    RoundView,
    view_area,
    with_counts,
    with_evidence,
    with_evidence_count,
    with_plan,
)
from trellis.review.rules.names import looks_personal
from trellis.review.rules.rounds import how_much_is_left, why_not_plan, why_not_rate
from trellis.review.voices import heard
from trellis.review.wording import levels_of, wording_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from trellis.accounts.acting import Request
    from trellis.review.wording import Wording


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_REVIEW)
def rate_area(request: Request, round_id: UUID, area: str) -> HttpResponse:
    """One area: read it, rate it, go on to the next."""
    round = get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)
    words = wording_of(round).area(area)
    if words is None:
        raise Http404
    frozen = _why_not(request, round)
    view = with_counts(view_area(round, words))
    if frozen and request.method == "POST":
        _show_what_was_typed(request, view.cards)
    if not frozen and request.method == "POST":
        _give_forms(request, view.cards, view.wording)
        try:
            if _save_all(request, view.cards):
                return redirect(_confirmed(request, view.cards) or _where_next(request, round, area))
        except Refused as refused:
            frozen = str(refused)
            _show_what_was_typed(request, view.cards)
    context = {"round": round, "view": view, "area": view.areas[0], "frozen": frozen}
    context |= {"before_and_after": view.wording.neighbours(area), "errors": _has_trouble(view.cards)}
    context |= {"work": Work.choices}
    codes = [card.statement.code for card in view.cards]
    context["voices"] = heard(round, alone=request.acting.alone, codes=codes)
    return render(request, "review/rate_area.html", context)


def _show_what_was_typed(request: Request, cards: Iterable[Card]) -> None:
    """Someone froze the review while a person was typing: their words are shown, so that they can be kept elsewhere."""
    for card in cards:
        typed = request.POST.get(f"{card.statement.code}-notes", "").strip()
        if typed != card.rating.notes.strip():
            card.typed = typed


def _why_not(request: Request, round: Round) -> str | None:
    if not request.acting.may(Permission.RATE_STATEMENTS):
        return "You can read this review but not rate it"
    return why_not_rate(status=round.status)


def _give_forms(request: Request, cards: Iterable[Card], wording: Wording) -> None:
    """A form for each card that was sent; the page shows the others as they stand."""
    for card in cards:
        if f"{card.statement.code}-version" in request.POST:
            levels = levels_of(card.rating.round)
            card.form = RatingForm(request.POST, rating=card.rating, wording=wording, levels=levels)


def _save_all(request: Request, cards: Iterable[Card]) -> bool:
    """Save every card that was sent and is right; says whether all is well. What is not stays as typed."""
    return all([_save(request, card) for card in cards if card.form])  # noqa: C419 - every card is saved, also after a refusal


def _save(request: Request, card: Card) -> bool:
    """Save one card. When someone else changed it meanwhile, the card shows what and who, and what was typed."""
    form = card.form
    if request.POST.get("theirs") == card.statement.code:
        return True
    if form is None or not form.is_valid():
        return False
    try:
        card.rating = actions.rate(
            rating=card.rating, answer=form.answer, version=form.cleaned_data["version"], by=request.acting
        )
        card.who = request.user.name
    except actions.Stale as stale:
        card.conflict = stale.current
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data[f"{card.statement.code}-version"] = stale.current.version  # type: ignore[index]
        return False
    words = f"{form.answer.notes} {form.answer.reason}"
    warning = looks_personal(words, today=timezone.localdate())
    if warning:
        messages.warning(request, f"{card.statement.code} is saved. {warning}")
    return True


def _confirmed(request: Request, cards: Iterable[Card]) -> str | None:
    """Say again what the last review said, for the one statement whose button was pressed; where to go then."""
    card = next((card for card in cards if card.statement.code == request.POST.get("confirm")), None)
    if card is None:
        return None
    try:
        actions.confirm_last(rating=card.rating, by=request.acting)
    except (Refused, actions.Stale) as refused:
        messages.error(request, str(refused))
    return f"{request.path}#{card.statement.code}"


def _has_trouble(cards: Iterable[Card]) -> bool:
    return any(card.conflict or (card.form and card.form.errors) for card in cards)


def _where_next(request: Request, round: Round, area: str) -> str:
    """On to the next area, or back to the round; or stay, for those who saved on the way."""
    if "theirs" in request.POST:
        return f"{request.path}#{request.POST['theirs'][:20]}"
    if "stay" in request.POST:
        messages.success(request, "Saved")
        return request.path
    after = wording_of(round).neighbours(area)[1]
    if after:
        return reverse("rate_area", args=[round.pk, after.code])
    open_still = round.ratings.filter(state=RatingState.NOT_DISCUSSED).count()
    messages.success(request, f"Saved. {how_much_is_left(open_still)}")
    return round.get_absolute_url()


@require_POST
@requires(Permission.RATE_STATEMENTS)
def save_rating(request: Request, round_id: UUID) -> HttpResponse:
    """Save one statement while its page stays open. Answers in JSON: saved, with its new version; what to correct
    (422); or that someone else changed it meanwhile (409), and then the whole page is sent and shows both."""
    rating = _rating_or_404(request, round_id, _code_sent(request.POST))
    form = RatingForm(request.POST, rating=rating, wording=wording_of(rating.round), levels=levels_of(rating.round))
    if not form.is_valid():
        return JsonResponse({"message": f"Not saved: {next(iter(form.errors.values()))[0]}"}, status=422)
    try:
        rating = actions.rate(
            rating=rating, answer=form.answer, version=form.cleaned_data["version"], by=request.acting
        )
    except (actions.Stale, Refused):
        return JsonResponse({"message": "Someone else changed this meanwhile"}, status=409)
    warning = looks_personal(f"{form.answer.notes} {form.answer.reason}", today=timezone.localdate())
    message = f"Saved. {warning}." if warning else "Saved"
    return JsonResponse({"message": message, "fields": {form.add_prefix("version"): rating.version}})


def _code_sent(data: Mapping[str, str]) -> str:
    """The code of the statement that was sent: its fields carry it in front."""
    return next((name.removesuffix("-version") for name in data if name.endswith("-version")), "")


@require_safe
@requires(Permission.SEE_REVIEW)
def show_statement(request: Request, round_id: UUID, code: str) -> HttpResponse:
    """One statement in full: what to talk about, what others keep as evidence, its history, evidence and actions."""
    round = get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)
    card, view = _card_or_404(round, code)
    with_plan(view)
    if request.acting.may(Permission.SEE_EVIDENCE):
        with_evidence(view)
    else:
        with_evidence_count(view)
    context = {
        "round": round,
        "card": card,
        "area": view.wording.area_of[code],
        "local": view.wording.local(code),
        "frozen": _why_not(request, round),
        "changes": card.rating.changes.select_related("by", "level"),
        "reasons": card.rating.no_action_changes.select_related("by"),
        "plans": request.acting.may(Permission.CHANGE_ACTIONS) and why_not_plan(status=round.status) is None,
        "no_action_form": NoActionForm(),
        "voices": heard(round, alone=request.acting.alone, codes=[code]),
    }
    return render(request, "review/show_statement.html", context)


def _card_or_404(round: Round, code: str) -> tuple[Card, RoundView]:
    wording = wording_of(round)
    if code not in wording.statements:
        raise Http404
    view = view_area(round, wording.area_of[code], codes={code})
    if not view.cards:
        raise Http404
    return view.cards[0], view


@require_POST
@requires(Permission.CHANGE_ACTIONS)
def no_action(request: Request, round_id: UUID, code: str) -> HttpResponse:
    """Say that no action is needed, and why; or take that back."""
    rating = _rating_or_404(request, round_id, code)
    form = NoActionForm(request.POST)
    try:
        if "take_back" in request.POST:
            actions.take_back_no_action(rating=rating, by=request.acting)
        elif form.is_valid():
            actions.decide_no_action(rating=rating, because=form.cleaned_data["because"], by=request.acting)
        else:
            messages.error(request, "Say why no action is needed")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("show_statement", round_id, code)


def _rating_or_404(request: Request, round_id: UUID, code: str) -> Rating:
    found = Rating.objects.visible_to(request.acting).select_related(
        "round__framework", "round__overlay", "statement", "level"
    )
    found = found.defer("round__framework__content", "round__overlay__content")
    return get_object_or_404(found, round=round_id, statement__code=code)
