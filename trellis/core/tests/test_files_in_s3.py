"""The same in a bucket."""

from __future__ import annotations

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from trellis.core.files import file_response, keep_file, remove_file
from trellis.core.files.comparing import files_without_row, rows_without_file
from trellis.core.files.storage import keys
from trellis.core.models import StoredFile
from trellis.core.refusal import Refused
from trellis.core.tests import files
from trellis.environment import Environment, file_storage

pytestmark = pytest.mark.django_db
CONTENT = files.PDF + b"\0" * 2_000_000


@pytest.fixture(autouse=True)
def bucket(settings):
    with mock_aws():
        s3 = boto3.resource("s3", region_name="eu-west-2", aws_access_key_id="key", aws_secret_access_key="secret")
        made = s3.create_bucket(Bucket="nursery", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        environment = Environment(files="s3", s3_bucket="nursery", s3_access_key="key", s3_secret_key="secret")
        settings.STORAGES = settings.STORAGES | {"default": file_storage(environment)}
        yield made


def keep(person) -> StoredFile:
    return keep_file(
        upload=files.upload("policy.pdf", CONTENT), organisation_id=person.acting.organisation_id, by=person.acting
    )


def test_a_file_is_kept_in_the_bucket_and_nobody_else_may_read_it(cast, bucket):
    stored = keep(cast.priya)
    (kept,) = bucket.objects.all()
    assert kept.key == f"files/{stored.key}"
    assert list(keys()) == [stored.key]
    assert [grant["Permission"] for grant in kept.Acl().grants] == ["FULL_CONTROL"]


def test_it_is_sent_through_us(cast):
    answer = file_response(keep(cast.priya), cast.priya.acting)
    with answer.file_to_stream:
        assert b"".join(answer.streaming_content) == CONTENT


def test_a_removed_file_leaves_the_bucket(cast, bucket, django_capture_on_commit_callbacks):
    stored = keep(cast.priya)
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(stored=stored, by=cast.amara.acting)
    assert list(bucket.objects.all()) == []


def test_a_bucket_that_takes_nothing_is_a_full_disk(cast, monkeypatch):
    def refuse(*_, **__):
        raise ClientError({"Error": {"Code": "SlowDown"}}, "PutObject")

    monkeypatch.setattr("storages.backends.s3.S3Storage._save", refuse)
    with pytest.raises(Refused, match="There is no room to keep the file at the moment"):
        keep(cast.priya)
    assert StoredFile.objects.count() == 0


def test_rows_and_bucket_are_compared(cast, bucket):
    stored = keep(cast.priya)
    bucket.put_object(Key="files/ab/" + "0" * 38, Body=b"x")
    assert (rows_without_file(), files_without_row()) == ([], [])  # a minute old: it may be under way
    bucket.Object(f"files/{stored.key}").delete()
    assert rows_without_file() == [stored]


def test_another_service_than_amazons_is_addressed_by_path():
    options = file_storage(Environment(files="s3", s3_bucket="nursery", s3_endpoint="http://127.0.0.1:9000"))["OPTIONS"]
    assert (options["endpoint_url"], options["addressing_style"]) == ("http://127.0.0.1:9000", "path")
    assert "access_key" not in options  # the machine’s own role
