"""What becomes of a person’s training when they delete their account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from trellis.accounts.models import User
from trellis.training.actions.visit_places import give_back_visits_of
from trellis.training.models import Feed, Place, Reflection, TrainerAssignment

if TYPE_CHECKING:
    from trellis.core.audit import Actor
    from trellis.core.personal import Leaver


def leave_training(leaver: Leaver, by: Actor) -> None:
    """They teach nothing any more, and their calendars and links to dates end; what they wrote about visits goes, and they go to none.

    A place stays, with their name and address: it is the centre’s record of an award.
    """
    teaching = TrainerAssignment.objects.live().filter(user=leaver.user_id)
    teaching.update(ended_at=timezone.now(), ended_by=by.actor_id)
    theirs = Place.objects.filter(Q(user=leaver.user_id) | Q(user=None, email=leaver.email))
    Feed.objects.filter(Q(user=leaver.user_id) | Q(place__in=theirs)).delete()
    Reflection.objects.filter(visit__place__in=theirs).delete()
    user = User.objects.get(pk=leaver.user_id)
    for place in theirs.select_related("user"):
        give_back_visits_of(place=place, user=user)
    Place.objects.filter(user=leaver.user_id).update(user=None)
