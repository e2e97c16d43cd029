"""What a programme tells its funder, and what becomes of training when an account is deleted."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from itertools import pairwise

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
from trellis.training.rules.report import COUNTED, Counted, told_outside

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
        for number in range(1, 31)
    )
    address = reverse("programme_report", args=[programme.pk])
    page = BeautifulSoup(browse(cast.mei).get(f"{address}?page=2").content, "html5lib")
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.select("#report tbody tr")]
    assert [row[0] for row in rows] == ["The same name"] * 5 + [first.title, "All cohorts"]
    assert rows[0][1:] == ["0"] * 6
    assert rows[-2][1:] == rows[-1][1:] == ["7", "7", "0", "0", "5", "1"]


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


def going_on(draw_from):
    """One authority: of so many places so many started, of these so many stayed, and others withdrew."""
    places, lost = draw_from
    falling, left = [], places
    for number in lost[:4]:
        left = max(0, left - number)
        falling.append(left)
    return places, [*falling, min(lost[4], places - falling[-1])]


AUTHORITIES = st.lists(
    st.tuples(st.integers(0, 60), st.lists(st.integers(0, 12), min_size=5, max_size=5)).map(going_on),
    min_size=1,
    max_size=5,
)


def number(words):
    return int(words.replace(",", "")) if words.replace(",", "").isdigit() else None


@given(authorities=AUTHORITIES)
def test_what_leaves_tells_of_no_group_of_few(authorities):
    counted = [
        Counted(f"Authority {place}", places, dict(zip(COUNTED, said, strict=True)))
        for place, (places, said) in enumerate(authorities)
    ]
    rows = [[number(words) for words in row[1:]] for row in told_outside(counted)]
    for places, *figures in rows:
        told = [figure for figure in figures if figure is not None]
        assert all(figure >= FEWEST for figure in told)
        if not told:
            continue
        assert places is not None
        falling = [places, *(figure for figure in figures[:4] if figure is not None)]
        assert all(one - other >= FEWEST for one, other in pairwise(falling))
        withdrew = figures[4]
        if withdrew is not None:
            assert places - withdrew - (falling[-1] if len(falling) > 1 else 0) >= FEWEST
    for column in zip(*rows[:-1], strict=True):
        assert len({figure is None for figure in column}) == 1, "one left out could be worked out"


def test_a_deleted_account_teaches_no_more_and_the_place_stays(cast, client):
    cohort = cohort_of(cast.mei)
    place_in(cohort, "Priya Nair", by=cast.mei)
    actions.assign_trainer(cohort=cohort, user=cast.kofi.user, by=cast.mei.acting)
    actions.make_own_feed(person=cast.priya.user)
    for person in (cast.priya, cast.kofi):
        delete_account(by=Themselves(person.user))
    assert not Feed.objects.filter(user=cast.priya.user).exists()
    assert not TrainerAssignment.objects.live().filter(user=cast.kofi.user).exists()
    assert Place.objects.get().name == "Priya Nair", "the centre answers for the award"
    assert Place.objects.get().user is None


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
