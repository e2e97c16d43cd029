"""What is asked when something was seen of children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone

from trellis.core.rules.names import looks_like_data, looks_personal

if TYPE_CHECKING:
    from trellis.review.wording import Wording

LONGEST = 1000


class ChildVoiceForm(forms.Form):
    """What was seen, and what it is about: a statement, or a whole area."""

    seen = forms.CharField(
        label="What did you see?",
        help_text="What children did, showed or chose. For example, “Two children go behind the curtain when the hall "
        "gets loud”. Never a name",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what you saw"},
    )
    about = forms.ChoiceField(label="What is it about?")
    names_nobody = forms.BooleanField(label="I have looked again: it names no child", required=False)

    def __init__(self, data: Any = None, *, wording: Wording, about: str = "") -> None:
        """A form with the areas and statements of a round; `about` is chosen at first."""
        super().__init__(data, initial={"about": about})
        cast("forms.ChoiceField", self.fields["about"]).choices = [
            (
                area.title,
                [
                    (area.code, f"All of “{area.title}”"),
                    *((each.code, f"{each.code} {each.text}") for each in area.statements),
                ],
            )
            for area in wording.areas
        ]
        self.asks_again = bool(data) and self._names_somebody(self.data.get("seen", ""))
        if not self.asks_again:
            del self.fields["names_nobody"]

    @staticmethod
    def _names_somebody(seen: str) -> bool:
        today = timezone.localdate()
        return bool(looks_personal(seen, today=today)) and not looks_like_data(seen, today=today)

    def clean_seen(self) -> str:
        """One child’s data is never kept."""
        seen = str(self.cleaned_data["seen"])
        if data := looks_like_data(seen, today=timezone.localdate()):
            raise forms.ValidationError(data)
        return seen

    def clean(self) -> dict[str, Any]:
        """What looks like a name is asked about once."""
        cleaned = super().clean() or {}
        named = looks_personal(cleaned.get("seen", ""), today=timezone.localdate())
        if named and not cleaned.get("names_nobody"):
            self.add_error("seen", named)
        return cleaned
