"""Forms as other programs save them, and files that only look like forms."""

from __future__ import annotations

import time
import zipfile
import zlib
from base64 import urlsafe_b64encode
from copy import deepcopy
from datetime import date, timedelta
from io import BytesIO

import docx
import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.reviewing import rating, say
from trellis.core.dates import day
from trellis.core.models import AuditEvent
from trellis.review.jobs import tidy_forms
from trellis.review.models import Action, FilledForm
from trellis.review.rules.filled_form import day_said, tick_said
from trellis.review.takeaway import form_docx, form_xlsx
from trellis.review.takeaway.excel_in import read_xlsx
from trellis.review.takeaway.marks import Mark, found_in, written
from trellis.review.takeaway.shape import FormToFill, PlanEntry, StatementEntry, as_in_a_form
from trellis.review.takeaway.word_in import read_docx
from trellis.review.tests.filled_forms import (
    HEADINGS,
    accept,
    fill_word,
    form_read,
    saved,
    sent,
    taken,
    ticks,
    with_cells,
    with_plan,
    words,
    workbook,
)
from trellis.review.tests.test_setting_file import Steps

CHOICE, NOTES = "How well is it in place?", "Notes"


def saved_elsewhere(content: bytes, *, without: set[str]) -> bytes:
    """A workbook as another program may save it: new sheets of text, rows the other way round, columns taken out."""
    into = openpyxl.Workbook()
    into.remove(into.active)
    for number, sheet in enumerate(workbook(content).worksheets):
        rows = [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        if len(rows) > HEADINGS + 10:
            left = [at for at, heading in enumerate(rows[HEADINGS - 1]) if heading not in without]
            rows = [[row[at] for at in left] for row in [*rows[:HEADINGS], *reversed(rows[HEADINGS:])]]
        copy = into.create_sheet(f"Tabelle{number + 1}")
        for row in rows:
            copy.append(row)
    return saved(into)


def unboxed(content: bytes) -> bytes:
    """A Word file as a program saves it that knows no boxes: their words stay, and hidden text shows in pieces."""
    file = docx.Document(BytesIO(content))
    for field in list(file.element.body.iter(qn("w:sdt"))):
        for inside in list(field.find(qn("w:sdtContent"))):
            field.addprevious(inside)
        field.getparent().remove(field)
    for text in list(file.element.body.iter(qn("w:t"))):
        if (text.text or "").startswith("trellis-form"):
            run = text.getparent()
            pieces = [text.text[at : at + 60] for at in range(0, len(text.text), 60)]
            for piece in pieces[1:]:
                more = deepcopy(run)
                next(more.iter(qn("w:t"))).text = f"{piece}\n"
                run.getparent().append(more)
            text.text = pieces[0]
    return saved(file)


@pytest.mark.django_db
def test_a_form_saved_by_other_programs_is_read(cast, half, browse):
    content = with_cells(taken(browse, cast.amara, half.round), ("A2", CHOICE, "Partly in place"))
    content = with_plan(content, "A2", what="Ask the cook", due=date(2027, 3, 5))
    content = saved_elsewhere(content, without={"Area", "Statement", "If it does not apply, why", "Why?"})
    form = form_read(browse, cast.amara, half.round, content)
    page = browse(cast.amara).get(form.get_absolute_url())
    assert list(ticks(page).values()) == [True, True], words(page)
    assert "could not be read" not in words(page)
    accept(browse, cast.amara, form)
    assert rating(half.round, "A2").level.code == "partly"
    assert Action.objects.get(what="Ask the cook").due_on == date(2027, 3, 5)


@pytest.mark.django_db
def test_a_word_form_saved_by_other_programs_is_read(cast, half, browse):
    content = taken(browse, cast.amara, half.round, "docx")
    content = unboxed(fill_word(content, ("A2", CHOICE, "Secure"), ("A2", NOTES, "On Monday")))
    form = form_read(browse, cast.amara, half.round, content, "Form.docx")
    page = browse(cast.amara).get(form.get_absolute_url())
    assert ticks(page) == {"A2": True}, words(page)
    accept(browse, cast.amara, form)
    assert rating(half.round, "A2").notes == "On Monday"


def with_part(content: bytes, name: str, change) -> bytes:
    """A packed file with one part changed."""
    into = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            part = old.read(each)
            new.writestr(each, change(part) if each == name else part)
    return into.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "'
    + b"ha" * 1000
    + b'"><!ENTITY b "'
    + b"&a;" * 1000
    + b'"><!ENTITY c "'
    + b"&b;" * 1000
    + b'">]><z>&c;</z>'
)
HARM = {
    "a bomb": ("xlsx", "xl/worksheets/sheet1.xml", lambda part: part + b" " * 32_000_000, "unpacks to far more"),
    "half a sheet": ("xlsx", "xl/worksheets/sheet1.xml", lambda part: part[:900], "The file cannot be read"),
    "many laughs": ("xlsx", "xl/sharedStrings.xml", lambda part: LAUGHS, "The file cannot be read"),
    "many laughs in Word": ("docx", "word/document.xml", lambda part: LAUGHS, "The file cannot be read"),
    "no mark": ("docx", "word/document.xml", lambda part: part.replace(b"trellis-form-1", b"x"), "not a form that was"),
    "a broken mark": (
        "docx",
        "word/document.xml",
        lambda part: part.replace(b"trellis-form-1:eN", b"trellis-form-1:eM"),
        "not a form that was",
    ),
}


@pytest.mark.django_db
def test_what_only_looks_like_a_form_is_refused_in_words(cast, half, browse):
    forms = {kind: taken(browse, cast.amara, half.round, kind) for kind in ("xlsx", "docx")}
    for name, (kind, part, change, sentence) in HARM.items():
        harmful = with_part(forms[kind], part, change)
        assert harmful != forms[kind], name
        began = time.monotonic()
        page = sent(browse, cast.amara, half.round, harmful, f"Form.{kind}")
        assert sentence in words(page), name
        assert time.monotonic() - began < 30, name
    assert not FilledForm.objects.exists()


@pytest.mark.django_db
def test_a_sheet_that_claims_a_million_rows_is_read_as_far_as_a_form_goes(cast, half, browse):
    book = workbook(with_cells(taken(browse, cast.amara, half.round), ("A2", CHOICE, "Secure")))
    book["Statements"].cell(1_048_576, 16_384).value = "far away"
    began = time.monotonic()
    form = form_read(browse, cast.amara, half.round, saved(book))
    assert time.monotonic() - began < 30
    assert ticks(browse(cast.amara).get(form.get_absolute_url())) == {"A2": True}


@pytest.mark.django_db
def test_a_formula_is_text_on_the_way_out_and_nothing_on_the_way_in(cast, half, browse):
    say(half.round, "A2", "secure", cast.amara, notes='=HYPERLINK("http://evil.example")')
    book = workbook(taken(browse, cast.amara, half.round))
    cell = next(cell for row in book["Statements"].iter_rows() for cell in row if str(cell.value).startswith("=H"))
    assert cell.data_type == "s"


@pytest.mark.django_db
def test_what_a_form_says_is_forgotten_after_a_while(cast, half, browse):
    form = form_read(
        browse, cast.amara, half.round, with_cells(taken(browse, cast.amara, half.round), ("A2", CHOICE, "Secure"))
    )
    tidy_forms(Steps(cast.amara.acting))
    assert "Written" not in words(browse(cast.amara).get(form.get_absolute_url()))
    assert ticks(browse(cast.amara).get(form.get_absolute_url())) == {"A2": True}
    FilledForm.objects.update(read_at=timezone.now() - timedelta(days=61))
    tidy_forms(Steps(cast.amara.acting))
    form.refresh_from_db()
    assert form.content == {}
    assert "has been removed" in words(browse(cast.amara).get(form.get_absolute_url()))
    assert AuditEvent.objects.get(verb="form.emptied").chain == str(cast.amara.organisation.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("filled_form_kind_is_known", {"kind": "exe"}),
        ("filled_form_emptied_has_no_content", {"emptied_at": timezone.now()}),
    ],
)
def test_the_database_keeps_forms_true(cast, half, name, change):
    said = {"kind": "xlsx", "name": "Form.xlsx", "sha256": "0" * 64, "content": {"mark": None}}
    form = FilledForm.objects.create(round=half.round, read_by=cast.amara.user, **said)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        FilledForm.objects.filter(pk=form.pk).update(**change)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_understood_as_people_and_programs_write_it(on):
    serial = str((on - date(1899, 12, 30)).days)
    ways = [day(on), on.isoformat(), f"{on:%d/%m/%Y}", f"{on.day}.{on.month}.{on.year}", f"{on:%d %b %Y}", serial]
    assert {way: day_said(way).value for way in ways} == dict.fromkeys(ways, on)


codes = st.text("ABCDEF0123456789", min_size=1, max_size=5)
marks = st.builds(
    Mark,
    round=st.uuids().map(str),
    framework=st.text(max_size=40),
    blank=st.booleans(),
    made=st.dates().map(str),
    statements=st.dictionaries(codes, st.integers(0, 10_000), max_size=60),
    actions=st.dictionaries(codes, st.tuples(st.uuids().map(str), st.integers(1, 10_000)), max_size=60),
)


@given(marks, st.integers(1, 200))
def test_a_mark_is_found_again_whatever_lines_it_is_broken_into(mark, every):
    text = written(mark)
    broken = "\n ".join(text[at : at + every] for at in range(0, len(text), every))
    assert found_in(f"Before {broken} after") == mark


@given(st.text(), st.binary(max_size=50))
def test_anything_else_is_no_mark(text, packed):
    assert found_in(text) is None
    assert found_in(f"trellis-form-1:{urlsafe_b64encode(packed).decode()}:00000000") is None


def test_a_mark_that_unpacks_to_far_too_much_is_none():
    packed = zlib.compress(b" " * 10_000_000)
    assert found_in(f"trellis-form-1:{urlsafe_b64encode(packed).decode()}:{zlib.crc32(packed):08x}") is None


texts = st.text(max_size=120)
said = st.fixed_dictionaries({"notes": texts, "reason": texts, "unsure": st.booleans()})


@settings(max_examples=25)
@example(
    [{"notes": f"trellis-form-1:abc:{n:08}", "reason": "_x0041_ =1+1", "unsure": True} for n in range(20)],
    "'a",
    date(2027, 3, 5),
)
@given(st.lists(said, min_size=20, max_size=20), texts, st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_whatever_people_write_comes_back_as_it_went_out(entries, what, due):
    statements = [StatementEntry("A", f"A{n}", "Words", statutory=False, **each) for n, each in enumerate(entries)]
    plan = [PlanEntry("A1", "Words", "P1", {"what": what, "why": what, "due_on": due})]
    mark = Mark("r", "f", blank=False, made="2027-03-05", statements={"A1": 3}, actions={"P1": ("x", 1)})
    form = FormToFill(
        title="Form",
        setting="Bramble Lane",
        period="Spring",
        source="Ours",
        alone=False,
        mark=mark,
        choices=["Secure"],
        meanings=[],
        owners=[],
        statements=statements,
        plan=plan,
        areas={"A": "Leadership"},
    )
    for read, content in ((read_xlsx, form_xlsx(form, due)), (read_docx, form_docx(form, due))):
        back = read(BytesIO(content))
        assert back.mark == mark
        assert [row["code"] for row in back.statements] == [entry.code for entry in statements]
        for row, entry in zip(back.statements, statements, strict=True):
            for name in ("notes", "reason"):
                assert as_in_a_form(row[name]) == as_in_a_form(getattr(entry, name)), name
            assert (tick_said(row["unsure"]).value or False) is entry.unsure
        row = next(row for row in back.plan if row.get("number") == "P1")
        assert as_in_a_form(row["what"]) == as_in_a_form(what)
        assert day_said(row["due_on"]).value == due
