"""The parents’ form as the setting sees it: opening it, printing it, typing in paper, closing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.documents import pdf_response
from trellis.core.qr import qr_svg
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.forms import OpenParentForm, ReplyForm
from trellis.review.models import ParentForm, Round
from trellis.review.parents_paper import parents_paper, parents_poster
from trellis.review.questions import ENGLISH, languages, questions
from trellis.review.rules.voices import suggested_last_day
from trellis.review.voices import answers_of

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request


def _form_or_404(request: Request, form_id: UUID) -> ParentForm:
    found = ParentForm.objects.visible_to(request.acting).select_related("round__organisation", "closed_by")
    found = found.defer("round__framework__content")
    return get_object_or_404(found, pk=form_id)


def address_of(form: ParentForm) -> str:
    """Where parents find the form, in full."""
    return settings.BASE_ADDRESS + reverse("reply", args=[form.token])


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_REVIEW)
def open_parent_form(request: Request, round_id: UUID) -> HttpResponse:
    """Open a form for parents."""
    round = get_object_or_404(Round.objects.visible_to(request.acting), pk=round_id)
    suggested = {"closes_on": suggested_last_day(timezone.localdate())}
    form = OpenParentForm(request.POST if request.method == "POST" else None, initial=suggested)
    if form.is_valid():
        try:
            opened = actions.open_parent_form(round=round, closes_on=form.cleaned_data["closes_on"], by=request.acting)
            return redirect(opened)
        except Refused as refused:
            form.add_error("closes_on", str(refused))
    english = languages()[ENGLISH]
    asked = [english.questions[question.code] for question in questions().questions]
    return render(request, "review/open_parent_form.html", {"round": round, "form": form, "asked": asked})


@require_safe
@requires(Permission.SEE_REVIEW)
def parent_form(request: Request, form_id: UUID) -> HttpResponse:
    """Where a form stands; once it is closed and five have replied, what they said."""
    found = _form_or_404(request, form_id)
    is_open = found.is_open(timezone.localdate())
    told = found.told(timezone.localdate())
    context: dict[str, Any] = {"form": None, "found": found, "round": found.round, "is_open": is_open, "told": told}
    context |= {"address": address_of(found), "languages": languages(found.edition).values()}
    context["answers"] = answers_of(found)
    context["comments"] = (
        sorted(found.comments.all(), key=lambda comment: comment.text.casefold()) if told.comments else []
    )
    context["sittings"] = found.sittings.select_related("by")
    return render(request, "review/parent_form.html", context)


@require_safe
@requires(Permission.SEE_REVIEW)
def parent_poster(request: Request, form_id: UUID) -> HttpResponse:
    """A page to print and put on the door: the code, the address, one line in each language."""
    found = _form_or_404(request, form_id)
    if not found.is_open(timezone.localdate()):
        raise Http404
    context = {"found": found, "round": found.round, "address": address_of(found), "code": qr_svg(address_of(found))}
    return render(request, "review/parent_poster.html", context | {"languages": languages(found.edition).values()})


@require_safe
@requires(Permission.SEE_REVIEW)
def parent_poster_paper(request: Request, form_id: UUID) -> HttpResponseBase:
    """The same poster as PDF."""
    found = _form_or_404(request, form_id)
    if not found.is_open(timezone.localdate()):
        raise Http404
    known, scope = languages(found.edition), found.round.organisation.name
    return pdf_response(parents_poster(known, address_of(found), found.closes_on, scope=scope, on=timezone.localdate()))


@require_safe
@requires(Permission.SEE_REVIEW)
def parent_paper(request: Request, form_id: UUID, language: str) -> HttpResponseBase:
    """The form on paper, in one language with the English beside it, as PDF."""
    found = _form_or_404(request, form_id)
    if language not in languages(found.edition):
        raise Http404
    scope, on = found.round.organisation.name, timezone.localdate()
    return pdf_response(parents_paper(languages(found.edition), language, found.edition, scope=scope, on=on))


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_REVIEW)
def type_in_reply(request: Request, form_id: UUID) -> HttpResponse:
    """Type in one reply that came on paper, and go on to the next."""
    found = _form_or_404(request, form_id)
    if not found.is_open(timezone.localdate()):
        messages.error(request, "This form is closed, so nothing can be typed in any more")
        return redirect(found)
    english = languages(found.edition)[ENGLISH]
    form = ReplyForm(request.POST if request.method == "POST" else None, language=english, edition=found.edition)
    if form.is_valid():
        try:
            actions.type_in_reply(form=found, by=request.acting, **form.reply)
            messages.success(request, "Counted")
            return redirect("type_in_reply", found.pk) if "another" in request.POST else redirect(found)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"found": found, "round": found.round, "form": form, "words": english, "english": english}
    return render(request, "review/type_in_reply.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_REVIEW)
def close_parent_form(request: Request, form_id: UUID) -> HttpResponse:
    """Make sure, then close a form for good."""
    found = _form_or_404(request, form_id)
    if request.method == "POST":
        try:
            actions.close_parent_form(form=found, by=request.acting)
            messages.success(request, "The form is closed")
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect(found)
    told = found.told(timezone.localdate())
    return render(request, "review/close_parent_form.html", {"found": found, "round": found.round, "told": told})
