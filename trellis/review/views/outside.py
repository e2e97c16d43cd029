"""A release read by somebody without an account: the link from their e-mail, and the code from the setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from trellis.core.access import kept_to_themselves, public
from trellis.core.files import file_response
from trellis.review import actions
from trellis.review.actions.release import BY_LINK, readable
from trellis.review.actions.release_link import find_link
from trellis.review.forms.release import CodeForm
from trellis.review.released import file_in, released_paper
from trellis.review.views.report import paper_response

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.review.models import Release, ReleaseLink

OPENED = "opened_by_link"


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@public
@kept_to_themselves
def open_by_link(request: Any, token: str) -> HttpResponse:
    """Ask for the code, then show the copy until the browser is closed."""
    link = find_link(token)
    if link is None:
        return render(request, "review/release_unusable.html", status=404)
    if not readable(link.release):
        return render(request, "review/release_over.html", {"release": link.release}, status=410)
    if request.method == "GET" and _is_open(request, link):
        actions.note_reading(release=link.release, what="page", by=None)
        context = {"release": link.release, "copy": link.release.content, "token": token}
        return render(request, "review/read_by_link.html", context)
    return _ask_for_code(request, link, token)


def _ask_for_code(request: Any, link: ReleaseLink, token: str) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refused = actions.try_code(link=link, code=form.cleaned_data["code"])
        if refused is None:
            _open(request, link)
            return redirect("open_by_link", token)
        form.add_error("code", refused)
    return render(request, "review/release_locked.html", {"form": form, "release": link.release})


def _open(request: Any, link: ReleaseLink) -> None:
    """Remember in the session that the code was right: until the browser is closed, or another code is made."""
    request.session[OPENED] = request.session.get(OPENED, {}) | {str(link.pk): link.code_hash}
    if not request.user.is_authenticated:
        request.session.cycle_key()
        request.session.set_expiry(0)


def _is_open(request: Any, link: ReleaseLink) -> bool:
    return bool(link.code_hash) and request.session.get(OPENED, {}).get(str(link.pk)) == link.code_hash


def _opened_or_404(request: Any, token: str) -> Release:
    link = find_link(token)
    if link is None or not readable(link.release) or not _is_open(request, link):
        raise Http404
    return link.release


@require_safe
@public
@kept_to_themselves
def paper_by_link(request: Any, token: str, kind: str) -> HttpResponseBase:
    """The copy as PDF or Word."""
    release = _opened_or_404(request, token)
    response = paper_response(released_paper(release, on=timezone.localdate()), kind)
    actions.note_reading(release=release, what="paper", by=None)
    return response


@require_safe
@public
@kept_to_themselves
def file_by_link(request: Any, token: str, file_id: UUID) -> HttpResponseBase:
    """A file that went with the evidence."""
    release = _opened_or_404(request, token)
    file = file_in(release, file_id)
    if file is None:
        raise Http404
    actions.note_reading(release=release, what="file", by=None)
    return file_response(file, by=BY_LINK)
