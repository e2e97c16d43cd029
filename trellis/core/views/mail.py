"""What e-mail a person gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trellis.core.access import signed_in
from trellis.core.forms.mail_preferences import MailPreferencesForm
from trellis.core.mail import choose_mail
from trellis.core.models import MailPreference
from trellis.core.views.jobs import actor

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def mail_preferences(request: HttpRequest) -> HttpResponse:
    """Choose for each kind of e-mail: as it happens, weekly, or not."""
    chosen = dict(MailPreference.objects.of(request.user).values_list("kind", "wish"))
    form = MailPreferencesForm(request.POST if request.method == "POST" else None, chosen=chosen)
    if form.is_valid():
        choose_mail(wishes=form.wishes(), by=actor(request))
        messages.success(request, "Saved what e-mail you get")
        return redirect("mail_preferences")
    return render(request, "core/mail_preferences.html", {"form": form})
