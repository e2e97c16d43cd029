"""What an error summary lists: every mistake of a page’s forms, each with the control to go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.forms import BaseForm, BaseFormSet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trellis.core.forms.bound_field import PageField


class ErrorLink(NamedTuple):
    """A sentence, and the id of the control to correct; no id when the mistake belongs to no one field."""

    text: str
    target: str


def error_links(*forms: BaseForm | BaseFormSet) -> list[ErrorLink]:  # type: ignore[type-arg]
    """The mistakes of one or several forms or formsets, in the order of the page. What is not a form has none."""
    found: list[ErrorLink] = []
    for form in forms:
        if isinstance(form, BaseForm):
            found += _of_form(form)
        elif isinstance(form, BaseFormSet):
            found += [ErrorLink(str(text), "") for text in form.non_form_errors()]
            found += error_links(*form.forms)
    return found


def _of_form(form: BaseForm) -> Iterator[ErrorLink]:
    """First what concerns the whole form, then field by field."""
    if not form.errors:
        return
    for text in form.non_field_errors():
        yield ErrorLink(str(text), "")
    for name in form.fields:
        field: PageField = form[name]  # type: ignore[assignment]
        for text in field.error_texts:
            yield ErrorLink(text, "" if field.is_hidden else field.error_target)
