"""The first minute of a new installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.accounts.acting import Themselves
from trellis.accounts.actions import create_person
from trellis.accounts.models import is_anyone_here
from trellis.accounts.roles import Role
from trellis.core.audit import in_several_chains, record
from trellis.core.operations.starting import start_code_holds
from trellis.core.refusal import refuse
from trellis.organisations.models import Membership, Organisation, OrganisationKind
from trellis.organisations.rules.start import first_role, why_not_start

if TYPE_CHECKING:
    from trellis.accounts.models import User
    from trellis.organisations.models import LocalAuthority

OPERATOR_NAME = "The people who run this installation"


@in_several_chains()
def start_installation(
    *,
    code: str,
    name: str,
    email: str,
    password: str,
    organisation_name: str,
    kind: OrganisationKind,
    setting_kind: str = "",
    authority: LocalAuthority | None = None,
) -> User:
    """Make the first person, their organisation, and the operator, whose system administrator they are too.

    Raises `Refused` without the code, and once there is anybody; of two who are first at once, the database lets one in.
    """
    refuse(why_not_start(anyone_here=is_anyone_here(), code_holds=start_code_holds(code)))
    user = create_person(name=name, email=email, password=password)
    own = Organisation.objects.create(
        name=organisation_name.strip(), kind=kind, setting_kind=setting_kind, authority=authority
    )
    _join(user, own, first_role(kind, setting_kind))
    operator = Organisation.objects.create(name=OPERATOR_NAME, kind=OrganisationKind.OPERATOR)
    _join(user, operator, Role.SYSTEM_ADMINISTRATOR)
    return user


def _join(user: User, organisation: Organisation, role: Role) -> None:
    """Become the first member of an organisation that was just made."""
    by = Themselves(user)
    membership = Membership.objects.create(user=user, organisation=organisation, role=role)
    change = {"name": [None, organisation.name], "kind": [None, organisation.kind]}
    record(by=by, verb="organisation.made", subject=organisation, change=change, organisation_id=organisation.pk)
    record(
        by=by,
        verb="membership.began",
        subject=membership,
        change={"role": [None, role]},
        organisation_id=organisation.pk,
    )
