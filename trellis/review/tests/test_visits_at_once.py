"""Two people change the same visit at the same moment: the second goes on from what the first left.

On PostgreSQL both are at work at once; on SQLite the second waits for the first to end.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.visiting import planned
from trellis.core.models import AuditEvent
from trellis.organisations.models import Invitation
from trellis.organisations.tests.test_at_once import at_once
from trellis.review import actions
from trellis.review.actions.visit import Arrangement
from trellis.review.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)


def read(visit) -> Visit:
    return Visit.objects.select_related("reviewer__user", "invitation").get(pk=visit.pk)


def test_of_two_invitations_at_once_the_second_takes_the_first_back(cast, half):
    visit = planned(cast.amara, half.round)
    first, second = read(visit), read(visit)
    outcomes = at_once(
        lambda: actions.invite_visitor(visit=first, name="Rosa", email="rosa@example.org", by=cast.amara.acting),
        lambda: actions.invite_visitor(visit=second, name="Ines", email="ines@example.org", by=cast.priya.acting),
    )
    assert all(isinstance(each, Visit) for each in outcomes), outcomes
    waiting = Invitation.objects.unanswered().filter(organisation=cast.amara.organisation)
    assert [each.name for each in waiting] == ["Ines"], "nobody waits for a visit that is not theirs"


def test_of_two_changes_at_once_each_says_what_it_changed(cast, half):
    visit = planned(cast.amara, half.round)
    as_it_is = Arrangement(**{name: getattr(visit, name) for name in Arrangement.__dataclass_fields__})
    first, second = read(visit), read(visit)
    wanted = replace(as_it_is, with_notes=not visit.with_notes)
    outcomes = at_once(
        lambda: actions.change_visit(visit=first, arrangement=wanted, by=cast.amara.acting),
        lambda: actions.change_visit(visit=second, arrangement=wanted, by=cast.priya.acting),
    )
    assert all(isinstance(each, Visit) for each in outcomes), outcomes
    assert AuditEvent.objects.filter(verb="visit.changed").count() == 1, "the second found it so already"
