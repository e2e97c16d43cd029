"""Opening a page changes nothing: each is opened with a database that refuses to write anything else than
the audit of what was read, who read a release, and the person’s own session."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from tests.house.pages import every_page
from tests.house.permission_table import PEOPLE, TABLE, read

MAY_BE_WRITTEN = {"core_auditevent", "accounts_session", "review_releasereading"}
HARMLESS = re.compile(r"\s*(SELECT|WITH|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|EXPLAIN|PRAGMA)\b", re.IGNORECASE)
WRITTEN = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)


class GetChangedSomething(AssertionError):
    """A page that was only opened tried to write."""


def refuse_writes(execute, sql, params, many, context):
    """Let a statement through when it reads, or writes what opening a page may write."""
    written = WRITTEN.match(sql)
    if not HARMLESS.match(sql) and not (written and written[1] in MAY_BE_WRITTEN):
        raise GetChangedSomething(sql)
    return execute(sql, params, many, context)


def who_may_open(page):
    """The people for whom the page opens, each with whose record they see; everybody’s first guess when it does for none."""
    rows = read(TABLE.read_text(encoding="utf-8")).get(page.name, [])
    opening = {row[1]: PEOPLE[row[2:].index("200")] for row in rows if "200" in row[2:-1]}
    return opening or dict.fromkeys(page.owners(), "amara")


@pytest.mark.parametrize("page", every_page(), ids=lambda page: page.name)
def test_opening_a_page_changes_nothing(page, cast, browse):
    for owner, person in who_may_open(page).items():
        address, browser = page.address(cast, owner), browse(getattr(cast, person))
        with connection.execute_wrapper(refuse_writes):
            b"".join(browser.get(address))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        ("SELECT 1", False),
        ('INSERT INTO "core_auditevent" SELECT * FROM core_auditevent WHERE 1 = 0', False),
        ("UPDATE \"accounts_session\" SET session_data = '' WHERE 1 = 0", False),
        ("UPDATE \"accounts_user\" SET name = 'Nobody' WHERE 1 = 0", True),
        ("DELETE FROM accounts_user WHERE 1 = 0", True),
        ("INSERT INTO accounts_user SELECT * FROM accounts_user WHERE 1 = 0", True),
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
