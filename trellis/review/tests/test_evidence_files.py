"""Files of evidence: the bytes are on the disk before anybody has to wait, and none stay without their row."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from tests.reviewing import rating
from trellis.core.files import check_upload
from trellis.core.files.storage import DiskStorage, keys
from trellis.core.models import StoredFile
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.models import Evidence

pytestmark = pytest.mark.django_db(transaction=True)
SAID = {"title": "Minutes", "where_kept": "", "look_again_on": None}


def bytes_without_a_row():
    """What lies in the storage and no row knows of."""
    return set(keys()) - set(StoredFile.objects.values_list("key", flat=True))


@pytest.fixture
def left_by_others():
    """What earlier tests left behind does not count."""
    return bytes_without_a_row()


def minutes():
    return check_upload(SimpleUploadedFile("minutes.txt", b"Minutes of our SEND meeting"))


@pytest.fixture
def in_transaction(monkeypatch):
    """For each file that is written: whether a transaction was under way, in which others wait."""
    inside, save = [], DiskStorage._save
    monkeypatch.setattr(DiskStorage, "_save", lambda *given: inside.append(connection.in_atomic_block) or save(*given))
    return inside


def test_no_chain_is_held_while_bytes_are_written(cast, half, in_transaction, left_by_others):
    piece = actions.add_evidence(**SAID, upload=minutes(), rating=half.weak, by=cast.amara.acting)
    actions.new_version(evidence=piece, upload=minutes(), note="", by=cast.amara.acting)
    assert in_transaction == [False, False]
    assert bytes_without_a_row() == left_by_others
    assert [version.number for version in piece.versions.all()] == [2, 1]


def test_a_refused_piece_of_evidence_leaves_no_bytes_and_no_row(cast, half, browse, left_by_others):
    weak = rating(half.round, "C1")  # read while the review was open
    for to in ("discussing", "agreed"):
        actions.move_round(round=half.round, to=to, by=cast.amara.acting)
    with pytest.raises(Refused, match="has been agreed"):
        actions.add_evidence(**SAID, upload=minutes(), rating=weak, by=cast.amara.acting)
    upload = SimpleUploadedFile("minutes.txt", b"Minutes of our SEND meeting")
    page = browse(cast.amara).post(reverse("add_evidence", args=[weak.pk]), {"title": "Minutes", "upload": upload})
    assert "This review has been agreed" in page.content.decode()
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (1, 0)
    assert bytes_without_a_row() == left_by_others


def test_a_refused_version_leaves_no_bytes(cast, half, monkeypatch, left_by_others):
    actions.new_version(evidence=half.evidence, upload=minutes(), note="", by=cast.amara.acting)
    monkeypatch.setattr(
        "django.db.models.QuerySet.count", lambda self: 0
    )  # as if the first had come after the counting
    with pytest.raises(Refused, match="Somebody else has just added a version"):
        actions.new_version(evidence=half.evidence, upload=minutes(), note="", by=cast.amara.acting)
    monkeypatch.undo()
    assert StoredFile.objects.count() == 1
    assert bytes_without_a_row() == left_by_others
