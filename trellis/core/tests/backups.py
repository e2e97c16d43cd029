"""Something to back up, and an installation as on its first day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction

from tests.cast import Cast
from tests.house.keys import claim_of, group_request_of, provider_of
from tests.reviewing import earlier_of
from trellis.core.append_only import protect, protected_tables, unprotect
from trellis.core.audit import System, record
from trellis.core.files import FileKind, keep_file, made_here, remove_file
from trellis.core.files.storage import keys
from trellis.core.jobs import start

NOON = datetime(2027, 3, 5, 12, tzinfo=UTC)
CONTENT = [b"Name,Room\r\nZofia,Ladybirds\r\n", "Curly “quotes” – and more".encode() * 100_000]


def own_page() -> Path:
    return settings.DATA_FOLDER / "pages" / "privacy.txt"


def fill(cast: Cast) -> None:
    """Two files, one removed file, a job, an event of the system, and a page of the installation’s own."""
    by, organisation_id = cast.amara.acting, cast.amara.organisation.pk
    texts = [
        keep_file(
            upload=made_here(name=f"notes-{number}.txt", kind=FileKind.TEXT, content=content),
            organisation_id=organisation_id,
            by=by,
        )
        for number, content in enumerate([*CONTENT, b"gone"])
    ]
    remove_file(stored=texts[-1], by=by)
    start(job="jobs.tidy", by=by, arguments={"to": 3, "ratio": 0.1, "nothing": None})
    with transaction.atomic():
        record(by=System("A test"), verb="test.done", subject=cast.sam.organisation, change={"z": 1, "a": ["é", {}]})
    own_page().parent.mkdir(exist_ok=True)
    own_page().write_text("# Our own words\n")


def fill_from_every_app(cast: Cast) -> None:
    """What people make in the apps above: a review with evidence, its file and an action, and the one before; a setting
    of the register, a request for it, and what a group asks a setting."""
    earlier_of(cast.amara)
    for make in (provider_of, claim_of, group_request_of):
        make(cast.amara)


def clear_files() -> None:
    """Take away every file and every page of the installation’s own."""
    own_page().unlink(missing_ok=True)
    for key in list(keys()):
        default_storage.delete(key)


def empty_the_installation() -> None:
    """Bring it back to its first day."""
    tables = protected_tables(connection)
    for table in tables:
        unprotect(connection, table)
    call_command("flush", interactive=False, verbosity=0)
    for table in tables:
        protect(connection, table)
    clear_files()
