"""The first minute of a new installation."""

from __future__ import annotations

import pytest
from django.urls import reverse

from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.organisations.actions.start import start_installation
from trellis.organisations.models import LocalAuthority, Membership, OrganisationKind, Region

ME = {
    "name": "Yusuf Demir",
    "email": "Yusuf@example.org",
    "password": "three unrelated words",
    "organisation": "Willow Corner",
    "kind": "sessional",
}


@pytest.fixture
def fenwickshire(db):
    region = Region.objects.create(code="E12000099", name="Midshires region")
    return LocalAuthority.objects.create(code="E99000001", name="Fenwickshire", region=region)


def test_the_first_person_starts_in_a_minute(client, db):
    assert "Nobody is here yet." in client.get("/start").content.decode()
    assert client.post("/start", ME).url == reverse("home")
    roles = Membership.objects.order_by("since").values_list("role", "organisation__name", "organisation__setting_kind")
    assert list(roles) == [
        (Role.MANAGER, "Willow Corner", "sessional"),
        (Role.SYSTEM_ADMINISTRATOR, "The people who run this installation", ""),
    ]
    page = client.get("/account").content.decode()
    assert "Owner or manager, Willow Corner" in page
    assert client.get("/people").url == reverse("second_step")
    chain = str(Membership.objects.get(role=Role.MANAGER).organisation_id)
    assert list(AuditEvent.objects.of_chain(chain).values_list("verb", flat=True)) == [
        "organisation.made",
        "membership.began",
    ]


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("childminder", Role.CHILDMINDER),
        ("nursery_class", Role.MANAGER),
        ("group", Role.GROUP_OVERVIEW),
        ("authority", Role.AUTHORITY_LEAD),
    ],
)
def test_what_the_first_person_is(client, fenwickshire, kind, role):
    client.post("/start", ME | {"kind": kind, "authority": fenwickshire.pk})
    first = Membership.objects.order_by("since").first()
    assert first.role == role
    assert (first.organisation.authority == fenwickshire) is (kind == "authority")


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"name": ""}, "Enter your full name"),
        ({"email": "yusuf"}, "Enter an e-mail address such as"),
        ({"password": "yusufdemir"}, "less like your name"),
        ({"organisation": " "}, "Enter the name of your organisation"),
        ({"kind": ""}, "Choose what it is"),
        ({"kind": "authority"}, "Choose the local authority"),
    ],
)
def test_what_is_missing_is_said(client, db, answers, sentence):
    assert sentence in client.post("/start", ME | answers).content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_once_there_is_somebody_the_page_is_gone(client, cast, method):
    assert getattr(client, method)("/start", ME).status_code == 404
    with pytest.raises(Refused):
        start_installation(
            name="Yusuf Demir",
            email="yusuf@example.org",
            password="three unrelated words",
            organisation_name="Willow Corner",
            kind=OrganisationKind.GROUP,
        )
