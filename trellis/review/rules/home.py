"""What to do next: one thing, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Next:
    """The next step: its name for the page to link, the sentence, the words of the button."""

    step: str
    sentence: str
    button: str


def what_next(
    *,
    status: str | None,
    answered: int,
    not_discussed: int,
    next_area: str,
    without_action: int,
    overdue: int,
    leads: bool,
    alone: bool = False,
) -> Next:
    """The one next step for a person, from where the newest round stands.

    `status` is None without any round; `next_area` the title of the first area with something not yet discussed;
    `without_action` counts statements that need development and have no action; `leads` is whether the person
    may start and agree reviews; `alone` a childminder. A review with every answer is one step from its end, so
    that step comes even before what is overdue.

    >>> what_next(status=None, answered=0, not_discussed=0, next_area="", without_action=0, overdue=0, leads=True).step
    'start'
    >>> what_next(status="agreed", answered=36, not_discussed=0, next_area="", without_action=2, overdue=1, leads=True).step
    'overdue'
    >>> what_next(status="archived", answered=36, not_discussed=0, next_area="", without_action=2, overdue=0, leads=True).step
    'start'
    """
    finished = status in ("draft", "discussing") and not not_discussed
    if finished and leads:
        return to_the_end(status or "", alone=alone)
    if overdue:
        many = "1 action is" if overdue == 1 else f"{overdue} actions are"
        return Next(
            "overdue", f"{many} past the date you set. Say how it went, or give a new date.", "See what is overdue"
        )
    if status is None:
        if leads:
            return Next(
                "start",
                "Look at your SEND provision together, one area at a time. It takes a few short sittings.",
                "Start your first review",
            )
        return Next("nothing", "Your manager or SENCO has not started a review yet.", "")
    if status in ("draft", "discussing") and not_discussed:
        begun = "Carry on with" if answered else "Begin with"
        return Next("rate", f"{begun} “{next_area}”.", f"{begun} this area")
    if finished:
        return Next("discuss", "Every statement has an answer. Talk it through with your team.", "Look at it together")
    if without_action and status != "archived":
        many = "1 statement needs" if without_action == 1 else f"{without_action} statements need"
        return Next(
            "plan",
            f"{many} development and {'has' if without_action == 1 else 'have'} no action yet.",
            "Add to the plan",
        )
    if status == "archived" and leads:
        return Next("start", "Your last review is archived. Start the next one when you are ready.", "Start a review")
    return Next("nothing", "Nothing is waiting for you. The plan is below.", "")


def to_the_end(status: str, *, alone: bool) -> Next:
    """What is left to do with an open review in which every statement has an answer.

    >>> to_the_end("draft", alone=True).step, to_the_end("draft", alone=False).step
    ('agree', 'discuss')
    """
    if alone:
        return Next(
            "agree",
            "Every statement has an answer. Read it once more, then agree it: its ratings then stay as they are.",
            "Go to the review",
        )
    if status == "draft":
        return Next("discuss", "Every statement has an answer. Talk it through with your team.", "Look at it together")
    return Next(
        "agree",
        "When you have talked it through, agree the review. Its ratings then stay as they are.",
        "Go to the review",
    )
