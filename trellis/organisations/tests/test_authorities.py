"""England’s regions and authorities: counted, found by any spelling, and the same as the public lists."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from trellis.organisations.authorities import (
    REFERENCE,
    candidates,
    find_authority,
    find_region,
    load_authorities,
    load_former_authorities,
    load_regions,
    successors,
)


def test_england_has_nine_regions_and_153_authorities() -> None:
    assert len(load_regions()) == 9
    assert len(load_authorities()) == 153


def test_no_code_or_name_is_used_twice() -> None:
    for field in ("code", "dfe_code", "name"):
        values = [getattr(authority, field) for authority in load_authorities()]
        assert len(values) == len(set(values)), field
    codes = [one.code for one in (*load_authorities(), *load_former_authorities())]
    assert len(codes) == len(set(codes))


def test_codes_look_like_codes() -> None:
    assert all(re.fullmatch(r"E12\d{6}", region.code) for region in load_regions())
    assert all(re.fullmatch(r"E(06|08|09|10)\d{6}", one.code) for one in load_authorities())
    assert all(re.fullmatch(r"\d{3}", one.dfe_code) for one in load_authorities())
    assert all(re.fullmatch(r"(\d{3})?", one.dfe_code) for one in load_former_authorities())


def test_every_region_has_authorities() -> None:
    counts = Counter(authority.region.name for authority in load_authorities())
    assert len(counts) == 9
    assert counts["London"] == 33
    assert counts["North East"] == 12


def test_every_authority_is_found_by_each_of_its_names_and_codes() -> None:
    for authority in load_authorities():
        for key in (authority.code, authority.dfe_code, authority.name, *authority.other_names):
            assert find_authority(key) == authority, key


def test_former_authorities_end_in_authorities_of_today() -> None:
    today = {authority.code for authority in load_authorities()}
    for former in load_former_authorities():
        assert former.opened < former.closed
        assert set(successors(former.code)) <= today, former
        assert [one.code for one in candidates(former.code)] == list(successors(former.code))


def test_each_reference_file_names_its_source_and_edition() -> None:
    for path in REFERENCE.glob("*-authorities.yaml"):
        source = yaml.safe_load(path.read_text(encoding="utf-8"))["source"]
        assert set(source) == {"title", "publisher", "edition", "licence", "attribution"}, path


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Bristol", "E06000023"),
        ("Bristol, City of", "E06000023"),
        ("City of Bristol", "E06000023"),
        ("BRISTOL CITY COUNCIL", "E06000023"),
        ("Kingston upon Hull", "E06000010"),
        ("Hull", "E06000010"),
        ("St Helens", "E08000013"),
        ("St. Helens", "E08000013"),
        ("Saint Helens Council", "E08000013"),
        ("Bournemouth, Christchurch & Poole", "E06000058"),
        ("Southend on Sea", "E06000033"),
        ("Durham", "E06000047"),
        ("Herefordshire", "E06000019"),
        ("Islington\N{NO-BREAK SPACE}", "E09000019"),
        ("  Islington  ", "E09000019"),
        ("London Borough of Barnet", "E09000003"),
        ("Royal Borough of Windsor & Maidenhead", "E06000040"),
        ("Corporation of London", "E09000001"),
        ("Dorset", "E06000059"),
        ("e06000059", "E06000059"),
        ("838", "E06000059"),
        ("Poole", "E06000058"),
        ("Buckinghamshire County Council", "E06000060"),
        ("E10000027", "E06000066"),
        ("E10000022", "E06000057"),
    ],
)
def test_spellings_that_people_use(spelling: str, code: str) -> None:
    authority = find_authority(spelling)
    assert authority is not None
    assert authority.code == code


@pytest.mark.parametrize(
    "unknown", ["", "  ", "Not Recorded", "London", "City", "Kingston", "Cardiff", "999", "&", "E"]
)
def test_what_names_no_authority_finds_none(unknown: str) -> None:
    assert find_authority(unknown) is None
    assert candidates(unknown) == ()


@pytest.mark.parametrize(
    ("former", "names"),
    [
        ("Cumbria", ["Cumberland", "Westmorland and Furness"]),
        ("909", ["Cumberland", "Westmorland and Furness"]),
        ("Northamptonshire County Council", ["North Northamptonshire", "West Northamptonshire"]),
        ("E10000009", ["Bournemouth, Christchurch and Poole", "Dorset"]),
        ("Dorset County Council", ["Bournemouth, Christchurch and Poole", "Dorset"]),
        ("Cheshire", ["Cheshire East", "Cheshire West and Chester"]),
    ],
)
def test_a_divided_authority_has_candidates_but_no_single_successor(former: str, names: list[str]) -> None:
    assert find_authority(former) is None
    assert [authority.name for authority in candidates(former)] == names


@pytest.mark.parametrize("spelling", ["Yorkshire and The Humber", "Yorkshire & the Humber", "E12000003"])
def test_a_region_is_found_by_name_and_code(spelling: str) -> None:
    region = find_region(spelling)
    assert region is not None
    assert region.code == "E12000003"


def test_what_names_no_region_finds_none() -> None:
    assert find_region("Not Recorded") is None


# The public lists, where TRELLIS_PUBLIC_DATA names a folder that holds them.


def public_rows(name: str) -> list[dict[str, str]]:
    """The rows of a public list, or none when this machine does not have it."""
    path = Path(os.environ.get("TRELLIS_PUBLIC_DATA", "/nowhere"), "local-authorities", name)
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_names_codes_regions_and_dates_agree_with_the_department_s_list() -> None:
    listed = {one.code: one for one in (*load_authorities(), *load_former_authorities())}
    rows = [row for row in public_rows("las.csv") if re.fullmatch(r"E\d{8}", row["new_la_code"])]
    for row in rows:
        one = listed.pop(row["new_la_code"])
        closed = getattr(one, "closed", None)
        assert one.name == row["la_name"]
        assert one.dfe_code == row["old_la_code"].replace("x", "")
        assert one.region.code == row["parent_geography_code"]
        assert f"{one.opened:%d/%m/%Y}" == row["date_of_operation"]
        assert (f"{closed:%d/%m/%Y}" if closed else "") == row["date_of_termination"]
    assert not rows or not listed


def test_region_names_agree_with_the_department_s_list() -> None:
    names = {row["region_code"]: row["region_name"] for row in public_rows("regions.csv")}
    assert all(names[region.code] == region.name for region in load_regions() if names)


def test_every_official_name_is_understood() -> None:
    upper_tier = {"UA", "MD", "LBO", "CTY", "CC"}
    for row in public_rows("uk_local_authorities.csv"):
        if row["nation"] == "England" and row["local-authority-type"] in upper_tier:
            assert candidates(row["official-name"]), row["official-name"]
            assert candidates(row["official-name"]) == candidates(row["gss-code"])
            assert candidates(row["nice-name"]) == candidates(row["gss-code"])


def test_what_replaced_each_former_authority_agrees_with_the_register_of_councils() -> None:
    rows = public_rows("uk_local_authorities.csv")
    codes = {row["local-authority-code"]: row["gss-code"] for row in rows}
    former = {one.code: set(one.replaced_by) for one in load_former_authorities()}
    for row in rows:
        if row["replaced-by"] and row["gss-code"] in former:
            assert {codes[each] for each in row["replaced-by"].split(",")} <= former[row["gss-code"]]
