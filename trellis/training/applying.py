"""What the page of an application reads: a programme that is open to anybody, and the applicant’s own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import timezone

from trellis.core.dates import day
from trellis.core.often import counted, counted_of
from trellis.core.paging import Page, page_of
from trellis.organisations.models import Provider
from trellis.organisations.searching import find_providers
from trellis.qualifications.models import ListedQualification
from trellis.training.actions.judging import refusing_verdict
from trellis.training.models import (
    Application,
    Cohort,
    CohortFunding,
    CohortStatus,
    EarlierTraining,
    LearnerRole,
    Level3,
    Offer,
    Payer,
    Programme,
    Session,
)
from trellis.training.rules.dates import in_a_line, in_words
from trellis.training.rules.eligibility import for_applicant
from trellis.training.rules.questions import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest

DAY = 24 * 60 * 60
# A nursery group may apply for many from one address.
MOST_FROM_AN_ADDRESS = 40
MOST_FOR_AN_EMAIL = 5
FOUND = 10
Row = tuple[str, str, str]
WHO_PAYS: dict[str, str] = {
    Payer.GRANT: "A funded place: it costs nothing",
    Payer.AUTHORITY: "My local authority",
    Payer.SELF: "My setting, or I myself",
    Payer.UNKNOWN: "I do not know yet",
}

COSTS: dict[str, str] = {
    CohortFunding.GRANT: "Nothing: the places are funded",
    CohortFunding.AUTHORITY: "Nothing: the local authority pays",
    CohortFunding.SELF: "The setting pays, or whoever takes part. Ask the centre how much",
}


def programme_to_apply_for(programme_id: UUID) -> Programme | None:
    """A programme that anybody may know of: one of its cohorts is, or was, open for applications."""
    published = Cohort.objects.filter(programme_id=programme_id).exclude(
        status__in=[CohortStatus.PLANNED, CohortStatus.CANCELLED]
    )
    return Programme.objects.select_related("centre").filter(pk=programme_id, cohorts__in=published).first()


def courses_to_apply_for() -> QuerySet[Cohort]:
    """Every cohort that is open for applications and has not begun, the next first: anybody may know of it."""
    coming = Cohort.objects.filter(status=CohortStatus.OPEN, starts_on__gt=timezone.localdate())
    return coming.select_related("programme__centre", "authority").order_by("starts_on", "title", "pk")


def look_alike(cohorts: Sequence[Cohort]) -> set[UUID]:
    """Those that start on the same day in the same place as another: only then an applicant is told their titles.

    A title is what the centre calls it, and mostly says “cohort”.
    """
    known = Counter((each.programme_id, each.starts_on, each.authority_id) for each in cohorts)
    return {each.pk for each in cohorts if known[each.programme_id, each.starts_on, each.authority_id] > 1}


def cohorts_to_choose(programme: Programme) -> QuerySet[Cohort]:
    """The cohorts that are open for applications and have not begun, the next first."""
    return courses_to_apply_for().filter(programme=programme)


def chosen_of(cohorts: Sequence[Cohort], query: Mapping[str, str]) -> Cohort | None:
    """The one that somebody came for with `?start=`, or the only one that there is."""
    return next((each for each in cohorts if str(each.pk) == query.get("start") or len(cohorts) == 1), None)


def tell_when(cohorts: Sequence[Cohort]) -> None:
    """Say of each on which weekday, at which hours and for how many days it is held: one query, if there is any."""
    if not cohorts:
        return
    held: dict[UUID, list[Any]] = {each.pk: [] for each in cohorts}
    sessions = Session.objects.held().filter(cohort__in=list(held)).order_by("on", "starts", "pk")
    for cohort_id, *times in sessions.values_list("cohort_id", "on", "starts", "ends"):
        held[cohort_id].append(times)
    for each in cohorts:
        each.when = in_a_line(held[each.pk]) or str(each.get_cadence_display())


def has_asked_too_often(request: HttpRequest, email: str) -> bool:
    """Count this request for a link, and say whether it is one too many: of a network address, or for an e-mail."""
    if counted(request, "applying for a course", within=DAY) > MOST_FROM_AN_ADDRESS:
        return True  # and whose address it was is not counted: nobody can use up what somebody else has
    return counted_of("applying for a course", f"e-mail {email}", within=DAY) > MOST_FOR_AN_EMAIL


def looked_up(step: str, query: Mapping[str, str]) -> Page[Any]:
    """What the register or the list of qualifications has for `?q=`; of the register the first rows only."""
    text = query.get("q", "").strip()[:100]
    if not text:
        return Page(rows=[], number=1, has_next=False)
    if step == "level-3-which":
        listed = ListedQualification.objects.visible_to(None).with_words(text).in_order()
        return page_of(listed, query, size=FOUND)
    found = find_providers(text, Provider.objects.visible_to(None).listed(), {}).page.rows[:FOUND]
    return Page(rows=list(found), number=1, has_next=False)


def can_look_up(step: str, found: Page[Any]) -> bool:
    """Whether there is anything to look in: an installation need not have the list of qualifications."""
    return step != "level-3-which" or bool(found.rows) or ListedQualification.objects.visible_to(None).exists()


def what_they_ask(application: Application) -> list[tuple[Cohort, list[tuple[str, str]]]]:
    """The cohorts that somebody would like, or any that is open, each with what a manager needs to know to release them."""
    wanted = application.wanted.exclude(status=CohortStatus.CANCELLED).select_related("authority")
    wanted = wanted.order_by("starts_on", "title", "pk")
    held = Prefetch("sessions", Session.objects.held().order_by("on", "starts", "pk"), to_attr="held")
    cohorts = list(wanted.prefetch_related(held)) or list(
        cohorts_to_choose(application.programme).prefetch_related(held)
    )
    return [(each, _asks(each, each.held)) for each in cohorts]  # type: ignore[attr-defined]


def _asks(cohort: Cohort, sessions: list[Session]) -> list[tuple[str, str]]:
    where = cohort.venue or ("Online" if cohort.online_link else "")
    return [
        *in_words([(each.on, each.starts, each.ends) for each in sessions]),
        ("Where", where),
        ("What it costs", COSTS[cohort.paid_by]),
    ]


def newest_offer(application: Application) -> Offer | None:
    """The last offer that was made."""
    offers = Offer.objects.filter(application=application).select_related("cohort__authority")
    return offers.order_by("-made_at", "-pk").first()


def asked_about(application: Application) -> list[Cohort]:
    """Cohorts that whoever waits was asked about, can still be offered and does not want yet."""
    if application.status != "waiting":
        return []
    wanted = application.wanted.values("pk")
    return list(
        cohorts_to_choose(application.programme)
        .filter(pk__in=application.asked_about.values("pk"))
        .exclude(pk__in=wanted)
    )


def why_of(application: Application) -> str:
    """Why it stands where it stands, in words to the applicant, when somebody or a rule has said so."""
    if application.status == "manager_refused":
        answer = application.answers.order_by("-at", "-pk").first()
        return answer.because if answer else ""
    if application.status in ("not_eligible", "needs_information"):
        decision = application.decisions.order_by("-at", "-pk").first()
        return for_applicant(decision.code, decision.sentence) if decision else ""
    return ""


def speaks_against(application: Application) -> str:
    """Why, by their answers, somebody cannot be offered a place, in words to them; nothing when it is not refused."""
    verdict = refusing_verdict(application)
    return for_applicant(verdict.code, verdict.sentence) if verdict else ""


def answers_of(application: Application, steps: list[str]) -> list[Row]:
    """What was answered: step, how it is called, the answer in words; nothing where there is none yet."""
    says = _in_words(application)
    if "needs" in steps:
        needs = getattr(application, "needs", None)
        said = (needs.access, needs.adjustments) if needs else ("Nothing",)
        says["needs"] = "; ".join(part for part in said if part)
    return [(step, QUESTIONS[step], says[step] if step in application.answered else "") for step in steps]


def _in_words(application: Application) -> dict[str, str]:
    cohorts = "; ".join(each.starting for each in application.wanted.only("starts_on"))
    authority = application.authority.name if application.authority else ""
    return {
        "cohort": cohorts or "Any of them",
        "setting": application.setting_name,
        "authority": "Not in England" if application.in_england is False else authority,
        "role": _label(LearnerRole, application.role),
        "role-from": day(application.role_from),
        "level-3": _label(Level3, application.level_3),
        "level-3-which": application.level_3_title or "Not known",
        "years": str(application.years if application.years is not None else ""),
        "training": _label(EarlierTraining, application.earlier),
        "funded": {True: "Yes", False: "No"}.get(application.funded_before, ""),  # type: ignore[arg-type]
        "funding": WHO_PAYS.get(application.paid_by, ""),
        "beside": str(application.get_beside_display()),
        "manager": f"{application.manager_name}, {application.manager_email}",
    }


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value else ""
