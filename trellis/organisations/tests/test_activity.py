"""An organisation reads its own audit, and nobody else’s."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse

from trellis.core.audit import record
from trellis.organisations.rules.activity import details, in_words

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
        == "status: draft → agreed; long; fields"
    )
