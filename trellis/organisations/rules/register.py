"""What the register says of a provider, together with what was known of it before. Pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trellis.organisations.authorities import find_region
from trellis.organisations.register import kind_of, sector_of
from trellis.organisations.rules.searching import authority_word, plain, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from trellis.organisations.register import ProviderRow

FLAG_COLUMNS = frozenset({"registers", "early_years", "compulsory", "voluntary"})


class Listing(NamedTuple):
    """What is kept of a provider, in the order of the fields of its record."""

    name: str
    name_key: str
    unnamed: bool
    kind: str
    sector: str
    provider_type: str
    provider_subtype: str
    status: str
    registered_on: date | None
    address: str
    town: str
    postcode: str
    postcode_district: str
    authority_id: str | None
    authority_name: str
    region_id: str | None
    places: int | None
    early_years_register: bool
    compulsory_register: bool
    voluntary_register: bool
    no_longer_listed_since: date | None


NOTHING_KNOWN = Listing(
    "", "", True, "other", "unknown", "", "", "", None, "", "", "", "", None, "", None, None, False, False, False, None
)
# What a change is called where people read it. What only follows from something else is left out.
LABELS: dict[str, str] = {
    "name": "Name",
    "kind": "Kind",
    "sector": "Sector",
    "provider_type": "Type",
    "provider_subtype": "Subtype",
    "status": "Status",
    "registered_on": "Registered on",
    "address": "Address",
    "town": "Town",
    "postcode": "Postcode",
    "authority_id": "Authority code",
    "authority_name": "Authority",
    "region_id": "Region code",
    "places": "Places",
    "early_years_register": "Early Years Register",
    "compulsory_register": "Childcare Register, compulsory part",
    "voluntary_register": "Childcare Register, voluntary part",
    "no_longer_listed_since": "No longer listed since",
}


def with_what_is_known(row: ProviderRow, known: Listing, *, flags: bool) -> Listing:
    """What is kept once the register gives this row. `flags` says whether the file has columns for the registers.

    A blank, or a column that the file has not, never wipes what is known; `REDACTED` does: then name, address,
    town and postcode are no longer published (docs/decisions/0050). Being in the register ends “no longer listed”.
    """
    name = row.name or _unless_withheld(row, known.name)
    provider_type = row.provider_type or known.provider_type
    same_type = provider_type == known.provider_type
    provider_subtype = row.provider_subtype or (known.provider_subtype if same_type else "")
    kind = kind_of(provider_type, provider_subtype)
    postcode = row.postcode or _unless_withheld(row, known.postcode)
    return Listing(
        name=name,
        name_key=known.name_key if name == known.name else plain(name),
        unnamed=not name,
        kind=kind,
        sector=sector_of(kind),
        provider_type=provider_type,
        provider_subtype=provider_subtype,
        status=row.status or known.status,
        registered_on=row.registered_on or known.registered_on,
        address=", ".join(row.address_lines) or _unless_withheld(row, known.address),
        town=row.town or _unless_withheld(row, known.town),
        postcode=postcode,
        postcode_district=postcode.partition(" ")[0],
        authority_id=(row.authority_code or None) if row.authority_name else known.authority_id,
        authority_name=row.authority_name or known.authority_name,
        region_id=_region_code(row.region_name) or known.region_id,
        places=known.places if row.places is None else row.places,
        early_years_register=row.early_years_register if flags else known.early_years_register,
        compulsory_register=row.compulsory_register if flags else known.compulsory_register,
        voluntary_register=row.voluntary_register if flags else known.voluntary_register,
        no_longer_listed_since=None,
    )


def _unless_withheld(row: ProviderRow, known: str) -> str:
    return "" if row.redacted else known


def _region_code(name: str) -> str | None:
    region = find_region(name) if name else None
    return region.code if region else None


def differences(before: Listing, after: Listing) -> dict[str, tuple[object, object]]:
    """Each field that people know of and that changed: the field, what it was and what it is.

    >>> differences(NOTHING_KNOWN, NOTHING_KNOWN._replace(town="Leeds"))
    {'town': ('', 'Leeds')}
    """
    return {
        field: (old, new)
        for field, old, new in zip(Listing._fields, before, after, strict=True)
        if old != new and field in LABELS
    }


def has_flags(columns: Collection[str]) -> bool:
    """Whether a file with these columns says on which registers a provider is.

    >>> has_flags({"number", "name", "registers"}), has_flags({"number", "name"})
    (True, False)
    """
    return not FLAG_COLUMNS.isdisjoint(columns)


def found_by(listing: Listing) -> list[str]:
    """By what a provider is found: the words of its name and town, and its authority.

    >>> found_by(NOTHING_KNOWN._replace(name_key="the rosewood nursery", town="Leeds", authority_id="E08000035"))
    ['rosewood', 'nursery', 'leeds', '@E08000035']
    """
    words = words_of(f"{listing.name_key} {plain(listing.town)}") if listing.name_key or listing.town else []
    return [*words, authority_word(listing.authority_id)] if listing.authority_id else words


def why_not_import(*, under_way: bool) -> str | None:
    """Why an import cannot begin, or None if it can.

    >>> why_not_import(under_way=True)
    'Another import is under way. Wait until it is done'
    >>> why_not_import(under_way=False)
    """
    return "Another import is under way. Wait until it is done" if under_way else None


def why_not_complete(*, providers: int) -> str | None:
    """Why a file cannot be taken for the whole register, or None if it can.

    >>> why_not_complete(providers=0)
    'This file has the headings of a register and no provider below them, so it cannot be the whole register'
    >>> why_not_complete(providers=71_000)
    """
    if providers:
        return None
    return "This file has the headings of a register and no provider below them, so it cannot be the whole register"


def families(kinds: Collection[str]) -> Iterator[bool]:
    """Which lists a file holds: that of childminder agencies (True), and that of all other providers (False).

    They are published apart, so one says nothing about who is missing from the other.

    >>> list(families({"childminder", "sessional"})), list(families({"childminder_agency"}))
    ([False], [True])
    """
    if any(kind != "childminder_agency" for kind in kinds):
        yield False
    if "childminder_agency" in kinds:
        yield True


def why_not_import_tried(*, tried: bool, finished: bool, kept: bool) -> str | None:
    """Why the file of a try-out cannot be imported, or None if it can.

    >>> why_not_import_tried(tried=True, finished=True, kept=False)
    'The file is no longer kept. Upload it again'
    >>> why_not_import_tried(tried=True, finished=True, kept=True)
    """
    if not tried or not finished:
        return "Only the file of a finished try-out can be imported like this"
    return None if kept else "The file is no longer kept. Upload it again"
