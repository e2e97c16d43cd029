"""Applying for a place: beginning, answering step by step, sending, withdrawing; and the links to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from trellis.core.audit import System, record
from trellis.core.mail import MailKind, send
from trellis.core.often import counted_of
from trellis.core.refusal import Refused, refuse
from trellis.organisations.models import Organisation
from trellis.training.actions.application_links import make_key, tell_applicant
from trellis.training.actions.holding import hold_cohort
from trellis.training.actions.judging import judge_application
from trellis.training.actions.moving import move
from trellis.training.models import (
    AccessNeeds,
    Application,
    ApplicationKey,
    ApplicationStatus,
    KeyFor,
    ManagerAnswer,
    Offer,
    OfferStatus,
    WhoMoved,
)
from trellis.training.rules.applications import OVER, why_not_confirm, why_not_send, why_not_write
from trellis.training.rules.questions import ANSWERS_FOR_THEMSELVES, missing_of, steps_for

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.core.audit import Actor
    from trellis.organisations.models import Provider
    from trellis.training.models import Programme

DAY = 24 * 60 * 60
MOST_FOR_A_MANAGER = 20
APPLYING_ALREADY = "Somebody with this e-mail address is applying already"
BY_APPLICANT = System("The applicant, by their link", acting_as="The page of an application")
BY_MANAGER = System("The manager of the setting, by their link", acting_as="The page of an application")


@dataclass(frozen=True)
class Work:
    """Where an applicant works: a row of the register, an organisation on Trellis, or only a name."""

    provider: Provider | None = None
    setting: Organisation | None = None
    name: str = ""


def setting_columns(work: Work) -> dict[str, Any]:
    """What of an application follows from where somebody works. The register and Trellis name the same place."""
    provider = work.provider or (work.setting.provider if work.setting else None)
    setting = work.setting or (getattr(provider, "organisation", None) if provider else None)
    known = provider or setting
    authority = known.authority_id if known else None
    columns: dict[str, Any] = {"provider": provider, "setting": setting}
    columns["setting_name"] = work.name or (str(known) if known else "")
    if authority:
        columns |= {"authority_id": authority, "in_england": True}
    return columns


def work_of(by: Acting) -> Work:
    """The setting that somebody acts for."""
    return Work(setting=Organisation.objects.get(pk=by.organisation_id))


@transaction.atomic
def begin_application(
    *, programme: Programme, name: str, email: str, user: User | None = None, work: Work | None = None
) -> tuple[Application, str]:
    """Begin an application, or find the one that this address has begun; with a new link to it."""
    open_ones = Application.objects.under_way(programme, email)
    application = open_ones.first()
    if application is None:
        columns = setting_columns(work) if work else {}
        try:
            with transaction.atomic():
                application = Application.objects.create(
                    programme=programme,
                    centre_id=programme.centre_id,
                    name=name,
                    email=email,
                    user=user,
                    answered=["setting"] if work else [],
                    **columns,
                )
        except IntegrityError:  # they began twice at the same moment
            application = open_ones.get()
        else:
            record(by=BY_APPLICANT, verb="application.begun", subject=application, organisation_id=programme.centre_id)
    elif user and application.status == ApplicationStatus.DRAFT:
        # whoever typed this address first may have typed another name
        application.user, application.name = user, user.name
        application.save(update_fields=["user", "name"])
    elif user and application.user_id is None:
        application.user = user
        application.save(update_fields=["user"])
    return application, make_key(application, KeyFor.APPLICANT)


@transaction.atomic
def send_link(*, programme: Programme, name: str, email: str) -> None:
    """Write to whoever wants to apply: the link is in the e-mail only. The page says the same whoever they are."""
    application, token = begin_application(programme=programme, name=name, email=email)
    send(
        to=application.email,
        kind=MailKind.INVITATION,
        subject="Go on with your application",
        reason=f"You asked to apply for “{programme.title}”. With this link you go on, on any device.",
        link=reverse("application", args=[token]),
        organisation_id=application.centre_id,
    )


@transaction.atomic
def link_for(*, application: Application) -> str:
    """A new link for somebody who is signed in and goes on with their own application."""
    return make_key(application, KeyFor.APPLICANT)


def steps_of(application: Application) -> list[str]:
    """The questions for this applicant."""
    return steps_for(
        role=application.role,
        level_3=application.level_3,
        authority_known=bool(application.authority_id)
        and (application.provider_id or application.setting_id) is not None,
        manager_answered=has_agreed(application),
    )


def has_agreed(application: Application) -> bool:
    """Whether the setting has said yes, the last time it was asked."""
    newest = application.answers.order_by("-at", "-pk").first()
    return newest is not None and newest.agreed


@transaction.atomic
def save_answer(*, application: Application, step: str, answer: dict[str, Any]) -> Application:
    """Keep what was answered on one page. Raises `Refused` once the application is sent."""
    refuse(why_not_write(application.status))
    said = dict(answer)
    wanted, needs = said.pop("wanted", None), said.pop("needs", None)
    columns: dict[str, Any] = setting_columns(said.pop("work")) if "work" in said else {}
    columns |= said | {"answered": [*(each for each in application.answered if each != step), step]}
    columns["moved_at"] = timezone.now()
    still = Application.objects.filter(pk=application.pk, status=application.status, forgotten_at=None)
    if not still.update(**columns):
        raise Refused("This application has moved on. Look at it again")
    if wanted is not None:
        application.wanted.set(wanted)
    if needs is not None:
        AccessNeeds.objects.filter(application=application).delete()
        if any(needs.values()):
            AccessNeeds.objects.create(application=application, **needs)
    before = application.setting_key
    application.refresh_from_db()
    if application.setting_key != before and has_agreed(application):
        _ask_the_new_setting(application)
    return application


def _ask_the_new_setting(application: Application) -> None:
    """The yes was of another setting: it counts no more, and the manager of this one has to be named."""
    keep_answer(application, Answer(agreed=False, because="The applicant has named another setting since"))
    application.answered = [each for each in application.answered if each != "manager"]
    application.save(update_fields=["answered"])


@transaction.atomic
def send_application(*, application: Application) -> Application:
    """Send it: the manager of the setting is asked. Raises `Refused` when something is not answered."""
    refuse(why_not_send(status=application.status, missing=missing_of(steps_of(application), application.answered)))
    if application.status == ApplicationStatus.NEEDS_INFORMATION and has_agreed(application):
        move(application, to=ApplicationStatus.MANAGER_AGREED, who=WhoMoved.APPLICANT, by=BY_APPLICANT, code="answered")
        judge_application(application)
        return application
    move(application, to=ApplicationStatus.SUBMITTED, who=WhoMoved.APPLICANT, by=BY_APPLICANT, sent_at=timezone.now())
    if has_agreed(application):
        move(application, to=ApplicationStatus.MANAGER_AGREED, who=WhoMoved.MANAGER, by=BY_MANAGER, code="booked")
        judge_application(application)
    else:
        _ask_manager(application)
    return application


@transaction.atomic
def ask_manager_again(*, application: Application) -> Application:
    """Ask the setting once more after it has said no. Raises `Refused`."""
    move(application, to=ApplicationStatus.SUBMITTED, who=WhoMoved.APPLICANT, by=BY_APPLICANT, code="asked_again")
    _ask_manager(application)
    return application


def _ask_manager(application: Application) -> None:
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
        tell_applicant(application, "Your setting has answered")
    return application


def keep_answer(application: Application, answer: Answer, user: User | None = None) -> ManagerAnswer:
    """Write the manager’s answer down."""
    said = {name: getattr(answer, name) for name in ("release", "cover", "ratio", "observation", "name")}
    because = "" if answer.agreed else answer.because
    return ManagerAnswer.objects.create(application=application, because=because, by=user, **said)


@transaction.atomic
def withdraw_application(*, application: Application, by: Actor = BY_APPLICANT) -> Application:
    """Withdraw an application, wherever it stands; an offer that waits ends. Raises `Refused` when it is over."""
    offered = Offer.objects.open().filter(application=application).first()
    if offered:
        hold_cohort(offered.cohort_id)
        ended = {"status": OfferStatus.TAKEN_BACK, "ended_at": timezone.now()}
        if not Offer.objects.open().filter(pk=offered.pk).update(**ended):
            raise Refused(OVER)
    move(application, to=ApplicationStatus.WITHDRAWN, who=WhoMoved.APPLICANT, by=by)
    return application


@dataclass(frozen=True)
class Booking:
    """One line of a booking: who, and what they are in the setting."""

    name: str
    email: str
    role: str


@transaction.atomic
def book_person(*, programme: Programme, booking: Booking, by: Acting) -> Application:
    """Apply for somebody of one’s setting, who says the rest; the setting agrees with it. Raises `Refused`."""
    if Application.objects.under_way(programme, booking.email).exists():
        raise Refused(APPLYING_ALREADY)
    try:
        with transaction.atomic():
            application = Application.objects.create(
                programme=programme,
                centre_id=programme.centre_id,
                name=booking.name,
                email=booking.email,
                role=booking.role,
                booked_by=by.user,
                answered=["setting", "role"],
                **setting_columns(work_of(by)),
            )
    except IntegrityError as twice:
        raise Refused(APPLYING_ALREADY) from twice
    yes = Answer(agreed=True, release=True, cover=True, ratio=True, observation=True, name=by.actor_name)
    keep_answer(application, yes, by.user)
    record(by=by, verb="application.booked", subject=application, organisation_id=programme.centre_id)
    send(
        to=application.email,
        kind=MailKind.INVITATION,
        subject="Your setting would like you to take part in a course",
        reason=f"{by.organisation_name} applies for a place for you in “{programme.title}”. "
        "A few questions are left for you to answer.",
        link=reverse("application", args=[make_key(application, KeyFor.APPLICANT)]),
        organisation_id=application.centre_id,
    )
    return application
