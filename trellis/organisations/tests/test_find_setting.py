"""The page that finds a setting in the register."""

from __future__ import annotations

import pytest
from django.urls import reverse

from trellis.organisations.models import Organisation, Provider
from trellis.organisations.tests.registers import CHILDMINDER, NURSERY, a_file, imported, nurseries

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(cast):
    imported(a_file(NURSERY, CHILDMINDER))


def find(browser, text: str, **query: str) -> str:
    return browser.get(reverse("find_setting"), {"q": text} | query).content.decode()


def test_before_anything_is_typed_it_asks_what_to_look_for(cast, register, browse):
    page = browse(cast.leila).get(reverse("find_setting")).content.decode()
    assert "Name, postcode or provider number" in page
    assert "Rosewood" not in page
    assert "Nothing found" not in page


def test_a_setting_is_shown_with_where_it_is_and_whether_it_uses_trellis(cast, register, browse):
    amara = browse(cast.amara)
    page = find(amara, "rosewod")
    for shown in ("Rosewood Nursery", "Full day care", "Leeds LS99 9ZA", "EY900001", "Ask for it"):
        assert shown in page
    provider = Provider.objects.get(number="EY900001")
    Organisation.objects.create(name="Rosewood", kind="setting", setting_kind="full_day_care", provider=provider)
    assert "Ask for it" not in find(amara, "rosewood")


def test_somebody_whose_name_is_not_published_is_shown_by_kind_and_number(cast, register, browse):
    page = find(browse(cast.megan), "EY900002")
    assert page.count("Childminder") >= 2
    assert "Not published" in page


def test_a_close_match_says_so(cast, register, browse):
    assert "Nothing is called exactly that" in find(browse(cast.amara), "rosewood preschool")


def test_nothing_found_says_what_to_do(cast, register, browse):
    page = find(browse(cast.amara), "xyzzy")
    assert "Nothing found" in page
    assert reverse("claim_new_setting") in page


def test_whoever_has_left_the_register_is_shown_as_such(cast, register, browse):
    imported(a_file(CHILDMINDER), complete=True)
    assert "No longer in the register since" in find(browse(cast.amara), "rosewood")


@pytest.mark.parametrize(("who", "sees"), [("daniel", "Ask for it"), ("sam", "Invite"), ("ruth", "Ask for it")])
def test_those_who_look_after_it_can_invite_it(cast, register, browse, who, sees):
    """Leeds is not the authority of Daniel and Ruth, and Ruth invites nobody."""
    page = find(browse(getattr(cast, who)), "rosewood")
    assert f">{sees}<" in page


def test_a_lead_can_invite_a_setting_of_the_authority(cast, register, browse):
    Provider.objects.update(authority_id="E99000001")
    assert ">Invite<" in find(browse(cast.daniel), "rosewood")
    assert ">Ask for it<" in find(browse(cast.ruth), "rosewood")


def test_a_long_answer_is_paged_and_asks_no_more_of_the_database(cast, browse, django_assert_max_num_queries):
    imported(a_file(*nurseries(60)))
    amara = browse(cast.amara)
    with django_assert_max_num_queries(7):
        page = find(amara, "nursery")
    assert page.count("Ask for it") == 25
    assert "page=2" in page
    assert find(amara, "nursery", page="3").count("Ask for it") == 10


def test_a_text_that_is_far_too_long_is_refused_in_words(cast, register, browse):
    assert "Type at most 200 characters" in find(browse(cast.amara), "rosewood " * 50)
