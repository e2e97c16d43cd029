"""A file of the week: first looked at, then taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from trellis.staffing.files import NotAWeek, read_week_file

if TYPE_CHECKING:
    from trellis.staffing.reading import Week
    from trellis.staffing.rules.week_file import WeekFile

LONGEST_FILE = 400_000


class WeekFileForm(forms.Form):
    """A file, or the text of one that was looked at before."""

    file = forms.FileField(
        label="CSV file", help_text="As you took it from here, or with the columns described below.", required=False
    )
    text = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=LONGEST_FILE, strip=False)

    def __init__(self, data: Any = None, files: Any = None, *, week: Week) -> None:
        super().__init__(data, files)
        self.week = week
        self.found: WeekFile | None = None
        self.read = ""

    def clean(self) -> dict[str, Any]:
        """Read it."""
        answers = super().clean() or {}
        file = answers.get("file")
        if self.errors:
            return answers
        if file and file.size > LONGEST_FILE:
            self.add_error("file", "This file is too long for a week")
            return answers
        self.read = _text(file.read()) if file else answers.get("text", "")
        try:
            if not self.read:
                raise NotAWeek("Choose the file")
            self.found = read_week_file(self.read, self.week)
        except NotAWeek as wrong:
            self.add_error("file", str(wrong))
        return answers


def _text(content: bytes) -> str:
    """Text in UTF-8, or as older spreadsheets write it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
