"""The talk: what colleagues said alone side by side, what they disagree on first, and what they agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.core.rules.names import looks_personal
from trellis.review import actions
from trellis.review.forms import AgreeForm
from trellis.review.models import NameChoice, OwnRating, Part, Rating, Round
from trellis.review.reading import outline_round, view_area
from trellis.review.rules.rounds import why_not_rate
from trellis.review.rules.versions import version_chosen
from trellis.review.rules.voices import FEWEST_VOICES
from trellis.review.views.own_rating import round_of_a_team
from trellis.review.voices import heard, spreads_of
from trellis.review.wording import levels_of, wording_of

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request
    from trellis.review.reading import Card
    from trellis.review.voices import Spread


@require_safe
@requires(Permission.SEE_REVIEW)
def voices(request: Request, round_id: UUID) -> HttpResponse:
    """Who is heard in a review: the team, the parents, the children; and the next step with each."""
    round = get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)
    said, today = heard(round, alone=request.acting.alone), timezone.localdate()
    own = OwnRating.objects.visible_to(request.acting).filter(round=round).exclude(state="not_discussed")
    choice = NameChoice.objects.visible_to(request.acting).filter(round=round).first()
    context = {
        "round": round,
        "wording": wording_of(round),
        "said": said,
        "own_by_area": _by_area(own, round),
        "shows_name": bool(choice and choice.shows_name),
        "discussed": round.is_talked_over,
        "today": today,
    }
    return render(request, "review/voices.html", context)


def _by_area(own: object, round: Round) -> list[tuple[object, int]]:
    """The areas of a round, each with how many of its statements the person has rated alone: one query."""
    area_of = wording_of(round).area_of
    codes = [code for code in own.values_list("statement__code", flat=True) if code in area_of]  # type: ignore[attr-defined]
    counted = [area_of[code].code for code in codes]
    return [(area, counted.count(area.code)) for area in wording_of(round).areas]


@require_safe
@requires(Permission.RATE_STATEMENTS)
def discussion(request: Request, round_id: UUID) -> HttpResponse:
    """Every statement that two colleagues at least rated alone, what they are furthest apart on first."""
    round = round_of_a_team(request, round_id)
    if not round.is_talked_over:
        return render(request, "review/discussion_later.html", {"round": round})
    view = outline_round(round)
    spreads = spreads_of(round)
    spoken = [(card, spreads[card.statement.code]) for card in view.cards if card.statement.code in spreads]
    spoken.sort(key=lambda pair: pair[1].apart, reverse=True)
    context = {"round": round, "view": view, "spoken": spoken, "fewest": FEWEST_VOICES}
    context["unspoken"] = [card for card in view.cards if card.statement.code not in spreads]
    context["agreed"] = _agreed(round)
    return render(request, "review/discussion.html", context)


def _agreed(round: Round) -> set[UUID]:
    """The ratings that stand as the team agreed them: one query."""
    agreements = round.ratings.filter(agreements__isnull=False).values_list("pk", "version", "agreements__version")
    return {rating for rating, version, agreed in agreements if version == agreed}


@require_http_methods(["GET", "POST"])
@requires(Permission.RATE_STATEMENTS)
def discuss_statement(request: Request, round_id: UUID, code: str) -> HttpResponse:
    """One statement: what was said alone, what parents and children say, and what the team agrees."""
    round = round_of_a_team(request, round_id)
    card = _card_or_404(round, code)
    if not round.is_talked_over:
        return render(request, "review/discussion_later.html", {"round": round})
    may_agree = request.acting.may(Permission.LEAD_REVIEW) and why_not_rate(status=round.status) is None
    form = _agree_form(request, round, card) if may_agree else None
    conflict = None
    if form and form.is_valid():
        try:
            return _agreed_now(request, round, form)
        except actions.Stale as stale:
            conflict = stale.current
        except Refused as refused:
            form.add_error(None, str(refused))
    agreements = card.rating.agreements.select_related("by").prefetch_related("people")
    context = {"round": round, "card": card, "form": form, "conflict": conflict, "agreements": agreements}
    spreads = spreads_of(round)
    context["said"] = heard(round, alone=False, spreads=spreads)
    context["next_code"] = _next_code(spreads, code)
    return render(request, "review/discuss_statement.html", context)


def _card_or_404(round: Round, code: str) -> Card:
    area = wording_of(round).area_of.get(code)
    cards = view_area(round, area, codes=[code], last=False).cards if area else []
    if not cards:
        raise Http404
    return cards[0]


def _agree_form(request: Request, round: Round, card: Card) -> AgreeForm:
    return AgreeForm(
        request.POST if request.method == "POST" else None,
        rating=card.rating,
        wording=wording_of(round),
        levels=levels_of(round),
        people=round.people.exclude(part=Part.WAS_ASKED),
    )


def _agreed_now(request: Request, round: Round, form: AgreeForm) -> HttpResponse:
    """Write down what was agreed, and go back to what else there is to talk about."""
    rating: Rating = form.rating
    cleaned, chosen = form.cleaned_data, version_chosen(request.POST.get("mine", ""))
    actions.agree(
        rating=rating,
        answer=form.answer,
        version=cleaned["version"] if chosen is None else chosen,
        people=list(cleaned["people"]),
        by=request.acting,
    )
    warning = looks_personal(f"{form.answer.notes} {form.answer.reason}", today=timezone.localdate())
    code = rating.statement.code
    if warning:
        messages.warning(request, f"{code} is agreed. {warning}")
    else:
        messages.success(request, f"{code} is agreed: {rating.label.lower()}")
    return redirect("discussion", round.pk)


def _next_code(spreads: dict[str, Spread], code: str) -> str:
    """The statement to talk about after this one, in the order of the list; nothing after the last."""
    order = sorted(spreads, key=lambda each: spreads[each].apart, reverse=True)
    return order[order.index(code) + 1] if code in order[:-1] else ""
