"""An authority that delivers a cohort with the centre’s approval sees, judges and offers there, and nothing else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.applying import agreed, application_of, draft_in, open_cohort, sent
from tests.reading import text
from tests.training import a_friday, delivered_by
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.models import AccessNeeds, Application, ApplicationStep, Cohort, Offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(cast):
    """A cohort that Idris’ authority delivers, and one that the centre delivers itself, both open."""
    open_cohort(cast.mei)
    return open_cohort(cast.idris)


def applied(cohort, name, **said):
    return agreed(sent(draft_in(cohort.programme, name, **said)))


def seen_by(person):
    return set(Application.objects.visible_to(person.acting).values_list("name", flat=True))


def test_they_see_who_wants_their_cohort_and_nobody_else(cast, browse, theirs):
    centres = open_cohort(cast.mei)
    applied(theirs, "Ana Here", wanted=[theirs])
    applied(theirs, "Ben Both", wanted=[theirs, centres])
    applied(theirs, "Cy Elsewhere", wanted=[centres])
    applied(theirs, "Dee Any", authority=cast.idris.organisation.authority)
    applied(theirs, "Eve Any Elsewhere")
    draft_in(theirs.programme, "Fay Draft", wanted=[theirs])
    assert seen_by(cast.idris) == {"Ana Here", "Ben Both", "Dee Any"}
    assert seen_by(cast.daniel) == set(), "his authority delivers none"
    assert seen_by(cast.rafael) == set()
    page = text(browse(cast.idris).get(reverse("applications", args=[theirs.programme_id])))
    assert "Ana Here" in page
    assert "Cy Elsewhere" not in page
    assert "Who is eligible and who comes first" not in page
    assert reverse("applications", args=[theirs.programme_id]) in text(
        browse(cast.idris).get(theirs.get_absolute_url())
    )
    assert browse(cast.daniel).get(reverse("applications", args=[centres.programme_id])).status_code == 403
    hidden = Application.objects.get(name="Cy Elsewhere")
    assert browse(cast.idris).get(hidden.get_absolute_url()).status_code == 404


def test_they_decide_and_offer_where_only_their_cohorts_are_wanted(cast, browse, theirs):
    browser = browse(cast.idris)
    application = applied(theirs, "Ana Here", wanted=[theirs], level_3="no")
    page = reverse("decide_application", args=[application.pk])
    browser.post(page, {"decision": "eligible", "because": "We saw her certificate"})
    shown = text(browser.get(application.get_absolute_url()))
    assert "We saw her certificate" in shown
    application.refresh_from_db()
    agreed(application)
    browser.post(reverse("list_application", args=[application.pk, "on"]))
    application.refresh_from_db()
    assert application.status == "waiting"
    day = a_friday(1)
    said = {"cohort": str(theirs.pk), "until-day": day.day, "until-month": day.month, "until-year": day.year}
    offering = reverse("offer_place", args=[application.pk])
    assert "Autumn cohort" not in text(browser.get(offering)), "nobody offers what the centre delivers"
    browser.post(offering, said | {"cohort": str(open_cohort(cast.mei).pk)})
    assert not Offer.objects.exists()
    browser.post(offering, said)
    assert Offer.objects.get().made_by == cast.idris.user


def test_what_somebody_else_delivers_too_is_decided_by_the_centre(cast, browse, theirs):
    centres = open_cohort(cast.mei)
    both = applied(theirs, "Ben Both", wanted=[theirs, centres])
    browser = browse(cast.idris)
    assert "Decide otherwise" not in text(browser.get(both.get_absolute_url()))
    assert browser.get(reverse("decide_application", args=[both.pk])).status_code == 403
    with pytest.raises(Refused, match="decides about this application"):
        actions.put_on_list(application=both, by=cast.idris.acting)
    with pytest.raises(Refused, match="for this cohort"):
        actions.offer_place(application=both, cohort=centres, until=a_friday(1), by=cast.idris.acting)
    assert actions.offer_place(application=both, cohort=theirs, until=a_friday(1), by=cast.idris.acting)
    assert Application.objects.decided_by(cast.mei.acting).filter(pk=both.pk).exists()


def test_without_approval_they_see_and_decide_nothing(cast, browse, theirs):
    application = applied(theirs, "Ana Here", wanted=[theirs])
    applied(theirs, "Dee Any", authority=cast.idris.organisation.authority)
    Cohort.objects.filter(pk=theirs.pk).update(status="planned", approved_at=None, approved_by=None)
    browser = browse(cast.idris)
    assert seen_by(cast.idris) == set()
    assert browser.get(application.get_absolute_url()).status_code == 404
    for page in ("decide_application", "offer_place"):
        assert browser.get(reverse(page, args=[application.pk])).status_code == 404


def test_of_a_cancelled_cohort_they_see_nobody(cast, theirs):
    applied(theirs, "Ana Here", wanted=[theirs])
    actions.cancel_cohort(cohort=theirs, because="No room", by=cast.mei.acting)
    assert seen_by(cast.idris) == set()
    assert seen_by(cast.mei) == {"Ana Here"}


def test_who_was_offered_or_took_a_place_there_stays_seen(cast, theirs):
    application = applied(theirs, "Ana Here", wanted=[theirs])
    centres = open_cohort(cast.mei)
    actions.offer_place(application=application, cohort=centres, until=a_friday(1), by=cast.mei.acting)
    assert not Offer.objects.visible_to(cast.idris.acting).exists(), "what the centre offers is not theirs to read"
    actions.accept_offer(application=application)
    assert seen_by(cast.idris) == set(), "she has a place elsewhere"
    other = applied(theirs, "Ben Moved", wanted=[centres])
    actions.offer_place(application=other, cohort=theirs, until=a_friday(1), by=cast.mei.acting)
    assert seen_by(cast.idris) == {"Ben Moved"}


def test_what_somebody_needs_is_seen_once_they_have_a_place_there(cast, theirs):
    application = applied(theirs, "Ana Here", wanted=[theirs])
    AccessNeeds.objects.create(application=application, access="A hearing loop")
    needs = AccessNeeds.objects
    assert not needs.visible_to(cast.idris.acting).exists()
    actions.offer_place(application=application, cohort=theirs, until=a_friday(1), by=cast.idris.acting)
    actions.accept_offer(application=application)
    assert needs.visible_to(cast.idris.acting).exists()
    assert not needs.visible_to(cast.daniel.acting).exists()


def test_what_is_worked_out_of_one_application_is_what_the_database_finds(cast, theirs):
    applied(theirs, "Ana Here", wanted=[theirs])
    applied(theirs, "Ben Both", wanted=[theirs, open_cohort(cast.mei)])
    draft_in(theirs.programme, "Fay Draft", wanted=[theirs])
    for acting in (each.acting for each in (cast.mei, cast.idris, cast.daniel, cast.rafael, cast.amara)):
        seen = Application.objects.visible_to(acting)
        steps = ApplicationStep.objects
        assert set(steps.visible_to(acting)) == set(steps.filter(application__in=seen))
        decided = set(seen.decided_by(acting))
        assert {each for each in seen if each.is_decided_by(acting)} == decided


def test_the_rules_stay_the_centres(cast, browse, theirs):
    assert browse(cast.idris).get(reverse("admission_rules", args=[theirs.programme_id])).status_code == 403
    said = {"key": "in_post", "value": 1, "from_on": a_friday(), "reason": "So", "source": "Us", "certainty": "agreed"}
    with pytest.raises(Refused):
        actions.set_rule(programme=theirs.programme, by=cast.idris.acting, **said)
    assert delivered_by(cast.idris) == theirs
    assert application_of(cast.idris).wanted.get() == theirs
