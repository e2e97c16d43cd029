"""What the walk over every page begins with: `python -m bench.doors` prints it as JSON.

Pages whose address names a record that no page links to (an invitation, a job, a visit whose report waits for an
answer) are given one, as the house tests give it: in settings of the bench’s own, beside the one that the demonstration
shows. Their people sign in where the demonstration lets nobody be: with one-time codes and a password of a moment
ago, with one of long ago, half signed in, as the visitor of a setting, and from outside with a link and its code. It
changes the database of the bench and nothing else, and nothing of the people whom the demonstration shows: to give one
of them a password would end what they are signed in to.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Person


TOMORROW = 24 * 60 * 60
# Links to an e-mail address of the demonstration, which is somebody’s already.
LINKED = {"be_someone"}
# Their records are gone when other pages get theirs, for which a visit is moved on or a review agreed: they have a
# setting to themselves.
ELSEWHERE = {"write_visit_report", "reply", "reply_in", "reply_thanks"}


def doors(name: str) -> dict[str, Any]:
    """The addresses, the cookies of the browsers, and the names of the pages that somebody should be able to open."""
    from tests.cast import person
    from tests.house.permission_table import TABLE, read
    from trellis.accounts.roles import Role
    from trellis.organisations.models import Membership, Organisation

    beside = Membership.objects.select_related("organisation").get(user__name=name).organisation
    managers = []
    for setting in ("The bench’s nursery", "The bench’s other nursery"):
        known = {"kind": "setting", "setting_kind": beside.setting_kind, "sector": beside.sector}
        made = Organisation.objects.create(name=setting, authority=beside.authority, **known)
        managers.append(person(f"Manager of {setting}", made, Role.MANAGER))
    addresses = _addresses(*managers)
    table = read(TABLE.read_text(encoding="utf-8"))
    return {
        "addresses": addresses,
        "browsers": {
            who: {key: each.value for key, each in browser.cookies.items()}
            for who, browser in _browsers(*managers).items()
        },
        "pages": [page for page, rows in table.items() if any(row[0] == "GET" and "200" in row for row in rows)],
    }


def _addresses(person: Person, elsewhere: Person) -> list[str]:
    """Every page’s address; with a record of this person where one can be made."""
    from django.db import transaction
    from django.urls import NoReverseMatch, reverse

    from tests.house.keys import KEYS
    from tests.house.pages import every_page

    found = []
    for page in every_page():
        with suppress(NoReverseMatch):
            if not page.has_keys:
                found.append(reverse(page.name))
            elif page.name not in LINKED:
                # Where no such record can be made, a page that is shown links to one.
                with suppress(Exception), transaction.atomic():
                    owner = elsewhere if page.name in ELSEWHERE else person
                    found.append(reverse(page.name, kwargs=KEYS[page.name](owner)))
    return found


def _browsers(manager: Person, elsewhere: Person) -> dict[str, Client]:
    """Where the people of these settings are signed in, by who they are."""
    from django.test import Client

    from tests.cast import signed_in_client
    from tests.house.opening import after_the_code
    from trellis.accounts.roles import Role
    from trellis.accounts.tests.people import sign_in, with_codes, with_password
    from trellis.organisations.models import Membership

    user, half = with_codes(with_password(manager.user)), Client()
    sign_in(half, user)
    visitors = Membership.objects.select_related("user").filter(
        role=Role.PEER_REVIEWER, organisation__in=(manager.organisation, elsewhere.organisation)
    )
    return {
        "somebody with codes": _proved(signed_in_client(Client(), user), TOMORROW),
        "somebody asked again": _proved(signed_in_client(Client(), user), -TOMORROW),
        "somebody half signed in": half,
        "somebody outside": after_the_code(manager),
        **{f"somebody visiting, {each.pk}": signed_in_client(Client(), each.user) for each in visitors},
    }


def _proved(client: Client, seconds: float) -> Client:
    """Let the person have given their password and their code so long from now."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() + seconds
    session.save()
    return client


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(doors(sys.argv[1])))
