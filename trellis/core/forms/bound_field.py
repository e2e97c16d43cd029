"""A field of a form as the templates see it: which component, which words, which ids."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from trellis.core.forms.dates import PARTS, DateParts, TypedDate
from trellis.core.forms.widgets import CharacterCount
from trellis.core.forms.words import words

# The template in `govuk/` for each widget; a widget takes its nearest ancestor’s.
TEMPLATES: dict[type, str] = {
    forms.Widget: "plain",
    Input: "input",
    forms.PasswordInput: "password",
    forms.FileInput: "file",
    forms.CheckboxInput: "checkbox",
    forms.Textarea: "textarea",
    CharacterCount: "character_count",
    forms.Select: "select",
    forms.RadioSelect: "radios",
    forms.CheckboxSelectMultiple: "checkboxes",
    DateParts: "date",
}
WIDTHS = {"day": 2, "month": 3, "year": 4}
NOTHING_CHOSEN = "Choose one"


class Choice(NamedTuple):
    """One radio button, checkbox or entry of a select."""

    id: str
    value: str
    label: str
    chosen: bool
    hint: str
    reveals: PageField | None
    disabled: bool

    @property
    def attributes(self) -> SafeString:
        """What of the choice is not always there, as HTML attributes."""
        return as_attributes(
            {
                "checked": self.chosen,
                "disabled": self.disabled,
                "data-reveals": f"{self.id}-more" if self.reveals else None,
                "aria-describedby": f"{self.id}-hint" if self.hint else None,
            }
        )


class DateBox(NamedTuple):
    """One of the three boxes of a date."""

    id: str
    name: str
    label: str
    value: str
    wrong: bool
    width: int


class PageField(BoundField):
    """What the templates of `govuk/` ask of a field. Each part is worked out once."""

    heading = False

    @property
    def template_name(self) -> str:
        """The template of the field itself, or that of its widget."""
        return getattr(self.field, "template_name", None) or f"govuk/{self.component}.html"

    @cached_property
    def component(self) -> str:
        """Which component draws this field’s widget."""
        if self.is_hidden:
            return "hidden"
        return next(TEMPLATES[kind] for kind in type(self.field.widget).__mro__ if kind in TEMPLATES)

    def as_page_heading(self) -> SafeString:
        """The field with its label as the page’s only heading, for a page that asks one thing."""
        self.heading = True
        return self.as_field_group()

    @cached_property
    def id(self) -> str:
        """The id of the control, or of the group of controls."""
        return str(self.field.widget.attrs.get("id") or self.auto_id)

    @cached_property
    def error_texts(self) -> list[str]:
        """The mistakes in words. Where nobody wrote what is missing, the label says it."""
        if self.name not in self.form.errors:
            return []
        return [words(mistake, str(self.label), self.component) for mistake in self.errors.as_data()]

    @cached_property
    def error_target(self) -> str:
        """The id of the first control to correct."""
        if self.component == "date":
            return next((box.id for box in self.date_boxes if box.wrong), f"{self.id}-day")
        if self.component in {"radios", "checkboxes"}:
            return self.choices[0].id if self.choices else self.id
        return self.id

    @cached_property
    def described_by(self) -> str:
        """The ids of the hint and the mistake, for the control or its fieldset."""
        ids = [f"{self.id}-hint"] if self.help_text else []
        if self.error_texts:
            ids.append(f"{self.id}-error")
        if self.component == "character_count":
            ids.append(f"{self.id}-info")
        return " ".join(ids)

    @cached_property
    def attributes(self) -> SafeString:
        """Id, name, description and what the widget asks for, as HTML attributes. The class is the template’s."""
        known: dict[str, Any] = {"id": self.id, "name": self.html_name, "aria-describedby": self.described_by or None}
        known |= {"disabled": self.field.disabled, "aria-invalid": "true" if self.error_texts else None}
        own = {name: value for name, value in self.field.widget.attrs.items() if name not in NOT_ATTRIBUTES}
        return as_attributes(known | self._by_kind() | own)

    def _by_kind(self) -> dict[str, Any]:
        """What a kind of field needs so that a phone shows the right keyboard and a browser fills it in."""
        match self.field:
            case forms.EmailField():
                return {"type": "email", "autocomplete": "email", "spellcheck": "false"}
            case forms.DecimalField() | forms.FloatField():
                return {"type": "text", "inputmode": "decimal"}
            case forms.IntegerField() if self.component == "input":
                return {"type": "text", "inputmode": "numeric"}
        input_type = getattr(self.field.widget, "input_type", None)
        return {"type": input_type} if self.component == "input" else {}

    @property
    def own_class(self) -> str:
        """The classes that the form’s author gave the widget, such as a width."""
        given = self.field.widget.attrs.get("class")
        return f" {given}" if given else ""

    @cached_property
    def text(self) -> str:
        """The value as it stands in a text control."""
        value = self.field.widget.format_value(self.value())
        return "" if value is None else str(value)

    @cached_property
    def checked(self) -> bool:
        """Whether a single checkbox is ticked."""
        widget = self.field.widget
        return bool(isinstance(widget, forms.CheckboxInput) and widget.check_test(self.value()))

    @cached_property
    def choices(self) -> list[Choice]:
        """The choices in order, without groups; without the empty one where the rest are there to be seen."""
        return [choice for _group, choices in self.choice_groups for choice in choices]

    @cached_property
    def choice_groups(self) -> list[tuple[str, list[Choice]]]:
        """The choices by group; a group without a name is none."""
        widget: Any = self.field.widget
        groups = widget.optgroups(self.html_name, widget.format_value(self.value()), {"id": self.id})
        seen = self.component != "select"
        return [
            (str(group or ""), [self._choice(option) for option in options if option["value"] != "" or not seen])
            for group, options, _index in groups
        ]

    def _choice(self, option: dict[str, Any]) -> Choice:
        widget: Any = self.field.widget
        value, label = str(option["value"]), str(option["label"])
        revealed = getattr(widget, "reveals", {}).get(value)
        return Choice(
            id=option["attrs"].get("id", ""),
            value=value,
            label=NOTHING_CHOSEN if not value and not label.strip("-") else label,
            chosen=bool(option["selected"]),
            hint=getattr(widget, "hints", {}).get(value, ""),
            reveals=self.form[revealed] if revealed else None,  # type: ignore[arg-type]
            disabled=self.field.disabled,
        )

    @cached_property
    def date_boxes(self) -> list[DateBox]:
        """The three boxes of a date, with what was typed and which of them are wrong."""
        typed, wrong = TypedDate.of(self.value()), self._wrong_parts()
        return [
            DateBox(
                id=f"{self.id}-{part}",
                name=f"{self.html_name}-{part}",
                label=part.capitalize(),
                value=text,
                wrong=part in wrong,
                width=WIDTHS[part],
            )
            for part, text in zip(PARTS, typed, strict=True)
        ]

    def _wrong_parts(self) -> set[str]:
        """The boxes that a mistake names, or all of them when it names none."""
        wrong: set[str] = set()
        for mistake in self.errors.as_data():
            wrong.update((getattr(mistake, "params", None) or {}).get("parts", PARTS))
        return wrong


# Given to a widget for the templates to place, not attributes of the control.
# `maxlength` would cut what is pasted without a word, and bounds mean nothing to a text box: the field itself refuses.
NOT_ATTRIBUTES = frozenset({"class", "id", "prefix", "suffix", "maxlength", "minlength", "min", "max", "step"})


def opened_by_choices(form: forms.BaseForm) -> frozenset[str]:
    """The names of the fields that a choice of another field opens, which then draws them."""
    widgets = (field.widget for field in form.fields.values())
    return frozenset(name for widget in widgets for name in getattr(widget, "reveals", {}).values())


def as_attributes(attributes: dict[str, Any]) -> SafeString:
    """HTML attributes with a leading space each; None and False leave one out, True gives it without a value.

    >>> as_attributes({"id": "name", "disabled": False, "hidden": True, "title": "“A” & B"})
    ' id="name" hidden title="“A” &amp; B"'
    """
    parts = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        parts.append(f" {name}" if value is True else f' {name}="{escape(value)}"')
    return mark_safe("".join(parts))  # noqa: S308 - every value is escaped just above
