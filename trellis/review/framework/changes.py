"""What changed from one edition of a framework to the next, and whether it may be published."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from trellis.review.framework.shape import Framework, Statement


class Kind(StrEnum):
    """What happened to a statement. The value completes a sentence: “A3 was …”."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved to another area"
    AUDIENCE_CHANGED = "given another audience"
    STATUTORY_CHANGED = "changed in whether it is statutory"


@dataclass(frozen=True)
class Difference:
    """One change to one statement. `part` says which words, such as `text` or `text for childminder`."""

    kind: Kind
    code: str
    before: str = ""
    after: str = ""
    part: str = ""

    @property
    def sentence(self) -> str:
        """The change as an editor reads it.

        >>> Difference(Kind.MOVED, "A3", "A", "B").sentence
        'A3 was moved to another area: “A” became “B”'
        """
        said = f"{self.code} was {self.kind}" + (f" ({self.part})" if self.part else "")
        if self.before and self.after:
            return f"{said}: “{self.before}” became “{self.after}”"
        return f"{said}: “{self.before or self.after}”" if self.before or self.after else said


def differences(old: Framework, new: Framework) -> list[Difference]:
    """What changed, statement by statement: the new edition’s order first, then what was removed.

    A line wrapped elsewhere is no rewording, and prompts, evidence and references may grow unremarked:
    they do not change what a rating says.
    """
    before, after = placed(old), placed(new)
    changed = [found for code, (area, now) in after.items() for found in changes_to(code, before.get(code), area, now)]
    gone = [Difference(Kind.REMOVED, code, s.text) for code, (_, s) in before.items() if code not in after]
    return changed + gone


def placed(framework: Framework) -> dict[str, tuple[str, Statement]]:
    """Each statement and the code of its area, by its own code."""
    return {statement.code: (area.code, statement) for area in framework.areas for statement in area.statements}


def changes_to(code: str, before: tuple[str, Statement] | None, area: str, now: Statement) -> Iterator[Difference]:
    """The changes to one statement that is in the new edition."""
    if before is None:
        yield Difference(Kind.ADDED, code, after=now.text)
        return
    old_area, old = before
    old_words, new_words = wordings(old), wordings(now)
    for part in dict.fromkeys([*old_words, *new_words]):
        was, is_now = old_words.get(part, ""), new_words.get(part, "")
        if was != is_now:
            yield Difference(Kind.REWORDED, code, was, is_now, part)
    if old_area != area:
        yield Difference(Kind.MOVED, code, old_area, area)
    if set(old.audience) != set(now.audience):
        yield Difference(Kind.AUDIENCE_CHANGED, code, ", ".join(old.audience), ", ".join(now.audience))
    if old.statutory != now.statutory:
        yield Difference(Kind.STATUTORY_CHANGED, code, duty(old), duty(now))


def wordings(statement: Statement) -> dict[str, str]:
    """Every wording that a rating is given to, with line breaks and double spaces evened out."""
    words = {"text": statement.text, "plain text": statement.plain_text}
    words |= {f"text for {audience}": text for audience, text in sorted(statement.text_for.items())}
    words |= {f"plain text for {audience}": text for audience, text in sorted(statement.plain_text_for.items())}
    return {part: " ".join(text.split()) for part, text in words.items()}


def duty(statement: Statement) -> str:
    """Whether the law says must, in a word or two."""
    return "statutory" if statement.statutory else "not statutory"


def why_not_publish(old: Framework, new: Framework, used_codes: Set[str]) -> list[str]:
    """Why the new edition cannot take its place beside the old one; nothing when it can.

    `used_codes` are the codes of the statements that have been rated under the old edition.
    """
    if old.key != new.key:
        return [f"{new.key} is another framework than {old.key}, not a new edition of it"]
    remaining = {statement.code for statement in new.statements}
    kept = {statement.code for statement in old.statements} & used_codes
    return [
        *(f"{code} has been rated and cannot be removed: put it back" for code in sorted(kept - remaining)),
        *(why_not_the_scale(old, new) if kept else ()),
        *(why_not_the_edition(old, new) if kept else ()),
    ]


def why_not_the_scale(old: Framework, new: Framework) -> Iterator[str]:
    """Why earlier ratings would say something else on the new scale."""
    was, is_now = meanings(old), meanings(new)
    if list(was) != list(is_now):
        yield (
            f"the levels were {', '.join(was)} and are now {', '.join(is_now)}, but statements have been rated: "
            "keep the level codes and their order, or publish it as a framework of its own with another key"
        )
    for code in was:
        if code in is_now and was[code] != is_now[code]:
            yield f"level {code} has been used: it cannot change whether it needs action or is a strength"


def meanings(framework: Framework) -> dict[str, tuple[bool, bool]]:
    """What each level code stands for, from the weakest to the strongest."""
    levels = sorted(framework.scale, key=lambda level: level.position)
    return {level.code: (level.needs_action, level.is_strength) for level in levels}


def why_not_the_edition(old: Framework, new: Framework) -> Iterator[str]:
    """Why an edition that is in use cannot be rewritten under its own number."""
    if old.edition == new.edition and differences(old, new):
        yield f"edition {old.edition} is in use: give the changed file a new edition"
