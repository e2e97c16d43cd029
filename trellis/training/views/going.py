"""Who of a setting can go to the sessions that come: for its manager, and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.organisations.first_pages import beside_first_page
from trellis.staffing.asking import rule_said
from trellis.training import actions
from trellis.training.answering import answer_all, nobody_goes
from trellis.training.coming import outlook_of, session_of_ours, weeks_ahead
from trellis.training.forms.going import JourneyForm, WhoGoesForm
from trellis.training.models import GoingAnswer, Journey
from trellis.training.rules.going import stays_away

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request
    from trellis.core.paging import Page
    from trellis.training.answering import SessionAnswered
    from trellis.training.models import Part, Place
    from trellis.training.outlook import Coming, Outlook
    from trellis.training.rules.going import Plan


SHOWN = 4
NOTHING_TO_SEND = "There is nothing to send of this session now"


@beside_first_page
def answers_that_got_worse(_person: Any, acting: Acting | None) -> list[tuple[str, str]]:
    """Whoever leads a setting finds on their first page that an answer got worse: one query."""
    if acting is None or not acting.may(Permission.BOOK_TRAINING):
        return []
    worse = GoingAnswer.objects.visible_to(acting).worse().filter(session__on__gte=timezone.localdate())
    if worse.exists():
        return [("When they are away: an answer got worse", reverse("coming_sessions"))]
    return []


@require_safe
@requires(Permission.BOOK_TRAINING)
def coming_sessions(request: Request) -> HttpResponse:
    """Each session that comes for one’s own people: who can go, why not, and the cheapest way out."""
    today = timezone.localdate()
    outlook = outlook_of(request.acting, today)
    page: Page[Any] = page_of(outlook.comings, request.GET, size=SHOWN)  # type: ignore[arg-type]  # cut as rows are
    worse = GoingAnswer.objects.visible_to(request.acting).worse().values_list("place", "session")
    context = {
        "answers": answer_all(outlook.only(page.rows), today),
        "page": page,
        "outlook": outlook,
        "worse": set(worse),
        "weeks": weeks_ahead().days // 7,
    }
    return render(request, "training/coming_sessions.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.BOOK_TRAINING)
def coming_session(request: Request, session_id: UUID) -> HttpResponse:
    """A session that comes: the answers in full, who goes when, and sending what one decides."""
    today = timezone.localdate()
    outlook, coming = _coming_or_404(request, session_id)
    [answered] = answer_all(outlook.only([coming]), today, plan_all=True)
    plans = _plans_to_send(answered)
    if request.method == "POST" and not plans:
        messages.error(request, NOTHING_TO_SEND)
        return redirect("coming_session", session_id)
    form = WhoGoesForm(request.POST if request.method == "POST" else None, answered=answered, plans=plans)
    if form.is_valid():
        goers, stays = coming.goers, _stays(coming, form.chosen)
        try:
            told = actions.apologise_for(
                session=coming.session, goers=goers, stays=stays, shown=form.shown, by=request.acting
            )
        except Refused as refused:  # what was chosen may mean somebody else now, so that nothing stays chosen
            messages.error(request, str(refused))
        else:
            messages.success(request, told)
        return redirect("coming_session", session_id)
    context = {"answered": answered, "coming": coming, "form": form, "plans": plans, "rule_said": rule_said}
    return render(request, "training/coming_session.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.BOOK_TRAINING)
def say_journey(request: Request, session_id: UUID) -> HttpResponse:
    """Say how long the way to a session is."""
    session = session_of_ours(request.acting, session_id, timezone.localdate())
    if session is None or not session.where:
        raise Http404
    known = Journey.objects.visible_to(request.acting).filter(venue=session.where[:300]).first()
    initial = {"minutes": known.minutes} if known else {}
    form = JourneyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.say_journey(session=session, minutes=form.cleaned_data["minutes"], by=request.acting)
        messages.success(request, "The way is noted, and the answers are worked out with it.")
        return redirect("coming_session", session_id)
    return render(request, "training/say_journey.html", {"form": form, "session": session})


def _coming_or_404(request: Request, session_id: UUID) -> tuple[Outlook, Coming]:
    outlook = outlook_of(request.acting, timezone.localdate())
    coming = outlook.one(session_id)
    if coming is None:
        raise Http404
    return outlook, coming


def _plans_to_send(answered: SessionAnswered) -> list[Plan]:
    """The plans that say something to the trainer; last, that nobody goes."""
    if not answered.goers:
        return []
    wanted = [*answered.plans, nobody_goes(answered)]
    return [plan for plan in wanted if _stays(answered.coming, plan)]


def _stays(coming: Coming, plan: Plan) -> dict[Place, list[Part]]:
    """For which parts whom is to be apologised for, leaving out those for which it was done."""
    parts = list(coming.session.parts.all())
    found: dict[Place, list[Part]] = {}
    for going, goes in zip(coming.together, plan.goes, strict=True):
        missed = [parts[place] for place in stays_away(going.parts, goes) if place not in going.sorry]
        if missed and going.who.place:
            found[going.who.place] = missed
    return found
