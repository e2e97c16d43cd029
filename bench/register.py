"""An invented childcare register in the widest published layout, as large as England’s and the same every time."""

from __future__ import annotations

import csv
from itertools import product
from typing import TYPE_CHECKING

from trellis.organisations.authorities import load_authorities

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADINGS = [
    "Web link", "Provider URN", "Registration date", "Provider type", "Provider subtype", "Provider status",
    "Individual Register combinations", "Provider Early Years Register Flag",
    "Provider Compulsory Childcare Register Flag", "Provider Voluntary Childcare Register Flag",
    "Registered person URN", "Registered person name", "Provider name", "Provider address line 1",
    "Provider address line 2", "Provider address line 3", "Provider town", "Postcode", "Telephone number",
    "Parliamentary constituency", "Local authority", "Region", "Ofsted region", "Deprivation band", "Places",
    "Places including estimates", "Most recent full: Inspection number", "Most recent full: Inspection date",
    "Most recent full: Overall effectiveness", "Quality of education", "Behaviour and attitudes",
    "Personal development", "Effectiveness of leadership and management", "Safeguarding is effective?",
    "CCR requirements suitability", "VCR requirements suitability",
    "Second most recent full: Overall effectiveness", "Second most recent full: Inspection number",
    "Second most recent full: Inspection date", "Third most recent full: Overall effectiveness",
    "Third most recent full: Inspection number", "Third most recent full: Inspection date",
    "NCOR: Inspection number", "NCOR: Inspection date", "NCOR: Overall effectiveness", "CR: Inspection number",
    "CR: Inspection date", "CR: Overall effectiveness",
]  # fmt: skip

FIRST_WORDS = (
    "Acorn Amber Apple Badger Bluebell Bramley Bright Bumblebee Butterfly Buttercup Cherry Clover Coral Cosy Daisy "
    "Dandelion Dolphin Elm Fern Firefly Foxglove Golden Hazel Heather Hedgehog Holly Honey Ivy Jigsaw Juniper "
    "Kingfisher Ladybird Lavender Lilac Little Maple Meadow Merry Moonbeam Oak Orchard Otter Owl Pebble Poppy "
    "Primrose Puddle Rainbow Robin Rowan Sandpiper Seashell Skylark Snowdrop Sparrow Sunny Thistle Willow Woodland Wren"
).split()
SECOND_WORDS = (
    "Tree Barn Bridge Brook Corner Cottage Court Den Farm Field Garden Gate Grove Hall Hill House Lane Lodge Mill "
    "Nest Park Patch Row Stars Street Tots View Wood Yard Green"
).split()
LAST_WORDS = ("Nursery", "Day Nursery", "Pre-school", "Playgroup", "Childcare", "Kindergarten", "After School Club")
TOWN_BEGINNINGS = (
    "Ald Bar Bex Brin Cal Chel Cors Dun Els Fal Gris Hax Hol Ing Kel Lang Mar Nor Orm Pen Quar Rad Sel Thorn Ulver "
    "Wain Wex Yar"
).split()
TOWN_MIDDLES = ["", *"en er ing el or sel ley ster an".split()]
TOWN_ENDINGS = "bourne bury combe dale ferry field ford ham leigh mere minster ness over stead thwaite wick".split()
STREETS = ("Station Road", "Church Lane", "Mill Street", "The Green", "School Hill", "Park Avenue")
DISTRICTS = "AL BN CB CH DE EX GL HX IP LN NR OX PE RG SK TN WR YO".split()

NAMES = list(product(LAST_WORDS, SECOND_WORDS, FIRST_WORDS))
TOWNS = ["".join(parts) for parts in product(TOWN_BEGINNINGS, TOWN_MIDDLES, TOWN_ENDINGS)]
GRADES = ("1", "2", "2", "2", "3")
NOTHING = "NULL"
WITHHELD = "REDACTED"


def provider(number: int) -> list[str]:
    """A row. Of ten providers five are childminders, whose names are withheld, and one cares in the child’s home."""
    authority = load_authorities()[number * 7 % len(load_authorities())]
    home = number % 10 < 6
    type_, subtype = _kind(number)
    last, second, first = NAMES[number * 4567 % len(NAMES)]
    place = [
        f"{number % 180 + 1} {STREETS[number % len(STREETS)]}", "", "", TOWNS[number * 4567 % len(TOWNS)],
        f"{DISTRICTS[number % len(DISTRICTS)]}{number % 25 + 1} {number % 9 + 1}{'ABDEFGH'[number % 7]}{'JLNPQRS'[number // 7 % 7]}",
    ]  # fmt: skip
    seen = [f"10{number:06}", date_of(number + 900), GRADES[number % 5]]
    return [
        "Web link", f"EY{100000 + number}", date_of(number), type_, subtype, "Active", "EYR-CCR-VCR", "Y", "Y", "Y",
        f"RP{number:06}", WITHHELD if home else f"{first} {second} Ltd",
        *([WITHHELD] * 6 if home else [f"{first} {second} {last}", *place]),
        WITHHELD if home else f"01632 960{number % 1000:03}", "", authority.name, authority.region.name,
        authority.region.name, "Average", str(number % 90 + 4), str(number % 90 + 4),
        *seen, seen[2], seen[2], seen[2], seen[2], "Yes", NOTHING, NOTHING, seen[2], *seen[:2], *[NOTHING] * 9,
    ]  # fmt: skip


def _kind(number: int) -> tuple[str, str]:
    if number % 10 < 5:
        return "Childminder", ""
    if number % 10 == 5:
        return "Home childcarer", ""
    return "Childcare on non-domestic premises", ("Full day care", "Sessional day care", "Out of school day care")[
        number % 3
    ]


def date_of(number: int) -> str:
    """A day, as the register writes it.

    >>> date_of(0), date_of(12345)
    ('01/01/1990', '26/09/1992')
    """
    return f"{number % 28 + 1:02}/{number // 28 % 12 + 1:02}/{1990 + number // 336 % 34}"


def rows(count: int, first: int = 0) -> Iterator[list[str]]:
    """So many providers, from a number onwards."""
    return (provider(number) for number in range(first, first + count))


def write_register(path: Path, count: int, first: int = 0) -> Path:
    """The register as a file; its path again."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(rows(count, first))
    return path
