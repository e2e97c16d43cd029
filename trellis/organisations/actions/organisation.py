"""Changing what is known of an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from trellis.core.audit import record
from trellis.organisations.models import OrganisationKind

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.organisations.models import LocalAuthority, Organisation


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    name: str,
    by: Acting,
    setting_kind: str = "",
    sector: str = "",
    authority: LocalAuthority | None = None,
) -> Organisation:
    """Give an organisation another name; a setting also another kind, sector or authority. It keeps everything else.

    When nothing differs, nothing is written and nothing recorded.
    """
    wanted: dict[str, object] = {"name": name}
    if organisation.kind == OrganisationKind.SETTING:
        wanted |= {"setting_kind": setting_kind, "sector": sector, "authority_id": authority and authority.pk}
    change = {
        field: [getattr(organisation, field), value]
        for field, value in wanted.items()
        if getattr(organisation, field) != value
    }
    for field, (_before, after) in change.items():
        setattr(organisation, field, after)
    if change:
        organisation.save(update_fields=list(change))
        record(by=by, verb="organisation.changed", subject=organisation, change=change, organisation_id=organisation.pk)
    return organisation
