"""Our templates are leaner than the GOV.UK macros and draw the same: element by element, with every known difference named."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms
from django.forms import BaseForm
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

from trellis.core.forms import CharacterCount, Checkboxes, DateField, Radios

COMPARED = (
    "id",
    "name",
    "type",
    "value",
    "for",
    "aria-describedby",
    "checked",
    "selected",
    "role",
    "rows",
    "inputmode",
)
WRONG = "Say what it is"
MACROS = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    undefined=ChainableUndefined,  # the macros ask for what was not given
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)

Shape = list[tuple[str, list[str], dict[str, Any], str]]


def shape(html: str) -> Shape:
    """What a piece of a page consists of: each element’s name, classes, telling attributes and own words."""
    return [_shape(element) for element in BeautifulSoup(html, "html5lib").select("body *")]


def _shape(element: Tag) -> tuple[str, list[str], dict[str, Any], str]:
    words = " ".join("".join(element.find_all(string=True, recursive=False)).split())
    attributes = {
        name: " ".join(value) if isinstance(value, list) else value
        for name, value in element.attrs.items()
        if name in COMPARED and value != ""
    }
    return element.name, sorted(element.get("class") or []), attributes, words


def govuk(component: str, macro: str, **parameters: Any) -> str:
    source = (
        f'{{% from "govuk_frontend_jinja/components/{component}/macro.html" import {macro} %}}{{{{ {macro}(given) }}}}'
    )
    return str(MACROS.from_string(source).render({"given": parameters}))


class Asked(forms.Form):
    """One field of each kind, with the same words for all."""

    HELP = "Any will do"
    WORDS = {"required": WRONG}
    CHOICES = [("a", "First"), ("b", "Second")]

    text = forms.CharField(label="Text", help_text=HELP, error_messages=WORDS)
    area = forms.CharField(label="Area", help_text=HELP, error_messages=WORDS, widget=forms.Textarea(attrs={"rows": 3}))
    counted = forms.CharField(label="Counted", help_text=HELP, error_messages=WORDS, widget=CharacterCount(limit=90))
    listed = forms.ChoiceField(label="Listed", help_text=HELP, error_messages=WORDS, choices=CHOICES)
    radio = forms.ChoiceField(
        label="Radio", help_text=HELP, error_messages=WORDS, choices=CHOICES, widget=Radios(hints={"a": "The best"})
    )
    ticks = forms.MultipleChoiceField(
        label="Ticks", help_text=HELP, error_messages=WORDS, choices=CHOICES, widget=Checkboxes
    )
    when = DateField(label="When", help_text=HELP, error_messages=WORDS)
    paper = forms.FileField(label="Paper", help_text=HELP, error_messages=WORDS)
    code = forms.CharField(label="Code", help_text=HELP, error_messages=WORDS, widget=forms.PasswordInput)


def expected(name: str, wrong: bool) -> str:
    """The same field by the macros."""
    hint, error = {"text": Asked.HELP}, {"errorMessage": {"text": WRONG}} if wrong else {}
    common: dict[str, Any] = {"id": f"id_{name}", "name": name, "hint": hint, **error}
    label = {"label": {"text": name.capitalize()}}
    legend = {"fieldset": {"legend": {"text": name.capitalize(), "classes": "govuk-fieldset__legend--s"}}}
    items = [{"value": value, "text": text, "id": f"id_{name}_{at}"} for at, (value, text) in enumerate(Asked.CHOICES)]
    match name:
        case "text":
            return govuk("input", "govukInput", **common, **label)
        case "area":
            return govuk("textarea", "govukTextarea", **common, **label, rows=3)
        case "counted":
            return govuk("character-count", "govukCharacterCount", **common, **label, maxlength=90)
        case "listed":
            return govuk("select", "govukSelect", **common, **label, items=items)
        case "radio":
            items[0]["hint"] = {"text": "The best"}  # type: ignore[assignment]
            return govuk("radios", "govukRadios", **common, **legend, idPrefix="id_radio", items=items)
        case "ticks":
            return govuk("checkboxes", "govukCheckboxes", **common, **legend, idPrefix="id_ticks", items=items)
        case "when":
            parts = [("day", 2), ("month", 3), ("year", 4)]
            error_class = " govuk-input--error" if wrong else ""
            boxes = [{"name": part, "classes": f"govuk-input--width-{width}{error_class}"} for part, width in parts]
            return govuk("date-input", "govukDateInput", **common, **legend, namePrefix="when", items=boxes)
        case "paper":
            return govuk("file-upload", "govukFileUpload", **common, **label)
    return govuk("password-input", "govukPasswordInput", **common, **label)


def with_known_differences(theirs: Shape, name: str) -> Shape:
    """What the macros draw, as we mean it: the order of descriptions, the ids of hints, and no value for a choice of two."""
    told = []
    for tag, classes, attributes, words in theirs:
        if "aria-describedby" in attributes:  # the order in which a screen reader hears them: hint, mistake, count
            order = ["hint", "error", "info"]
            ids = sorted(attributes["aria-describedby"].split(), key=lambda one: order.index(one.rsplit("-", 1)[-1]))
            attributes["aria-describedby"] = " ".join(ids)
        for attribute in ("id", "aria-describedby"):
            if attribute in attributes:
                attributes[attribute] = attributes[attribute].replace("-item-hint", "-hint")
        told.append((tag, classes, attributes, words))
    return told


@pytest.mark.parametrize("wrong", [False, True], ids=["asked", "wrong"])
@pytest.mark.parametrize("name", list(Asked.base_fields))
def test_a_field_is_drawn_as_the_design_system_draws_it(name: str, wrong: bool) -> None:
    form: BaseForm = Asked({}) if wrong else Asked()
    ours = shape(form[name].as_field_group())
    assert ours == with_known_differences(shape(expected(name, wrong)), name)
