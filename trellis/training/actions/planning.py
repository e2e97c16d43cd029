"""Planning a cohort: asking settings, counting who agreed, looking for alternatives, setting a cohort up from one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.jobs import start
from trellis.core.models import Job
from trellis.core.refusal import Refused, refuse
from trellis.staffing.models import Colleague, UsualDay
from trellis.training.actions.cohorts import CohortPlan, make_cohort
from trellis.training.cohort_templates import cohort_templates, in_half_days
from trellis.training.models import Alternative, Counted, Planning, PlanningStatus, Search
from trellis.training.models.cohort import CohortFunding
from trellis.training.planning import (
    counting,
    digest_of,
    left_out_of,
    look,
    questions_of,
    who_is_counted,
)
from trellis.training.rules.planning import why_not_be_counted, why_not_move_planning, why_not_search, why_not_use
from trellis.training.rules.plans import chosen, tight_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.core.jobs import Progress
    from trellis.organisations.models import LocalAuthority
    from trellis.training.models import Cohort, Programme
    from trellis.training.planning import Counting, Step

SEARCH = "training.plan"
NOT_YOURS = "You can plan cohorts of your own centre only"
NOTHING_FITS = "In none of these patterns can all sessions be held between these days. Allow more days, or more patterns"


@dataclass(frozen=True)
class PlanningSaid:
    """What is asked of a cohort that is being planned."""

    title: str
    authority: LocalAuthority
    template: str
    cadences: list[str]
    shapes: list[str]
    first_from: date
    first_until: date
    over_by: date
    weekdays: list[int]
    not_on: list[str]
    venue: str
    venue_weekdays: list[int]
    venue_not_on: list[str]
    other_venue: str = ""
    other_venue_weekdays: list[int] | None = None
    other_venue_not_on: list[str] | None = None


@transaction.atomic
def make_planning(*, programme: Programme, said: PlanningSaid, by: Acting) -> Planning:
    """Begin to plan a cohort: settings of the authority can agree from now on. Raises `Refused`."""
    if not by.may(Permission.RUN_COHORTS) or by.organisation_id != programme.centre_id:
        raise Refused(NOT_YOURS)
    if not programme.authorities.filter(pk=said.authority.pk).exists():
        raise Refused("This programme is not held for that authority. Add it to the programme first")
    told = {name: value for name, value in vars(said).items() if value is not None}
    planning = Planning.objects.create(programme=programme, centre_id=programme.centre_id, made_by=by.user, **told)
    record(by=by, verb="planning.made", subject=planning, change={"title": planning.title})
    return planning


@transaction.atomic
def move_planning(*, planning: Planning, to: str, by: Acting) -> Planning:
    """Count those that have agreed, or give up. Whoever would go is forgotten when it is given up. Raises `Refused`."""
    found = _held(planning, by)
    refuse(why_not_move_planning(status=found.status, to=to, agreed=len(who_is_counted(found))))
    if to == PlanningStatus.USED:
        raise Refused("Set up the cohort from an alternative")
    _move(found, to)
    record(by=by, verb=f"planning.{to}", subject=found)
    return found


@transaction.atomic
def be_counted(
    *,
    planning: Planning,
    people: Sequence[Colleague],
    travel: int,
    name_told: bool,
    by: Acting,
    other_travel: int = 0,
) -> Counted:
    """A setting agrees to be counted, or says something else of it. Raises `Refused`."""
    found = _lock(planning)
    refuse(
        why_not_be_counted(
            status=found.status,
            here=by.may(Permission.BOOK_TRAINING) and by.authority_id == found.authority_id,
            people=len(people),
            written=UsualDay.objects.filter(organisation_id=by.organisation_id).exists(),
        )
    )
    if any(each.organisation_id != by.organisation_id for each in people):
        raise Refused("Choose from the people of your own week")
    told: dict[str, Any] = {"travel": travel, "other_travel": other_travel, "name_told": name_told}
    agreed, new = Counted.objects.get_or_create(
        planning=found, setting_id=by.organisation_id, withdrawn_at=None, defaults=told | {"agreed_by": by.user}
    )
    if not new:
        for name, value in told.items():
            setattr(agreed, name, value)
        agreed.agreed_at, agreed.agreed_by = timezone.now(), by.user
        agreed.save(update_fields=[*told, "agreed_at", "agreed_by"])
    agreed.people.set(people)
    record(by=by, verb="planning.agreed", subject=agreed, change={"name_told": name_told, "people": len(people)})
    return agreed


@transaction.atomic
def stop_being_counted(*, counted: Counted, by: Acting) -> Counted:
    """A setting is not counted any more, and its name is not told any more: at any time. Raises `Refused`."""
    _lock(counted.planning)
    found = Counted.objects.get(pk=counted.pk)
    if found.setting_id != by.organisation_id or not by.may(Permission.BOOK_TRAINING):
        raise Refused("You can withdraw your own setting only")
    if found.withdrawn_at is None:
        found.withdrawn_at, found.withdrawn_by, found.name_told = timezone.now(), by.user, False
        found.save(update_fields=["withdrawn_at", "withdrawn_by", "name_told"])
        found.people.clear()
        record(by=by, verb="planning.withdrawn", subject=found)
    return found


@transaction.atomic
def ask_for_alternatives(*, planning: Planning, by: Acting) -> Search:
    """Let alternatives be looked for in the background. Raises `Refused`."""
    found = _held(planning, by)
    agreed = who_is_counted(found)
    running = Job.objects.unfinished().filter(pk__in=found.searches.values("job_id")).exists()
    refuse(why_not_search(status=found.status, agreed=len(agreed), searching=running))
    number = (found.searches.aggregate(n=Max("number"))["n"] or 0) + 1
    search = Search(
        planning=found,
        number=number,
        asked=_asked(found),
        many=len(agreed),
        unnamed=sum(not each.name_told for each in agreed),
        people=sum(len(each.people.all()) for each in agreed),
        asked_by=by.user,
    )
    search.job_id = start(
        job=SEARCH, by=by, arguments={"search_id": str(search.pk)}, title=f"Alternatives for “{found.title}”"
    ).pk
    search.save(force_insert=True)
    record(by=by, verb="planning.searched", subject=search, change={"number": number, "settings": search.many})
    return search


def _asked(planning: Planning) -> dict[str, Any]:
    """What a search is asked, as it stands now: of days and places, and nothing of settings."""
    apart = ("id", "programme", "centre", "authority", "cohort", "made_at", "made_by", "status")
    fields = [field.name for field in planning._meta.fields if field.name not in apart]
    return {name: _plain(getattr(planning, name)) for name in fields}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | list) else value.isoformat()


def find_alternatives(*, search: Search, progress: Progress) -> None:
    """Look for alternatives: each pattern gets an answer soon, better ones replace it. Raises `Refused`.

    What was found is kept with each step. Whoever goes on after a killed worker begins anew, and finds the same.
    """
    progress.step(0, None, "Reading what settings reply")
    counted = counting(search.planning)
    questions = questions_of(search.planning, counted)
    if not questions:
        raise Refused(NOTHING_FITS)
    many = {"many": len(counted.agreements), "people": counted.people, "digest": digest_of(questions)}
    with progress.batch():
        Search.objects.filter(pk=search.pk).update(
            **many, unnamed=sum(not each.name_told for each in counted.agreements)
        )
    for step in look(questions):
        with progress.batch():
            _keep(search, step, counted)
            progress.step(step.done, step.total, f"{step.pattern.words}: {step.looking.best[1].worth.people} can come")
    with progress.batch():
        Search.objects.filter(pk=search.pk).update(finished_at=timezone.now())
        progress.say({"link": search.planning.get_absolute_url(), "link_text": "See the alternatives"})


def _keep(search: Search, step: Step, counted: Counting) -> None:
    """Keep the best of a pattern so far, and how far from the best it may be."""
    pattern, (question, found) = step.pattern, step.looking.best
    tight = tight_for(question, found.plan)
    Alternative.objects.update_or_create(
        search=search,
        weekday=pattern.weekday,
        cadence=pattern.cadence,
        shape=pattern.shape,
        defaults={
            "days": [
                [day.isoformat(), column.venue]
                for day, column in zip(question.days, chosen(question, found.plan), strict=True)
            ],
            "can_come": found.worth.people,
            "tight_people": sum(guest in tight for guest, _ in found.plan.comes),
            "cannot": counted.people - found.worth.people,
            "tight_days": found.worth.tight,
            "travel": found.worth.travel,
            "most_people": step.looking.most_people,
            "fewest_tight": step.looking.fewest_tight,
            "proven": step.looking.proven,
            "left_out": [str(pk) for pk in left_out_of(found, counted)],
            "found_at": timezone.now(),
        },
    )


@transaction.atomic
def use_alternative(
    *, alternative: Alternative, title: str, least_places: int, most_places: int, by: Acting
) -> Cohort:
    """Set up a cohort with the days and venues of an alternative. Who would go is forgotten then. Raises `Refused`."""
    planning = _held(alternative.search.planning, by)
    dates = alternative.dates
    finished = alternative.search.finished_at is not None
    refuse(
        why_not_use(status=planning.status, finished=finished, first=dates[0][0], today=timezone.localdate())
    )
    venues = planning.venues
    plan = CohortPlan(
        title=title,
        authority=planning.authority,
        delivered_by=planning.programme.centre,
        template=in_half_days(cohort_templates()[planning.template], alternative.pattern.shape),
        starts_on=dates[0][0],
        cadence=alternative.cadence,
        most_places=most_places,
        least_places=least_places,
        venue=planning.venue,
        paid_by=CohortFunding.GRANT,
        days=tuple(day for day, _ in dates),
        venues=tuple("" if number == 0 else venues[number] for _, number in dates),
    )
    cohort = make_cohort(programme=planning.programme, plan=plan, by=by)
    planning.cohort = cohort
    _move(planning, PlanningStatus.USED)
    record(by=by, verb="planning.used", subject=planning, change={"cohort": str(cohort.pk)})
    return cohort


def _move(planning: Planning, to: str) -> None:
    """Bring a planning to a status; when it is over, who would go is forgotten."""
    planning.status = to
    planning.save(update_fields=["status", "cohort"])
    if to in (PlanningStatus.USED, PlanningStatus.DROPPED):
        Counted.people.through.objects.filter(counted__planning=planning).delete()


def _lock(planning: Planning) -> Planning:
    """The planning as it stands, kept as it is until this is done."""
    Planning.objects.filter(pk=planning.pk).update(title=planning.title)
    return Planning.objects.select_related("programme__centre", "authority").get(pk=planning.pk)


def _held(planning: Planning, by: Acting) -> Planning:
    if not by.may(Permission.RUN_COHORTS) or planning.centre_id != by.organisation_id:
        raise Refused(NOT_YOURS)
    return _lock(planning)
