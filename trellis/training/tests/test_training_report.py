"""What a programme tells its funder, and what becomes of training when an account is deleted."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from itertools import combinations

import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training import cohort_of, place_in, programme_of
from trellis.accounts.acting import Themselves
from trellis.accounts.actions.leaving import delete_account
from trellis.core.rules.small_numbers import FEWEST
from trellis.training import actions
from trellis.training.models import ClosedDay, Cohort, Feed, Place, TrainerAssignment
from trellis.training.reports import report_document
from trellis.training.rules.report import COUNTED, NOT_TOLD, Counted, told_outside

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
    _pairs, words, table, *_ = report_document(programme, counted, timezone.localdate()).blocks
    assert [row[:3] for row in table.rows] == [
        ["All", "44", "38"],
        ["Ashmarch", NOT_TOLD, "26"],
        ["Harrowmere", NOT_TOLD, "12"],
    ]
    assert f"“{NOT_TOLD}” is a figure that is not told" in words.text


STAGES = ("places", "started", "retained_1", "retained_2", "completed")
LARGER = [
    *combinations(STAGES[:4], 2),
    ("places", "completed"),
    ("started", "completed"),
    ("places", "withdrawn"),
]
"""Who is in the second is in the first: taken from each other, the figures say how many are not."""


def of_people(groups):
    """One authority, from how many there are of each kind of person: not started, started, retained, and their ends."""
    waiting, turned, *ends = groups
    started = [ends[at : at + 3] for at in (0, 3, 6)]  # each: going on, completed, withdrawn
    stayed = [sum(map(sum, started[at:])) for at in range(3)]
    completed, withdrew = (sum(each[at] for each in started) for at in (1, 2))
    return [waiting + turned + stayed[0], *stayed, completed, turned + withdrew]


AUTHORITIES = st.lists(
    st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 17]), min_size=11, max_size=11).map(of_people),
    min_size=1,
    max_size=5,
)


def number(words):
    return int(words.replace(",", "")) if words.replace(",", "").isdigit() else None


def known_of(some, column):
    """What a reader works out for some authorities together: from their rows, from the others’, or from the total."""
    *each, of_all = column
    if all(each[one] is not None for one in some):
        return sum(each[one] for one in some)
    others = [one for one in range(len(each)) if one not in some]
    if of_all is not None and all(each[one] is not None for one in others):
        return of_all - sum(each[one] for one in others)
    hidden = {one for one, figure in enumerate(each) if figure is None}
    if of_all is not None and hidden <= some:
        rest = of_all - sum(figure for figure in each if figure is not None)
        return rest + sum(each[one] for one in some - hidden)
    return None


@settings(max_examples=300)
@given(authorities=AUTHORITIES)
def test_nothing_that_leaves_can_be_taken_from_each_other_to_a_group_of_few(authorities):
    counted = [
        Counted(f"Authority {place}", places, dict(zip(COUNTED, said, strict=True)))
        for place, (places, *said) in enumerate(authorities)
    ]
    rows = told_outside(counted)
    columns = dict(
        zip(
            ("places", *COUNTED), zip(*([number(words) for words in row[1:]] for row in rows), strict=True), strict=True
        )
    )
    everybody = range(len(counted))
    for size in range(1, len(counted) + 1):
        for some in map(set, combinations(everybody, size)):
            known = {kind: known_of(some, column) for kind, column in columns.items()}
            told = {kind: figure for kind, figure in known.items() if figure is not None}
            assert all(figure >= FEWEST for figure in told.values()), (some, told, rows)
            for larger, smaller in LARGER:
                if larger in told and smaller in told:
                    assert told[larger] - told[smaller] >= FEWEST, (some, larger, smaller, rows)
            if {"places", "completed", "withdrawn"} <= told.keys():
                assert told["places"] - told["completed"] - told["withdrawn"] >= FEWEST, (some, rows)
    for row in rows:  # any two figures side by side, whoever a reader thinks is in both
        told = dict(zip(("places", *COUNTED), map(number, row[1:]), strict=True))
        for one, other in combinations(told, 2):
            if None not in (told[one], told[other]) and (one, other) != ("completed", "withdrawn"):
                assert abs(told[one] - told[other]) >= FEWEST, (one, other, row)


def test_a_funder_with_many_authorities_is_told_who_started_in_each():
    """One authority with few who did not finish hides itself and one more, not everybody."""
    counted = [
        Counted(f"Authority {letter}", 30 + place, {"started": 20 + place, "completed": 10 + place, "withdrawn": 1})
        for place, letter in enumerate("ABCDEFGH")
    ]
    counted.append(Counted("Harrowmere", 14, {"started": 12, "completed": 11, "withdrawn": 1}))
    counted.append(Counted("Penwithy", 2, {"started": 2}))
    rows = told_outside(counted)
    started, completed, withdrew = ([row[place] for row in rows] for place in (2, 5, 6))
    assert [place for place, words in enumerate(started) if words == NOT_TOLD] == [8, 9]
    assert [place for place, words in enumerate(completed) if words == NOT_TOLD] == [0, 8, 9]
    assert withdrew == [*[NOT_TOLD] * 10, "9"]
    assert rows[-1][1:3] == ["284", "202"]


def test_who_knows_the_rule_does_not_work_out_two_groups_of_four():
    """Each of the two lacks one to four, eight together: four each, were not one more authority with them."""
    counted = [
        Counted(name, started, {"started": started, "completed": completed})
        for name, started, completed in (("Ashmarch", 12, 8), ("Harrowmere", 12, 8), ("Penwithy", 20, 10), ("Z", 30, 9))
    ]
    assert [row[5] for row in told_outside(counted)] == [NOT_TOLD, NOT_TOLD, NOT_TOLD, "9", "35"]


def test_all_of_an_authority_is_told_and_few_are_not():
    whole = Counted("Fenwickshire", 13, {"started": 13, "completed": 3, "withdrawn": 0})
    assert told_outside([whole]) == [
        ["Fenwickshire", NOT_TOLD, "13", *[NOT_TOLD] * 4],
        ["All", NOT_TOLD, "13", *["fewer than 5"] * 4],
    ]


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
