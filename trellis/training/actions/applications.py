"""Applying for a place: beginning, answering step by step, sending, withdrawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.mail import MailKind, send
from trellis.core.refusal import Refused, refuse
from trellis.training.actions.applicants_work import Work, setting_columns
from trellis.training.actions.application_links import make_key
from trellis.training.actions.holding import hold_cohort
from trellis.training.actions.judging import judge_application, refusing_verdict
from trellis.training.actions.manager_answers import Answer, ask_manager, has_agreed, keep_answer
from trellis.training.actions.moving import BY_APPLICANT, BY_MANAGER, move
from trellis.training.models import AccessNeeds, Application, ApplicationStatus, KeyFor, Offer, OfferStatus, WhoMoved
from trellis.training.rules.applications import OVER, why_not_send, why_not_write
from trellis.training.rules.questions import at_most, missing_of, steps_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from trellis.accounts.models import User
    from trellis.core.audit import Actor
    from trellis.training.models import Cohort, Programme


@transaction.atomic
def begin_application(
    *,
    programme: Programme,
    name: str,
    email: str,
    user: User | None = None,
    work: Work | None = None,
    wanted: Cohort | None = None,
) -> tuple[Application, str]:
    """Begin an application, or find the one that this address has begun; with a new link to it.

    `wanted` is the cohort from whose line they came: it stands there when they are asked which, until they have said so.
    """
    open_ones = Application.objects.under_way(programme, email)
    application = open_ones.first()
    known_to_be_them = application is None or user is not None
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
    if (
        wanted
        and known_to_be_them
        and application.status == ApplicationStatus.DRAFT
        and "cohort" not in application.answered
    ):
        application.wanted.set([wanted])
    return application, make_key(application, KeyFor.APPLICANT)


@transaction.atomic
def send_link(*, programme: Programme, name: str, email: str, wanted: Cohort | None = None) -> None:
    """Write to whoever wants to apply: the link is in the e-mail only. The page says the same whoever they are."""
    application, token = begin_application(programme=programme, name=name, email=email, wanted=wanted)
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


def steps_of(application: Application, *, manager_answered: bool | None = None) -> list[str]:
    """The questions for this applicant; whether the setting has agreed is asked for unless the caller knows."""
    return steps_for(**_known_of(application, manager_answered))


def steps_at_most(application: Application, steps: Collection[str]) -> list[str]:
    """The questions that there can still be for this applicant, whatever they answer. `steps` are those as it stands."""
    return at_most(**_known_of(application, "manager" not in steps))


def _known_of(application: Application, manager_answered: bool | None) -> dict[str, Any]:
    return {
        "role": application.role,
        "level_3": application.level_3,
        "authority_known": bool(application.authority_id)
        and (application.provider_id or application.setting_id) is not None,
        "manager_answered": has_agreed(application) if manager_answered is None else manager_answered,
    }


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
    """Send it: the manager of the setting is asked, unless the answers alone speak against a place.

    Raises `Refused` when something is not answered.
    """
    refuse(why_not_send(status=application.status, missing=missing_of(steps_of(application), application.answered)))
    if application.status == ApplicationStatus.NEEDS_INFORMATION and has_agreed(application):
        move(application, to=ApplicationStatus.MANAGER_AGREED, who=WhoMoved.APPLICANT, by=BY_APPLICANT, code="answered")
        judge_application(application)
        return application
    move(application, to=ApplicationStatus.SUBMITTED, who=WhoMoved.APPLICANT, by=BY_APPLICANT, sent_at=timezone.now())
    if has_agreed(application):
        move(application, to=ApplicationStatus.MANAGER_AGREED, who=WhoMoved.MANAGER, by=BY_MANAGER, code="booked")
        judge_application(application)
    elif refusing_verdict(application):
        judge_application(application)
    else:
        ask_manager(application)
    return application


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
