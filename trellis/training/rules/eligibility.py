"""Whether an applicant may have a place: rules in their order, each with a decision, a code and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

ELIGIBLE, NOT_ELIGIBLE, NEEDS_INFORMATION = "eligible", "not_eligible", "needs_information"
LEVEL = 3
IN_THE_ROLE = ("senco", "deputy_senco", "about_to_be", "manager", "childminder")


@dataclass(frozen=True)
class Facts:
    """What is known of an applicant, from their answers and from the records of the centre."""

    in_england: bool | None = True
    has_setting: bool = True
    setting_in_register: bool = True
    maintained: bool = False
    role: str = "senco"
    role_has_a_day: bool = True
    level_3: str = "held"
    listed_level: int | None = 3
    list_is_here: bool = True
    holds_award: bool = False
    completed_here: bool = False
    funded_before: bool = False
    funded_here: bool = False
    wants_grant: bool = True
    payer_known: bool = True


@dataclass(frozen=True)
class Verdict:
    """What the rules say: a decision, the code of the rule, the sentence."""

    decision: str
    code: str
    sentence: str


@dataclass(frozen=True)
class EligibilityRule:
    """One rule: when it applies, what it then decides, and how it says so."""

    code: str
    decision: str
    sentence: str
    applies: Callable[[Facts], bool]


IN_ORDER: tuple[EligibilityRule, ...] = (
    EligibilityRule(
        "not_england",
        NOT_ELIGIBLE,
        "The setting is not in England, for which the places are funded",
        lambda facts: facts.in_england is False,
    ),
    EligibilityRule(
        "already_holds",
        NOT_ELIGIBLE,
        "They hold a Level 3 award for SENCOs in early years settings already",
        lambda facts: facts.holds_award or facts.completed_here,
    ),
    EligibilityRule(
        "already_funded",
        NOT_ELIGIBLE,
        "They have had a funded place before",
        lambda facts: facts.wants_grant and (facts.funded_before or facts.funded_here),
    ),
    EligibilityRule(
        "no_setting", NOT_ELIGIBLE, "They work in no early years setting", lambda facts: not facts.has_setting
    ),
    EligibilityRule(
        "maintained_setting",
        NOT_ELIGIBLE,
        "The setting is run by a school or the council, for which there are other ways",
        lambda facts: facts.maintained,
    ),
    EligibilityRule(
        "not_the_role",
        NOT_ELIGIBLE,
        "They are neither SENCO nor about to be",
        lambda facts: facts.role not in IN_THE_ROLE,
    ),
    EligibilityRule(
        "payer_not_known",
        NEEDS_INFORMATION,
        "They have had a funded place before, and it is not known who would pay this time",
        lambda facts: not facts.payer_known and (facts.funded_before or facts.funded_here),
    ),
    EligibilityRule(
        "no_day_for_the_role",
        NEEDS_INFORMATION,
        "They are about to be SENCO, and no day is given",
        lambda facts: facts.role == "about_to_be" and not facts.role_has_a_day,
    ),
    EligibilityRule(
        "level_3_missing",
        NOT_ELIGIBLE,
        "They hold no full and relevant Level 3 qualification",
        lambda facts: facts.level_3 == "no",
    ),
    EligibilityRule(
        "level_3_unclear",
        NEEDS_INFORMATION,
        "It is not clear whether their Level 3 qualification is full and relevant",
        lambda facts: facts.level_3 in ("", "studying", "unsure"),
    ),
    EligibilityRule(
        "level_3_counts_lower",
        NEEDS_INFORMATION,
        "In the qualifications list, what they chose counts below Level 3",
        lambda facts: facts.listed_level is not None and facts.listed_level < LEVEL,
    ),
    EligibilityRule(
        "level_3_not_listed",
        NEEDS_INFORMATION,
        "They chose no Level 3 qualification from the qualifications list, so somebody looks at the certificate",
        lambda facts: facts.list_is_here and facts.listed_level is None,
    ),
    EligibilityRule(
        "setting_not_in_register",
        NEEDS_INFORMATION,
        "The setting is not in the childcare register by the name that they gave",
        lambda facts: not facts.setting_in_register,
    ),
)
"""The first that applies decides. Which of them a programme asks is data: see `reference/admission.yaml`."""

CODES = tuple(rule.code for rule in IN_ORDER)
TO_APPLICANT: dict[str, str] = {
    "not_england": "Your setting is not in England, for which the places are funded",
    "already_holds": "You hold a Level 3 award for SENCOs in early years settings already",
    "already_funded": "You have had a funded place before",
    "no_setting": "You work in no early years setting",
    "maintained_setting": "Your setting is run by a school or the council, for which there are other ways",
    "not_the_role": "You are neither SENCO nor about to be",
    "payer_not_known": "You have had a funded place before, and it is not known who would pay this time. If you know by "
    "now, change your answer and send it again. Otherwise the centre asks you about it",
    "no_day_for_the_role": "You are about to be SENCO, and no day is given. Add it to your answers and send them again",
    "level_3_missing": "You hold no full and relevant Level 3 qualification",
    "level_3_unclear": "It is not clear whether your Level 3 qualification is full and relevant. If you know more by now, "
    "change your answers and send them again. Otherwise the centre asks you for the certificate",
    "level_3_counts_lower": "In the qualifications list, what you chose counts below Level 3. If you hold another "
    "qualification, change your answers and send them again. Otherwise the centre asks you for the certificate",
    "level_3_not_listed": "No Level 3 qualification is chosen from the qualifications list. If yours is there, choose it "
    "in your answers and send them again. Otherwise the centre asks you for the certificate",
    "setting_not_in_register": "Your setting is not in the childcare register by the name that you gave. If you find it "
    "there, change your answers and send them again. Otherwise the centre asks you about it",
}
"""What a rule says to the applicant, who reads what it means for them and what they can do."""
NOTHING_AGAINST = Verdict(ELIGIBLE, "nothing_against", "Nothing that the programme asks speaks against a place")


def judge(facts: Facts, asked: Collection[str] = CODES) -> Verdict:
    """What the rules that a programme asks say of an applicant.

    >>> judge(Facts(level_3="no")).code, judge(Facts(level_3="no"), asked=["not_england"]).decision
    ('level_3_missing', 'eligible')
    >>> judge(Facts(level_3="no", in_england=False)).sentence
    'The setting is not in England, for which the places are funded'
    """
    for rule in IN_ORDER:
        if rule.code in asked and rule.applies(facts):
            return Verdict(rule.decision, rule.code, rule.sentence)
    return NOTHING_AGAINST


def for_applicant(code: str, sentence: str) -> str:
    """A decision in words to the applicant: those of its rule; what a person wrote stays as they wrote it.

    >>> for_applicant("not_the_role", "They are neither SENCO nor about to be")
    'You are neither SENCO nor about to be'
    >>> for_applicant("decided_by_person", "Tell us which award you did")
    'Tell us which award you did'
    """
    return TO_APPLICANT.get(code, sentence)


def why_not_decide(*, decision: str, standing: str, because: str) -> str | None:
    """Why a person cannot decide otherwise than stands, or None if they can.

    >>> why_not_decide(decision="eligible", standing="eligible", because="She showed us the certificate")
    'That is what stands already'
    >>> why_not_decide(decision="eligible", standing="not_eligible", because="")
    'Say why you decide so'
    >>> why_not_decide(decision="eligible", standing="not_eligible", because="She showed us the certificate")
    """
    if decision == standing:
        return "That is what stands already"
    return None if because else "Say why you decide so"
