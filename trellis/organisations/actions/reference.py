"""Putting England’s regions and authorities into the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models, transaction

from trellis.core.audit import record
from trellis.organisations.authorities import (
    Authority,
    FormerAuthority,
    load_authorities,
    load_former_authorities,
    load_regions,
)
from trellis.organisations.models import LocalAuthority, Region

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trellis.core.audit import Actor

Row = TypeVar("Row", Region, LocalAuthority)


@transaction.atomic
def load_reference(*, by: Actor) -> int:
    """Bring regions, authorities and former authorities to what the reference data says; nothing is deleted.

    Returns how many were added or changed: 0 when all was as it should be, and then nothing is recorded.
    """
    regions = _bring_in(Region, [Region(code=each.code, name=each.name) for each in load_regions()], ["name"])
    everyone: list[Authority | FormerAuthority] = [*load_former_authorities(), *load_authorities()]
    fields = ["dfe_code", "name", "region_id", "opened_on", "closed_on"]
    authorities = _bring_in(LocalAuthority, [_row(each) for each in everyone], fields)
    followed = _bring_in_successors()
    changed = {"regions": regions, "authorities": authorities, "successors": followed}
    if any(changed.values()):
        record(by=by, verb="reference.loaded", subject=LocalAuthority(), change=changed)
    return sum(map(len, changed.values()))


def _row(authority: Authority | FormerAuthority) -> LocalAuthority:
    return LocalAuthority(
        code=authority.code,
        dfe_code=authority.dfe_code,
        name=authority.name,
        region_id=authority.region.code,
        opened_on=authority.opened,
        closed_on=getattr(authority, "closed", None),
    )


def _bring_in(model: type[Row], wanted: Iterable[Row], fields: list[str]) -> list[str]:
    """Add what is missing and change what differs; the codes of both."""
    there = {row[0]: row[1:] for row in model._default_manager.values_list("code", *fields)}
    differing = [row for row in wanted if there.get(row.code) != tuple(getattr(row, field) for field in fields)]
    new = [row for row in differing if row.code not in there]
    model._default_manager.bulk_update([row for row in differing if row.code in there], _plain(fields))
    model._default_manager.bulk_create(new)
    return [row.code for row in differing]


def _plain(fields: list[str]) -> list[str]:
    return [field.removesuffix("_id") for field in fields]


def _bring_in_successors() -> list[str]:
    """Say of each former authority what replaced it; the codes of those of which it was not said yet."""
    through: type[models.Model] = LocalAuthority.replaced_by.through
    wanted = {(each.code, code) for each in load_former_authorities() for code in each.replaced_by}
    links: Any = through._default_manager
    missing = wanted - set(links.values_list("from_localauthority_id", "to_localauthority_id"))
    links.bulk_create(
        [through(from_localauthority_id=former, to_localauthority_id=code) for former, code in sorted(missing)]
    )
    return sorted({former for former, _code in missing})
