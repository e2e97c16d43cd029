"""A centre’s own courses in the catalogue: the list, a new one, changing one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.qualifications.actions import courses as actions
from trellis.qualifications.forms.courses import CourseForm
from trellis.qualifications.models import Qualification

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.CHANGE_COURSES)
def own_courses(request: Request) -> HttpResponse:
    """The courses of one’s own centre, with when each begins next."""
    rows = Qualification.objects.visible_to(request.acting).changed_by(request.acting).in_order()
    context = {"page": page_of(rows, request.GET), "today": timezone.localdate()}
    return render(request, "qualifications/own_courses.html", context)


def _own(request: Request, course_id: UUID) -> Qualification:
    """A course that somebody may change; others of the catalogue are not found here."""
    return get_object_or_404(Qualification.objects.visible_to(request.acting).changed_by(request.acting), pk=course_id)


def _said(request: Request, form: CourseForm) -> dict[str, Any]:
    facts = form.facts(request.acting.organisation_name)
    return {"facts": facts, "next_start": form.cleaned_data["next_start"], "by": request.acting}


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_COURSES)
def add_course(request: Request) -> HttpResponse:
    """Add a course of one’s own centre."""
    form = CourseForm(request.POST if request.method == "POST" else None, today=timezone.localdate())
    if form.is_valid():
        try:
            course = actions.add_course(**_said(request, form))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The course is in the catalogue")
            return redirect(course)
    return render(request, "qualifications/change_course.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_COURSES)
def change_course(request: Request, course_id: UUID) -> HttpResponse:
    """Change what the catalogue says of a course, and when it begins next."""
    course = _own(request, course_id)
    form = CourseForm(request.POST if request.method == "POST" else None, course=course, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.change_course(course=course, **_said(request, form))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The course is changed")
            return redirect("own_courses")
    return render(request, "qualifications/change_course.html", {"form": form, "course": course})


@require_POST
@requires(Permission.CHANGE_COURSES)
def offer_course(request: Request, course_id: UUID, where: str) -> HttpResponse:
    """Take a course out of the catalogue, or put it back."""
    course = _own(request, course_id)
    if where not in ("in", "out"):
        raise Http404
    try:
        actions.offer_course(course=course, offered=where == "in", by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("own_courses")
