"""Many settings that released a review to one authority: `python -m bench.pool_reviews NAME ROUNDS`.

Written in SQL, because millions of ratings would take an hour through models, and with keys in order, because
indexes take those fastest. The same SQL for SQLite and PostgreSQL, but for how a number becomes a key.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

TERM = "2025-autumn"
KEY = {"sqlite": "printf('%%032x', {})", "postgresql": "lpad(to_hex({}), 32, '0')::uuid"}
# A setting, its review and its release have the same key, which is their number.
NUMBER = "WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < %s)"
ORGANISATION = """
INSERT INTO organisations_organisation (id, name, kind, setting_kind, sector, authority_id, created_at, contact_email,
    contact_phone)
{number}
SELECT {key}, 'Pooled setting ' || n, 'setting', {kind}, 'pvi', %s, '2025-01-01 00:00:00', '', '' FROM number
"""
ROUND = """
INSERT INTO review_round (id, organisation_id, framework_id, audience, period, reason, status, started_at, started_by_id,
    agreed_at, agreed_by_id)
{number}
SELECT {key}, {key}, %s, 'group', 'Autumn term 2025', 'Pooled', 'agreed', '2025-10-01 00:00:00', %s,
    '2025-11-01 00:00:00', %s FROM number
"""
RELEASE = """
INSERT INTO review_release (id, round_id, organisation_id, to_organisation_id, outside_name, outside_organisation,
    outside_email, with_actions, with_notes, with_evidence, with_files, may_be_counted, name_may_be_shown, purpose, until,
    content, fingerprint, released_at, released_by_id, withdrawn_because)
{number}
SELECT {key}, {key}, {key}, %s, '', '', '', false, false, false, false, true, false, 'To be counted', '2090-01-01',
    '{{}}', '', '2025-11-02 00:00:00', %s, '' FROM number
"""
RATING = """
INSERT INTO review_releasedrating (id, release_id, authority_id, organisation_id, framework_id, statement_id, level_id,
    state, needs_action, audience, setting_kind, size, place, period_key, current)
{number}
SELECT {rating_key}, {key}, %s, {key}, %s, s.id, %s, 'rated', (n * 7 + s.s * 13) %% 100 < 10 + s.s %% 40, 'group', {kind},
    CASE n %% 3 WHEN 0 THEN 'large' ELSE 'small' END, 'FW' || (n %% 8 + 1), %s, true
FROM number, (SELECT id, row_number() OVER (ORDER BY code) AS s FROM review_statement
    WHERE framework_id = %s AND authority_id IS NULL) AS s
"""
KIND = """CASE n %% 10 WHEN 0 THEN 'creche' WHEN 1 THEN 'out_of_school' WHEN 2 THEN 'sessional'
    WHEN 3 THEN 'sessional' WHEN 4 THEN 'sessional' ELSE 'full_day_care' END"""


def pool(name: str, rounds: int) -> tuple[int, float]:
    """Write the rows for the authority of a person and count them: how many ratings, and the seconds of the count."""
    from django.db import connection, transaction

    from trellis.core.audit import System
    from trellis.organisations.models import Membership
    from trellis.review.actions import count_period
    from trellis.review.models import Framework, Level, ReleasedRating

    member = Membership.objects.select_related("organisation", "user").get(user__name=name)
    framework = Framework.objects.defer("content").latest("loaded_at")
    key, user, council = framework.pk.hex, member.user_id.hex, member.organisation_id.hex
    level, authority = Level.objects.filter(framework=framework)[0].pk.hex, str(member.organisation.authority_id)
    with transaction.atomic(), connection.cursor() as cursor:
        _look_up_no_key(cursor, connection.vendor)
        _write(cursor, connection.vendor, ORGANISATION, rounds, authority)
        _write(cursor, connection.vendor, ROUND, rounds, key, user, user)
        _write(cursor, connection.vendor, RELEASE, rounds, council, user)
        _write(cursor, connection.vendor, RATING, rounds, authority, key, level, TERM, key)
        cursor.execute("ANALYZE")
    begun = time.perf_counter()
    count_period(authority_id=authority, period=TERM, by=System("The clock"))
    return ReleasedRating.objects.filter(period_key=TERM).count(), time.perf_counter() - begun


def _look_up_no_key(cursor: CursorWrapper, vendor: str) -> None:
    """Millions of keys are right as they are made; PostgreSQL would take minutes to look each of them up."""
    if vendor == "postgresql":
        cursor.execute("SELECT current_setting('is_superuser')")
        if cursor.fetchone() == ("on",):
            cursor.execute("SET LOCAL session_replication_role = replica")


def _write(cursor: CursorWrapper, vendor: str, sql: str, *parameters: object) -> None:
    key = KEY[vendor].format
    parts = {"number": NUMBER, "kind": KIND, "key": key("n"), "rating_key": key("n * 1000 + s.s")}
    cursor.execute(sql.format(**parts), parameters)


if __name__ == "__main__":
    django.setup()
    ratings, seconds = pool(sys.argv[1], int(sys.argv[2]))
    sys.stdout.write(f"{ratings} {seconds}\n")
