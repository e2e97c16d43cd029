"""Sending a file to a person who may see it: to be saved, never to be run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404

from trellis.core.audit import record

if TYPE_CHECKING:
    from django.core.files import File

    from trellis.core.audit import Actor
    from trellis.core.models import StoredFile

log = structlog.get_logger("trellis.files")


class _InPieces(FileResponse):
    block_size = 65_536


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def file_response(stored: StoredFile, by: Actor) -> FileResponse:
    """The answer that sends a file as an attachment under its own name, and the audit event that says who read it.

    The caller has made sure that `by` may see what uses the file. Raises `Http404` when its bytes are gone.
    """
    content = _opened(stored)
    with transaction.atomic():
        record(by=by, verb="file.read", subject=stored, organisation_id=stored.organisation_id)
    response = _InPieces(content, as_attachment=True, filename=stored.name, content_type=stored.content_type)
    response.headers["Content-Length"] = str(stored.size)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _opened(stored: StoredFile) -> File[Any]:
    if stored.removed_at:
        raise Http404
    try:
        return default_storage.open(stored.key)
    except FileNotFoundError:
        log.error("a_file_is_missing", file=str(stored.pk))
        raise Http404 from None
