"""What is not kept of imports of long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.core.audit import in_several_chains, record
from trellis.core.files import forget_file

if TYPE_CHECKING:
    from trellis.core.audit import Actor
    from trellis.organisations.models import RegisterImport


@in_several_chains()
def tidy_import(*, wanted: RegisterImport, by: Actor) -> RegisterImport:
    """Remove the uploaded file and what became of each row. The import and its figures stay, and say since when."""
    file = wanted.file
    wanted.file, wanted.tidied_at = None, timezone.now()
    wanted.save(update_fields=["file", "tidied_at"])
    wanted.rejected_lines.all().delete()
    wanted.batches.all().delete()
    if file:
        forget_file(stored=file, by=by)
    record(by=by, verb="register.tidied", subject=wanted, change={"file": wanted.file_name})
    return wanted
