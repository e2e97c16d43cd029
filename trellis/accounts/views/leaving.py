"""Everything about oneself, and deleting one’s account."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts import actions
from trellis.accounts.acting import Themselves
from trellis.accounts.forms.account import DeleteForm
from trellis.accounts.permissions import still_them
from trellis.core.access import public, signed_in
from trellis.core.exports import as_download, file_name
from trellis.core.paging import page_of
from trellis.core.personal import everything, how_many, said, why_not_leave
from trellis.core.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse, HttpResponseBase

    from trellis.accounts.models import User


@require_safe
@signed_in
def everything_about_me(request: Any) -> HttpResponse:
    """What is kept about a person, part by part, with how much there is."""
    counted = how_many(request.user)
    parts = [(each, counted[key]) for key, each in everything().items() if counted[key]]
    return render(request, "accounts/everything.html", {"parts": parts})


@require_safe
@signed_in
def part_about_me(request: Any, part: str) -> HttpResponse:
    """One part of it, whole."""
    told = everything().get(part)
    if told is None:
        raise Http404
    page = page_of(told.rows(request.user), request.GET)
    lines = [[said(value) for value in told.line(row).values()] for row in page.rows]
    return render(request, "accounts/part.html", {"told": told, "page": page, "lines": lines})


@require_safe
@signed_in
@still_them
def download_everything(request: Any) -> HttpResponseBase:
    """All of it as one file that programs can read."""
    answer = StreamingHttpResponse(_as_json(request.user), content_type="application/json; charset=utf-8")
    return as_download(answer, file_name("everything-about-me", "", timezone.localdate(), "json"))


def _as_json(person: User) -> Iterator[str]:
    """The file, row by row; the words of the page are its keys."""
    yield '{"made_at": ' + _json(timezone.now())
    for key, told in everything().items():
        yield f',\n"{key}": {{"title": {_json(told.title)}, "rows": ['
        for number, row in enumerate(told.rows(person).iterator(chunk_size=500)):
            line = {slugify(words).replace("-", "_"): value for words, value in told.line(row).items()}
            yield (",\n" if number else "\n") + _json(line)
        yield "]}"
    yield "}\n"


def _json(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


@require_http_methods(["GET", "POST"])
@signed_in
@still_them
def delete_account(request: Any) -> HttpResponse:
    """Say what goes and what stays, make sure, and delete the account."""
    reasons = why_not_leave(request.user)
    form = DeleteForm(request.POST if request.method == "POST" else None, user=request.user)
    if reasons or not form.is_valid():
        return render(request, "accounts/delete_account.html", {"form": form, "reasons": reasons})
    try:
        actions.delete_account(by=Themselves(request.user))
    except Refused as refused:
        return render(request, "accounts/delete_account.html", {"form": form, "reasons": [str(refused)]})
    logout(request)
    response = redirect("account_deleted")
    response["Clear-Site-Data"] = '"storage"'
    return response


@require_safe
@public
def account_deleted(request: Any) -> HttpResponse:
    """The last page for somebody who has deleted their account."""
    return render(request, "accounts/account_deleted.html")
