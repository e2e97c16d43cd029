"""The list of early years qualifications: imported as published, looked up by anybody."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.qualifying import HEADINGS, LIST, list_imported
from trellis.core.models import AuditEvent
from trellis.qualifications.listing import NotAList
from trellis.qualifications.models import ListedQualification

pytestmark = pytest.mark.django_db
PUBLIC = Path(os.environ.get("TRELLIS_PUBLIC_DATA", "nowhere")) / "qualifications"


@pytest.fixture
def small(tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def found(client, **asked):
    page = BeautifulSoup(client.get(reverse("listed_qualifications"), asked).content, "html.parser")
    return [each.get_text(strip=True) for each in page.select("#listed tbody th .govuk-hint")]


def test_it_is_read_as_it_is_published(db):
    list_imported()
    first, second, third = ListedQualification.objects.order_by("ref")
    assert (first.level, first.from_date, first.to_date, first.notes) == (3, None, date(2014, 8, 31), "")
    assert (first.ratio_requirements, first.number) == ("abc:def", "")
    assert (second.from_date, second.to_date, second.number) == (date(2019, 9, 1), None, "603/0001/2")
    assert second.notes == "Counts where practice was assessed. Ask for the transcript."
    assert (third.from_date, third.to_date, third.notes) == (date(2014, 9, 1), date(2024, 8, 31), "")


def test_the_command_says_what_became_of_it_and_twice_changes_nothing(small, capsys):
    call_command("import_qualifications", small)
    assert capsys.readouterr().out.splitlines() == ["Added: 3", "Changed: 0", "Unchanged: 0", "Rejected: 0"]
    kept = list(ListedQualification.objects.order_by("ref").values())
    call_command("import_qualifications", small)
    assert capsys.readouterr().out.splitlines() == ["Added: 0", "Changed: 0", "Unchanged: 3", "Rejected: 0"]
    assert list(ListedQualification.objects.order_by("ref").values()) == kept
    event = AuditEvent.objects.filter(verb="qualifications.list_imported").latest("at")
    assert (event.actor_name, event.change["unchanged"]) == ("The command import_qualifications", 3)


def test_a_dry_run_says_the_same_and_changes_nothing(small, capsys):
    call_command("import_qualifications", small, "--dry-run")
    assert "Added: 3" in capsys.readouterr().out
    assert not ListedQualification.objects.exists()
    assert not AuditEvent.objects.filter(verb="qualifications.list_imported").exists()


def test_a_change_is_told_from_what_stays(small, capsys):
    call_command("import_qualifications", small)
    small.write_text(LIST.replace("EYQ-901,3", "EYQ-901,4"), encoding="utf-8")
    capsys.readouterr()
    call_command("import_qualifications", small)
    assert capsys.readouterr().out.splitlines()[:3] == ["Added: 0", "Changed: 1", "Unchanged: 2"]
    assert ListedQualification.objects.get(ref="EYQ-901").level == 4


ROWS = {
    "EYQ-1,three,,,Name,,,,,": "Line 2 (EYQ-1): The level “three” is not a number from 1 to 8",
    "EYQ-1,9,,,Name,,,,,": "Line 2 (EYQ-1): The level “9” is not a number from 1 to 8",
    ",3,,,Name,,,,,": "Line 2: There is no reference such as EYQ-001",
    "EYQ 1,3,,,Name,,,,,": "Line 2: The reference “EYQ 1” is not one such as EYQ-001",
    "EYQ-1,3,,,null,,,,,": "Line 2 (EYQ-1): There is no name",
    "EYQ-1,3,soon,,Name,,,,,": "Line 2 (EYQ-1): “soon” is not a date such as Aug-14",
    "EYQ-1,3,Sep-14,Aug-14,Name,,,,,": "Line 2 (EYQ-1): It ends before it begins",
    "EYQ-1,3,Sep-14": "Line 2 (EYQ-1): This row has 3 columns where the headings have 10",
    f"EYQ-1,3,,,{'long ' * 80},,,,,": "Line 2 (EYQ-1): The name is longer than 300 characters",
    "EYQ-1,3,,,Na\0me,,,,,": "Line 2: This line holds characters that are not text",
}


@pytest.mark.parametrize(("row", "sentence"), ROWS.items())
def test_a_row_that_cannot_be_taken_says_its_line_and_why(tmp_path, capsys, row, sentence):
    file = tmp_path / "list.csv"
    file.write_text(f"{HEADINGS}\n{row}\nEYQ-2,3,,,Good,,,,,\n", encoding="utf-8")
    call_command("import_qualifications", file)
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Added: 1"
    assert said[3:] == ["Rejected: 1", sentence]


def test_a_row_that_stands_there_twice_is_taken_once(capsys):
    done = list_imported(f"{HEADINGS}\nEYQ-1,3,,,Good,,,,,\n\nEYQ-1,3,,,Other,,,,,\n")
    assert (done.added, done.rejected[0].line) == (1, 4)
    assert done.rejected[0].reason == "EYQ-1 stands in the file already, on line 2"
    assert ListedQualification.objects.get().name == "Good"


def test_a_quotation_mark_that_is_never_closed_swallows_one_row_only():
    rows = "".join(f"EYQ-{number},3,,,Name {number},,,,,\n" for number in range(10, 80))
    done = list_imported(f'{HEADINGS}\nEYQ-1,3,,,"Open,,,,,\n{rows}')
    assert done.added == 70
    assert (done.rejected[0].line, "never closed" in done.rejected[0].reason) == (2, True)


def test_headings_may_stand_lower_and_in_another_order(db):
    text = "Early years qualifications list\n\nLevel,Qualification Name,Qualification ref,Qualification Number\n3,Diploma,EYQ-7,600/1\n"
    assert list_imported(text).added == 1
    assert ListedQualification.objects.get().number == "600/1"


def test_what_is_not_the_list_ends_with_a_sentence(tmp_path):
    file = tmp_path / "menu.csv"
    file.write_text("Day,Lunch\nMonday,Soup\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"no headings “Qualification Ref”.*begins with: “Day”, “Lunch”"):
        call_command("import_qualifications", file)
    with pytest.raises(CommandError, match=r"nowhere\.csv cannot be read"):
        call_command("import_qualifications", tmp_path / "nowhere.csv")
    with pytest.raises(NotAList, match="Excel workbook"):
        list_imported(b"PK\x03\x04rest")
    with pytest.raises(NotAList, match="It is empty"):
        list_imported("")


def test_anybody_looks_a_certificate_up(client, django_assert_num_queries):
    list_imported()
    assert found(client, q="invented diploma") == ["EYQ-902", "EYQ-901"]
    assert found(client, q="603/0001/2") == ["EYQ-902"]
    assert found(client, q="eyq-903") == ["EYQ-903"]
    assert found(client, level="3") == ["EYQ-901"]
    assert found(client, year="2012") == ["EYQ-901"]
    assert found(client, year="2014") == ["EYQ-901", "EYQ-903"]
    assert found(client, year="2025") == ["EYQ-902"]
    assert found(client, q="nted") == []  # words are found by their beginnings
    said = client.get(reverse("listed_qualifications"), {"q": "no such thing"}).content.decode()
    assert "Nothing in the list has all of that" in said
    assert "Enter the year in figures" in client.get(reverse("listed_qualifications"), {"year": "19"}).content.decode()
    with django_assert_num_queries(1):
        client.get(reverse("listed_qualifications"))


def test_an_empty_list_says_who_imports_it(client, db):
    assert "import_qualifications" in client.get(reverse("listed_qualifications")).content.decode()


def test_the_real_list_goes_in_and_changes_nothing_the_second_time(small):
    """As really published, where TRELLIS_PUBLIC_DATA names a folder with it; else our own small one."""
    for file in sorted(PUBLIC.glob("*.csv")) or [small]:
        first = list_imported(file.read_bytes())
        assert (first.rejected, first.changed) == ([], 0)
        assert first.added == ListedQualification.objects.count() == (279 if "2024" in file.name else 3)
        assert list_imported(file.read_bytes()).unchanged == first.added
