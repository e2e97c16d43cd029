"""What a setting does about its people going: says how long the way is, apologises for them, and is told when an answer got worse."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.dates import day
from trellis.core.mail import MailKind, send, tell_anew, withdraw
from trellis.core.refusal import refuse
from trellis.organisations.models import Membership
from trellis.staffing.editions.loading import edition_on
from trellis.training.actions.holding import hold_cohort
from trellis.training.actions.marks import Wanted, mark_oneself
from trellis.training.actions.signing_in import ALearner
from trellis.training.actions.telling import tell_learner
from trellis.training.answering import answer_all
from trellis.training.coming import outlook_of
from trellis.training.models import (
    GoingAnswer,
    Journey,
    MarkSource,
    MarkStatus,
    Place,
    PlaceStatus,
    Session,
    VisitPlace,
)
from trellis.training.outlook import shown_of
from trellis.training.rules.going import got_better, got_worse, why_not_as_shown, why_not_send

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from trellis.accounts.acting import Acting
    from trellis.training.answering import Answered, SessionAnswered
    from trellis.training.models import Part

FOR_THEM = "Apologised beforehand by their setting"
REASON = "ratio"
"""What a setting that works out its ratios apologises with: ratio or cover."""


@transaction.atomic
def say_journey(*, session: Session, minutes: int, by: Acting) -> Journey:
    """Note how long the way to where a session is held takes: it is the same for every session there."""
    venue = session.where[:300]
    found = Journey.objects.filter(organisation_id=by.organisation_id, venue=venue).first()
    before = found.minutes if found else None
    if found and before == minutes:
        return found
    said = {"minutes": minutes, "said_at": timezone.now(), "said_by": by.user}
    found, _ = Journey.objects.update_or_create(organisation_id=by.organisation_id, venue=venue, defaults=said)
    record(by=by, verb="journey.said", subject=found, change={"minutes": [before, minutes]})
    return found


@transaction.atomic
def apologise_for(
    *, session: Session, goers: Sequence[Place], stays: Mapping[Place, list[Part]], shown: str, by: Acting
) -> str:
    """Apologise for people of a setting for the parts of a session to which they do not come, and tell them.

    A plan was chosen of these `goers` in their order, as it was `shown`: when they, the day or the times are other ones
    by now, nothing is sent. Nothing of the setting’s rooms or people is told. Raises `Refused`. Returns the sentence
    that says so.
    """
    cohort = hold_cohort(session.cohort_id)
    session = Session.objects.select_related("cohort").get(pk=session.pk)
    refuse(why_not_as_shown(shown=shown, now=shown_of(session, _still_going(goers, session))))
    refuse(
        why_not_send(
            session=session.status,
            cohort=cohort.status,
            begun=timezone.now() >= timezone.make_aware(datetime.combine(session.on, session.starts)),
            parts=sum(map(len, stays.values())),
        )
    )
    wanted = [
        Wanted(place.pk, part.pk, MarkStatus.APOLOGISED, reason=REASON, source=MarkSource.APOLOGY)
        for place, parts in stays.items()
        for part in parts
    ]
    manager = ALearner(by.user.pk, by.user.name, by.acting_as)
    verb = "register.apologised_for"
    made = mark_oneself(session=session, wanted=wanted, user=by.user, by=manager, because=FOR_THEM, verb=verb)
    for place, parts in stays.items():
        if parts and place.user_id != by.user.pk:
            _tell_learner_of_apology(place, session, made[0].batch if made else session.pk)
    return f"The trainer knows who does not come to what on {day(session.on)}"


def _still_going(goers: Sequence[Place], session: Session) -> list[Place]:
    """Those who have a place and no visit of their own, in the same order."""
    visits = VisitPlace.objects.live().filter(session=session).values("place")
    taken = Place.objects.filter(pk__in=[each.pk for each in goers], cohort=session.cohort_id, status=PlaceStatus.TAKEN)
    still = set(taken.exclude(pk__in=visits).values_list("pk", flat=True))
    return [each for each in goers if each.pk in still]


def _tell_learner_of_apology(place: Place, session: Session, batch: UUID) -> None:
    tell_learner(
        place=place,
        cohort=session.cohort,
        subject="Your setting has apologised for you",
        reason=f"Your setting has told the trainer of “{session.cohort.title}” that you do not come to a session, or to a part "
        "of it. What you miss can be caught up. Your dates say which it is.",
        once_key=f"apologised {batch} {place.pk}",
    )


@transaction.atomic
def check_going_again(*, by: Acting, today: date) -> int:
    """Work out the answers for a setting again, as its manager would, and tell whoever leads it once of what got worse.

    Returns how many messages are on their way. What is over, and what cannot be said any more, is forgotten.
    """
    now = timezone.now()
    known = {(each.place_id, each.session_id): each for each in GoingAnswer.objects.visible_to(by)}
    told = 0
    for answered in answer_all(outlook_of(by, today, offered=False), today, ways=False):
        for each in answered.each:
            place = each.going.who.place
            if place is not None and each.verdict is not None:
                kept = known.pop((place.pk, answered.coming.session.pk), None)
                told += _keep(kept, each, answered, place, now, by)
    for over in known.values():
        withdraw(once_key=_once_key(over))
    GoingAnswer.objects.filter(pk__in=[over.pk for over in known.values()]).delete()
    return told


def _once_key(kept: GoingAnswer) -> str:
    """What the message is known by that an answer got worse."""
    return f"going {kept.pk}"


def _keep(
    kept: GoingAnswer | None, each: Answered, answered: SessionAnswered, place: Place, now: datetime, by: Acting
) -> int:
    """Keep an answer in place of the last one; whether it is worse is told once."""
    verdict = each.verdict or 0
    found = (int(verdict), int(verdict if answered.together is None else answered.together))
    edition = edition_on(each.going.on)
    said = {"verdict": found[0], "together": found[1], "edition": edition.key if edition else "", "checked_at": now}
    session = answered.coming.session
    if kept is None:
        GoingAnswer.objects.create(place=place, session=session, **said)
        return 0
    was, key = (kept.verdict, kept.together), _once_key(kept)
    worse, better = got_worse(was=was, now=found), got_better(was=was, now=found)
    if worse or better or not any(found):
        said["worse_since"] = now if worse else None
    GoingAnswer.objects.filter(pk=kept.pk).update(**said)
    if better:
        withdraw(once_key=key)
        tell_anew(once_key=key)
    return _tell(session, each.going.on, key, by) if worse else 0


def _tell(session: Session, on: date, key: str, by: Acting) -> int:
    """Write to whoever leads the setting: a link and why, and nothing of who or which room."""
    tell_anew(once_key=key)
    leading = Membership.objects.who_may(Permission.BOOK_TRAINING).filter(organisation=by.organisation_id)
    sent = [
        send(
            to=member.user,
            kind=MailKind.TRAINING,
            subject="Who can go to a session: look again",
            reason=f"An answer for a session of “{session.cohort.title}” on {day(on)} is worse than it was: your week, "
            "the day or the session has changed.",
            link=reverse("coming_session", args=[session.pk]),
            organisation_id=by.organisation_id,
            once_key=key,
        )
        for member in leading.select_related("user")
    ]
    return sum(message is not None for message in sent)
