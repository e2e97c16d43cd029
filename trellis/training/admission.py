"""The rules of a programme as they are in force on a day: what Trellis suggests, and what the centre says instead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from trellis.training.models import AdmissionRule, Certainty
from trellis.training.rules.eligibility import IN_ORDER
from trellis.training.rules.priority import WEIGHED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

SHIPPED = Path(__file__).parent / "reference" / "admission.yaml"
TERMS: dict[str, str] = {
    "offer_days": "Days for the answer to an offer",
    "stop_days": "Days before the start on which the waiting list stops",
    "short_days": "Days before the start from which too few learners are pointed out",
    "forget_days": "Days after which an application that came to nothing is forgotten",
    "forget_draft_days": "Days after which a draft that nobody touches is forgotten",
}
KINDS = {"eligibility": "Who is eligible", "priority": "Who comes first", "term": "Days"}
DAYS = 1
MOST_POINTS = 100


@dataclass(frozen=True)
class RuleInForce:
    """One rule: what it is, which value it has, why, where it is from and how sure that is."""

    key: str
    kind: str
    value: int
    source: str
    certainty: str
    least: int = 0
    most: int = DAYS
    reason: str = ""
    from_on: date | None = None

    @property
    def words(self) -> str:
        """What the rule says."""
        if self.kind == "term":
            return TERMS[self.key]
        if self.kind == "priority":
            return WEIGHED[self.key][0]
        return next(rule.sentence for rule in IN_ORDER if rule.code == self.key)

    @property
    def said(self) -> str:
        """Its value in words."""
        if self.kind == "eligibility":
            return "Asked" if self.value else "Not asked"
        noun = "day" if self.kind == "term" else "point"
        return f"{self.value} {noun}{'' if self.value == 1 else 's'}"

    @property
    def certainty_words(self) -> str:
        """How sure it is, in words."""
        return str(Certainty(self.certainty).label)


@dataclass(frozen=True)
class Admission:
    """All rules of a programme on a day."""

    rules: Mapping[str, RuleInForce]

    @property
    def asked(self) -> list[str]:
        """The codes of the eligibility rules that are asked."""
        return [rule.key for rule in self.rules.values() if rule.kind == "eligibility" and rule.value]

    @property
    def weights(self) -> dict[str, int]:
        """What is weighed, with its points."""
        return {rule.key: rule.value for rule in self.rules.values() if rule.kind == "priority"}

    def days(self, term: str) -> int:
        """How many days a term is."""
        return self.rules[term].value

    def of_kind(self, kind: str) -> list[RuleInForce]:
        """The rules of one kind, in their order."""
        return [rule for rule in self.rules.values() if rule.kind == kind]


@cache
def shipped_rules() -> dict[str, RuleInForce]:
    """What Trellis suggests, by key, in the order of the file."""
    said = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["rules"]
    rules = [RuleInForce(**{"most": MOST_POINTS} | each if each["kind"] == "priority" else each) for each in said]
    return {rule.key: rule for rule in rules}


def days_of(term: str, programme_ids: Collection[UUID], on: date) -> dict[UUID, int]:
    """How many days a term is in each of several programmes on a day. One query."""
    said = dict.fromkeys(programme_ids, shipped_rules()[term].value)
    rows = AdmissionRule.objects.filter(programme_id__in=programme_ids, key=term, from_on__lte=on)
    return said | dict(rows.order_by("from_on", "set_at", "pk").values_list("programme_id", "value"))


def admission_of(programme_id: UUID, on: date) -> Admission:
    """The rules of a programme on a day: of each the newest that is in force, else what Trellis suggests."""
    rules = dict(shipped_rules())
    rows = AdmissionRule.objects.filter(programme_id=programme_id, from_on__lte=on).order_by("from_on", "set_at", "pk")
    for row in rows:
        if row.key in rules:
            plain = shipped_rules()[row.key]
            rules[row.key] = RuleInForce(
                key=row.key, kind=plain.kind, value=row.value, source=row.source, certainty=row.certainty,
                least=plain.least, most=plain.most, reason=row.reason, from_on=row.from_on,
            )  # fmt: skip
    return Admission(rules)
