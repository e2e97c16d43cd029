"""Which column holds what: by the meaning of its heading, whatever its case, order and spelling."""

from __future__ import annotations

import csv
import re
import unicodedata
from typing import TYPE_CHECKING

from trellis.organisations.register.lines import Lines, NotText, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = (",", ";", "\t", "|")
LINES_TO_SEARCH = 40  # titles, dates and notes may stand above the headings
HEADINGS_TO_NAME = 12

# For each thing we read, the headings under which it is published, the surest first. Written without spaces and
# marks, in small letters: “Registered_Person_Name” and “Registered person name” are the same heading.
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": (
        "providerurn", "ofstedurn", "ofstedprovidernumber", "providernumber", "providerreference",
        "providerreferencenumber", "ofstedreference", "ofstedreferencenumber", "ofstedregistrationnumber",
        "careference", "agencyreference", "childminderagencyreference", "settingurn", "registrationnumber",
        "uniquereferencenumber", "urn",
    ),
    "name": ("providername", "nameofprovider", "settingname", "nameofsetting", "nurseryname", "agencyname", "name"),
    "type": ("providertype", "typeofprovider", "settingtype", "typeofsetting", "provisiontype", "type"),
    "subtype": ("providersubtype", "subtypeofprovider", "settingsubtype", "provisionsubtype", "subtype"),
    "status": ("providerstatus", "registrationstatus", "settingstatus", "status"),
    "registered_on": ("registrationdate", "providerregistrationdate", "dateofregistration", "dateregistered"),
    "address_1": (
        "provideraddressline1", "provideraddress1", "settingaddressline1", "addressline1", "address1",
        "provideraddress", "settingaddress", "address",
    ),
    "address_2": ("provideraddressline2", "provideraddress2", "settingaddressline2", "addressline2", "address2"),
    "address_3": ("provideraddressline3", "provideraddress3", "settingaddressline3", "addressline3", "address3"),
    "town": ("providertown", "provideraddresstown", "settingtown", "posttown", "addresstown", "town"),
    "postcode": ("providerpostcode", "providerpostcode1", "settingpostcode", "addresspostcode", "postcode"),
    "authority": (
        "localauthority", "localauthorityname", "providerlocalauthority", "laname", "authorityname", "authority", "la",
    ),
    "authority_code": (
        "localauthorityonscode", "localauthoritygsscode", "localauthoritycode", "newlacode", "lacode", "oldlacode",
    ),
    "region": ("region", "regionname", "providerregion", "governmentofficeregion"),
    "places": ("places", "registeredplaces", "numberofplaces", "numberofregisteredplaces", "totalplaces"),
    "registers": ("individualregistercombinations", "registercombinations", "individualregisters", "registers"),
    "early_years": (
        "providerearlyyearsregisterflag", "earlyyearsregisterflag", "earlyyearsregister", "eyrflag", "eyr",
    ),
    "compulsory": (
        "providercompulsorychildcareregisterflag", "compulsorychildcareregisterflag", "compulsorychildcareregister",
        "ccrflag", "ccr",
    ),
    "voluntary": (
        "providervoluntarychildcareregisterflag", "voluntarychildcareregisterflag", "voluntarychildcareregister",
        "vcrflag", "vcr",
    ),
}  # fmt: skip

# Headings that any list of schools or people may have: alone they do not make a register of childcare.
ANY_LIST = frozenset({"urn", "registrationnumber", "uniquereferencenumber", "name", "type"})


class NotARegister(Exception):
    """The file is not a register of childcare providers; its text says what was missing."""


def heading_key(heading: str) -> str:
    """What a heading says, without case, spaces, marks and notes.

    >>> heading_key("Registered_Person_Name [note 3]")
    'registeredpersonname'
    """
    plain = unicodedata.normalize("NFKC", re.sub(r"\[[^\]]*\]", "", heading)).casefold()
    return "".join(character for character in plain if character.isalnum())


def find_columns(headings: list[str]) -> dict[str, int]:
    """The column of each thing that these headings offer, from 0.

    >>> find_columns(["Postcode", "Provider URN", "Deprivation Band"])
    {'number': 1, 'postcode': 0}
    """
    positions: dict[str, int] = {}
    for position, heading in enumerate(headings):
        positions.setdefault(heading_key(heading), position)
    found = {what: next((key for key in keys if key in positions), None) for what, keys in HEADINGS.items()}
    return {what: positions[key] for what, key in found.items() if key}


def what_is_missing(headings: list[str]) -> str | None:
    """Why these are not the headings of a register, or None if they are.

    >>> what_is_missing(["URN", "Name"])
    'no column that says it is about childcare providers (such as “Provider URN” or “Provider name”)'
    """
    columns = find_columns(headings)
    if "number" not in columns:
        return "no column for the provider number (such as “Provider URN”)"
    if "name" not in columns and "type" not in columns:
        return "a column for the provider number but none for the provider’s name or type"
    telling = (columns.get(what) for what in ("number", "name", "type"))
    if all(heading_key(headings[column]) in ANY_LIST for column in telling if column is not None):
        return "no column that says it is about childcare providers (such as “Provider URN” or “Provider name”)"
    return None


def find_headings(lines: Lines) -> tuple[list[str], str]:
    """The headings and the delimiter; the lines go on with the first row below. Raises NotARegister."""
    first = _first_lines(lines)
    for delimiter in DELIMITERS:
        for headings, last_line in _rows(first, delimiter):
            if what_is_missing(headings) is None:
                lines.give_back(first[last_line:])
                return headings, delimiter
    raise NotARegister(_why_not(first))


def _first_lines(lines: Lines) -> list[str]:
    first: list[str] = []
    try:
        while len(first) < LINES_TO_SEARCH:
            lines.start_row()
            first.append(next(lines))
    except StopIteration:
        return first
    except NotText as fault:
        raise NotARegister(str(fault)) from fault
    except Unreadable as fault:
        if not first:
            raise NotARegister(f"This file does not begin as a register does. {fault}") from fault
        lines.give_back([fault])
    return first


def _rows(lines: list[str], delimiter: str) -> Iterator[tuple[list[str], int]]:
    """Each row with the number of its last line."""
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        for row in rows:
            yield row, rows.line_num
    except csv.Error:
        return


def _why_not(first: list[str]) -> str:
    if not any(character.isalnum() for line in first for character in line):
        return "This file is empty"
    headings = max((row for delimiter in DELIMITERS for row, _ in _rows(first, delimiter)), key=_likeness, default=[])
    named = [f"“{' '.join(heading.split())[:60]}”" for heading in headings if heading.strip()]
    more = f" and {len(named) - HEADINGS_TO_NAME} more" if len(named) > HEADINGS_TO_NAME else ""
    return f"This file has {what_is_missing(headings)}; its headings are: {', '.join(named[:HEADINGS_TO_NAME])}{more}"


def _likeness(row: list[str]) -> tuple[int, int]:
    """How much a row looks like headings: two known ones are more than chance, then the fullest row."""
    known = len(find_columns(row))
    return (known if known > 1 else 0, sum(bool(cell.strip()) for cell in row))
