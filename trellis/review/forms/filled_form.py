"""A form that comes back, and what is accepted of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from trellis.core.files import FileKind, UploadField

if TYPE_CHECKING:
    from collections.abc import Mapping

MEGABYTES = 5


class FormBackForm(forms.Form):
    """The file with the filled form."""

    upload = UploadField(
        label="The filled form",
        help_text="The Excel (.xlsx) or Word (.docx) file that was taken from here. Nothing changes before you have seen every difference",
        kinds=frozenset({FileKind.EXCEL, FileKind.WORD}),
        megabytes=MEGABYTES,
        error_messages={"required": "Choose the file with the filled form"},
    )


def accepted_in(data: Mapping[str, str], keys: list[str]) -> dict[str, int]:
    """The lines that were ticked, each with the version that the page showed.

    >>> accepted_in({"accept-A1": "on", "version-A1": "3", "version-A2": "1"}, ["A1", "A2"])
    {'A1': 3}
    """
    versions = {key: data.get(f"version-{key}", "") for key in keys if f"accept-{key}" in data}
    return {key: int(version) for key, version in versions.items() if version.isascii() and version.isdigit()}
