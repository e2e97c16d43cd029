"""An awarding organisation’s criteria: an empty file, loaded after a look at every row, for oneself alone."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests.qualifying import criteria_of, shipped_criteria
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.qualifications.actions.criteria_import import take_file
from trellis.qualifications.criteria_file import template
from trellis.qualifications.models import CriteriaImport, CriteriaSet, Criterion
from trellis.qualifications.rules.criteria import COLUMNS

pytestmark = pytest.mark.django_db
HEADINGS = ",".join(COLUMNS.values())
GOOD = f"""{HEADINGS}
1,The role,1,Know the role,1.1,Say what a SENCO does
,,,,1.2,Say whom a SENCO works with
,,2,Know the law,2.1,Set out a duty
2,Support,1,Plan support,1.1,Write a plan
"""
BAD = f"{GOOD}2,Support,1,Plan support,1.1,Write it again\n2,Support,1,Plan support,,No code\n"
SECRET = "Say what a SENCO does"


def main(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").select_one("main").get_text(" ").split())


def send(browser, text=GOOD, *, name="ours.csv", if_rejected="good-ones", **said):
    content = text if isinstance(text, bytes) else text.encode()
    told = {
        "title": "Level 3 Award, our copy",
        "edition": "Version 2",
        "publisher": "Invented Awards",
        "qualification": "",
    }
    told |= {"upload": SimpleUploadedFile(name, content), "if_rejected": if_rejected} | said
    return browser.post(reverse("import_criteria"), told)


def read(browser, text=GOOD, **more):
    """A file, read: what it says waits to be taken."""
    assert send(browser, text, **more).status_code == 302
    return CriteriaImport.objects.latest("read_at")


def test_the_empty_file_has_headings_and_none_of_anybodys_words(browse, cast):
    assert list(template().rows) == []
    answer = browse(cast.daniel).get(reverse("criteria_template", args=["csv"]))
    assert list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig")))) == [list(COLUMNS.values())]
    workbook = openpyxl.load_workbook(
        BytesIO(browse(cast.daniel).get(reverse("criteria_template", args=["xlsx"])).getvalue())
    )
    assert list(COLUMNS.values()) in [[cell.value for cell in row] for row in workbook.active.iter_rows()]
    assert browse(cast.daniel).get(reverse("criteria_template", args=["pdf"])).status_code == 404


def test_a_file_is_seen_first_and_then_taken(browse, cast):
    browser = browse(cast.daniel)
    wanted = read(browser)
    said = main(browser.get(wanted.get_absolute_url()))
    assert "New 4 Changed 0 The same 0 Left out 0" in said
    assert SECRET in said
    assert not CriteriaSet.objects.exists()
    answer = browser.post(wanted.get_absolute_url(), follow=True)
    assert "The criteria are loaded." in main(answer)
    own = CriteriaSet.objects.get()
    assert (own.owner, own.title, own.publisher) == (
        cast.daniel.organisation,
        "Level 3 Award, our copy",
        "Invented Awards",
    )
    assert [(each.full_code, each.outcome.code, each.text) for each in Criterion.objects.of_set(own)] == [
        ("1 1.1", "1", "Say what a SENCO does"),
        ("1 1.2", "1", "Say whom a SENCO works with"),
        ("1 2.1", "2", "Set out a duty"),
        ("2 1.1", "1", "Write a plan"),
    ]
    wanted.refresh_from_db()
    assert (wanted.rows, wanted.into, wanted.taken_by) == ([], own, cast.daniel.user)
    assert "This file was taken on" in main(browser.get(wanted.get_absolute_url()))
    verbs = AuditEvent.objects.filter(chain=str(cast.daniel.organisation.pk)).values_list("verb", flat=True)
    assert {"criteria.read", "criteria.loaded"} <= set(verbs)
    assert SECRET not in str(list(AuditEvent.objects.values_list("change", flat=True)))


def test_the_filled_excel_file_goes_in_as_well(browse, cast):
    browser = browse(cast.daniel)
    workbook = openpyxl.load_workbook(BytesIO(browser.get(reverse("criteria_template", args=["xlsx"])).getvalue()))
    sheet = workbook.active
    for row in ((1, "The role", 1, "Know the role", 1.1, SECRET), (None, None, None, None, "1.2", "Another")):
        sheet.append(row)
    out = BytesIO()
    workbook.save(out)
    wanted = read(browser, out.getvalue(), name="ours.xlsx")
    assert [(row["unit"], row["code"], row["text"]) for row in wanted.rows] == [
        ("1", "1.1", SECRET),
        ("1", "1.2", "Another"),
    ]
    assert wanted.rejected == []


def test_the_same_twice_changes_nothing(browse, cast):
    browser = browse(cast.daniel)
    browser.post(read(browser).get_absolute_url())
    before = list(Criterion.objects.order_by("pk").values())
    again = read(browser)
    assert "New 0 Changed 0 The same 4 Left out 0" in main(browser.get(again.get_absolute_url()))
    assert "Nothing changed" in main(browser.post(again.get_absolute_url(), follow=True))
    assert list(Criterion.objects.order_by("pk").values()) == before
    assert AuditEvent.objects.filter(verb="criteria.loaded").count() == 1


def test_a_set_is_taken_away_as_a_file_that_changes_nothing_when_it_comes_back(browse, client, cast):
    browser = browse(cast.daniel)
    browser.post(read(browser).get_absolute_url())
    own = CriteriaSet.objects.get()
    for kind in ("csv", "xlsx"):
        answer = browser.get(reverse("export_criteria", args=[own.pk, kind]))
        again = read(browser, answer.getvalue(), name=f"ours.{kind}")
        said = main(browser.get(again.get_absolute_url()))
        assert "New 0 Changed 0 The same 4 Left out 0" in said
    assert browser.get(reverse("export_criteria", args=[own.pk, "pdf"])).status_code == 404
    assert client.get(reverse("export_criteria", args=[own.pk, "csv"])).status_code == 404
    public = client.get(reverse("export_criteria", args=[shipped_criteria().pk, "csv"]))
    assert b"Say what special educational needs are." in public.getvalue()


def test_a_change_is_shown_beside_what_was_there(browse, cast):
    browser = browse(cast.daniel)
    browser.post(read(browser).get_absolute_url())
    later = read(browser, GOOD.replace("Set out a duty", "Set out two duties"))
    said = main(browser.get(later.get_absolute_url()))
    assert "New 0 Changed 1 The same 3" in said
    assert "Set out two duties Set out a duty" in said
    browser.post(later.get_absolute_url())
    assert Criterion.objects.get(code="2.1").text == "Set out two duties"
    assert Criterion.objects.count() == 4


def test_rows_that_cannot_be_read_are_left_out_with_line_and_reason(browse, cast):
    browser = browse(cast.daniel)
    wanted = read(browser, BAD)
    said = main(browser.get(wanted.get_absolute_url()))
    assert "New 4 Changed 0 The same 0 Left out 2" in said
    assert "Line 6 1.1 stands in unit 2 already, on line 5" in said
    assert "Line 7 There is no criterion code" in said
    browser.post(wanted.get_absolute_url())
    assert Criterion.objects.count() == 4


def test_or_nothing_is_taken_when_that_was_chosen(browse, cast):
    browser = browse(cast.daniel)
    wanted = read(browser, BAD, if_rejected="none")
    page = browser.get(wanted.get_absolute_url())
    assert "You chose to take nothing unless every row can be read" in main(page)
    assert "Take it" not in main(page)
    assert "You chose to take nothing" in main(browser.post(wanted.get_absolute_url(), follow=True))
    assert not Criterion.objects.exists()


ROWS = {
    "1,The role,1,Know,1 1,Text": "The criterion code “1 1” is not one such as 1.1",
    "1,The role,1,Know,1.1,": "There is no criterion",
    "1,,1,Know,1.1,Text": "There is no unit title",
    ",The role,1,Know,1.1,Text": "There is no unit code",
    "1,The role,,Know,1.1,Text": "There is no outcome code",
    f"1,The role,1,Know,1.1,{'long ' * 500}": "The criterion is longer than 2,000 characters",
    f"1,{'long ' * 120},1,Know,1.1,Text": "The unit title is longer than 500 characters",
}


@pytest.mark.parametrize(("row", "reason"), ROWS.items())
def test_why_a_row_is_left_out(browse, cast, row, reason):
    wanted = read(browse(cast.daniel), f"{HEADINGS}\n{row}\n")
    assert wanted.rejected == [{"line": 2, "reason": reason}]
    assert "No row of this file can be read" in main(browse(cast.daniel).get(wanted.get_absolute_url()))


def test_a_unit_that_is_called_otherwise_further_down_is_noticed(browse, cast):
    wanted = read(browse(cast.daniel), f"{GOOD}1,Another name,1,Know the role,1.9,Text\n1,,1,Other,1.8,Text\n")
    assert [each["reason"] for each in wanted.rejected] == [
        "Unit 1 is called otherwise on line 2",
        "Outcome 1 is called otherwise on line 2",
    ]


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("Day,Lunch\nMonday,Soup\n", "menu.csv", "This file has no row with the headings “Unit code”"),
        ("", "nothing.csv", "The file is empty"),
        (b"PK\x03\x04not a workbook", "ours.xlsx", "The file cannot be read"),
    ],
)
def test_what_is_no_file_with_criteria_is_sent_back(browse, cast, text, name, sentence):
    assert sentence.lower() in main(send(browse(cast.daniel), text, name=name)).lower()
    assert not CriteriaImport.objects.exists()


def test_another_file_replaces_one_that_nobody_took(browse, cast):
    browser = browse(cast.daniel)
    first, second = read(browser), read(browser, BAD)
    first.refresh_from_db()
    assert (first.rows, first.emptied) == ([], True)
    assert "Another file was read after this one" in main(browser.get(first.get_absolute_url()))
    with pytest.raises(Refused, match="taken already"):
        take_file(wanted=first, by=cast.daniel.acting)
    assert len(second.rows) == 4


def test_nobody_but_the_organisation_that_loaded_it_sees_a_set(browse, client, cast):
    own = criteria_of(cast.daniel)
    page = reverse("criteria_set", args=[own.pk])
    seeing = {name: browse(person).get(page).status_code for name, person in cast.everyone().items()}
    assert {name for name, status in seeing.items() if status == 200} == {"daniel"}
    assert set(seeing.values()) == {200, 404}
    assert client.get(page).status_code == 404
    assert own.title not in main(browse(cast.idris).get(reverse("criteria_sets")))
    assert own.title in main(browse(cast.daniel).get(reverse("criteria_sets")))
    assert browse(cast.idris).get(reverse("crosswalk", args=[shipped_criteria().pk, own.pk])).status_code == 404


def test_files_and_other_sets_are_found_again(browse, client, cast):
    own, public = criteria_of(cast.daniel), shipped_criteria()
    browser = browse(cast.daniel)
    wanted = read(browser)
    page = browser.get(reverse("criteria_sets"))
    assert "Waits to be taken" in main(page)
    assert "Taken on" in main(page)
    assert wanted.get_absolute_url() in page.content.decode()
    assert reverse("crosswalk", args=[own.pk, public.pk]) in browser.get(own.get_absolute_url()).content.decode()
    assert "Look at it beside" not in main(client.get(public.get_absolute_url()))


FILES = [
    ("criteria_import_taken_says_who_when_and_into_what", {"taken_at": timezone.now()}),
    ("criteria_import_emptied_has_no_words", {"emptied": True}),
]


@pytest.mark.parametrize(("name", "said"), FILES)
def test_a_file_that_was_read_cannot(browse, cast, name, said):
    read(browse(cast.daniel))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CriteriaImport.objects.update(**said)
