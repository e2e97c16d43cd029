"""What an application asks, one question on each page, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

QUESTIONS: dict[str, str] = {
    "cohort": "Which dates",
    "setting": "Your setting",
    "authority": "Your local authority",
    "role": "Your role",
    "role-from": "When you take the role on",
    "level-3": "Level 3 qualification",
    "level-3-which": "Which Level 3 qualification",
    "years": "Years in early years settings",
    "training": "Training as a SENCO so far",
    "funded": "Funded place before",
    "funding": "Who pays",
    "beside": "Others from your setting",
    "needs": "What you need to take part",
    "manager": "Your manager",
}
"""The steps in their order → how the list of answers calls them."""

ANSWERS_FOR_THEMSELVES = ("manager", "childminder")
NONE_AT_LEVEL_3 = ("", "no")


def steps_for(*, role: str, level_3: str, authority_known: bool, manager_answered: bool) -> list[str]:
    """The questions for an applicant: what is known is not asked again.

    The register says in which authority a setting is; only who is about to be SENCO is asked since when, and
    nobody without a Level 3 qualification which one it is; whoever leads the setting answers for it, and a setting that
    booked somebody has answered.

    >>> known = {"authority_known": True, "manager_answered": False}
    >>> "role-from" in steps_for(role="about_to_be", level_3="held", **known)
    True
    >>> [step for step in QUESTIONS if step not in steps_for(role="manager", level_3="no", **known)]
    ['authority', 'role-from', 'level-3-which', 'manager']
    """
    left_out = {
        "authority": authority_known,
        "role-from": role != "about_to_be",
        "level-3-which": level_3 in NONE_AT_LEVEL_3,
        "manager": manager_answered or role in ANSWERS_FOR_THEMSELVES,
    }
    return [step for step in QUESTIONS if not left_out.get(step)]


def at_most(*, role: str, level_3: str, authority_known: bool, manager_answered: bool) -> list[str]:
    """The questions that there can still be: what an answer that is not given yet might bring is counted, so that there are
    never more than was said.

    >>> known = {"authority_known": False, "manager_answered": False}
    >>> len(at_most(role="", level_3="", **known)), len(at_most(role="senco", level_3="", **known))
    (14, 13)
    >>> len(at_most(role="senco", level_3="no", **known)) == len(steps_for(role="senco", level_3="no", **known))
    True
    """
    return steps_for(
        role=role or "about_to_be",
        level_3=level_3 or "held",
        authority_known=authority_known,
        manager_answered=manager_answered,
    )


def missing_of(steps: Collection[str], answered: Collection[str]) -> list[str]:
    """The questions that were not answered, as the list of answers calls them.

    >>> missing_of(["setting", "role"], ["role"])
    ['Your setting']
    """
    return [QUESTIONS[step] for step in steps if step not in answered]
