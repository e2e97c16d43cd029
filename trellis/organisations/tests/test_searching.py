"""Finding a provider, however it is typed."""

from __future__ import annotations

import pytest

from trellis.organisations.models import Provider
from trellis.organisations.searching import find_providers
from trellis.organisations.tests.registers import CHILDMINDER, NURSERY, a_file, imported, nurseries

pytestmark = pytest.mark.django_db
PLACES = {
    "EY800001": ("Rosewood Nursery", "Leeds", "LS98 5DT", "Leeds"),
    "EY800002": ("Little Acorns Pre-School", "Kendal", "LA99 9ZD", "Westmorland and Furness"),
    "EY800003": ("St. Mary’s & St. Anne’s Playgroup", "Bristol", "BS99 1AA", "Bristol, City of"),
    "EY800004": ("Chloë’s Crèche", "York", "YO99 1AB", "York"),
    "EY800005": ("Sunbeams Out of School Club", "Hull", "HU99 1AA", "Kingston upon Hull, City of"),
    "EY800006": ("Nursery Rhymes", "Otley", "LS98 6AA", "Leeds"),
    "800007": ("BusyBees Day Nursery", "Ripon", "HG99 1AA", "North Yorkshire"),
    "EY800008": ("K9 Kids", "Ely", "CB99 1AA", "Cambridgeshire"),
}


@pytest.fixture
def register():
    rows = [
        NURSERY | {"Provider URN": number, "Provider name": name, "Provider town": town, "Postcode": postcode}
        | {"Local authority": authority, "Region": ""}
        for number, (name, town, postcode, authority) in PLACES.items()
    ]  # fmt: skip
    imported(a_file(*rows, CHILDMINDER))


def found(text: str) -> list[str]:
    return [str(each) for each in find_providers(text, Provider.objects.all(), {}).page.rows]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rosewood Nursery", "Rosewood Nursery"),
        ("ROSEWOOD", "Rosewood Nursery"),
        ("nursery rosewood", "Rosewood Nursery"),
        ("rosew", "Rosewood Nursery"),
        ("rosewod", "Rosewood Nursery"),
        ("roseowod", "Rosewood Nursery"),
        ("rozewood nursery", "Rosewood Nursery"),
        ("rosewoodnursery", "Rosewood Nursery"),
        ("rose wood", "Rosewood Nursery"),
        ("rosewood leeds", "Rosewood Nursery"),
        ("rosewood nursery limited", "Rosewood Nursery"),
        ("rosewood preschool", "Rosewood Nursery"),
        ("little acorns preschool", "Little Acorns Pre-School"),
        ("little acrons pre school", "Little Acorns Pre-School"),
        ("acorns, little", "Little Acorns Pre-School"),
        ("littleacorns", "Little Acorns Pre-School"),
        ("kendal", "Little Acorns Pre-School"),
        ("st marys and st annes", "St. Mary’s & St. Anne’s Playgroup"),
        ("Saint Mary's", "St. Mary’s & St. Anne’s Playgroup"),
        ("play group bristol", "St. Mary’s & St. Anne’s Playgroup"),
        ("chloes creche", "Chloë’s Crèche"),
        ("sunbeam", "Sunbeams Out of School Club"),
        ("busy bees", "BusyBees Day Nursery"),
        ("k9 kids", "K9 Kids"),
        ("cambridgeshire", "K9 Kids"),
        ("cambrigeshire", "K9 Kids"),
        ("LS98 5DT", "Rosewood Nursery"),
        ("ls985dt", "Rosewood Nursery"),
        ("rosewood ls98 5dt", "Rosewood Nursery"),
        ("hu99", "Sunbeams Out of School Club"),
        ("ey 800004", "Chloë’s Crèche"),
        ("800004", "Chloë’s Crèche"),
        ("EY800007", "BusyBees Day Nursery"),
        ("childminder hertfordshire", "Childminder EY900002"),
        ("EY900002", "Childminder EY900002"),
    ],
)
def test_it_is_found_and_comes_first(register, text, name):
    assert found(text)[:1] == [name]


@pytest.mark.parametrize("text", ["", "  ", "zzzz", "rosewood bristol", "ls98 9zz", "EY000000", "%", "_"])
def test_nothing_is_found_where_nothing_is_meant(register, text):
    assert found(text) == []


def test_what_begins_with_the_words_comes_before_what_only_has_them(register):
    assert found("nursery") == ["Nursery Rhymes", "BusyBees Day Nursery", "Rosewood Nursery"]


def test_an_authority_finds_everything_in_it(register):
    assert found("leeds") == ["Nursery Rhymes", "Rosewood Nursery"]
    assert found("north yorkshire") == ["BusyBees Day Nursery"]


def test_a_close_match_says_that_it_is_one(register):
    assert not find_providers("rosewood", Provider.objects.all(), {}).close
    assert find_providers("rosewood preschool", Provider.objects.all(), {}).close


def test_only_what_is_asked_for_is_searched(register):
    within = Provider.objects.in_authority("E06000014")
    assert not find_providers("rosewood", within, {}).page.rows
    assert len(find_providers("creche", within, {}).page.rows) == 1


def test_a_new_name_is_found_and_the_old_one_is_not(register):
    renamed = NURSERY | {"Provider URN": "EY800001", "Provider name": "Hazelwood Nursery", "Postcode": "LS98 5DT"}
    imported(a_file(renamed))
    assert found("hazelwood") == ["Hazelwood Nursery"]
    assert found("rosewood") == []


def test_a_provider_that_moved_to_another_authority_is_found_there(register):
    moved = NURSERY | {"Provider URN": "EY800004", "Provider name": "Chloë’s Crèche", "Local authority": "Rutland"}
    imported(a_file(moved))
    assert found("rutland") == ["Chloë’s Crèche"]


@pytest.mark.parametrize("text", ["acorn nursery", "nursery", "akorn nursry", "leeds", "acornnursery", "LS1 0ZZ"])
def test_a_search_asks_as_little_of_a_large_register_as_of_a_small_one(text, django_assert_max_num_queries):
    imported(a_file(*nurseries(1500)))
    with django_assert_max_num_queries(12):
        assert found(text)


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("acorn bluebell nursery", 2),  # the words; the providers
        ("acor", 2),
        ("nursery", 2),
        ("leeds", 2),
        ("akorn nursery", 3),  # what comes near to a word that nobody has
        ("acornbluebell", 3),
        ("acorn zyxwv", 2),  # no provider has it, so none is asked for
        ("acorn preschool", 4),  # in the end, without a word
        ("LS1 0ZZ", 1),
        ("EY910007", 1),
    ],
)
def test_what_is_typed_is_looked_up_with_few_questions(text, most, django_assert_num_queries):
    imported(a_file(*nurseries(60)))
    with django_assert_num_queries(most):
        found(text)


def test_what_can_have_no_answer_is_not_asked(django_assert_num_queries):
    imported(a_file(*nurseries(60)))
    with django_assert_num_queries(0):
        assert found(" ") == []


def test_a_word_that_nobody_has_any_more_is_one_that_nobody_has(register):
    renamed = NURSERY | {"Provider URN": "EY800001", "Provider name": "Rosewoods Nursery", "Postcode": "LS98 5DT"}
    imported(a_file(renamed))
    page = find_providers("rosewood nursery leeds", Provider.objects.all(), {})
    assert [str(each) for each in page.page.rows] == ["Rosewoods Nursery"]
    assert not page.close


@pytest.mark.parametrize("text", ["o'brien", "día", "50% off", "a_b", "zzzzzzzz", "ß"])
def test_whatever_letters_are_typed_it_answers(register, text):
    assert found(text) == []


def test_what_is_very_common_is_listed_by_name(monkeypatch):
    monkeypatch.setattr("trellis.organisations.searching.MANY", 10)
    imported(a_file(*nurseries(60), CHILDMINDER))
    names = found("nursery")
    assert (len(names), names) == (25, sorted(names))
    assert found("acorn nursery leeds")[0].startswith("Acorn")
    assert found("nanny") == []
    assert found("childminder") == ["Childminder EY900002"]


def test_later_pages_go_on_where_the_first_ended():
    imported(a_file(*nurseries(60)))
    pages = [find_providers("nursry", Provider.objects.all(), {"page": page}).page.rows for page in ("1", "2", "3")]
    assert [len(rows) for rows in pages] == [25, 25, 10]
    assert len({each.number for rows in pages for each in rows}) == 60
    assert not find_providers("nursry", Provider.objects.all(), {"page": "9"}).page.rows
