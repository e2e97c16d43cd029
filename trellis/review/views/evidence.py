"""Evidence: the list, one piece, its files, and the statements it stands behind."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.files import file_response
from trellis.core.paging import page_of
from trellis.core.refusal import Refused
from trellis.core.rules.names import looks_personal
from trellis.review import actions
from trellis.review.forms import EvidenceForm, LinkEvidenceForm, LinkStatementForm, VersionForm
from trellis.review.models import OPEN, Evidence, EvidenceUse, EvidenceVersion, Rating, Round
from trellis.review.reading import earlier_versions, meanwhile, words_to_take_out
from trellis.review.rules.versions import version_chosen
from trellis.review.wording import wording_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpResponse, HttpResponseBase

    from trellis.accounts.acting import Request
    from trellis.review.models.evidence import EvidenceQuerySet


@require_safe
@requires(Permission.SEE_EVIDENCE)
def evidence(request: Request) -> HttpResponse:
    """Every piece of evidence of the setting, by name; or those to look at again."""
    again = request.GET.get("show") == "look-again"
    rows = chosen_evidence(request, again=again)
    page, today = page_of(rows, request.GET), timezone.localdate()
    return render(request, "review/evidence.html", {"page": page, "again": again, "today": today})


def chosen_evidence(request: Request, *, again: bool) -> EvidenceQuerySet:
    """The pieces of evidence that a filter of the list leaves, in the order of the page."""
    found = Evidence.objects.visible_to(request.acting).with_use_count()
    if again:
        return found.to_look_at_again(timezone.localdate()).order_by("look_again_on", "pk")
    return found.order_by("title", "pk")


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_EVIDENCE)
def add_evidence(request: Request, rating_id: UUID) -> HttpResponse:
    """Note a piece of evidence for a statement, or use one that is there."""
    rating = _rating_or_404(request, rating_id)
    link_form = LinkEvidenceForm(None, pieces=_not_yet_linked(request, rating))
    post = request.method == "POST"
    form = EvidenceForm(request.POST if post else None, request.FILES if post else None)
    if form.is_valid():
        try:
            _keep(request, rating, form)
        except Refused as refused:
            form.add_error("upload", str(refused))
        else:
            return redirect("show_statement", rating.round_id, rating.statement.code)
    context = {"form": form, "link_form": link_form, "rating": rating}
    return render(request, "review/add_evidence.html", context)


def _rating_or_404(request: Request, rating_id: UUID) -> Rating:
    found = Rating.objects.visible_to(request.acting).select_related("round", "statement")
    return get_object_or_404(found, pk=rating_id)


def _not_yet_linked(request: Request, rating: Rating) -> QuerySet[Evidence]:
    return Evidence.objects.visible_to(request.acting).exclude(pk__in=_linked(rating)).order_by("title")


def _linked(rating: Rating) -> QuerySet[EvidenceUse, dict[str, Any]]:
    return rating.evidence_uses.standing().values("evidence")


def _keep(request: Request, rating: Rating, form: EvidenceForm) -> None:
    piece = actions.add_evidence(rating=rating, by=request.acting, **form.cleaned_data)
    messages.success(request, "The evidence is noted")
    _warn(request, f"{piece.title} {piece.where_kept}")


def _warn(request: Request, words: str) -> None:
    warning = looks_personal(words, today=timezone.localdate())
    if warning:
        messages.warning(request, warning)


@require_POST
@requires(Permission.CHANGE_EVIDENCE)
def link_evidence(request: Request, rating_id: UUID) -> HttpResponse:
    """Let a piece that is there stand behind a statement too."""
    rating = _rating_or_404(request, rating_id)
    form = LinkEvidenceForm(request.POST, pieces=_not_yet_linked(request, rating))
    if form.is_valid():
        try:
            actions.link_evidence(evidence=form.cleaned_data["evidence"], rating=rating, by=request.acting)
        except Refused as refused:
            messages.error(request, str(refused))
    else:
        messages.error(request, "Choose a piece of evidence")
    return redirect("show_statement", rating.round_id, rating.statement.code)


@require_POST
@requires(Permission.CHANGE_EVIDENCE)
def unlink_evidence(request: Request, use_id: UUID) -> HttpResponse:
    """Take a piece of evidence away from a statement."""
    found = EvidenceUse.objects.visible_to(request.acting)
    found = found.select_related("evidence", "rating__round", "rating__statement")
    use = get_object_or_404(found, pk=use_id)
    rating = use.rating
    try:
        actions.unlink_evidence(use=use, by=request.acting)
        messages.success(request, f"Taken away from {rating.statement.code}. The evidence itself is still there")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("show_statement", rating.round_id, rating.statement.code)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_EVIDENCE)
def link_statement(request: Request, evidence_id: UUID) -> HttpResponse:
    """Let a piece stand behind another statement of a review that is open."""
    piece = _piece_or_404(request, evidence_id)
    rounds = list(Round.objects.visible_to(request.acting).open().with_wording().newest_first())
    ratings = Rating.objects.visible_to(request.acting).filter(round__in=rounds)
    ratings = ratings.exclude(pk__in=piece.uses.standing().values("rating")).select_related("round", "statement")
    data = request.POST if request.method == "POST" and rounds else None
    form = LinkStatementForm(data, ratings=ratings, words=_in_words(rounds, ratings))
    if form.is_valid():
        rating = form.cleaned_data["rating"]
        try:
            actions.link_evidence(evidence=piece, rating=rating, by=request.acting)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"It stands behind {rating.statement.code} too")
            return redirect(piece)
    return render(request, "review/link_statement.html", {"form": form, "piece": piece, "any": bool(rounds)})


def _in_words(rounds: Sequence[Round], ratings: QuerySet[Rating]) -> dict[UUID, str]:
    """The words of statements to choose from, as their reviews have them; with the period when there are several."""
    wordings = {round.pk: (wording_of(round), round.period) for round in rounds}
    said = {}
    found = ratings.select_related(None).order_by("round", "statement__code")
    for pk, round, code in found.values_list("pk", "round_id", "statement__code"):
        wording, period = wordings[round]
        if code in wording.statements:
            words = f"{code} {wording.statements[code].text}"
            said[pk] = f"{words} ({period})" if len(wordings) > 1 else words
    return said


@require_POST
@requires(Permission.CHANGE_EVIDENCE)
def look_at_evidence(request: Request, evidence_id: UUID) -> HttpResponse:
    """Note that somebody looked at a piece today."""
    piece = _piece_or_404(request, evidence_id)
    sent = request.POST.get("version", "")
    try:
        version = int(sent) if sent.isdecimal() else 0
        actions.look_at_evidence(evidence=piece, version=version, by=request.acting)
        messages.success(request, "Noted. If you want to be asked again, change it and give a new date")
    except actions.EvidenceChanged:
        messages.error(request, "Somebody else has just changed what is said of it. Look at it again")
    return redirect(piece)


class Use(NamedTuple):
    """A statement of a review behind which a piece stands, or stood."""

    pk: UUID
    round: UUID
    code: str
    period: str
    status: str
    taken_away_at: datetime | None
    taken_away_by: str

    @property
    def may_end(self) -> bool:
        """Whether its review can still change."""
        return self.status in OPEN


USE = (
    *("pk", "rating__round_id", "rating__statement__code", "rating__round__period", "rating__round__status"),
    *("taken_away_at", "taken_away_by__name"),
)
taken_away_at = attrgetter("taken_away_at")


@require_safe
@requires(Permission.SEE_EVIDENCE)
def show_evidence(request: Request, evidence_id: UUID) -> HttpResponse:
    """One piece: where it is, its files, what it stands behind."""
    piece = _piece_or_404(request, evidence_id)
    uses = [Use(*row) for row in piece.uses.order_by("-at").values_list(*USE)]
    context: dict[str, Any] = {
        "piece": piece,
        "uses": [use for use in uses if use.taken_away_at is None],
        "taken_away": sorted(filter(taken_away_at, uses), key=taken_away_at, reverse=True),
        "again": piece.is_to_look_at_again(timezone.localdate()),
        "versions": piece.versions.select_related("file", "added_by"),
        "earlier": earlier_versions(piece.changes.select_related("by")),
    }
    if request.acting.may(Permission.TAKE_OUT_WORDS):
        notes = [place for version in context["versions"] for place in words_to_take_out("file", version)]
        context["to_take_out"] = [*words_to_take_out("evidence", piece), *notes]
    return render(request, "review/show_evidence.html", context)


def _piece_or_404(request: Request, evidence_id: UUID) -> Evidence:
    return get_object_or_404(
        Evidence.objects.visible_to(request.acting).select_related("added_by", "looked_by"), pk=evidence_id
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_EVIDENCE)
def change_evidence(request: Request, evidence_id: UUID) -> HttpResponse:
    """Say anew what it is and where it is."""
    piece = _piece_or_404(request, evidence_id)
    form, others = EvidenceForm(request.POST if request.method == "POST" else None, evidence=piece), None
    if form.is_valid():
        seen, chosen = form.cleaned_data["version"] or 0, version_chosen(request.POST.get("mine", ""))
        said = form.cleaned_data | {"version": seen if chosen is None else chosen}
        try:
            piece = actions.change_evidence(evidence=piece, by=request.acting, **said)
        except actions.EvidenceChanged as changed:
            others = meanwhile(changed.current, seen)
        else:
            _warn(request, f"{piece.title} {piece.where_kept}")
            return redirect(piece)
    return render(request, "review/change_evidence.html", {"form": form, "piece": piece, "others": others})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_EVIDENCE)
def add_version(request: Request, evidence_id: UUID) -> HttpResponse:
    """Add a newer file; the older ones stay."""
    piece = _piece_or_404(request, evidence_id)
    post = request.method == "POST"
    form = VersionForm(request.POST if post else None, request.FILES if post else None)
    if form.is_valid():
        try:
            actions.new_version(evidence=piece, by=request.acting, **form.cleaned_data)
        except Refused as refused:
            form.add_error("upload", str(refused))
        else:
            return redirect(piece)
    return render(request, "review/add_version.html", {"form": form, "piece": piece})


@require_safe
@requires(Permission.SEE_EVIDENCE)
def evidence_file(request: Request, version_id: UUID) -> HttpResponseBase:
    """Hand over one file. Who took it is in the audit."""
    found = EvidenceVersion.objects.visible_to(request.acting).select_related("file")
    return file_response(get_object_or_404(found, pk=version_id).file, by=request.acting)
