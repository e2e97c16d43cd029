"""Freezing a round: a copy that holds just the parts that were chosen, and no name of a colleague."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trellis.core.dates import day
from trellis.core.rules.names import looks_personal
from trellis.review.papers import NOT_THE_OFFICIAL_FORM

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from trellis.review.models import Action, EvidenceVersion
    from trellis.review.reading import AreaView, Card, Piece, RoundView

Copy = dict[str, Any]


@dataclass(frozen=True)
class Parts:
    """What goes besides the ratings, which always do."""

    actions: bool = False
    notes: bool = False
    evidence: bool = False
    files: bool = False

    @property
    def words(self) -> str:
        """The parts in words.

        >>> Parts(actions=True, notes=True).words
        'Ratings, with actions and notes'
        >>> Parts().words
        'Ratings only'
        """
        more = [
            words
            for words, chosen in (
                ("actions", self.actions),
                ("notes", self.notes),
                ("evidence with its files" if self.files else "evidence", self.evidence),
            )
            if chosen
        ]
        if not more:
            return "Ratings only"
        return f"Ratings, with {' and '.join([', '.join(more[:-1]), more[-1]] if len(more) > 1 else more)}"


def frozen(view: RoundView, *, parts: Parts, plan: Sequence[Action], files: Mapping[UUID, EvidenceVersion]) -> Copy:
    """The copy of a round with the parts chosen, as plain values. `view` has been read with its evidence;
    `plan` are the round’s actions; `files` the newest file of each piece of evidence, by the piece’s key.

    No name of a colleague is in it: a release says what a setting does, not who does what.
    """
    round = view.round
    return {
        "setting": round.organisation.name,
        "kind": round.organisation.get_setting_kind_display(),
        "period": round.period,
        "agreed": day(round.agreed_at),
        "framework": f"{view.wording.framework.title}, edition {view.wording.framework.edition}",
        "source": f"{NOT_THE_OFFICIAL_FORM} {view.wording.framework.source}",
        "standing": view.standing.words,
        "parts": {name: getattr(parts, name) for name in ("actions", "notes", "evidence", "files")},
        "levels": [
            {"code": level.code, "label": level.label, "colour": level.colour.value, "symbol": level.symbol}
            for level in view.wording.levels
        ],
        "areas": [_area(each, view, parts, files) for each in view.areas],
        "actions": [_action(each) for each in plan] if parts.actions else [],
    }


def _area(each: AreaView, view: RoundView, parts: Parts, files: Mapping[UUID, EvidenceVersion]) -> Copy:
    return {
        "title": each.area.title,
        "counts": each.words(view.wording),
        "statements": [_statement(card, parts, files) for card in each.cards],
    }


def _statement(card: Card, parts: Parts, files: Mapping[UUID, EvidenceVersion]) -> Copy:
    """A statement and its rating. The reason why one does not apply is a note; the one for no action, of the plan."""
    rating = card.rating
    return {
        "code": card.statement.code,
        "text": card.statement.text,
        "statutory": card.statement.statutory,
        "state": rating.state,
        "level": rating.level.code if rating.level else "",
        "unsure": rating.unsure,
        "notes": [text for text in (rating.reason, rating.notes) if text] if parts.notes else [],
        "no_action": rating.no_action_because if parts.actions else "",
        "evidence": [_piece(piece, parts, files) for piece in card.evidence] if parts.evidence else [],
    }


def _piece(piece: Piece, parts: Parts, files: Mapping[UUID, EvidenceVersion]) -> Copy:
    version = files.get(piece.pk) if parts.files else None
    file = {"id": str(version.file_id), "name": version.file.name} if version else None
    return {"title": piece.title, "where": piece.where_kept, "file": file}


def _action(action: Action) -> Copy:
    return {
        "code": action.statement.code,
        "what": action.what,
        "due": day(action.due_on),
        "status": action.status,
        "standing": action.get_status_display(),
        "success": action.success,
        "impact": action.impact,
    }


def texts_of(copy: Copy) -> Iterator[tuple[str, str]]:
    """Everything in a copy that people wrote freely, and where it stands: a statement’s code, or the plan."""
    for area in copy["areas"]:
        for each in area["statements"]:
            pieces = [
                text for piece in each["evidence"] for text in (piece["title"], piece["where"], _file_name(piece))
            ]
            yield from ((each["code"], text) for text in [*each["notes"], each["no_action"], *pieces] if text)
    for action in copy["actions"]:
        texts = (action["what"], action["success"], action["impact"])
        yield from ((f"the plan for {action['code']}", text) for text in texts if text)


def _file_name(piece: Copy) -> str:
    return piece["file"]["name"] if piece["file"] else ""


def without_words(copy: Copy, gone: Collection[str], mark: str) -> Copy:
    """A copy in which a mark stands wherever people had written one of the texts that are gone.

    >>> piece = {"title": "See Noah’s plan", "where": "", "file": None}
    >>> statement = {"code": "A1", "notes": ["Noah"], "no_action": "", "evidence": [piece]}
    >>> found = without_words({"areas": [{"statements": [statement]}], "actions": []}, {"Noah"}, "[taken out]")
    >>> found["areas"][0]["statements"][0]["notes"]
    ['[taken out]']
    >>> without_words({}, {"Noah"}, "[taken out]")
    {}
    """

    def marked(each: Copy, *names: str) -> Copy:
        return each | {name: mark for name in names if each[name] in gone}

    if not copy:
        return copy
    areas = [
        area
        | {
            "statements": [
                marked(each, "no_action")
                | {
                    "notes": [mark if text in gone else text for text in each["notes"]],
                    "evidence": [marked(piece, "title", "where") for piece in each["evidence"]],
                }
                for each in area["statements"]
            ]
        }
        for area in copy["areas"]
    ]
    return copy | {"areas": areas, "actions": [marked(each, "what", "success", "impact") for each in copy["actions"]]}


def warnings_in(copy: Copy, *, today: date) -> list[str]:
    """Where a copy looks as if it named one child, in sentences; nothing is refused for it.

    >>> piece = {"title": "See Noah’s plan", "where": "", "file": None}
    >>> statement = {"code": "A1", "notes": [], "no_action": "", "evidence": [piece]}
    >>> from datetime import date
    >>> warnings_in({"areas": [{"statements": [statement]}], "actions": []}, today=date(2026, 11, 23))
    ['A1: This looks as if it names a child (“Noah”). Please write about what you do, not about one child']
    """
    found = ((where, looks_personal(text, today=today)) for where, text in texts_of(copy))
    return _once(f"{where[:1].upper()}{where[1:]}: {sentence}" for where, sentence in found if sentence)


def _once(sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sentences))
