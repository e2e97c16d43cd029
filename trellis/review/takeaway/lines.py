"""What can be accepted of a form: each with what would be written, over which version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trellis.review.actions.plan import Intention
    from trellis.review.actions.ratings import Answer
    from trellis.review.models import Action, Rating, Statement
    from trellis.review.takeaway.shape import Difference


@dataclass(frozen=True)
class StatementLine:
    """A statement of which the form says something else: what would be written over which version."""

    code: str
    text: str
    differences: list[Difference]
    answer: Answer
    rating: Rating
    conflict: str = ""

    @property
    def key(self) -> str:
        """By what the page names it."""
        return self.code

    @property
    def version(self) -> int:
        """Which version was compared."""
        return self.rating.version


@dataclass(frozen=True)
class PlanLine:
    """An action of which the form says something else, or a new one: what would be written over which version."""

    key: str
    code: str
    text: str
    differences: list[Difference]
    intention: Intention
    statement: Statement
    action: Action | None = None
    conflict: str = ""

    @property
    def version(self) -> int:
        """Which version was compared; 0 for what is new."""
        return self.action.version if self.action else 0
