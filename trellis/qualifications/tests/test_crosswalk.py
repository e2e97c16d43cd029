"""Two sets of criteria side by side: what asks for the same is linked, by one organisation for itself."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from tests.qualifying import criteria_of, shipped_criteria
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.qualifications.actions.crosswalk import link_criteria, unlink_criteria
from trellis.qualifications.models import Criterion, CrosswalkLink

pytestmark = pytest.mark.django_db
SECRET = "Say what a SENCO does"


def main(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").select_one("main").get_text(" ").split())


def two_sets(owner):
    return criteria_of(owner), shipped_criteria()


def test_two_criteria_are_linked_and_the_link_is_taken_away(browse, cast):
    own, public = two_sets(cast.daniel)
    browser, page = browse(cast.daniel), reverse("crosswalk", args=[own.pk, public.pk])
    mine, theirs = Criterion.objects.of_set(own).first(), Criterion.objects.of_set(public).first()
    assert main(browser.get(page)).count("Nothing yet") == 4
    answer = browser.post(page, {"one": mine.pk, "other": theirs.pk}, follow=True)
    said = main(answer)
    assert "They are linked." in said
    assert said.count("Nothing yet") == 3
    assert "1 1a Say what special educational needs are." in said
    link = CrosswalkLink.objects.get()
    assert (link.organisation, link.added_by) == (cast.daniel.organisation, cast.daniel.user)
    assert AuditEvent.objects.get(verb="criteria.linked").change == {"one": "1 1.1", "other": "1 1a"}
    assert "These two are linked already" in main(browser.post(page, {"one": mine.pk, "other": theirs.pk}))
    other_way = main(browser.get(reverse("crosswalk", args=[public.pk, own.pk])))
    assert "1 1.1 Say what a SENCO does Take away" in other_way

    browser.post(reverse("unlink_criteria", args=[own.pk, public.pk, link.pk]))
    link.refresh_from_db()
    assert link.removed_by == cast.daniel.user
    assert AuditEvent.objects.filter(verb="criteria.unlinked").count() == 1
    assert main(browser.get(page)).count("Nothing yet") == 4
    assert "in the meantime" in main(
        browser.post(reverse("unlink_criteria", args=[own.pk, public.pk, link.pk]), follow=True)
    )
    link_criteria(one=mine, other=theirs, by=cast.daniel.acting)  # and may be said again
    assert CrosswalkLink.objects.live().count() == 1


def test_a_link_is_between_two_sets_and_belongs_to_whoever_made_it(browse, cast):
    own, public = two_sets(cast.daniel)
    one, two = Criterion.objects.of_set(own)[:2]
    with pytest.raises(Refused, match="a criterion of each set"):
        link_criteria(one=one, other=two, by=cast.daniel.acting)
    link = link_criteria(one=one, other=Criterion.objects.of_set(public).first(), by=cast.daniel.acting)
    assert browse(cast.idris).post(reverse("unlink_criteria", args=[public.pk, public.pk, link.pk])).status_code == 404
    assert CrosswalkLink.objects.visible_to(cast.idris.acting).count() == 0
    assert browse(cast.ruth).get(reverse("crosswalk", args=[own.pk, public.pk])).status_code == 403
    assert browse(cast.daniel).get(reverse("crosswalk", args=[own.pk, own.pk])).status_code == 404
    unlink_criteria(link=link, by=cast.daniel.acting)
    with pytest.raises(Refused, match="in the meantime"):
        unlink_criteria(link=link, by=cast.daniel.acting)


def test_two_sets_are_chosen_to_be_looked_at(browse, cast):
    own, public = two_sets(cast.daniel)
    browser, page = browse(cast.daniel), reverse("criteria_sets")
    answer = browser.get(page, {"one": own.pk, "other": public.pk})
    assert answer.url == reverse("crosswalk", args=[own.pk, public.pk])
    assert "Choose two different sets" in main(browser.get(page, {"one": own.pk, "other": own.pk}))


def test_the_export_of_a_crosswalk_is_the_rows_of_the_page(browse, cast):
    own, public = two_sets(cast.daniel)
    link_criteria(
        one=Criterion.objects.of_set(own)[0], other=Criterion.objects.of_set(public)[0], by=cast.daniel.acting
    )
    answer = browse(cast.daniel).get(reverse("export_crosswalk", args=[own.pk, public.pk, "csv"]))
    rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[1] == ["1 1.1", SECRET, "1 1a", "Say what special educational needs are."]
    assert rows[2] == ["1 1.2", "Say whom a SENCO works with", "", ""]
    assert len(rows) == 1 + 4 + 12
    assert str(timezone.localdate()) in answer["Content-Disposition"]
    whole = browse(cast.daniel).get(reverse("export_crosswalk", args=[own.pk, public.pk, "xlsx"]))
    assert whole.getvalue().startswith(b"PK")
    assert browse(cast.daniel).get(reverse("export_crosswalk", args=[own.pk, public.pk, "pdf"])).status_code == 404


def test_the_page_costs_the_same_however_many_links_there_are(browse, cast, django_assert_num_queries):
    own, public = two_sets(cast.daniel)
    browser, page = browse(cast.daniel), reverse("crosswalk", args=[own.pk, public.pk])
    browser.get(page)
    with django_assert_num_queries(8):  # session, person, as whom they act; two sets, their criteria, the links
        browser.get(page)
    for one, other in zip(Criterion.objects.of_set(own), Criterion.objects.of_set(public), strict=False):
        link_criteria(one=one, other=other, by=cast.daniel.acting)
    with django_assert_num_queries(8):
        browser.get(page)
