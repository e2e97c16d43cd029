"""Every kind of field, empty and with a mistake: labels, ids, descriptions, and a summary that leads to it."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup, Tag
from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.catalogue import CatalogueForm, form_with_mistakes
from trellis.core.forms import Checkboxes, DateField, Radios, TypedDate, error_links
from trellis.core.forms.dates import MONTHS, date_typed

IN_TEN_YEARS = timezone.localdate().year + 10
NAMES = [name for name in CatalogueForm.base_fields if name != "token"]


def drawn(form: forms.BaseForm) -> BeautifulSoup:
    return BeautifulSoup(str(form), "html5lib")


def one(soup: Tag, selector: str) -> Tag:
    found = soup.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


def control_of(form: forms.BaseForm, name: str) -> Tag:
    """The control of a field, or the first of several."""
    return drawn(form).select(f'[name="{name}"], [name="{name}-day"]')[0]


@pytest.mark.parametrize("name", NAMES)
def test_every_field_has_words_for_its_controls(name: str) -> None:
    soup = drawn(CatalogueForm())
    for control in soup.select(f'[name="{name}"], [name^="{name}-"]'):
        label = one(soup, f'label[for="{control["id"]}"]')
        assert label.get_text(strip=True)


@pytest.mark.parametrize("name", NAMES)
def test_every_hint_and_mistake_describes_its_control_or_fieldset(name: str) -> None:
    form = form_with_mistakes()
    soup = drawn(form)
    group = one(soup, f"#id_{name}, #id_{name}_0").find_parent(class_="govuk-form-group")
    assert isinstance(group, Tag)
    described = " ".join(str(each["aria-describedby"]) for each in group.select("[aria-describedby]")).split()
    for kind in ("hint", "error"):
        if soup.select(f"#id_{name}-{kind}"):
            assert f"id_{name}-{kind}" in described
    assert all(soup.select(f'[id="{target}"]') for target in described)
    assert bool(soup.select(f"#id_{name}-error")) == (name in form.errors)


def test_every_mistake_of_the_summary_leads_to_a_control_that_is_there() -> None:
    form = form_with_mistakes()
    soup = drawn(form)
    links = error_links(form)
    assert len(links) == len(form.errors)
    for link in links:
        assert one(soup, f'[id="{link.target}"]').name in {"input", "select", "textarea"}
        assert link.text in soup.get_text()


def test_a_mistake_is_announced_as_an_error() -> None:
    error = one(drawn(form_with_mistakes()), "#id_email-error")
    assert error.get_text(" ", strip=True) == "Error: Enter an e-mail address, such as name@example.org"
    assert control_of(form_with_mistakes(), "email")["aria-invalid"] == "true"


def test_what_was_typed_is_kept() -> None:
    soup = drawn(form_with_mistakes())
    assert one(soup, "#id_email")["value"] == "amara at example"
    assert one(soup, "#id_start-month")["value"] == "February"
    assert one(soup, "#id_notes").get_text().startswith("word word")


def test_a_password_is_never_sent_back() -> None:
    form = CatalogueForm({"password": "correct horse battery"})
    assert "correct horse" not in str(form)
    assert control_of(form, "password")["autocomplete"] == "new-password"


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("name", {"type": "text"}),
        ("email", {"type": "email", "autocomplete": "email", "spellcheck": "false"}),
        ("password", {"type": "password"}),
        ("hours", {"type": "text", "inputmode": "numeric"}),
        ("cost", {"type": "text", "inputmode": "decimal"}),
        ("paper", {"type": "file"}),
        ("kind", {"type": "radio"}),
        ("ages", {"type": "checkbox"}),
        ("agree", {"type": "checkbox"}),
    ],
)
def test_a_phone_shows_the_right_keyboard(name: str, attributes: dict[str, str]) -> None:
    control = control_of(CatalogueForm(), name)
    assert {key: control.get(key) for key in attributes} == attributes


def test_nothing_is_cut_or_refused_by_the_browser() -> None:
    for control in drawn(CatalogueForm()).select("input, textarea, select"):
        assert not {"maxlength", "min", "max", "step", "required"} & set(control.attrs)


def test_units_stand_beside_the_control() -> None:
    soup = drawn(CatalogueForm())
    assert one(soup, ".govuk-input__suffix").get_text(strip=True) == "hours"
    assert one(soup, ".govuk-input__prefix").get_text(strip=True) == "£"
    assert "suffix" not in one(soup, "#id_hours").attrs


def test_a_count_says_its_limit_without_a_script() -> None:
    soup = drawn(CatalogueForm())
    assert one(soup, "#id_notes-info").get_text(strip=True) == "You can enter up to 200 characters"
    assert "id_notes-info" in str(one(soup, "#id_notes")["aria-describedby"])


def test_choices_stand_in_a_fieldset_with_the_question() -> None:
    soup = drawn(CatalogueForm())
    fieldset = one(soup, "#id_kind_0").find_parent("fieldset")
    assert isinstance(fieldset, Tag)
    assert one(fieldset, "legend").get_text(strip=True) == "Which kind of setting is it?"
    assert one(soup, f"#{one(soup, '#id_kind_0')['aria-describedby']}").get_text() == "Open all day, most of the year."


def test_a_choice_holds_the_question_that_it_opens_and_only_there() -> None:
    soup = drawn(CatalogueForm())
    opened = one(soup, f"#{one(soup, '#id_kind_2')['data-reveals']}")
    assert one(opened, "#id_kind_other")
    assert len(soup.select("#id_kind_other")) == 1


def test_what_was_chosen_is_chosen() -> None:
    soup = drawn(CatalogueForm(initial={"kind": "sessional", "ages": ["0", "3"], "agree": True, "region": "south"}))
    ticked = {str(box["id"]) for box in soup.select("input[checked]")}
    assert ticked == {"id_kind_1", "id_ages_0", "id_ages_2", "id_agree"}
    assert one(soup, "option[selected]")["value"] == "south"


def test_an_empty_choice_is_a_word_in_a_list_and_no_radio_button() -> None:
    class Region(forms.Form):
        options = [("", "---------"), ("north", "The north")]
        listed = forms.ChoiceField(choices=options)
        seen = forms.ChoiceField(choices=options, widget=Radios)

    soup = drawn(Region())
    assert [option.get_text() for option in soup.select("option")] == ["Choose one", "The north"]
    assert [str(radio["value"]) for radio in soup.select("input[type=radio]")] == ["north"]


def test_groups_of_choices_keep_their_names() -> None:
    class Place(forms.Form):
        where = forms.ChoiceField(choices=[("Midshires", [("f", "Fenwickshire")]), ("x", "Elsewhere")])

    soup = drawn(Place())
    assert one(soup, "optgroup")["label"] == "Midshires"
    assert len(soup.select("option")) == 2


def test_hidden_fields_have_no_words() -> None:
    assert "govuk" not in str(CatalogueForm()["token"].as_field_group())


def test_a_label_can_be_the_heading_of_a_page_that_asks_one_thing() -> None:
    form = CatalogueForm()
    assert one(BeautifulSoup(form["name"].as_page_heading(), "html5lib"), "h1 > label")["for"] == "id_name"
    assert one(BeautifulSoup(form["kind"].as_page_heading(), "html5lib"), "legend > h1")


def test_what_people_typed_never_becomes_markup() -> None:
    nasty = '"><script>alert(1)</script>'
    form = CatalogueForm(dict.fromkeys(["name", "why", "notes", "start-day", "kind", "region", "hours"], nasty))
    assert "<script>" not in str(form)
    assert control_of(form, "name")["value"] == nasty


def test_a_disabled_field_says_so() -> None:
    class Fixed(forms.Form):
        name = forms.CharField(disabled=True)
        when = DateField(disabled=True)
        kind = forms.ChoiceField(choices=[("a", "A")], widget=Radios, disabled=True)

    assert len(drawn(Fixed()).select("input[disabled]")) == 5


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (forms.CharField(label="Postcode"), "", "Enter postcode"),
        (forms.CharField(label="SENCO’s name"), "", "Enter SENCO’s name"),
        (forms.CharField(label="What went well?"), "", "Answer “What went well?”"),
        (forms.CharField(label="Name", error_messages={"required": "Say who you are"}), "", "Say who you are"),
        (forms.CharField(label="Name", max_length=3), "Amara", "Shorten “Name” to 3 characters: it has 5"),
        (forms.IntegerField(label="Hours"), "six", "“Hours” must be a whole number, such as 12"),
        (forms.IntegerField(label="Hours", max_value=60), "61", "“Hours” must be 60 or less"),
        (forms.DecimalField(label="Cost"), "dear", "“Cost” must be a number, such as 12.5"),
        (forms.ChoiceField(label="Role", choices=[("a", "A")]), "b", "Choose “Role” from what is listed"),
        (forms.ChoiceField(label="Role", choices=[("a", "A")], widget=Radios), "", "Choose role"),
        (forms.MultipleChoiceField(label="Ages", choices=[("a", "A")], widget=Checkboxes), "", "Choose ages"),
        (forms.BooleanField(label="I agree"), "", "Tick “I agree” to go on"),
        (forms.FileField(label="Policy"), "", "Choose policy"),
    ],
)
def test_no_mistake_is_told_in_djangos_words(field: forms.Field, value: str, sentence: str) -> None:
    form = type("One", (forms.Form,), {"it": field})(MultiValueDict({"it": [value] if value else []}))
    assert [link.text for link in error_links(form)] == [sentence]
    assert sentence in drawn(form).get_text()


class WhenForm(forms.Form):
    when = DateField()


def when(day: str = "", month: str = "", year: str = "") -> WhenForm:
    return WhenForm({"when-day": day, "when-month": month, "when-year": year})


@pytest.mark.parametrize(
    ("typed", "sentence", "first_wrong"),
    [
        (("", "", ""), "Enter when", "id_when-day"),
        (("5", "", ""), "Enter the month and the year as well", "id_when-month"),
        (("5", "3", ""), "Enter the year as well", "id_when-year"),
        (("31", "2", "2027"), "Enter a real date: that day does not exist", "id_when-day"),
        (("29", "2", "2027"), "Enter a real date: that day does not exist", "id_when-day"),
        (("5", "13", "2027"), "Enter a real date: the month must be from 1 to 12", "id_when-month"),
        (("5", "3", "27"), "Enter the year in four figures, such as 2027", "id_when-year"),
        (("five", "3", "2027"), "Enter a real date, such as 5 3 2027", "id_when-day"),
        (("5", "Brumaire", "2027"), "Enter a real date, such as 5 3 2027", "id_when-month"),
        (("5", "3", "0000"), "Enter a real date: that year does not exist", "id_when-year"),
        (("5", "3", "1999"), f"Enter a year from 2000 to {IN_TEN_YEARS}", "id_when-year"),
        (("5", "3", "9999"), f"Enter a year from 2000 to {IN_TEN_YEARS}", "id_when-year"),
        (("٥", "3", "2027"), "Enter a real date, such as 5 3 2027", "id_when-day"),
    ],
)
def test_a_date_says_which_box_is_wrong(typed: tuple[str, str, str], sentence: str, first_wrong: str) -> None:
    form = when(*typed)
    assert error_links(form) == [(sentence, first_wrong)]
    assert "govuk-input--error" in one(drawn(form), f"#{first_wrong}")["class"]


@pytest.mark.parametrize(
    "typed", [("5", "3", "2027"), ("05", "03", "2027"), (" 5", "March", "2027 "), ("5", "mar", "2027")]
)
def test_a_date_is_read_as_people_write_it(typed: tuple[str, str, str]) -> None:
    form = when(*typed)
    assert form.is_valid()
    assert form.cleaned_data == {"when": date(2027, 3, 5)}


def test_a_date_that_is_not_needed_may_be_left_out() -> None:
    form = type("Perhaps", (forms.Form,), {"when": DateField(required=False)})({})
    assert form.is_valid()
    assert form.cleaned_data == {"when": None}


def test_a_date_knows_whether_it_changed() -> None:
    same = {"when-day": "05", "when-month": "3", "when-year": "2027"}
    assert not WhenForm(same, initial={"when": date(2027, 3, 5)}).has_changed()
    assert WhenForm(same, initial={"when": date(2027, 3, 6)}).has_changed()


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_date_survives_being_shown_and_typed_again(value: date) -> None:
    assert date_typed(TypedDate.of(value)) == value
    assert date_typed(TypedDate(str(value.day), MONTHS[value.month - 1], str(value.year))) == value


@given(st.text(max_size=6), st.text(max_size=9), st.text(max_size=6))
def test_nothing_that_can_be_typed_breaks_a_date(day: str, month: str, year: str) -> None:
    form = when(day, month, year)
    assert form.is_valid() or error_links(form)


def test_the_summary_takes_several_forms_and_what_concerns_a_whole_form() -> None:
    class Pair(forms.Form):
        first = forms.CharField()

        def clean(self) -> None:
            raise forms.ValidationError("These two do not belong together")

    links = error_links(Pair({}, prefix="a"), Pair({"b-first": "x"}, prefix="b"), None)  # type: ignore[arg-type]
    sentence = "These two do not belong together"
    assert links == [(sentence, ""), ("Enter first", "id_a-first"), (sentence, "")]


def test_the_summary_takes_formsets_and_they_are_drawn_with_what_counts_them() -> None:
    people = formset_factory(CatalogueForm, extra=1, min_num=1, validate_min=True)
    sent = people({"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"})
    assert [link.target for link in error_links(sent)] == [""]
    assert "form-TOTAL_FORMS" in str(people())


def test_a_bare_widget_can_still_be_drawn() -> None:
    assert 'name="name"' in str(CatalogueForm()["name"])


def test_a_widget_that_nobody_foresaw_is_drawn_plainly() -> None:
    class Odd(forms.Form):
        when = forms.DateField(widget=forms.SelectDateWidget(years=[2027]))

    assert one(drawn(Odd()), "label.govuk-label")["for"] == "id_when"
