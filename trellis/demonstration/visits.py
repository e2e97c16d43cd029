"""Visits in the demonstration: one that is finished, with a fact put right, and one that is planned."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from trellis.demonstration.clock import when_open
from trellis.review import actions
from trellis.review.actions.visit import Arrangement
from trellis.review.actions.visit_report import Said
from trellis.review.models import Level, Rating, Round, Visit
from trellis.review.visit_lists import checklist, presets

if TYPE_CHECKING:
    from datetime import datetime

    from trellis.accounts.acting import Acting
    from trellis.demonstration.clock import Clock
    from trellis.review.models import Statement

KEPT = {
    "policy": "Blue folder in the office",
    "staff-training": "Training log, on the office computer",
    "parents-say": "Cards on the board by the door",
    "timetable": "Here",
    "room": "The room upstairs, from nine",
}

STRONG = (
    "Adults kneel down to talk and wait for an answer. Everybody we spoke to knew what each child is working on.\n"
    "Parents said that they hear early and in plain words."
)
WORK_ON = (
    "Picture cards were {where}, so that children could not choose with them by themselves.\n"
    "New colleagues learn about support plans by watching; there is no fixed time for it."
)
SELF_EVALUATION = "Honest, and harder on itself than it need be. Most of the evidence was at hand within a minute."
AGREED = "Amara and Priya try both recommendations by spring. Hannah would be glad to come again for an hour."
RECOMMENDED = (
    "Hang the picture cards where every child reaches them",
    "Give each new colleague an hour with the SENCO",
)


def finish_a_peer_visit(*, round: Round, lead: Acting, visitor: Acting, clock: Clock, noon: datetime) -> Visit:
    """Somebody from another setting came when the review was agreed, in its term; the draft had a fact wrong, which was
    put right. She may read on: she has offered to come again."""
    clock.go_on(timedelta(days=1))
    comes_at = when_open(clock.at + timedelta(days=12))
    arrangement = Arrangement(
        kind="peer",
        why="How children who do not speak yet can choose what to do",
        visit_on=comes_at.date(),
        until=(noon + timedelta(days=40)).date(),
        with_ratings=True,
        with_notes=True,
        with_actions=True,
    )
    visit = actions.plan_visit(round=round, arrangement=arrangement, by=lead)
    actions.invite_visitor(visit=visit, name=visitor.user.name, email=visitor.user.email, by=lead)
    _prepare(visit, "full-day", lead)
    actions.move_visit(visit=visit, to="prepared", by=lead)
    clock.go_to(comes_at)
    ratings = _rate(visit, visitor)
    actions.move_visit(visit=visit, to="visited", by=visitor)
    actions.note_conversation(
        visit=visit,
        who="Amara, Priya, Hannah",
        said="What stood out: calm rooms, and adults who wait. The cards are good and too far away.",
        next_steps="Priya moves the cards this week. Hannah sends the draft within ten days.",
        by=visitor,
    )
    clock.go_on(timedelta(days=4))
    statements = [rating.statement for rating in ratings[:2]]
    recommended = list(zip(statements, RECOMMENDED, strict=True))
    said = Said(STRONG, WORK_ON.format(where="in a locked drawer"), SELF_EVALUATION, AGREED, recommended)
    actions.write_report(visit=visit, said=said, after=0, by=visitor)
    actions.move_visit(visit=visit, to="drafted", by=visitor)
    clock.go_on(timedelta(days=3))
    correction = actions.correct_fact(
        visit=visit, says="in a locked drawer", should_say="On a high shelf; nothing is locked", by=lead
    )
    actions.move_visit(visit=visit, to="checked", by=lead)
    clock.go_on(timedelta(days=1))
    actions.answer_correction(correction=correction, taken_in=True, by=visitor)
    right = Said(STRONG, WORK_ON.format(where="on a high shelf"), SELF_EVALUATION, AGREED, recommended)
    actions.write_report(visit=visit, said=right, after=1, by=visitor)
    actions.move_visit(visit=visit, to="final", by=visitor)
    clock.go_on(timedelta(days=1))
    words = "It helped that you played with the children before you wrote anything."
    answers = {"useful": "yes", "fair": "yes", "kind": "yes", "words": words}
    actions.give_feedback(visit=visit, answers=answers, by=lead)
    return visit


def plan_a_visit(*, round: Round, lead: Acting, name: str, email: str, noon: datetime) -> Visit:
    """The Area SENCO is invited and has not answered yet."""
    arrangement = Arrangement(
        kind="area_senco",
        why="Whether our rooms suit children who find noise hard",
        visit_on=when_open((noon + timedelta(days=15)).date()),
        until=(noon + timedelta(days=60)).date(),
    )
    visit = actions.plan_visit(round=round, arrangement=arrangement, by=lead)
    actions.invite_visitor(visit=visit, name=name, email=email, by=lead)
    actions.begin_timetable(visit=visit, preset=presets()["half-day"], by=lead)
    return visit


def _prepare(visit: Visit, preset: str, lead: Acting) -> None:
    answers = {item.code: ("have", KEPT.get(item.code, "")) for item in checklist(visit.round.audience)}
    actions.mark_checklist(visit=visit, answers=answers, by=lead)
    actions.begin_timetable(visit=visit, preset=presets()[preset], by=lead)


def _rate(visit: Visit, visitor: Acting) -> list[Rating]:
    """The visitor sees most of what they looked at as the setting does, and some of it otherwise."""
    levels = list(Level.objects.filter(framework=visit.round.framework_id).order_by("position"))
    rated = Rating.objects.filter(round=visit.round, state="rated").select_related("statement", "level")
    looked_at = list(rated.order_by("level__position", "statement__code"))[::3]
    answers: dict[Statement, tuple[Level | None, str]] = {}
    for number, rating in enumerate(looked_at):
        if number % 4 == 1 and rating.level:
            higher = levels[min(rating.level.position, len(levels) - 1)]
            answers[rating.statement] = (higher, "I saw more of this than you say.")
        else:
            answers[rating.statement] = (rating.level, "")
    actions.rate_as_visitor(visit=visit, answers=answers, by=visitor)
    return looked_at
