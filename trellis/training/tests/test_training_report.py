"""What a programme tells its funder, and what becomes of training when an account is deleted."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from io import BytesIO
from itertools import product

import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.training import cohort_of, place_in, programme_of
from trellis.accounts.acting import Themselves
from trellis.accounts.actions.leaving import delete_account
from trellis.core.rules.small_numbers import FEWEST
from trellis.training import actions
from trellis.training.models import ClosedDay, Cohort, Feed, Place, TrainerAssignment
from trellis.training.reports import HEADINGS, report_document
from trellis.training.rules.report import COUNTED, NOT_TOLD, Counted, told_by_authority, told_of_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(cast):
    cohort = cohort_of(cast.mei)
    today = timezone.localdate()
    for number in range(7):
        place = place_in(cohort, f"Learner {number}", by=cast.mei)
        actions.mark_milestone(place=place, kind="started", on=today - timedelta(days=9), by=cast.mei.acting)
        if number < 5:
            actions.mark_milestone(place=place, kind="completed", on=today, by=cast.mei.acting)
        if number == 5:
            actions.withdraw_place(place=place, reason="staffing", on=today, by=cast.mei.acting)
        if number == 6:
            milestone = actions.mark_milestone(place=place, kind="retained_1", on=today, by=cast.mei.acting)
            actions.void_milestone(milestone=milestone, because="Somebody else", by=cast.mei.acting)
    return programme_of(cast.mei)


def test_the_centre_sees_every_figure(cast, browse, programme):
    page = BeautifulSoup(browse(cast.mei).get(reverse("programme_report", args=[programme.pk])).content, "html5lib")
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in page.select("#report tbody tr")]
    assert rows == [["7", "7", "0", "0", "5", "1"]] * 2
    assert "Staffing or ratio" in page.get_text()


def test_cohorts_come_page_by_page_and_the_sum_is_of_all(cast, browse, programme):
    first = cohort_of(cast.mei)
    same = {each.attname: getattr(first, each.attname) for each in first._meta.concrete_fields if not each.primary_key}
    begins = first.starts_on
    Cohort.objects.bulk_create(
        Cohort(**same | {"title": "The same name", "starts_on": begins + timedelta(days=number)})
        for number in range(1, 16)
    )
    address = reverse("programme_report", args=[programme.pk])
    page = BeautifulSoup(browse(cast.mei).get(f"{address}?page=2").content, "html5lib")
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.select("#report tbody tr")]
    assert [row[0] for row in rows] == ["All cohorts", *["The same name"] * 5, first.title], (
        "the sum above, on each page"
    )
    assert rows[1][1:] == ["0"] * 6
    assert rows[0][1:] == rows[-1][1:] == ["7", "7", "0", "0", "5", "1"]
    listed = BeautifulSoup(browse(cast.mei).get(reverse("show_programme", args=[programme.pk])).content, "html5lib")
    assert len(listed.select("#cohorts-table tbody tr")) == 10, "a phone shows each as a card"


def test_the_rules_of_a_programme_are_folded_but_the_first(cast, browse, programme):
    page = browse(cast.mei).get(reverse("admission_rules", args=[programme.pk]))
    folded = BeautifulSoup(page.content, "html5lib").select("main details")
    assert [each.has_attr("open") for each in folded] == [True, *[False] * (len(folded) - 1)]
    assert len(folded) > 1
    assert all(each.select("table") for each in folded)


def test_every_learner_with_the_days_as_csv(cast, browse, programme):
    answer = browse(cast.mei).get(reverse("export_programme_report", args=[programme.pk, "csv"]))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 8
    assert f"{timezone.localdate():%Y-%m-%d}" in answer["Content-Disposition"]
    withdrawn = next(line for line in lines if "Learner 5" in line)
    assert "Staffing or ratio" in withdrawn
    voided = next(line for line in lines if "Learner 6" in line)
    assert f"{timezone.localdate()}" not in voided, "what is void is not reported"


def test_the_funder_is_told_no_small_number(cast, browse, programme):
    answer = browse(cast.mei).get(reverse("export_programme_report", args=[programme.pk, "pdf"]))
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(b"".join(answer))) as paper:
        assert len(paper.pages) == 1
    counted = [Counted("Ashmarch", 30, {"started": 26}), Counted("Harrowmere", 14, {"started": 12})]
    _pairs, table, words, _counting, by_authority = report_document(programme, counted, timezone.localdate()).blocks
    assert [row[:2] for row in table.rows] == [
        ["Places given", "44"],
        ["Started", "38"],
        *[[HEADINGS[kind], NOT_TOLD] for kind in COUNTED[1:]],
    ]
    assert f"“{NOT_TOLD}” is a figure that is not told" in words.text
    assert by_authority.rows == [["Ashmarch", "26"], ["Harrowmere", "12"]]


MOST = 17


def states():
    """Places, and how many of them started, completed and withdrew: all that can be."""
    for places, started in product(range(MOST), repeat=2):
        for completed, withdrew in product(range(started + 1), range(places + 1)):
            if started <= places and completed + withdrew <= places:
                yield places, started, completed, withdrew


def groups_of(state):
    """The groups of people that somebody may look for in these figures."""
    places, started, completed, withdrew = state
    yield from (*state, places - started, started - completed, places - withdrew, places - completed - withdrew)


def test_whoever_knows_the_rule_finds_no_group_of_few():
    """Of all that can be, those with the same table: no group is few in all of them, and none has less than five sizes."""
    same = defaultdict(list)
    for state in states():
        places, *reached = state
        told = told_of_all(
            Counted("All", places, dict(zip(("started", "completed", "withdrawn"), reached, strict=True)))
        )
        same[tuple(told.values())].append(state)
    small = {said: found for said, found in same.items() if max(map(number, said), default=0) < MOST - FEWEST}
    assert len(small) > 20
    for said, found in small.items():
        for sizes in zip(*map(groups_of, found), strict=True):
            assert min(sizes) >= FEWEST or len(set(sizes)) >= FEWEST, (said, found)


def number(words):
    return 0 if words == NOT_TOLD else int(words)


@given(started=st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_of_authorities_all_or_none_say_who_started(started):
    told = told_by_authority(
        [Counted(f"Authority {place}", each, {"started": each}) for place, each in enumerate(started)]
    )
    few = any(0 < each < FEWEST for each in started)
    assert [int(words) for _name, words in told] == ([] if few else [each for each in started if each])


def test_a_deleted_account_teaches_no_more_and_the_place_stays(cast, client):
    cohort = cohort_of(cast.mei)
    actions.feed_of_place(place_in(cohort, "Priya Nair", by=cast.mei))
    others = actions.feed_of_place(place_in(cohort, "Niamh Byrne", by=cast.mei))
    actions.assign_trainer(cohort=cohort, user=cast.kofi.user, by=cast.mei.acting)
    actions.make_own_feed(person=cast.priya.user)
    for person in (cast.priya, cast.kofi):
        delete_account(by=Themselves(person.user))
    assert set(Feed.objects.values_list("place", flat=True)) == {others.place_id}, "neither of Priya’s place, nor hers"
    assert not TrainerAssignment.objects.live().filter(user=cast.kofi.user).exists()
    priya = Place.objects.exclude(pk=others.place_id).get()
    assert (priya.name, priya.user) == ("Priya Nair", None), "the centre answers for the award"


BANK_HOLIDAYS = '{"england-and-wales": {"events": [{"title": "A day", "date": "2030-05-06"}]}}'
SCHOOL_HOLIDAYS = "authority,from,to,name\nFenwickshire,2030-10-28,2030-11-01,Half term\n"


def test_closed_days_are_brought_up_to_date(cast, tmp_path, capsys):
    call_command("update_closed_days")
    call_command("update_closed_days")
    assert capsys.readouterr().out == "32 days added or changed.\nThe closed days are up to date.\n"
    assert ClosedDay.objects.filter(on="2027-12-27", authority=None).exists()
    file = tmp_path / "days"
    for content, said in (
        (BANK_HOLIDAYS, "1 days"),
        (BANK_HOLIDAYS.replace("A day", "Another"), "1 days"),
        (SCHOOL_HOLIDAYS, "5 days"),
    ):
        file.write_text(content)
        call_command("update_closed_days", str(file))
        assert said in capsys.readouterr().out
    assert ClosedDay.objects.of(cast.daniel.organisation.authority_id).count() == 38
    assert ClosedDay.objects.of(cast.idris.organisation.authority_id).count() == 33


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"scotland": {}}', "no days under"),
        ("a,b\n1,2\n", "Missing: authority, from, to, name"),
        (SCHOOL_HOLIDAYS.replace("2030-10-28", "28/10/2030"), "Line 2: write days as"),
        (SCHOOL_HOLIDAYS.replace("2030-11-01", "2031-11-01"), "three months at most"),
        (SCHOOL_HOLIDAYS.replace("Fenwickshire", ""), "whose school holiday"),
        (SCHOOL_HOLIDAYS.replace("Fenwickshire", "Nowhere"), "no authority “Nowhere”"),
    ],
)
def test_a_file_that_is_no_list_of_closed_days_is_refused(cast, tmp_path, content, sentence):
    file = tmp_path / "days"
    file.write_text(content)
    with pytest.raises(CommandError, match=sentence):
        call_command("update_closed_days", str(file))
    assert not ClosedDay.objects.exists()
