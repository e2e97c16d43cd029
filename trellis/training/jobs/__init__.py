"""What the clock asks of training: reminders, absences, who can go, offers that run out, waiting lists, what is to be
forgotten; and alternatives for a cohort."""

from trellis.training.jobs.absences import tell_of_what_was_missed
from trellis.training.jobs.applications import anybody_waits, forget_applications, waiting_lists
from trellis.training.jobs.going import check_who_can_go
from trellis.training.jobs.next_starts import follow_next_starts
from trellis.training.jobs.planning import find
from trellis.training.jobs.reminders import remind_of_duties, remind_of_sessions
from trellis.training.jobs.visits import forget_contacts

__all__ = [
    "anybody_waits",
    "check_who_can_go",
    "find",
    "follow_next_starts",
    "forget_applications",
    "forget_contacts",
    "remind_of_duties",
    "remind_of_sessions",
    "tell_of_what_was_missed",
    "waiting_lists",
]
