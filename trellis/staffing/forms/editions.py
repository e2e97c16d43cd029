"""Which two editions of the rules are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from trellis.staffing.rules.edition import Edition


class CompareForm(forms.Form):
    """Two editions: one before and one after. What is not said, or is none, is the last one and the one before it."""

    older = forms.ChoiceField(label="Before")
    newer = forms.ChoiceField(label="After")

    def __init__(self, address: Any, *, editions: tuple[Edition, ...]) -> None:
        known = {each.key: each for each in editions}
        last = {"older": editions[-2].key, "newer": editions[-1].key}
        said = {name: key if (key := address.get(name)) in known else other for name, other in last.items()}
        super().__init__(initial=said)
        for name in said:
            self.fields[name].choices = [(each.key, each.title) for each in editions]  # type: ignore[attr-defined]
        self.before, self.after = known[said["older"]], known[said["newer"]]
