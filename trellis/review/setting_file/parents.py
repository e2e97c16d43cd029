"""What parents said, as far as a setting is told: how many replied, and shares in words; never a count of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from trellis.review.voices import answers_of

if TYPE_CHECKING:
    from trellis.review.models import ParentForm


def said_by_parents(form: ParentForm) -> dict[str, Any]:
    """The replies and shares of a form, where the pages of the setting tell them as well; otherwise nothing."""
    told = form.told(timezone.localdate()).answers
    said = [[each.code, each.yes, each.not_yet] for each in answers_of(form)] if told else []
    return {"replies": form.replies if told else None, "said": said}
