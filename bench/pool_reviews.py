"""Many settings that released a review to one authority: `python -m bench.pool_reviews NAME ROUNDS`.

Written in SQL, because millions of ratings would take an hour through models, and with keys in order, because
indexes take those fastest. SQLite only.
"""

from __future__ import annotations

import sys
import time

import django

TERM = "2025-autumn"
ORGANISATION = """
INSERT INTO organisations_organisation (id, name, kind, setting_kind, sector, authority_id, created_at)
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < %s)
SELECT printf('%%032x', n), 'Pooled setting ' || n, 'setting',
    CASE n %% 10 WHEN 0 THEN 'creche' WHEN 1 THEN 'out_of_school' WHEN 2 THEN 'sessional' WHEN 3 THEN 'sessional'
    WHEN 4 THEN 'sessional' ELSE 'full_day_care' END, 'pvi', %s, '2025-01-01 00:00:00'
FROM number
"""
ROUND = """
INSERT INTO review_round (id, organisation_id, framework_id, audience, period, reason, status, started_at, started_by_id,
    agreed_at, agreed_by_id)
SELECT id, id, %s, 'group', 'Autumn term 2025', 'Pooled', 'agreed', '2025-10-01 00:00:00', %s,
    '2025-11-01 00:00:00', %s
FROM organisations_organisation WHERE name LIKE 'Pooled setting %%'
"""
RELEASE = """
INSERT INTO review_release (id, round_id, organisation_id, to_organisation_id, outside_name, outside_organisation,
    outside_email, with_actions, with_notes, with_evidence, with_files, may_be_counted, name_may_be_shown, purpose, until,
    content, fingerprint, released_at, released_by_id, withdrawn_because)
SELECT id, id, organisation_id, %s, '', '', '', 0, 0, 0, 0, 1, 0, 'To be counted', '2090-01-01',
    '{}', '', '2025-11-02 00:00:00', %s, ''
FROM review_round WHERE reason = 'Pooled' AND framework_id = %s
"""
RATING = """
INSERT INTO review_releasedrating (id, release_id, authority_id, organisation_id, framework_id, statement_id, level_id,
    state, needs_action, audience, setting_kind, size, place, period_key, current)
SELECT printf('%%032x', r.rowid * 1000 + s.rowid), r.id, %s, r.organisation_id, %s, s.id, %s, 'rated',
    (r.rowid * 7 + s.rowid * 13) %% 100 < 10 + s.rowid %% 40, 'group', o.setting_kind,
    CASE r.rowid %% 3 WHEN 0 THEN 'large' ELSE 'small' END,
    'FW' || (r.rowid %% 8 + 1), %s, 1
FROM review_release r JOIN organisations_organisation o ON o.id = r.organisation_id, review_statement s
WHERE r.purpose = 'To be counted' AND s.framework_id = %s AND s.authority_id IS NULL
"""


def pool(name: str, rounds: int) -> tuple[int, float]:
    """Write the rows for the authority of a person and count them: how many ratings, and the seconds of the count."""
    from django.db import connection

    from trellis.core.audit import System
    from trellis.organisations.models import Membership
    from trellis.review.actions import count_period
    from trellis.review.models import Framework, Level, ReleasedRating

    member = Membership.objects.select_related("organisation", "user").get(user__name=name)
    framework = Framework.objects.defer("content").latest("loaded_at")
    key, user, council = framework.pk.hex, member.user_id.hex, member.organisation_id.hex
    level, authority = Level.objects.filter(framework=framework)[0].pk.hex, str(member.organisation.authority_id)
    with connection.cursor() as cursor:
        cursor.execute(ORGANISATION, [rounds, authority])
        cursor.execute(ROUND, [key, user, user])
        cursor.execute(RELEASE, [council, user, key])
        cursor.execute(RATING, [authority, key, level, TERM, key])
    begun = time.perf_counter()
    count_period(authority_id=authority, period=TERM, by=System("The clock"))
    return ReleasedRating.objects.filter(period_key=TERM).count(), time.perf_counter() - begun


if __name__ == "__main__":
    django.setup()
    ratings, seconds = pool(sys.argv[1], int(sys.argv[2]))
    sys.stdout.write(f"{ratings} {seconds}\n")
