"""Rating alone: an area a page, saved as one goes; nobody else sees it before the talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.core.rules.names import looks_personal
from trellis.review import actions
from trellis.review.forms import NameForm, OwnRatingForm
from trellis.review.models import OwnRating, Round, Statement
from trellis.review.rules.versions import version_chosen
from trellis.review.rules.voices import why_not_rate_alone
from trellis.review.wording import levels_of, wording_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from trellis.accounts.acting import Request
    from trellis.review import framework as files


@dataclass
class OwnCard:
    """One statement to rate alone: its words, its row, what the person said so far, and the form."""

    statement: files.Statement
    row: Statement
    own: OwnRating | None
    form: OwnRatingForm
    conflict: OwnRating | None = None
    named: bool = False

    def warning(self, today: date) -> str:
        """What to say beside a note that reads as if one child were meant."""
        return looks_personal(str(self.form["note"].value() or ""), today=today) or ""

    @property
    def label(self) -> str:
        """What was said, in words."""
        if self.own is None or self.own.state == "not_discussed":
            return "No answer"
        return self.own.level.label if self.own.level else self.own.get_state_display()


def round_of_a_team(request: Request, round_id: UUID) -> Round:
    """A round whose colleagues are heard; a childminder has none."""
    if request.acting.alone:
        raise Http404
    return get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.RATE_STATEMENTS)
def own_area(request: Request, round_id: UUID, area: str) -> HttpResponse:
    """One area, rated alone."""
    round = round_of_a_team(request, round_id)
    wording = wording_of(round)
    found = wording.area(area)
    if found is None:
        raise Http404
    frozen = why_not_rate_alone(status=round.status)
    cards = _cards(request, round, found)
    if request.method == "POST" and not frozen and _save_all(request, round, cards):
        return redirect(_back_to_a_name(request, cards) or _where_next(request, round, area))
    context = {"round": round, "area": found, "cards": cards, "frozen": frozen, "wording": wording}
    context |= {"before_and_after": wording.neighbours(area), "errors": _has_trouble(cards)}
    context["today"] = timezone.localdate()
    return render(request, "review/own_area.html", context)


def _cards(request: Request, round: Round, area: files.Area) -> list[OwnCard]:
    """A card for each statement of the area: two queries."""
    codes = [statement.code for statement in area.statements]
    rows = {row.code: row for row in round_statements(round, codes)}
    owns = OwnRating.objects.visible_to(request.acting).filter(round=round, statement__in=rows.values())
    said = {own.statement_id: own for own in owns.select_related("level")}
    data = request.POST if request.method == "POST" else None
    cards = []
    for statement in area.statements:
        if statement.code not in rows:
            continue
        own = said.get(rows[statement.code].pk)
        sent = data if data is not None and f"{statement.code}-version" in data else None
        form = OwnRatingForm(sent, code=statement.code, own=own, wording=wording_of(round), levels=levels_of(round))
        cards.append(OwnCard(statement, rows[statement.code], own, form))
    return cards


def round_statements(round: Round, codes: Iterable[str]) -> Iterable[Statement]:
    """The rows of a round’s statements, by its ratings."""
    ratings = round.ratings.filter(statement__code__in=list(codes)).select_related("statement")
    return [rating.statement for rating in ratings]


def _save_all(request: Request, round: Round, cards: Iterable[OwnCard]) -> bool:
    return all([_save(request, round, card) for card in cards if card.form.is_bound])  # noqa: C419 - every card is saved


def _save(request: Request, round: Round, card: OwnCard) -> bool:
    """Save one card; when the same person changed it in another window, the card says what it is there."""
    form = card.form
    if request.POST.get("theirs") == card.statement.code:
        return True
    if not form.is_valid():
        return False
    chosen = version_chosen(request.POST.get("mine", ""), code=card.statement.code)
    version, before = form.cleaned_data["version"] if chosen is None else chosen, card.own.note if card.own else ""
    try:
        actions.rate_alone(round=round, statement=card.row, answer=form.answer, version=version, by=request.acting)
    except actions.OwnStale as stale:
        card.conflict = stale.current
        return False
    card.named = form.answer.note != before and bool(card.warning(timezone.localdate()))
    return True


def _back_to_a_name(request: Request, cards: Iterable[OwnCard]) -> str | None:
    """Where something just saved reads as if one child were meant: it says so beside the words."""
    card = next((card for card in cards if card.named), None)
    if card is None:
        return None
    messages.warning(request, f"Saved. Have another look at {card.statement.code}: it may name a child")
    return f"{request.path}#{card.statement.code}"


def _has_trouble(cards: Iterable[OwnCard]) -> bool:
    return any(card.conflict or card.form.errors for card in cards)


def _where_next(request: Request, round: Round, area: str) -> str:
    decided = request.POST.get("theirs") or request.POST.get("mine", "").split(" ")[0]
    if decided:
        return f"{request.path}#{decided[:20]}"
    if "stay" in request.POST:
        messages.success(request, "Saved")
        return request.path
    after = wording_of(round).neighbours(area)[1]
    return reverse("own_area", args=[round.pk, after.code]) if after else reverse("voices", args=[round.pk])


@require_POST
@requires(Permission.RATE_STATEMENTS)
def save_own_rating(request: Request, round_id: UUID) -> HttpResponse:
    """Save one statement while its page stays open: JSON, as `save_rating` answers."""
    round = round_of_a_team(request, round_id)
    code = next((name.removesuffix("-version") for name in request.POST if name.endswith("-version")), "")
    area = wording_of(round).area_of.get(code)
    card = next((each for each in _cards(request, round, area) if each.statement.code == code), None) if area else None
    if card is None:
        raise Http404
    if not card.form.is_valid():
        return JsonResponse({"message": f"Not saved: {next(iter(card.form.errors.values()))[0]}"}, status=422)
    version = card.form.cleaned_data["version"]
    try:
        own = actions.rate_alone(
            round=round, statement=card.row, answer=card.form.answer, version=version, by=request.acting
        )
    except (actions.OwnStale, Refused):
        return JsonResponse({"message": "This was changed meanwhile"}, status=409)
    warning, saved = card.warning(timezone.localdate()), {card.form.add_prefix("version"): own.version if own else 0}
    beside = {card.form.add_prefix("note"): f"{warning}." if warning else ""}
    return JsonResponse({"message": "Saved", "fields": saved, "beside": beside})


@require_POST
@requires(Permission.RATE_STATEMENTS)
def choose_name(request: Request, round_id: UUID) -> HttpResponse:
    """Show one’s name beside what one said alone, or no longer."""
    round = round_of_a_team(request, round_id)
    form = NameForm(request.POST)
    shows_name = form.is_valid() and form.cleaned_data["shows_name"]
    try:
        actions.choose_name(round=round, shows_name=shows_name, by=request.acting)
        said = "Your name stands beside what you said" if shows_name else "Your name is not shown"
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("voices", round_id)
