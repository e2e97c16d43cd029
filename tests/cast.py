"""The cast: one invented person for each role, in invented places. Every test speaks of the same people."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from time import time
from typing import Any

import pytest
from django.test import Client

from trellis.accounts.acting import Acting
from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.organisations.models import LocalAuthority, Membership, Organisation, Region, SettingKind


@dataclass
class Person:
    """Someone of the cast: the person, their membership, and as whom they act."""

    user: User
    membership: Membership
    acting: Acting

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation


@dataclass
class Cast:
    """Two authorities, a nursery and its people, a childminder, a group, a training centre, and strangers next door."""

    amara: Person  # manager of Bramble Lane Nursery, which belongs to the group
    priya: Person  # its SENCO
    tomasz: Person  # its deputy SENCO
    leila: Person  # a practitioner there
    hannah: Person  # a peer reviewer whom it invited
    megan: Person  # a childminder on her own
    grace: Person  # looks after the group of settings
    daniel: Person  # leads at the authority
    ruth: Person  # Area SENCO of the authority
    sam: Person  # keeps the installation running
    joanna: Person  # manager of Tall Oaks Pre-school, another setting in another authority
    idris: Person  # leads at that other authority
    mei: Person  # leads programmes at Marches Early Years Training, a training centre
    kofi: Person  # looks after its cohorts
    zofia: Person  # teaches there
    rafael: Person  # leads programmes at another centre

    def everyone(self) -> dict[str, Person]:
        return dict(vars(self))


def address(name: str) -> str:
    """The e-mail address that follows from a name."""
    return name.lower().replace(" ", ".").replace("ó", "o") + "@example.org"


def person(name: str, organisation: Organisation, role: Role) -> Person:
    """A new person of the cast."""
    user = User.objects.create(name=name, email=address(name))
    membership = Membership.objects.create(user=user, organisation=organisation, role=role)
    return Person(user, membership, membership.acting())


def authority(code: str, name: str) -> LocalAuthority:
    """An invented authority, with codes that no real one has."""
    region, _ = Region.objects.get_or_create(code="E12000099", defaults={"name": "Midshires region"})
    found, _ = LocalAuthority.objects.get_or_create(code=code, defaults={"name": name, "region": region})
    return found


@pytest.fixture
def cast(db: Any) -> Cast:
    fenwick, harrow = authority("E99000001", "Fenwickshire"), authority("E99000002", "Harrowmere")
    group = Organisation(name="Bramble Nurseries Ltd", kind="group")
    bramble = Organisation(
        name="Bramble Lane Nursery",
        kind="setting",
        setting_kind=SettingKind.FULL_DAY_CARE,
        sector="pvi",
        authority=fenwick,
        group=group,
    )
    megans = Organisation(
        name="Megan Price, childminder", kind="setting", setting_kind=SettingKind.CHILDMINDER, authority=fenwick
    )
    oaks = Organisation(
        name="Tall Oaks Pre-school", kind="setting", setting_kind=SettingKind.SESSIONAL, authority=harrow
    )
    council = Organisation(name="Fenwickshire Council", kind="authority", authority=fenwick)
    other_council = Organisation(name="Harrowmere Council", kind="authority", authority=harrow)
    centre = Organisation(name="Marches Early Years Training", kind="centre")
    other_centre = Organisation(name="Lakeside Learning", kind="centre")
    operator = Organisation(name="Trellis operators", kind="operator")
    everyone = {
        "amara": ("Amara Okafor", bramble, Role.MANAGER),
        "priya": ("Priya Nair", bramble, Role.SENCO),
        "tomasz": ("Tomasz Wójcik", bramble, Role.DEPUTY_SENCO),
        "leila": ("Leila Haddad", bramble, Role.PRACTITIONER),
        "hannah": ("Hannah Lindqvist", bramble, Role.PEER_REVIEWER),
        "megan": ("Megan Price", megans, Role.CHILDMINDER),
        "grace": ("Grace Oyelaran", group, Role.GROUP_OVERVIEW),
        "daniel": ("Daniel Whitfield", council, Role.AUTHORITY_LEAD),
        "ruth": ("Ruth Abara", council, Role.AREA_SENCO),
        "sam": ("Sam Ellery", operator, Role.SYSTEM_ADMINISTRATOR),
        "joanna": ("Joanna Firth", oaks, Role.MANAGER),
        "idris": ("Idris Vaughan", other_council, Role.AUTHORITY_LEAD),
        "mei": ("Mei Castellano", centre, Role.PROGRAMME_LEAD),
        "kofi": ("Kofi Ansah", centre, Role.CENTRE_ADMINISTRATOR),
        "zofia": ("Zofia Marek", centre, Role.TRAINER),
        "rafael": ("Rafael Duarte", other_centre, Role.PROGRAMME_LEAD),
    }
    return Cast(**at_once(everyone))


def at_once(everyone: dict[str, tuple[str, Organisation, Role]]) -> dict[str, Person]:
    """New people and their organisations, written with three queries: nearly every test begins with them."""
    Organisation.objects.bulk_create(
        {organisation.pk: organisation for _, organisation, _ in everyone.values()}.values()
    )
    users = User.objects.bulk_create(User(name=name, email=address(name)) for name, _, _ in everyone.values())
    members = Membership.objects.bulk_create(
        Membership(user=user, organisation=organisation, role=role)
        for user, (_, organisation, role) in zip(users, everyone.values(), strict=True)
    )
    return {key: Person(each.user, each, each.acting()) for key, each in zip(everyone, members, strict=True)}


def signed_in_client(client: Client, user: User, *, second_step: bool = True, at: float = 0) -> Client:
    """Sign a person in on a client, with the second step done unless told; long ago, so that what is asked of who
    has not shown lately who they are is asked, unless `at` says when.
    """
    client.force_login(user)
    session = client.session
    session["in_use"] = {"handle": str(uuid.uuid4()), "since": time(), "seen_at": time(), "address": "", "browser": ""}
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": at}]
    if second_step:
        session["account_authentication_methods"].append({"method": "mfa", "at": at, "type": "totp"})
    session.save()
    return client
