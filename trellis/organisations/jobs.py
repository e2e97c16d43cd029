"""What organisations do in the background."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.urls import reverse

from trellis.core.jobs import JobFailed, Progress, job
from trellis.organisations.actions.register import COUNTS, run_import
from trellis.organisations.models import RegisterImport
from trellis.organisations.register import NotARegister


@job("register.import", "Import of the childcare register")
def import_register(progress: Progress, *, import_id: str) -> None:
    """Import an uploaded file, going on where an earlier worker stopped."""
    wanted = RegisterImport.objects.select_related("file").get(pk=import_id, file__isnull=False)
    with default_storage.open(wanted.file.key) as file:  # type: ignore[union-attr]
        try:
            run_import(wanted=wanted, file=file, size=file.size, steps=progress, by=progress.by)
        except NotARegister as reason:
            raise JobFailed(str(reason)) from reason
    link = reverse("register_import", args=[wanted.pk])
    progress.say({name: getattr(wanted, name) for name in COUNTS} | {"link": link, "link_text": "See the result"})
