"""What was meant by what was typed into a search: numbers, postcodes, and words with a letter wrong."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST_WORD = 40
NEVER_TYPED = "@"
MOST_WORDS = 8
# Words that say nothing about which setting it is; people add and leave them out as they like.
FILLERS = frozenset({"a", "and", "at", "by", "for", "in", "limited", "ltd", "of", "on", "s", "the"})
SAME_WORD = {"saint": "st", "center": "centre", "nurseries": "nursery"}
# What nearly every setting is called: a search that finds nothing goes on without them.
GENERIC = frozenset(
    {"centre", "childcare", "childminder", "club", "day", "daycare", "kindergarten", "nursery", "playgroup"}
    | {"preschool", "school", "private", "community", "house", "company"}
)
# Written together or apart: one word either way.
COMPOUNDS = {
    ("after", "school"): "afterschool",
    ("child", "care"): "childcare",
    ("child", "minder"): "childminder",
    ("child", "minding"): "childminding",
    ("day", "care"): "daycare",
    ("play", "group"): "playgroup",
    ("pre", "school"): "preschool",
}
# Kinds of provider whose names are not published: the kind is all that a search can find them by.
KIND_WORDS: dict[str, str] = {
    "childminder": "childminder",
    "childminders": "childminder",
    "nanny": "home_childcarer",
    "nannies": "home_childcarer",
}
APOSTROPHES = str.maketrans("", "", "'’‘`´")
WORD = re.compile(r"[a-z0-9]+")
POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d(?:[A-Z]{2})?)?\b")
NUMBER = re.compile(r"[A-Z]{0,3}\d{4,17}")


@dataclass(frozen=True)
class Typed:
    """What was typed: perhaps a provider number, perhaps a postcode or its beginning, and the words besides."""

    number: str
    district: str
    postcode: str
    words: tuple[str, ...]
    key: str

    def __bool__(self) -> bool:
        return bool(self.number or self.district or self.words)


def read_typed(text: str) -> Typed:
    """What a person typed into the search, taken apart.

    >>> read_typed("ey 489711").number, read_typed("Acorns, ls8 5dt").postcode
    ('EY489711', 'LS8 5DT')
    >>> read_typed("St. Mary’s & the Lord’s Pre-school").words
    ('st', 'marys', 'lords', 'preschool')
    """
    text = text[:200]
    capitals = " ".join(text.upper().split())
    number = capitals.replace(" ", "")
    found = POSTCODE.search(capitals)
    district, inward = (found[1], found[2] or "") if found else ("", "")
    rest = capitals.replace(found[0], " ", 1) if found and inward else text
    return Typed(
        number=number if NUMBER.fullmatch(number) else "",
        district=district,
        postcode=f"{district} {inward}" if inward else "",
        words=tuple(search_words(rest))[:MOST_WORDS],
        key=plain(text),
    )


def plain(text: str) -> str:
    """A name in plain small letters: no accents, no marks, “&” as “and”; what lists are ordered by.

    >>> plain("Chloë’s  Crèche & Co.")
    'chloes creche and co'
    """
    return " ".join(WORD.findall(_small_letters(text)))


def search_words(text: str) -> list[str]:
    """The words by which a name is found, each once, in their order; fillers only where there is nothing else.

    >>> search_words("The Day Care of Saint Anne Ltd")
    ['daycare', 'st', 'anne']
    >>> search_words("The")
    ['the']
    """
    return words_of(plain(text))


def words_of(key: str) -> list[str]:
    """The same from a name that is in plain small letters already.

    >>> words_of("little acorns pre school little")
    ['little', 'acorns', 'preschool']
    """
    words = _compounded([SAME_WORD.get(word, word) for word in key.split()])
    telling = [word[:LONGEST_WORD] for word in words if word not in FILLERS]
    return list(dict.fromkeys(telling or words))


def authority_word(code: str) -> str:
    """What stands for an authority among the words of a provider; nobody types it.

    >>> authority_word("E08000035")
    '@E08000035'
    """
    return f"{NEVER_TYPED}{code}"


def _compounded(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        compound = COMPOUNDS.get((joined[-1], word)) if joined else None
        if compound:
            joined[-1] = compound
        else:
            joined.append(word)
    return joined


@lru_cache(maxsize=65_536)
def _small_letters(text: str) -> str:
    if text.isascii():
        plain_text = text
    else:
        decomposed = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
        plain_text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return plain_text.translate(APOSTROPHES).casefold().replace("&", " and ")


def halves(word: str) -> tuple[str, str]:
    """A beginning and an end of a word, of which any word one letter apart shares at least one.

    One wrong, missing, added or swapped letter touches two neighbouring places at most.

    >>> halves("rosewood")
    ('ros', 'wood')
    """
    first = (len(word) - 1) // 2
    return word[:first], word[len(word) - (len(word) - first - 1) :]


def one_letter_apart(typed: str, word: str) -> bool:
    """Whether two words differ by one letter: wrong, missing, too many, or two neighbours swapped.

    >>> [one_letter_apart("acorns", other) for other in ("acorn", "acrons", "akorns", "unicorns")]
    [True, True, True, False]
    """
    if abs(len(typed) - len(word)) > 1 or typed == word:
        return False
    start = _shared(typed, word)
    end = _shared(typed[start:][::-1], word[start:][::-1])
    left, right = typed[start : len(typed) - end], word[start : len(word) - end]
    return (len(left) <= 1 and len(right) <= 1) or (len(left) == 2 and left == right[::-1])


def _shared(one: str, other: str) -> int:
    """How many letters two words share from their beginning."""
    for position, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return position
    return min(len(one), len(other))


def pieces(word: str) -> list[str]:
    """Every part of a word of two letters or more: what a word might be that was typed without its spaces.

    >>> pieces("oaks")
    ['oa', 'oak', 'ak', 'aks', 'ks']
    """
    length = len(word)
    return [
        word[start:end] for start in range(length - 1) for end in range(start + 2, length + 1) if end - start < length
    ]


def split_into(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """The fewest known words that make up this one, or nothing.

    >>> split_into("thelittleacorns", frozenset({"the", "little", "acorns", "lit", "tle"}))
    ('the', 'little', 'acorns')
    """
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(2, len(word) + 1):
        for start in range(end - 1):
            before, piece = best[start], word[start:end]
            if before is not None and piece in known and (best[end] is None or len(before) + 1 < len(best[end] or ())):
                best[end] = (*before, piece)
    return best[-1] or ()
