"""Who the first person of a new installation is. Pure functions."""

from __future__ import annotations

from trellis.accounts.roles import Role

_FIRST_ROLES = {
    "setting": Role.MANAGER,
    "group": Role.GROUP_OVERVIEW,
    "authority": Role.AUTHORITY_LEAD,
    "centre": Role.PROGRAMME_LEAD,
}


def first_role(kind: str, setting_kind: str) -> Role:
    """What whoever sets up an organisation is in it.

    >>> first_role("setting", "full_day_care"), first_role("setting", "childminder"), first_role("authority", "")
    (Role.MANAGER, Role.CHILDMINDER, Role.AUTHORITY_LEAD)
    """
    return Role.CHILDMINDER if setting_kind == "childminder" else _FIRST_ROLES[kind]


def why_not_start(*, anyone_here: bool, code_holds: bool) -> str | None:
    """Why an installation cannot be set up, or None if it can.

    >>> why_not_start(anyone_here=True, code_holds=True)
    'This installation has been set up already'
    >>> why_not_start(anyone_here=False, code_holds=False)
    'This is not the start code of this installation'
    >>> why_not_start(anyone_here=False, code_holds=True)
    """
    if anyone_here:
        return "This installation has been set up already"
    return None if code_holds else "This is not the start code of this installation"
