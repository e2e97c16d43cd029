"""A real browser for the journeys: on a desk, on a phone, without JavaScript; with axe and a passkey."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.cast import Person, signed_in_client
from tests.client import is_page, what_is_wrong
from trellis.environment import ROOT

if TYPE_CHECKING:
    from django.http import HttpResponse

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PATIENCE = 20_000  # milliseconds to wait for anything on a page
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
WITHOUT_SCRIPTS: set[Page] = set()
WIDER_THAN_THE_SCREEN = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys; each gets a profile of its own."""
    program = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    assert program, "The journeys need Chromium: apt-get install chromium, or name one in TEST_CHROMIUM"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread; the tests’ own queries have it to themselves all the same.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def opened(chromium: Browser, base_url: str, **options: Any) -> Iterator[Page]:
    """A page in a fresh profile; at the end, nothing may have gone wrong in it unseen."""
    context = chromium.new_context(
        base_url=base_url, locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce", **options
    )
    context.set_default_timeout(PATIENCE)
    page, wrong = context.new_page(), []
    context.on("console", lambda message: wrong.append(message.text) if is_mistake(message) else None)
    context.on("weberror", lambda mistake: wrong.append(str(mistake.error)))
    yield page
    context.close()
    assert not wrong, wrong


def is_mistake(message: ConsoleMessage) -> bool:
    """Whether the browser complains of our page. That a page answered 4xx is for the journey to judge."""
    return message.type == "error" and "the server responded with a status of 4" not in message.text


def reading_every_page(patch: pytest.MonkeyPatch) -> list[str]:
    """Hold every page that a browser is sent to the rules that the checking client knows; what is wrong is listed."""
    wrong: list[str] = []
    answer = WSGIHandler.get_response

    def answered(handler: WSGIHandler, request: WSGIRequest) -> HttpResponse:
        response = cast("HttpResponse", answer(handler, request))
        if is_page(response):
            wrong.extend(f"{request.path} ({response.status_code}): {each}" for each in what_is_wrong(response))
        return response

    patch.setattr(WSGIHandler, "get_response", answered)
    return wrong


@pytest.fixture
def open_browser(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """Further browsers in one journey, for further people: `open_browser(viewport=PHONE)`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.BASE_ADDRESS", live_server.url)
        wrong = reading_every_page(patch)
        open_ones: list[Any] = []

        def open_one(**options: Any) -> Page:
            open_ones.append(opened(chromium, live_server.url, **{"viewport": DESK} | options))
            page: Page = open_ones[-1].__enter__()
            if options.get("java_script_enabled") is False:
                WITHOUT_SCRIPTS.add(page)
            return page

        yield open_one
        for one in open_ones:
            one.__exit__(None, None, None)
        assert not wrong, "\n".join(wrong)


@pytest.fixture
def page(open_browser: Any) -> Page:
    """A browser on a desk."""
    return open_browser()


@pytest.fixture
def phone(open_browser: Any) -> Page:
    """A browser on a small phone."""
    return open_browser(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def page_without_javascript(open_browser: Any) -> Page:
    """A browser that runs no script."""
    return open_browser(java_script_enabled=False)


def come_in(page: Page, person: Person) -> Page:
    """Let somebody of the cast be signed in here, as after their second step."""
    kept = signed_in_client(Client(), person.user).cookies[settings.SESSION_COOKIE_NAME]
    page.goto("/health")
    page.context.add_cookies([{"name": kept.key, "value": kept.value, "url": page.url}])
    return page


def expect_mistake(page: Page, sentence: str) -> None:
    """A form was sent back: the title says so, the summary has the focus, and its link leads to the field."""
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text(sentence)
    expect(page).to_have_title(re.compile("^Error: "))
    if page not in WITHOUT_SCRIPTS:
        link = summary.get_by_role("link", name=sentence)
        link.click()
        field = page.locator(str(link.get_attribute("href")))
        expect(field).to_be_focused()


def no_axe_violations(page: Page) -> None:
    """The page is accessible as far as axe can tell, on a desk and at 320 pixels, where it also fits the screen."""
    if page in WITHOUT_SCRIPTS:
        with same_page_for_axe(page) as copy:
            no_axe_violations(copy)
        return
    before = page.viewport_size or DESK
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert not violations(page), f"{page.url} at {size['width']} pixels:\n" + "\n".join(violations(page))
    wider = page.evaluate(WIDER_THAN_THE_SCREEN)
    page.set_viewport_size(before)
    assert wider <= 0, f"{page.url} is {wider} pixels wider than a small phone"


@contextmanager
def same_page_for_axe(page: Page) -> Iterator[Page]:
    """A page as it stands, in a browser that runs axe but none of the page’s own scripts."""
    assert page.context.browser
    html, context = page.content(), page.context.browser.new_context(viewport=page.viewport_size, locale="en-GB")
    copy = context.new_page()
    copy.route("**/*.js", lambda route: route.abort())
    copy.route(page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    copy.goto(page.url)
    yield copy
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds: the rule, and where."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)["violations"]
    return [f"{each['id']}: {each['help']}: {[node['html'] for node in each['nodes']]}" for each in found]


def add_passkey_device(page: Page) -> None:
    """Give the browser a device that holds passkeys and whose owner always agrees."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
