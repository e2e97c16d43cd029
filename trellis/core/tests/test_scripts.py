"""What the scripts promise, in a real browser against a server played by the test: nothing is called saved before it is."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.journey
STATIC = Path(__file__).resolve().parents[1] / "static"
BUILT = Path(__file__).resolve().parents[3] / "build" / "static"
HERE = "http://trellis.test"

FORM = """
<form method="post" action="/form" data-autosave="/save" data-draft="amara area-1">
  <input type="hidden" name="csrfmiddlewaretoken" value="{token}">
  <section data-card id="one"><label>Notes<textarea name="one-notes"></textarea></label>
    <label><input type="radio" name="one-choice" value="secure">Secure</label>
    <input type="hidden" name="one-version" value="{version}"><p data-card-status></p></section>
  <section data-card id="two"><label>Notes<textarea name="two-notes"></textarea></label>
    <input type="hidden" name="two-version" value="1"></section>
  <p data-autosave-status></p><button>Save</button>
</form>
<form method="post" action="/sign-out" data-sign-out><button>Sign out</button></form>
"""
REDIRECT = 302
SAVED = (200, {"message": "Saved", "fields": {"one-version": "2"}})


@dataclass
class Server:
    """Plays the server: says `answer` to whatever is saved and remembers it."""

    answer: tuple[int, Any] | None = SAVED
    html: str = FORM.format(version=1, token="token")
    person: str = "amara"
    seconds: int = 3600
    saved: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    def serve(self, route: Route) -> None:
        request, path = route.request, urlsplit(route.request.url).path
        if path == "/save":
            return self.save(route)
        if request.method == "POST":
            self.sent.append(path)
        found = next(
            (folder / path.lstrip("/") for folder in (STATIC, BUILT) if (folder / path.lstrip("/")).is_file()), None
        )
        if found:
            return route.fulfill(path=found, content_type="text/javascript")
        page = f'<!doctype html><html lang="en"><title>A page</title><body data-person="{self.person}" data-session-seconds="{self.seconds}">{self.html}<script type="module" src="/scripts/start.js"></script>'
        return route.fulfill(body=page, content_type="text/html; charset=utf-8")

    def save(self, route: Route) -> None:
        self.saved.append(route.request.post_data or "")
        if self.answer is None:
            return route.abort("internetdisconnected")
        status, told = self.answer
        if status == REDIRECT:
            return route.fulfill(status=status, headers={"Location": f"{HERE}{told}"})
        if isinstance(told, str):
            return route.fulfill(status=status, body=told, content_type="text/html")
        return route.fulfill(status=status, body=json.dumps(told), content_type="application/json")


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Callable[[str], Page]]:
    """Opens an address of the played server; every page of one test shares a device."""
    context = chromium.new_context(base_url=HERE)
    context.set_default_timeout(8000)
    context.route("**/*", server.serve)

    def visit(path: str = "/form") -> Page:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(path)
        expect(page.locator("body.js-enabled")).to_be_attached()
        page.wait_for_load_state("networkidle")
        return page

    yield visit
    context.close()


def status(page: Page) -> Any:
    return expect(page.locator("[data-autosave-status]"))


def draft(page: Page) -> str | None:
    found: str | None = page.evaluate("localStorage.getItem('trellis-draft:amara area-1')")
    return found


def test_a_card_is_saved_by_itself_and_then_forgotten_on_the_device(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    page.locator("[name=one-notes]").fill("We meet on Mondays")
    status(page).to_have_text("Not saved yet")
    assert "We meet on Mondays" in str(draft(page))
    status(page).to_have_text(re.compile(r"^Saved at \d{1,2}:\d\d[ap]m$"))
    assert len(server.saved) == 1
    assert "We meet on Mondays" in server.saved[0]
    assert "token" in server.saved[0]
    assert "two-notes" not in server.saved[0]
    assert page.locator("[name=one-version]").input_value() == "2"
    assert draft(page) is None


def test_nothing_is_called_saved_without_a_connection_and_nothing_is_lost(
    visit: Callable[..., Page], server: Server
) -> None:
    server.answer = None
    page = visit()
    page.locator("[name=one-notes]").fill("Typed in the cellar")
    status(page).to_contain_text("no connection")
    page.close()
    server.answer = SAVED
    again = visit()
    assert again.locator("[name=one-notes]").input_value() == "Typed in the cellar"
    status(again).to_contain_text("is back on this page")
    status(again).to_contain_text("Saved at")
    assert draft(again) is None


def test_what_needs_correcting_is_said_and_kept(visit: Callable[..., Page], server: Server) -> None:
    server.answer = (422, {"message": "Say why it does not apply"})
    page = visit()
    page.locator("[name=one-choice]").check()
    status(page).to_have_text("Say why it does not apply")
    expect(page.locator("[data-card-status]")).to_have_text("Say why it does not apply")
    assert draft(page) is not None
    server.answer = SAVED
    page.locator("[name=two-notes]").fill("The other card is saved nevertheless")
    page.wait_for_function("document.querySelector('[data-autosave-status]').textContent !== 'Not saved yet'")
    page.locator("[name=one-notes]").fill("Because")
    status(page).to_contain_text("Saved at")


def test_what_is_said_of_a_field_stands_beside_it_until_it_no_longer_holds(
    visit: Callable[..., Page], server: Server
) -> None:
    server.html = server.html.replace(
        "<p data-card-status>", '<p data-beside="one-notes" role="status"></p><p data-card-status>'
    )
    server.answer = (200, {"message": "Saved", "fields": {}, "beside": {"one-notes": "This looks like a name"}})
    page = visit()
    page.locator("[name=one-notes]").fill("Noah")
    expect(page.locator("[data-beside=one-notes]")).to_have_text("This looks like a name")
    server.answer = (200, {"message": "Saved", "fields": {}, "beside": {"one-notes": ""}})
    page.locator("[name=one-notes]").fill("A child")
    expect(page.locator("[data-beside=one-notes]")).to_be_empty()


def test_when_someone_else_changed_it_the_page_is_sent_so_that_both_are_shown(
    visit: Callable[..., Page], server: Server
) -> None:
    server.answer = (409, {"message": "Someone else changed this meanwhile"})
    page = visit()
    server.html = FORM.format(version=7, token="token")
    page.locator("[name=one-notes]").fill("Mine")
    page.wait_for_url("**/form")
    page.wait_for_function("document.querySelector('[name=one-version]').value === '7'")
    assert server.sent == ["/form"]
    page.wait_for_load_state("networkidle")
    assert page.locator("[name=one-notes]").input_value() == ""
    assert draft(page) is None


def test_the_server_can_lead_somewhere_else(visit: Callable[..., Page], server: Server) -> None:
    server.answer = (409, {"url": "/agreed"})
    page = visit()
    page.locator("[name=one-notes]").fill("Mine")
    page.wait_for_url("**/agreed")


SIGN_IN = "<h1>Sign in</h1>"


@pytest.mark.parametrize(
    "answer",
    [
        (302, "/sign-in"),
        (200, {"html": SIGN_IN, "form": {}}),
        (200, SIGN_IN),
        (401, {"message": "You are signed out"}),
        (403, "<h1>This page was open for too long</h1>"),
    ],
    ids=["led to sign-in", "sign-in in JSON", "sign-in", "401", "an old token"],
)
def test_nothing_is_called_saved_when_signed_out(visit: Callable[..., Page], server: Server, answer: Any) -> None:
    page = visit()
    server.answer, server.html = answer, SIGN_IN
    page.locator("[name=one-notes]").fill("Still here")
    status(page).to_contain_text("Not saved: you are signed out")
    page.get_by_role("button", name="Save").click()
    status(page).to_contain_text("Not saved: you are signed out")
    assert (page.locator("[name=one-notes]").input_value(), server.sent) == ("Still here", [])
    assert "Still here" in str(draft(page))


def test_what_was_typed_is_saved_after_signing_in_again(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    server.answer, server.html = (302, "/sign-in"), SIGN_IN
    page.locator("[name=one-notes]").fill("Still here")
    status(page).to_contain_text("Not saved: you are signed out")
    server.answer, server.html = SAVED, FORM.format(version=1, token="fresh")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # the person comes back to this tab
    status(page).to_contain_text("Saved at")
    assert "Still here" in server.saved[-1]
    assert "fresh" in server.saved[-1]
    assert draft(page) is None


def test_an_old_page_can_be_sent_after_signing_in_again(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    server.answer, server.html = (401, {"message": "You are signed out"}), SIGN_IN
    page.locator("[name=one-notes]").fill("Still here")
    status(page).to_contain_text("Not saved: you are signed out")
    server.html = FORM.format(version=7, token="fresh")
    page.get_by_role("button", name="Save").click()
    page.wait_for_function("document.querySelector('[name=one-version]').value === '7'")
    assert server.sent == ["/form"]


def test_a_page_that_was_sent_but_never_arrived_keeps_its_words(visit: Callable[..., Page], server: Server) -> None:
    server.answer = None
    page = visit()
    page.locator("[name=one-notes]").fill("On the train")
    status(page).to_contain_text("no connection")
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("[name=one-notes]").input_value() == "On the train"


def test_signing_out_leaves_nothing_behind(visit: Callable[..., Page], server: Server) -> None:
    server.answer = None
    page = visit()
    page.locator("[name=one-notes]").fill("Private")
    status(page).to_contain_text("no connection")
    server.html = "<h1>Signed out</h1>"
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-out")
    assert draft(page) is None


@pytest.mark.parametrize(
    ("next_one", "seconds", "kept"),
    [("amara", 3600, True), ("", 3600, True), ("leila", 3600, False), ("amara", 0, False), ("", 0, False)],
    ids=["the same person", "nobody yet", "another person", "too late", "nobody, too late"],
)
def test_what_was_typed_outlasts_neither_the_session_nor_the_person(
    visit: Callable[..., Page], server: Server, next_one: str, seconds: int, kept: bool
) -> None:
    server.answer, server.seconds = None, seconds
    page = visit()
    page.locator("[name=one-notes]").fill("Private")
    status(page).to_contain_text("no connection")
    page.close()
    server.person, server.html = next_one, "<h1>Another page</h1>"
    again = visit("/another")
    assert (draft(again) is not None) is kept


def test_a_choice_shows_what_it_opens_only_while_it_is_chosen(visit: Callable[..., Page], server: Server) -> None:
    server.html = """<form><label><input type="radio" name="kind" value="a">A</label>
      <label><input type="radio" name="kind" value="b" data-reveals="more">B</label><div id="more">What is it called?</div></form>"""
    page = visit()
    expect(page.locator("#more")).to_be_hidden()
    page.get_by_label("B").check()
    expect(page.locator("#more")).to_be_visible()
    page.get_by_label("A", exact=True).check()
    expect(page.locator("#more")).to_be_hidden()


LONG_FORM = """<form method="post" action="/sent" data-unsaved><label>Name<input name="name"></label>
  <label>Role<input name="role"></label><label>Why<textarea name="why"></textarea></label><button>Save</button></form>"""


def what_leaving_asks(page: Page, leave: Callable[[], object]) -> list[str]:
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    leave()
    return asked


@pytest.mark.parametrize(
    ("typed", "asks"),
    [(["Why"], ["beforeunload"]), (["Name"], []), (["Name", "Role", "Why"], ["beforeunload"]), ([], [])],
)
def test_leaving_a_form_with_work_in_it_asks_first(
    visit: Callable[..., Page], server: Server, typed: list[str], asks: list[str]
) -> None:
    server.html = LONG_FORM
    page = visit()
    for label in typed:
        page.get_by_label(label).press_sequentially("Oak")
    assert what_leaving_asks(page, lambda: page.goto("/elsewhere")) == asks


def test_sending_a_form_does_not_ask(visit: Callable[..., Page], server: Server) -> None:
    server.html = LONG_FORM
    page = visit()
    page.get_by_label("Why").press_sequentially("Oak")
    assert what_leaving_asks(page, lambda: page.get_by_role("button", name="Save").click()) == []
    page.wait_for_url("**/sent")


def test_a_running_job_is_followed_until_it_is_done(visit: Callable[..., Page], server: Server) -> None:
    server.html = """<div data-progress="/save"><span data-progress-note></span>
      <progress max="100" value="0"></progress><span data-progress-percent>0%</span></div>"""
    server.answer = (200, {"finished": False, "percent": 40, "note": "28,000 rows"})
    page = visit()
    expect(page.locator("[data-progress-percent]")).to_have_text("40%")
    expect(page.locator("[data-progress-note]")).to_have_text("28,000 rows")
    server.html = "<h1>Done</h1>"
    server.answer = (200, {"finished": True, "percent": 100, "note": ""})
    expect(page.get_by_role("heading")).to_have_text("Done")
