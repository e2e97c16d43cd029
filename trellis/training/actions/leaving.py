"""What becomes of a person’s training when they delete their account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.training.models import Feed, Place, TrainerAssignment

if TYPE_CHECKING:
    from trellis.core.audit import Actor
    from trellis.core.personal import Leaver


def leave_training(leaver: Leaver, by: Actor) -> None:
    """They teach nothing any more and their calendar ends. A place stays: it is the centre’s record of an award."""
    teaching = TrainerAssignment.objects.live().filter(user=leaver.user_id)
    teaching.update(ended_at=timezone.now(), ended_by=by.actor_id)
    Feed.objects.filter(user=leaver.user_id).delete()
    Place.objects.filter(user=leaver.user_id).update(user=None)
