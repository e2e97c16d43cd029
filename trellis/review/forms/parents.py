"""What parents are asked, on the screen and when a reply on paper is typed in; and until when."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from trellis.core.forms import DateField
from trellis.core.rules.names import looks_personal
from trellis.review.questions import ANSWERS, questions

if TYPE_CHECKING:
    from trellis.review.questions import Language

LONGEST_COMMENT = 2000
BYTES_OF_A_PAGE_KEY = 18


class OpenParentForm(forms.Form):
    """Until when parents can reply."""

    closes_on = DateField(label="The last day to reply", help_text="Two or three weeks are usual")


class ReplyForm(forms.Form):
    """One reply: an answer or none to each question, and a comment. `key` is chance, new for each loaded page.

    A comment that looks as if it named a child is asked about once, and goes on when it is sent again as it is.
    """

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    comment = forms.CharField(required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea)
    warned = forms.CharField(required=False, max_length=LONGEST_COMMENT, widget=forms.HiddenInput, strip=True)

    def __init__(self, data: Any = None, *, language: Language, edition: str) -> None:
        """A form in a language; the mistakes are said in it."""
        super().__init__(data, initial={"key": secrets.token_urlsafe(BYTES_OF_A_PAGE_KEY)}, auto_id="%s")
        self.language, self.looks_personal = language, False
        self.codes = [question.code for question in questions(edition).questions]
        for code in self.codes:
            choices = [(answer, language.answer(answer)) for answer in ANSWERS]
            self.fields[code] = forms.ChoiceField(required=False, choices=choices, widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        """Something is said, and nobody is named unawares."""
        cleaned = super().clean() or {}
        comment = cleaned.get("comment", "")
        if not comment and not any(cleaned.get(code) for code in self.codes):
            self.add_error(None, self.language.words.nothing_answered)
        if comment and comment != cleaned.get("warned") and looks_personal(comment, today=timezone.localdate()):
            self.looks_personal = True
            self.add_error("comment", self.language.words.looks_personal)
        return cleaned

    @property
    def answers(self) -> dict[str, str]:
        """The answer to each question that has one, once the form is valid."""
        return {code: self.cleaned_data[code] for code in self.codes if self.cleaned_data[code]}

    @property
    def reply(self) -> dict[str, Any]:
        """What the actions count."""
        cleaned = self.cleaned_data
        return {"answers": self.answers, "comment": cleaned["comment"], "page_key": cleaned["key"]}
