"""Signing in with an account of another provider, and linking it. What the provider says is checked in `sign_on.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts import actions, sign_on
from trellis.accounts.acting import Themselves
from trellis.accounts.permissions import still_them
from trellis.accounts.sessions import set_length
from trellis.accounts.sign_on import Identity, NotSignedOn, the_provider
from trellis.core.access import public, signed_in
from trellis.core.often import counted
from trellis.core.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from trellis.accounts.models import User

IN, LINK, AGAIN = "in", "link", "again"
OFTEN, OFTEN_WITHIN = 60, 10 * 60  # from one address, in so many seconds: a whole nursery may share one
NOT_SAID = "{name} did not tell us that an e-mail address is yours, so we cannot tell who you are here"
CLOSED = "This account is closed"
NOT_YOU = "That is not the account with which you sign in here. Try again with the right one"


@require_POST
@public
def sign_on_begin(request: HttpRequest) -> HttpResponse:
    """Lead somebody to the provider. On a shared device it asks them afresh, whoever signed in there last."""
    if request.user.is_authenticated:
        return redirect("home")
    if counted(request, "sign-on", within=OFTEN_WITHIN) > OFTEN:
        return render(request, "accounts/too_often.html", status=429)
    shared = "shared_device" in request.POST
    return _lead_there(request, purpose=IN, next_url=_next(request), shared_device=shared, afresh=shared)


@require_http_methods(["GET", "POST"])
@signed_in
def sign_on_again(request: Any) -> HttpResponse:
    """Ask the provider once more, before something important."""
    _or_404()
    if request.method == "POST" and sign_on.linked_account(request.user):
        return _lead_there(request, purpose=AGAIN, next_url=_next(request), afresh=True)
    return render(request, "accounts/sign_on_again.html", {"next": _next(request)})


@require_http_methods(["GET", "POST"])
@signed_in
@still_them
def sign_on_link(request: Any) -> HttpResponse:
    """Which account of the provider opens theirs; POST leads there to link one."""
    _or_404()
    if request.method == "POST":
        return _lead_there(request, purpose=LINK, next_url=reverse("sign_on_link"), afresh=True)
    return render(request, "accounts/sign_on_link.html", {"linked": sign_on.linked_account(request.user)})


@require_POST
@signed_in
@still_them
def sign_on_unlink(request: Any) -> HttpResponse:
    """Take the link away."""
    linked = sign_on.linked_account(request.user)
    if linked is None:
        raise Http404
    try:
        actions.unlink_account(linked=linked, by=Themselves(request.user))
        messages.success(request, "That account opens yours no more.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("sign_on_link")


@require_safe
@public
def sign_on_back(request: HttpRequest) -> HttpResponseBase:
    """Somebody comes back from the provider: to come in, to link, or to show that it is still them."""
    _or_404()
    try:
        identity, asked = sign_on.finish(request)
        return _AFTER[asked["purpose"]](request, identity, asked)
    except NotSignedOn as failed:
        return _failed(request, str(failed))


def _come_in(request: HttpRequest, identity: Identity, asked: dict[str, Any]) -> HttpResponseBase:
    """Somebody with an account comes in, after their own second step where that is asked for."""
    if request.user.is_authenticated:
        return redirect("home")
    user = sign_on.person_of(identity)
    if user is None:
        return _nobody_yet(request, identity, asked)
    return come_in_from(request, user, identity, shared_device=asked["shared_device"], next_url=asked["next"])


def come_in_from(
    request: HttpRequest, user: User, identity: Identity, *, shared_device: bool, next_url: str = ""
) -> HttpResponseBase:
    """Sign in somebody who came from the provider, as if they had given their password."""
    if not user.is_active:
        raise NotSignedOn(CLOSED)
    request.session.pop(sign_on.NEWCOMER, None)
    request.session[sign_on.TO_LINK] = {"issuer": identity.issuer, "subject": identity.subject, "user": str(user.pk)}
    request.session[sign_on.SIGNED_ON] = identity.goodbye
    record_authentication(request, user, method=sign_on.METHOD)
    if identity.second_step:
        record_authentication(request, user, method="mfa", type=sign_on.METHOD)
    set_length(request, shared_device=shared_device)
    response: HttpResponseBase = perform_login(request, user, redirect_url=next_url or reverse("home"))
    return response


def _nobody_yet(request: HttpRequest, identity: Identity, asked: dict[str, Any]) -> HttpResponse:
    """Somebody without an account: back to the invitation from which they came, or told how accounts are made."""
    if not identity.email_is_theirs or not identity.email:
        raise NotSignedOn(NOT_SAID.format(name=the_provider().name))
    sign_on.keep_newcomer(request, identity, shared_device=asked["shared_device"])
    if asked["next"].startswith("/invitation/"):
        return redirect(asked["next"])
    return render(request, "accounts/sign_on_no_account.html", {"email": identity.email}, status=403)


def _link(request: Any, identity: Identity, asked: dict[str, Any]) -> HttpResponse:
    """Whoever began to link it still sits there."""
    if str(request.user.pk or "") != asked["user"]:
        raise NotSignedOn(sign_on.TOO_LATE)
    try:
        actions.link_account(issuer=identity.issuer, subject=identity.subject, by=Themselves(request.user))
        messages.success(request, f"From now on you can sign in with {the_provider().name}.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("sign_on_link")


def _again(request: Any, identity: Identity, asked: dict[str, Any]) -> HttpResponse:
    """It is still them when it is the account that is linked with theirs."""
    linked = sign_on.linked_account(request.user) if request.user.is_authenticated else None
    if linked is None or linked.uid != identity.subject or str(request.user.pk) != asked["user"]:
        raise NotSignedOn(NOT_YOU)
    record_authentication(request, request.user, method=sign_on.METHOD, reauthenticated=True)
    return redirect(asked["next"] or "account")


_AFTER: dict[str, Callable[[Any, Identity, dict[str, Any]], HttpResponseBase]] = {
    IN: _come_in,
    LINK: _link,
    AGAIN: _again,
}


def _lead_there(request: HttpRequest, **how: Any) -> HttpResponse:
    """A page that leads on by itself. Browsers do not let a form end at another address than ours."""
    _or_404()
    try:
        address = sign_on.begin(request, **how)
    except NotSignedOn as failed:
        return _failed(request, str(failed))
    response = render(request, "accounts/sign_on_lead.html", {"address": address})
    response["Refresh"] = f"0;url={address}"
    return response


def _failed(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "accounts/sign_on_failed.html", {"why": why}, status=403)


def _next(request: HttpRequest) -> str:
    """Where to go on afterwards, when that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _or_404() -> None:
    """Without a provider in the settings, none of these pages exist."""
    if settings.SINGLE_SIGN_ON is None:
        raise Http404
