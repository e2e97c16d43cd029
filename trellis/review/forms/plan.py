"""What an action asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.accounts.models import User
from trellis.core.dates import day
from trellis.core.forms import Checkboxes, DateField
from trellis.review.actions.plan import Intention
from trellis.review.models import Action, ActionStatus
from trellis.review.rules.plan import ACTION_MOVES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from trellis.review.models.plan import ActionQuerySet

INTENTION = ("what", "why", "owner", "owner_name", "start_on", "due_on", "resources", "success")


class ActionForm(forms.Form):
    """What will be done, why, by whom, by when, with what, and how one will know."""

    what = forms.CharField(
        label="What will you do?",
        help_text="Start with a verb. For example, “Try picture cards at tidy-up time in the two-year-old room”",
        max_length=300,
        error_messages={"required": "Enter what you will do"},
    )
    why = forms.CharField(label="Why?", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.ModelChoiceField(
        label="Who will see to it?",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody yet, or someone below",
    )
    owner_name = forms.CharField(
        label="Someone without an account", help_text="Only if they are not in the list", required=False, max_length=150
    )
    start_on = DateField(label="Start", required=False)
    due_on = DateField(label="Due", required=False)
    resources = forms.CharField(
        label="What does it need?", help_text="Time, cover, money, a visit", required=False, max_length=300
    )
    success = forms.CharField(
        label="How will you know it worked?",
        help_text="What you would see in the room",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, colleagues: QuerySet[User], alone: User | None, action: Action | None = None
    ) -> None:
        """A form for a new action or for `action`; a childminder (`alone`) is not asked who will see to it."""
        initial: dict[str, Any] = {name: getattr(action, name) for name in INTENTION} if action else {}
        super().__init__(data, initial=initial | {"version": action.version if action else 1})
        self.alone = alone
        if alone:
            del self.fields["owner"], self.fields["owner_name"]
        else:
            owner = cast("forms.ModelChoiceField[Any]", self.fields["owner"])
            owner.queryset = action.possible_owners(colleagues) if action else colleagues

    def clean(self) -> dict[str, Any]:
        """Nothing is due before it starts."""
        cleaned = super().clean() or {}
        start_on, due_on = cleaned.get("start_on"), cleaned.get("due_on")
        if start_on and due_on and due_on < start_on:
            self.add_error("due_on", "The due date must be the same as or after the start date")
        return cleaned

    @property
    def intention(self) -> Intention:
        """What was typed, once the form is valid."""
        given = {name: self.cleaned_data[name] for name in INTENTION if name in self.cleaned_data}
        if self.alone:
            given["owner"] = self.alone
        if given.get("owner"):
            given["owner_name"] = ""
        return Intention(**given)


class _ActionsOfOthers(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # cannot be subscripted as it runs
    """Actions to choose from, each with whose it was and when it is due."""

    widget = Checkboxes

    def label_from_instance(self, action: Any) -> str:
        """What it says, whose it was, when it is due."""
        due = f", due {day(action.due_on)}" if action.due_on else ""
        return f"{action.what} ({action.owned_by}{due})"


class HandOverForm(forms.Form):
    """Which actions of somebody who has left, and who takes them on."""

    actions = _ActionsOfOthers(
        label="Which actions?",
        queryset=Action.objects.none(),
        error_messages={
            "required": "Select at least one action",
            "invalid_choice": "Somebody has just changed one of these. Look again",
        },
    )
    to = forms.ModelChoiceField(
        label="Who takes them on?",
        help_text="Ask first. You can hand the others to somebody else afterwards",
        queryset=User.objects.none(),
        empty_label="Select a colleague",
        error_messages={"required": "Select who takes them on", "invalid_choice": "Select a colleague from the list"},
    )

    def __init__(self, data: Any = None, *, left: ActionQuerySet, colleagues: QuerySet[User]) -> None:
        """A form with the actions of those who left, all of them ticked, and the colleagues there are."""
        super().__init__(data, initial={"actions": left})
        for name, queryset in (("actions", left), ("to", colleagues)):
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = queryset


class MoveActionForm(forms.Form):
    """How an action is going, or what came of it."""

    to = forms.ChoiceField(
        label="Where does it stand?", widget=forms.RadioSelect, error_messages={"required": "Select where it stands"}
    )
    impact = forms.CharField(
        label="What difference did it make?",
        help_text="For the children, as a group, or for the team. Needed when it is done",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label="Note",
        help_text="Needed when it is dropped: why it is no longer wanted",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, status: str) -> None:
        """A form with the statuses that may follow `status`."""
        super().__init__(data)
        field = cast("forms.ChoiceField", self.fields["to"])
        field.choices = [(to, ActionStatus(to).label) for to in ACTION_MOVES[status]]


class NoteForm(forms.Form):
    """A note on how it is going."""

    note = forms.CharField(
        label="Note",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Enter a note"},
    )


class NoActionForm(forms.Form):
    """Why nothing will be done about a statement."""

    because = forms.CharField(
        label="No action is needed, because",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why no action is needed"},
    )
