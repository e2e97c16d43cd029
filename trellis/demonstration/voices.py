"""Who is heard in the invented reviews: three colleagues alone, twelve families on a form, what was seen of children."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from trellis.accounts.roles import Permission
from trellis.demonstration import words
from trellis.demonstration.clock import figure, when_open
from trellis.review import actions
from trellis.review.models import Level, Rating
from trellis.review.questions import ANSWERS, questions

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.demonstration.clock import Clock
    from trellis.review.models import ParentForm, Round

HEARD_AT = "Bramble Lane Nursery"
FAMILIES, FAMILIES_SO_FAR = 12, 3
AREA_HEARD = "A"


def let_be_heard(round: Round, people: list[Acting], clock: Clock, *, finish: bool) -> None:
    """Let one setting’s team, parents and children be heard while its review is a draft; in an open one a second form
    for parents is open."""
    if round.organisation.name != HEARD_AT:
        return
    lead, colleagues = people[0], [each for each in people if each.may(Permission.RATE_STATEMENTS)]
    _rate_alone(round, colleagues[1:], clock)
    form = actions.open_parent_form(round=round, closes_on=when_open((clock.at + timedelta(days=14)).date()), by=lead)
    _reply(form, FAMILIES)
    clock.go_on(timedelta(days=2))
    actions.close_parent_form(form=form, by=lead)
    for code, seen in words.SEEN_OF_CHILDREN:
        statement = round.ratings.get(statement__code=code).statement
        actions.note_child_voice(round=round, area=statement.area, statement=statement, seen=seen, by=colleagues[-1])
    if not finish:
        _reply(
            actions.open_parent_form(round=round, closes_on=when_open((clock.at + timedelta(days=28)).date()), by=lead),
            FAMILIES_SO_FAR,
        )


def _rate_alone(round: Round, colleagues: list[Acting], clock: Clock) -> None:
    """Three colleagues say what they think of one area; one of them shows their name."""
    levels = list(Level.objects.filter(framework=round.framework).order_by("position"))
    ratings = Rating.objects.filter(round=round, statement__area=AREA_HEARD).select_related("statement")
    for rating in ratings.order_by("statement__code"):
        for each in colleagues:
            clock.at += timedelta(minutes=1)
            said = figure(each.user.name, rating.statement.code)
            answer = actions.OwnAnswer("rated", level=levels[said % 3], unsure=said % 11 == 0)
            actions.rate_alone(round=round, statement=rating.statement, answer=answer, version=0, by=each)
    actions.choose_name(round=round, shows_name=True, by=colleagues[0])


def _pleased_with(code: str) -> int:
    """How many families in a hundred say yes to a question."""
    return 25 + figure("pleased", code) * 3 // 4


def _reply(form: ParentForm, families: int) -> None:
    """So many families answer."""
    for family in range(families):
        answers = {
            question.code: ANSWERS[min(figure(family, question.code) // _pleased_with(question.code), len(ANSWERS) - 1)]
            for question in questions(form.edition).questions
        }
        comment = words.PARENTS_SAID[family] if family < len(words.PARENTS_SAID) else ""
        actions.count_reply(form=form, answers=answers, comment=comment, page_key=f"family {family}")
