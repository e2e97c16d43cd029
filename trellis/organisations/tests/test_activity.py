"""An organisation reads its own audit, and nobody else’s."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from tests.cast import person
from trellis.accounts.roles import Role
from trellis.core.audit import System, first_broken_link, record
from trellis.core.models import AuditEvent
from trellis.organisations.models import Organisation
from trellis.organisations.rules.activity import in_words
from trellis.organisations.rules.activity_details import details

pytestmark = pytest.mark.django_db


def done(person, number=1, verb="round.started"):
    with transaction.atomic():
        for each in range(number):
            record(by=person.acting, verb=verb, subject=person.organisation, change={"step": each})


def test_ones_own_and_the_newest_first(cast, browse):
    done(cast.amara, 2)
    done(cast.joanna, verb="action.added")
    page = browse(cast.priya).get(reverse("activity")).content.decode()
    assert page.index("step: 1") < page.index("step: 0")
    assert "Started a review" in page
    assert "Added an action to the plan" not in page


def test_page_by_page_with_as_few_queries(cast, browse, django_assert_max_num_queries):
    done(cast.amara, 120)
    browser = browse(cast.amara)
    with django_assert_max_num_queries(4):
        page = browser.get(reverse("activity")).content.decode()
    assert "before=" in page
    assert "step: 119" in page
    older = browser.get(reverse("activity") + "?before=71").content.decode()
    assert "step: 69<" in older
    assert "step: 70<" not in older
    assert browser.get(reverse("activity") + "?before=nonsense").status_code == 200


def test_the_installation_itself_is_read_by_whoever_operates_it(cast, browse, django_assert_num_queries):
    with transaction.atomic():
        for each in range(60):
            record(
                by=System("The command x"), verb="register.imported", subject=cast.sam.organisation, change={"n": each}
            )
    done(cast.sam)
    browser = browse(cast.sam)
    browser.get(reverse("operations_activity"))
    with django_assert_num_queries(4):  # session, person, memberships, one page of events
        page = browser.get(reverse("operations_activity")).content.decode()
    assert "n: 59<" in page
    assert "The command x" in page
    assert "n: 9<" not in page
    assert "Started a review" not in page
    assert "n: 9<" in browser.get(reverse("operations_activity") + "?before=11").content.decode()
    assert browse(cast.amara).get(reverse("operations_activity")).status_code == 403
    assert reverse("operations_activity") in browser.get(reverse("operations_jobs")).content.decode()


def test_the_installation_itself_with_nothing_done(cast, browse):
    assert "Nothing yet" in browse(cast.sam).get(reverse("operations_activity")).content.decode()


def test_an_event_outlives_what_it_speaks_of(cast, browse):
    """The record is gone, with the person who did it; what was done is read as on the day."""
    gone = Organisation.objects.create(name="Fern Lodge", kind="group")
    leaver = person("Niamh Byrne", cast.amara.organisation, Role.MANAGER)
    with transaction.atomic():
        change = {"name": ["Fern House", "Fern Lodge"]}
        record(by=leaver.acting, verb="organisation.changed", subject=gone, change=change)
    key = gone.pk
    gone.delete()
    leaver.membership.delete()
    leaver.user.delete()
    event = AuditEvent.objects.get(record_id=str(key))
    page = browse(cast.amara).get(reverse("activity")).content.decode()
    assert "Niamh Byrne" in page
    assert in_words("organisation.changed") in page
    assert "Fern House → Fern Lodge" in page
    assert first_broken_link(event.chain) is None


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_all_of_the_installation_to_take_away(cast, browse, kind):
    with transaction.atomic():
        record(by=System("The command x"), verb="register.imported", subject=cast.sam.organisation)
    answer = browse(cast.sam).get(reverse("export_operations_activity", args=[kind]))
    assert "activity-trellis" in answer["Content-Disposition"]
    assert answer.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_all_of_it_to_take_away(cast, browse, kind):
    done(cast.amara, 3)
    answer = browse(cast.amara).get(reverse("export_activity", args=[kind]))
    assert "activity-bramble-lane-nursery" in answer["Content-Disposition"]
    assert answer.getvalue()


def test_an_unknown_kind_of_file_is_not_there(cast, browse):
    assert browse(cast.amara).get(reverse("export_activity", args=["exe"])).status_code == 404


@pytest.mark.parametrize(
    ("verb", "words"),
    [("rating.changed", "Rated a statement"), ("mail_preference.changed", "Mail preference: changed")],
)
def test_every_verb_has_words(verb, words):
    assert in_words(verb) == words


def test_details_are_short():
    assert (
        details({"status": ["draft", "agreed"], "long": "x" * 200, "fields": ["what"]})
        == "status: draft → agreed; long; what changed: what"
    )
