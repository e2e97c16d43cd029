"""One’s own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts import actions
from trellis.accounts.acting import Themselves
from trellis.accounts.forms.account import EmailForm, NameForm, PasswordForm
from trellis.accounts.models import Session
from trellis.accounts.permissions import not_too_often
from trellis.accounts.rules import in_words
from trellis.accounts.second_step import second_steps_of
from trellis.core.access import signed_in
from trellis.core.models import AuditEvent
from trellis.core.paging import page_of
from trellis.core.refusal import Refused

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@signed_in
def account(request: Any) -> HttpResponse:
    """Who they are here, and what they can change about it."""
    sessions = Session.objects.of(request.user).open(timezone.now()).count()
    return render(
        request, "accounts/account.html", {"second_steps": second_steps_of(request.user), "sessions": sessions}
    )


@require_safe
@signed_in
def account_activity(request: Any) -> HttpResponse:
    """What happened with the account, the newest first: so that they notice what was not them."""
    page = page_of(AuditEvent.objects.visible_to(Themselves(request.user)).newest_first(), request.GET)
    lines = [(event, in_words(event.verb)) for event in page.rows]
    return render(request, "accounts/activity.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "POST"])
@signed_in
def change_name(request: Any) -> HttpResponse:
    """Their name."""
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": request.user.name})
    if form.is_valid():
        actions.change_name(name=form.cleaned_data["name"], by=Themselves(request.user))
        messages.success(request, "Your name is changed.")
        return redirect("account")
    return render(request, "accounts/change_name.html", {"form": form})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
@not_too_often("change_password")
def change_email(request: Any) -> HttpResponse:
    """Another e-mail address, which has to answer first."""
    form = EmailForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        actions.ask_to_change_email(email=form.cleaned_data["email"], by=Themselves(request.user))
        return render(request, "accounts/change_email_sent.html", {"email": form.cleaned_data["email"]})
    return render(request, "accounts/change_email.html", {"form": form})


@require_http_methods(["GET", "POST"])
@signed_in
def confirm_email(request: Any, token: str) -> HttpResponse:
    """The link sent to the new address was opened."""
    if request.method == "POST":
        try:
            actions.change_email(token=token, by=Themselves(request.user))
            messages.success(request, "Your e-mail address is changed. Use it the next time you sign in.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("account")
    holds = actions.email_token_holds(request.user, token)
    return render(request, "accounts/confirm_email.html", {"holds": holds}, status=200 if holds else 404)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@signed_in
@not_too_often("change_password")
def change_password(request: Any) -> HttpResponse:
    """Another password. Every other browser has to sign in again."""
    form = PasswordForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        actions.set_password(
            user=request.user,
            password=form.cleaned_data["new_password"],
            was_forgotten=False,
            keep_session=request.session.session_key,
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, "Your password is changed. Other browsers have to sign in again.")
        return redirect("account")
    return render(request, "accounts/change_password.html", {"form": form})
