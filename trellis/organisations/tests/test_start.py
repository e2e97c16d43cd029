"""The first minute of a new installation."""

from __future__ import annotations

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.core.models import AuditEvent
from trellis.core.operations.starting import start_code, start_link
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
def link(db):
    """Where the first person begins, as it is printed."""
    return urlsplit(start_link()).path


@pytest.fixture
def fenwickshire(db):
    region = Region.objects.create(code="E12000099", name="Midshires region")
    return LocalAuthority.objects.create(code="E99000001", name="Fenwickshire", region=region)


def test_the_first_person_starts_in_a_minute(client, link):
    assert "Nobody is here yet." in client.get(link).content.decode()
    assert client.post(link, ME).url == reverse("home")
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
def test_what_the_first_person_is(client, fenwickshire, link, kind, role):
    client.post(link, ME | {"kind": kind, "authority": fenwickshire.pk})
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
def test_what_is_missing_is_said(client, link, answers, sentence):
    assert sentence in client.post(link, ME | answers).content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_once_there_is_somebody_the_page_is_gone(client, cast, method):
    assert getattr(client, method)("/start", ME).status_code == 404
    assert getattr(client, method)(f"/start/{start_code()}", ME).status_code == 404
    with pytest.raises(Refused, match="has been set up already"):
        start_installation(
            code=start_code(),
            name="Yusuf Demir",
            email="yusuf@example.org",
            password="three unrelated words",
            organisation_name="Willow Corner",
            kind=OrganisationKind.GROUP,
        )


@pytest.mark.parametrize("address", ["/start", "/start/aaaaaaaaaaaaaaaaaaaa"])
def test_nobody_begins_without_the_code(client, db, address):
    client.post(address, ME | {"code": "aaaaaaaaaaaaaaaaaaaa"})
    assert not User.objects.exists()
    with pytest.raises(Refused, match="not the start code"):
        start_installation(
            code="aaaaaaaaaaaaaaaaaaaa",
            name="Yusuf Demir",
            email="yusuf@example.org",
            password="three unrelated words",
            organisation_name="Willow Corner",
            kind=OrganisationKind.GROUP,
        )


def test_who_comes_without_the_link_is_asked_for_the_code(client, link):
    assert client.get("/sign-in").url == "/start"
    assert "manage.py start_link" in client.get("/start").content.decode()
    assert "This is not the start code" in client.post("/start", {"code": "wrong"}).content.decode()
    assert client.post("/start", {"code": f" {start_code().upper()} "}).url == link


def test_another_secret_key_has_another_code(settings, db):
    before = start_code()
    settings.SECRET_KEY = "another key " * 6
    assert start_code() != before


def test_the_link_is_printed_as_long_as_there_is_nobody(db):
    said = StringIO()
    call_command("start_link", stdout=said)
    assert said.getvalue() == f"http://127.0.0.1:8000/start/{start_code()}\n"


def test_no_link_is_printed_once_there_is_somebody(cast):
    with pytest.raises(CommandError, match="Somebody has an account here already"):
        call_command("start_link")
