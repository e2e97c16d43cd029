"""Finding a setting in the register, and whether it uses Trellis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.accounts.roles import Permission
from trellis.core.access import signed_in
from trellis.organisations.forms.settings import SearchForm
from trellis.organisations.models import Provider
from trellis.organisations.searching import find_providers

if TYPE_CHECKING:
    from django.http import HttpResponse

SHOWN = (
    "number", "name", "kind", "town", "postcode", "authority_id", "authority_name", "no_longer_listed_since"
)  # fmt: skip


@require_safe
@signed_in
def find_setting(request: Any) -> HttpResponse:
    """What the register has for `?q=`: by name, postcode, number, town or authority, a letter wrong or not."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    everyone = Provider.objects.visible_to(request.acting)
    found = find_providers(text, everyone.only(*SHOWN), request.GET)
    on_page = everyone.filter(pk__in=[provider.pk for provider in found.page.rows])
    context = {
        "form": form,
        "text": text,
        "found": found,
        "on_trellis": set(on_page.on_trellis().values_list("pk", flat=True)),
        "may_invite": request.acting is not None and request.acting.may(Permission.APPROVE_CLAIMS),
        "everywhere": request.acting is not None and request.acting.may(Permission.SEE_ORGANISATIONS),
    }
    return render(request, "organisations/find_setting.html", context)
