"""Which surveys a programme uses: a new one, changing one, taking one out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.forms.surveys import SurveyForm
from trellis.training.models import Survey
from trellis.training.views.programme import programme_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


def _survey_to_change(request: Request, survey_id: UUID) -> Survey:
    """A survey of one’s own centre; another that one sees is refused."""
    found = Survey.objects.visible_to(request.acting).select_related("programme")
    survey = get_object_or_404(found, pk=survey_id)
    if survey.programme.centre_id != request.acting.organisation_id:
        raise PermissionDenied
    return survey


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_PROGRAMMES)
def add_survey(request: Request, programme_id: UUID) -> HttpResponse:
    """Add a survey to a programme."""
    programme = programme_or_404(request, programme_id)
    form = SurveyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_survey(programme=programme, plan=form.plan, by=request.acting)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, "The survey is added")
            return redirect(programme)
    return render(request, "training/add_survey.html", {"form": form, "programme": programme})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_PROGRAMMES)
def change_survey(request: Request, survey_id: UUID) -> HttpResponse:
    """Change a survey."""
    survey = _survey_to_change(request, survey_id)
    form = SurveyForm(request.POST if request.method == "POST" else None, survey=survey)
    if form.is_valid():
        try:
            actions.change_survey(survey=survey, plan=form.plan, by=request.acting)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, "The survey is changed")
            return redirect(survey.programme)
    return render(request, "training/change_survey.html", {"form": form, "survey": survey})


@require_http_methods(["GET", "POST"])
@requires(Permission.RUN_PROGRAMMES)
def remove_survey(request: Request, survey_id: UUID) -> HttpResponse:
    """Make sure, then take a survey out."""
    survey = _survey_to_change(request, survey_id)
    if request.method == "POST":
        try:
            actions.remove_survey(survey=survey, by=request.acting)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The survey is taken out")
        return redirect(survey.programme)
    return render(request, "training/remove_survey.html", {"survey": survey})
