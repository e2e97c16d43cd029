"""What the clock asks of reviews: reminders of actions, once for each reason; releases that end by themselves; counts."""

from __future__ import annotations

from datetime import time, timedelta
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from trellis.core.audit import System
from trellis.core.exports import file_name
from trellis.core.jobs import JobFailed, job, schedule
from trellis.core.mail import MailKind, send
from trellis.review.actions.campaign import tell_settings
from trellis.review.actions.filled_form import empty_form
from trellis.review.actions.parents import forget_page_keys
from trellis.review.actions.pooled import count_period, to_count
from trellis.review.actions.release import end_release
from trellis.review.actions.setting_file import keep_setting_file, remove_setting_file
from trellis.review.models import Action, Campaign, FilledForm, Release, SettingFile
from trellis.review.rules.periods import count_day
from trellis.review.rules.plan import reminder
from trellis.review.setting_file import Incomplete, write_setting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from trellis.accounts.models import User
    from trellis.core.jobs import Progress

AHEAD = timedelta(days=7)
# Nobody is reminded of what was due longer ago; what was sent is kept for longer, so that nothing is told twice.
BACK = timedelta(days=365)
# What a form said is in the review by then, or nobody wanted it.
KEPT_FORMS = timedelta(days=60)
INCOMPLETE = (
    "A file of your evidence is not what was stored, so nothing was packed. "
    "Tell whoever runs this installation: `manage.py check_files` says which"
)


@schedule("review.reminders", at=time(7, 30))
@job("review.reminders", "Reminders of actions")
def remind(progress: Progress) -> None:
    """Tell the owners of actions that are due within a week or overdue: each once for each date and reason.

    A new date is a new reason. Nothing more comes once an action is closed.
    """
    today, told = timezone.localdate(), 0
    with progress.batch():
        for action, owner, (subject, reason) in due_for_a_word(today):
            sent = send(
                to=owner,
                kind=MailKind.ACTION_REMINDER,
                subject=subject,
                reason=reason,
                link=action.get_absolute_url(),
                organisation_id=action.organisation_id,
                once_key=f"action {action.pk} {subject} {action.due_on}",
            )
            told += sent is not None
    progress.say({"told": told})


def due_for_a_word(today: date) -> Iterator[tuple[Action, User, tuple[str, str]]]:
    """The open actions owned by somebody who still belongs to the setting, due within a week or overdue, and what to
    tell."""
    found = (
        Action.objects.open()
        .owned_by_members()
        .filter(due_on__range=(today - BACK, today + AHEAD))
        .select_related("owner")
    )
    for action in found.order_by("pk").iterator(chunk_size=500):
        words = reminder(action.due_on, today)
        if words and action.owner:
            yield action, action.owner, words


@schedule("review.end_releases", at=time(0, 20))
@job("review.end_releases", "Releases whose last day has passed")
def end_releases(progress: Progress) -> None:
    """Remove the copies of releases whose last day has passed, and take them out of the counts.

    Nobody could read them since midnight anyway: every reading looks at the day.
    """
    ended = 0
    for release in Release.objects.to_end(timezone.localdate()).without_content().order_by("pk"):
        with progress.batch():
            end_release(release=release)
        ended += 1
    progress.say({"ended": ended})


@schedule("review.forget_page_keys", at=time(0, 30))
@job("review.forget_page_keys", "Forget which pages of parents’ forms were sent, once their last day has passed")
def forget_keys(progress: Progress) -> None:
    """A form that somebody closes forgets them at once; this is for those whose last day has passed."""
    with progress.batch():
        forgotten = forget_page_keys()
    progress.say({"forgotten": forgotten})


@schedule("review.tidy_forms", at=time(3, 25))
@job("review.tidy_forms", "Forget the words of filled forms of long ago")
def tidy_forms(progress: Progress) -> None:
    """Forget what forms said that were read back long ago; that they were read stays."""
    emptied = 0
    found = FilledForm.objects.to_empty(timezone.now() - KEPT_FORMS).select_related("round")
    for form in found.order_by("read_at", "pk"):
        with progress.batch():
            empty_form(form=form)
        emptied += 1
    progress.say({"emptied": emptied})


@job("review.setting_file", "Everything about a setting as one file")
def make_setting_file(progress: Progress, *, setting_file_id: str) -> None:
    """Pack everything about a setting, and keep the file for a week."""
    wanted = SettingFile.objects.select_related("organisation").get(pk=setting_file_id)
    setting = wanted.organisation
    if wanted.made_at is None:
        with TemporaryFile() as made:
            try:
                files = write_setting(setting, made, progress.step)
            except Incomplete as wrong:
                raise JobFailed(INCOMPLETE) from wrong
            name = file_name("Everything", setting.name, timezone.localdate(), "zip")
            keep_setting_file(wanted=wanted, name=name, content=made, by=progress.by)
        progress.say({"files": files})
    progress.say({"link": reverse("setting_files"), "link_text": "Take the file"})


@schedule("review.tidy_setting_files", at=time(3, 35))
@job("review.tidy_setting_files", "Remove files with everything about a setting after a week")
def tidy_setting_files(progress: Progress) -> None:
    """Remove the bytes of files that have served their time."""
    removed = 0
    for wanted in SettingFile.objects.to_remove(timezone.now()).select_related("file").order_by("made_at", "pk"):
        with progress.batch():
            remove_setting_file(wanted=wanted, by=progress.by)
        removed += 1
    progress.say({"removed": removed})


@schedule("review.count_periods", at=time(0, 40))
@job("review.count_periods", "Count what settings have released, once a term is over")
def count_periods(progress: Progress) -> None:
    """Count each authority’s periods whose day has come and that nobody has had counted."""
    today, made = timezone.localdate(), 0
    waiting = to_count(today).order_by("authority", "period_key").values_list("authority", "period_key").distinct()
    for authority, period in [pair for pair in waiting if count_day(pair[1]) <= today]:
        with progress.batch():
            made += len(count_period(authority_id=authority, period=period, by=System("The clock")))
    progress.say({"counted": made})


SETTINGS_AT_ONCE = 100


@job("review.tell_of_campaign", "E-mails to the settings of a campaign")
def tell_of_campaign(progress: Progress, *, campaign: str, again: bool = False) -> None:
    """Write to the settings that were asked; `again` to those that have neither started nor said no thanks.

    It says nothing of how many those are: whoever asked for it sees how this job went.
    """
    one = Campaign.objects.select_related("organisation").get(pk=campaign)
    waiting = one.invitations.open(timezone.localdate()).order_by("pk")
    if again:
        waiting = waiting.not_started()
    found = list(waiting)
    for number in range(0, len(found), SETTINGS_AT_ONCE):
        with progress.batch():
            tell_settings(campaign=one, invitations=found[number : number + SETTINGS_AT_ONCE], again=again)
