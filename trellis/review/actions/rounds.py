"""Starting a round, moving it on, and saying who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.mail import MailKind, send
from trellis.core.refusal import Refused, refuse
from trellis.review.actions.holding import hold
from trellis.review.actions.parents import close_parent_form
from trellis.review.actions.telling import still_there
from trellis.review.models import (
    OPEN,
    Action,
    Framework,
    LocalOverlay,
    ParentForm,
    Part,
    Rating,
    Round,
    RoundPerson,
    RoundStatus,
    RoundStep,
    Statement,
)
from trellis.review.rules.counts import standing
from trellis.review.rules.rounds import audience_of, why_not_add, why_not_move, why_not_start
from trellis.review.wording import wording_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User
    from trellis.organisations.models import Organisation


NEWS: dict[str, tuple[str, str]] = {
    RoundStatus.DISCUSSING: ("A review is ready to discuss", "Every colleague who takes part can look at it now."),
    RoundStatus.AGREED: ("A review has been agreed", "A review that you took part in has been agreed."),
}
"""What colleagues are told when a round reaches a status: the subject and the reason."""


class UnderWay(Refused):
    """A review with the same statements is under way; `round` is that one."""

    def __init__(self, reason: str, round: Round) -> None:
        """Keep which one, so that a page can lead there."""
        super().__init__(reason)
        self.round = round


@transaction.atomic
def start_round(
    *,
    organisation: Organisation,
    framework: Framework,
    period: str,
    reason: str,
    colleagues: Sequence[User] = (),
    by: Acting,
) -> Round:
    """Start a round for a setting: one rating, not yet discussed, for each statement meant for its kind.

    It follows the setting’s last round by the same framework (any edition), whose open actions carry over.
    Raises `UnderWay` when one by this framework, in whatever edition, has not been agreed or put away.
    """
    round = Round(
        organisation=organisation,
        framework=framework,
        overlay=_newest_overlay(framework, organisation),
        audience=audience_of(organisation.setting_kind),
        period=period,
        reason=reason,
        previous=_last_round(organisation, framework),
        started_by=by.user,
    )
    _refuse_a_second(round)
    statements = _statements_of(round)
    refuse(why_not_start(open_round_exists=False, statements=len(statements)))
    try:
        with transaction.atomic():
            round.save(force_insert=True)
    except IntegrityError:
        _refuse_a_second(round)
        raise
    Rating.objects.bulk_create([Rating(round=round, statement=statement) for statement in statements])
    RoundStep.objects.create(round=round, to_status=RoundStatus.DRAFT, by=by.user)
    _set_people(round, colleagues, by)
    round.actions.set(Action.objects.filter(organisation=organisation, statement__framework__key=framework.key).open())
    _tell(round, "You are asked to take part in a review", "Your setting has started a SEND review with you.", by)
    record(by=by, verb="round.started", subject=round, change={"period": period, "framework": str(framework)})
    return round


def _refuse_a_second(round: Round) -> None:
    """A setting has one open review at a time with the statements for its kind."""
    same = {"organisation": round.organisation, "framework__key": round.framework.key, "audience": round.audience}
    there = Round.objects.filter(**same).open().newest_first().first()
    reason = why_not_start(open_round_exists=there is not None, statements=1)
    if there and reason:
        raise UnderWay(reason, there)


def _newest_overlay(framework: Framework, organisation: Organisation) -> LocalOverlay | None:
    if organisation.authority_id is None:
        return None
    found = LocalOverlay.objects.filter(framework=framework, authority_id=organisation.authority_id)
    return found.order_by("-loaded_at").first()


def _last_round(organisation: Organisation, framework: Framework) -> Round | None:
    rounds = Round.objects.filter(organisation=organisation, framework__key=framework.key)
    return rounds.exclude(agreed_at=None).order_by("-agreed_at").first()


def _statements_of(round: Round) -> list[Statement]:
    """The rows of the statements that this round rates."""
    codes = wording_of(round).statements.keys()
    authority = round.overlay.authority_id if round.overlay else None
    rows = Statement.objects.filter(framework=round.framework, code__in=codes)
    return [row for row in rows if row.authority_id is None or row.authority_id == authority]


def _set_people(round: Round, colleagues: Sequence[User], by: Acting) -> None:
    leads = RoundPerson(round=round, user=by.user, name=by.user.name, part=Part.LEADS)
    others = [
        RoundPerson(round=round, user=user, name=user.name, part=Part.TAKES_PART)
        for user in colleagues
        if user.pk != by.user.pk
    ]
    RoundPerson.objects.bulk_create([leads, *others])


@transaction.atomic
def move_round(*, round: Round, to: str, note: str = "", by: Acting) -> Round:
    """Move a round to another status. Agreeing freezes its ratings and ends its parents’ form. Raises `Refused`
    with the reason.

    Nobody writes in the round from the first line on until the transaction ends: see `hold`. Its ratings are
    written too, so that whoever is saving one comes before, and is counted, or after, and is refused.
    """
    before = round.status
    if not Round.objects.filter(pk=round.pk, status=before).update(status=F("status")):
        raise Refused("Someone else has just moved this review. Look at it again")
    ratings = Rating.objects.filter(round=round)
    ratings.update(frozen=to not in OPEN)
    now = standing(ratings.values_list("state", flat=True))
    refuse(why_not_move(status=before, to=to, rated=now.answered, not_discussed=now.not_discussed, alone=by.alone))
    round.status = to
    if to == RoundStatus.AGREED:
        round.agreed_at, round.agreed_by = timezone.now(), by.user
    if to not in OPEN:
        for form in ParentForm.objects.filter(round=round, closed_at=None):
            close_parent_form(form=form, by=by)
    round.save(update_fields=["status", "agreed_at", "agreed_by"])
    RoundStep.objects.create(round=round, from_status=before, to_status=to, note=note, by=by.user)
    if to in NEWS:
        _tell(round, *NEWS[to], by)
    record(by=by, verb="round.moved", subject=round, change={"status": [before, to]})
    return round


def _tell(round: Round, subject: str, reason: str, by: Acting) -> None:
    """Write to the colleagues who take part and have not left, once for each piece of news; a link and a reason."""
    here = still_there(Permission.SEE_REVIEW, round.organisation)
    for person in RoundPerson.objects.filter(round=round, user__isnull=False).select_related("user"):
        if person.user and person.user.pk in here and person.user.pk != by.user.pk:
            send(
                to=person.user,
                kind=MailKind.REVIEW_NEWS,
                subject=subject,
                reason=reason,
                link=round.get_absolute_url(),
                organisation_id=round.organisation_id,
                once_key=f"round {round.pk} {subject}",
            )


@transaction.atomic
def ask_person(*, round: Round, name: str, by: Acting, user: User | None = None) -> RoundPerson:
    """Note who else takes part (with an account) or was asked (without). Raises `Refused` when the round is frozen."""
    hold(round, why_not_add)
    person = RoundPerson.objects.create(
        round=round, user=user, name=user.name if user else name, part=Part.TAKES_PART if user else Part.WAS_ASKED
    )
    record(by=by, verb="round.person_added", subject=round, change={"part": person.part})
    return person
