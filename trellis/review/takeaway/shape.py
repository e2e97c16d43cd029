"""What a form has: its columns and labels, and what goes out or came back in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trellis.core.exports import printable
from trellis.review.takeaway.marks import Mark, from_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.review.wording import Wording

# What stands above a column or beside a box, by the name under which it is kept. Also the words by which a form that
# comes back is read, so they are changed with care.
STATEMENT_LABELS = {
    "code": "Code",
    "choice": "How well is it in place?",
    "unsure": "Not sure?",
    "reason": "If it does not apply, why",
    "notes": "Notes",
}
PLAN_LABELS = {
    "code": "Code",
    "number": "No.",
    "what": "What will you do?",
    "why": "Why?",
    "who": "Who will see to it?",
    "start_on": "Start",
    "due_on": "Due",
    "resources": "What does it need?",
    "success": "How will you know it worked?",
}
ACTION, NEW_ACTION = "Action", "New action"
CHOOSE = "Choose"
HOW_TO = (
    "Fill in what you can, with whoever is there. An empty box takes nothing away. Please write no child’s name. "
    "When you read the form back in, you see every difference before anything is changed."
)


@dataclass(frozen=True)
class Difference:
    """What one thing says here, and what the form says."""

    name: str
    here: str
    form: str


@dataclass(frozen=True)
class StatementEntry:
    """A statement as a form shows it."""

    area: str
    code: str
    text: str
    statutory: bool
    choice: str = ""
    unsure: bool = False
    reason: str = ""
    notes: str = ""


@dataclass(frozen=True)
class PlanEntry:
    """An action as a form shows it; without a number, room for a new one."""

    code: str
    text: str
    number: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FormToFill:
    """A review as a form."""

    title: str
    setting: str
    period: str
    source: str
    alone: bool
    mark: Mark
    choices: Sequence[str]
    meanings: Sequence[str]
    owners: Sequence[str]
    statements: Sequence[StatementEntry]
    plan: Sequence[PlanEntry]
    areas: dict[str, str]

    @property
    def plan_labels(self) -> dict[str, str]:
        """The labels of the plan: a childminder is not asked who."""
        return {name: words for name, words in PLAN_LABELS.items() if name != "who" or not self.alone}


@dataclass(frozen=True)
class CameBack:
    """What a file says: its mark, and the words in it by the names of the labels. `line` says where they stand."""

    mark: Mark | None
    statements: list[dict[str, str]]
    plan: list[dict[str, str]]

    def told(self) -> dict[str, Any]:
        """As plain data, to be kept until somebody has looked at it."""
        mark = vars(self.mark) if self.mark else None
        return {"mark": mark, "statements": self.statements, "plan": self.plan}


def came_back(told: dict[str, Any]) -> CameBack:
    """What was kept of a file."""
    mark = from_told(told["mark"]) if told.get("mark") else None
    return CameBack(mark, told["statements"], told["plan"])


def as_in_a_form(text: str) -> str:
    """Words as a form has them: with one kind of line break, and without what no file shows.

    >>> as_in_a_form(" Zoe\u0308,\\r\\nat lunch ")
    'Zoë,\\nat lunch'
    """
    return printable(text).strip()


def choices_of(wording: Wording) -> dict[str, str]:
    """What can be chosen of a statement: the words by code, the levels first."""
    levels = {level.code: level.label for level in wording.levels}
    return levels | {"not_discussed": "Not yet discussed", "not_applicable": "Does not apply"}
