"""What narrows a list of places."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from trellis.core.forms import Radios
from trellis.organisations.models import LocalAuthority, OrganisationKind, SettingKind

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


class AddOrganisationForm(forms.Form):
    """A group of settings, a local authority or a training centre, and who is invited to lead it."""

    kind = forms.ChoiceField(
        label="What do you want to add?",
        choices=[
            (OrganisationKind.GROUP, "A group of settings"),
            (OrganisationKind.AUTHORITY, "A local authority"),
            (OrganisationKind.CENTRE, "A training centre"),
        ],
        widget=Radios(reveals={OrganisationKind.AUTHORITY.value: "authority"}),
        error_messages={"required": "Select what you want to add"},
    )
    authority = forms.ModelChoiceField(
        label="Which local authority?", queryset=LocalAuthority.objects.none(), required=False, empty_label="Choose one"
    )
    name = forms.CharField(label="Its name", max_length=255, error_messages={"required": "Enter its name"})
    person = forms.CharField(
        label="Who will lead it: full name", max_length=150, error_messages={"required": "Enter their full name"}
    )
    email = forms.EmailField(label="Their e-mail address", error_messages={"required": "Enter their e-mail address"})

    def __init__(self, data: Any = None) -> None:
        """A form with the authorities of today."""
        super().__init__(data)
        cast("forms.ModelChoiceField[Any]", self.fields["authority"]).queryset = LocalAuthority.objects.of_today()

    def clean(self) -> dict[str, Any]:
        """An authority says which; the others have none."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == OrganisationKind.AUTHORITY and not cleaned.get("authority"):
            self.add_error("authority", "Select the local authority")
        if cleaned.get("kind") != OrganisationKind.AUTHORITY:
            cleaned["authority"] = None
        return cleaned
