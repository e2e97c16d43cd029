"""As whom a person acts: one role in one organisation at a time. The page always says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest

from trellis.accounts.roles import Permission, Role, may, needs_second_step

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.models import User


@dataclass(frozen=True)
class Acting:
    """A person in a role for an organisation. Rows are visible to this, and actions are done by it."""

    user: User
    membership_id: UUID
    role: Role
    organisation_id: UUID
    organisation_name: str
    organisation_kind: str
    setting_kind: str = ""
    authority_id: str | None = None
    others: int = 0

    def may(self, permission: Permission) -> bool:
        """Whether the role allows something."""
        return may(self.role, permission)

    @property
    def needs_second_step(self) -> bool:
        """Whether a password alone is too little for this role."""
        return needs_second_step(self.role)

    @property
    def alone(self) -> bool:
        """Whether this is a childminder: one person who is every role."""
        return self.role == Role.CHILDMINDER

    @property
    def actor_id(self) -> UUID:
        """For the audit: who."""
        return self.user.pk

    @property
    def actor_name(self) -> str:
        """For the audit: their name on that day."""
        return self.user.name

    @property
    def acting_as(self) -> str:
        """For the audit and the page: the role and the organisation."""
        return f"{Role(self.role).label}, {self.organisation_name}"


@dataclass(frozen=True)
class Themselves:
    """A person at work on their own account, for no organisation. Their events form a chain of their own."""

    user: User
    acting_as: str = "Their own account"

    @property
    def actor_id(self) -> UUID:
        """For the audit: who."""
        return self.user.pk

    @property
    def actor_name(self) -> str:
        """For the audit: their name on that day."""
        return self.user.name

    @property
    def organisation_id(self) -> UUID:
        """For the audit: the chain, which is the person’s."""
        return self.user.pk


class Request(HttpRequest):
    """A request of a signed-in person who acts for an organisation; `@requires` saw to that."""

    user: User
    acting: Acting
