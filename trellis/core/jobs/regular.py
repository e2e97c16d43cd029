"""What the clock asks for in every installation."""

from __future__ import annotations

from datetime import time, timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from trellis.core.audit import first_broken_link
from trellis.core.jobs.progress import JobFailed, Progress
from trellis.core.jobs.registry import job, schedule
from trellis.core.mail.arrivals import ASK_FOR, any_on_their_way, ask_about
from trellis.core.mail.summaries import anything_gathered, summarise_for, ungathered
from trellis.core.models import AuditEvent, Job, SentMail

AT_ONCE = 500
LONGEST_CHAIN = timedelta(hours=6)
KEEP_REGULAR_JOBS = timedelta(days=30)


@schedule("sessions.clear", at=time(3, 15))
@job("sessions.clear", "Forget sessions that have ended")
def clear_sessions(progress: Progress) -> None:
    """Delete sessions past their end."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@schedule("jobs.tidy", at=time(3, 20))
@job("jobs.tidy", "Forget regular jobs of more than 30 days ago")
def tidy_jobs(progress: Progress) -> None:
    """Delete finished jobs that nobody but the clock asked for. What people asked for stays."""
    old = Job.objects.filter(asked_by=None, finished_at__lt=timezone.now() - KEEP_REGULAR_JOBS)
    deleted, _ = old.delete()
    progress.say({"forgotten": deleted})


@schedule("mail.tidy", at=time(3, 25))
@job("mail.tidy", "Forget what e-mail was sent long ago")
def tidy_mail(progress: Progress) -> None:
    """Delete what `TRELLIS_KEEP_SENT_MAIL_DAYS` says is not kept any more; a summary after what it told about."""
    before = timezone.now() - timedelta(days=settings.ENVIRONMENT.keep_sent_mail_days)
    old = SentMail.objects.settled_before(before).filter(gathered=None)
    while some := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        with progress.batch():
            SentMail.objects.filter(pk__in=some).delete()
            progress.say({"forgotten": progress.result.get("forgotten", 0) + len(some)})


@schedule("audit.verify", at=time(3, 30))
@job("audit.verify", "Check that nobody has rewritten the audit", limit=LONGEST_CHAIN)
def verify_audit(progress: Progress) -> None:
    """Walk every chain of the audit; a broken one fails the job, with its place."""
    chains = sorted(AuditEvent.objects.order_by().values_list("chain", flat=True).distinct())
    for number, chain in enumerate(chains, 1):
        if broken := first_broken_link(chain):
            place = f"event {broken.number} of {chain or 'the installation'}"
            raise JobFailed(f"The audit is broken at {place}: {broken.reason}")
        progress.step(number, len(chains))
    progress.say({"chains": len(chains)})


@schedule("mail.arrivals", every=timedelta(minutes=10), when=any_on_their_way)
@job("mail.arrivals", "Ask whether e-mail arrived")
def ask_about_arrivals(progress: Progress) -> None:
    """Ask the mail service about each message that it has not settled yet."""
    waiting = list(SentMail.objects.awaiting_an_answer(timezone.now() - ASK_FOR).order_by("sent_at"))
    for number, message in enumerate(waiting, 1):
        ask_about(message)
        progress.step(number, len(waiting))


@schedule("mail.weekly", at=time(7, 0), weekday=0, when=anything_gathered)
@job("mail.weekly", "Weekly e-mail summaries")
def write_summaries(progress: Progress) -> None:
    """Write one message to each person who gets some things weekly."""
    people = ungathered()
    for number, person in enumerate(people, 1):
        with progress.batch():
            summarise_for(person)
            progress.step(number, len(people))
