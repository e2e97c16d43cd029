"""The settings of an authority and every organisation: places, nothing of their work, the same speed with many rows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from trellis.organisations.models import Organisation, Provider

pytestmark = pytest.mark.django_db


def providers(authority, count, first=0, **more):
    Provider.objects.bulk_create(
        [
            Provider(
                number=f"EY{first + n:06}",
                name=f"Nursery {n:04}",
                name_key=f"nursery {n:04}",
                kind="full_day_care" if n % 2 else "sessional",
                authority=authority,
                **more,
            )
            for n in range(count)
        ]
    )


def test_an_authority_sees_the_register_of_its_own_area(cast, browse):
    providers(cast.daniel.organisation.authority, 3)
    providers(cast.idris.organisation.authority, 1, first=500, town="Elsewhere")
    page = browse(cast.daniel).get(reverse("authority_settings")).content.decode()
    assert "Nursery 0002" in page
    assert "Elsewhere" not in page
    assert "Not yet" in browse(cast.ruth).get(reverse("authority_settings")).content.decode()


def test_who_uses_trellis_and_nothing_of_what_they_do(cast, half, browse):
    page = browse(cast.daniel).get(reverse("authority_settings") + "?show=on-trellis").content.decode()
    assert "Bramble Lane Nursery" in page
    assert "Tall Oaks Pre-school" not in page
    assert "Secure" not in page
    assert half.round.period not in page


def test_a_list_is_narrowed(cast, browse):
    providers(cast.daniel.organisation.authority, 4)
    browser, address = browse(cast.ruth), reverse("authority_settings")
    page = browser.get(address + "?kind=sessional").content.decode()
    assert "Nursery 0002" in page
    assert "Nursery 0001" not in page
    assert "EY000003" in browser.get(address + "?name=EY000003").content.decode()
    assert "No setting found" in browser.get(address + "?kind=creche").content.decode()


@pytest.mark.parametrize("query", ["", "?kind=sessional", "?page=2"])
def test_many_rows_ask_no_more_than_few(cast, browse, django_assert_max_num_queries, query):
    providers(cast.daniel.organisation.authority, 3000)
    browser = browse(cast.daniel)
    with django_assert_max_num_queries(5):
        page = browser.get(reverse("authority_settings") + query)
    assert "Next" in page.content.decode()


def test_every_organisation_and_how_many_people(cast, browse, django_assert_max_num_queries):
    Organisation.objects.bulk_create(
        [Organisation(name=f"Setting {n:03}", kind="setting", setting_kind="sessional") for n in range(200)]
    )
    browser = browse(cast.sam)
    with django_assert_max_num_queries(6):
        page = browser.get(reverse("all_organisations") + "?kind=setting").content.decode()
    assert "Bramble Lane Nursery" in page
    assert ">5<" in page
    assert "Setting 150" in browser.get(reverse("all_organisations") + "?name=setting 150").content.decode()
    assert "No organisation found" in browser.get(reverse("all_organisations") + "?name=zzz").content.decode()


def adding(**more):
    return {"kind": "group", "name": "Otter Nurseries", "person": "Rhys Morgan", "email": "rhys@example.org"} | more


def test_the_operator_adds_a_group_and_invites_who_leads_it(cast, browse):
    browse(cast.sam).post(reverse("add_organisation"), adding())
    group = Organisation.objects.get(name="Otter Nurseries")
    assert group.kind == "group"
    assert [(each.email, each.role) for each in group.invitations.all()] == [("rhys@example.org", "group_overview")]


def test_an_authority_is_added_once(cast, browse):
    browser, address = browse(cast.sam), reverse("add_organisation")
    assert "Select the local authority" in browser.post(address, adding(kind="authority")).content.decode()
    known = cast.daniel.organisation.authority_id
    again = browser.post(address, adding(kind="authority", authority=known)).content.decode()
    assert "This local authority is on Trellis already" in again
    assert Organisation.objects.filter(kind="authority").count() == 2
