"""One renderer turns every Django form into GOV.UK components."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Renders each field through `govuk/field.html`, which picks the component for its widget."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"
