"""People who sign in, and where they are signed in."""

from trellis.accounts.models.person import User, UserManager, has_account, has_left, is_anyone_here
from trellis.accounts.models.session import Session

__all__ = ["Session", "User", "UserManager", "has_account", "has_left", "is_anyone_here"]
