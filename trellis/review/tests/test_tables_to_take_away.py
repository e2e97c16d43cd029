"""Ratings, plan and evidence as CSV and Excel: the rows of the screen, with everything they say."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.reviewing import rating, say, start
from trellis.core.dates import day
from trellis.review import actions
from trellis.review.actions.plan import Intention
from trellis.review.models import Action, Evidence, Rating

pytestmark = pytest.mark.django_db

# Half past midnight on 6 July in this country, still 5 July by Greenwich.
AFTER_MIDNIGHT = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)


def rows(answer) -> list[dict[str, str]]:
    """The rows of a CSV file by their headings."""
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def on_screen(answer, table: str) -> list[list[str]]:
    """The cells of a table on a page, as they read, without the buttons that stand in some."""
    page = BeautifulSoup(answer.content, "html5lib")
    for form in page.select(f"#{table} form"):
        form.decompose()
    found = page.select(f"#{table} tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in found]


def human(iso: str) -> str:
    return day(date.fromisoformat(iso)) if iso else "No date"


def test_the_ratings_are_all_there_with_what_was_said(cast, full, browse):
    told = rows(browse(cast.amara).get(reverse("export_report", args=[full.round.pk, "ratings", "csv"])))
    assert len(told) == 39
    for row in told:
        now = rating(full.round, row["Code"])
        assert row["Rating"] == now.label
        assert (row["Reason"], row["Notes"]) == (now.reason, now.notes)
        assert row["Not sure"] == ("Yes" if now.unsure else "")
        assert row["How far we have got"] == now.get_work_display()
        assert row["No action, because"] == now.no_action_because
        assert row["By"] == (now.changed_by.name if now.changed_by else "")
        assert row["Evidence"] == str(now.evidence.count())
        assert row["The law asks for this"] == ("Yes" if now.statement.statutory else "")
    assert {row["Code"]: row["Actions"] for row in told}["C1"] == "5"


def test_how_far_the_talking_has_got_is_exported(cast, half, browse):
    say(half.round, "A2", "partly", cast.priya, work="looking")
    told = rows(browse(cast.amara).get(reverse("export_report", args=[half.round.pk, "ratings", "csv"])))
    assert {row["Code"]: row["How far we have got"] for row in told}["A2"] == "Looking into it"


def test_excel_has_the_same_ratings_as_csv(cast, full, browse):
    browser = browse(cast.amara)
    told = rows(browser.get(reverse("export_report", args=[full.round.pk, "ratings", "csv"])))
    answer = browser.get(reverse("export_report", args=[full.round.pk, "ratings", "xlsx"]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    in_excel = [[cell or "" for cell in row] for row in sheet.iter_rows(min_row=6, values_only=True)]
    assert len(in_excel) == 39
    assert [(row[1], row[2], row[4], row[7]) for row in in_excel] == [
        (row["Code"], row["Statement"], row["Rating"], row["Notes"]) for row in told
    ]


@pytest.mark.parametrize(
    ("show", "whats"),
    [
        (
            "open",
            [
                "Ring the Area SENCO",
                "Agree with each family how we tell them about support",
                "Write a welcome in three languages",
            ],
        ),
        ("overdue", ["Ring the Area SENCO"]),
        ("mine", ["Agree with each family how we tell them about support"]),
        ("closed", ["Ask parents what works", "Buy a laminator"]),
    ],
)
def test_the_plan_to_take_away_has_the_rows_of_the_screen(cast, full, browse, show, whats):
    browser = browse(cast.priya)
    told = rows(browser.get(reverse("export_plan", args=["csv"]) + f"?show={show}"))
    assert {row["What"] for row in told} == set(whats)
    screen = on_screen(browser.get(reverse("plan") + f"?show={show}"), "plan")
    stands = [row["Where it stands"].split(", ") for row in told]
    assert [[f"{row['What']} {row['Code']}", row["Who"], said[0]] for row, said in zip(told, stands, strict=True)] == [
        [line[0], line[1], line[3]] for line in screen
    ]
    assert ["overdue" in " ".join(said[1:]) for said in stands] == ["verdue" in line[2] for line in screen]
    assert all(line[2].startswith(human(row["Due"])) for row, line in zip(told, screen, strict=True))


def test_the_plan_to_take_away_says_everything_an_action_says(cast, half, browse):
    Action.objects.filter(pk=half.action.pk).update(resources="Half an hour each")
    half.action.refresh_from_db()
    actions.move_action(action=half.action, to="done", impact="They heard first", by=cast.priya.acting)
    told = rows(browse(cast.amara).get(reverse("export_plan", args=["csv"]) + "?show=closed"))
    assert told == [
        {
            "Code": "C1",
            "What": "Agree with each family how we tell them about support",
            "Why": "Two families heard late",
            "Who": "Priya Nair",
            "Start": "2026-11-01",
            "Due": "2026-12-18",
            "What it needs": "Half an hour each",
            "How we will know": "Every family has been asked before support starts",
            "Where it stands": "Done",
            "What difference it made": "They heard first",
        }
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf", "docx"])
def test_the_name_of_the_file_says_which_part_of_the_plan(cast, half, browse, kind):
    answer = browse(cast.amara).get(reverse("export_plan", args=[kind]) + "?show=overdue")
    assert "action-plan-overdue-bramble-lane-nursery" in answer["Content-Disposition"]


def test_a_childminder_s_plan_has_no_column_for_who(cast, framework, browse):
    round = start(cast.megan, framework)
    statement = rating(round, "C1").statement
    intention = Intention(what="Ask each family at pick-up", owner=cast.megan.user)
    actions.add_action(round=round, statement=statement, intention=intention, by=cast.megan.acting)
    told = rows(browse(cast.megan).get(reverse("export_plan", args=["csv"])))
    assert [row["What"] for row in told] == ["Ask each family at pick-up"]
    assert "Who" not in told[0]


def test_evidence_to_take_away_has_the_rows_of_the_screen(cast, half, browse):
    browser, due = browse(cast.amara), {"where_kept": "Office", "by": cast.amara.acting}
    actions.add_evidence(title="Minutes", look_again_on=date(2020, 1, 6), **due)
    actions.add_evidence(title="Photographs of the sensory corner", look_again_on=None, **due)
    Evidence.objects.filter(pk=half.evidence.pk).update(look_again_on=date(9999, 1, 1))
    for show, titles in (
        ("", ["Minutes", "Photographs of the sensory corner", "SENCO job description"]),
        ("?show=look-again", ["Minutes"]),
    ):
        page = browser.get(reverse("evidence") + show)
        answer = browser.get(reverse("export_evidence", args=["csv"]) + show)
        told = rows(answer)
        assert [row["What"] for row in told] == titles
        assert [
            [row["What"], row["Where it is kept"], human(row["Look at it again"]), row["Statements"]] for row in told
        ] == (on_screen(page, "evidence"))
        assert f'{reverse("export_evidence", args=["csv"])}{show}"' in page.content.decode()
        assert ("look-at-again" in answer["Content-Disposition"]) == bool(show)


def test_what_happened_after_midnight_has_the_date_of_this_country(cast, half, browse):
    Rating.objects.filter(pk=half.strong.pk).update(changed_at=AFTER_MIDNIGHT)
    Evidence.objects.filter(pk=half.evidence.pk).update(added_at=AFTER_MIDNIGHT)
    browser = browse(cast.amara)
    told = rows(browser.get(reverse("export_report", args=[half.round.pk, "ratings", "csv"])))
    assert {row["Code"]: row["Changed"] for row in told}["A1"] == "2026-07-06"
    assert rows(browser.get(reverse("export_evidence", args=["csv"])))[0]["Added"] == "2026-07-06"
