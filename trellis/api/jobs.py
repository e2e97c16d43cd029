"""What the clock asks for: old answers are forgotten."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from django.utils import timezone

from trellis.api.models import Reply
from trellis.api.rules import KEEP_REPLIES
from trellis.core.jobs import job, schedule

if TYPE_CHECKING:
    from trellis.core.jobs import Progress


@schedule("api.forget_replies", at=time(3, 40), when=lambda: Reply.objects.exists())
@job("api.forget_replies", "Forget what programs were answered more than a day ago")
def forget_replies(progress: Progress) -> None:
    """Delete answers that no repeated request gets any more."""
    Reply.objects.filter(at__lt=timezone.now() - KEEP_REPLIES).delete()
