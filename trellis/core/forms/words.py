"""What a mistake is called when the form’s author wrote nothing of their own: never Django’s sentence, always ours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError

CHOOSING = frozenset({"radios", "checkboxes", "select", "file"})

# Django’s sentences, each with what we say instead. They are compared as objects: an author’s words stay.
INSTEAD: list[tuple[Any, str]] = [
    (validators.EmailValidator.message, "Enter an e-mail address, such as name@example.org"),
    (validators.URLValidator.message, "Enter a web address, such as https://example.org"),
    (validators.MaxLengthValidator.message, "Shorten “{label}” to {limit_value} characters: it has {show_value}"),
    (validators.MinLengthValidator.message, "Write at least {limit_value} characters in “{label}”"),
    (validators.MinValueValidator.message, "“{label}” must be {limit_value} or more"),
    (validators.MaxValueValidator.message, "“{label}” must be {limit_value} or less"),
    (forms.IntegerField.default_error_messages["invalid"], "“{label}” must be a whole number, such as 12"),
    (forms.DecimalField.default_error_messages["invalid"], "“{label}” must be a number, such as 12.5"),
    (forms.FloatField.default_error_messages["invalid"], "“{label}” must be a number, such as 12.5"),
    (forms.DateField.default_error_messages["invalid"], "Enter a real date for “{label}”"),
    (forms.ChoiceField.default_error_messages["invalid_choice"], "Choose “{label}” from what is listed"),
    (forms.ModelChoiceField.default_error_messages["invalid_choice"], "Choose “{label}” from what is listed"),
    (forms.ModelMultipleChoiceField.default_error_messages["invalid_choice"], "Choose “{label}” from what is listed"),
    (forms.FileField.default_error_messages["missing"], "Choose a file"),
    (forms.FileField.default_error_messages["empty"], "That file is empty: choose another"),
]


def words(mistake: object, label: str, component: str) -> str:
    """A mistake of a field as a sentence to act on."""
    if not isinstance(mistake, ValidationError):
        return str(mistake)
    if mistake.message is forms.Field.default_error_messages["required"]:
        return missing(label, component)
    ours = next((sentence for djangos, sentence in INSTEAD if mistake.message is djangos), None)
    return ours.format(label=label, **(mistake.params or {})) if ours else str(mistake.messages[0])


def missing(label: str, component: str) -> str:
    """What to say when a field was left empty.

    >>> missing("Postcode", "input"), missing("Role", "radios"), missing("SENCO’s name", "input")
    ('Enter postcode', 'Choose role', 'Enter SENCO’s name')
    >>> missing("What went well?", "textarea")
    'Answer “What went well?”'
    """
    if label.endswith("?"):
        return f"Answer “{label}”"
    if component == "checkbox":
        return f"Tick “{label}” to go on"
    return f"{'Choose' if component in CHOOSING else 'Enter'} {in_sentence(label)}"


def in_sentence(label: str) -> str:
    """A label in the middle of a sentence: a small first letter, unless it begins with an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
