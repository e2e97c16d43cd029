"""For whom a person acts who belongs to several organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trellis.core.access import signed_in
from trellis.organisations.forms.people import SwitchForm
from trellis.organisations.middleware import ACTING_AS
from trellis.organisations.models import Membership

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_http_methods(["GET", "POST"])
@signed_in
def switch_organisation(request: Any) -> HttpResponse:
    """Choose one of one’s own memberships; every page says which it is."""
    memberships = Membership.objects.of(request.user).live().select_related("organisation").order_by("since", "pk")
    form = SwitchForm(
        request.POST if request.method == "POST" else None,
        memberships=memberships,
        initial={"membership": str(request.acting.membership_id) if request.acting else ""},
    )
    if form.is_valid():
        request.session[ACTING_AS] = form.cleaned_data["membership"]
        chosen = dict(form.fields["membership"].choices)[form.cleaned_data["membership"]]  # type: ignore[attr-defined]
        messages.success(request, f"You now act as {chosen}.")
        return redirect("home")
    return render(request, "organisations/switch.html", {"form": form})
