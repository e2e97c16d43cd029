"""A review on paper, in Word or Excel: taking the form, reading it back, accepting what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.documents.word import CONTENT_TYPE as WORD
from trellis.core.exports import as_download, file_name
from trellis.core.exports.excel_file import CONTENT_TYPE as EXCEL
from trellis.core.refusal import Refused, refuse
from trellis.core.rules.names import looks_personal
from trellis.review import actions
from trellis.review.forms import FormBackForm, accepted_in
from trellis.review.models import FilledForm, Round
from trellis.review.rules.filled_form import why_not_read, why_not_this_form
from trellis.review.takeaway import came_back, compared, form_docx, form_of, form_xlsx, framework_named, read_file
from trellis.review.wording import wording_of

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.accounts.acting import Request
    from trellis.review.takeaway import CameBack
    from trellis.review.takeaway.lines import PlanLine, StatementLine

MAKERS = {"xlsx": (form_xlsx, EXCEL), "docx": (form_docx, WORD)}
SHOWN_FORMS = 10


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_REVIEW)
def on_paper(request: Request, round_id: UUID) -> HttpResponse:
    """The forms to take, and where one is read back in."""
    round = _round_or_404(request, round_id)
    frozen = why_not_read(status=round.status)
    reads = request.acting.may(Permission.RATE_STATEMENTS)
    post = request.method == "POST" and reads and not frozen
    form = FormBackForm(request.POST if post else None, request.FILES if post else None)
    if form.is_valid():
        try:
            return redirect(_read(request, round, form))
        except Refused as refused:
            form.add_error("upload", str(refused))
    found = FilledForm.objects.visible_to(request.acting).filter(round=round).select_related("read_by")
    read_before = found.defer("content").order_by("-read_at", "pk")[:SHOWN_FORMS]
    context = {"round": round, "form": form, "frozen": frozen, "reads": reads, "read_before": read_before}
    return render(request, "review/on_paper.html", context)


def _round_or_404(request: Request, round_id: UUID) -> Round:
    rounds = Round.objects.visible_to(request.acting).with_wording().select_related("organisation")
    return get_object_or_404(rounds, pk=round_id)


def _read(request: Request, round: Round, form: FormBackForm) -> FilledForm:
    """Read the file and keep what it says. Raises `Refused` when it is no form of this review."""
    refuse(why_not_read(status=round.status))
    file = form.cleaned_data["upload"]
    said = read_file(file)
    refuse(_why_not(request, round, said))
    return actions.keep_form(round=round, came_back=said, file=file, by=request.acting)


def _why_not(request: Request, round: Round, said: CameBack) -> str | None:
    others = Round.objects.visible_to(request.acting).exclude(pk=round.pk).values_list("pk", "period")
    return why_not_this_form(
        marked={"round": said.mark.round, "framework": said.mark.framework} if said.mark else None,
        round_id=str(round.pk),
        framework=framework_named(wording_of(round)),
        others={str(pk): period for pk, period in others},
    )


@require_safe
@requires(Permission.SEE_REVIEW)
def take_form(request: Request, round_id: UUID, what: str, kind: str) -> HttpResponse:
    """The form of a round as Excel or Word, blank or as the review says now."""
    round = _round_or_404(request, round_id)
    if what not in ("blank", "filled") or kind not in MAKERS:
        raise Http404
    today = timezone.localdate()
    made = form_of(round, blank=what == "blank", acting=request.acting, on=today)
    maker, content_type = MAKERS[kind]
    name = file_name(f"{made.title} {round.period}", made.setting, today, kind)
    return as_download(HttpResponse(maker(made, today), content_type=content_type), name)


@require_http_methods(["GET", "POST"])
@requires(Permission.RATE_STATEMENTS)
def filled_form(request: Request, form_id: UUID) -> HttpResponse:
    """Every difference between a form and the review; what is ticked is written."""
    found = FilledForm.objects.visible_to(request.acting).select_related("read_by")
    form = get_object_or_404(found, pk=form_id)
    round = form.round = _round_or_404(request, form.round_id)
    if form.emptied_at:
        return render(request, "review/filled_form_gone.html", {"form": form, "round": round})
    preview = compared(came_back(form.content), round, request.acting)
    frozen = why_not_read(status=round.status)
    if request.method == "POST":
        accepted = accepted_in(request.POST, [line.key for line in preview.lines])
        try:
            taken = actions.take_from_form(form=form, lines=preview.lines, accepted=accepted, by=request.acting)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            _tell(request, taken, accepted=bool(accepted))
            _warn(request, [line for line in preview.lines if line.key in accepted])
        return redirect(form)
    context = {"form": form, "round": round, "preview": preview, "frozen": frozen}
    return render(request, "review/filled_form.html", context)


def _tell(request: Request, taken: actions.Taken, *, accepted: bool) -> None:
    """Say what was written and what was not."""
    written = [", ".join(taken.written)] if taken.written else []
    written += [f"in the plan {', '.join(taken.planned)}"] if taken.planned else []
    if written:
        messages.success(request, f"Written into the review: {'; '.join(written)}")
    if taken.changed_meanwhile:
        codes = ", ".join(taken.changed_meanwhile)
        messages.warning(request, f"Changed here while you were looking, so left as it is: {codes}. Look again below")
    if not accepted:
        messages.warning(request, "Nothing was ticked, so nothing changed")


def _warn(request: Request, lines: list[StatementLine | PlanLine]) -> None:
    """A gentle word where what was taken reads as if it were about one child."""
    today = timezone.localdate()
    for line in lines:
        warning = looks_personal(" ".join(each.form for each in line.differences), today=today)
        if warning:
            messages.warning(request, f"{line.code} is written. {warning}")
