"""The form field that asks for a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from trellis.core.files.checking import CheckedFile, check_upload
from trellis.core.refusal import Refused
from trellis.core.rules.files import EVERY_KIND, FileKind, endings


class UploadField(forms.FileField):
    """Asks for one file of certain kinds. Its cleaned value is a `CheckedFile`, ready for `keep_file`.

    `kinds` are the kinds to take (all of the list unless told), `megabytes` the limit when it is not the
    installation’s; above that, the view says so with `takes_files_up_to`.
    """

    widget = forms.FileInput

    def __init__(self, *, kinds: frozenset[FileKind] = EVERY_KIND, megabytes: int | None = None, **kwargs: Any) -> None:
        self.kinds, self.megabytes = kinds, megabytes
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the file dialogue offer only what is taken."""
        return {"accept": ",".join(f".{ending}" for ending in endings(self.kinds))}

    def to_python(self, data: Any) -> CheckedFile | None:  # type: ignore[override]
        """What was uploaded, checked, or the sentence that says why it is not taken."""
        if data in self.empty_values:
            return None
        try:
            return check_upload(data, kinds=self.kinds, megabytes=self.megabytes)
        except Refused as why:
            raise ValidationError(str(why), code="refused") from None
