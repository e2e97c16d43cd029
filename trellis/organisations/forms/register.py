"""Which file to import, and how."""

from __future__ import annotations

from django import forms

from trellis.core.files import FileKind, UploadField
from trellis.core.forms import Radios

LARGEST = 100  # megabytes; the whole register has about 25
OTHERS, NONE = "others", "none"


class ImportForm(forms.Form):
    """One file and three questions about it."""

    file = UploadField(
        label="The register as a CSV file",
        kinds=frozenset({FileKind.CSV, FileKind.TEXT}),
        megabytes=LARGEST,
        help_text="As Ofsted publishes it, in any of its layouts. If you have a spreadsheet, save it as CSV first.",
        error_messages={"required": "Choose the file to import"},
    )
    dry_run = forms.BooleanField(
        label="Only try it out: say what would change, and change nothing", required=False, initial=True
    )
    complete = forms.BooleanField(
        label="This file is the whole register",
        help_text="Whoever is not in it will be marked as no longer listed. Nobody is deleted.",
        required=False,
    )
    if_rejected = forms.ChoiceField(
        label="What should happen if some rows cannot be read?",
        choices=[(OTHERS, "Import all the others"), (NONE, "Import nothing")],
        initial=OTHERS,
        widget=Radios(hints={OTHERS: "The result lists each row that was left out, with the reason."}),
        error_messages={"required": "Choose what should happen", "invalid_choice": "Choose what should happen"},
    )
