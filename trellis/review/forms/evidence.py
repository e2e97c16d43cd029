"""What evidence asks: first of all, where the paper is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms

from trellis.core.files import UploadField
from trellis.core.forms import DateField
from trellis.review.models import Evidence, Rating

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.db.models import QuerySet


class EvidenceForm(forms.Form):
    """A piece of evidence."""

    title = forms.CharField(
        label="What is it?",
        help_text="For example, “Minutes of our SEND meeting, October”. Never a child’s name",
        max_length=200,
        error_messages={"required": "Enter what the evidence is"},
    )
    where_kept = forms.CharField(
        label="Where is it kept?",
        help_text="For example, “blue folder in the office” or “shared drive, SEND, policies”. Nothing needs to be uploaded",
        required=False,
        max_length=300,
    )
    look_again_on = DateField(label="When should you look at it again?", required=False)
    upload = UploadField(
        label="A file, if you want to keep it here",
        help_text="A PDF, Word, Excel, text or picture file. Nothing about one child",
        required=False,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, evidence: Evidence | None = None) -> None:
        """A form for a new piece, or for `evidence` (whose files are versions, added elsewhere)."""
        names = ("title", "where_kept", "look_again_on", "version")
        super().__init__(data, files, initial={name: getattr(evidence, name) for name in names} if evidence else {})
        del self.fields["upload" if evidence else "version"]

    def clean(self) -> dict[str, Any]:
        """A piece of evidence can be found: where it is kept, or a file."""
        cleaned = super().clean() or {}
        if not cleaned.get("where_kept") and not cleaned.get("upload") and "upload" not in self.errors:
            self.add_error("where_kept", "Say where it is kept, or choose a file")
        return cleaned


class VersionForm(forms.Form):
    """A newer file for a piece of evidence."""

    upload = UploadField(label="The newer file", error_messages={"required": "Choose the file"})
    note = forms.CharField(label="What changed?", required=False, max_length=300)


class LinkStatementForm(forms.Form):
    """Another statement for a piece that is there already."""

    rating = forms.ModelChoiceField(
        label="Which statement does it stand behind too?",
        queryset=Rating.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose a statement", "invalid_choice": "Choose a statement"},
    )

    def __init__(self, data: Any = None, *, ratings: QuerySet[Rating], words: Mapping[UUID, str]) -> None:
        """A form with the statements of open reviews that the piece does not stand behind yet, in their words."""
        super().__init__(data)
        field = cast("forms.ModelChoiceField[Any]", self.fields["rating"])
        field.queryset = ratings
        field.choices = [("", "Choose one"), *words.items()]


class LinkEvidenceForm(forms.Form):
    """A piece that is there already, for another statement."""

    evidence = forms.ModelChoiceField(
        label="Use a piece you have already",
        queryset=Evidence.objects.none(),
        empty_label="Choose one",
        error_messages={"required": "Choose a piece of evidence"},
    )

    def __init__(self, data: Any = None, *, pieces: QuerySet[Evidence]) -> None:
        """A form with the setting’s pieces that are not linked yet."""
        super().__init__(data)
        field = cast("forms.ModelChoiceField[Any]", self.fields["evidence"])
        field.queryset = pieces
