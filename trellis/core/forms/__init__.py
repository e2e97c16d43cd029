"""Every Django form of ours, rendered by one renderer as accessible components, and the few widgets Django lacks.

A form is an ordinary Django form; only what Django does not know comes from here: `CharacterCount`,
`Radios` and `Checkboxes` with a hint per choice, and `DateField`, which asks for day, month and year.
"""

from trellis.core.forms.bound_field import PageField, opened_by_choices
from trellis.core.forms.dates import DateField, DateParts, TypedDate
from trellis.core.forms.renderer import GovukRenderer
from trellis.core.forms.summary import ErrorLink, error_links
from trellis.core.forms.widgets import CharacterCount, Checkboxes, Radios

__all__ = [
    "CharacterCount",
    "Checkboxes",
    "DateField",
    "DateParts",
    "ErrorLink",
    "GovukRenderer",
    "PageField",
    "Radios",
    "TypedDate",
    "error_links",
    "opened_by_choices",
]
