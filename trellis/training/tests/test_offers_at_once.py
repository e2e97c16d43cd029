"""Two people act on the same place at the same moment: one has it, the other is told why not."""

from __future__ import annotations

import pytest

from tests.applying import application_of, open_cohort, waiting
from tests.training import a_friday
from trellis.core.refusal import Refused
from trellis.organisations.tests.test_at_once import at_once
from trellis.training import actions
from trellis.training.models import Application, Cohort, Offer

pytestmark = pytest.mark.django_db(transaction=True)


def again(application):
    return Application.objects.get(pk=application.pk)


def test_the_last_place_is_offered_once(cast):
    cohort = open_cohort(cast.mei, most_places=1)
    one, other = application_of(cast.mei, "Ana First"), application_of(cast.mei, "Ben Second")
    said = {"cohort": Cohort.objects.get(pk=cohort.pk), "until": a_friday(1), "by": cast.mei.acting}
    made, refused = at_once(
        lambda: actions.offer_place(application=again(one), **said),
        lambda: actions.offer_place(application=again(other), **said),
    )
    assert isinstance(made, Offer), made
    assert isinstance(refused, Refused), refused
    assert str(refused) == "The only place of this cohort is taken or offered"
    assert Offer.objects.open().count() == 1


def test_the_list_and_a_person_do_not_offer_the_same_place(cast):
    cohort = open_cohort(cast.mei, most_places=1, starts_on=a_friday(8))
    one, other = waiting(cast.mei, "Ana First"), application_of(cast.mei, "Ben Second")
    offered, refused = at_once(
        lambda: actions.run_waiting_list(programme_id=cohort.programme_id),
        lambda: actions.offer_place(application=again(other), cohort=cohort, until=a_friday(1), by=cast.mei.acting),
    )
    assert (offered, type(refused)) == (1, Refused), (offered, refused)
    assert Offer.objects.open().get().application == one


def test_an_offer_is_accepted_once(cast):
    cohort = open_cohort(cast.mei, most_places=1)
    application = application_of(cast.mei, "Ana First")
    actions.offer_place(application=application, cohort=cohort, until=a_friday(1), by=cast.mei.acting)
    _place, refused = at_once(
        lambda: actions.accept_offer(application=again(application)),
        lambda: actions.accept_offer(application=again(application)),
    )
    assert isinstance(refused, Refused), refused
    assert cohort.places.count() == 1
