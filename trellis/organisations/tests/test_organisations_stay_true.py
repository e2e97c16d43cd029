"""What the database refuses of organisations, whatever the code does."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from trellis.organisations.models import Organisation, SettingKind

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("organisation_has_a_name", {"name": ""}),
        ("organisation_kind_is_known", {"kind": "empire", "setting_kind": ""}),
        ("organisation_only_settings_have_a_setting_kind", {"setting_kind": "castle"}),
        ("organisation_only_settings_have_a_setting_kind", {"kind": "group"}),
        ("organisation_authority_says_which", {"kind": "authority", "setting_kind": "", "authority": None}),
        ("organisation_sector_is_known", {"sector": "secret"}),
        ("organisation_only_centres_say_where_to_write", {"contact_phone": "01632 960118"}),
    ],
)
def test_an_organisation_that_cannot_be(cast, constraint, change):
    setting = {
        "name": "Sunny Bank",
        "kind": "setting",
        "setting_kind": SettingKind.SESSIONAL,
        "authority": cast.daniel.organisation.authority,
    }
    assert Organisation.objects.create(**setting).pk
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Organisation.objects.create(**setting | change)


def test_an_authority_is_here_once(cast):
    with (
        pytest.raises(
            IntegrityError, match=r"organisation_one_for_each_authority|organisations_organisation\.authority_id"
        ),
        transaction.atomic(),
    ):
        Organisation.objects.create(
            name="Fenwickshire again", kind="authority", authority=cast.daniel.organisation.authority
        )
