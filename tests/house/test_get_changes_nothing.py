"""Opening a page changes nothing: each is opened so that it shows itself, with a database that refuses to write
anything else than the audit of what was read, who read a release, and the person’s own session."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from tests.house.opening import AFTER, BEFORE_ANYBODY, OTHERWISE, before_anybody, expected_status, openings
from tests.house.pages import every_page
from trellis.accounts.models import User
from trellis.core.access import public

MAY_BE_WRITTEN = {"core_auditevent", "accounts_session", "review_releasereading"}
HARMLESS = re.compile(r"[\s(]*(SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)
WRITTEN = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
WRITES_WITHIN = re.compile(r"[\s(]*WITH\b.*\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\b", re.IGNORECASE | re.DOTALL)


class GetChangedSomething(AssertionError):
    """A page that was only opened tried to write."""


def refuse_writes(execute, sql, params, many, context):
    """Let a statement through when it reads, or writes what opening a page may write."""
    written = WRITTEN.match(sql)
    reads = HARMLESS.match(sql) and not WRITES_WITHIN.match(sql)
    if not reads and not (written and written[1] in MAY_BE_WRITTEN):
        raise GetChangedSomething(sql)
    return execute(sql, params, many, context)


def open_without_writing(browser, address):
    """What a page answers when it may not write."""
    with connection.execute_wrapper(refuse_writes):
        answered = browser.get(address)
        b"".join(answered)
    return answered.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("page", every_page(), ids=lambda page: page.name)
def test_opening_a_page_changes_nothing(page, request):
    early = page.name in BEFORE_ANYBODY
    for browser, address in before_anybody(page) if early else openings(page, request.getfixturevalue("cast")):
        assert open_without_writing(browser, address) == expected_status(page), f"{address} does not show itself"


def test_what_needs_preparing_is_still_there():
    assert {*AFTER, *BEFORE_ANYBODY, *OTHERWISE} - {page.name for page in every_page()} == set()


def reads(request):
    """A planted page that only reads."""
    return HttpResponse(str(User.objects.count()), content_type="text/plain")


def writes(request):
    """A planted page that notes who looked at it."""
    User.objects.update(name="Looked at")
    return HttpResponse("Seen", content_type="text/plain")


urlpatterns = [path("reads", public(reads)), path("writes", public(writes))]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_page_that_writes_is_noticed():
    assert open_without_writing(Client(), "/reads") == 200
    with pytest.raises(GetChangedSomething, match="UPDATE"):
        open_without_writing(Client(), "/writes")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        ("SELECT 1", False),
        ("WITH one AS (SELECT 1 AS updated) SELECT updated FROM one", False),
        ('INSERT INTO "core_auditevent" SELECT * FROM core_auditevent WHERE 1 = 0', False),
        ("UPDATE \"accounts_session\" SET session_data = '' WHERE 1 = 0", False),
        ("UPDATE \"accounts_user\" SET name = 'Nobody' WHERE 1 = 0", True),
        ("DELETE FROM accounts_user WHERE 1 = 0", True),
        ("INSERT INTO accounts_user SELECT * FROM accounts_user WHERE 1 = 0", True),
        ("WITH one AS (SELECT 1)\nUPDATE accounts_user SET name = 'Nobody' WHERE 1 = 0", True),
        ("WITH one AS (SELECT 1) DELETE FROM accounts_user WHERE 1 = 0", True),
        ("WITH one AS (SELECT 1) INSERT INTO accounts_user SELECT * FROM accounts_user WHERE 1 = 0", True),
        ("PRAGMA foreign_keys = OFF", True),
        ("DROP TABLE accounts_user", True),
    ],
)
def test_a_write_is_refused(sql, refused):
    with connection.execute_wrapper(refuse_writes), connection.cursor() as cursor:
        if refused:
            with pytest.raises(GetChangedSomething):
                cursor.execute(sql)
        else:
            cursor.execute(sql)


def test_what_postgresql_puts_in_brackets_is_read_as_well():
    assert HARMLESS.match("(SELECT 1) UNION (SELECT 2)")
    assert not HARMLESS.match("(DELETE FROM accounts_user)")
    assert WRITES_WITHIN.match("(WITH one AS (SELECT 1) DELETE FROM accounts_user)")
