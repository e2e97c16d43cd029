"""A file is sent to be saved, to someone who may see it, and that is written down."""

from __future__ import annotations

import uuid
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from django.urls import reverse

from trellis.core.files import file_response, keep_file, remove_file
from trellis.core.models import AuditEvent
from trellis.core.tests import files

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("file_folder"),
    pytest.mark.urls("trellis.core.tests.file_pages"),
]


def keep(person, name="Policy.pdf", content=files.PDF):
    return keep_file(
        upload=files.upload(name, content), organisation_id=person.acting.organisation_id, by=person.acting
    )


def received(answer) -> bytes:
    """What arrives, without a server that would close everything afterwards."""
    with answer.file_to_stream:
        return b"".join(answer.streaming_content)


def test_it_arrives_whole_as_an_attachment_that_nothing_runs(cast, browse):
    stored = keep(cast.priya, "Our policy – spring.csv", files.CSV)
    answer = browse(cast.amara).get(reverse("open_piece", args=[stored.pk]))
    assert b"".join(answer.streaming_content) == files.CSV
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''" + quote("Our policy – spring.csv")
    assert answer["Content-Type"] == "text/csv"
    assert answer["Content-Length"] == str(len(files.CSV))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_name_with_quotes_cannot_break_out_of_its_header(cast):
    stored = keep(cast.priya)
    stored.name = 'a"; filename="b.html'
    answer = file_response(stored, cast.priya.acting)
    assert received(answer)
    assert answer["Content-Disposition"].startswith('attachment; filename="a\\"')


def test_the_reading_is_in_the_audit_of_the_organisation_whose_file_it_is(cast):
    stored = keep(cast.priya)
    assert received(file_response(stored, cast.ruth.acting)) == files.PDF
    event = AuditEvent.objects.get(verb="file.read")
    assert (event.actor_name, event.record_id, event.chain) == (
        "Ruth Abara",
        str(stored.pk),
        str(cast.priya.organisation.pk),
    )


def test_a_file_of_others_is_not_there(cast, browse):
    stored = keep(cast.joanna)
    assert browse(cast.amara).get(reverse("open_piece", args=[stored.pk])).status_code == 404
    assert browse(cast.amara).get(reverse("open_piece", args=[uuid.uuid4()])).status_code == 404
    assert not AuditEvent.objects.filter(verb="file.read").exists()


def test_a_removed_file_is_not_there(cast):
    stored = remove_file(stored=keep(cast.priya), by=cast.priya.acting)
    with pytest.raises(Http404):
        file_response(stored, cast.priya.acting)


def test_a_file_whose_bytes_are_lost_is_not_there_and_nobody_read_it(cast):
    stored = keep(cast.priya)
    default_storage.delete(stored.key)
    with pytest.raises(Http404):
        file_response(stored, cast.priya.acting)
    assert not AuditEvent.objects.filter(verb="file.read").exists()
