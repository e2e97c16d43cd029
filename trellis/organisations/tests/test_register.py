"""Ofsted’s register as published: every layout gives the same providers."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.organisations.register import ProviderRow, RejectedRow, kind_of, read_register, sector_of
from trellis.organisations.register.headings import HEADINGS

FIXTURES = Path(__file__).parent / "fixtures"


def rows_of(content: bytes) -> list[ProviderRow | RejectedRow]:
    """All that a register holds."""
    return list(read_register(io.BytesIO(content)))


def providers_of(content: bytes) -> list[ProviderRow]:
    """The providers of a register in which nothing is rejected."""
    rows = rows_of(content)
    assert [row for row in rows if isinstance(row, RejectedRow)] == []
    return [row for row in rows if isinstance(row, ProviderRow)]


def fixture(name: str) -> list[ProviderRow]:
    """The providers of a register among the fixtures."""
    return providers_of((FIXTURES / name).read_bytes())


def test_the_layout_of_48_columns() -> None:
    first, redacted, *others = fixture("register-48-columns.csv")
    assert first == ProviderRow(
        line=2,
        provider_number="900101",
        name="Bramble Lane Nursery",
        redacted=False,
        provider_type="Childcare on non-domestic premises",
        provider_subtype="Full day care",
        kind="full_day_care",
        status="Active",
        registered_on=date(1983, 10, 24),
        address_lines=("1 Bramble Lane", "Harewell"),
        town="Leeds",
        postcode="LS99 9ZA",
        authority_name="Leeds",
        authority_code="E08000035",
        region_name="Yorkshire and The Humber",
        places=60,
        early_years_register=True,
        compulsory_register=True,
        voluntary_register=True,
    )
    assert (redacted.name, redacted.redacted, redacted.postcode, redacted.address_lines) == ("", True, "", ())
    assert redacted.provider_number == "EY900102"
    assert [row.kind for row in others] == [
        "sessional",
        "out_of_school",
        "home_childcarer",
        "childcare_on_domestic_premises",
        "other",
    ]


def test_the_layout_of_47_columns_in_windows_1252_with_iso_dates() -> None:
    rows = {row.provider_number: row for row in fixture("register-47-columns.csv")}
    first = rows["900101"]
    assert first.name == "Bramble Lane Nursery – the Crèche"
    assert first.kind == "creche"
    assert first.registered_on == date(1983, 10, 24)
    assert (first.authority_name, first.authority_code) == ("Leeds", "E08000035")
    assert rows["EY900106"].registered_on is None
    assert rows["EY900107"].registered_on is None
    assert rows["EY900107"].places is None
    assert rows["2900105"].authority_name == rows["2900105"].authority_code == rows["2900105"].region_name == ""


def test_both_long_layouts_give_the_same_registers_and_places() -> None:
    longer, shorter = fixture("register-48-columns.csv"), fixture("register-47-columns.csv")
    for one, other in zip(longer, shorter, strict=True):
        assert one.early_years_register == other.early_years_register
        assert one.compulsory_register == other.compulsory_register
        assert one.voluntary_register == other.voluntary_register
        assert one.postcode == other.postcode


def test_the_layout_of_11_columns_with_agencies_on_top() -> None:
    rows = fixture("register-11-columns.csv")
    agency = rows[0]
    assert (agency.kind, agency.registered_on, agency.places) == ("childminder_agency", None, None)
    assert agency.address_lines == ("12 Foundry Street", "Wharfside", "London")
    assert (agency.postcode, agency.authority_name) == ("N99 9ZA", "Islington")
    assert agency.region_name == "London"
    assert rows[1].name == "Two Rivers Agency, trading as Two Rivers Childcare"
    assert [row.authority_code for row in rows[2:]] == ["E06000033", "E06000047", "E06000058", ""]
    assert [row.redacted for row in rows] == [False, False, True, True, True, True]
    flags = [(row.early_years_register, row.compulsory_register, row.voluntary_register) for row in rows[2:]]
    assert flags == [(True, True, True), (True, True, False), (False, True, False), (False, False, True)]
    assert rows[-1].status == "Proposed"


@pytest.mark.parametrize("name", ["agencies-12-columns.csv", "agencies-13-columns.csv"])
def test_childminder_agencies_are_providers(name: str) -> None:
    rows = fixture(name)
    assert [row.provider_number for row in rows] == ["CA900001", "CA900002"]
    assert {row.kind for row in rows} == {"childminder_agency"}
    assert rows[0].address_lines == ("12 Foundry Street", "Wharfside", "London")
    assert rows[1].address_lines == ('"High House", 4 High Street', "Chatham")


def test_unnamed_columns_on_the_right_do_no_harm() -> None:
    text = (FIXTURES / "agencies-13-columns.csv").read_text(encoding="utf-8")
    padded = "".join(line + ",,,,\r\n" for line in text.splitlines())
    assert providers_of(padded.encode()) == fixture("agencies-13-columns.csv")


def test_a_former_authority_that_was_divided_stays_a_name() -> None:
    (row,) = [row for row in fixture("register-48-columns.csv") if row.authority_name == "Cumbria"]
    assert (row.authority_code, row.region_name) == ("", "North West")


def test_titles_above_the_headings_are_passed_over_and_lines_still_count() -> None:
    banner = b"Childcare providers and inspections,,,\r\nAs at 31 August 2021\r\n\r\nSource: Ofsted,,\r\n"
    rows = providers_of(banner + (FIXTURES / "register-48-columns.csv").read_bytes())
    assert [row.line for row in rows] == list(range(6, 13))


def test_line_breaks_inside_quotes_count_as_lines() -> None:
    text = b'Provider URN,Provider name,Postcode\n900101,"Bramble\nLane, Nursery",LS99 9ZA\n900102,Otters,\n'
    first, second = providers_of(text)
    assert (first.line, first.name) == (2, "Bramble Lane, Nursery")
    assert second.line == 4


def test_blank_rows_are_passed_over() -> None:
    rows = providers_of(b"Provider URN,Provider name\n\n900101,Otters\n,\n \n,\n900102,Foxes\n\n")
    assert [(row.line, row.name) for row in rows] == [(3, "Otters"), (7, "Foxes")]


def test_headings_that_stand_again_are_read_again() -> None:
    rows = providers_of(
        b"Provider URN,Provider name\n900101,Otters\nProvider URN,Provider name\n900102,Foxes\n"
        b"\xef\xbb\xbfProvider name,Provider URN,Postcode\nHares,900103,LS99 9ZA\n"
    )
    assert [row.name for row in rows] == ["Otters", "Foxes", "Hares"]


def test_encodings_may_change_within_a_file() -> None:
    text = "Provider URN,Provider name\n900101,Crèche\n".encode() + "900102,Crèche\n".encode("cp1252")
    assert [row.name for row in providers_of(text)] == ["Crèche", "Crèche"]


def test_only_a_number_and_a_type_are_enough() -> None:
    (row,) = providers_of(b"Ofsted URN;Type of provider\ney 900101;Childminder\n")
    assert (row.provider_number, row.kind, row.name, row.redacted) == ("EY900101", "childminder", "", False)


def test_the_reader_tells_how_far_it_is() -> None:
    content = (FIXTURES / "register-48-columns.csv").read_bytes()
    reader = read_register(io.BytesIO(content))
    assert len(reader.headings) == 48
    for _ in reader:
        assert 0 < reader.bytes_read <= len(content)
    assert reader.bytes_read == len(content)


def test_inspection_outcomes_are_not_kept() -> None:
    assert not [name for name in ProviderRow.__slots__ if "inspect" in name or "effective" in name]


@pytest.mark.parametrize(
    ("type_", "subtype", "kind", "sector"),
    [
        ("Childcare on non-domestic premises", "Full day care", "full_day_care", "pvi"),
        ("CHILDCARE ON NON-DOMESTIC PREMISES", "out of school day care", "out_of_school", "pvi"),
        ("Childcare on non-domestic premises", "", "other", "unknown"),
        ("Childcare on domestic premises", "Sessional day care", "childcare_on_domestic_premises", "pvi"),
        ("Childminder", "Out-of-school day care", "childminder", "pvi"),
        ("Childminder without domestic premises", "", "childminder", "pvi"),
        ("Home childcarer", "", "home_childcarer", "pvi"),
        ("Childminder agency", "", "childminder_agency", "pvi"),
        ("Sessional day care", "", "sessional", "pvi"),
        ("School", "Nursery class", "nursery_class", "maintained"),
        ("Maintained nursery school", "", "maintained_nursery_school", "maintained"),
        ("Independent nursery school", "", "independent_nursery", "pvi"),
        ("", "", "other", "unknown"),
    ],
)
def test_kinds_and_sectors(type_: str, subtype: str, kind: str, sector: str) -> None:
    assert kind_of(type_, subtype) == kind
    assert sector_of(kind) == sector


def test_no_heading_means_two_things() -> None:
    counts = Counter(key for keys in HEADINGS.values() for key in keys)
    assert counts.total() == len(counts)


# However it is written down, the register says the same.

PUBLISHED = list(
    csv.reader(io.StringIO((FIXTURES / "register-48-columns.csv").read_text(encoding="utf-8"), newline=""))
)


def respelled(heading: str, style: int) -> str:
    """The same heading as another publisher would write it."""
    return [heading, heading.upper(), heading.lower(), heading.replace(" ", "_"), heading.title(), f" {heading}  "][
        style
    ]


@settings(deadline=None)  # the first example also loads the reference data
@given(
    order=st.permutations(range(48)),
    style=st.lists(st.integers(0, 5), min_size=48, max_size=48),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_order_spelling_encoding_and_delimiter_make_no_difference(
    order: list[int], style: list[int], encoding: str, delimiter: str, line_end: str, quoting: int
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow([respelled(PUBLISHED[0][column], style[column]) for column in order])
    writer.writerows([row[column] for column in order] for row in PUBLISHED[1:])
    assert providers_of(text.getvalue().encode(encoding)) == fixture("register-48-columns.csv")


# The real files, where TRELLIS_PUBLIC_DATA names a folder that holds them.


@pytest.mark.parametrize(
    ("name", "count", "columns"),
    [
        ("providers-2021-08-31-part-01.csv", 4_999, 48),
        ("providers-2021-08-31-part-09.csv", 5_000, 48),
        ("providers-sample.csv", 7, 47),
        ("providers-sample-with-updates.csv", 7, 47),
        ("childminder-agencies-2021-08-31.csv", 9, 12),
        ("childminder-agencies-2022-03-31.csv", 7, 13),
    ],
)
def test_the_real_register(name: str, count: int, columns: int) -> None:
    path = Path(os.environ.get("TRELLIS_PUBLIC_DATA", "/nowhere"), "ofsted", name)
    if not path.is_file():
        return
    with path.open("rb") as file:
        reader = read_register(file)
        rows = list(reader)
    assert len(reader.headings) == columns
    assert len(rows) == count
    providers = [row for row in rows if isinstance(row, ProviderRow)]
    assert len(providers) == count
    assert {row.authority_name for row in providers if not row.authority_code} <= {"Cumbria", ""}
    assert all(row.name or row.redacted for row in providers)
    assert sum(row.kind == "other" for row in providers) < 40
