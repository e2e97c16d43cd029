"""Places, the organisations that use Trellis, and who belongs to them."""

from trellis.organisations.models.invitation import Invitation, find_invitation
from trellis.organisations.models.membership import Membership
from trellis.organisations.models.organisation import ROLES_IN, Organisation, OrganisationKind
from trellis.organisations.models.place import LocalAuthority, Provider, Region, Sector, SettingKind

__all__ = [
    "Invitation",
    "ROLES_IN",
    "LocalAuthority",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Provider",
    "Region",
    "Sector",
    "SettingKind",
    "find_invitation",
]
