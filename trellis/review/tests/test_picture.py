"""What many settings’ reviews add up to: the page, its choices, and its files."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.text import slugify

from tests.pooling import counted, last_period, register_of, settings_that_released, three_hundred
from tests.releasing import text_of
from trellis.review.models import PooledCount, ReleasedRating
from trellis.review.rules.periods import period_before, period_words

pytestmark = pytest.mark.django_db


def often(code, number):
    """A1 for two in three, B1 for one in three, C1 for two settings, everything else for one in six."""
    return {"A1": number % 3 != 0, "B1": number % 3 == 1, "C1": number < 2}.get(code, number % 6 == 0)


@pytest.fixture
def county(cast, framework):
    """Many settings whose last term has been counted, and the term before."""
    council, last = cast.daniel.organisation, last_period()
    register_of(council.authority, three_hundred(120))
    for period, weak in ((period_before(last), lambda code, number: number % 2 == 0), (last, often)):
        settings_that_released(council, framework, three_hundred(120), period=period, by=cast.amara, weak=weak)
        counted(council, period)
    return council


def lines_of(browser, query=""):
    """The CSV: each row by its headings."""
    text = b"".join(browser.get(f"/picture/export/csv{query}").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_page_says_where_help_is_wanted(cast, browse, county):
    page = browse(cast.daniel).get("/picture/")
    text = text_of(page)
    assert "group settings: 120 settings" in text
    first, second = page.content.index(b'href="#A1"'), page.content.index(b'href="#B1"')
    assert first < second
    assert "80 of 120 (67%) , ↑ more often, 50% before" in text
    assert "40 of 120 (33%) , ↓ less often, 50% before" in text
    assert "Fewer than 5 of 120" in text
    assert "<svg" in page.content.decode()
    assert browse(cast.ruth).get("/picture/").status_code == 200


def test_no_setting_is_named(cast, browse, county):
    assert "Setting " not in text_of(browse(cast.daniel).get("/picture/"))


def test_the_files_say_what_the_page_says(cast, browse, county):
    browser = browse(cast.daniel)
    for query in ("", "?kind=0", "?part=0", "?kind=1&part=1"):
        text, rows = text_of(browser.get(f"/picture/{query}")), lines_of(browser, query)
        assert len(rows) == 39
        assert {row["Term"] for row in rows} == {period_words(last_period())}
        for row in rows:
            assert row["Area for development"] in text
    assert browser.get("/picture/export/xlsx").status_code == 200
    assert browser.get("/picture/export/pdf").status_code == 200
    assert browser.get("/picture/export/rtf").status_code == 404


def test_a_kind_and_a_part_by_themselves(cast, browse, county):
    browser = browse(cast.daniel)
    assert "full day care: 60 settings" in text_of(browser.get("/picture/?kind=0")).lower()
    assert "FE1 to FE3 (Fenwick, Elm Green): 60 settings" in text_of(browser.get("/picture/?part=0"))
    small = text_of(browser.get("/picture/?kind=11111"))
    assert "Nothing can be told of this choice" in small
    assert "group settings: 120 settings" in text_of(browser.get("/picture/?kind=nonsense&part=7&period=x&then=y"))


def test_a_file_says_of_which_term_kind_and_part_it_is(cast, browse, county):
    browser = browse(cast.daniel)
    for kind in ("csv", "xlsx", "pdf", "docx"):
        name = browser.get(f"/picture/export/{kind}?kind=0&part=0")["Content-Disposition"]
        for part in (slugify(period_words(last_period())), "fe1-to-fe3", "fenwickshire-council", "full-day-care"):
            assert part in name, kind
    row = lines_of(browser, "?kind=0&part=0")[0]
    assert row["Which settings"] == "Group settings"
    assert row["Kind of setting"].startswith("Full day care")
    assert row["Part of the authority"] == "FE1 to FE3 (Fenwick, Elm Green)"
    row = lines_of(browser)[0]
    assert (row["Kind of setting"], row["Part of the authority"]) == ("Every kind", "All of it")


def test_the_ten_most_wanted_and_the_rest_behind_them(cast, browse, county):
    page = BeautifulSoup(browse(cast.daniel).get("/picture/").content, "html5lib")
    assert len(page.select("#statements tbody tr")) == 10
    assert len(page.select("details #other-statements tbody tr")) == 29
    assert len(page.select("#topics tbody tr")) == 5
    assert page.select("details #other-topics tbody tr")
    shown = [each["id"] for each in page.select("#statements tbody tr")]
    assert shown[:2] == ["A1", "B1"]
    assert {each["href"][1:] for each in page.select(".picture-top a")} <= set(shown), "the top five lead to a row"


def test_it_is_read_in_as_many_queries_whatever_is_chosen(cast, browse, county):
    browser = browse(cast.daniel)
    browser.get("/picture/")
    for query in ("", "?kind=0&part=1", f"?period={period_before(last_period())}"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get(f"/picture/{query}")
        assert len(queries) <= 7, [each["sql"] for each in queries]


def test_nothing_but_the_count_is_read(cast, browse, county):
    browser = browse(cast.daniel)
    before = text_of(browser.get("/picture/"))
    ReleasedRating.objects.all().delete()
    assert text_of(browser.get("/picture/")) == before


def test_fewer_than_five_settings_are_told_in_words(cast, browse, framework):
    council, last = cast.daniel.organisation, last_period()
    settings_that_released(council, framework, three_hundred(4), period=last, by=cast.amara, weak=often)
    assert counted(council, last) == []
    text = text_of(browse(cast.daniel).get("/picture/"))
    assert "Fewer than five settings have released" in text
    assert browse(cast.daniel).get("/picture/export/csv").status_code == 404


def test_of_seven_settings_only_their_number_is_told(cast, browse, framework):
    council, last = cast.daniel.organisation, last_period()
    settings_that_released(council, framework, three_hundred(7), period=last, by=cast.amara, weak=often)
    counted(council, last)
    text = text_of(browse(cast.daniel).get("/picture/"))
    assert "7 settings" in text
    assert "No figure can be told" in text
    assert "%" not in text


def test_another_authority_sees_nothing_of_it(cast, browse, county):
    assert "Nothing can be told yet" in text_of(browse(cast.idris).get("/picture/"))
    assert PooledCount.objects.count() == 2


def test_a_term_that_has_ended_can_be_counted_now_and_once(cast, browse, framework):
    with time_machine.travel(datetime(2027, 1, 5, 12, tzinfo=UTC), tick=False):
        settings_that_released(
            cast.daniel.organisation, framework, three_hundred(40), period="2026-autumn", by=cast.amara, weak=often
        )
        lead = browse(cast.daniel)
        assert "It is counted on 28 January 2027" in text_of(lead.get("/picture/"))
        assert "Count it now" not in text_of(browse(cast.ruth).get("/picture/"))
        assert "Autumn term 2026 is counted" in text_of(lead.post("/picture/count", follow=True))
        assert "40 settings" in text_of(lead.get("/picture/"))
        assert "has been counted already" in text_of(lead.post("/picture/count", follow=True))
    with time_machine.travel(datetime(2027, 1, 28, 12, tzinfo=UTC), tick=False):
        assert "No term waits to be counted" in text_of(browse(cast.daniel).get("/picture/count", follow=True))


def test_too_few_to_count_now(cast, browse, framework):
    with time_machine.travel(datetime(2027, 1, 5, 12, tzinfo=UTC), tick=False):
        assert "would tell you nothing" in text_of(browse(cast.daniel).post("/picture/count", follow=True))
