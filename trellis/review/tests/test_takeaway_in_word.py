"""The Word form, and who sees what: the rest of what `test_takeaway` shows for Excel."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from docx.oxml.ns import qn

from tests.reviewing import rating, start
from trellis.review.models import Action, Rating
from trellis.review.tests.filled_forms import (
    accept,
    fill_word,
    form_read,
    taken,
    ticks,
    with_cells,
    with_plan,
    word_cell,
    words,
    workbook,
)

pytestmark = pytest.mark.django_db
CHOICE, NOTES = "How well is it in place?", "Notes"


def test_a_word_form_goes_out_and_comes_back(cast, half, browse):
    content = taken(browse, cast.amara, half.round, "docx")
    content = fill_word(
        content,
        ("A2", CHOICE, "Secure"),
        ("A2", "Not sure?", "☒"),
        ("A2", NOTES, "As said on Monday"),
        ("A2", "New action", "Ask the cook"),
        ("A2", "Due", "5 March 2027"),
        ("C1", "Action P1", "Agree with every family how we tell them"),
    )
    form = form_read(browse, cast.amara, half.round, content, "Form.docx")
    page = browse(cast.amara).get(form.get_absolute_url())
    assert list(ticks(page).values()) == [True, True, True]
    accept(browse, cast.amara, form)
    now = rating(half.round, "A2")
    assert (now.level.code, now.unsure, now.notes) == ("secure", True, "As said on Monday")
    half.action.refresh_from_db()
    assert half.action.what == "Agree with every family how we tell them"
    assert Action.objects.get(what="Ask the cook").due_on == date(2027, 3, 5)


def test_a_word_form_untouched_says_nothing_new(cast, half, browse):
    for what in ("filled", "blank"):
        content = taken(browse, cast.amara, half.round, "docx", what)
        form = form_read(browse, cast.amara, half.round, content, "Form.docx")
        page = browse(cast.amara).get(form.get_absolute_url())
        assert ticks(page) == {}
        assert "could not be read" not in words(page)


def test_words_typed_over_the_list_in_word_are_read_or_told(cast, half, browse):
    content = taken(browse, cast.amara, half.round, "docx", "blank")
    content = fill_word(
        content, ("A2", CHOICE, "secure"), ("A3", CHOICE, "nearly there"), ("A2", NOTES, "By hand"), typed_over=True
    )
    form = form_read(browse, cast.amara, half.round, content, "Form.docx")
    page = browse(cast.amara).get(form.get_absolute_url())
    assert ticks(page) == {"A2": True}
    assert "“nearly there” is no choice here" in words(page)
    assert "A3" in words(page)


def test_the_word_form_has_a_list_to_choose_from(cast, half, browse):
    file = docx.Document(BytesIO(taken(browse, cast.amara, half.round, "docx")))
    cell = word_cell(file, "A2", CHOICE)
    options = [each.get(qn("w:displayText")) for each in cell.iter(qn("w:listItem"))]
    assert options == ["Secure", "Partly in place", "Area for development", "Not yet discussed", "Does not apply"]


def test_the_excel_form_has_lists_to_choose_from_and_prints(cast, half, browse):
    book = workbook(taken(browse, cast.amara, half.round))
    rules = book["Statements"].data_validations.dataValidation
    assert {rule.formula1 for rule in rules} == {"'For Trellis'!$B$1:$B$5", "'For Trellis'!$D$1:$D$2"}
    assert book["For Trellis"].sheet_state == "hidden"
    assert book["Statements"].page_setup.orientation == "landscape"
    assert book["Statements"].print_title_rows == "$5:$5"


def test_a_childminder_is_not_asked_who(cast, framework, browse):
    round = start(cast.megan, framework)
    content = taken(browse, cast.megan, round)
    assert "Who will see to it?" not in [cell.value for cell in workbook(content)["Plan"][5]]
    code = round.ratings.first().statement.code
    accept(browse, cast.megan, form_read(browse, cast.megan, round, with_plan(content, code, what="Ask a parent")))
    assert Action.objects.get(what="Ask a parent").owner == cast.megan.user


def test_nobody_else_sees_a_form(cast, half, browse):
    form = form_read(browse, cast.amara, half.round, taken(browse, cast.amara, half.round))
    for person in (cast.joanna, cast.megan):
        assert browse(person).get(form.get_absolute_url()).status_code == 404
        assert browse(person).get(reverse("on_paper", args=[half.round.pk])).status_code == 404
    assert browse(cast.daniel).get(form.get_absolute_url()).status_code == 403


def test_the_page_asks_little_however_many_statements(cast, full, browse, django_assert_max_num_queries):
    content = taken(browse, cast.amara, full.round)
    codes = Rating.objects.filter(round=full.round).values_list("statement__code", flat=True)
    few = form_read(browse, cast.amara, full.round, with_cells(content, ("A1", NOTES, "New")))
    many = form_read(browse, cast.amara, full.round, with_cells(content, *((code, NOTES, "New") for code in codes)))
    browser = browse(cast.amara)
    for form in (few, many):
        browser.get(form.get_absolute_url())
        with django_assert_max_num_queries(20):
            browser.get(form.get_absolute_url())
    assert len(ticks(browser.get(many.get_absolute_url()))) == len(codes)
