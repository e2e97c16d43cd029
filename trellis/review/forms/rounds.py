"""Starting a round, moving it on, and who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.accounts.models import User
from trellis.core.forms import Checkboxes
from trellis.review.models import Framework, RoundStatus

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet


class StartForm(forms.Form):
    """What a new round needs to know."""

    framework = forms.ModelChoiceField(
        label="Which statements will you use?",
        help_text="Each says what good support looks like. You say how well it is in place with you",
        queryset=Framework.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select the statements you will use"},
    )
    period = forms.CharField(
        label="Which period is this review for?",
        help_text="For example, autumn term 2026",
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"required": "Enter the period, such as autumn term 2026"},
    )
    reason = forms.CharField(
        label="Why now?",
        help_text="A sentence is enough. For example, “Two new room leaders, and our first look together”",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    colleagues = forms.ModelMultipleChoiceField(
        label="Who will take part besides you?",
        help_text="You can add people later",
        queryset=User.objects.none(),
        required=False,
        widget=Checkboxes,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        frameworks: QuerySet[Framework],
        colleagues: QuerySet[User],
        period: str,
        framework: UUID | None = None,
    ) -> None:
        """A form with the frameworks on offer and the colleagues there are; without any, nobody is asked for."""
        super().__init__(data, initial={"period": period, "framework": framework or frameworks.first()})
        for name, queryset in (("framework", frameworks), ("colleagues", colleagues)):
            field = cast("forms.ModelChoiceField[Any]", self.fields[name])
            field.queryset = queryset
        if not colleagues:
            del self.fields["colleagues"]


class MoveForm(forms.Form):
    """A word to go with a move."""

    note = forms.CharField(
        label="Anything to add?",
        help_text="For example, who agreed it and where",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, to: str = "") -> None:
        """A form for a move; who agreed is only asked when something is agreed."""
        super().__init__(data)
        if to != RoundStatus.AGREED:
            self.fields["note"].help_text = ""


class AskPersonForm(forms.Form):
    """Someone else in a review: a colleague who takes part, or people who were asked and have no account."""

    user = forms.ModelChoiceField(
        label="A colleague who takes part", queryset=User.objects.none(), required=False, empty_label="Nobody from here"
    )
    name = forms.CharField(
        label="Someone else who was asked",
        help_text="A name or a group, for example “Parents at pick-up, two mornings”. Never a child’s name",
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, colleagues: QuerySet[User]) -> None:
        """A form with the colleagues who are not part of the review yet; without any, only for others."""
        super().__init__(data)
        if colleagues:
            cast("forms.ModelChoiceField[Any]", self.fields["user"]).queryset = colleagues
        else:
            del self.fields["user"]

    def clean(self) -> dict[str, Any]:
        """Somebody is named."""
        cleaned = super().clean() or {}
        if not cleaned.get("user") and not cleaned.get("name"):
            self.add_error("name", "Enter who was asked")
        return cleaned


class DismissForm(forms.Form):
    """A word that answers a quality prompt."""

    prompt = forms.CharField(max_length=40, widget=forms.HiddenInput)
    subject = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    word = forms.CharField(
        label="Your answer", max_length=300, error_messages={"required": "Enter a word or two, so that others know why"}
    )
