"""What narrows the catalogue and the list of early years qualifications."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from trellis.organisations.models import Region
from trellis.qualifications.catalogue.kinds import AUDIENCE_LABELS, FORMAT_LABELS, FUNDING_LABELS
from trellis.qualifications.rules.narrowing import COSTS, HOURS, NOT_KNOWN, START_WORDS

NO_LEVEL = "none"
LEVELS = [(str(level), f"Level {level}") for level in range(1, 9)]


def _any(words: str, choices: Any) -> list[tuple[str, str]]:
    return [("", words), *choices]


class CatalogueForm(forms.Form):
    """Narrows the catalogue. Whatever is left open narrows nothing."""

    for_whom = forms.ChoiceField(label="For whom", required=False, choices=_any("Anybody", AUDIENCE_LABELS.items()))
    level = forms.ChoiceField(
        label="Level", required=False, choices=_any("Any level", [*LEVELS, (NO_LEVEL, "Without a level")])
    )
    hours = forms.ChoiceField(
        label="Hours",
        required=False,
        choices=_any("Any length", [*((key, span.words) for key, span in HOURS.items()), (NOT_KNOWN, "Not known")]),
    )
    format = forms.ChoiceField(label="How", required=False, choices=_any("Any way", FORMAT_LABELS.items()))
    cost = forms.ChoiceField(
        label="Cost",
        required=False,
        choices=_any("Any cost", [*((key, span.words) for key, span in COSTS.items()), (NOT_KNOWN, "Not known: ask")]),
    )
    funding = forms.ChoiceField(label="Who pays", required=False, choices=_any("Anybody", FUNDING_LABELS.items()))
    region = forms.ModelChoiceField(
        label="Where", required=False, queryset=Region.objects.none(), empty_label="Anywhere in England"
    )
    starts = forms.ChoiceField(label="Starts", required=False, choices=_any("Any time", START_WORDS.items()))

    def __init__(self, data: Any = None) -> None:
        """A form with the regions that there are."""
        super().__init__(data)
        cast("forms.ModelChoiceField[Any]", self.fields["region"]).queryset = Region.objects.order_by("name")


class ListForm(forms.Form):
    """Looks a certificate up in the list of early years qualifications."""

    q = forms.CharField(
        label="Words from the certificate, or the qualification number",
        required=False,
        max_length=200,
        help_text="Such as “diploma workforce CACHE” or 603/5227/9",
    )
    level = forms.ChoiceField(label="Level", required=False, choices=_any("Any level", LEVELS[1:]))
    year = forms.IntegerField(
        label="Year in which the course was begun",
        required=False,
        min_value=1900,
        max_value=2100,
        error_messages={
            "invalid": "Enter the year in figures, such as 2012",
            "min_value": "Enter the year in figures, such as 2012",
            "max_value": "Enter the year in figures, such as 2012",
        },
    )
