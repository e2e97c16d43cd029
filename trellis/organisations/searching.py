"""Finding a provider by whatever somebody types: number, postcode, authority, or words with a letter wrong.

The words of names and towns lie in a table of their own, so a search reads an index and never the whole
register: docs/decisions/0051-the-register-is-searched-by-its-words.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, reduce
from itertools import pairwise
from operator import and_, or_
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length

from trellis.core.paging import Page, page_of
from trellis.organisations.authorities import candidates, load_authorities, load_former_authorities
from trellis.organisations.models import Provider, ProviderWord, SearchWord
from trellis.organisations.rules.searching import (
    GENERIC,
    KIND_WORDS,
    Typed,
    authority_word,
    halves,
    one_letter_apart,
    pieces,
    read_typed,
    split_into,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trellis.organisations.authorities import Authority, FormerAuthority
    from trellis.organisations.models.provider import ProviderQuerySet

LONGEST_JOINED = 24  # letters of a word that is looked at as several without their spaces
SHORTEST_CORRECTED = 4
MOST_ENDINGS = 200
MANY = 3000  # providers of one word; below, they are looked up and put in order, above, the order is walked through


@dataclass(frozen=True)
class Found:
    """One page of what a search found; `close` when nothing is called exactly that."""

    page: Page[Provider]
    close: bool = False


@dataclass
class Meant:
    """What one typed word may mean: any of these words, all words of a split, a kind, a postcode district."""

    words: set[str] = field(default_factory=set)
    split: tuple[str, ...] = ()
    kind: str = ""
    district: str = ""

    @property
    def common(self) -> bool:
        """Whether so many providers are meant that it is cheaper to walk through all of them by name."""
        return bool(self.kind) or ProviderWord.objects.filter(word__in=self.words)[MANY : MANY + 1].exists()

    def condition(self, *, common: bool = False) -> Q:
        """What a provider must fulfil, or something that none fulfils."""
        ways = [having(self.words, common=common)] if self.words else []
        if self.split:
            ways.append(reduce(and_, (having({word}, common=common) for word in self.split)))
        if self.kind:
            ways.append(Q(kind=self.kind))
        if self.district:
            ways.append(Q(postcode_district=self.district))
        return reduce(or_, ways) if ways else Q(pk__in=[])


def find_providers(text: str, within: ProviderQuerySet, query: Mapping[str, str]) -> Found:
    """The page (`?page=` of `query`) of the providers `within` that were meant; empty when nothing was typed.

    First what matches all that was typed; when there is nothing, what matches with a letter changed in any
    word; then what matches without words such as “nursery”.
    """
    typed = read_typed(text)
    for attempt, rows in enumerate(attempts(typed, within)):
        page = page_of(rows, query)
        if page.rows or (page.number > 1 and rows.exists()):
            return Found(page, close=attempt > 0 and not typed.number)
    return Found(page_of(Provider.objects.none(), query))


def meant_by(number_or_postcode: str) -> Provider | None:
    """The one provider with this number, or the only one in this postcode; None when that is not clear."""
    typed, everyone = read_typed(number_or_postcode), Provider.objects.all()
    rows = everyone.filter(number__in=spellings(typed.number)) if typed.number else everyone.none()
    if not typed.number and typed.postcode:
        rows = everyone.filter(postcode_district=typed.district, postcode=typed.postcode)
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def attempts(typed: Typed, within: ProviderQuerySet) -> Iterator[QuerySet[Provider]]:
    """What may have been meant, the surest first."""
    if not typed:
        return
    if typed.number:
        yield within.filter(number__in=spellings(typed.number)).by_name()
    if not typed.words:
        yield in_order(within.filter(of_postcode(typed)), typed)
        return
    known = Vocabulary(typed.words)
    yield matching(known.meant(typed), typed, within)
    yield matching(known.meant(typed, correcting=typed.words), typed, within)
    telling = [word not in GENERIC for word in typed.words]
    if any(telling) and not all(telling):
        meant = known.meant(typed, correcting=typed.words)
        yield matching([each for each, tells in zip(meant, telling, strict=True) if tells], typed, within)


def matching(meant: Sequence[Meant], typed: Typed, within: ProviderQuerySet) -> QuerySet[Provider]:
    """Those that fulfil everything that was meant, best first; by name alone where nearly every provider fulfils it."""
    if all(each.kind for each in meant):
        return within.filter(kind__in={each.kind for each in meant}).order_by("number")
    common = [each.common for each in meant]
    for each, many in zip(meant, common, strict=True):
        within = within.filter(each.condition(common=many))
    if typed.postcode:
        within = within.filter(of_postcode(typed))
    return within.by_name() if all(common) and not typed.postcode else in_order(within, typed)


def in_order(rows: QuerySet[Provider], typed: Typed) -> QuerySet[Provider]:
    """First what is called exactly so, then what begins so, then by name."""
    place = Case(When(name_key=typed.key, then=0), When(name_key__startswith=typed.key, then=1), default=Value(2))
    return rows.order_by(place, "unnamed", "name_key", "number")


def having(words: set[str], *, common: bool) -> Q:
    """Providers that have any of these words: looked up where there are few, tried one by one where there are many."""
    lines = ProviderWord.objects.filter(word__in=sorted(words))
    if common:
        return Q(Exists(lines.filter(provider=OuterRef("number"))))
    return Q(number__in=lines.values("provider_id"))


def of_postcode(typed: Typed) -> Q:
    """Providers in the postcode, or in the part of it that was typed."""
    return Q(postcode_district=typed.district, postcode__startswith=typed.postcode)


def spellings(number: str) -> set[str]:
    """The number as typed, and with or without the letters that some of them begin with.

    >>> sorted(spellings("489711"))
    ['489711', 'EY489711']
    """
    figures = number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return {number, figures, f"EY{figures}"}


class Vocabulary:
    """What the register’s words say about the words that were typed. Each question is asked once."""

    def __init__(self, typed: Sequence[str]) -> None:
        self.typed = tuple(typed)
        self.joined = [one + other for one, other in pairwise(typed)]
        self.known = known_among({*typed, *self.joined})
        self.endings = beginning_with([typed[-1], *self.joined[-1:]])
        unknown = [word for at, word in enumerate(typed) if not self.as_typed(at)]
        self.splits = splits_of(unknown)
        self._near: dict[str, set[str]] | None = None
        self.unknown = frozenset(unknown) - self.splits.keys()

    def as_typed(self, at: int) -> set[str]:
        """The known words that this one is, begins (if it is the last), or makes up with a neighbour."""
        neighbours = {*self.joined[max(at - 1, 0) : at + 1]}
        found = ({self.typed[at]} | neighbours) & self.known
        if at == len(self.typed) - 1:
            found |= self.endings[self.typed[at]]
        if self.joined and at >= len(self.typed) - 2:
            found |= self.endings[self.joined[-1]]
        return found

    def near(self, word: str) -> set[str]:
        """The known words one letter apart."""
        if self._near is None:
            self._near = one_letter_from(self.typed)
        return self._near.get(word, set())

    def meant(self, typed: Typed, *, correcting: Iterable[str] = ()) -> list[Meant]:
        """What each typed word may mean; those unknown, and those in `correcting`, with a letter changed."""
        correct = self.unknown | frozenset(correcting)
        authorities = authorities_meant(self.typed)
        return [
            Meant(
                words=self.as_typed(at) | authorities[at] | (self.near(word) if word in correct else set()),
                kind=KIND_WORDS.get(word, ""),
                split=self.splits.get(word, ()),
                district=typed.district if word == typed.district.lower() else "",
            )
            for at, word in enumerate(self.typed)
        ]


def known_among(words: Iterable[str]) -> frozenset[str]:
    """Those of the words that stand in the register."""
    return frozenset(SearchWord.objects.filter(word__in=sorted(words)).values_list("word", flat=True))


def beginning_with(typed: Sequence[str]) -> dict[str, set[str]]:
    """For each, the register’s words that begin so; of very many, the shortest."""
    asked = [word for word in typed if len(word) > 1]
    if not asked:
        return {word: set() for word in typed}
    rows = SearchWord.objects.filter(reduce(or_, (Q(word__startswith=word) for word in asked)))
    found = list(rows.order_by(Length("word"), "word").values_list("word", flat=True)[:MOST_ENDINGS])
    return {word: {each for each in found if word in asked and each.startswith(word)} for word in typed}


def one_letter_from(typed: Iterable[str]) -> dict[str, set[str]]:
    """For each word long enough to be sure, the register’s words that differ by one letter."""
    asked = [word for word in typed if len(word) >= SHORTEST_CORRECTED and not word.isdecimal()]
    if not asked:
        return {}
    shared = [Q(word__startswith=start) | Q(word__endswith=end) for start, end in map(halves, asked)]
    found = list(SearchWord.objects.filter(reduce(or_, shared)).values_list("word", flat=True))
    return {word: {each for each in found if one_letter_apart(word, each)} for word in asked}


def splits_of(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The words that were typed without a space between them, each with what it is made of."""
    asked = [word for word in words if SHORTEST_CORRECTED <= len(word) <= LONGEST_JOINED]
    if not asked:
        return {}
    known = known_among({piece for word in asked for piece in pieces(word)})
    return {word: parts for word in asked if (parts := split_into(word, known))}


def authorities_meant(words: Sequence[str]) -> list[set[str]]:
    """For each word, what stands for the authorities whose name it is part of; a letter may be wrong."""
    meant: list[set[str]] = [set() for _ in words]
    corrected = [corrected_authority_word(word) for word in words]
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            codes = {authority_word(each.code) for each in candidates(" ".join(corrected[start : start + length]))}
            if codes and not any(meant[start : start + length]):
                meant[start : start + length] = [codes] * length
    return meant


def corrected_authority_word(word: str) -> str:
    """The word, or the word of an authority’s name that it was meant to be."""
    known = authority_words()
    if word in known or len(word) <= SHORTEST_CORRECTED:
        return word
    return next((each for each in known if one_letter_apart(word, each)), word)


@cache
def authority_words() -> tuple[str, ...]:
    """Every word of an authority’s name."""
    everyone: list[Authority | FormerAuthority] = [*load_authorities(), *load_former_authorities()]
    names = (name for each in everyone for name in (each.name, *each.other_names))
    return tuple(sorted({word for name in names for word in words_of(name.casefold())}))
