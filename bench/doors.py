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
# Pages of a learner who has only a link.
OF_LEARNERS = {"apologise_by_link", "calendar_feed", "dates_by_link", "visit_by_link"}


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
    centre = Organisation.objects.create(name="The bench’s centre", kind="centre")
    lead = person("Lead of the bench’s centre", centre, Role.PROGRAMME_LEAD)
    learner = person("Learner of the bench’s centre", managers[0].organisation, Role.PRACTITIONER)
    addresses = [*_addresses(*managers, lead), *_of_a_learner(lead, learner)]
    table = read(TABLE.read_text(encoding="utf-8"))
    return {
        "addresses": addresses,
        "browsers": {
            who: {key: each.value for key, each in browser.cookies.items()}
            for who, browser in _browsers(*managers, lead, learner).items()
        },
        "pages": [page for page, rows in table.items() if any(row[0] == "GET" and "200" in row for row in rows)],
    }


def _addresses(person: Person, elsewhere: Person, lead: Person) -> list[str]:
    """Every page’s address; with a record of this person where one can be made."""
    from django.db import transaction
    from django.urls import NoReverseMatch, reverse

    from tests.house.keys import KEYS, TRAINING_PAGES
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
                    owner = lead if page.name in {*TRAINING_PAGES, *OF_LEARNERS} else owner
                    found.append(reverse(page.name, kwargs=KEYS[page.name](owner)))
    return found


def _of_a_learner(lead: Person, learner: Person) -> list[str]:
    """What waits for a learner’s word: an offered place, and a visit that is over."""
    from django.urls import reverse

    from tests import applying, going, training
    from trellis.training.actions import decide_application, take_visit

    application = applying.application_of(lead, "Ottoline Marsh")
    decide_application(
        application=application, decision="eligible", because="The certificate was shown", by=lead.acting
    )
    token = applying.token_of(applying.offered(lead, application.name))
    visit = going.offer_of(lead, host_name="The bench’s nursery", host=None)
    place = training.place_of(lead, learner.user.name, email=learner.user.email)
    take_visit(offer=visit, place=place, user=learner.user, by=learner.acting)
    going.it_was(visit)
    return [
        reverse("answer_offer", kwargs={"token": token, "answer": "accept"}),
        reverse("write_reflection", args=[visit.session_id]),
    ]


def _browsers(manager: Person, elsewhere: Person, lead: Person, learner: Person) -> dict[str, Client]:
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
        "somebody who leads programmes": signed_in_client(Client(), lead.user),
        "somebody who learns": signed_in_client(Client(), learner.user),
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
