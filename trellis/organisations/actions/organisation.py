"""Changing what is known of an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from trellis.core.audit import record
from trellis.core.refusal import refuse
from trellis.organisations.actions.people import write_invitation
from trellis.organisations.models import ROLES_IN, Organisation, OrganisationKind
from trellis.organisations.rules.groups import why_not_add

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.organisations.models import LocalAuthority


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    name: str,
    by: Acting,
    setting_kind: str = "",
    sector: str = "",
    authority: LocalAuthority | None = None,
    contact_email: str = "",
    contact_phone: str = "",
) -> Organisation:
    """Give an organisation another name; a setting also another kind, sector or authority; a centre where to write to.

    It keeps everything else.

    When nothing differs, nothing is written and nothing recorded.
    """
    wanted: dict[str, object] = {"name": name}
    if organisation.kind == OrganisationKind.SETTING:
        wanted |= {"setting_kind": setting_kind, "sector": sector, "authority_id": authority and authority.pk}
    if organisation.kind == OrganisationKind.CENTRE:
        wanted |= {"contact_email": contact_email, "contact_phone": contact_phone}
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


@transaction.atomic
def add_organisation(
    *, kind: str, name: str, authority: LocalAuthority | None, person: str, email: str, by: Acting
) -> Organisation:
    """Add a group of settings, a local authority or a training centre, and invite the first person to lead it.

    Raises `Refused` when the authority is on Trellis already.
    """
    there = authority is not None and Organisation.objects.filter(kind="authority", authority=authority).exists()
    refuse(why_not_add(authority_is_there=there))
    organisation = Organisation.objects.create(kind=kind, name=name, authority=authority)
    record(by=by, verb="organisation.added", subject=organisation, organisation_id=organisation.pk)
    role = ROLES_IN[kind][0]
    write_invitation(organisation=organisation, email=email, name=person, role=role, by=by)
    return organisation
