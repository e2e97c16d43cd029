"""England’s regions and upper-tier authorities, and what became of former ones: read from reference data."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

REFERENCE = Path(__file__).parent / "reference"

# Words that say what kind of council it is, not which one.
# fmt: off
KIND_OF_COUNCIL = frozenset({
    "and", "authority", "bc", "boro", "borough", "cc", "city", "corporation", "council", "county", "district",
    "london", "mbc", "mdc", "metropolitan", "of", "royal", "the", "ua", "unitary",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Region:
    """One of the nine regions of England."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Authority:
    """A council that is responsible for children’s services today."""

    code: str
    dfe_code: str
    name: str
    region: Region
    opened: date
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormerAuthority:
    """A council, or its code, that is no more; `replaced_by` has the codes of what followed at once."""

    code: str
    dfe_code: str
    name: str
    region: Region
    opened: date
    other_names: tuple[str, ...]
    closed: date
    replaced_by: tuple[str, ...]


def find_authority(name_or_code: str) -> Authority | None:
    """The authority of this name, ONS code or DfE code; a former one’s successor if it has exactly one.

    Capitals, punctuation, “council”, “city of” and the like make no difference.

    >>> find_authority("City of Bristol").code
    'E06000023'
    >>> find_authority("836").name
    'Bournemouth, Christchurch and Poole'
    >>> find_authority("Cumbria") is None
    True
    """
    found = candidates(name_or_code)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def candidates(name_or_code: str) -> tuple[Authority, ...]:
    """Every authority that this name or code can mean today: one, several if it was divided, or none.

    >>> [authority.name for authority in candidates("Cumbria County Council")]
    ['Cumberland', 'Westmorland and Furness']
    """
    index = _index()
    words = _words(name_or_code)
    return index.get("".join(words)) or index.get(_essence(words)) or ()


@cache
def name_of(code: str) -> str:
    """What the authority with this ONS code is or was called; nothing for what is none.

    >>> name_of("E06000023"), name_of("")
    ('Bristol, City of', '')
    """
    everyone: list[Authority | FormerAuthority] = [*load_authorities(), *load_former_authorities()]
    return next((each.name for each in everyone if each.code == code), "")


def find_region(name_or_code: str) -> Region | None:
    """The region of this name or ONS code.

    >>> find_region("Yorkshire and the Humber").code
    'E12000003'
    """
    return _regions_by_key().get(_region_key(name_or_code))


@cache
def load_regions() -> tuple[Region, ...]:
    """The nine regions, in the order of their codes."""
    return tuple(Region(row["code"], row["name"]) for row in _read("local-authorities.yaml")["regions"])


@cache
def load_authorities() -> tuple[Authority, ...]:
    """The 153 authorities of today, in the order of their codes."""
    return tuple(Authority(**_common(row)) for row in _read("local-authorities.yaml")["authorities"])


@cache
def load_former_authorities() -> tuple[FormerAuthority, ...]:
    """Authorities that are no more, in the order of their codes."""
    return tuple(
        FormerAuthority(**_common(row), closed=row["closed"], replaced_by=tuple(row["replaced_by"]))
        for row in _read("former-authorities.yaml")["former"]
    )


def _common(row: dict[str, Any]) -> dict[str, Any]:
    regions = {region.code: region for region in load_regions()}
    return {
        "code": row["code"],
        "dfe_code": row.get("dfe", ""),
        "name": row["name"],
        "region": regions[row["region"]],
        "opened": row["opened"],
        "other_names": tuple(row.get("also", ())),
    }


@cache
def _read(file_name: str) -> dict[str, Any]:
    with (REFERENCE / file_name).open(encoding="utf-8") as file:
        contents: dict[str, Any] = yaml.safe_load(file)
    return contents


@cache
def _index() -> dict[str, tuple[Authority, ...]]:
    """What each spelling means today. Today’s names come first: “Dorset” is the council of 2019."""
    index: dict[str, tuple[Authority, ...]] = {}
    today = {authority.code: authority for authority in load_authorities()}
    for authority in load_authorities():
        for key in _keys(authority):
            index.setdefault(key, (authority,))
    for former in load_former_authorities():
        for key in _keys(former):
            index.setdefault(key, tuple(today[code] for code in successors(former.code)))
    return index


def successors(code: str) -> tuple[str, ...]:
    """The codes of today’s authorities that follow this code, itself if it is one of today’s.

    >>> successors("E10000022")
    ('E06000057',)
    """
    replaced_by = {former.code: former.replaced_by for former in load_former_authorities()}
    if code not in replaced_by:
        return (code,)
    return tuple(sorted({last for following in replaced_by[code] for last in successors(following)}))


def _keys(authority: Authority | FormerAuthority) -> Iterator[str]:
    yield authority.code.casefold()
    if authority.dfe_code:
        yield authority.dfe_code
    for name in (authority.name, *authority.other_names):
        words = _words(name)
        yield "".join(words)
        if essence := _essence(words):
            yield essence


def _words(text: str) -> list[str]:
    """The words in small letters, without punctuation; “&” is “and”, “Saint” is “st”."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ").replace("’", "'").replace("'", "")
    return ["st" if word == "saint" else word for word in re.findall(r"\w+", plain.replace("_", " "))]


def _essence(words: list[str]) -> str:
    return "".join(word for word in words if word not in KIND_OF_COUNCIL)


@cache
def _regions_by_key() -> dict[str, Region]:
    return {_region_key(key): region for region in load_regions() for key in (region.code, region.name)}


def _region_key(text: str) -> str:
    return "".join(word for word in _words(text) if word not in {"and", "the"})
