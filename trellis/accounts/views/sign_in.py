"""Signing in. The steps themselves are allauth’s; see `urls.py` for every one that is used."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from allauth.account import views as allauth
from allauth.mfa.webauthn import views as allauth_passkeys
from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from trellis.accounts.forms.sign_in import SignInForm
from trellis.accounts.models import is_anyone_here
from trellis.accounts.sessions import SHARED_DEVICE, set_length
from trellis.accounts.sign_on import SIGNED_ON, the_provider
from trellis.core.access import public

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from trellis.accounts.models import User

REDIRECTED = 302


@require_http_methods(["GET", "POST"])
@public
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Ask for e-mail address and password; before there is anyone, ask who the first person is."""
    if request.method == "GET" and not is_anyone_here():
        return redirect("start")
    return allauth.login(request)


@require_http_methods(["GET", "POST"])
@public
def sign_in_with_passkey(request: HttpRequest) -> HttpResponseBase:
    """GET gives the browser a challenge; POST brings its answer."""
    if request.method == "POST":
        set_length(request, shared_device="shared_device" in request.POST)
    return allauth_passkeys.login_webauthn(request)


@require_http_methods(["GET", "POST"])
@public
def choose_new_password(request: HttpRequest, uidb36: str, key: str) -> HttpResponseBase:
    """Ask somebody who followed the link for a new password, and sign them in as on the sign-in page."""
    response: HttpResponseBase = allauth.password_reset_from_key(request, uidb36=uidb36, key=key)
    if request.method == "POST" and response.status_code == REDIRECTED:
        set_length(request, shared_device="shared_device" in request.POST)
    return response


@require_http_methods(["GET", "POST"])
@public
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Sign out, and let the browser forget what our scripts kept on the device."""
    goodbye, shared = request.session.get(SIGNED_ON), request.session.get(SHARED_DEVICE)
    response: HttpResponseBase = allauth.logout(request)
    if request.method == "POST":
        if goodbye and settings.SINGLE_SIGN_ON:
            response = _say_goodbye(request, goodbye, at_once=bool(shared))
        response["Clear-Site-Data"] = '"storage"'
    return response


def _say_goodbye(request: HttpRequest, goodbye: str, *, at_once: bool) -> HttpResponse:
    """Offer somebody who came in by single sign-on to sign out there too; on a shared device, lead there at once."""
    back = request.build_absolute_uri(reverse("account_login"))
    query = {"client_id": the_provider().client_id, "post_logout_redirect_uri": back}
    address = f"{goodbye}{'&' if '?' in goodbye else '?'}{urlencode(query)}"
    response = render(request, "accounts/signed_out_here.html", {"goodbye": address})
    if at_once:
        response["Refresh"] = f"0;url={address}"
    return response


def too_often(request: HttpRequest) -> HttpResponseBase:
    """What somebody sees who asks for the same thing again and again."""
    return render(request, "accounts/too_often.html", status=429)


def come_in(request: HttpRequest, *, user: User, password: str, shared_device: bool = False) -> HttpResponse:
    """Sign in somebody who has just chosen this password, as if they had typed it on the sign-in page."""
    answers = {"login": user.email, "password": password, "shared_device": shared_device}
    form = SignInForm(answers, request=request)
    if form.is_valid():
        return form.login(request, redirect_url=reverse("home"))
    return redirect("account_login")
