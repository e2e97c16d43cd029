"""Releasing a review, step by step; what was released, who read it; taking it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.paging import page_of
from trellis.core.refusal import Refused, refuse
from trellis.core.rules.names import looks_personal
from trellis.review import actions
from trellis.review.actions.counted import period_for
from trellis.review.actions.frameworks import fingerprint_of
from trellis.review.actions.release import CHANGED, Recipient, Terms
from trellis.review.forms.release import (
    LOOK,
    LookForm,
    Offer,
    WithdrawForm,
    first_unanswered,
    parts_of,
    step_before,
    step_called,
    steps_for,
)
from trellis.review.models import Release, ReleaseReading, Round
from trellis.review.released import warnings_in
from trellis.review.released.reading import copy_of, readers_in, teams_for
from trellis.review.rules.periods import count_day, counted_words
from trellis.review.rules.release import spoken, why_not_release

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Request
    from trellis.review.forms.release import Answers


@require_http_methods(["GET", "POST"])
@requires(Permission.RELEASE_REVIEW)
def release_step(request: Request, round_id: UUID, step: str) -> HttpResponse:
    """One step of releasing a review: to whom, what, what for and until when; then the last look."""
    rounds = Round.objects.visible_to(request.acting).with_wording().select_related("organisation__group")
    round = get_object_or_404(rounds, pk=round_id)
    refused = why_not_release(may_release=True, agreed=round.agreed_at is not None)
    if refused:
        messages.error(request, refused)
        return redirect(round)
    if step == LOOK:
        return _look(request, round)
    return _ask(request, round, step)


def _answers(request: Request, round: Round) -> Answers:
    """What was answered so far, kept in the session under the round."""
    answers: Answers = request.session.get(f"release {round.pk}", {})
    return answers


def _offer(round: Round) -> Offer:
    teams = teams_for(round.organisation)
    people = list(readers_in(list(teams.values())))
    read = {name: team for name, team in teams.items() if any(each.organisation_id == team.pk for each in people)}
    nobody = [team.name for name, team in teams.items() if name not in read]
    period = period_for(round, round.organisation.authority_id)
    return Offer(read, people, timezone.localdate(), period, nobody)


def _ask(request: Request, round: Round, name: str) -> HttpResponse:
    answers = _answers(request, round)
    step = step_called(name, answers)
    if step is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = step.form(data, given=answers.get(name, {}), offer=_offer(round), answers=answers)
    if form.is_valid():
        answers = answers | {name: form.answer}
        request.session[f"release {round.pk}"] = answers
        return redirect("release_step", round.pk, _after(name, answers))
    context = {"form": form, "round": round, "step": step, "before": step_before(name, answers)}
    context |= {"offer": form.offer, "number": _number(name, answers)}
    return render(request, "review/release_step.html", context)


def _after(name: str, answers: Answers) -> str:
    """The step after one, or the first without an answer before that."""
    names = [*(step.name for step in steps_for(answers)), LOOK]
    following, missing = names[names.index(name) + 1], first_unanswered(answers)
    return min(following, missing, key=names.index)


def _number(name: str, answers: Answers) -> tuple[int, int]:
    """Which step of how many, counting the last look."""
    names = [*(step.name for step in steps_for(answers)), LOOK]
    return names.index(name) + 1, len(names)


def _look(request: Request, round: Round) -> HttpResponse:
    """See exactly what will be seen, then release it."""
    answers = _answers(request, round)
    if first_unanswered(answers) != LOOK:
        return redirect("release_step", round.pk, first_unanswered(answers))
    parts = parts_of(answers)
    copy, _ = copy_of(round, parts)
    warnings, fingerprint = _warnings(copy, answers["purpose"]["purpose"]), fingerprint_of(copy)
    offer = _offer(round)
    recipient = _recipient(answers, offer)
    if recipient is None:
        return redirect("release_step", round.pk, "to")
    # What is released, and what was answered: in another tab somebody may have chosen somebody else meanwhile.
    seen = fingerprint_of({"copy": fingerprint, "answers": answers, "team": str(recipient.team and recipient.team.pk)})
    form = LookForm(request.POST if request.method == "POST" else None, warned=bool(warnings), seen=seen)
    if form.is_valid():
        try:
            refuse(None if form.cleaned_data["seen"] == seen else CHANGED)
            return _release(request, round, recipient, answers, fingerprint)
        except Refused as refused:
            form = LookForm(None, warned=bool(warnings), seen=seen)
            messages.error(request, str(refused))
    context: dict[str, Any] = {"form": form, "round": round, "copy": copy, "warnings": warnings, "parts": parts}
    context |= {"recipient": recipient, "purpose": answers["purpose"], "number": _number(LOOK, answers)}
    context |= {"until": date.fromisoformat(answers["purpose"]["until"]), "before": step_before(LOOK, answers)}
    context |= {"to_outside": recipient.team is None, "counted_on": count_day(offer.period)}
    return render(request, "review/release_look.html", context)


def _warnings(copy: dict[str, Any], purpose: str) -> list[str]:
    """Where something that would be released looks as if it named one child."""
    today = timezone.localdate()
    about_purpose = looks_personal(purpose, today=today)
    return [*([f"What it is for: {about_purpose}"] if about_purpose else []), *warnings_in(copy, today=today)]


def _recipient(answers: Answers, offer: Offer) -> Recipient | None:
    """To whom, as it was answered; None when they have gone since."""
    to = answers["to"]["to"]
    if to == "person":
        found = next((each for each in offer.people if str(each.pk) == answers["to"]["person"]), None)
        return Recipient(team=found.organisation, person=found.user) if found else None
    if to in offer.teams:
        return Recipient(team=offer.teams[to])
    return Recipient(**answers["outside"]) if "outside" in answers else None


def _release(request: Request, round: Round, recipient: Recipient, answers: Answers, seen: str) -> HttpResponse:
    said = answers["purpose"]
    terms = Terms(
        parts=parts_of(answers),
        purpose=said["purpose"],
        until=date.fromisoformat(said["until"]),
        may_be_counted=said.get("may_be_counted", False),
        name_may_be_shown=said.get("name_may_be_shown", False),
    )
    release = actions.release_round(round=round, recipient=recipient, terms=terms, seen=seen, by=request.acting)
    del request.session[f"release {round.pk}"]
    messages.success(request, f"Released to {release.recipient}")
    return redirect(release)


@require_safe
@requires(Permission.LEAD_REVIEW)
def releases(request: Request) -> HttpResponse:
    """What the setting has released, the newest first."""
    rows = Release.objects.visible_to(request.acting).without_content().newest_first()
    rows = rows.select_related("round", "to_organisation", "to_user")
    page = page_of(rows, request.GET)
    today = timezone.localdate()
    lines = [(release, release.state(today)) for release in page.rows]
    return render(request, "review/releases.html", {"page": page, "lines": lines})


@require_safe
@requires(Permission.LEAD_REVIEW)
def show_release(request: Request, release_id: UUID) -> HttpResponse:
    """One release: what, to whom, what for; who read it and when."""
    release = _release_or_404(request, release_id)
    readings = ReleaseReading.objects.visible_to(request.acting).filter(release=release).select_related("by")
    context = {"release": release, "state": release.state(timezone.localdate()), "copy": release.content}
    context["page"] = page_of(readings, request.GET)
    context["counted"] = _counted(release)
    return render(request, "review/show_release.html", context)


def _counted(release: Release) -> str:
    """Whether it is counted with others, in a sentence."""
    period = release.counted.values_list("period_key", flat=True).first() if release.may_be_counted else None
    return counted_words(period, until=release.until, may=release.may_be_counted, today=timezone.localdate())


def _release_or_404(request: Request, release_id: UUID) -> Release:
    found = Release.objects.visible_to(request.acting)
    found = found.select_related("round", "to_organisation", "to_user", "released_by", "withdrawn_by", "link")
    return get_object_or_404(found, pk=release_id)


@require_http_methods(["GET", "POST"])
@requires(Permission.RELEASE_REVIEW)
def withdraw_release(request: Request, release_id: UUID) -> HttpResponse:
    """Take a release back."""
    release = _release_or_404(request, release_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.withdraw_release(release=release, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"Withdrawn. {release.recipient} cannot read it any more")
        return redirect(release)
    return render(request, "review/withdraw_release.html", {"form": form, "release": release})


@require_POST
@requires(Permission.RELEASE_REVIEW)
def release_code(request: Request, release_id: UUID) -> HttpResponse:
    """A code to pass on, shown this once; one made before stops working."""
    release = _release_or_404(request, release_id)
    try:
        code = actions.make_code(release=release, by=request.acting)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(release)
    response = render(request, "review/release_code.html", {"release": release, "code": spoken(code)})
    response["Cache-Control"] = "no-store"
    return response
