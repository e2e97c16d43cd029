"""What programs read of many settings’ reviews: the figures of the page, and no more."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.pooling import counted, last_period, register_of, settings_that_released, three_hundred
from tests.releasing import text_of
from trellis.api.forms import TokenForm
from trellis.api.tests.test_reviews import Program
from trellis.review.models import ReleasedRating
from trellis.review.rules.periods import period_before

pytestmark = pytest.mark.django_db
LAST = last_period()
EARLIER = period_before(LAST)


def often(code, number):
    """A1 for two in three, B1 for one in three, C1 for two settings, D1 for all but two, else for one in six."""
    said = {"A1": number % 3 != 0, "B1": number % 3 == 1, "C1": number < 2, "D1": number > 1}
    return said.get(code, number % 6 == 0)


@pytest.fixture
def county(cast, framework):
    """Many settings whose last term has been counted, and the term before."""
    council = cast.daniel.organisation
    register_of(council.authority, three_hundred(120))
    for period, weak in ((EARLIER, lambda code, number: number % 2 == 0), (LAST, often)):
        settings_that_released(council, framework, three_hundred(120), period=period, by=cast.amara, weak=weak)
        counted(council, period)
    return framework


def address(framework, term=LAST, query=""):
    return reverse("api_count", args=[framework.key, framework.edition, "group", term]) + query


def count(person, framework, query=""):
    return Program(person, "counts:read").get(address(framework, query=query))


def words(figure):
    """A figure as the page says it."""
    of = figure["counted"]
    if figure["said"] is not None:
        return f"{figure['said']} of {of} ({round(100 * figure['said'] / of)}%)"
    return {"few": f"Fewer than 5 of {of}", "nearly_all": f"All but fewer than 5 of {of}", "hidden": "Not shown"}[
        figure["why"]
    ]


def test_the_terms_that_were_counted_are_listed(cast, county):
    listed = Program(cast.daniel, "counts:read").get(reverse("api_counts")).json()
    assert [each["term"] for each in listed] == [LAST, EARLIER]
    assert {(each["framework"], each["edition"], each["audience"]) for each in listed} == {
        (county.key, county.edition, "group")
    }


@pytest.mark.parametrize("query", ["", "?kind=0", "?part=0", "?kind=1&part=1"])
def test_its_figures_are_those_of_the_page(cast, browse, county, query):
    told = count(cast.daniel, county, query).json()
    page = browse(cast.daniel).get(f"/picture/{query}")
    found = BeautifulSoup(page.content, "html5lib").select("tr[id]")
    rows = [(row["id"], row.select_one("td").get_text(strip=True)) for row in found]
    assert len(rows) == 39
    assert [(each["code"], words(each["now"])) for each in told["statements"]] == rows
    assert f"{told['counted']} settings" in text_of(page)
    assert [f"{each['title']} {each['per_cent']}%" in text_of(page) for each in told["topics"]].count(False) == 0


def test_the_earlier_term_stands_beside_it(cast, county):
    told = count(cast.daniel, county).json()
    assert told["then"] == EARLIER
    first = next(each for each in told["statements"] if each["code"] == "A1")
    assert (first["now"]["said"], first["before"]["said"]) == (80, 60)
    earlier = Program(cast.daniel, "counts:read").get(address(county, EARLIER)).json()
    assert (earlier["then"], earlier["statements"][0]["before"]) == (None, None)


def test_what_is_hidden_is_null_with_a_word_why(cast, county):
    told = {each["code"]: each["now"] for each in count(cast.daniel, county).json()["statements"]}
    assert told["C1"] == {"counted": 120, "said": None, "why": "few"}
    assert told["D1"] == {"counted": 120, "said": None, "why": "nearly_all"}
    part = {each["code"]: each["now"] for each in count(cast.daniel, county, "?kind=0").json()["statements"]}
    assert part["C1"] == {"counted": 60, "said": None, "why": "hidden"}


def test_of_a_choice_with_too_few_nothing_is_told(cast, county):
    told = count(cast.daniel, county, "?kind=11111").json()
    assert (told["counted"], told["why"]) == (None, "hidden")
    assert {json.dumps(each["now"]) for each in told["statements"]} == {
        '{"counted": null, "said": null, "why": "hidden"}'
    }


def test_nothing_but_the_count_is_read(cast, county):
    before = count(cast.daniel, county)
    ReleasedRating.objects.all().delete()
    program = Program(cast.daniel, "counts:read")
    program.get(reverse("api_counts"))
    with CaptureQueriesContext(connection) as queries:
        after = program.get(address(county))
    assert after.content == before.content
    assert len(queries) <= 7, [each["sql"] for each in queries]
    assert "Setting " not in after.content.decode()


def test_what_is_not_there_is_not_taken_for_something_else(cast, county):
    for query in ("?kind=000000000", "?part=000000000", "?then=2001-spring"):
        assert count(cast.daniel, county, query).status_code == 404
    assert count(cast.daniel, county, "?kind=nonsense").status_code == 422
    assert Program(cast.daniel, "counts:read").get(address(county, "2001-spring")).status_code == 404


def test_it_has_a_tag_and_is_for_whoever_asked(cast, county):
    told = count(cast.daniel, county)
    again = Program(cast.daniel, "counts:read").get(address(county), **{"If-None-Match": told["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in told["Cache-Control"]
    assert count(cast.daniel, county, "?kind=0")["ETag"] != told["ETag"]


def test_another_authority_sees_nothing_of_it(cast, county):
    assert Program(cast.idris, "counts:read").get(reverse("api_counts")).json() == []
    answer = count(cast.idris, county)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_setting_s_program_and_another_scope_are_refused(cast, county):
    for where in (reverse("api_counts"), address(county)):
        setting = Program(cast.amara, "counts:read").get(where)
        assert (setting.status_code, setting.json()["detail"]) == (
            403,
            "The role of the token’s owner does not allow this",
        )
        other = Program(cast.daniel, "reviews:read").get(where)
        assert (other.status_code, other.json()["detail"]) == (403, "This token has no scope “counts:read”")


def test_a_token_is_offered_what_its_owner_s_role_allows(cast):
    authority, setting = (_offered(TokenForm(acting=each.acting)) for each in (cast.daniel, cast.amara))
    assert authority == {"frameworks:read", "counts:read"}
    assert setting == {"frameworks:read", "reviews:read", "reviews:write", "voices:read", "visits:read"}


def _offered(form):
    return {scope for scope, words in form.fields["scopes"].choices}
