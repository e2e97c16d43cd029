"""What an authority is told of many settings’ ratings: how settings are divided, and the figures of each part.

Settings are divided in turn by kind and by place, always into two, and the divisions follow from what the register
lists, never from what was said. `told` turns a count into what may be told, by the rules of small numbers; nothing
else of the count is kept, so every page, filter and export is a function of it.

Every setting counted stands in every figure: “84 of 300”, also where a statement does not apply to some. How many
those are would be another figure, small and never hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trellis.core.rules.small_numbers import FEWEST, NOT_TOLD, Figure, Part, tell

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

Halves = Any
"""A name, or a list of two halves: plain values, so that a row can hold them."""
Content = dict[str, Any]
Where = tuple[str, str]
"""A kind of setting and a place."""


SIZES = ("small", "large")
LARGE_FROM = 31
"""From so many places on a setting is large."""


def size_of(places: int | None) -> str:
    """How large a setting with so many places is.

    >>> size_of(30), size_of(31), size_of(None)
    ('small', 'large', 'small')
    """
    return "large" if places and places >= LARGE_FROM else "small"


def kind_and_size(kind: str, size: str) -> str:
    """A kind of setting with its size; what is done at home, by one person, has none.

    >>> kind_and_size("sessional", "large"), kind_and_size("childminder", "small")
    ('sessional:large', 'childminder')
    """
    return kind if kind in ("childminder", "home_childcarer") else f"{kind}:{size}"


def with_sizes(kinds: Halves) -> Halves:
    """Kinds, each divided by size.

    >>> with_sizes(["childminder", "sessional"])
    ['childminder', ['sessional:small', 'sessional:large']]
    """
    if not isinstance(kinds, str):
        return [with_sizes(half) for half in kinds]
    small, large = (kind_and_size(kinds, size) for size in SIZES)
    return kinds if small == large else [small, large]


def halved(names: Sequence[str], weights: Mapping[str, int]) -> Halves:
    """Names in order, put together in halves of about the same weight, again and again.

    >>> halved(["a", "b", "c"], {"a": 9, "b": 4, "c": 4})
    ['a', ['b', 'c']]
    >>> halved(["a", "b", "c", "d"], {})
    [['a', 'b'], ['c', 'd']]
    """
    if len(names) == 1:
        return names[0]
    total, so_far, best = sum(weights.get(name, 0) for name in names), 0, (0, 0.0, 0)
    for at in range(1, len(names)):
        so_far += weights.get(names[at - 1], 0)
        found = (abs(total - 2 * so_far), abs(len(names) / 2 - at), at)
        best = found if at == 1 or found < best else best
    return [halved(names[: best[2]], weights), halved(names[best[2] :], weights)]


def names_in(halves: Halves) -> list[str]:
    """The names in halves, in order.

    >>> names_in(["a", ["b", "c"]])
    ['a', 'b', 'c']
    """
    return [halves] if isinstance(halves, str) else [name for half in halves for name in names_in(half)]


def with_newcomer(halves: Halves, name: str, order: Mapping[str, int]) -> Halves:
    """Halves with one more name, beside its neighbour in the order; everything else stays together as it was.

    >>> with_newcomer([["a", "b"], "d"], "c", {"a": 0, "b": 1, "c": 2, "d": 3})
    [['a', ['b', 'c']], 'd']
    """
    if isinstance(halves, str):
        return sorted([halves, name], key=lambda each: order[each])
    left, right = halves
    if order[name] < min(order[each] for each in names_in(right)):
        return [with_newcomer(left, name, order), right]
    return [left, with_newcomer(right, name, order)]


def at_path(halves: Halves, path: str) -> Halves | None:
    """The half at the end of a path of 0 (first) and 1 (second), or None when there is none.

    >>> at_path(["a", ["b", "c"]], "1"), at_path("a", "0"), at_path(["a", "b"], "x")
    (['b', 'c'], None, None)
    """
    for step in path:
        if isinstance(halves, str) or step not in ("0", "1"):
            return None
        halves = halves[int(step)]
    return halves


def paths_in(halves: Halves, path: str = "") -> Iterator[tuple[str, Halves]]:
    """Every half with its path, the whole first.

    >>> [path for path, _ in paths_in(["a", ["b", "c"]])]
    ['', '0', '1', '10', '11']
    """
    yield path, halves
    if not isinstance(halves, str):
        for step, half in enumerate(halves):
            yield from paths_in(half, f"{path}{step}")


def _counted(kinds: Halves, places: Halves, counted: Mapping[Where, int]) -> int:
    return sum(counted.get(leaf, 0) for leaf in _leaves(kinds, places))


def _leaves(kinds: Halves, places: Halves) -> list[Where]:
    """Every kind in every place."""
    within = names_in(places)
    return [(kind, place) for kind in names_in(kinds) for place in within]


@dataclass
class Division:
    """Some of the settings: kinds and places, how many were counted, and the two parts they divide into, if any."""

    kinds: Halves
    places: Halves
    counted: int
    parts: list[Division] = field(default_factory=list)


def divided(kinds: Halves, places: Halves, counted: Mapping[Where, int], *, by_kind: bool = True) -> Division:
    """Settings divided by kind, then by place, then by kind again, as far as every part can be told anything.

    Where one way is at its end, or would leave too few in one half, the other is tried.

    >>> counted = {("nursery", "north"): 12, ("nursery", "south"): 10, ("playgroup", "north"): 3}
    >>> found = divided(["nursery", "playgroup"], ["north", "south"], counted)
    >>> found.counted, [(part.kinds, part.places) for part in found.parts]
    (25, [(['nursery', 'playgroup'], 'north'), (['nursery', 'playgroup'], 'south')])
    """
    whole = Division(kinds, places, _counted(kinds, places, counted))
    for way in (by_kind, not by_kind):
        halves = kinds if way else places
        if isinstance(halves, str):
            continue
        parts = [(half, places) if way else (kinds, half) for half in halves]
        if all(_counted(*part, counted) >= 2 * FEWEST for part in parts):
            whole.parts = [divided(*part, counted, by_kind=not way) for part in parts]
            break
    return whole


def told(
    kinds: Halves, places: Halves, counted: Mapping[Where, int], said: Mapping[str, Mapping[Where, int]]
) -> Content:
    """All that may be told of a count: the parts, how many settings are in each, and the figures of each statement.

    `said` has for each statement how many in each kind and place said that it needs development.
    """
    whole = divided(kinds, places, counted)
    every = list(_every(whole))
    number = {id(each): at for at, each in enumerate(every)}
    content: Content = {"kinds": kinds, "places": places, "said": {}, "bounds": {}}
    content["parts"] = [
        {
            "kinds": names_in(each.kinds),
            "places": names_in(each.places),
            "counted": each.counted if each.counted >= FEWEST else None,
            "parts": [number[id(part)] for part in each.parts],
        }
        for each in every
    ]
    for code, of in said.items():
        found = tell(_part(whole, of, number)).by_name
        figures = [found[str(at)].figure for at in range(len(every))]
        content["said"][code] = [figure.said for figure in figures]
        content["bounds"][code] = figures[0].bound
    return content


def _every(division: Division) -> Iterator[Division]:
    """A division and all within it, each before its parts."""
    yield division
    for part in division.parts:
        yield from _every(part)


def _part(division: Division, of: Mapping[Where, int], number: Mapping[int, int]) -> Part:
    """The division as small numbers read it, for one statement."""
    name = str(number[id(division)])
    if division.parts:
        return Part.of(name, *(_part(part, of, number) for part in division.parts))
    return Part(name, division.counted, _counted(division.kinds, division.places, of))


def made_of(content: Content, kinds: Collection[str], places: Collection[str]) -> list[int] | None:
    """The parts told that make up a selection exactly; None when no parts do, and nothing can be told of it.

    What `small_numbers.figure_for` does for one figure, once for all statements.
    """
    return _made_of(content["parts"], 0, set(kinds), set(places))


def _made_of(parts: Sequence[Content], at: int, kinds: set[str], places: set[str]) -> list[int] | None:
    part = parts[at]
    if kinds.issuperset(part["kinds"]) and places.issuperset(part["places"]):
        return [at]
    if kinds.isdisjoint(part["kinds"]) or places.isdisjoint(part["places"]):
        return []
    if not part["parts"]:
        return None
    found: list[int] = []
    for each in part["parts"]:
        within = _made_of(parts, each, kinds, places)
        if within is None:
            return None
        found += within
    return found


def counted_in_parts(content: Content, at: Sequence[int] | None) -> int | None:
    """How many settings were counted in these parts together, when that can be told."""
    counted = [content["parts"][each]["counted"] for each in at or ()]
    return sum(counted) if counted and None not in counted else None


def figures_in(content: Content, at: Sequence[int] | None) -> dict[str, Figure]:
    """The figure of each statement, by its code, in these parts together: a sum of figures told, or nothing.

    >>> content = {"parts": [{"counted": 12}], "said": {"A1": [7], "A2": [None]}, "bounds": {"A1": "", "A2": "few"}}
    >>> [figure.said for figure in figures_in(content, [0]).values()], figures_in(content, None)["A1"] == NOT_TOLD
    ([7, None], True)
    """
    counted = counted_in_parts(content, at)
    if at is None or counted is None:
        return dict.fromkeys(content["said"], NOT_TOLD)
    bounds = content["bounds"] if list(at) == [0] else {}
    return {
        code: Figure(counted, None if None in known else sum(known), bounds.get(code, ""))
        for code, said in content["said"].items()
        for known in [[said[each] for each in at]]
    }


def share(figure: Figure) -> int | None:
    """A figure in whole per cents, when it is told.

    >>> share(Figure(300, 84)), share(Figure(300, None))
    (28, None)
    """
    if figure.said is None or not figure.counted:
        return None
    return round(100 * figure.said / figure.counted)


def parts_around(content: Content, kind: str, place: str) -> list[int]:
    """The parts told in which one setting lies, from the whole to the smallest; `kind` is its kind and size."""
    parts, found = content["parts"], [0]
    places = set(names_in(content["places"]))
    place = place if place in places else ""
    while True:
        within = [
            each
            for each in parts[found[-1]]["parts"]
            if kind in parts[each]["kinds"] and place in parts[each]["places"]
        ]
        if not within:
            return found
        found += within


def strength(figure: Figure) -> float:
    """Where a figure stands in a list of the most frequent first: by what is told of it, never by what is hidden.

    >>> strength(Figure(300, None, "nearly_all")), strength(Figure(300, 75)), strength(Figure(300, None))
    (2.0, 0.25, -1.0)
    """
    if figure.said is not None and figure.counted:
        return figure.said / figure.counted
    return {"nearly_all": 2.0, "few": -2.0}.get(figure.bound, -1.0)


MUCH = 3
"""From so many points on, a difference between two periods has words of its own."""


def change_words(now: Figure, then: Figure) -> str:
    """What became of a figure between two periods; nothing when one of them is not told.

    >>> change_words(Figure(100, 40), Figure(100, 30)), change_words(Figure(100, 29), Figure(100, 30))
    ('↑ more often, 30% before', '→ about the same, 30% before')
    >>> change_words(Figure(100, 20), Figure(100, 30)), change_words(Figure(100, None), Figure(100, 30))
    ('↓ less often, 30% before', '')
    """
    here, before = share(now), share(then)
    if here is None or before is None:
        return ""
    words = "↑ more often" if here - before >= MUCH else "↓ less often" if before - here >= MUCH else "→ about the same"
    return f"{words}, {before}% before"
