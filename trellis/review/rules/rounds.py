"""When a round may be started, changed and moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

ROUND_MOVES: dict[str, tuple[str, ...]] = {
    "draft": ("discussing", "agreed", "archived"),
    "discussing": ("agreed", "draft"),
    "agreed": ("archived",),
    "archived": (),
}
"""Status → the statuses that may follow it. `moves_of` says which of them are for whom."""

MOVE_LABELS: dict[tuple[str, str], str] = {
    ("draft", "discussing"): "Ready to discuss",
    ("draft", "agreed"): "Agree the review",
    ("draft", "archived"): "Put this review away unfinished",
    ("discussing", "agreed"): "Agree the review",
    ("discussing", "draft"): "Go back to rating",
    ("agreed", "archived"): "Archive the review",
}


def moves_of(status: str, *, alone: bool) -> tuple[str, ...]:
    """Where a round can go from `status`, the usual way first. A childminder (`alone`) has nobody to discuss a draft
    with and agrees it directly; a team discusses it first.

    >>> moves_of("draft", alone=True), moves_of("draft", alone=False)
    (('agreed', 'archived'), ('discussing', 'archived'))
    """
    left_out = ("draft", "discussing") if alone else ("draft", "agreed")
    return tuple(to for to in ROUND_MOVES[status] if (status, to) != left_out)


def why_not_move(*, status: str, to: str, rated: int, not_discussed: int, alone: bool = False) -> str | None:
    """Why a round cannot go from `status` to `to`, or None if it can.

    `rated` counts the statements rated or set aside as not applying; `not_discussed` the others. A review can
    be agreed with statements not yet discussed: an honest gap is better than a forced answer.

    >>> why_not_move(status="draft", to="agreed", rated=36, not_discussed=0)
    'A draft cannot go straight to agreed'
    >>> why_not_move(status="discussing", to="agreed", rated=0, not_discussed=36)
    'Rate at least one statement first'
    >>> why_not_move(status="discussing", to="agreed", rated=30, not_discussed=6)
    >>> why_not_move(status="draft", to="agreed", rated=36, not_discussed=0, alone=True)
    """
    if to not in moves_of(status, alone=alone):
        words = {"discussing": "being discussed"}
        if status == "draft":
            return f"A draft cannot go straight to {words.get(to, to)}"
        return f"A review that is {words.get(status, status)} cannot become {words.get(to, to)}"
    if to == "agreed" and rated == 0:
        return "Rate at least one statement first"
    return None


def where_it_stands(*, label: str, agreed_on: str = "", agreed_by: str = "") -> str:
    """Whether a review is a draft, being discussed or agreed, as its report says it: by whom and when.

    `label` is its status in words, `agreed_on` a day in words.

    >>> where_it_stands(label="Draft")
    'Draft, not agreed yet'
    >>> where_it_stands(label="Agreed", agreed_on="5 March 2027", agreed_by="Amara Okafor")
    'Agreed on 5 March 2027 by Amara Okafor'
    >>> where_it_stands(label="Archived", agreed_on="5 March 2027", agreed_by="Amara Okafor")
    'Archived, agreed on 5 March 2027 by Amara Okafor'
    >>> where_it_stands(label="Archived")
    'Archived without being agreed'
    """
    agreed = f"agreed on {agreed_on} by {agreed_by}"
    if label == "Archived":
        return f"Archived, {agreed}" if agreed_on else "Archived without being agreed"
    return f"A{agreed[1:]}" if agreed_on else f"{label}, not agreed yet"


def how_much_is_left(not_discussed: int) -> str:
    """What a person is told who has come to the end of the last area.

    >>> how_much_is_left(0), how_much_is_left(1)
    ('Every statement has an answer', '1 statement is not yet discussed')
    """
    if not not_discussed:
        return "Every statement has an answer"
    return (
        f"{not_discussed} statements are not yet discussed" if not_discussed > 1 else "1 statement is not yet discussed"
    )


def why_not_rate(*, status: str) -> str | None:
    """Why ratings of a round cannot change, or None if they can.

    >>> why_not_rate(status="agreed")
    'This review has been agreed, so its ratings stay as they are'
    >>> why_not_rate(status="draft")
    """
    return _frozen(status, "its ratings stay as they are")


def _frozen(status: str, so: str) -> str | None:
    if status in ("draft", "discussing"):
        return None
    return f"This review has been {'agreed' if status == 'agreed' else 'archived'}, so {so}"


def why_not_add(*, status: str) -> str | None:
    """Why nobody can be added to a round any more and nothing answered in it, or None if it can be.

    >>> why_not_add(status="agreed")
    'This review has been agreed, so what stands in it stays as it is'
    >>> why_not_add(status="discussing")
    """
    return _frozen(status, "what stands in it stays as it is")


def why_not_plan(*, status: str) -> str | None:
    """Why no action can be written because of a round, nor a reason for none, or None if it can be.

    The plan is what follows from agreeing, so an agreed review still takes both.

    >>> why_not_plan(status="archived")
    'This review has been archived, so its plan stays as it is. Plan from your latest review, or start one'
    >>> why_not_plan(status="agreed")
    """
    if status == "archived":
        return "This review has been archived, so its plan stays as it is. Plan from your latest review, or start one"
    return None


def why_not_start(*, open_round_exists: bool, statements: int) -> str | None:
    """Why a round cannot be started with a framework, or None if it can.

    >>> why_not_start(open_round_exists=True, statements=36)
    'A review with these statements is under way already. Finish it, or put it away, before you start another'
    """
    if open_round_exists:
        return (
            "A review with these statements is under way already. Finish it, or put it away, before you start another"
        )
    if not statements:
        return "There are no statements for a setting of your kind in it"
    return None


def audience_of(setting_kind: str) -> str:
    """For whom statements are worded in a setting of this kind.

    >>> audience_of("childminder"), audience_of("nursery_class"), audience_of("full_day_care")
    ('childminder', 'school', 'group')
    """
    if setting_kind in ("childminder", "home_childcarer"):
        return "childminder"
    if setting_kind in ("nursery_class", "maintained_nursery_school"):
        return "school"
    return "group"


def period_of(day: date) -> str:
    """The school term that a day falls in, as the suggested period of a round.

    >>> from datetime import date
    >>> period_of(date(2026, 11, 23)), period_of(date(2027, 2, 1)), period_of(date(2027, 6, 30))
    ('Autumn term 2026', 'Spring term 2027', 'Summer term 2027')
    """
    term = "Spring" if day.month < 4 else "Summer" if day.month < 9 else "Autumn"
    return f"{term} term {day.year}"
