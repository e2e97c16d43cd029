"""The public catalogue: what there is, for whom, how long, at what cost, and what it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from trellis.core.access import public
from trellis.core.paging import page_of
from trellis.qualifications.catalogue.kinds import AUDIENCE_LABELS, FIELD_LABELS, FORMAT_LABELS, KIND_LABELS
from trellis.qualifications.forms.catalogue import NO_LEVEL, CatalogueForm
from trellis.qualifications.models import CriteriaSet, Qualification
from trellis.qualifications.rules.narrowing import COSTS, HOURS, NOT_KNOWN, STARTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Acting
    from trellis.qualifications.models.qualification import QualificationQuerySet
    from trellis.qualifications.rules.narrowing import Span

LISTED = ("key", "title", "level", "kind", "example", "guided_hours", "total_hours", "format", "cost")
BEGINS = ("next_start", "next_cohort_on")


ENTRIES = 10
"""On a phone an entry is half a screen."""


@require_safe
@public
def qualifications(request: Any) -> HttpResponse:
    """The entries of today that fit what was chosen."""
    today, form = timezone.localdate(), CatalogueForm(request.GET)
    answers = form.cleaned_data if form.is_valid() else {}
    rows = narrowed(Qualification.objects.visible_to(request.acting).offered(today), answers, today)
    page = page_of(rows.in_order().only(*LISTED, *BEGINS), request.GET, size=ENTRIES)
    told = {"kinds": KIND_LABELS, "formats": FORMAT_LABELS} | _said_of(page.rows, request.acting)
    context = {"form": form, "page": page, "narrows": any(answers.values()), "today": today}
    return render(request, "qualifications/catalogue.html", context | told)


def _said_of(entries: Sequence[Qualification], acting: Acting | None) -> dict[str, Any]:
    """For whom each entry is and what it leads to: one query each, and no record for a few words."""
    whom: dict[UUID, list[str]] = {entry.pk: [] for entry in entries}
    listed = Qualification.objects.visible_to(acting).filter(pk__in=list(whom), audiences__isnull=False)
    for entry, audience in listed.values_list("pk", "audiences__audience"):
        whom[entry].append(AUDIENCE_LABELS[audience].lower().replace("sencos", "SENCOs"))
    next_ones: dict[UUID, list[tuple[str, str]]] = {}
    led_to = Qualification.objects.visible_to(acting).filter(led_to_by__in=list(whom))
    for entry, key, title in led_to.values_list("led_to_by", "key", "title"):
        next_ones.setdefault(entry, []).append((key, title))
    return {"whom": whom, "next_ones": next_ones}


def narrowed(rows: QualificationQuerySet, answers: dict[str, Any], today: date) -> QualificationQuerySet:
    """The entries that fit every answer; one that was not given narrows nothing."""
    for name in ("format", "funding"):
        if answers.get(name):
            rows = rows.filter(**{name: answers[name]})
    if answers.get("for_whom"):
        rows = rows.filter(audiences__audience=answers["for_whom"])
    if answers.get("level"):
        rows = rows.filter(level=None if answers["level"] == NO_LEVEL else int(answers["level"]))
    if answers.get("hours"):
        rows = rows.filter(spanning("guided_hours", answers["hours"], HOURS))
    if answers.get("cost"):
        rows = rows.filter(spanning("cost", answers["cost"], COSTS))
    if answers.get("region"):
        rows = rows.filter(Q(region=None) | Q(region=answers["region"]))
    if answers.get("starts"):
        rows = rows.beginning(today, today + STARTS[answers["starts"]])
    return rows


def spanning(field: str, chosen: str, spans: dict[str, Span]) -> Q:
    """What lies in the span that was chosen, or what is not known."""
    if chosen == NOT_KNOWN:
        return Q(**{f"{field}__isnull": True})
    span = spans[chosen]
    return Q(**{f"{field}__gte": span.least}) & (Q() if span.most is None else Q(**{f"{field}__lte": span.most}))


@require_safe
@public
def show_qualification(request: Any, key: str) -> HttpResponse:
    """One entry: everything that is known of it, where that comes from, and what it leads to."""
    everything = Qualification.objects.visible_to(request.acting).select_related("owner", "region").filter(key=key)
    editions = list(everything.newest_first().prefetch_related("leads_to", "led_to_by", "audiences"))
    wanted = request.GET.get("edition")
    shown = next((each for each in editions if each.edition == wanted), None) or next(iter(editions), None)
    if shown is None:
        raise Http404
    context = {
        "entry": shown,
        "facts": shown.facts,
        "others": [each for each in editions if each.pk != shown.pk],
        "sets": list(CriteriaSet.objects.visible_to(request.acting).filter(qualification_key=key).in_order()),
        "labels": FIELD_LABELS,
        "today": timezone.localdate(),
    }
    return render(request, "qualifications/entry.html", context)
