"""What becomes of jobs when somebody deletes their account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.models import Job

if TYPE_CHECKING:
    from trellis.core.audit import Actor
    from trellis.core.personal import Leaver


def forget_names(leaver: Leaver, by: Actor) -> None:
    """A job goes on, and no longer says who asked for it."""
    Job.objects.filter(asked_by=leaver.user_id).update(actor_name=leaver.new_name)
