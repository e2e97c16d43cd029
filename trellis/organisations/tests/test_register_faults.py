"""What is not a register is refused with what was missing; what cannot be read is rejected with line and reason."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from trellis.organisations.register import NotARegister, ProviderRow, RejectedRow, read_register

HEADINGS = "Provider URN,Provider name,Provider type,Registration date,Places\n"


def read(text: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The provider numbers that were taken, and the line and reason of each row that was not."""
    rows = list(read_register(io.BytesIO(text.encode())))
    taken = [row.provider_number for row in rows if isinstance(row, ProviderRow)]
    return taken, [(row.line, row.reason) for row in rows if isinstance(row, RejectedRow)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Otters,Childminder,,6", "Provider number is missing"),
        ("REDACTED,Otters,Childminder,,6", "Provider number is missing"),
        ("none yet,Otters,Childminder,,6", "“none yet” is not a provider number"),
        ("EY-12,Otters,Childminder,,6", "“EY-12” is not a provider number"),
        ("900101,Otters,Childminder,31/02/2019,6", "The date 31/02/2019 does not exist"),
        ("900101,Otters,Childminder,2019-13-01,6", "The date 2019-13-01 does not exist"),
        ("900101,Otters,Childminder,24/10/83,6", "“24/10/83” is not a date such as 24/10/1983"),
        ("900101,Otters,Childminder,soon,6", "“soon” is not a date such as 24/10/1983"),
        ("900101,Otters,Childminder,,many", "The number of places “many” is not a number"),
        ("900101,Otters,Childminder,,-6", "The number of places “-6” is not a number"),
        ("900101,Otters,Childminder,,999999999", "999,999,999 places cannot be right"),
        ("900101,Otters", "This row has 2 columns where the headings have 5"),
        ("Source: Ofsted", "This row has 1 column where the headings have 5"),
        ("900101,Otters,Childminder,,6,more", "This row has 6 columns where the headings have 5"),
        (f"900101,{'x' * 256},Childminder,,6", "The name is longer than 255 characters"),
        (f"900101,{'x' * 100_001},Childminder,,6", "This line is longer than 100,000 characters"),
        ("900101,Ott\0ers,Childminder,,6", "This line holds characters that are not text"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_and_the_next_is_taken(row: str, reason: str) -> None:
    taken, rejected = read(f"{HEADINGS}{row}\n900199,Foxes,Childminder,,6\n")
    assert rejected == [(2, reason)]
    assert taken == ["900199"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("24/10/1983", "1983-10-24"),
        ("4/1/1983", "1983-01-04"),
        ("24-10-1983", "1983-10-24"),
        ("1983-10-24", "1983-10-24"),
        ("1983-10-24T00:00:00", "1983-10-24"),
        ("24/10/1983 00:00", "1983-10-24"),
        ("24 October 1983", "1983-10-24"),
        ("24-Oct-1983", "1983-10-24"),
        ("", "None"),
        ("-", "None"),
        ("NULL", "None"),
    ],
)
def test_dates_as_they_are_published(text: str, iso: str) -> None:
    (row,) = read_register(io.BytesIO(f"{HEADINGS}900101,Otters,Childminder,{text},6\n".encode()))
    assert isinstance(row, ProviderRow)
    assert str(row.registered_on) == iso


def test_a_number_that_stands_twice_is_taken_once() -> None:
    rows = list(read_register(io.BytesIO(f"{HEADINGS}ey900101,Otters,,,\nEY900101,Otters,,,\n".encode())))
    assert rows[1] == RejectedRow(3, "This provider number was already on line 2", "EY900101")


def test_a_rejected_row_does_not_keep_a_later_good_one_out() -> None:
    taken, rejected = read(f"{HEADINGS}900101,Otters,,31/02/2019,\n900101,Otters,,28/02/2019,\n")
    assert (taken, len(rejected)) == (["900101"], 1)


def test_a_rejection_names_the_provider_where_it_can() -> None:
    (row,) = read_register(io.BytesIO(f"{HEADINGS}900101,Otters,Childminder,soon,\n".encode()))
    assert isinstance(row, RejectedRow)
    assert row.provider_number == "900101"


@pytest.mark.parametrize("rows_after", [1, 10, 200])
def test_a_quotation_mark_gone_astray_costs_one_row(rows_after: int) -> None:
    after = "".join(f"91{number:04},Foxes,Childminder,,6\n" for number in range(rows_after))
    taken, rejected = read(f'{HEADINGS}900101,"Otters,Childminder,,6\n{after}')
    assert rejected == [(2, "A quotation mark is opened on this line and never closed")]
    assert len(taken) == rows_after


def test_a_quotation_mark_that_a_later_one_closes_costs_one_row() -> None:
    taken, rejected = read(
        f'{HEADINGS}900101,"Otters,Childminder,,6\n900102,Foxes,,,\n900103,"Hares, Rabbits",,,\n900104,Voles,,,\n'
    )
    assert [line for line, _ in rejected] == [2]
    assert taken == ["900102", "900103", "900104"]


def test_a_value_of_two_megabytes_costs_one_row_and_little_memory() -> None:
    content = f"{HEADINGS}900101,{'x' * 2_000_000},,,\n900102,Foxes,,,\n".encode()
    read(HEADINGS + "900101,Otters,,,")  # what is loaded once does not count
    tracemalloc.start()
    rows = list(read_register(io.BytesIO(content)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [type(row) for row in rows] == [RejectedRow, ProviderRow]
    assert [row.line for row in rows] == [2, 3]
    assert peak < 1_000_000


def test_a_value_of_two_megabytes_in_quotes_over_many_lines_costs_its_lines_only() -> None:
    lines = "\n".join("x" * 200 for _ in range(10_000))
    taken, rejected = read(f'{HEADINGS}900101,"{lines}",,,\n900102,Foxes,,,\n')
    assert taken == ["900102"]
    assert rejected[0] == (2, "A quotation mark is opened on this line and never closed")


def test_headings_alone_are_a_register_of_nobody() -> None:
    assert read(HEADINGS) == ([], [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This file is empty"),
        (b"\n\n  \n,,\n", "This file is empty"),
        (b"\xef\xbb\xbf", "This file is empty"),
        (
            b"code,name\nE06000001,Hartlepool\n",
            "This file has no column for the provider number (such as “Provider URN”); "
            "its headings are: “code”, “name”",
        ),
        (
            b"Provider URN,Postcode\n900101,LS99 9ZA\n",
            "This file has a column for the provider number but none for the provider’s name or type; "
            "its headings are: “Provider URN”, “Postcode”",
        ),
        (
            b"URN,Name\n100001,Hill School\n",
            "This file has no column that says it is about childcare providers (such as “Provider URN” or "
            "“Provider name”); its headings are: “URN”, “Name”",
        ),
        (b"PK\x03\x04\0\0", "This is an Excel workbook or a zip file; open it and save the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1", "This is an old Excel workbook; open it and save the sheet as CSV"),
        (b"%PDF-1.7\n", "This is a PDF file, not a CSV file"),
        (b"<!DOCTYPE html><html>", "This is a web page, not a CSV file"),
        ("Provider URN".encode("utf-16"), "This file is saved as Unicode text (UTF-16); save it as CSV UTF-8"),
        (
            b"\0\0\0\n",
            "This file does not begin as a register does. This line holds characters that are not text",
        ),
        (
            b"x" * 200_000,
            "This file does not begin as a register does. This line is longer than 100,000 characters",
        ),
    ],
)
def test_what_is_not_a_register_is_told_what_was_missing(content: bytes, message: str) -> None:
    with pytest.raises(NotARegister) as refusal:
        read_register(io.BytesIO(content))
    assert str(refusal.value) == message


def test_of_many_headings_a_dozen_are_named() -> None:
    content = ",".join(f"column {number}" for number in range(20)).encode()
    with pytest.raises(NotARegister, match=r"“column 11” and 8 more$"):
        read_register(io.BytesIO(content))


def test_a_line_that_cannot_be_read_after_the_headings_is_on_its_own_line() -> None:
    taken, rejected = read(f"Childcare providers\n{HEADINGS}\0\n900101,Otters,,,\n{'x' * 150_000}\n")
    assert taken == ["900101"]
    assert [line for line, _ in rejected] == [3, 5]
