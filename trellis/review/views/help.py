"""A setting asks for help: what, of whom, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.dates import day
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.core.rules.names import looks_personal
from trellis.core.topics import Topic
from trellis.organisations.models import Organisation
from trellis.review import actions
from trellis.review.forms.help import AskForHelpForm, SettingSaysForm
from trellis.review.models import HelpRequest, HelpStep, HelpWanted, Rating
from trellis.review.released.reading import authority_of, people_who
from trellis.review.wording import wording_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.LEAD_REVIEW)
def help_requests(request: Request) -> HttpResponse:
    """What the setting has asked help with, the newest first."""
    rows = HelpRequest.objects.visible_to(request.acting).with_people().order_by("-asked_at", "pk")
    return render(request, "review/help_requests.html", {"page": page_of(rows, request.GET)})


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_REVIEW)
def ask_for_help(request: Request) -> HttpResponse:
    """Ask for help with anything."""
    return _ask(request, None)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_REVIEW)
def ask_about_statement(request: Request, round_id: UUID, code: str) -> HttpResponse:
    """Ask for help with what a statement is about; neither the statement’s rating nor its notes go with it."""
    found = Rating.objects.visible_to(request.acting).select_related("round__framework", "round__overlay", "statement")
    found = found.defer("round__framework__content", "round__overlay__content")
    return _ask(request, get_object_or_404(found, round=round_id, statement__code=code))


def _ask(request: Request, rating: Rating | None) -> HttpResponse:
    organisations = Organisation.objects.visible_to(request.acting).select_related("authority")
    setting = get_object_or_404(organisations, pk=request.acting.organisation_id)
    statement = wording_of(rating.round).statements[rating.statement.code] if rating else None
    form = AskForHelpForm(
        request.POST if request.method == "POST" else None,
        today=timezone.localdate(),
        topics=[topic.value for topic in statement.topics] if statement else [],
    )
    authority = authority_of(setting)
    somebody = authority and people_who(Permission.ANSWER_HELP, [authority]).exists()
    context: dict[str, Any] = {"form": form, "setting": setting, "authority": authority if somebody else None}
    context |= {"statement": statement, "rating": rating, "nobody_at": authority.name if authority else ""}
    if form.is_valid():
        if context["authority"] is None:
            return render(request, "review/help_letter.html", context | _letter(setting, form.cleaned_data))
        asked = actions.ask_for_help(
            setting=setting, statement=rating.statement if rating else None, by=request.acting, **form.cleaned_data
        )
        messages.success(request, f"{asked.asked_of.name} has your request")
        warning = looks_personal(asked.words, today=timezone.localdate())
        if warning:
            messages.warning(request, warning)
        return redirect(asked)
    return render(request, "review/ask_for_help.html", context)


def _letter(setting: Organisation, said: dict[str, Any]) -> dict[str, Any]:
    """The request as a text to send or print, where the authority is not on Trellis."""
    lines = [
        f"{setting.name} asks for help with: {Topic(said['topic']).label}",
        f"What would help most: {HelpWanted(said['wanted']).label}",
        *([f"By when: {day(said['by_when'])}"] if said["by_when"] else []),
        "",
        said["words"],
    ]
    subject = f"Request for help from {setting.name}"
    return {
        "lines": lines,
        "mail": f"mailto:?subject={quote(subject)}&body={quote(chr(13) + chr(10)).join(map(quote, lines))}",
    }


DONE = {
    "helped": (actions.say_it_helped, "Thank you. Your authority sees that it helped"),
    "again": (actions.ask_again, "Your authority has your request again"),
    "withdraw": (actions.withdraw_help, "Your request is withdrawn"),
}
"""What a setting can do with its request: the value of the button, the action, and what to say then."""


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_REVIEW)
def help_request(request: Request, help_id: UUID) -> HttpResponse:
    """One request: what was asked and answered; saying that it helped, asking again, or withdrawing it."""
    found = HelpRequest.objects.visible_to(request.acting).with_people().select_related("statement")
    asked = get_object_or_404(found, pk=help_id)
    form = SettingSaysForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        action, words = DONE.get(request.POST.get("do", ""), (None, ""))
        if action is None:
            return redirect(asked)
        try:
            action(request=asked, words=form.cleaned_data["words"], by=request.acting)
        except Refused as refused:
            form.add_error("words", str(refused))
        else:
            messages.success(request, words)
            return redirect(asked)
    steps = HelpStep.objects.visible_to(request.acting).filter(request=asked).select_related("by", "to")
    return render(request, "review/help_request.html", {"form": form, "asked": asked, "steps": steps})
