"""The action plan: the list, one action, writing one, moving it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.dates import day
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.core.rules.names import looks_personal
from trellis.review import actions
from trellis.review.actions.plan import ActionChanged
from trellis.review.forms import ActionForm, HandOverForm, MoveActionForm, NoteForm
from trellis.review.models import Action, Rating, Round
from trellis.review.models.plan import owner_is_here
from trellis.review.reading import colleagues_of, earlier_versions, meanwhile, words_to_take_out
from trellis.review.rules.plan import when_due
from trellis.review.rules.versions import version_chosen
from trellis.review.wording import wording_of

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request
    from trellis.accounts.models import User
    from trellis.review.models.plan import ActionQuerySet

SHOWS = {"open": "Open", "overdue": "Overdue", "mine": "Mine", "closed": "Closed"}
"""The filters of the plan: the value in the address and its words."""


@require_safe
@requires(Permission.SEE_REVIEW)
def plan(request: Request) -> HttpResponse:
    """What the setting will do, the soonest first."""
    show = request.GET.get("show", "open")
    show = show if show in SHOWS else "open"
    today = timezone.localdate()
    rows = chosen_actions(request, show).select_related("owner", "statement").annotate(is_here=owner_is_here())
    page = page_of(rows, request.GET)
    lines = [(action, when_due(action.due_on, today)) for action in page.rows]
    context = {"page": page, "lines": lines, "show": show, "shows": SHOWS, "today": today}
    return render(request, "review/plan.html", context)


def chosen_actions(request: Request, show: str) -> ActionQuerySet:
    """The actions that a filter of the plan leaves, in the order of the page."""
    found = Action.objects.visible_to(request.acting)
    if show == "overdue":
        return found.overdue(timezone.localdate()).soonest_first()
    if show == "mine":
        return found.open().filter(owner=request.user).soonest_first()
    if show == "closed":
        return found.closed().order_by("-closed_at", "pk")
    return found.open().soonest_first()


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_ACTIONS)
def add_action(request: Request, round_id: UUID, code: str) -> HttpResponse:
    """Write an action because of a statement."""
    round = get_object_or_404(Round.objects.visible_to(request.acting).with_wording(), pk=round_id)
    rating = get_object_or_404(
        Rating.objects.visible_to(request.acting).select_related("statement"), round=round, statement__code=code
    )
    form = _action_form(request)
    if form.is_valid():
        try:
            actions.add_action(round=round, statement=rating.statement, intention=form.intention, by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            _after(request, form, "The action is in the plan")
            return redirect("show_statement", round_id, code)
    statement = wording_of(round).statements.get(code)
    if statement is None:
        raise Http404
    return render(request, "review/add_action.html", {"form": form, "round": round, "statement": statement})


def _action_form(request: Request, action: Action | None = None) -> ActionForm:
    alone: User | None = request.user if request.acting.alone else None
    data = request.POST if request.method == "POST" else None
    return ActionForm(data, colleagues=colleagues_of(request.acting), alone=alone, action=action)


def _after(request: Request, form: ActionForm, words: str) -> None:
    """Say that it is done, with a gentle word when it reads as if it were about one child."""
    messages.success(request, words)
    said = form.intention
    today = timezone.localdate()
    if said.due_on and said.due_on < today:
        messages.warning(request, f"The due date, {day(said.due_on)}, has passed already. Is that what you meant?")
    warning = looks_personal(f"{said.what} {said.why} {said.success}", today=today)
    if warning:
        messages.warning(request, warning)


@require_safe
@requires(Permission.SEE_REVIEW)
def show_action(request: Request, action_id: UUID) -> HttpResponse:
    """One action, and how it went."""
    action = _action_or_404(request, action_id)
    context: dict[str, Any] = {
        "action": action,
        "steps": action.steps.select_related("by"),
        "earlier": earlier_versions(action.changes.select_related("by", "owner")),
        "round": action.rounds.newest_first().last(),
        "due": when_due(action.due_on, timezone.localdate()),
        "note_form": NoteForm(),
    }
    if request.acting.may(Permission.TAKE_OUT_WORDS):
        steps = [place for step in context["steps"] for place in words_to_take_out("step", step)]
        context["to_take_out"] = [*words_to_take_out("action", action), *steps]
    return render(request, "review/show_action.html", context)


def _action_or_404(request: Request, action_id: UUID) -> Action:
    found = Action.objects.visible_to(request.acting).select_related("owner", "statement", "created_by", "closed_by")
    return get_object_or_404(found, pk=action_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_ACTIONS)
def change_action(request: Request, action_id: UUID) -> HttpResponse:
    """Change what an action says."""
    action = _action_or_404(request, action_id)
    form, others = _action_form(request, action), None
    if form.is_valid():
        seen, chosen = form.cleaned_data["version"] or 0, version_chosen(request.POST.get("mine", ""))
        version = seen if chosen is None else chosen
        try:
            actions.change_action(action=action, intention=form.intention, version=version, by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        except ActionChanged as changed:
            others = meanwhile(changed.current, seen)
        else:
            _after(request, form, "The action is changed")
            return redirect(action)
    context = {"form": form, "action": action, "others": others, "current": action}
    return render(request, "review/change_action.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_ACTIONS)
def hand_over_actions(request: Request) -> HttpResponse:
    """Give the open actions of those who have left to a colleague, one or several at once."""
    left = Action.objects.visible_to(request.acting).of_those_who_left().select_related("owner").soonest_first()
    data = request.POST if request.method == "POST" else None
    form = HandOverForm(data, left=left, colleagues=colleagues_of(request.acting))
    if form.is_valid():
        to = form.cleaned_data["to"]
        try:
            count = actions.hand_over_actions(actions=form.cleaned_data["actions"], to=to, by=request.acting)
        except Refused as refused:
            form.add_error("actions", str(refused))
        else:
            messages.success(request, f"{to.name} has taken on {count} {'action' if count == 1 else 'actions'}")
            return redirect("hand_over_actions" if left.all().exists() else "plan")
    return render(request, "review/hand_over_actions.html", {"form": form, "any": left.exists()})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_ACTIONS)
def move_action(request: Request, action_id: UUID) -> HttpResponse:
    """Say how an action is going, or close it with what difference it made."""
    action = _action_or_404(request, action_id)
    form = MoveActionForm(request.POST if request.method == "POST" else None, status=action.status)
    if form.is_valid():
        try:
            actions.move_action(action=action, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error("note" if form.cleaned_data["to"] == "dropped" else "impact", str(refused))
        except ActionChanged:
            form.add_error(None, "Someone else has just changed this action. Look at it again")
        else:
            messages.success(request, "Noted")
            return redirect(action)
    return render(request, "review/move_action.html", {"form": form, "action": action})


@require_POST
@requires(Permission.CHANGE_ACTIONS)
def note_action(request: Request, action_id: UUID) -> HttpResponse:
    """Add a note."""
    action = _action_or_404(request, action_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        actions.note_action(action=action, note=form.cleaned_data["note"], by=request.acting)
        messages.success(request, "Noted")
    else:
        messages.error(request, "Enter a note")
    return redirect(action)
