"""A review on paper: one page, in full, or blank; the same words as on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.core.charts import Series, radar_svg
from trellis.core.dates import day
from trellis.core.documents import (
    AnswerBox,
    Block,
    Bullets,
    Callout,
    Document,
    Figure,
    Heading,
    KeyValues,
    Paragraph,
    TableBlock,
    TickRow,
)
from trellis.core.exports import Column, Table
from trellis.review.models import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.utils.safestring import SafeString

    from trellis.core.exports import Cell
    from trellis.review.models import Action, Evidence, RoundPerson
    from trellis.review.reading import AreaView, Card, RoundView
    from trellis.review.voices import Voices
    from trellis.review.wording import Wording

NOT_THE_OFFICIAL_FORM = (
    "These statements are our own wording. They are not an official form, and this is not an inspection."
)
MOST_ON_ONE_PAGE = 4


def chart(view: RoundView) -> SafeString:
    """The shape of a review: one axis for each area, this time and last time. A table says the same beside it."""
    series = [Series("This review", view.shares())]
    if any(value is not None for value in view.last_shares()):
        series.append(Series("Last review", view.last_shares()))
    return radar_svg(
        [each.area.title for each in view.areas],
        series,
        title="The areas at a glance",
        description="How far along each area is. The table beside the chart says the same in numbers of statements.",
        levels=[level.label for level in reversed(view.wording.levels)],
    )


def area_table(view: RoundView) -> TableBlock:
    """What the chart shows, in numbers of statements."""
    levels = view.wording.levels
    rows: list[list[Cell]] = [
        [
            each.area.title,
            *(each.counts.get(level.code, 0) for level in levels),
            each.standing.not_discussed,
            each.standing.not_applicable,
        ]
        for each in view.areas
    ]
    headings = [*(level.label for level in levels), "Not yet discussed", "Does not apply"]
    columns = [Column("Area", width=34), *(Column(heading, "number", width=13) for heading in headings)]
    return TableBlock("How many statements stand where", columns, rows, header_column=True)


def one_page(
    view: RoundView,
    *,
    people: Sequence[RoundPerson],
    voices: Voices,
    plan: Sequence[Action],
    alone: bool,
    on: date,
) -> Document:
    """What is strong, what to work on, the plan, who was asked."""
    blocks: list[Block] = [
        Heading("What is strong"),
        _bulleted([_said(card) for card in view.strengths], "Nothing is rated a strength yet."),
        Heading("What to work on"),
        _bulleted([f"{_said(card)} ({card.reason})" for card in view.to_work_on], "Nothing so far."),
        Heading("The plan"),
        *_plan_on_one_page(plan, alone=alone),
        Heading("Who was asked"),
        Paragraph(who_was_asked(people, alone=alone, voices=voices)),
        Paragraph(NOT_THE_OFFICIAL_FORM),
    ]
    return _document(view, "SEND review", blocks, on)


def first_of_the_plan(plan: Sequence[Action]) -> list[Action]:
    """What one page has room for: what is open, the soonest first, before what is closed."""
    return sorted(plan, key=lambda action: not action.is_open)[:MOST_ON_ONE_PAGE]


def _plan_on_one_page(plan: Sequence[Action], *, alone: bool) -> list[Block]:
    shown = first_of_the_plan(plan)
    more = len(plan) - len(shown)
    table = plan_table(shown, alone=alone)
    return [table, Paragraph(f"And {more} more in the full report.")] if more else [table]


def _bulleted(said: Sequence[str], nothing: str) -> Block:
    """The first few, and how many more there are in the full report."""
    if not said:
        return Paragraph(nothing)
    more = len(said) - MOST_ON_ONE_PAGE
    return Bullets([*said[:MOST_ON_ONE_PAGE], *([f"and {more} more in the full report"] if more > 0 else [])])


def _said(card: Card) -> str:
    return f"{card.statement.code} {card.statement.text}"


def who_was_asked(people: Iterable[RoundPerson], *, alone: bool, voices: Voices) -> str:
    """Who took part and who was asked, in a few sentences."""
    listed = list(people)
    asked = [person.name for person in listed if person.part == Part.WAS_ASKED]
    took_part = [] if alone else [person.name for person in listed if person.part != Part.WAS_ASKED]
    sentences = []
    if took_part:
        sentences.append(f"Took part: {', '.join(took_part)}.")
    if asked:
        sentences.append(f"Asked: {', '.join(asked)}.")
    elif not voices.asked:
        sentences.append("Nobody else was noted as asked.")
    return " ".join([*sentences, voices.asked]).strip()


def plan_table(plan: Iterable[Action], *, alone: bool) -> TableBlock:
    """The actions as a table."""
    table = plan_export(plan, scope="", alone=alone)
    return TableBlock(
        "Action plan", table.columns[:-2], [list(row)[:-2] for row in table.rows], empty="No actions yet."
    )


def plan_export(plan: Iterable[Action], *, scope: str, alone: bool) -> Table:
    """The actions with everything they say, for a spreadsheet."""
    who = [] if alone else [Column("Who", width=20)]
    columns = [
        Column("Statement", width=11),
        Column("What", width=40),
        *who,
        Column("Due", "date", width=14),
        Column("Where it stands", width=14),
        Column("How we will know", width=30),
        Column("What difference it made", width=30),
    ]
    rows: Iterable[list[Cell]] = (
        [
            action.statement.code,
            action.what,
            *([] if alone else [action.owned_by or "Nobody yet"]),
            action.due_on,
            action.get_status_display(),
            action.success,
            action.impact,
        ]
        for action in plan
    )
    return Table("Action plan", scope, columns, rows)


def plan_document(plan: Iterable[Action], *, scope: str, alone: bool, on: date) -> Document:
    """The plan on paper."""
    return Document(title="Action plan", scope=scope, on=on, blocks=[plan_table(plan, alone=alone)], landscape=True)


def in_full(
    view: RoundView,
    *,
    people: Sequence[RoundPerson],
    voices: Voices,
    plan: Sequence[Action],
    alone: bool,
    evidence: bool,
    on: date,
) -> Document:
    """Everything: the shape, each statement with its notes, the plan. Evidence only for those who may see it."""
    blocks: list[Block] = [
        KeyValues(_about(view)),
        Heading("The areas at a glance"),
        Figure(chart(view), "Radar chart of the areas; the table that follows says the same", width=0.62),
        area_table(view),
    ]
    if voices.parents:
        blocks += [Heading("What parents say"), _parents_table(voices)]
    for each in view.areas:
        blocks += [Heading(each.area.title), *_statements(each, voices, evidence=evidence)]
    blocks += [
        Heading("The plan"),
        plan_table(plan, alone=alone),
        Heading("Who was asked"),
        Paragraph(who_was_asked(people, alone=alone, voices=voices)),
        Paragraph(f"{NOT_THE_OFFICIAL_FORM} {view.wording.framework.source}"),
    ]
    return _document(view, "SEND review in full", blocks, on)


def _parents_table(voices: Voices) -> TableBlock:
    """What parents said, in words for shares."""
    columns = [Column("Question", width=50), Column("Yes", width=20), Column("Not yet", width=20)]
    rows: list[list[Cell]] = [[each.text, each.yes, each.not_yet] for each in voices.parents]
    return TableBlock("Shares of all who replied", columns, rows, header_column=True)


def _about(view: RoundView) -> list[tuple[str, str]]:
    round = view.round
    pairs = [
        ("Period", round.period),
        ("Where it stands", round.get_status_display()),
        ("Discussed", view.standing.words),
    ]
    if round.reason:
        pairs.append(("Why now", round.reason))
    if round.agreed_at and round.agreed_by:
        pairs.append(("Agreed", f"{day(round.agreed_at)}, {round.agreed_by.name}"))
    return [*pairs, ("Statements", f"{view.wording.framework.title}, edition {view.wording.framework.edition}")]


def _statements(each: AreaView, voices: Voices, *, evidence: bool) -> list[Block]:
    seen = [voice.seen for voice in voices.children_of_area(each.area.code)]
    blocks: list[Block] = [KeyValues([("Seen of children", "\n".join(seen))])] if seen else []
    for card in each.cards:
        blocks.append(Heading(_said(card), level=3))
        pairs = [("Rating", rating_words(card))]
        if card.rating.notes:
            pairs.append(("Notes", card.rating.notes))
        if evidence and card.evidence:
            pairs.append(("Evidence", "; ".join(_where(piece.title, piece.where_kept) for piece in card.evidence)))
        if card.actions:
            pairs.append(("Actions", "; ".join(action.what for action in card.actions)))
        elif card.rating.no_action_because:
            pairs.append(("No action, because", card.rating.no_action_because))
        pairs += voices.in_pairs(card.statement.code)
        blocks.append(KeyValues(pairs))
    return blocks


def _where(title: str, where_kept: str) -> str:
    return f"{title} ({where_kept})" if where_kept else title


def rating_words(card: Card) -> str:
    """A rating in words, with its reason and doubt."""
    words = card.level.label if card.level else card.rating.get_state_display()
    if card.rating.reason:
        words += f": {card.rating.reason}"
    return f"{words} (not sure)" if card.rating.unsure else words


def blank(wording: Wording, *, scope: str, on: date) -> Document:
    """The form to print and fill in by hand."""
    options = [*(level.label for level in wording.levels), "Does not apply"]
    scale = [f"{level.label}: {level.meaning}" for level in wording.levels]
    blocks: list[Block] = [
        Callout(
            "Fill in what you can, with whoever is there. Leave what you have not talked about. Please write no child’s name."
        ),
        Heading("The words we use"),
        Bullets(scale),
    ]
    for area in wording.areas:
        blocks += [Heading(area.title), Paragraph(area.introduction)]
        for statement in area.statements:
            law = " (the law asks for this)" if statement.statutory else ""
            blocks += [
                Heading(f"{statement.code} {statement.text}{law}", level=3),
                Paragraph(" ".join(statement.prompts)),
                TickRow(f"How well is {statement.code} in place?", options),
                AnswerBox(f"Notes, evidence, what we will do, who, by when ({statement.code})", lines=3),
            ]
    blocks.append(AnswerBox("Who was asked, and when", lines=3))
    blocks.append(Paragraph(NOT_THE_OFFICIAL_FORM))
    return Document(
        title="SEND review: blank form", scope=scope, on=on, blocks=blocks, subtitle=wording.framework.title
    )


def ratings_export(view: RoundView, *, scope: str) -> Table:
    """Every statement with its rating, for a spreadsheet."""
    columns = [
        Column("Area", width=28),
        Column("Code", width=8),
        Column("Statement", width=60),
        Column("The law asks for this", width=10),
        Column("Rating", width=20),
        Column("Not sure", width=10),
        Column("Reason", width=30),
        Column("Notes", width=40),
        Column("Evidence", "number", width=10),
        Column("Actions", "number", width=10),
        Column("Changed", "date", width=14),
        Column("By", width=20),
    ]
    rows = (_row(each, card) for each in view.areas for card in each.cards)
    return Table("SEND review ratings", scope, columns, rows)


def _row(each: AreaView, card: Card) -> list[Cell]:
    rating = card.rating
    return [
        each.area.title,
        card.statement.code,
        card.statement.text,
        "Yes" if card.statement.statutory else "",
        card.level.label if card.level else rating.get_state_display(),
        "Yes" if rating.unsure else "",
        rating.reason,
        rating.notes,
        card.evidence_count,
        card.action_count,
        rating.changed_at.date() if rating.changed_at else None,
        rating.changed_by.name if rating.changed_by else "",
    ]


def evidence_export(pieces: Iterable[Evidence], *, scope: str) -> Table:
    """The pieces of evidence, for a spreadsheet. `pieces` come `with_use_count()`."""
    columns = [
        Column("What", width=40),
        Column("Where it is kept", width=40),
        Column("Look at it again", "date", width=14),
        Column("Statements", "number", width=12),
        Column("Added", "date", width=14),
        Column("By", width=20),
    ]
    rows: Iterable[list[Cell]] = (
        [
            piece.title,
            piece.where_kept,
            piece.look_again_on,
            piece.use_count,  # type: ignore[attr-defined]
            piece.added_at.date(),
            piece.added_by.name,
        ]
        for piece in pieces
    )
    return Table("Evidence", scope, columns, rows)


def _document(view: RoundView, title: str, blocks: Sequence[Block], on: date) -> Document:
    round = view.round
    return Document(
        title=title,
        subtitle=f"{round.organisation.name}, {round.period}",
        scope=round.organisation.name,
        on=on,
        blocks=blocks,
    )
