"""Nobody writes over what somebody else has just written, and no two have the same name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from trellis.core.refusal import Refused, refuse
from trellis.organisations.actions.people import hold_organisation
from trellis.staffing.rules.cells import plainly
from trellis.staffing.rules.weeks import CHANGED, why_not_another, why_not_named

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


def add_named(row: Any, most: int, what: str, already: str) -> None:
    """Write down a further row of a setting that has a name of its own, within how many there can be. Raises `Refused`."""
    hold_organisation(row.organisation_id)
    row.name = plainly(row.name)
    here = type(row).objects.filter(organisation_id=row.organisation_id)
    refuse(why_not_another(there=here.count(), most=most, what=what))
    refuse(why_not_named(row.name, here.values_list("name", flat=True), already))
    save_once(row, already, force_insert=True)


def change_named(row: Any, version: int, already: str, said: dict[str, Any]) -> dict[str, list[Any]]:
    """Change a row of a setting that has a name of its own; what is otherwise than before. Raises `Refused`."""
    hold_organisation(row.organisation_id)
    change = said_otherwise(row, said | ({"name": plainly(said["name"])} if "name" in said else {}))
    if change:
        if "name" in change:
            others = type(row).objects.filter(organisation_id=row.organisation_id).exclude(pk=row.pk)
            refuse(why_not_named(row.name, others.values_list("name", flat=True), already))
        take_version(row, version)
        save_once(row, already)
    return change


def said_otherwise(row: Any, said: dict[str, Any]) -> dict[str, list[Any]]:
    """Put what is said into a row, and tell what is otherwise than before."""
    change = {name: [getattr(row, name), new] for name, new in said.items() if getattr(row, name) != new}
    for name, (_, new) in change.items():
        setattr(row, name, new)
    return change
