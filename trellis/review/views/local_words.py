"""An authority’s own words on top of a framework: what there is, changing a statement, adding one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review import framework as files
from trellis.review.actions.local_words import words_now
from trellis.review.forms.local_words import LocalStatementForm, RewordForm
from trellis.review.models import Framework

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request


@require_safe
@requires(Permission.CHANGE_WORDING)
def local_words(request: Request, framework_id: UUID | None = None) -> HttpResponse:
    """Every statement of a framework as new reviews of the authority’s settings read it."""
    offered = list(Framework.objects.visible_to(request.acting).on_offer())
    if framework_id is None and not offered:
        return render(request, "review/local_words.html", {"offered": []})
    chosen = framework_id or offered[0].pk
    framework = next((each for each in offered if each.pk == chosen), None)
    if framework is None:
        raise Http404
    base, words = _read(request, framework)
    local = files.apply_overlay(base, files.Overlay.model_validate(words))
    context: dict[str, Any] = {"framework": framework, "offered": offered, "areas": local.areas}
    context |= {"reworded": {each["code"] for each in words["rewordings"]}, "added": _added(words)}
    return render(request, "review/local_words.html", context)


def _read(request: Request, framework: Framework) -> tuple[files.Framework, dict[str, Any]]:
    return files.Framework.model_validate(framework.content), words_now(framework, request.acting)


def _added(words: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The statements of the authority’s own by code, with their area."""
    return {each["statement"]["code"]: each["statement"] | {"area": each["area"]} for each in words["additions"]}


def _framework_or_404(request: Request, framework_id: UUID) -> Framework:
    return get_object_or_404(Framework.objects.visible_to(request.acting).filter(withdrawn_at=None), pk=framework_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_WORDING)
def change_local_words(request: Request, framework_id: UUID, code: str) -> HttpResponse:
    """Other words, guidance and links for one statement, of the framework or of the authority’s own."""
    framework = _framework_or_404(request, framework_id)
    base, words = _read(request, framework)
    data = request.POST if request.method == "POST" else None
    added = _added(words).get(code)
    about: dict[str, Any] = {"framework": framework, "by": request.acting}
    if added:
        own = LocalStatementForm(data, now=added)
        context = {"form": own, "framework": framework, "code": code, "added": True}
        return _save(
            request,
            context,
            lambda: actions.write_local_statement(area=added["area"], statement=own.statement, code=code, **about),
        )
    statement = next((each for each in base.statements if each.code == code), None)
    if statement is None:
        raise Http404
    local = files.apply_overlay(base, files.Overlay.model_validate(words))
    form = RewordForm(data, base=statement, now=next(each for each in local.statements if each.code == code))
    context = {"form": form, "framework": framework, "code": code, "base": statement}
    return _save(request, context, lambda: actions.reword_statement(code=code, changes=form.changes, **about))


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_WORDING)
def add_local_statement(request: Request, framework_id: UUID, area: str) -> HttpResponse:
    """A statement of the authority’s own, at the end of an area."""
    framework = _framework_or_404(request, framework_id)
    base, _words = _read(request, framework)
    found = next((each for each in base.areas if each.code == area), None)
    if found is None:
        raise Http404
    form = LocalStatementForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "framework": framework, "area": found}
    about: dict[str, Any] = {"framework": framework, "by": request.acting}
    return _save(request, context, lambda: actions.write_local_statement(area=area, statement=form.statement, **about))


def _save(request: Request, context: dict[str, Any], save: Callable[[], object]) -> HttpResponse:
    form = context["form"]
    if form.is_valid():
        try:
            save()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Saved. Reviews that start from now on have these words; others keep theirs")
            return redirect("local_words_of", context["framework"].pk)
    return render(request, "review/change_local_words.html", context)


@require_POST
@requires(Permission.CHANGE_WORDING)
def leave_out_local_statement(request: Request, framework_id: UUID, code: str) -> HttpResponse:
    """Leave a statement of the authority’s own out of new reviews."""
    framework = _framework_or_404(request, framework_id)
    if code not in _added(words_now(framework, request.acting)):
        raise Http404
    actions.leave_out_local_statement(framework=framework, code=code, by=request.acting)
    messages.success(request, "New reviews do not have it any more. Reviews that have it keep it")
    return redirect("local_words_of", framework_id)
