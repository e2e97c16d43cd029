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

from django.db.models import Q, QuerySet

from trellis.core.paging import Page, page_of
from trellis.organisations.authorities import candidates, load_authorities, load_former_authorities
from trellis.organisations.models import HasWord, Likeness, Provider, SearchWord
from trellis.organisations.rules.searching import (
    GENERIC,
    KIND_WORDS,
    LONGEST_WORD,
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
LAST_LETTERS = "z" * LONGEST_WORD
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
    """What one typed word may mean: any of these words, all words of a split, a kind, a postcode district.

    `providers` is how many have one of the words; who has two of them counts twice.
    """

    words: set[str] = field(default_factory=set)
    providers: int = 0
    split: tuple[str, ...] = ()
    kind: str = ""
    district: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.split or self.kind or self.district)

    @property
    def common(self) -> bool:
        """Whether so many providers are meant that it is cheaper to walk through all of them by name."""
        return bool(self.kind) or self.providers > MANY

    def condition(self) -> Q:
        """What a provider must fulfil."""
        ways = [Q(HasWord(self.words, common=self.common))] if self.words else []
        if self.split:
            ways.append(reduce(and_, (Q(HasWord({word}, common=self.common)) for word in self.split)))
        if self.kind:
            ways.append(Q(kind=self.kind))
        if self.district:
            ways.append(Q(postcode_district=self.district))
        return reduce(or_, ways)


def find_providers(text: str, within: ProviderQuerySet, query: Mapping[str, str]) -> Found:
    """The page (`?page=` of `query`) of the providers `within` that were meant; empty when nothing was typed.

    First what matches all that was typed; when there is nothing, what matches with a letter changed in any
    word; then what matches without words such as “nursery”.
    """
    typed = read_typed(text)
    for rows, close in attempts(typed, within):
        page = page_of(rows, query)
        if page.rows or (page.number > 1 and rows.exists()):
            return Found(page, close=close and not typed.number)
    return Found(page_of(Provider.objects.none(), query))


def meant_by(number_or_postcode: str) -> Provider | None:
    """The one provider with this number, or the only one in this postcode; None when that is not clear."""
    typed, everyone = read_typed(number_or_postcode), Provider.objects.all()
    rows = everyone.filter(number__in=spellings(typed.number)) if typed.number else everyone.none()
    if not typed.number and typed.postcode:
        rows = everyone.filter(postcode_district=typed.district, postcode=typed.postcode)
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def attempts(typed: Typed, within: ProviderQuerySet) -> Iterator[tuple[QuerySet[Provider], bool]]:
    """What may have been meant, the surest first, and whether that is only close to what was typed.

    Nothing is asked of the register that cannot have an answer, or that was asked before.
    """
    if not typed:
        return
    if typed.number:
        yield within.filter(number__in=spellings(typed.number)).by_name(), False
    if not typed.words:
        yield in_order(within.filter(of_postcode(typed)), typed), False
        return
    known = Vocabulary(typed.words)
    meant = known.meant(typed)
    if all(meant):
        yield matching(meant, typed, within), False
        corrected = known.meant(typed, correcting=typed.words)
        if corrected != meant:
            yield matching(corrected, typed, within), True
    telling = [word for word in typed.words if word not in GENERIC]
    if 0 < len(telling) < len(typed.words):
        corrected = known.meant(typed, correcting=telling)
        rest = [each for each, word in zip(corrected, typed.words, strict=True) if word not in GENERIC]
        if all(rest):
            yield matching(rest, typed, within), True


def matching(meant: Sequence[Meant], typed: Typed, within: ProviderQuerySet) -> QuerySet[Provider]:
    """Those that fulfil everything that was meant, best first; by name alone where nearly every provider fulfils it."""
    if all(each.kind for each in meant):
        return within.filter(kind__in={each.kind for each in meant}).order_by("number")
    conditions = [each.condition() for each in meant]
    if typed.postcode:
        conditions.append(of_postcode(typed))
    rows = within.filter(*conditions)
    return rows.by_name() if all(each.common for each in meant) and not typed.postcode else in_order(rows, typed)


def in_order(rows: QuerySet[Provider], typed: Typed) -> QuerySet[Provider]:
    """First what is called exactly so, then what begins so, then by name."""
    return rows.order_by(Likeness(typed.key), "unnamed", "name_key", "number")


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
    """What the register’s words say about the words that were typed. Each question is asked once, and most together."""

    def __init__(self, typed: Sequence[str]) -> None:
        self.typed = tuple(typed)
        self.joined = [one + other for one, other in pairwise(typed)]
        self.providers: dict[str, int] = {}  # of each word that was looked up and is there, how many have it
        self.looked_near: dict[str, set[str]] = {}
        self.authorities = authorities_meant(self.typed)
        begun = {word for word in (typed[-1], *self.joined[-1:]) if len(word) > 1}
        found = self._look_up(beginning_with(begun), {*typed, *self.joined}.union(*self.authorities))
        self.endings = {word: shortest(each for each in found if each.startswith(word)) for word in begun}
        unknown = [word for at, word in enumerate(typed) if not self.as_typed(at)]
        self.splits = self._look_closely(unknown)
        self.unknown = frozenset(unknown) - self.splits.keys()

    def _look_up(self, condition: Q, words: Iterable[str] = ()) -> list[str]:
        """Those of the words, and of what fulfils the condition, that some provider has."""
        if words:
            condition |= Q(word__in=sorted(words))
        if not condition:
            return []
        rows = SearchWord.objects.filter(condition).values_list("word", "providers")
        found = {word: providers for word, providers in rows if providers}
        self.providers.update(found)
        return list(found)

    def _look_closely(self, unknown: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Look for what comes near to words that nobody has; those typed without a space, and what they are made of."""
        joined = [word for word in unknown if SHORTEST_CORRECTED <= len(word) <= LONGEST_JOINED]
        known = frozenset(self._look_near(unknown, {piece for word in joined for piece in pieces(word)}))
        return {word: parts for word in joined if (parts := split_into(word, known))}

    def _look_near(self, typed: Iterable[str], besides: Iterable[str] = ()) -> list[str]:
        """Look for words one letter apart from those long enough to be sure, and for others with the same question."""
        asked = [word for word in typed if may_be_corrected(word) and word not in self.looked_near]
        found = self._look_up(sharing_a_half(asked), besides)
        self.looked_near |= {word: {each for each in found if one_letter_apart(word, each)} for word in asked}
        return found

    def as_typed(self, at: int) -> set[str]:
        """The known words that this one is, begins (if it is the last), or makes up with a neighbour."""
        neighbours = {*self.joined[max(at - 1, 0) : at + 1]}
        found = ({self.typed[at]} | neighbours) & self.providers.keys()
        if at == len(self.typed) - 1:
            found |= self.endings.get(self.typed[at], set())
        if self.joined and at >= len(self.typed) - 2:
            found |= self.endings.get(self.joined[-1], set())
        return found

    def meant(self, typed: Typed, *, correcting: Iterable[str] = ()) -> list[Meant]:
        """What each typed word may mean; those unknown, and those in `correcting`, with a letter changed."""
        correct = self.unknown | frozenset(correcting)
        self._look_near(correct)
        return [self._meant(at, word, typed.district, correct=word in correct) for at, word in enumerate(self.typed)]

    def _meant(self, at: int, word: str, district: str, *, correct: bool) -> Meant:
        near = self.looked_near.get(word, set()) if correct else set()
        words = self.as_typed(at) | self.authorities[at] | near
        return Meant(
            words=words,
            providers=sum(self.providers.get(each, 0) for each in words),
            split=self.splits.get(word, ()),
            kind=KIND_WORDS.get(word, ""),
            district=district if word == district.lower() else "",
        )


def beginning_with(starts: Iterable[str], name: str = "word") -> Q:
    """Words that begin so, as a range that an index has; a “z” comes after every other letter of a word."""
    return reduce(or_, (Q((f"{name}__range", (start, start + LAST_LETTERS))) for start in sorted(starts)), Q())


def shortest(words: Iterable[str]) -> set[str]:
    """Of very many words, the shortest."""
    return set(sorted(words, key=lambda word: (len(word), word))[:MOST_ENDINGS])


def may_be_corrected(word: str) -> bool:
    """Whether a word is long enough to be sure which one was meant."""
    return len(word) >= SHORTEST_CORRECTED and not word.isdecimal()


def sharing_a_half(words: Sequence[str]) -> Q:
    """What has a half of one of the words; whatever differs by one letter is among it."""
    both = [halves(word) for word in words]
    starts, ends = {start for start, _end in both}, {end[::-1] for _start, end in both}
    return beginning_with(starts) | beginning_with(ends, "backwards")


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
    alike = (each for each in known if -2 < len(each) - len(word) < 2)
    return next((each for each in alike if one_letter_apart(word, each)), word)


@cache
def authority_words() -> tuple[str, ...]:
    """Every word of an authority’s name."""
    everyone: list[Authority | FormerAuthority] = [*load_authorities(), *load_former_authorities()]
    names = (name for each in everyone for name in (each.name, *each.other_names))
    return tuple(sorted({word for name in names for word in words_of(name.casefold())}))
