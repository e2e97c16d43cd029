"""The report of a visit: written, checked, final; its versions; what the setting makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.review import actions, visit_papers
from trellis.review.forms import CorrectionAnswerForm, CorrectionForm, FeedbackForm, VisitReportForm
from trellis.review.models import Correction, Recommendation, ReportVersion, Visit, VisitFeedback, VisitStatus
from trellis.review.rules.visit import SECTIONS, why_not_correct, why_not_write_report
from trellis.review.views.report import paper_response
from trellis.review.views.visit import visit_or_404
from trellis.review.views.visit_day import warn_if_personal
from trellis.review.visiting import statements_of, version_words
from trellis.review.wording import wording_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from trellis.accounts.acting import Request


KEPT_TO_ONESELF = "The draft is kept. Nobody else sees it until you share it"


def _newest_or_404(request: Request, visit: Visit) -> ReportVersion:
    """The newest version of the report."""
    version = ReportVersion.objects.visible_to(request.acting).filter(visit=visit).select_related("by").first()
    if version is None:
        raise Http404
    return version


@require_safe
@requires(Permission.SEE_VISITS)
def visit_report(request: Request, visit_id: UUID) -> HttpResponse:
    """The report as it is now, on one page, with the facts to check."""
    return _show(request, visit_or_404(request, visit_id), None)


@require_safe
@requires(Permission.SEE_VISITS)
def visit_report_version(request: Request, version_id: UUID) -> HttpResponse:
    """The report as it was."""
    version = get_object_or_404(ReportVersion.objects.visible_to(request.acting), pk=version_id)
    return _show(request, visit_or_404(request, version.visit_id), version)


def _show(request: Request, visit: Visit, version: ReportVersion | None) -> HttpResponse:
    """A version of the report, or the newest."""
    acting = request.acting
    found = ReportVersion.objects.visible_to(acting).filter(visit=visit).annotate(who=F("by__name"))
    versions = list(found if version is None else found.only("number", "at"))
    if not versions:
        raise Http404
    version, newest = version or versions[0], versions[0].number
    context = {
        "visit": visit,
        "version": version,
        "newest": newest,
        "called": version_words(version.number, newest, visit.status),
        "sections": [(title, getattr(version, name)) for name, title in SECTIONS.items() if getattr(version, name)],
        "recommendations": _recommendations(request, version),
        "corrections": _corrections(request, visit) if version.number == newest else [],
        "versions": [(each, version_words(each.number, newest, visit.status)) for each in versions],
        "statements": wording_of(visit.round).statements,
        "visiting": acting.may(Permission.VISIT),
        "writes": acting.may(Permission.VISIT) and why_not_write_report(visit.status) is None,
        "corrects": acting.may(Permission.ARRANGE_VISITS) and why_not_correct(visit.status) is None,
        "answers": acting.may(Permission.VISIT) and visit.status == VisitStatus.CHECKED,
        "plans": acting.may(Permission.CHANGE_ACTIONS) and visit.status == VisitStatus.FINAL,
    }
    return render(request, "review/visit_report.html", context)


def _recommendations(request: Request, version: ReportVersion) -> list[Recommendation]:
    """What a version recommends, with the action that the setting made of it: one query."""
    found = Recommendation.objects.visible_to(request.acting).filter(version=version)
    said = found.annotate(code=F("statement__code"), action_id=F("taken__action"), action=F("taken__action__what"))
    return list(said)


def _corrections(request: Request, visit: Visit) -> list[Correction]:
    """The facts that the setting put right, with the visitor’s answers: one query."""
    found = Correction.objects.visible_to(request.acting).filter(visit=visit).select_related("answer")
    return list(found.annotate(who=F("by__name"), answered_by=F("answer__by__name")))


@require_safe
@requires(Permission.SEE_VISITS)
def export_visit_report(request: Request, visit_id: UUID, kind: str) -> HttpResponseBase:
    """The report as PDF or Word, on one page as far as it goes."""
    visit = visit_or_404(request, visit_id)
    version = _newest_or_404(request, visit)
    recommendations = list(
        Recommendation.objects.visible_to(request.acting).filter(version=version).select_related("statement")
    )
    paper = visit_papers.report(visit, version, recommendations, on=timezone.localdate())
    return paper_response(paper, kind)


@require_http_methods(["GET", "POST"])
@requires(Permission.VISIT)
def write_visit_report(request: Request, visit_id: UUID) -> HttpResponse:
    """Write the draft, or the next version of it."""
    visit = visit_or_404(request, visit_id)
    newest = ReportVersion.objects.visible_to(request.acting).filter(visit=visit).first()
    refusal = why_not_write_report(visit.status)
    if refusal:
        messages.warning(request, refusal)
        return redirect(visit)
    form = VisitReportForm(
        request.POST if request.method == "POST" else None,
        version=newest,
        wording=wording_of(visit.round),
        statements=statements_of(visit) if request.method == "POST" else {},
    )
    if form.is_valid():
        try:
            after = form.cleaned_data["after"]
            actions.write_report(visit=visit, said=form.said, after=after, by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
            form.data = {**form.data.dict(), "after": str(newest.number if newest else 0)}  # type: ignore[attr-defined]
        else:
            warn_if_personal(request, *(str(form.cleaned_data[name]) for name in SECTIONS))
            kept = "The report is kept. The setting sees it" if visit.is_shared else KEPT_TO_ONESELF
            messages.success(request, kept)
            return redirect("visit_report", visit_id)
    return render(request, "review/write_visit_report.html", {"visit": visit, "form": form, "newest": newest})


@require_http_methods(["GET", "POST"])
@requires(Permission.ARRANGE_VISITS)
def correct_fact(request: Request, visit_id: UUID) -> HttpResponse:
    """Say that a fact in the draft is not right."""
    visit = visit_or_404(request, visit_id)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.correct_fact(visit=visit, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Noted. Your visitor answers it when you have checked everything")
            return redirect("visit_report", visit_id)
    return render(request, "review/correct_fact.html", {"visit": visit, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.VISIT)
def answer_correction(request: Request, correction_id: UUID) -> HttpResponse:
    """Take a correction in, or say why not."""
    found = Correction.objects.visible_to(request.acting).select_related("visit", "by")
    correction = get_object_or_404(found, pk=correction_id)
    form = CorrectionAnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        taken_in, why_not = form.cleaned_data["taken_in"] == "yes", form.cleaned_data["why_not"]
        try:
            actions.answer_correction(correction=correction, taken_in=taken_in, why_not=why_not, by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if taken_in:
                messages.success(request, "Noted. Now put it right in the report")
            return redirect("visit_report", correction.visit_id)
    return render(request, "review/answer_correction.html", {"correction": correction, "form": form})


@require_POST
@requires(Permission.CHANGE_ACTIONS)
def act_on_recommendation(request: Request, recommendation_id: UUID) -> HttpResponse:
    """Make an action of a recommendation, with one press."""
    found = Recommendation.objects.visible_to(request.acting)
    found = found.select_related("statement", "version__visit__round")
    recommendation = get_object_or_404(found, pk=recommendation_id)
    try:
        action = actions.act_on(recommendation=recommendation, by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("visit_report", recommendation.version.visit_id)
    messages.success(request, "It is in the plan. Say who will see to it and by when")
    return redirect("change_action", action.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_VISITS)
def visit_feedback(request: Request, visit_id: UUID) -> HttpResponse:
    """How the setting found the visit: it says so once, and the visitor reads it."""
    visit, acting = visit_or_404(request, visit_id), request.acting
    given = VisitFeedback.objects.visible_to(acting).filter(visit=visit).select_related("by").first()
    asks = given is None and acting.may(Permission.ARRANGE_VISITS) and visit.status == VisitStatus.FINAL
    form = FeedbackForm(request.POST if request.method == "POST" and asks else None)
    if asks and form.is_valid():
        try:
            actions.give_feedback(visit=visit, answers=form.cleaned_data, by=acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Thank you. Your visitor can read it")
            return redirect(visit)
    context = {"visit": visit, "given": given, "form": form, "asks": asks, "questions": FeedbackForm.base_fields}
    return render(request, "review/visit_feedback.html", context)
