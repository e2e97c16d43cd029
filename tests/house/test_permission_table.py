"""Every role on every page, for one’s own record, another setting’s and another authority’s: as the table says."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.urls import path

from tests.house.keys import POSTED
from tests.house.pages import Page, every_page, without_keys
from tests.house.permission_table import TABLE, answers, heading, line, lines, read
from trellis.core.access import public


def expected() -> dict[str, list[tuple[str, ...]]]:
    return read(TABLE.read_text(encoding="utf-8"))


def test_every_page_is_in_the_table():
    assert {page.name for page in every_page()} - set(expected()) == set()


def test_the_table_has_no_page_that_is_gone():
    assert set(expected()) - {page.name for page in every_page()} == set()


def test_what_is_sent_is_sent_to_a_page_that_is_there():
    assert set(POSTED) - {page.name for page in every_page()} == set()


def test_every_address_with_a_record_has_its_keys():
    assert without_keys(every_page()) == [], "add the page to KEYS in tests/house/keys.py"


def test_the_table_is_laid_out_as_it_is_written():
    table = [each for each in TABLE.read_text(encoding="utf-8").splitlines() if not each.startswith("#")]
    assert table == [line(page, row) for page, rows in sorted(expected().items()) for row in rows]


@pytest.mark.parametrize("page", every_page(), ids=lambda page: page.name)
def test_a_page_opens_for_whom_it_should(page, cast, browse):
    found = answers(page, cast, browse)
    assert found == expected().get(page.name), f"the page answers:\n{heading()}\n{lines(page.name, found)}"


def test_a_page_without_keys_is_reported():
    assert without_keys([Page("plain", has_keys=False), Page("new_record", has_keys=True)]) == ["new_record"]


def people(request):
    """A planted page: it should ask for more than being a manager."""
    opens = request.user.is_authenticated and request.acting.role == "manager"
    return HttpResponse(status=200 if opens else 403, content_type="text/plain")


urlpatterns = [path("people", public(people), name="people")]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("joanna", "noticed"), [("200", False), ("403", True)])
def test_a_page_that_opens_for_one_too_many_is_noticed(cast, browse, joanna, noticed):
    said = read(f"people GET – 200 403 403 403 403 403 403 403 403 403 {joanna} 403 403 403 403 403 403")["people"]
    assert (answers(Page("people", has_keys=False), cast, browse) != said) is noticed
