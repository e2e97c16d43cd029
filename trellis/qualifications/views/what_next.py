"""“What next”: four questions, and answers with their reasons. Nothing is kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trellis.core.access import public
from trellis.qualifications.catalogue import read_guide
from trellis.qualifications.forms.what_next import WhatNextForm
from trellis.qualifications.models import Qualification
from trellis.qualifications.rules.what_next import suggestions_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from trellis.qualifications.catalogue.guide import Guide, Question

GUIDE = Path(__file__).resolve().parent.parent / "reference" / "what-next.yaml"


@cache
def guide() -> Guide:
    """The questions and rules, read once."""
    return read_guide(GUIDE)


@require_safe
@public
def what_next(request: Any) -> HttpResponse:
    """The questions; once they are answered, what could come next and why."""
    asked = guide()
    form = WhatNextForm(request.GET or None, guide=asked)
    if not form.is_valid():
        return render(request, "qualifications/what_next.html", {"form": form})
    suggested = suggestions_for(form.cleaned_data, asked.suggestions)
    offered = Qualification.objects.visible_to(request.acting).offered(timezone.localdate())
    entries = {each.key: each for each in offered.filter(key__in={key for each in suggested for key in each.then})}
    said = [(each, [entries[key] for key in each.then if key in entries]) for each in suggested]
    answers = [(question.title, labels(question)[form.cleaned_data[question.key]]) for question in asked.questions]
    return render(
        request,
        "qualifications/what_next_answer.html",
        {"said": said, "answers": answers, "checked_on": asked.checked_on, "today": timezone.localdate()},
    )


def labels(question: Question) -> dict[str, str]:
    """What each answer to a question is called."""
    return {choice.key: choice.label for choice in question.choices}
