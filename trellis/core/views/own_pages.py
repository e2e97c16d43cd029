"""The privacy notice and the accessibility statement: ours, or the installation’s own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from trellis.core.access import public
from trellis.core.operations.own_pages import own_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@public
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, for how long, and who sees it."""
    chosen = settings.ENVIRONMENT
    known = {"files": chosen.files, "email": chosen.email, "mail_days": chosen.keep_sent_mail_days}
    known["claim_days"] = chosen.keep_refused_claims_days
    known["change_days"] = chosen.keep_day_changes_days
    return render(request, "core/privacy.html", {"own_words": own_words("privacy"), **known})


@require_safe
@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """For whom the pages work, how that was tried, and whom to tell when they do not."""
    return render(request, "core/accessibility.html", {"own_words": own_words("accessibility")})
