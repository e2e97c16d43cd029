"""Who belongs to an organisation: seen, given another role, said goodbye to."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tests.cast import person
from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.organisations.actions import people as actions
from trellis.organisations.models import Membership, Organisation


def last_event(organisation):
    return AuditEvent.objects.of_chain(str(organisation.pk)).last()


def test_a_manager_sees_who_belongs_here_and_nobody_elses_people(browse, cast):
    page = browse(cast.amara).get("/people").content.decode()
    for name in ("Amara Okafor", "Priya Nair", "Tomasz Wójcik", "Leila Haddad", "Hannah Lindqvist"):
        assert name in page
    assert "Joanna Firth" not in page
    assert "leila.haddad@example.org" in page


def test_a_practitioner_sees_names_and_roles_and_can_only_leave(browse, cast):
    page = browse(cast.leila).get("/people").content.decode()
    assert "Deputy SENCO" in page
    assert "example.org" not in page.split("<main")[1].split("</main")[0]
    assert "Change role" not in page
    assert ">Leave</a>" in page


def test_a_childminder_sees_herself_and_her_visiting_reviewers_and_no_roles(browse, cast):
    person("Bethan Rowe", cast.megan.organisation, Role.PEER_REVIEWER)
    main = browse(cast.megan).get("/people").content.decode().split("<main")[1].split("</main")[0]
    assert "Megan Price</span> (you)" in main
    assert "Bethan Rowe" in main
    for word in (">Role<", "Change role", "Visiting reviewer", "Childminder", "Leave"):
        assert word not in main


def test_the_list_costs_the_same_with_two_hundred_people(browse, cast, django_assert_num_queries):
    organisation = cast.amara.organisation
    users = [User(name=f"Person {n:03}", email=f"person{n}@example.org") for n in range(200)]
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(
        Membership(user=user, organisation=organisation, role="practitioner") for user in users
    )
    client = browse(cast.amara)
    with django_assert_num_queries(6):
        page = client.get("/people").content.decode()
    assert "page=2" in page
    assert "Person 199" in client.get("/people?page=9").content.decode()


def test_what_is_refused_is_not_offered(browse, cast):
    def offers(one):
        page = browse(one).get("/people").content.decode()
        people = [cast.amara, cast.priya, cast.tomasz, cast.leila, cast.hannah]
        return [
            ("role" if f"/people/{each.membership.pk}/role" in page else "")
            + ("end" if f"/people/{each.membership.pk}/end" in page else "")
            for each in people
        ]

    assert offers(cast.amara) == ["", "roleend", "roleend", "roleend", "roleend"]
    assert offers(cast.priya) == ["", "end", "roleend", "roleend", "roleend"]
    assert offers(cast.leila) == ["", "", "", "end", ""]
    person("Femi Balogun", cast.amara.organisation, Role.MANAGER)
    assert offers(cast.amara)[0] == "roleend"
    assert f"/people/{cast.ruth.membership.pk}/role" in browse(cast.daniel).get("/people").content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("what", ["role", "end"])
def test_people_of_another_organisation_are_not_there(browse, cast, what, method):
    client = browse(cast.joanna)
    assert getattr(client, method)(f"/people/{cast.leila.membership.pk}/{what}").status_code == 404


@pytest.mark.parametrize("who", ["leila", "tomasz", "hannah", "ruth"])
def test_who_may_not_invite_may_not_change_roles(browse, cast, who):
    one = getattr(cast, who)
    assert browse(one).get(f"/people/{one.membership.pk}/role").status_code == 403


def test_a_manager_gives_somebody_another_role(browse, cast):
    client = browse(cast.amara)
    assert "Another role for Leila Haddad" in client.get(f"/people/{cast.leila.membership.pk}/role").content.decode()
    client.post(f"/people/{cast.leila.membership.pk}/role", {"role": "deputy_senco"})
    cast.leila.membership.refresh_from_db()
    assert cast.leila.membership.role == Role.DEPUTY_SENCO
    event = last_event(cast.amara.organisation)
    assert (event.verb, event.change) == ("membership.role_changed", {"role": ["practitioner", "deputy_senco"]})


def test_the_last_manager_stays_manager(browse, cast):
    client = browse(cast.amara)
    page = client.post(f"/people/{cast.amara.membership.pk}/role", {"role": "senco"}).content.decode()
    assert "Nobody else answers for this organisation" in page
    left = client.post(f"/people/{cast.amara.membership.pk}/end", follow=True).content.decode()
    assert "Nobody else answers for this organisation" in left
    cast.amara.membership.refresh_from_db()
    assert (cast.amara.membership.role, cast.amara.membership.ended_at) == (Role.MANAGER, None)


def test_with_another_manager_one_can_go(browse, cast):
    person("Femi Balogun", cast.amara.organisation, Role.MANAGER)
    client = browse(cast.amara)
    assert "Do you want to leave?" in client.get(f"/people/{cast.amara.membership.pk}/end").content.decode()
    assert client.post(f"/people/{cast.amara.membership.pk}/end").url == "/account"
    assert client.get("/people").status_code == 403
    assert client.get("/account").status_code == 200


def test_ending_a_membership_asks_first_and_is_kept(browse, cast):
    client = browse(cast.amara)
    asked = client.get(f"/people/{cast.leila.membership.pk}/end").content.decode()
    assert "Does Leila Haddad not belong here any more?" in asked
    client.post(f"/people/{cast.leila.membership.pk}/end")
    cast.leila.membership.refresh_from_db()
    assert cast.leila.membership.ended_by == cast.amara.user
    assert last_event(cast.amara.organisation).verb == "membership.ended"
    assert "Leila Haddad" not in client.get("/people").content.decode().split("<main")[1].split("<table")[1]
    assert client.post(f"/people/{cast.leila.membership.pk}/end").status_code == 404


def test_a_senco_says_goodbye_to_a_practitioner_and_not_to_the_manager(browse, cast):
    client = browse(cast.priya)
    page = client.post(f"/people/{cast.amara.membership.pk}/end", follow=True).content.decode()
    assert "Only a manager can do this" in page
    client.post(f"/people/{cast.leila.membership.pk}/end")
    assert Membership.objects.live().filter(organisation=cast.amara.organisation).count() == 4


def test_a_practitioner_leaves_and_ends_nobody_else(browse, cast):
    client = browse(cast.leila)
    client.post(f"/people/{cast.tomasz.membership.pk}/end")
    assert Membership.objects.live().filter(user=cast.tomasz.user).exists()
    client.post(f"/people/{cast.leila.membership.pk}/end")
    assert not Membership.objects.live().filter(user=cast.leila.user).exists()


ROLE_CHANGES = [
    # who, whose, to what, whether it happens
    ("amara", "leila", Role.SENCO, True),
    ("amara", "priya", Role.MANAGER, True),
    ("amara", "leila", Role.AUTHORITY_LEAD, False),
    ("amara", "leila", Role.CHILDMINDER, False),
    ("priya", "leila", Role.DEPUTY_SENCO, True),
    ("priya", "leila", Role.MANAGER, False),
    ("priya", "amara", Role.PRACTITIONER, False),
    ("priya", "priya", Role.PRACTITIONER, False),
    ("priya", "tomasz", Role.SENCO, False),
    ("leila", "tomasz", Role.PRACTITIONER, False),
    ("daniel", "ruth", Role.AUTHORITY_LEAD, True),
    ("daniel", "ruth", Role.SYSTEM_ADMINISTRATOR, False),
    ("ruth", "daniel", Role.AREA_SENCO, False),
]


@pytest.mark.parametrize(("who", "whose", "role", "happens"), ROLE_CHANGES)
def test_who_may_give_whom_which_role(cast, who, whose, role, happens):
    membership, by = getattr(cast, whose).membership, getattr(cast, who).acting
    if happens:
        assert actions.change_role(membership=membership, role=role, by=by).role == role
    else:
        with pytest.raises(Refused):
            actions.change_role(membership=membership, role=role, by=by)


def test_membership_role_is_known(cast):
    with pytest.raises(IntegrityError, match="membership_role_is_known"):
        Membership.objects.filter(pk=cast.leila.membership.pk).update(role="emperor")


def test_membership_end_says_who_and_when(cast):
    with pytest.raises(IntegrityError, match="membership_end_says_who_and_when"):
        Membership.objects.filter(pk=cast.leila.membership.pk).update(ended_at=timezone.now())


def test_membership_one_live_for_each_person_and_organisation(cast):
    with pytest.raises(
        IntegrityError, match=r"membership_one_live_for_each_person_and_organisation|organisations_membership\.user_id"
    ):
        Membership.objects.create(user=cast.leila.user, organisation=cast.leila.organisation, role="senco")


def test_organisation_one_operator(cast):
    with pytest.raises(IntegrityError, match=r"organisation_one_operator|organisations_organisation\.kind"):
        Organisation.objects.create(name="Another operator", kind="operator")
