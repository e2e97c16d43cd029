"""What a page says, and what somebody types into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse


def text(answer: HttpResponse) -> str:
    """What a page answers, with one space where there are several."""
    return " ".join(answer.content.decode().split())


def typed(name: str, day: date) -> dict[str, int]:
    """A day, as it is typed into the three boxes of a field."""
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
