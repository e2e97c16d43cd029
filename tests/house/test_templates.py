"""Templates can be read, import what they use and use what they import, and point to pages and files that exist."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import TemplateDoesNotExist, engines
from django.template.loader import get_template
from django.urls import get_resolver

from scripts.write_docs import routes
from tests.house.sources import PACKAGE, Finding, listed, our_files, package_files, tree
from tests.house.templates import Reading

# The field templates, which the form renderer finds by the name of the widget.
FOUND_BY_WIDGET = ("govuk/",)


def jinja():
    return engines["jinja2"].env


def name_of(file: Path) -> str:
    """What a template is called: its path below `jinja2/`."""
    return str(file).split("/jinja2/", 1)[1]


def page_templates() -> list[Path]:
    return [file for file in our_files(".html", ".txt") if "/jinja2/" in str(file) and file.is_relative_to(PACKAGE)]


@cache
def given_by_views() -> frozenset[str]:
    """Every name that our code writes as a word: among them the keys of what views give to templates."""
    return frozenset(
        node.value
        for file in package_files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()
    )


def found_in(file: Path) -> list[Finding]:
    """Everything that is wrong with a template."""
    reading = Reading(jinja(), file, given_by_views())
    found = [Finding(file, 0, problem) for problem in reading.problems()]
    if any("cannot be read" in finding.what for finding in found):
        return found
    pages = {pattern.name for _route, pattern in routes(get_resolver())}
    found += [Finding(file, 0, f"there is no page {name}") for name in reading.named("url") if name not in pages]
    found += [
        Finding(file, 0, f"there is no file {name}") for name in reading.named("static") if not finders.find(name)
    ]
    return found


def unused(files: list[Path], sources: list[Path]) -> list[str]:
    """The templates that nothing renders, extends, includes or imports."""
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    names = [name for file in files if not (name := name_of(file)).startswith(FOUND_BY_WIDGET)]
    return [
        name for name in names if f'"{name}"' not in text and f"'{name}'" not in text and not replaces_another(name)
    ]


def replaces_another(name: str) -> bool:
    """Whether a library asks for a template of this name."""
    try:
        return bool(engines["django"].get_template(name))
    except TemplateDoesNotExist:
        return False


@pytest.mark.parametrize("file", page_templates(), ids=name_of)
def test_a_template_is_in_order(file):
    found = found_in(file)
    assert not found, listed(found)


@pytest.mark.parametrize("file", page_templates(), ids=name_of)
def test_a_template_compiles(file):
    assert get_template(name_of(file), using="jinja2")


def test_no_template_is_left_over():
    assert unused(page_templates(), [*package_files(), *page_templates()]) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{% if %}", "cannot be read"),
        ('{% extends "core/layouts/gone.html" %}', "there is no template core/layouts/gone.html"),
        ('{% from "govuk/parts.html" import nothing %}{{ nothing() }}', "govuk/parts.html has no nothing"),
        ('{% from "govuk/parts.html" import label %}', "imports label and does not use it"),
        ("{{ govukButton({}) }}", "calls govukButton, which it neither imports nor defines"),
        ("{{ name | shout }}", "there is no filter shout"),
        ("{{ url('gone') }}", "there is no page gone"),
        ("{{ static('gone.css') }}", "there is no file gone.css"),
        ('<span class="govuk-visually-hidden">, 2027</span>', "begins hidden words with a comma"),
    ],
)
def test_a_template_that_is_not_in_order_is_reported(tmp_path, text, problem):
    (tmp_path / "page.html").write_text(text)
    assert [finding.what[: len(problem)] for finding in found_in(tmp_path / "page.html")] == [problem]


def test_a_left_over_template_is_reported(tmp_path):
    page, view = tmp_path / "jinja2" / "review" / "old.html", tmp_path / "views.py"
    page.parent.mkdir(parents=True)
    page.touch()
    view.write_text('render(request, "review/new.html")')
    assert unused([page], [view]) == ["review/old.html"]
