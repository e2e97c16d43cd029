"""What every page has around its content, the catalogue of components, and the pages for when something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from trellis.core.context import Origin, coming_from
from trellis.core.tables import labelled
from trellis.core.templates import link_if, with_query
from trellis.core.views import broken, forbidden

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import RequestFactory

    from tests.cast import Cast, Person


def page(response: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html5lib")


def text(soup: BeautifulSoup, selector: str) -> str:
    found = soup.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0].get_text(" ", strip=True)


def test_the_catalogue_shows_every_component(client: Client) -> None:
    response = client.get("/components")
    assert response.status_code == 200
    soup = page(response)
    for shown in ("app-tag", "app-card--next", "app-empty", "app-figures", "app-notice", "app-pages", "govuk-table"):
        assert soup.select(f".{shown}"), shown
    assert len(soup.select("#settings tbody tr")) == 4


@pytest.mark.parametrize(("asked", "shown"), [("200", 200), ("many", 4), ("9999999", 1000), ("-1", 4), ("²", 4)])
def test_the_catalogue_makes_its_table_as_long_as_asked(client: Client, asked: str, shown: int) -> None:
    assert len(page(client.get("/components", {"rows": asked})).select("#settings tbody tr")) == shown


def test_mistakes_stand_at_the_top_and_in_the_title(client: Client) -> None:
    soup = page(client.get("/components?mistakes=yes"))
    assert text(soup, "head title").startswith("Error: Components")
    assert text(soup, ".govuk-error-summary h2") == "There is a problem"
    links = soup.select(".govuk-error-summary a")
    assert len(links) > 10
    assert all(soup.select(str(link["href"])) for link in links)


def test_the_catalogue_shows_the_form_filled_in(client: Client) -> None:
    assert not page(client.get("/components")).select("input[value='Forest school']")
    assert page(client.get("/components?filled=yes")).select("input[value='Forest school']")


def test_a_page_says_as_whom_the_person_acts(browse: Callable[[Person], Client], cast: Cast) -> None:
    soup = page(browse(cast.amara).get("/components"))
    assert text(soup, ".app-header__acting") == "Amara Okafor Owner or manager, Bramble Lane Nursery"
    assert text(soup, "form[data-sign-out] button") == "Sign out"


def test_a_page_for_nobody_names_nobody(client: Client) -> None:
    soup = page(client.get("/components"))
    assert not soup.select(".app-header__acting, .app-header__actions")


def test_the_keyboard_can_skip_to_the_content(client: Client) -> None:
    soup = page(client.get("/components"))
    assert soup.select("body a")[0]["href"] == "#main-content"
    assert soup.select("main#main-content")


def test_only_a_demonstration_says_that_it_is_one() -> None:
    assert "app-demonstration" in render_to_string("core/header.html", {"demonstration": True})
    assert "app-demonstration" not in render_to_string("core/header.html", {"demonstration": False})


def test_the_navigation_marks_where_we_are() -> None:
    parts = [("Review", "/review", True), ("People", "/people", False)]
    soup = BeautifulSoup(render_to_string("core/header.html", {"navigation": parts}), "html5lib")
    assert text(soup, "[aria-current]") == "Review"
    assert "app-navigation" not in render_to_string("core/header.html", {})


def test_what_was_done_is_said_aloud(rf: RequestFactory) -> None:
    request = rf.get("/")
    request._messages = [Message(constants.SUCCESS, "The review was started."), Message(constants.INFO, "By the way")]  # type: ignore[attr-defined]
    soup = BeautifulSoup(render_to_string("core/messages.html", {"request": request}), "html5lib")
    assert text(soup, "[role=alert]") == "The review was started."
    assert text(soup, "[role=status]") == "By the way"


def test_what_is_not_there_says_what_to_do(client: Client) -> None:
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert "newest one" in text(page(response), "main")


def test_what_a_role_does_not_open_says_which_role_it_is(rf: RequestFactory, cast: Cast) -> None:
    request = rf.get("/components")
    request.user, request.acting = cast.leila.user, cast.leila.acting  # type: ignore[attr-defined]
    response = forbidden(request)
    assert response.status_code == 403
    assert "Practitioner, Bramble Lane Nursery" in text(page(response), "main")


def test_a_form_left_open_for_too_long_keeps_calm(cast: Cast) -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("account_logout"))
    assert response.status_code == 403
    assert text(page(response), "h1") == "This page was open for too long"


def test_a_fault_needs_neither_database_nor_session_to_be_told(rf: RequestFactory) -> None:
    with coming_from(Origin(request_id="0123456789abcdef", address="")):
        response = broken(rf.get("/"))
    assert response.status_code == 500
    assert text(page(response), ".app-reference") == "01234567"
    assert "The fault is ours" in text(page(response), "main")


def test_a_page_that_is_not_there_has_no_link() -> None:
    assert link_if("catalogue") == "/components"
    assert link_if("no such page") == ""
    assert link_if("") == ""


def test_a_number_with_thousands_of_figures_is_no_fault(client, cast, browse):
    assert client.get("/components", {"rows": "9" * 5000}).status_code == 200
    for asked in ("9" * 5000, "0", "00", "-1", "x"):
        assert browse(cast.amara).get(reverse("people"), {"page": asked}).status_code == 200


def test_turning_a_page_keeps_what_was_searched_for(rf: RequestFactory) -> None:
    request = rf.get("/settings?name=oak&page=2")
    assert with_query(request, page=3) == "?name=oak&page=3"
    assert with_query(request, page=None) == "?name=oak"
    assert with_query(request, name="oak & ash") == "?name=oak+%26+ash&page=2"


def test_a_cell_keeps_what_its_author_said_of_it_and_long_words_harm_nothing() -> None:
    rows = '<tr class="a > b"><th scope="row">Oak</th><td data-label="Mine">1</td><td role="x">2</td><td>3</td></tr><thead></thead>'
    soup = BeautifulSoup(f"<table>{labelled(rows, ['Name', 'A', 'B', '“C” & <D>'])}</table>", "html5lib")
    assert [cell.get("data-label") for cell in soup.select("td")] == ["Mine", "B", "“C” & <D>"]
    assert [cell.get("role") for cell in soup.select("tr *")] == ["rowheader", "cell", "x", "cell"]


@pytest.mark.parametrize("name", ["Oak", "<b>Oak</b>"])
def test_rows_of_a_call_block_are_told_their_columns(name: str) -> None:
    source = (
        '{% from "components/table.html" import table %}{% call table("t", "Places", ["Name", "Places#"]) %}'
        '<tr><th scope="row">{{ name }}</th><td>9</td></tr>{% endcall %}'
    )
    soup = BeautifulSoup(engines["jinja2"].from_string(source).render({"name": name}), "html5lib")
    assert soup.select("tbody td")[0]["data-label"] == "Places"
    assert text(soup, "tbody th") == name
