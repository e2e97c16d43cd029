"""What an authority sees of many settings at once: read from counts that hold nothing but what may be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Count

from trellis.core.rules.small_numbers import NOT_TOLD
from trellis.core.topics import Topic
from trellis.organisations.models import Provider, SettingKind
from trellis.review.models import Audience, LocalOverlay, PooledCount
from trellis.review.models.released_rating import Size
from trellis.review.rules.periods import in_order, period_words
from trellis.review.rules.pooled import (
    at_path,
    change_words,
    counted_in_parts,
    figures_in,
    made_of,
    names_in,
    paths_in,
    share,
    strength,
)
from trellis.review.wording import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from trellis.accounts.acting import Acting
    from trellis.core.rules.small_numbers import Figure
    from trellis.review import framework as files
    from trellis.review.rules.pooled import Content, Halves
    from trellis.review.wording import Wording

TOP = 5
MOST_WANTED, TOPICS_SHOWN = 10, 5
"""So many rows of a list are shown at once; the others wait behind them."""
AUDIENCES = {"group": "Group settings", "school": "Schools", "childminder": "Childminders"}
Options = dict[str, str]


@dataclass(frozen=True)
class Line:
    """A statement, how many said that it needs development, and the same in the period before."""

    statement: files.Statement
    area: files.Area
    figure: Figure
    before: Figure

    @property
    def share(self) -> int | None:
        """In whole per cents, when it is told."""
        return share(self.figure)

    @property
    def words(self) -> str:
        """The figure as it is told."""
        return figure_words(self.figure)

    @property
    def change(self) -> str:
        """What became of it since the period before."""
        return change_words(self.figure, self.before)


@dataclass(frozen=True)
class TopicLine:
    """A topic for training: its statements whose figures are told, the most frequent first, and of how many."""

    topic: Topic
    lines: Sequence[Line]
    statements: int

    @property
    def share(self) -> float:
        """How often its statements need development, on average."""
        return sum(strength(line.figure) for line in self.lines) / len(self.lines)

    @property
    def words(self) -> str:
        """In words, with how many of its statements it is known of."""
        known = "" if len(self.lines) == self.statements else f", known of {len(self.lines)} of {self.statements}"
        return f"{round(100 * self.share)}%{known}"


@dataclass(frozen=True)
class PartLine:
    """A kind of setting or a part of the authority of which something is told: its size and its first statement."""

    name: str
    key: str
    path: str
    counted: int
    first: Line


@dataclass
class Picture:
    """One count as somebody has chosen to look at it: by kind, by part, beside an earlier period."""

    now: PooledCount
    then: PooledCount | None
    wording: Wording
    kind: str = ""
    part: str = ""
    frameworks: Options = field(default_factory=dict)
    audiences: Options = field(default_factory=dict)
    periods: Options = field(default_factory=dict)
    earlier: Options = field(default_factory=dict)

    @property
    def content(self) -> Content:
        """What may be told of this period."""
        return self.now.content  # type: ignore[no-any-return]

    @property
    def period(self) -> str:
        """The period in words."""
        return period_words(self.now.period_key)

    @property
    def period_before(self) -> str:
        """The period before in words, or nothing."""
        return period_words(self.then.period_key) if self.then else ""

    @cached_property
    def counted_in_all(self) -> int | None:
        """How many settings were counted, whatever is chosen."""
        return counted_in_parts(self.content, [0])

    @cached_property
    def counted(self) -> int | None:
        """How many settings were counted of what is chosen; None when that cannot be told."""
        return counted_in_parts(self.content, self._parts_of(self.content))

    @property
    def chosen(self) -> str:
        """What is looked at, in words."""
        words = [AUDIENCES[self.now.audience]]
        words += [self.kind_chosen] if self.kind else []
        words += [self.part_chosen] if self.part else []
        return ", ".join(words)

    @property
    def kind_chosen(self) -> str:
        """The kind of setting that is looked at, in words; nothing for every kind."""
        return kind_words(at_path(self.content["kinds"], self.kind)) if self.kind else ""

    @property
    def part_chosen(self) -> str:
        """The part of the authority that is looked at, in words; nothing for all of it."""
        return place_words(at_path(self.content["places"], self.part), self.towns) if self.part else ""

    @cached_property
    def towns(self) -> dict[str, str]:
        """The town that most of the register’s settings of each place are in: one query."""
        return towns_of(names_in(self.content["places"]), self.now.authority_id)

    def _parts_of(self, content: Content, kind: str | None = None, part: str | None = None) -> list[int] | None:
        """The parts of a count, of this period or another, that make up what is chosen in this one."""
        kind, part = self.kind if kind is None else kind, self.part if part is None else part
        everywhere = not part and content is not self.content
        places = names_in(content["places"]) if everywhere else self._names("places", part)
        return made_of(content, self._names("kinds", kind), places)

    def _names(self, of: str, path: str) -> list[str]:
        return names_in(at_path(self.content[of], path)) if path else self._every_name[of]

    @cached_property
    def _every_name(self) -> dict[str, list[str]]:
        """Every kind and every place of this period: asked for again for each part that can be looked at."""
        return {of: names_in(self.content[of]) for of in ("kinds", "places")}

    @cached_property
    def lines(self) -> list[Line]:
        """Every statement, the one that most often needs development first; those not told last."""
        return self._lines(self._parts_of(self.content), self._parts_of(self.then.content) if self.then else None)

    def _lines(self, now: list[int] | None, then: list[int] | None) -> list[Line]:
        figures, before = figures_in(self.content, now), figures_in(self.then.content, then) if self.then else {}
        found = [self._line(code, figures, before) for code in self.wording.statements if code in figures]
        return sorted(found, key=lambda line: -strength(line.figure))

    def _line(self, code: str, figures: Mapping[str, Figure], before: Mapping[str, Figure]) -> Line:
        statement, area = self.wording.statements[code], self.wording.area_of[code]
        return Line(statement, area, figures[code], before.get(code, NOT_TOLD))

    @cached_property
    def top(self) -> list[Line]:
        """The five that most often need development, as far as they are told."""
        return [line for line in self.lines if strength(line.figure) > 0][:TOP]

    @cached_property
    def topics(self) -> list[TopicLine]:
        """Topics for training, from the figures told of their statements and nothing else."""
        found = []
        for topic in Topic:
            about = [line for line in self.lines if topic in line.statement.topics]
            known = [line for line in about if line.share is not None]
            found += [TopicLine(topic, known, len(about))] if known else []
        return sorted(found, key=lambda line: -line.share)

    @cached_property
    def kinds(self) -> Options:
        """The kinds of setting that can be looked at by themselves."""
        return {
            path: kind_words(halves)
            for path, halves in paths_in(self.content["kinds"])
            if path and self._can_be_told(kind=path)
        }

    @cached_property
    def parts(self) -> Options:
        """The parts of the authority that can be looked at by themselves."""
        return {
            path: place_words(halves, self.towns)
            for path, halves in paths_in(self.content["places"])
            if path and self._can_be_told(part=path)
        }

    def _can_be_told(self, kind: str = "", part: str = "") -> bool:
        return counted_in_parts(self.content, self._parts_of(self.content, kind, part)) is not None

    @cached_property
    def apart(self) -> list[PartLine]:
        """Each kind and part of the authority of which something is told, with the statement that stands first there."""
        found = [self._apart(words, "kind", path) for path, words in self.kinds.items()]
        found += [self._apart(words, "part", path) for path, words in self.parts.items()]
        return [each for each in found if strength(each.first.figure) > 0]

    def _apart(self, words: str, key: str, path: str) -> PartLine:
        at = self._parts_of(self.content, path if key == "kind" else "", path if key == "part" else "")
        figures = figures_in(self.content, at)
        first = max(
            (code for code in self.wording.statements if code in figures), key=lambda code: strength(figures[code])
        )
        return PartLine(words, key, path, counted_in_parts(self.content, at) or 0, self._line(first, figures, {}))


def figure_words(figure: Figure) -> str:
    """A figure as it is told, with its share.

    >>> from trellis.core.rules.small_numbers import Figure
    >>> figure_words(Figure(120, 40)), figure_words(Figure(120, None))
    ('40 of 120 (33%)', 'Not shown')
    """
    per_cent = share(figure)
    return f"{figure.words} ({per_cent}%)" if per_cent is not None else figure.words.capitalize()


def kind_words(kinds: Halves) -> str:
    """Kinds of setting as one reads them, with a size where only one of both is meant.

    >>> kind_words("full_day_care:large"), kind_words(["sessional:small", "sessional:large"])
    ('Full day care, more than 30 places', 'Sessional care')
    >>> kind_words(["sessional", ["creche", ["out_of_school", "other"]]]), kind_words(["sessional", "creche"])
    ('Sessional care and 3 other kinds', 'Sessional care, crèche')
    """
    sizes: dict[str, list[str]] = {}
    for name in names_in(kinds):
        kind, _, size = name.partition(":")
        sizes.setdefault(kind, []).append(size)
    labels = [
        SettingKind(kind).label + (f", {Size(of[0]).label}" if len(of) == 1 and of[0] else "")
        for kind, of in sizes.items()
    ]
    if len(labels) > 3:
        return f"{labels[0]} and {len(labels) - 1} other kinds"
    return ", ".join([labels[0], *(f"{label[:1].lower()}{label[1:]}" for label in labels[1:])])


def towns_of(places: Sequence[str], authority: str) -> dict[str, str]:
    """The town in which most settings of each place are, as the register has it: one query."""
    found = Provider.objects.filter(authority_id=authority, postcode_district__in=[each for each in places if each])
    each_town = found.exclude(town="").values("postcode_district", "town").annotate(number=Count("pk"))
    towns: dict[str, str] = {}
    for row in each_town.order_by("postcode_district", "-number", "town"):
        towns.setdefault(row["postcode_district"], row["town"])
    return towns


MOST_TOWNS = 3


def place_words(places: Halves, towns: Mapping[str, str] | None = None) -> str:
    """Places as one reads them; with the towns that they are in, where those are known.

    >>> place_words("FE1"), place_words(["FE1", ["FE2", "FE5"]]), place_words(["FE9", ""])
    ('FE1', 'FE1 to FE5', 'FE9 and places not in the register')
    >>> place_words(["FE1", ["FE2", "FE5"]], {"FE1": "Fenwick", "FE2": "Fenwick", "FE5": "Elm Green"})
    'FE1 to FE5 (Fenwick, Elm Green)'
    """
    names = [name for name in names_in(places) if name]
    words = names[:1] if len(names) < 2 else [f"{names[0]} to {names[-1]}"]
    there = list(dict.fromkeys(towns[name] for name in names if name in towns)) if towns else []
    if words and there:
        more = f" and {len(there) - MOST_TOWNS} more" if len(there) > MOST_TOWNS else ""
        words = [f"{words[0]} ({', '.join(there[:MOST_TOWNS])}{more})"]
    if "" in names_in(places):
        words.append("places not in the register")
    return " and ".join(words)


def picture_for(acting: Acting, said: Mapping[str, str]) -> Picture | None:
    """What somebody has chosen to look at, or the newest count; None when their authority has none.

    `said` is the query of the page: `framework`, `audience`, `period`, `then`, `kind`, `part`.
    """
    counts = list(PooledCount.objects.visible_to(acting).select_related("framework").defer("content", *_UNREAD))
    if not counts:
        return None
    of_framework = _like(counts, lambda each: str(each.framework_id), said.get("framework", ""), _newest_first)
    of_audience = _like(of_framework, lambda each: each.audience, said.get("audience", ""), _as_listed)
    in_time = sorted(of_audience, key=lambda each: in_order(each.period_key), reverse=True)
    now = next((each for each in in_time if each.period_key == said.get("period")), in_time[0])
    earlier = in_time[in_time.index(now) + 1 :]
    then = next((each for each in earlier if each.period_key == said.get("then")), earlier[0] if earlier else None)
    shown = [each for each in (now, then) if each]
    contents = PooledCount.objects.visible_to(acting).filter(pk__in=[each.pk for each in shown])
    content_of = dict(contents.values_list("pk", "content"))
    for each in shown:
        each.content = content_of[each.pk]
    found = Picture(now, then, _words(now, acting))
    found.kind = _path(found.content["kinds"], said.get("kind", ""))
    found.part = _path(found.content["places"], said.get("part", ""))
    found.frameworks = {str(each.framework_id): str(each.framework) for each in sorted(counts, key=_newest_first)}
    found.audiences = {each.audience: AUDIENCES[each.audience] for each in sorted(of_framework, key=_as_listed)}
    found.periods = {each.period_key: period_words(each.period_key) for each in in_time}
    found.earlier = {each.period_key: period_words(each.period_key) for each in earlier}
    return found


_UNREAD = [f"framework__{name}" for name in ("content", "loaded_at", "withdrawn_at")]


def _like(
    counts: list[PooledCount],
    value: Callable[[PooledCount], str],
    wanted: str,
    order: Callable[[PooledCount], tuple[int, ...]],
) -> list[PooledCount]:
    """Those with the value that is wanted, or with the value of the first in order."""
    there = {value(each) for each in counts}
    chosen = wanted if wanted in there else value(min(counts, key=order))
    return [each for each in counts if value(each) == chosen]


def _newest_first(one: PooledCount) -> tuple[int, ...]:
    year, term = in_order(one.period_key)
    return -year, -term


def _as_listed(one: PooledCount) -> tuple[int, ...]:
    return (list(Audience.values).index(one.audience),)


def _path(halves: Halves, path: str) -> str:
    return path if at_path(halves, path) is not None else ""


def _words(count: PooledCount, acting: Acting) -> Wording:
    """The words of the framework, with what the authority has of its own."""
    overlay = LocalOverlay.objects.filter(framework=count.framework_id, authority=acting.authority_id)
    newest = overlay.only("fingerprint").order_by("-loaded_at").first()
    return wording(count.framework, newest, count.audience)
