"""What organisations do in the background."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from trellis.core.dates import day
from trellis.core.jobs import JobFailed, Progress, job, schedule
from trellis.organisations.actions.old_claims import forget_claim
from trellis.organisations.actions.old_imports import tidy_import
from trellis.organisations.actions.register import COUNTS, run_import
from trellis.organisations.models import ClaimRequest, RegisterImport
from trellis.organisations.register import NotARegister

if TYPE_CHECKING:
    from django.db.models import QuerySet


@job("register.import", "Import of the childcare register")
def import_register(progress: Progress, *, import_id: str) -> None:
    """Import an uploaded file, going on where an earlier worker stopped."""
    wanted = RegisterImport.objects.select_related("file").get(pk=import_id)
    if wanted.file is None:
        raise JobFailed(f"The file was removed on {day(wanted.tidied_at)}. Upload it again.")
    with default_storage.open(wanted.file.key) as file:
        try:
            run_import(wanted=wanted, file=file, size=file.size, steps=progress, by=progress.by)
        except NotARegister as reason:
            raise JobFailed(str(reason)) from reason
    link = reverse("register_import", args=[wanted.pk])
    progress.say({name: getattr(wanted, name) for name in COUNTS} | {"link": link, "link_text": "See the result"})


@schedule("register.tidy", at=time(3, 10))
@job("register.tidy", "Forget files and rows of old imports of the register")
def tidy_imports(progress: Progress) -> None:
    """Remove what `TRELLIS_KEEP_IMPORTS_DAYS` says is not kept any more."""
    before = timezone.now() - timedelta(days=settings.ENVIRONMENT.keep_imports_days)
    for wanted in RegisterImport.objects.to_tidy(before).select_related("file").order_by("started_at", "pk"):
        with progress.batch():
            tidy_import(wanted=wanted, by=progress.by)
            progress.say({"imports": progress.result.get("imports", 0) + 1})


def _to_forget() -> QuerySet[ClaimRequest]:
    """The refused requests that `TRELLIS_KEEP_REFUSED_CLAIMS_DAYS` says are not kept any more."""
    before = timezone.now() - timedelta(days=settings.ENVIRONMENT.keep_refused_claims_days)
    return ClaimRequest.objects.to_forget(before)


@schedule("claims.tidy", at=time(3, 35), when=lambda: _to_forget().exists())
@job("claims.tidy", "Forget refused requests of people without an account")
def tidy_claims(progress: Progress) -> None:
    """Remove requests with the names and addresses of people who came no further."""
    for claim in _to_forget().order_by("decided_at", "pk"):
        with progress.batch():
            forget_claim(claim=claim, by=progress.by)
            progress.say({"requests": progress.result.get("requests", 0) + 1})
