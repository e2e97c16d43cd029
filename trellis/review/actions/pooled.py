"""Counting what settings have released in a period: once for each framework and audience, by the clock or when asked."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.core.rules.small_numbers import FEWEST
from trellis.organisations.models import Organisation, OrganisationKind, Provider, SettingKind
from trellis.review.models import PooledCount, Release, ReleasedRating, Statement
from trellis.review.rules.periods import in_order, period_words, why_not_count
from trellis.review.rules.pooled import Halves, halved, kind_and_size, names_in, told, with_newcomer, with_sizes
from trellis.review.rules.rounds import audience_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.review.rules.pooled import Content, Where

TOO_FEW = "Fewer than five settings have released their review to you for this term. A count would tell you nothing"
NOT_IN_THE_REGISTER = ""


@transaction.atomic
def count_now(*, period: str, by: Acting) -> list[PooledCount]:
    """Count a period that has ended before the clock does. Raises `Refused`: not yet, already, or too few."""
    may = by.may(Permission.COUNT_POOLED) and by.authority_id is not None
    refuse(why_not_count(period, today=timezone.localdate(), may_count=may))
    made = count_period(authority_id=str(by.authority_id), period=period, by=by)
    if not made:
        there = PooledCount.objects.filter(authority_id=by.authority_id, period_key=period).exists()
        raise Refused(f"{period_words(period)} has been counted already" if there else TOO_FEW)
    return made


@transaction.atomic
def count_period(*, authority_id: str, period: str, by: Actor) -> list[PooledCount]:
    """Count what is there to count of an authority’s period and has not been counted; where it is too little, nothing."""
    rows = to_count(timezone.localdate()).filter(authority_id=authority_id, period_key=period)
    pairs = set(rows.values_list("framework_id", "audience").order_by().distinct())
    counted = PooledCount.objects.filter(authority_id=authority_id, period_key=period)
    pairs -= set(counted.values_list("framework_id", "audience"))
    found = [_count(rows, authority_id, period, pair, by) for pair in sorted(pairs, key=str)]
    return [each for each in found if each]


def _count(
    rows: QuerySet[ReleasedRating], authority_id: str, period: str, pair: tuple[Any, str], by: Actor
) -> PooledCount | None:
    framework, audience = pair
    counted, said = _tally(rows.filter(framework_id=framework, audience=audience))
    if sum(counted.values()) < FEWEST:
        return None
    content = content_of(authority_id, audience, counted, said)
    try:
        with transaction.atomic():
            made = PooledCount.objects.create(
                authority_id=authority_id,
                framework_id=framework,
                audience=audience,
                period_key=period,
                content=content,
                counted_by_id=by.actor_id,
            )
    except IntegrityError as faster:
        raise Refused(f"{period_words(period)} has just been counted") from faster
    office = Organisation.objects.filter(kind=OrganisationKind.AUTHORITY, authority_id=authority_id).first()
    change = {"period": period, "audience": audience}
    record(by=by, verb="pooled.counted", subject=made, change=change, organisation_id=office.pk if office else None)
    return made


def to_count(on: date) -> QuerySet[ReleasedRating]:
    """The ratings that count on a day: the newest of each setting, of releases that can be read."""
    over = Release.objects.filter(Q(until__lt=on) | Q(withdrawn_at__isnull=False) | Q(ended_at__isnull=False))
    return ReleasedRating.objects.filter(current=True).exclude(release__in=over.values("pk"))


def _tally(rows: QuerySet[ReleasedRating]) -> tuple[dict[Where, int], dict[str, dict[Where, int]]]:
    """How many settings of each kind and size are in each place, and for each statement how many need to develop it."""
    by = rows.order_by().values("statement", "setting_kind", "size", "place")
    numbers = by.annotate(every=Count("pk"), weak=Count("pk", filter=Q(needs_action=True)))
    grouped = list(numbers.values_list("statement", "setting_kind", "size", "place", "every", "weak"))
    codes = dict(Statement.objects.filter(pk__in={row[0] for row in grouped}).values_list("pk", "code"))
    counted: dict[Where, int] = defaultdict(int)
    said: dict[str, dict[Where, int]] = defaultdict(lambda: defaultdict(int))
    for statement, kind, size, place, every, weak in grouped:
        at = kind_and_size(kind, size), place
        counted[at] = max(counted[at], every)  # every release has a row for each statement
        said[codes[statement]][at] += weak
    return dict(counted), {code: dict(said[code]) for code in sorted(said)}


def content_of(
    authority_id: str, audience: str, counted: Mapping[Where, int], said: Mapping[str, Mapping[Where, int]]
) -> Content:
    """What may be told of a tally. How it is divided follows from the register, and from the count before.

    A place that the register does not list (any more) is one with all others that it does not.
    """
    kinds, places = _halves(authority_id, audience)
    listed = set(names_in(places))

    def moved(of: Mapping[Where, int]) -> dict[Where, int]:
        found: dict[Where, int] = defaultdict(int)
        for (kind, place), number in of.items():
            found[kind, place if place in listed else NOT_IN_THE_REGISTER] += number
        return found

    return told(kinds, places, moved(counted), {code: moved(of) for code, of in said.items()})


def _halves(authority_id: str, audience: str) -> tuple[Halves, Halves]:
    """How the kinds and the places of an authority are put together: as in the newest count, with what is new."""
    register = Provider.objects.in_authority(authority_id).listed().order_by()
    by_kind = dict(register.values_list("kind").annotate(Count("pk")))
    kinds = [kind for kind in SettingKind.values if audience_of(kind) == audience]
    by_place: dict[str, int] = defaultdict(int)
    for district, town, number in register.values_list("postcode_district", "town").annotate(Count("pk")):
        by_place[district or town] += number
    places = [*sorted(set(by_place) - {NOT_IN_THE_REGISTER}, key=_natural), NOT_IN_THE_REGISTER]
    before = list(PooledCount.objects.filter(authority_id=authority_id).only("content", "period_key", "audience"))
    of_audience = _newest([each for each in before if each.audience == audience])
    newest = _newest(before)
    return (
        of_audience.content["kinds"] if of_audience else with_sizes(halved(kinds, by_kind)),
        _with_newcomers(newest.content["places"], places) if newest else halved(places, by_place),
    )


def _newest(counts: list[PooledCount]) -> PooledCount | None:
    return max(counts, key=lambda each: in_order(each.period_key), default=None)


def _with_newcomers(halves: Halves, places: list[str]) -> Halves:
    """What was put together before, with the places that the register has now besides."""
    known = set(names_in(halves))
    new = [place for place in places if place not in known]
    order = {place: at for at, place in enumerate([*sorted({*known, *places} - {""}, key=_natural), ""])}
    for place in new:
        halves = with_newcomer(halves, place, order)
    return halves


def _natural(place: str) -> tuple[str, int, str]:
    """What places are put in order by: LS2 before LS10.

    >>> sorted(["LS10", "LS2", "Leeds"], key=_natural)
    ['LS2', 'LS10', 'Leeds']
    """
    letters = place.rstrip("0123456789")
    return letters, int(place[len(letters) :] or 0), place
