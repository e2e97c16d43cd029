"""The browser of the journeys notices what is wrong with a page."""

from __future__ import annotations

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from tests.browser import no_axe_violations, opened, reading_every_page
from trellis.core.access import public

pytestmark = pytest.mark.journey

SOUND = '<!doctype html><html lang="en"><title>Sound</title><main><h1>Sound</h1>{}</main></html>'


@pytest.mark.parametrize(
    ("part", "reported"),
    [
        ("<p>A paragraph.</p>", None),
        ("<input>", "label"),
        ('<p style="color: #999; background: #fff">Pale</p>', "color-contrast"),
        ('<p style="width: 900px">Wide</p>', "pixels wider than a small phone"),
    ],
)
def test_a_page_that_is_not_accessible_is_reported(chromium, part, reported):
    with opened(chromium, "http://localhost") as page:
        page.set_content(SOUND.format(part))
        if reported is None:
            no_axe_violations(page)
        else:
            with pytest.raises(AssertionError, match=reported):
                no_axe_violations(page)


def run(chromium, script: str) -> None:
    with opened(chromium, "http://localhost") as page:
        page.set_content(f"<script>{script}</script>")
        page.wait_for_timeout(200)


@pytest.mark.parametrize("mistake", ["throw new Error('no such field')", "console.error('no such field')"])
def test_a_mistake_of_a_script_is_reported(chromium, mistake):
    with pytest.raises(AssertionError, match="no such field"):
        run(chromium, mistake)


def without_a_heading(request):
    """A planted page."""
    return HttpResponse(SOUND.replace("<h1>Sound</h1>", "").format(""))


urlpatterns = [path("planted", public(without_a_heading))]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_page_that_breaks_a_rule_of_the_house_is_reported(monkeypatch):
    wrong = reading_every_page(monkeypatch)
    WSGIHandler().get_response(RequestFactory().get("/planted"))
    assert "/planted (200): there are 0 h1, not one" in wrong
