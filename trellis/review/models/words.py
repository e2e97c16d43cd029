"""Where people write freely in a review, and what keeps what they said there earlier."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from trellis.review.models.children import ChildVoice
from trellis.review.models.evidence import Evidence, EvidenceChange, EvidenceVersion
from trellis.review.models.parents import ParentComment
from trellis.review.models.plan import Action, ActionChange, ActionStep
from trellis.review.models.rating import NoActionChange, PromptDismissal, Rating, RatingChange
from trellis.review.models.round import Round, RoundPerson, RoundStep

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kept(NamedTuple):
    """The rows that keep earlier words: their table, which column names the record, which holds the words."""

    model: Any
    of: str
    column: str


@dataclass(frozen=True)
class Written:
    """A kind of record in which people write freely: its texts, each with what a page calls it, and their history."""

    model: Any
    texts: Mapping[str, str]
    kept: Mapping[str, Kept] = field(default_factory=dict)


def _kept(model: Any, of: str, *columns: str) -> dict[str, Kept]:
    return {column: Kept(model, of, column) for column in columns}


WRITTEN: dict[str, Written] = {
    "rating": Written(
        Rating,
        {"notes": "Notes", "reason": "Why it does not apply", "no_action_because": "Why no action is needed"},
        {
            **_kept(RatingChange, "rating", "notes", "reason"),
            "no_action_because": Kept(NoActionChange, "rating", "because"),
        },
    ),
    "action": Written(
        Action,
        {
            "what": "What you will do",
            "why": "Why",
            "owner_name": "Who sees to it",
            "resources": "What it needs",
            "success": "How you will know it worked",
            "impact": "What difference it made",
        },
        _kept(ActionChange, "action", "what", "why", "owner_name", "resources", "success"),
    ),
    "step": Written(ActionStep, {"note": "A note on how it went"}),
    "evidence": Written(
        Evidence,
        {"title": "What it is", "where_kept": "Where it is kept"},
        _kept(EvidenceChange, "evidence", "title", "where_kept"),
    ),
    "file": Written(EvidenceVersion, {"note": "What changed in a file"}),
    "review": Written(Round, {"reason": "Why now"}),
    "move": Written(RoundStep, {"note": "A word on moving the review on"}),
    "person": Written(RoundPerson, {"name": "Who was asked"}),
    "question": Written(PromptDismissal, {"word": "The answer to a question"}),
    "child": Written(ChildVoice, {"seen": "Seen of children"}),
    "comment": Written(ParentComment, {"text": "What a parent added"}),
}
"""By the word that stands in the address of the page that takes words out."""

TEXTS_OF: dict[str, tuple[str, ...]] = {}
"""The table of each kind of record and of its history → its texts: what may become a mark where rows only grow."""

for _written in WRITTEN.values():
    TEXTS_OF[_written.model._meta.db_table] = tuple(_written.texts)
    for _each in _written.kept.values():
        _before = TEXTS_OF.get(_each.model._meta.db_table, ())
        TEXTS_OF[_each.model._meta.db_table] = (*_before, _each.column)
