"""What narrows a list of places."""

from __future__ import annotations

from django import forms

from trellis.organisations.models import OrganisationKind, SettingKind

ANY = ("", "Any kind")


class SettingsForm(forms.Form):
    """Narrows the settings of an authority."""

    ALL, ON_TRELLIS = "", "on-trellis"

    name = forms.CharField(label="Name, postcode or number", required=False, max_length=100)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[ANY, *SettingKind.choices])
    show = forms.ChoiceField(
        label="Which", required=False, choices=[(ALL, "All in the register"), (ON_TRELLIS, "Those that use Trellis")]
    )


class OrganisationsForm(forms.Form):
    """Narrows all organisations."""

    name = forms.CharField(label="Name", required=False, max_length=100)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[ANY, *OrganisationKind.choices])
