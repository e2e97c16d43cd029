"""Places, the organisations that use Trellis, and who belongs to them."""

from trellis.organisations.models.claim import ANSWER_OPENS_FOR, ClaimRequest, find_answer
from trellis.organisations.models.group import GroupRequest
from trellis.organisations.models.invitation import Invitation, find_invitation
from trellis.organisations.models.membership import Membership
from trellis.organisations.models.organisation import ROLES_IN, Organisation, OrganisationKind
from trellis.organisations.models.place import LocalAuthority, Region, Sector, SettingKind
from trellis.organisations.models.provider import Provider
from trellis.organisations.models.register_import import ImportedBatch, RegisterImport, RejectedLine
from trellis.organisations.models.search import HasWord, Likeness, ProviderWord, SearchWord

__all__ = [
    "ANSWER_OPENS_FOR",
    "ROLES_IN",
    "ClaimRequest",
    "GroupRequest",
    "HasWord",
    "ImportedBatch",
    "Invitation",
    "Likeness",
    "LocalAuthority",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Provider",
    "ProviderWord",
    "Region",
    "RegisterImport",
    "RejectedLine",
    "SearchWord",
    "Sector",
    "SettingKind",
    "find_answer",
    "find_invitation",
]
