"""One renderer turns every Django form into our components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms.renderers import Jinja2, TemplatesSetting

from trellis.core.forms.bound_field import PageField

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField


class GovukRenderer(TemplatesSetting):
    """Renders a form with `govuk/form.html` and each field with the template of its widget (`PageField`)."""

    form_template_name = "govuk/form.html"
    formset_template_name = "govuk/formset.html"
    bound_field_class: type[BoundField] = PageField

    def __init__(self) -> None:
        self._djangos_own = Jinja2()

    def get_template(self, template_name: str) -> Any:
        """Our templates by the project’s settings; those that Django brings for a bare widget from Django."""
        if template_name.startswith("django/forms/"):
            return self._djangos_own.get_template(template_name)
        return super().get_template(template_name)
