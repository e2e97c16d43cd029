"""Applications as the centre sees them: the list, one of them, deciding, offering, the waiting list; the rules of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.admission import KINDS, admission_of
from trellis.training.applying import answers_of
from trellis.training.forms.admission import DecideForm, FilterForm, OfferForm, RuleForm
from trellis.training.models import (
    AccessNeeds,
    AdmissionDecision,
    AdmissionRule,
    Application,
    ApplicationStatus,
    ApplicationStep,
    Beside,
    Cohort,
    CohortStatus,
    Decision,
    ManagerAnswer,
    Offer,
    Place,
    Programme,
)
from trellis.training.rules.applications import APPLICATION_MOVES, STEP_WORDS, offer_until
from trellis.training.views.programme import programme_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request
    from trellis.training.models.application import ApplicationQuerySet
    from trellis.training.models.cohort import CohortQuerySet

ROWS = 50
LISTED = ("pk", "name", "setting_name", "beside", "sent_at", "priority", "status", "passed_over", "authority__name")


@require_safe
@requires(Permission.SEE_APPLICATIONS)
def applications(request: Request, programme_id: UUID) -> HttpResponse:
    """Who applied for a place in a programme, by the filters of the page: first those that wait for the centre."""
    programme = programme_or_404(request, programme_id)
    own = programme.centre_id == request.acting.organisation_id
    if not own and not _cohorts(request, programme).exists():
        raise PermissionDenied
    form = FilterForm(request.GET, cohorts=_cohorts(request, programme).over_last().only("title"))
    rows = Application.objects.visible_to(request.acting).filter(programme=programme, forgotten_at=None)
    if form.is_valid():
        rows = _filtered(rows, form.cleaned_data)
    # Named rows of columns: fifty records with their authorities cost as much as the rest of the page.
    listed: Any = rows.in_order().values_list(*LISTED, named=True)
    context = {
        "programme": programme,
        "own": own,
        "form": form,
        "page": page_of(listed, request.GET, size=ROWS),
        "beside": dict(Beside.choices),
        "statuses": dict(ApplicationStatus.choices),
        "filtered": any(request.GET.get(name) not in (None, "", "all") for name in ("status", "cohort", "beside")),
        "kept": request.GET.urlencode(),
    }
    return render(request, "training/applications.html", context)


def _filtered(rows: ApplicationQuerySet, asked: dict[str, Any]) -> ApplicationQuerySet:
    if asked["status"] == "to_decide":
        rows = rows.to_decide()
    elif asked["status"] == "ending":
        rows = rows.ending(timezone.localdate())
    elif asked["status"]:
        rows = rows.filter(status=asked["status"])
    if asked["cohort"]:
        rows = rows.filter(wanted=asked["cohort"]) | rows.filter(offers__cohort=asked["cohort"])
        rows = rows.distinct()
    if asked["beside"] not in ("", "all"):
        rows = rows.filter(beside=asked["beside"])
    return rows


def own_programme(request: Request, programme_id: UUID) -> Programme:
    """A programme of one’s own centre; another that one sees is refused."""
    programme = programme_or_404(request, programme_id)
    if programme.centre_id != request.acting.organisation_id:
        raise PermissionDenied
    return programme


def _cohorts(request: Request, programme: Programme | UUID) -> CohortQuerySet:
    """Those of a programme that somebody looks after: a centre its own, an authority those that it delivers."""
    theirs = Cohort.objects.visible_to(request.acting).run_by(request.acting)
    return theirs.filter(programme=programme).order_by("-starts_on", "title", "pk")


def application_or_404(request: Request, application_id: UUID) -> Application:
    """An application that somebody sees."""
    found = _seen(request).select_related("programme", "authority", "place__cohort", "level_3_listed")
    return get_object_or_404(found, pk=application_id)


def _seen(request: Request) -> ApplicationQuerySet:
    return Application.objects.visible_to(request.acting).filter(forgotten_at=None)


def _to_decide(request: Request, application_id: UUID) -> Application:
    """An application about which somebody decides; another that they see is refused."""
    application = application_or_404(request, application_id)
    if not application.is_decided_by(request.acting):
        raise PermissionDenied
    return application


@require_safe
@requires(Permission.SEE_APPLICATIONS)
def show_application(request: Request, application_id: UUID) -> HttpResponse:
    """What somebody answered, what the setting and the rules said, how it moved, what can be done."""
    application = application_or_404(request, application_id)
    acting, pk = request.acting, application.pk
    # What the setting answered and what they need are told by themselves.
    steps = [each for each in actions.steps_of(application, manager_answered=True) if each != "needs"]
    moves, decides = APPLICATION_MOVES[application.status], application.is_decided_by(acting)
    context = {
        "application": application,
        "answers": answers_of(application, steps),
        "needs": AccessNeeds.objects.visible_to(acting).filter(application=pk).first(),
        "answer": ManagerAnswer.objects.visible_to(acting).filter(application=pk).order_by("-at", "-pk").first(),
        "decisions": AdmissionDecision.objects.visible_to(acting).filter(application=pk).select_related("by").only("decision", "sentence", "at", "by__name").order_by("at", "pk"),
        "offers": Offer.objects.visible_to(acting).filter(application=pk).select_related("cohort", "made_by").only("until", "status", "by_itself", "made_at", "ended_at", "cohort__title", "made_by__name").order_by("made_at", "pk"),
        "steps": ApplicationStep.objects.visible_to(acting).filter(application=pk).select_related("by").only("at", "to_status", "who", "code", "by__name").order_by("at", "pk"),
        "step_words": STEP_WORDS,
        "others": _others_of_the_setting(request, application),
        "can_decide": decides and bool({"eligible", "not_eligible", "needs_information"} & set(moves)) and application.status != "waiting",
        "can_offer": "offered" in moves and _cohorts(request, application.programme).offered_by(acting).exists(),
        "can_list": decides and "waiting" in moves,
        "can_unlist": decides and application.status == "waiting",
    }  # fmt: skip
    return render(request, "training/show_application.html", context)


def _others_of_the_setting(request: Request, application: Application) -> list[Application]:
    """Who else of the same setting applies, so that whoever decides knows."""
    rows = Application.objects.visible_to(request.acting).filter(programme=application.programme_id, forgotten_at=None)
    if application.provider_id:
        rows = rows.filter(provider=application.provider_id)
    elif application.setting_id:
        rows = rows.filter(setting=application.setting_id)
    else:
        rows = rows.filter(setting_name__iexact=application.setting_name, provider=None, setting=None)
    return list(rows.exclude(pk=application.pk).only("name", "status", "beside").order_by("sent_at", "pk")[:ROWS])


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_APPLICATIONS)
def decide_application(request: Request, application_id: UUID) -> HttpResponse:
    """Decide otherwise than the rules, and say why."""
    application = _to_decide(request, application_id)
    possible = [each for each in APPLICATION_MOVES[application.status] if each in Decision.values]
    form = DecideForm(request.POST if request.method == "POST" else None, possible=possible)
    if form.is_valid():
        try:
            actions.decide_application(application=application, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your decision is noted beside what the rules say. The applicant gets an e-mail")
            return redirect(application)
    return render(request, "training/decide_application.html", {"form": form, "application": application})


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_APPLICATIONS)
def offer_place(request: Request, application_id: UUID) -> HttpResponse:
    """Offer a place in a cohort until a day."""
    application, today = get_object_or_404(_seen(request), pk=application_id), timezone.localdate()
    theirs = _cohorts(request, application.programme_id).offered_by(request.acting)
    cohorts = theirs.filter(status=CohortStatus.OPEN).order_by("starts_on", "pk")
    rows = list(cohorts.with_offers().only("title", "starts_on", "least_places", "most_places"))
    if not rows and not theirs.exists():
        raise PermissionDenied
    Place.objects.visible_to(request.acting).count_in(rows)
    with_room = [each for each in rows if each.taken + each.offered < each.most_places]
    wanted = set(application.wanted.values_list("pk", flat=True))
    likely = [each for each in with_room if each.pk in wanted] if wanted else with_room
    first = next(iter(likely or with_room), None)
    days = admission_of(application.programme_id, today).days("offer_days")
    until = offer_until(today=today, days=days, starts_on=first.starts_on) if first else None
    initial = {"cohort": likely[0].pk if likely and (wanted or len(likely) == 1) else None, "until": until}
    cohorts = cohorts.filter(pk__in=[each.pk for each in with_room]).only("title")
    form = OfferForm(request.POST if request.method == "POST" else None, cohorts=cohorts, initial=initial)
    if form.is_valid():
        try:
            actions.offer_place(application=application, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The place is offered. It is held until the last day for the answer")
            return redirect(application)
    return render(
        request,
        "training/offer_place.html",
        {"form": form, "application": application, "cohorts": rows, "with_room": with_room},
    )


@require_POST
@requires(Permission.DECIDE_APPLICATIONS)
def list_application(request: Request, application_id: UUID, where: str) -> HttpResponse:
    """Put somebody on the waiting list, or take them off it."""
    application = _to_decide(request, application_id)
    act = {"on": actions.put_on_list, "off": actions.take_off_list}.get(where)
    if act is None:
        raise Http404
    try:
        act(application=application, by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(application)


@require_safe
@requires(Permission.SEE_APPLICATIONS)
def admission_rules(request: Request, programme_id: UUID) -> HttpResponse:
    """What a programme asks, weighs and allows today, with where each rule is from; and what comes into force later."""
    programme, today = own_programme(request, programme_id), timezone.localdate()
    admission = admission_of(programme.pk, today)
    rows = AdmissionRule.objects.visible_to(request.acting).filter(programme=programme)
    context = {
        "programme": programme,
        "kinds": [(kind, title, admission.of_kind(kind)) for kind, title in KINDS.items()],
        "changes": rows.select_related("set_by").order_by("-set_at", "pk")[:ROWS],
        "words": {key: rule.words for key, rule in admission.rules.items()},
        "today": today,
    }
    return render(request, "training/admission_rules.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.DECIDE_APPLICATIONS)
def change_admission_rule(request: Request, programme_id: UUID, key: str) -> HttpResponse:
    """Say how a rule of a programme is from a day on."""
    programme, today = own_programme(request, programme_id), timezone.localdate()
    rule = admission_of(programme.pk, today).rules.get(key)
    if rule is None:
        raise Http404
    initial = {"value": rule.value, "from_on": today, "certainty": rule.certainty}
    form = RuleForm(request.POST if request.method == "POST" else None, rule=rule, initial=initial)
    if form.is_valid():
        try:
            actions.set_rule(programme=programme, key=key, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error("value", str(refused))
        else:
            messages.success(request, "The rule is noted")
            return redirect("admission_rules", programme.pk)
    return render(request, "training/change_admission_rule.html", {"form": form, "programme": programme, "rule": rule})
