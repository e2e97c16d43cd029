"""A programme with many cohorts and learners, for one person who leads programmes: `python -m bench.teach NAME LEARNERS`.

Prints where its pages are, as JSON. What there are thousands of is written in bulk; milestones and marks, of which there
are hundreds of thousands, in SQL, the same for SQLite and PostgreSQL but for how a number becomes a key.
"""

from __future__ import annotations

import json
import sys
from datetime import date, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import django

from bench.pool_reviews import KEY
from bench.register import FIRST_WORDS, NAMES, TOWNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.utils import CursorWrapper

    from trellis.organisations.models import Membership
    from trellis.training.models import Cohort, Part, Place, Programme, Session

REGISTERS, FULL = 40, 30  # so many cohorts have so many learners and a session today
SESSIONS, PAST = 12, 6  # sessions of a cohort; those that are over, and marked
# Their keys are numbers from here on, so that they are made fast and lie in order.
FIRST_KEY = 7 << 80

STANDING = """
INSERT INTO training_milestone (id, place_id, kind, "on", evidence, reason, noted_at, noted_by_id, voided_because)
SELECT {key}, p.id, k.kind, %s, '', CASE k.kind WHEN 'withdrawn' THEN 'time' ELSE '' END, %s, %s, ''
FROM training_place p
JOIN training_cohort c ON c.id = p.cohort_id
JOIN (SELECT 1 AS n, 'started' AS kind UNION ALL SELECT 2, 'retained_1' UNION ALL SELECT 3, 'retained_2'
    UNION ALL SELECT 4, 'completed' UNION ALL SELECT 5, 'withdrawn') k
  ON k.kind = 'started' OR (k.kind = 'withdrawn') = (p.status = 'withdrawn') AND (k.kind <> 'completed' OR p.status = 'completed')
WHERE c.programme_id = %s
"""
MARKS = """
INSERT INTO training_mark (id, place_id, part_id, version, status, missed_minutes, reason, source, because, client_id,
    batch, at, by_id)
SELECT {key}, p.id, t.id, 1, CASE (s.number * 7 + t.position + row_number() OVER ()) %% 12 WHEN 0 THEN 'apologised'
    WHEN 1 THEN 'absent' ELSE 'present' END, 0, '', 'register', '', {key}, s.id, %s, %s
FROM training_session s
JOIN training_cohort c ON c.id = s.cohort_id
JOIN training_part t ON t.session_id = s.id
JOIN training_place p ON p.cohort_id = c.id
WHERE c.programme_id = %s AND s.number <= %s AND p.status <> 'withdrawn'
"""


def cohorts_for(learners: int) -> int:
    """How many cohorts so many learners are in.

    >>> cohorts_for(40_000), cohorts_for(1_500)
    (1500, 56)
    """
    return learners * 3 // 80


def teach(name: str, learners: int) -> dict[str, object]:
    """Write a programme of the centre of a person; the addresses of its pages."""
    from django.db import connection, transaction
    from django.urls import reverse
    from django.utils import timezone

    from trellis.organisations.models import Membership

    lead = Membership.objects.select_related("organisation", "user").get(user__name=name)
    today = timezone.localdate()
    with transaction.atomic(), connection.cursor() as cursor:
        programme = _programme(lead)
        groups = _cohorts(programme, lead, cohorts_for(learners), today)
        sessions = _sessions(groups, today)
        places = _places(groups, lead, learners)
        key, user = programme.pk.hex, lead.user_id.hex
        _write(cursor, connection.vendor, STANDING, today, timezone.now(), user, key)
        _write(cursor, connection.vendor, MARKS, timezone.now(), user, key, PAST)
        cursor.execute("ANALYZE")
    to_mark = [each for each in sessions if each.on == today][:REGISTERS]
    first = groups[0].pk
    return {
        "programme": reverse("show_programme", args=[programme.pk]),
        "report": reverse("programme_report", args=[programme.pk]),
        "learners as CSV": reverse("export_programme_report", args=[programme.pk, "csv"]),
        "cohort": reverse("show_cohort", args=[first]),
        "learners": reverse("learners", args=[first]),
        "attendance": reverse("cohort_attendance", args=[first]),
        "learner": reverse("show_place", args=[places[0].pk]),
        "duties": reverse("duties"),
        "registers": [reverse("attendance_register", args=[each.pk]) for each in to_mark],
    }


def _programme(lead: Membership) -> Programme:
    from trellis.organisations.models import LocalAuthority
    from trellis.training.models import Programme

    named = {"title": "The bench’s award", "funder": "The bench’s foundation", "target_started": 40_000}
    made = Programme.objects.create(centre=lead.organisation, made_by=lead.user, **named)
    made.authorities.set(LocalAuthority.objects.order_by("code")[:50])
    return made


def _key(number: int) -> UUID:
    return UUID(int=FIRST_KEY + number)


def _cohorts(programme: Programme, lead: Membership, cohorts: int, today: date) -> list[Cohort]:
    """Those in which registers are saved run; of the others every second one is over."""
    from trellis.training.models import Cohort

    authorities = list(programme.authorities.order_by("code"))
    return Cohort.objects.bulk_create(
        Cohort(
            id=_key(number),
            programme=programme,
            centre_id=programme.centre_id,
            delivered_by_id=programme.centre_id,
            authority=authorities[number % len(authorities)],
            title=f"{TOWNS[number * 7 % len(TOWNS)]} {number + 1}",
            venue="Fenwick Library",
            most_places=FULL,
            starts_on=today - timedelta(days=7 * PAST + (number // REGISTERS)),
            cadence="weekly",
            status="finished" if number >= REGISTERS and number % 2 else "running",
            made_by=lead.user,
        )
        for number in range(cohorts)
    )


def _sessions(groups: list[Cohort], today: date) -> list[Session]:
    from trellis.training.models import Part, Session

    sessions = Session.objects.bulk_create(
        (
            Session(
                id=_key(number * SESSIONS + which),
                cohort=cohort,
                number=which + 1,
                kind="taught",
                title=f"Session {which + 1}",
                on=cohort.starts_on + timedelta(days=7 * which),
                starts=time(9, 30),
                ends=time(15, 30),
            )
            for number, cohort in enumerate(groups)
            for which in range(SESSIONS)
        ),
        batch_size=1000,
    )
    Part.objects.bulk_create(_parts(sessions), batch_size=1000)
    return sessions


def _parts(sessions: list[Session]) -> Iterator[Part]:
    from trellis.training.models import Part

    halves = (("Morning", time(9, 30), time(12, 30)), ("Afternoon", time(13, 0), time(15, 30)))
    for number, session in enumerate(sessions):
        for position, (label, starts, ends) in enumerate(halves, start=1):
            minutes = {"planned_minutes": 150, "guided_minutes": 90, "criteria": [f"{session.number}.{position}"]}
            key = _key(number * len(halves) + position)
            yield Part(id=key, session=session, position=position, label=label, starts=starts, ends=ends, **minutes)


def _places(groups: list[Cohort], lead: Membership, learners: int) -> list[Place]:
    """The first cohorts are full, the others share whoever is left; every tenth of these withdrew."""
    from trellis.training.models import Place

    def place(number: int) -> Place:
        full = number < REGISTERS * FULL
        others = len(groups) - REGISTERS
        which = number // FULL if full else REGISTERS + number % others
        cohort = groups[which]
        status = "completed" if cohort.status == "finished" else "taken"
        return Place(
            id=_key(number),
            cohort=cohort,
            name=f"{FIRST_WORDS[number % len(FIRST_WORDS)]} {TOWNS[number * 11 % len(TOWNS)]}",
            email=f"learner.{number}@example.org",
            setting_name=" ".join(reversed(NAMES[number * 4567 % len(NAMES)])),
            authority_id=cohort.authority_id,
            status="withdrawn" if not full and number % 10 == 0 else status,
            placed_by=lead.user,
        )

    return Place.objects.bulk_create(map(place, range(learners)), batch_size=1000)


def _write(cursor: CursorWrapper, vendor: str, sql: str, *parameters: object) -> None:
    key = KEY[vendor].format(f"{FIRST_KEY_OF_SQL} + row_number() OVER ()")
    cursor.execute(sql.format(key=key), parameters)


FIRST_KEY_OF_SQL = 7_000_000_000

if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(teach(sys.argv[1], int(sys.argv[2]))))
