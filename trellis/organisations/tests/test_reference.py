"""Regions and authorities come into the database from the reference data, once."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from trellis.core.audit import System
from trellis.core.models import AuditEvent
from trellis.organisations.actions.reference import load_reference
from trellis.organisations.models import LocalAuthority, Region

pytestmark = pytest.mark.django_db
BY = System("A test")


def test_regions_authorities_and_what_replaced_former_ones():
    load_reference(by=BY)
    assert Region.objects.count() == 9
    assert LocalAuthority.objects.of_today().count() == 153
    cumbria = LocalAuthority.objects.get(name="Cumbria")
    assert (cumbria.closed_on, cumbria.region.name) == (date(2023, 3, 31), "North West")
    assert sorted(each.name for each in cumbria.replaced_by.all()) == ["Cumberland", "Westmorland and Furness"]


def test_a_second_time_changes_and_records_nothing():
    assert load_reference(by=BY) > 160
    assert load_reference(by=BY) == 0
    assert [event.verb for event in AuditEvent.objects.all()] == ["reference.loaded"]


def test_what_differs_is_brought_up_to_date_and_recorded():
    load_reference(by=BY)
    LocalAuthority.objects.filter(code="E06000023").update(name="Bristle", dfe_code="")
    assert load_reference(by=BY) == 1
    bristol = LocalAuthority.objects.get(code="E06000023")
    assert (bristol.name, bristol.dfe_code) == ("Bristol, City of", "801")
    assert AuditEvent.objects.newest_first()[0].change["authorities"] == ["E06000023"]


def test_the_command_says_what_it_did(capsys):
    call_command("load_reference")
    call_command("load_reference")
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("added or changed.")
    assert second == "Regions and authorities are up to date."


def test_two_authorities_of_today_cannot_have_the_same_name():
    load_reference(by=BY)
    with (
        pytest.raises(
            IntegrityError, match=r"authority_name_unique_among_those_of_today|organisations_localauthority\.name"
        ),
        transaction.atomic(),
    ):
        LocalAuthority.objects.create(code="E99999999", name="Leeds", region_id="E12000003")
