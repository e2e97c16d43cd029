"""The same when files lie in a bucket: from there into the archive, and from the archive into a bucket."""

from __future__ import annotations

import boto3
import pytest
from django.core.files.storage import default_storage
from moto import mock_aws

from trellis.core.backups.making import make_backup
from trellis.core.backups.restoring import is_empty, read_manifest, restore
from trellis.core.files import FileKind, keep_file, made_here
from trellis.core.files.storage import keys
from trellis.core.models import StoredFile
from trellis.core.operations import readiness
from trellis.core.tests.backups import NOON, empty_the_installation
from trellis.environment import Environment, file_storage

CONTENT = "Curly “quotes” – and more".encode() * 100_000
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def bucket(settings):
    with mock_aws():
        s3 = boto3.resource("s3", region_name="eu-west-2", aws_access_key_id="key", aws_secret_access_key="secret")
        made = s3.create_bucket(Bucket="nursery", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        environment = Environment(files="s3", s3_bucket="nursery", s3_access_key="key", s3_secret_key="secret")
        settings.STORAGES = settings.STORAGES | {"default": file_storage(environment)}
        yield made


@pytest.fixture
def stored(cast):
    upload = made_here(name="notes.txt", kind=FileKind.TEXT, content=CONTENT)
    return keep_file(upload=upload, organisation_id=cast.amara.organisation.pk, by=cast.amara.acting)


def test_a_file_comes_back_into_the_bucket(stored, tmp_path):
    made = make_backup(tmp_path, at=NOON)
    assert (made.problems, made.manifest.files, made.manifest.bytes_of_files) == ([], 1, len(CONTENT))
    empty_the_installation()
    assert is_empty()
    restore(made.path, read_manifest(made.path))
    assert list(keys()) == [StoredFile.objects.get().key] == [stored.key]
    with default_storage.open(stored.key) as content:
        assert content.read() == CONTENT


def test_a_file_that_is_missing_is_told(stored, bucket, tmp_path):
    bucket.Object(f"files/{stored.key}").delete()
    assert make_backup(tmp_path, at=NOON).problems == [f"The file {stored.key} is missing from the storage."]


def test_a_file_that_is_removed_meanwhile_is_not_missing(stored, bucket, tmp_path, monkeypatch):
    def remove_it(storage, key):
        StoredFile.objects.update(removed_at=NOON, removed_by=stored.stored_by)
        raise FileNotFoundError(key)

    monkeypatch.setattr("storages.backends.s3.S3Storage.size", remove_it)
    made = make_backup(tmp_path, at=NOON)
    assert (made.problems, made.manifest.files) == ([], 0)


def test_the_probe_of_ready_is_written_to_the_bucket_and_removed(bucket):
    readiness._written_at.clear()
    assert readiness._storage().problem is None
    assert list(bucket.objects.all()) == []
    bucket.delete()
    readiness._written_at.clear()
    assert {check.name: check.problem for check in readiness.checks()}["storage"] == "Files cannot be written"
    readiness._written_at.clear()
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
