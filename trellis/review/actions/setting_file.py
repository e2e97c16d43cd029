"""Everything about a setting as one file: asking for it, making it, letting it go."""

from __future__ import annotations

from datetime import timedelta
from typing import IO, TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.files import FileKind, forget_file, keep_file, made_here, written_first
from trellis.core.jobs import start
from trellis.core.refusal import refuse
from trellis.review.models import SettingFile
from trellis.review.rules.setting_file import why_not_ask

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.core.models import Job

LONGEST_WAY = timedelta(hours=2)  # what was asked for longer ago has failed


@transaction.atomic
def ask_for_setting_file(*, by: Acting) -> Job:
    """Ask for a file with everything about the setting; a job makes it. Raises `Refused` while one is being made."""
    since = timezone.now() - LONGEST_WAY
    mine = SettingFile.objects.filter(organisation_id=by.organisation_id, made_at=None, asked_at__gt=since)
    refuse(why_not_ask(under_way=mine.exists()))
    wanted = SettingFile.objects.create(organisation_id=by.organisation_id, asked_by=by.user)
    record(by=by, verb="setting.file_asked_for", subject=wanted)
    return start(job="review.setting_file", by=by, arguments={"setting_file_id": str(wanted.pk)})


def keep_setting_file(*, wanted: SettingFile, name: str, content: IO[bytes], by: Actor) -> SettingFile:
    """Keep a file that was made, and say that it is there."""
    with written_first(made_here(name=name, kind=FileKind.ZIP, content=content)) as written, transaction.atomic():
        wanted.file = keep_file(upload=written, organisation_id=wanted.organisation_id, by=by)
        wanted.made_at = timezone.now()
        wanted.save(update_fields=["file", "made_at"])
        change = {"sha256": wanted.file.sha256, "size": wanted.file.size}
        record(by=by, verb="setting.file_made", subject=wanted, change=change, organisation_id=wanted.organisation_id)
    return wanted


@transaction.atomic
def remove_setting_file(*, wanted: SettingFile, by: Actor) -> SettingFile:
    """Let the bytes of a file go that has served its time."""
    stored, wanted.file = wanted.file, None
    wanted.save(update_fields=["file"])
    if stored:
        forget_file(stored=stored, by=by)
    return wanted
