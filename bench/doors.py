"""What the walk over every page begins with: `python -m bench.doors` prints it as JSON.

Pages whose address names a record that no page links to (an invitation, a job) are given one, as the house tests
give it. Three browsers are where the demonstration lets nobody be: with one-time codes and a password of a moment
ago, with one of long ago, and half signed in. It changes the database of the bench, and nothing else.
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


TOMORROW = 24 * 60 * 60
# Records of a review, and the e-mail address of a person who is somebody’s invitation, are in the demonstration.
LINKED = ("withdraw_group_request", "be_someone")
# The manager’s setting belongs to its group; somebody else’s can be asked.
ASKED = {"answer_group": "Megan Price"}
NO_PAGES = {"evidence_file"}  # a file, and the demonstration has none


def doors(name: str) -> dict[str, Any]:
    """The addresses, the cookies of the browsers, and the names of the pages that somebody should be able to open."""
    from django.test import Client

    from tests.cast import Person, signed_in_client
    from tests.house.permission_table import TABLE, read
    from trellis.accounts.tests.people import sign_in, with_codes, with_password
    from trellis.organisations.models import Membership

    def person_called(name: str) -> Person:
        membership = Membership.objects.select_related("user", "organisation").get(user__name=name)
        return Person(membership.user, membership, membership.acting())

    person = person_called(name)
    addresses = _addresses(person, {page: person_called(other) for page, other in ASKED.items()})
    user = with_codes(with_password(person.user))
    browsers = {
        "somebody with codes": _proved(signed_in_client(Client(), user), TOMORROW),
        "somebody asked again": _proved(signed_in_client(Client(), user), -TOMORROW),
        "somebody half signed in": Client(),
    }
    sign_in(browsers["somebody half signed in"], user)
    table = read(TABLE.read_text(encoding="utf-8"))
    return {
        "addresses": addresses,
        "browsers": {who: {key: each.value for key, each in it.cookies.items()} for who, it in browsers.items()},
        "pages": [
            page
            for page, rows in table.items()
            if page not in NO_PAGES and any(row[0] == "GET" and "200" in row for row in rows)
        ],
    }


def _addresses(person: Any, others: dict[str, Any]) -> list[str]:
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
            elif KEYS[page.name].__module__ == "tests.house.keys" and page.name not in LINKED:
                # Where no such record can be made, a page that is shown links to one.
                with suppress(Exception), transaction.atomic():
                    found.append(reverse(page.name, kwargs=KEYS[page.name](others.get(page.name, person))))
    return found


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
