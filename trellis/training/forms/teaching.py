"""How the list of trainers is narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

if TYPE_CHECKING:
    from collections.abc import Collection

    from trellis.training.teaching import Area


class NarrowTrainersForm(forms.Form):
    """Which region or authority, and only those who are free."""

    region = forms.ChoiceField(label="Region", required=False)
    authority = forms.ChoiceField(label="Local authority", required=False)
    free = forms.BooleanField(label="Only those who teach nothing now", required=False)

    def __init__(self, data: Any, *, areas: Collection[Area]) -> None:
        super().__init__(data)
        regions = {str(area.region_id): area.region for area in areas}
        by_name = sorted(regions.items(), key=lambda each: each[1])
        cast("forms.ChoiceField", self.fields["region"]).choices = [("", "All"), *by_name]
        authorities = sorted(((area.pk, area.name) for area in areas), key=lambda each: each[1])
        cast("forms.ChoiceField", self.fields["authority"]).choices = [("", "All"), *authorities]

    @property
    def answers(self) -> dict[str, Any]:
        """What was chosen; what is not among the choices narrows nothing."""
        said = self.cleaned_data if self.is_valid() else {}
        return {
            "region": said.get("region", ""),
            "authority": said.get("authority", ""),
            "free": said.get("free", False),
        }
