"""The catalogue shows every component: each macro is called, and each template of a field is drawn."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest
from bs4 import BeautifulSoup
from jinja2.runtime import Macro

from trellis.environment import ROOT

TEMPLATES = ROOT / "trellis/core/jinja2"
MACRO = re.compile(r"{% macro (\w+)\(")
WITHIN_PAGES = ("messages", "job_progress", "job_state", "job_summary", "breadcrumbs", "error_summary")
ADDRESSES = ("/components", "/components?mistakes=yes", "/components?layout=confirm", "/components?layout=form")


def every_macro() -> set[tuple[str, str]]:
    """Each macro of our components and of what every field has: its file, and its name."""
    files = [*TEMPLATES.glob("components/*.html"), TEMPLATES / "govuk/parts.html"]
    return {(file.name, name) for file in files for name in MACRO.findall(file.read_text(encoding="utf-8"))}


def every_template() -> set[str]:
    """Each template that draws a field, each layout upon that of all pages, and each piece that pages have in common."""
    of_fields = {f"govuk/{file.name}" for file in TEMPLATES.glob("govuk/*.html") if file.name != "parts.html"}
    layouts = {
        f"core/layouts/{file.name}" for file in TEMPLATES.glob("core/layouts/*.html") if file.name != "page.html"
    }
    return of_fields | layouts | {f"core/{name}.html" for name in WITHIN_PAGES}


@pytest.fixture
def drawn(monkeypatch):
    """What Jinja2 draws: the macros that are called, and the templates that are rendered."""
    macros, templates = set(), set()
    invoke, new_context = Macro._invoke, jinja2.Template.new_context

    def invoked(self, *args):
        macros.add((Path(self._func.__code__.co_filename).name, self.name))
        return invoke(self, *args)

    def rendered(self, *args, **kwargs):
        templates.add(self.name)
        return new_context(self, *args, **kwargs)

    monkeypatch.setattr(Macro, "_invoke", invoked)
    monkeypatch.setattr(jinja2.Template, "new_context", rendered)
    return macros, templates


def test_every_component_and_every_field_is_shown(client, drawn, db):
    macros, templates = drawn
    for address in ADDRESSES:
        assert client.get(address).status_code == 200
    assert every_macro() - macros == set()
    assert every_template() - templates == set()


def test_every_chart_is_shown(client, db):
    page = client.get("/components").content.decode()
    assert all(title in page for title in (">Two reviews<", ">Two areas<", ">How many of each<"))


@pytest.mark.parametrize("layout", ["confirm", "form"])
def test_the_button_of_an_example_sends_nothing_and_leads_to_a_page(client, layout):
    page = BeautifulSoup(client.get(f"/components?layout={layout}").content, "html5lib")
    form = page.select_one("main form")
    assert (form["method"], form.select("[name=csrfmiddlewaretoken]")) == ("get", [])
    typed = {field["name"]: "Amara" for field in form.select("input[name]")}
    assert client.get("/components", typed).status_code == 200
