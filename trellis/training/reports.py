"""The report of a programme, read for the page, for a spreadsheet and for paper."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q

from trellis.core.dates import day
from trellis.core.documents import Document, KeyValues, Paragraph, TableBlock
from trellis.core.exports import Column, Table
from trellis.training.models import MilestoneKind, WithdrawalReason
from trellis.training.rules.report import COUNTED, NOT_TOLD, Counted, told_by_authority, told_of_all, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from trellis.core.exports import Cell
    from trellis.training.models import Cohort, Programme
    from trellis.training.models.milestone import MilestoneQuerySet
    from trellis.training.models.place import PlaceQuerySet

HEADINGS = {
    "places": "Places given",
    "started": "Started",
    "retained_1": "Retained, first time",
    "retained_2": "Retained, second time",
    "completed": "Completed",
    "withdrawn": "Withdrew",
}
COUNTING = (
    "Places given counts everybody who ever had one, those who withdrew too; the page of the programme counts the places "
    "taken now. Retained: at two moments between the start and the end, the centre noted who was still taking part."
)
DAYS = [kind for kind in MilestoneKind if kind != MilestoneKind.WITHDRAWN]


def counted_by(way: str, places: PlaceQuerySet, milestones: MilestoneQuerySet) -> dict[Any, Counted]:
    """The figures of a programme for each of its cohorts or authorities: two queries.

    `way` leads from a place to what it is counted by. The places and the milestones come through `visible_to`.
    """
    reached: defaultdict[Any, dict[str, int]] = defaultdict(dict)
    found = milestones.standing().filter(kind__in=COUNTED).order_by()
    for key, kind, number in found.values_list(f"place__{way}", "kind").annotate(n=Count("pk")):
        reached[key][kind] = number
    places_of = places.order_by().values_list(way).annotate(n=Count("pk"))
    return {key: Counted(str(key), number, reached[key]) for key, number in places_of}


def counted_of(
    cohorts: Sequence[Cohort], places: PlaceQuerySet, milestones: MilestoneQuerySet
) -> list[tuple[Cohort, Counted]]:
    """The figures of some cohorts, in their order: two queries, however many others there are."""
    keys = [cohort.pk for cohort in cohorts]
    found = counted_by("cohort_id", places.filter(cohort__in=keys), milestones.filter(place__cohort__in=keys))
    return [(cohort, found.get(cohort.pk, Counted(cohort.title, 0))) for cohort in cohorts]


def counted_in_all(places: PlaceQuerySet, milestones: MilestoneQuerySet) -> tuple[Counted, list[tuple[str, int]]]:
    """All learners together, and why some withdrew, the most frequent reason first: three queries.

    The first counts every milestone of a programme: it grows with it.
    """
    standing = milestones.standing().order_by()
    reached = dict(standing.filter(kind__in=COUNTED).values_list("kind").annotate(n=Count("*")))
    reasons = standing.filter(kind="withdrawn").values_list("reason").annotate(n=Count("*"))
    said = [(str(WithdrawalReason(reason).label), number) for reason, number in reasons]
    return Counted("All cohorts", places.count(), reached), sorted(said, key=lambda each: (-each[1], each[0]))


def learners_table(programme: Programme, places: PlaceQuerySet) -> Table:
    """Every learner with the days of what they reached: for the centre itself. Rows are read as they are sent."""
    columns = [
        Column("Cohort", width=26),
        Column("Authority", width=20),
        Column("Name", width=26),
        Column("Setting", width=30),
        *(Column(str(kind.label), "date", width=14) for kind in DAYS),
        Column("Withdrew", "date", width=14),
        Column("Why", width=20),
    ]
    return Table("Learners and milestones", programme.title, columns, _learner_rows(places))


def _learner_rows(places: PlaceQuerySet) -> Iterator[list[Cell]]:
    stands = Q(milestones__voided_at__isnull=True)
    days = {f"on_{kind}": Max("milestones__on", filter=stands & Q(milestones__kind=kind)) for kind in MilestoneKind}
    why = Max("milestones__reason", filter=stands & Q(milestones__kind="withdrawn"))
    names = ("cohort__title", "authority__name", "name", "setting_name")
    labels = dict(WithdrawalReason.choices)
    rows = places.annotate(**days, why=why).order_by("cohort__starts_on", "cohort", "name", "pk")
    wanted = [*names, *(f"on_{kind}" for kind in DAYS), "on_withdrawn", "why"]
    for *cells, reason in rows.values_list(*wanted).iterator(chunk_size=2000):
        yield [*cells, str(labels.get(reason or "", ""))]


def report_document(programme: Programme, counted: list[Counted], on: date) -> Document:
    """What leaves the centre: figures of all learners together, and who started in each authority."""
    whole, by_authority = told_of_all(total(counted)), told_by_authority(counted)
    targets = {"started": programme.target_started, "completed": programme.target_completed}
    rows: list[list[Cell]] = [
        [words, whole[name], f"{targets[name]:,}" if targets.get(name) else ""] for name, words in HEADINGS.items()
    ]
    pairs = [
        ("Funder", programme.funder or "Not given"),
        ("Grant", " to ".join(day(each) or "…" for each in (programme.grant_from, programme.grant_to))),
    ]
    words = (
        f"From the milestones that stand on this day. “{NOT_TOLD}” is a figure that is not told: it is below five, or such "
        "a figure could be worked out from it, which may be so of a large one that is nearly all."
    )
    return Document(
        title="Who started, stayed and finished",
        scope=programme.title,
        on=on,
        blocks=[
            KeyValues(pairs),
            TableBlock(
                "All learners",
                [Column("Counted", width=26), Column("Learners", "number"), Column("Target", "number")],
                rows,
            ),
            Paragraph(words),
            Paragraph(COUNTING),
            TableBlock(
                "Started, by authority",
                [Column("Authority", width=26), Column("Started", "number")],
                [list(row) for row in by_authority],
                header_column=True,
                empty="Not told by authority: nobody has started, or fewer than five in one of them.",
            ),
        ],
    )
