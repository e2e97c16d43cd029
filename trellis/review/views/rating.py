"""Rating: an area a page, saved as people go, with nothing lost when two of them edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.core.rules.names import warnings_of
from trellis.review import actions
from trellis.review.forms import NoActionForm, RatingForm
from trellis.review.models import Rating, RatingState, Round, Work
from trellis.review.reading import (
    Card,
    RoundView,
    view_area,
    with_all_evidence,
    with_counts,
    with_evidence_count,
    with_plan,
    words_to_take_out,
)
from trellis.review.rules.rounds import how_much_is_left, why_not_plan, why_not_rate
from trellis.review.rules.versions import version_chosen
from trellis.review.voices import heard
from trellis.review.wording import levels_of, wording_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from trellis.accounts.acting import Request
    from trellis.core.paging import Page
    from trellis.review.models import RatingChange
    from trellis.review.wording import Wording


CHANGES_SHOWN = 10


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
                there = _confirmed(request, view.cards) or _named(request, view.cards)
                return redirect(there or _where_next(request, round, area))
        except Refused as refused:
            frozen = str(refused)
            _show_what_was_typed(request, view.cards)
    context = {"round": round, "view": view, "area": view.areas[0], "frozen": frozen}
    context |= {"before_and_after": view.wording.neighbours(area), "errors": _has_trouble(view.cards)}
    context |= {"work": Work.choices, "today": timezone.localdate()}
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
    """Save one card. When someone else changed it meanwhile, the card shows what and who, and what was typed; it is
    written over only by the button that says so, and only what was shown beside it."""
    form = card.form
    if request.POST.get("theirs") == card.statement.code:
        return True
    if form is None or not form.is_valid():
        return False
    before = card.rating.version
    chosen = version_chosen(request.POST.get("mine", ""), code=card.statement.code)
    version = form.cleaned_data["version"] if chosen is None else chosen
    try:
        card.rating = actions.rate(rating=card.rating, answer=form.answer, version=version, by=request.acting)
        card.who, card.changed = request.user.name, card.rating.version != before
    except actions.Stale as stale:
        card.conflict = stale.current
        return False
    return True


def _named(request: Request, cards: Iterable[Card]) -> str | None:
    """Back to the first card in which what was just saved reads as if one child were meant: it says so beside the words."""
    today = timezone.localdate()
    card = next((card for card in cards if card.changed and card.warnings(today)), None)
    if card is None:
        return None
    messages.warning(request, f"Saved. Have another look at {card.statement.code}: it may name a child")
    return f"{request.path}#{card.statement.code}"


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
    decided = request.POST.get("theirs") or request.POST.get("mine", "").split(" ")[0]
    if decided:
        return f"{request.path}#{decided[:20]}"
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
    beside = warnings_of(form.answer.notes, form.answer.reason, today=timezone.localdate())
    said = {form.add_prefix(name): f"{sentence}." if sentence else "" for name, sentence in beside.items()}
    saved = {form.add_prefix("version"): rating.version}
    return JsonResponse({"message": "Saved", "fields": saved, "beside": said})


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
    context = {
        "round": round,
        "card": card,
        "area": view.wording.area_of[code],
        "local": view.wording.local(code),
        "frozen": _why_not(request, round),
        "history": _history(request, card, round),
        "reasons": card.rating.no_action_changes.values("because", "at", who=F("by__name")),
        "plans": request.acting.may(Permission.CHANGE_ACTIONS) and why_not_plan(status=round.status) is None,
        "no_action_form": NoActionForm(),
        "voices": heard(round, alone=request.acting.alone, codes=[code]),
    }
    if request.acting.may(Permission.SEE_EVIDENCE):
        context["taken_away"] = with_all_evidence(card)
    else:
        with_evidence_count(view)
    if request.acting.may(Permission.TAKE_OUT_WORDS):
        context["to_take_out"] = words_to_take_out("rating", card.rating)
    return render(request, "review/show_statement.html", context)


def _history(request: Request, card: Card, round: Round) -> Page[RatingChange]:
    """What the rating became, the newest first, a page at a time: who types while the page saves makes many: one query."""
    levels = {level.pk: level for level in levels_of(round).values()}
    page = page_of(card.rating.changes.annotate(who=F("by__name")), request.GET, size=CHANGES_SHOWN)
    for change in page.rows:
        change.level = levels[change.level_id] if change.level_id else None
    return page


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
