"""The manager of the setting: asking whether it can release an applicant, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from trellis.core.mail import MailKind, send
from trellis.core.often import counted_of
from trellis.core.refusal import Refused, refuse
from trellis.training.actions.application_links import make_key, tell_applicant
from trellis.training.actions.judging import judge_application
from trellis.training.actions.moving import BY_APPLICANT, BY_MANAGER, move
from trellis.training.models import Application, ApplicationKey, ApplicationStatus, KeyFor, ManagerAnswer, WhoMoved
from trellis.training.rules.applications import MOVED_ON, why_not_confirm
from trellis.training.rules.questions import ANSWERS_FOR_THEMSELVES

if TYPE_CHECKING:
    from trellis.accounts.models import User

DAY = 24 * 60 * 60
MOST_FOR_A_MANAGER = 20


@dataclass(frozen=True)
class Answer:
    """What the manager says: that all four are possible, or why not."""

    agreed: bool
    release: bool = False
    cover: bool = False
    ratio: bool = False
    observation: bool = False
    because: str = ""
    name: str = ""

    @property
    def all_four(self) -> bool:
        """Whether everything is confirmed."""
        return self.release and self.cover and self.ratio and self.observation


def has_agreed(application: Application) -> bool:
    """Whether the setting has said yes, the last time it was asked."""
    newest = application.answers.order_by("-at", "-pk").first()
    return newest is not None and newest.agreed


@transaction.atomic
def ask_manager_again(*, application: Application) -> Application:
    """Ask the setting once more after it has said no. Raises `Refused`."""
    if application.status != ApplicationStatus.MANAGER_REFUSED:
        raise Refused(MOVED_ON)
    move(application, to=ApplicationStatus.SUBMITTED, who=WhoMoved.APPLICANT, by=BY_APPLICANT, code="asked_again")
    ask_manager(application)
    return application


def ask_manager(application: Application) -> None:
    """Write to whoever answers for the setting. Raises `Refused` when they were asked very often today."""
    own = application.role in ANSWERS_FOR_THEMSELVES
    asked = application.email if own else application.manager_email
    if counted_of("asking a manager", asked, within=DAY) > MOST_FOR_A_MANAGER:
        raise Refused("This manager has been asked very often today. Try again tomorrow")
    send(
        to=asked,
        kind=MailKind.INVITATION,
        subject="Can your setting release somebody for a course?",
        reason=f"Somebody of your setting applies for “{application.programme.title}”. "
        "The course needs your answer about release, cover, ratio and a visit.",
        link=reverse("confirm_release", args=[make_key(application, KeyFor.MANAGER)]),
        organisation_id=application.centre_id,
    )


@transaction.atomic
def answer_for_setting(*, application: Application, answer: Answer) -> Application:
    """Take the manager’s answer; when it is yes, the rules of the programme look at the application. Raises `Refused`."""
    refuse(
        why_not_confirm(
            status=application.status, agreed=answer.agreed, all_four=answer.all_four, because=answer.because
        )
    )
    to = ApplicationStatus.MANAGER_AGREED if answer.agreed else ApplicationStatus.MANAGER_REFUSED
    move(application, to=to, who=WhoMoved.MANAGER, by=BY_MANAGER)
    keep_answer(application, answer)
    ApplicationKey.objects.filter(application=application, opens_for=KeyFor.MANAGER).delete()
    if answer.agreed:
        judge_application(application)
    else:
        tell_applicant(application)
    return application


def keep_answer(application: Application, answer: Answer, user: User | None = None) -> ManagerAnswer:
    """Write the manager’s answer down."""
    said = {name: getattr(answer, name) for name in ("release", "cover", "ratio", "observation", "name")}
    because = "" if answer.agreed else answer.because
    return ManagerAnswer.objects.create(application=application, because=because, by=user, **said)
