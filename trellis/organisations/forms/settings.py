"""Looking for a setting."""

from __future__ import annotations

from django import forms


class SearchForm(forms.Form):
    """What one looks for. Nothing typed is no mistake."""

    q = forms.CharField(
        label="Name, postcode or provider number",
        max_length=200,
        required=False,
        strip=True,
        help_text="You can add the town or the authority. A letter may be wrong. "
        "Childminders’ names are not published: type the number, or “childminder” and the authority.",
        error_messages={"max_length": "Type at most 200 characters"},
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
