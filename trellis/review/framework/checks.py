"""What in a framework file contradicts itself, though each part alone is well formed.

These checks read the plain values of a file, not the finished model, so that they still speak
when something else in the file is wrong.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from trellis.review.framework.mistakes import Mistake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trellis.review.framework.mistakes import Place

    Values = dict[str, object]

NOT_LEVELS = frozenset({"not-discussed", "not-yet-discussed", "undiscussed", "does-not-apply", "not-applicable"})


def contradictions(given: object) -> list[Mistake]:
    """Every contradiction in the plain values of a framework file."""
    areas = listed(given, "areas")
    statements = [found for place, area in areas for found in listed(area, "statements", place)]
    levels = listed(given, "scale")
    return [
        *repeated(areas, "code", "another area has the code {} too: give one of them a new code"),
        *repeated(statements, "code", "another statement has the code {} too: give one of them a new code"),
        *scale_mistakes(levels),
        *(mistake for place, statement in statements for mistake in statement_mistakes(place, statement)),
    ]


def listed(holder: object, name: str, place: Place = ()) -> list[tuple[Place, Values]]:
    """The named parts in a list, each with its place; what has another shape is passed over."""
    items = holder.get(name) if isinstance(holder, dict) else None
    found = enumerate(items) if isinstance(items, list) else ()
    return [((*place, name, number), item) for number, item in found if isinstance(item, dict)]


def repeated(parts: list[tuple[Place, Values]], name: str, sentence: str) -> Iterator[Mistake]:
    """A mistake for the second and every later part with the same value."""
    seen: set[object] = set()
    for place, part in parts:
        value = part.get(name)
        if isinstance(value, str) and value in seen:
            yield Mistake(sentence.format(value), (*place, name))
        if isinstance(value, str):
            seen.add(value)


def scale_mistakes(levels: list[tuple[Place, Values]]) -> Iterator[Mistake]:
    """What keeps the levels from being a scale that pages and reports can use."""
    yield from repeated(levels, "code", "another level has the code {} too: give one of them a new code")
    yield from repeated(levels, "label", "another level is called “{}” too: use another label")
    yield from repeated(
        levels, "symbol", "another level has the symbol {} too: nobody could tell them apart without colour"
    )
    yield from (level_mistake for place, level in levels for level_mistake in level_mistakes(place, level))
    if levels:
        yield from order_mistakes([level for _, level in levels])


def level_mistakes(place: Place, level: Values) -> Iterator[Mistake]:
    """What is wrong with one level by itself."""
    if level.get("code") in NOT_LEVELS:
        yield Mistake(
            "“not yet discussed” and “does not apply” are there under every framework: take this level out",
            (*place, "code"),
        )
    if level.get("needs_action") is True and level.get("is_strength") is True:
        yield Mistake("a level cannot both need action and be a strength: set one to false", (*place, "needs_action"))


def order_mistakes(levels: list[Values]) -> Iterator[Mistake]:
    """What is wrong with the levels taken together."""
    place: Place = ("scale",)
    positions = [level.get("position") for level in levels]
    if all(isinstance(position, int) for position in positions) and not in_order(positions):
        yield Mistake(f"the positions must be 1 to {len(levels)}, each used once: 1 is the weakest level", place)
    if not any(level.get("needs_action") is True for level in levels):
        yield Mistake("no level has needs_action: true, so nothing could ever come into a plan", place)
    if not any(level.get("is_strength") is True for level in levels):
        yield Mistake("no level has is_strength: true, so no report could say what is strong", place)
    wanting = [
        p
        for level, p in zip(levels, positions, strict=True)
        if level.get("needs_action") is True and isinstance(p, int)
    ]
    strong = [
        p for level, p in zip(levels, positions, strict=True) if level.get("is_strength") is True and isinstance(p, int)
    ]
    if wanting and strong and max(wanting) > min(strong):
        yield Mistake("a level that needs action stands above a strength: change their positions", place)


def in_order(positions: list[object]) -> bool:
    """Whether the positions are 1, 2, 3 and so on, in any order of the file.

    >>> in_order([3, 1, 2]), in_order([1, 1, 2]), in_order([0, 1])
    (True, False, False)
    """
    return set(positions) == set(range(1, len(positions) + 1))


def statement_mistakes(place: Place, statement: Values) -> Iterator[Mistake]:
    """What a statement says twice, or says for somebody whom it is not for."""
    for name in ("audience", "topics", "prompts", "typical_evidence"):
        for value in twice(statement.get(name)):
            yield Mistake(f"{name} says “{value}” twice: keep one", (*place, name))
    audience = statement.get("audience")
    for name in ("text_for", "plain_text_for", "prompts_for", "typical_evidence_for"):
        words = statement.get(name)
        if isinstance(words, dict) and isinstance(audience, list):
            yield from (unread(name, reader, place) for reader in words if reader not in audience)


def unread(name: str, reader: str, place: Place) -> Mistake:
    """The mistake of words for somebody whom the statement is not for."""
    sentence = f"{name} has words for “{reader}”, who is not in the audience: add it there or take the words out"
    return Mistake(sentence, (*place, name, reader))


def twice(values: object) -> list[str]:
    """The texts that a list holds more than once."""
    texts = [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
    return [text for text, times in Counter(texts).items() if times > 1]
