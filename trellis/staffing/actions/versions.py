"""Nobody writes over what somebody else has just written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from trellis.core.refusal import Refused, refuse
from trellis.staffing.rules.weeks import CHANGED

if TYPE_CHECKING:
    from django.db.models import Model


def take_version(row: Any, seen: int) -> None:
    """Take the next version of a row, unless it is not the one that was seen. Raises `Refused`."""
    taken = type(row).objects.filter(pk=row.pk, version=seen).update(version=seen + 1)
    refuse(None if taken else CHANGED)
    row.version = seen + 1


def save_once(row: Model, sentence: str, **how: Any) -> None:
    """Save a row of which there can be one; `sentence` is said when there is one already. Raises `Refused`."""
    try:
        with transaction.atomic():
            row.save(**how)
    except IntegrityError as taken:
        raise Refused(sentence) from taken


def said_otherwise(row: Any, said: dict[str, Any]) -> dict[str, list[Any]]:
    """Put what is said into a row, and tell what is otherwise than before."""
    change = {name: [getattr(row, name), new] for name, new in said.items() if getattr(row, name) != new}
    for name, (_, new) in change.items():
        setattr(row, name, new)
    return change
