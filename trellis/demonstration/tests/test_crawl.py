"""Whoever one is in the demonstration, no link and no form ends in a server error or shows another setting’s words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import signed_in_client
from tests.crawl import Crawler
from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.demonstration.actions import load_demonstration, people_shown
from trellis.demonstration.places import SHOWN
from trellis.demonstration.tests.planting import Garden, Planted, found_in, models_of_words
from trellis.organisations.models import Membership
from trellis.review.models import Action, HelpRequest, Release, Round, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900), pytest.mark.once]
DAY = date(2026, 11, 23)
NOBODY = "nobody"
# Each tries the addresses that the others found: people of one setting, of others, and of no setting.
TOGETHER = (
    ("Amara Okafor", "Megan Price", "Grace Oyelaran", "Daniel Whitfield", "Sam Ellery", NOBODY),
    ("Priya Nair", "Tomasz Wójcik", "Leila Haddad", "Hannah Lindqvist", "Yusuf Demir", "Ruth Abara"),
)
# What nobody in the demonstration has written, or what was written at once with nothing in it and changed later.
NOT_PLANTED = {
    ("Action", "impact"),
    ("ClaimRequest", "message"),
    ("ClaimRequest", "reason"),
    ("CorrectionAnswer", "why_not"),
    # a council’s criteria: what its set is called has its mark from the file, and a file says nothing of the rest
    *(("CriteriaSet", name) for name in ("edition", "publisher", "title")),
    *(("CriteriaUnit", name) for name in ("note", "source")),
    ("Criterion", "source"),
    ("EvidenceVersion", "note"),
    ("OwnRating", "note"),
    ("OwnRatingChange", "note"),
    ("PromptDismissal", "word"),
    ("Rating", "reason"),
    ("Release", "withdrawn_because"),
    ("VisitStep", "note"),
}
# What a setting sends to its authority itself; and what a released copy holds when that part was chosen.
SENT = {("Release", "purpose"), ("HelpRequest", "words"), ("HelpStep", "words")}
CHOSEN = {"with_notes": {"Rating"}, "with_actions": {"Action", "ActionStep"}, "with_evidence": {"Evidence"}}
# What somebody who leads a review meets on the way through it.
MET = {
    ("Action", "what"), ("ActionStep", "note"), ("ChildVoice", "seen"), ("Evidence", "where_kept"), ("HelpStep", "words"),
    ("ParentComment", "text"), ("RatingChange", "notes"), ("Release", "purpose"), ("ReportVersion", "strong"),
    ("Round", "reason"), ("VisitNote", "said"),
}  # fmt: skip


@dataclass
class Looker:
    """Reads what one person is shown, and says what is not for them."""

    who: str
    own: int
    opened: set[tuple[int, str]]
    sent_to_them: bool
    seen: set[Planted]

    def __call__(self, address: str, words: str) -> None:
        found = found_in(words)
        self.seen |= found
        strange = sorted(each for each in found if not self.is_for_them(each))
        assert not strange, f"{self.who} was shown at {address}: {strange}"

    def is_for_them(self, planted: Planted) -> bool:
        """Whether a sentence is of their own organisation, or was sent or released to it."""
        if planted.owner == self.own or (self.sent_to_them and (planted.model, planted.field) in SENT):
            return True
        return (planted.owner, planted.model) in self.opened


@dataclass
class Shown:
    """The demonstration with its planted sentences, and the people whom one can be there."""

    garden: Garden
    people: dict[str, User]

    def crawler(self, name: str) -> Crawler:
        """The browser of one of them, with somebody who looks over their shoulder."""
        if name == NOBODY:
            return Crawler(name, Client(), Looker(name, 0, set(), sent_to_them=False, seen=set()))
        membership = Membership.objects.get(user=self.people[name])
        own = self.garden.number_of(membership.organisation_id)
        advises = membership.role in (Role.AUTHORITY_LEAD, Role.AREA_SENCO)
        looker = Looker(name, own, set(self.opened_to(membership)), sent_to_them=advises, seen=set())
        return Crawler(name, signed_in_client(Client(), self.people[name], at=4e9), looker)

    def opened_to(self, membership: Membership):
        """Whose sentences of which kind were released to an organisation and not taken back."""
        for release in Release.objects.live(DAY).filter(to_organisation=membership.organisation_id):
            for part, models in CHOSEN.items():
                if getattr(release, part):
                    yield from ((self.garden.number_of(release.organisation_id), model) for model in models)


@pytest.fixture
def shown(framework, monkeypatch):
    garden = Garden()
    with garden.growing(monkeypatch):
        load_demonstration(today=DAY)
    return Shown(garden, people_shown([name for name, _ in SHOWN]))


@pytest.mark.parametrize("names", TOGETHER, ids=lambda names: names[0])
def test_every_link_and_form_of_everybody(shown, names):
    written = {(model, name) for model, fields in models_of_words().items() for name in fields}
    assert written - shown.garden.fields == NOT_PLANTED & written, "a sentence is planted wherever a setting writes one"
    crawlers = [shown.crawler(name) for name in names]
    for crawler in crawlers:
        crawler.crawl("/")
        assert min(crawler.pages, crawler.sent * 2) > 10, f"{crawler.who} found {crawler.pages} pages"
    leads = crawlers[0]
    assert leads.pages > 100
    assert {(each.model, each.field) for each in leads.look.seen} >= MET
    for crawler in crawlers:
        for other in crawlers:
            for kind, address in other.addresses.items():
                if "*" in kind and kind not in crawler.addresses and crawler.is_followed(address, kind):
                    crawler.open(address)


LEAKS = {"show_round": (Round, "round_id"), "show_action": (Action, "action_id"), "show_visit": (Visit, "visit_id")}
LEAKS |= {"show_release": (Release, "release_id"), "help_request": (HelpRequest, "help_id")}


def test_what_must_not_be_is_noticed(shown, monkeypatch):
    nursery = Membership.objects.get(user=shown.people["Amara Okafor"]).organisation_id
    for page, (model, key) in LEAKS.items():
        address = reverse(page, kwargs={key: model.objects.filter(organisation_id=nursery).first().pk})
        megan = shown.crawler("Megan Price")
        assert megan.open(address) is None
        with monkeypatch.context() as patch:
            patch.setattr(type(model.objects.all()), "visible_to", lambda rows, _: rows)
            with pytest.raises(AssertionError, match="Megan Price was shown at"):
                megan.open(address)

    def broken(**_):
        raise ZeroDivisionError

    monkeypatch.setattr("trellis.accounts.actions.change_name", broken)
    with pytest.raises(ZeroDivisionError):
        shown.crawler("Megan Price").crawl(reverse("account"))
