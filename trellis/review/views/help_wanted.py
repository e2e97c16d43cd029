"""An authority sees who asks for help, answers, gives it to a colleague, closes; and how long that took."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.core.topics import LABELS, Topic
from trellis.review import actions
from trellis.review.forms.help import AnswerForm, AssignForm
from trellis.review.models import HelpRequest, HelpStep
from trellis.review.papers import help_figures_export
from trellis.review.released.reading import people_who
from trellis.review.rules.help import Asked, figures
from trellis.review.views.report import table_response

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from trellis.accounts.acting import Acting, Request
    from trellis.accounts.models import User
    from trellis.review.models.help import HelpRequestQuerySet
    from trellis.review.rules.help import HelpFigures

SHOWS = {"open": "Waiting", "mine": "Mine", "answered": "Answered", "over": "Over", "all": "All"}
"""The filters of the list: the value in the address and its words."""
YEAR = timedelta(days=365)


@require_safe
@requires(Permission.ANSWER_HELP)
def help_wanted(request: Request) -> HttpResponse:
    """Who asks for help: those who have waited longest first; by state and by topic."""
    show, topic = request.GET.get("show", "open"), request.GET.get("topic", "")
    show, topic = (show if show in SHOWS else "open"), (topic if topic in set(Topic) else "")
    rows = _chosen(request.acting, request.user, show)
    rows = rows.filter(topic=topic) if topic else rows
    context = {"page": page_of(rows.with_people(), request.GET), "show": show, "shows": SHOWS, "topic": topic}
    return render(request, "review/help_wanted.html", context | {"topics": LABELS, "today": timezone.localdate()})


def _chosen(acting: Acting, user: User, show: str) -> HelpRequestQuerySet:
    found = HelpRequest.objects.visible_to(acting)
    if show == "mine":
        return found.filter(assigned_to=user, closed_at=None).order_by("asked_at", "pk")
    if show == "over":
        return found.filter(closed_at__isnull=False).order_by("-asked_at", "pk")
    if show == "answered":
        return found.answered().order_by("asked_at", "pk")
    return found.order_by("-asked_at", "pk") if show == "all" else found.open().order_by("asked_at", "pk")


@require_http_methods(["GET", "POST"])
@requires(Permission.ANSWER_HELP)
def answer_help(request: Request, help_id: UUID) -> HttpResponse:
    """One request: answer it or close it."""
    asked = _asked_or_404(request, help_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        closing = request.POST.get("do") == "close"
        action = actions.close_help if closing else actions.answer_help
        try:
            action(request=asked, words=form.cleaned_data["words"], by=request.acting)
        except Refused as refused:
            form.add_error("words", str(refused))
        else:
            messages.success(request, "Closed" if closing else f"{asked.organisation.name} has your answer")
            return redirect("answer_help", help_id)
    steps = HelpStep.objects.visible_to(request.acting).filter(request=asked).select_related("by", "to")
    context = {"form": form, "asked": asked, "steps": steps, "assign_form": _assign_form(asked)}
    return render(request, "review/answer_help.html", context)


def _asked_or_404(request: Request, help_id: UUID) -> HelpRequest:
    return get_object_or_404(HelpRequest.objects.visible_to(request.acting).with_people(), pk=help_id)


def _assign_form(asked: HelpRequest, data: object = None) -> AssignForm:
    colleagues = people_who(Permission.ANSWER_HELP, [asked.asked_of])
    return AssignForm(data, colleagues=list(colleagues), now=str(asked.assigned_to_id or ""))


@require_POST
@requires(Permission.ANSWER_HELP)
def assign_help(request: Request, help_id: UUID) -> HttpResponse:
    """Give it to a colleague."""
    asked = _asked_or_404(request, help_id)
    form = _assign_form(asked, request.POST)
    colleagues = people_who(Permission.ANSWER_HELP, [asked.asked_of])
    chosen = next((each for each in colleagues if str(each.user_id) == request.POST.get("to")), None)
    if form.is_valid() and chosen:
        actions.assign_help(request=asked, to=chosen.user, by=request.acting)
        messages.success(request, f"{chosen.user.name} sees to it")
    else:
        messages.error(request, "Choose a colleague")
    return redirect("answer_help", help_id)


@require_safe
@requires(Permission.ANSWER_HELP)
def help_figures(request: Request) -> HttpResponse:
    """The authority’s own work on requests in the last twelve months. It compares no settings."""
    found, since = _figures(request)
    context = {"figures": found, "since": since, "labels": {topic.value: label for topic, label in LABELS.items()}}
    return render(request, "review/help_figures.html", context)


def _figures(request: Request) -> tuple[HelpFigures, date]:
    """The figures of the last twelve months, and the day from which they count."""
    since = timezone.now() - YEAR
    rows = HelpRequest.objects.visible_to(request.acting).filter(asked_at__gte=since).exclude(status="withdrawn")
    known = rows.values_list("topic", "asked_at", "first_answered_at", "closed_at")
    return figures((Asked(*row) for row in known), today=timezone.localdate()), timezone.localdate(since)


@require_safe
@requires(Permission.ANSWER_HELP)
def export_help_figures(request: Request, kind: str) -> HttpResponseBase:
    """The same figures as Excel or CSV."""
    found, since = _figures(request)
    table = help_figures_export(found, scope=request.acting.organisation_name, since=since)
    return table_response(table, kind)
