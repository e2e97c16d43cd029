"""Looking for alternatives for a cohort that is being planned, and setting the cohort up from one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.jobs import start
from trellis.core.models import Job
from trellis.core.refusal import Refused, refuse
from trellis.training.actions.cohorts import CohortPlan, make_cohort
from trellis.training.actions.planning import hold_planning, lock_planning, set_status
from trellis.training.cohort_templates import cohort_templates, in_half_days
from trellis.training.models import Alternative, PlanningStatus, Search
from trellis.training.models.session import ELSEWHERE
from trellis.training.planning import counting, digest_of, left_out_of, look, questions_of, who_is_counted
from trellis.training.rules.planning import why_not_search, why_not_use
from trellis.training.rules.plans import chosen, tight_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from trellis.accounts.acting import Acting
    from trellis.training.models import Cohort, Counted, Planning
    from trellis.training.planning import Counting, Step

SEARCH = "training.plan"
NOTHING_FITS = (
    "In none of these patterns can all sessions be held between these days. Allow more days, or more patterns"
)


@transaction.atomic
def ask_for_alternatives(*, planning: Planning, by: Acting) -> Search:
    """Let alternatives be looked for in the background. Raises `Refused`."""
    found = hold_planning(planning, by)
    agreed = who_is_counted(found)
    running = Job.objects.unfinished().filter(pk__in=found.searches.values("job_id")).exists()
    refuse(why_not_search(status=found.status, agreed=len(agreed), searching=running))
    search = _search(found, agreed, by)
    search.job_id = start(
        job=SEARCH, by=by, arguments={"search_id": str(search.pk)}, title=f"Alternatives for “{found.title}”"
    ).pk
    search.save(force_insert=True)
    record(by=by, verb="planning.searched", subject=search, change={"number": search.number, "settings": search.many})
    return search


@transaction.atomic
def search_at_once(*, planning: Planning, by: Acting) -> Search:
    """The same without a worker, for a demonstration that is being made. Raises `Refused`."""
    found = hold_planning(planning, by)
    agreed = who_is_counted(found)
    refuse(why_not_search(status=found.status, agreed=len(agreed), searching=False))
    search = _search(found, agreed, by)
    search.save(force_insert=True)
    record(by=by, verb="planning.searched", subject=search, change={"number": search.number, "settings": search.many})
    find_alternatives(search=search, progress=_AtOnce())
    return search


class Steps(Protocol):
    """Where a search says how far it is; a job’s `Progress` is one."""

    def batch(self) -> AbstractContextManager[None]:
        """One transaction."""

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        """So many beginnings of so many."""

    def say(self, result: dict[str, Any]) -> None:
        """What came out."""


class _AtOnce:
    """A search that nobody follows."""

    def batch(self) -> AbstractContextManager[None]:
        return transaction.atomic()

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        pass

    def say(self, result: dict[str, Any]) -> None:
        pass


def _search(planning: Planning, agreed: Sequence[Counted], by: Acting) -> Search:
    number = (planning.searches.aggregate(n=Max("number"))["n"] or 0) + 1
    return Search(
        planning=planning,
        number=number,
        asked=_asked(planning),
        many=len(agreed),
        unnamed=sum(not each.name_told for each in agreed),
        people=sum(len(each.people.all()) for each in agreed),
        asked_by=by.user,
    )


def _asked(planning: Planning) -> dict[str, Any]:
    """What a search is asked, as it stands now: of days and places, and nothing of settings."""
    apart = ("id", "programme", "centre", "authority", "cohort", "made_at", "made_by", "status")
    fields = [field.name for field in planning._meta.fields if field.name not in apart]
    return {name: _plain(getattr(planning, name)) for name in fields}


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | list) else value.isoformat()


def find_alternatives(*, search: Search, progress: Steps) -> None:
    """Look for alternatives: each pattern gets an answer soon, better ones replace it. Raises `Refused`.

    What was found is kept with each step. Whoever goes on after a killed worker begins anew, and finds the same.
    """
    progress.step(0, None, "Reading what settings reply")
    counted = counting(search.planning)
    questions = questions_of(search.planning, counted)
    many = {"many": len(counted.agreements), "people": counted.people, "digest": digest_of(questions)}
    with progress.batch():
        _refuse_to_go_on(search, counted)
        if not questions:
            raise Refused(NOTHING_FITS)
        Search.objects.filter(pk=search.pk).update(
            **many, unnamed=sum(not each.name_told for each in counted.agreements)
        )
    for step in look(questions):
        with progress.batch():
            _refuse_to_go_on(search, counted)
            _keep(search, step, counted)
            progress.step(step.done, step.total, f"{step.pattern.words}: {step.looking.best[1].worth.people} can come")
    with progress.batch():
        Search.objects.filter(pk=search.pk).update(finished_at=timezone.now())
        progress.say({"link": search.planning.get_absolute_url(), "link_text": "See the alternatives"})


def _refuse_to_go_on(search: Search, counted: Counting) -> None:
    """A search may have waited, and takes a while: settings withdraw, and a planning is given up. Raises `Refused`."""
    planning = lock_planning(search.planning)
    refuse(why_not_search(status=planning.status, agreed=len(counted.agreements), searching=False))


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
    *, alternative: Alternative, title: str, least_places: int, most_places: int, paid_by: str, by: Acting
) -> Cohort:
    """Set up a cohort with the days and venues of an alternative. Who would go is forgotten then. Raises `Refused`."""
    planning = hold_planning(alternative.search.planning, by)
    dates = alternative.dates
    finished = alternative.search.finished_at is not None
    refuse(why_not_use(status=planning.status, finished=finished, first=dates[0][0], today=timezone.localdate()))
    venues = planning.venues
    template = in_half_days(cohort_templates()[planning.template], alternative.pattern.shape)
    plan = CohortPlan(
        title=title,
        authority=planning.authority,
        delivered_by=planning.programme.centre,
        template=template,
        starts_on=dates[0][0],
        cadence=alternative.cadence,
        most_places=most_places,
        least_places=least_places,
        venue=planning.venue,
        paid_by=paid_by,
        days=tuple(day for day, _ in dates),
        venues=tuple(
            "" if number == 0 or each.kind in ELSEWHERE else venues[number]
            for each, (_, number) in zip(template.sessions, dates, strict=True)
        ),
    )
    cohort = make_cohort(programme=planning.programme, plan=plan, by=by)
    planning.cohort = cohort
    set_status(planning, PlanningStatus.USED)
    record(by=by, verb="planning.used", subject=planning, change={"cohort": str(cohort.pk)})
    return cohort
