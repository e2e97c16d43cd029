"""An authority’s own words, for tests."""

from __future__ import annotations

from tests.cast import Person
from tests.releasing import authority_for
from tests.reviewing import SHIPPED, loaded
from trellis.accounts.acting import Acting
from trellis.accounts.roles import Role
from trellis.organisations.models import Membership
from trellis.review import actions

OURS = {
    "text": "We know our link adviser and speak with them every term.",
    "plain_text": "The council helps the people who look after your child.",
    "audience": ["group", "school", "childminder"],
    "topics": ["working-with-professionals"],
    "statutory": False,
}


def lead_for(person: Person) -> Acting:
    """Whoever leads at the authority of a person’s setting."""
    members = Membership.objects.select_related("user", "organisation")
    return members.get(organisation=authority_for(person), role=Role.AUTHORITY_LEAD).acting()


def add_local_statement(person: Person) -> str:
    """A statement of the authority of a person’s setting in area E; its code."""
    by = lead_for(person)
    made = actions.write_local_statement(framework=loaded(SHIPPED), area="E", statement=OURS, by=by)
    code: str = made.content["additions"][-1]["statement"]["code"]
    return code
