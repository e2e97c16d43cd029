"""Whoever one is in the demonstration, no link and no form ends in a server error or shows words of somebody else’s."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import chain

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import signed_in_client
from tests.crawl import Crawler
from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.demonstration.actions import load_demonstration, people_shown
from trellis.demonstration.tests.entitled import by_link, entitled, told_anybody
from trellis.demonstration.tests.planting import Garden, Planted, found_in, models_of_words
from trellis.organisations.models import Membership
from trellis.review.models import Action, Campaign, HelpRequest, Release, Round, Visit
from trellis.training.actions.application_links import make_key
from trellis.training.actions.feeds import feed_of_place, token_of
from trellis.training.models import Application, CatchUp, Cohort, Duty, Milestone, Place, Programme, Session

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(900), pytest.mark.once]
DAY = date(2026, 11, 23)
NOBODY = "nobody"
BY_LINK = "a learner and an applicant without an account"
# Each tries the addresses that the others found: people of one setting, of others, and of no setting; of two centres.
TOGETHER = (
    ("Amara Okafor", "Megan Price", "Grace Oyelaran", "Daniel Whitfield", "Sam Ellery", NOBODY),
    ("Priya Nair", "Tomasz Wójcik", "Leila Haddad", "Hannah Lindqvist", "Yusuf Demir", "Ruth Abara"),
    (
        "Mei Castellano",
        "Kofi Ansah",
        "Zofia Marek",
        "Benedict Osei",
        "Rafael Duarte",
        "Anneke Visser",
        "Idris Vaughan",
        "Owen Pugh",
        BY_LINK,
    ),
)
# What nobody in the demonstration has written, or what was written at once with nothing in it and changed later.
NOT_PLANTED = {
    ("Application", "passed_over"),
    ("CatchUp", "undone_because"),
    ("Cohort", "goes_ahead_because"),
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
    ("Part", "materials"),
    ("PromptDismissal", "word"),
    ("Qualification", "awarding_organisation"),
    ("VisitStep", "note"),
}
# What a setting sends to its authority itself; and what a released copy holds when that part was chosen.
SENT = {("Release", "purpose"), ("HelpRequest", "words"), ("HelpStep", "words")}
CHOSEN = {"with_notes": {"Rating"}, "with_actions": {"Action", "ActionStep"}, "with_evidence": {"Evidence"}}
# What those who begin the crawls meet on their way: who leads a review, who leads a programme, who looks after cohorts.
MET = {
    "Amara Okafor": {
        ("Action", "what"), ("ActionStep", "note"), ("ChildVoice", "seen"), ("Evidence", "where_kept"),
        ("HelpStep", "words"), ("ParentComment", "text"), ("RatingChange", "notes"), ("Release", "purpose"),
        ("ReportVersion", "strong"), ("Round", "reason"), ("VisitNote", "said"),
    },
    "Mei Castellano": {
        ("AccessNeeds", "access"), ("AdmissionDecision", "sentence"), ("AdmissionRule", "reason"), ("CatchUp", "because"),
        ("Cohort", "access_notes"), ("Cohort", "cancelled_because"), ("Duty", "excused_because"),
        ("ManagerAnswer", "because"), ("Milestone", "evidence"), ("Programme", "partners"),
        ("Session", "speaker"),
    },
    "Priya Nair": {("Action", "what"), ("Session", "title"), ("Programme", "title")},
}  # fmt: skip


@dataclass
class Looker:
    """Reads what one person is shown, and says what is not for them."""

    who: str
    own: int
    opened: set[tuple[int, str]]
    told: set[Planted]
    sent_to_them: bool
    seen: set[Planted]
    tells: Callable[[], set[Planted]]

    def __call__(self, address: str, words: str) -> None:
        found = found_in(words)
        self.seen |= found
        if not all(map(self.is_for_them, found)):
            self.told |= self.tells()  # somebody on their way has opened a cohort to applicants
        strange = sorted(each for each in found if not self.is_for_them(each))
        assert not strange, f"{self.who} was shown at {address}: {strange}"

    def is_for_them(self, planted: Planted) -> bool:
        """Whether a sentence is of their own organisation, or was sent or released to it."""
        if planted.owner == self.own or (self.sent_to_them and (planted.model, planted.field) in SENT):
            return True
        return planted in self.told or (planted.owner, planted.model) in self.opened


@dataclass
class Shown:
    """The demonstration with its planted sentences, and the people whom one can be there."""

    garden: Garden
    people: dict[str, User]

    def crawler(self, name: str) -> Crawler:
        """The browser of one of them, with somebody who looks over their shoulder."""
        told = self.told_now()
        if name in (NOBODY, BY_LINK):
            opened = {(self.number(key), model) for key, model in by_link(*self.linked())} if name == BY_LINK else set()
            return Crawler(
                name, Client(), Looker(name, 0, opened, told, sent_to_them=False, seen=set(), tells=self.told_now)
            )
        membership = Membership.objects.select_related("organisation").get(user=self.people[name])
        own = self.number(membership.organisation_id)
        advises = membership.role in (Role.AUTHORITY_LEAD, Role.AREA_SENCO)
        opened = {(self.number(key), model) for key, model in entitled(self.people[name], membership)}
        opened |= set(self.opened_to(membership))
        looker = Looker(name, own, opened, told, sent_to_them=advises, seen=set(), tells=self.told_now)
        return Crawler(name, signed_in_client(Client(), self.people[name], at=4e9), looker)

    def told_now(self) -> set[Planted]:
        """What is told to anybody as things stand."""
        return {Planted(self.number(key), model, field) for key, model, field in told_anybody()}

    def number(self, key):
        """The number that stands for somebody in marks."""
        return self.garden.number_of(key)

    def linked(self) -> tuple[Place, Application]:
        """Who has no account and comes by a link: somebody who learns, and somebody who is offered a place."""
        return Place.objects.get(name="Kateryna Bondar"), Application.objects.get(name="Farida Rahmani")

    def begins(self, name: str) -> list[str]:
        """Where somebody begins: on their first page, or at the links that they were sent.

        Who leads a programme also begins where most is said, which is not among the first few pages of each kind.
        """
        if name == "Mei Castellano":
            return ["/", *where_much_is_said()]
        if name != BY_LINK:
            return ["/"]
        place, application = self.linked()
        return [
            reverse("dates_by_link", args=[token_of(feed_of_place(place))]),
            reverse("application", args=[make_key(application, "applicant")]),
            reverse("confirm_release", args=[make_key(application, "manager")]),
        ]

    def opened_to(self, membership: Membership):
        """Whose sentences of which kind were released to an organisation and not taken back, or sent to many settings."""
        for campaign in Campaign.objects.filter(invitations__organisation=membership.organisation_id):
            yield self.garden.number_of(campaign.organisation_id), "Campaign"
        for release in Release.objects.live(DAY).filter(to_organisation=membership.organisation_id):
            for part, models in CHOSEN.items():
                if getattr(release, part):
                    yield from ((self.garden.number_of(release.organisation_id), model) for model in models)


def where_much_is_said():
    """Pages of training with a reason on them: what was cancelled, excused, not caught up, put right, not agreed."""
    second = Cohort.objects.get(title__startswith="Second cohort in Fenwickshire")
    put_right = Session.objects.filter(parts__marks__version=2, cohort=second)[0]
    yield reverse("show_cohort", args=[Cohort.objects.get(status="cancelled").pk])
    yield reverse("show_duty", args=[Duty.objects.get(status="excused", programme=second.programme).pk])
    yield reverse("show_catch_up", args=[CatchUp.objects.filter(status="ended", place__cohort__status="running")[0].pk])
    yield reverse("attendance_register", args=[put_right.pk])
    for name in ("Parveen Aziz", "Dorota Nowak"):
        yield reverse("show_application", args=[Application.objects.get(name=name).pk])
    yield reverse("show_training_session", args=[second.sessions.get(kind="guest_speaker").pk])


@pytest.fixture
def shown(framework, monkeypatch):
    garden = Garden()
    with garden.growing(monkeypatch):
        load_demonstration(today=DAY)
    return Shown(garden, people_shown([name for name in chain(*TOGETHER) if name not in (NOBODY, BY_LINK)]))


@pytest.mark.parametrize("names", TOGETHER, ids=lambda names: names[0])
def test_every_link_and_form_of_everybody(shown, names):
    written = {(model, name) for model, fields in models_of_words().items() for name in fields}
    assert written - shown.garden.fields == NOT_PLANTED & written, "a sentence is planted wherever a setting writes one"
    crawlers = [shown.crawler(name) for name in names]
    for crawler in crawlers:
        crawler.crawl(*shown.begins(crawler.who))
        assert min(crawler.pages, crawler.sent * 2) > 10, f"{crawler.who} found {crawler.pages} pages"
    leads = crawlers[0]
    assert leads.pages > 100
    assert {(each.model, each.field) for each in leads.look.seen} >= MET[leads.who]
    for crawler in crawlers:
        for other in crawlers:
            if other.who == BY_LINK:
                continue  # whoever has such a link is let in by it
            for kind, address in other.addresses.items():
                if "*" in kind and kind not in crawler.addresses and crawler.is_followed(address, kind):
                    crawler.open(address)


LEAKS = {"show_round": (Round, "round_id"), "show_action": (Action, "action_id"), "show_visit": (Visit, "visit_id")}
LEAKS |= {"show_release": (Release, "release_id"), "help_request": (HelpRequest, "help_id")}


def test_what_must_not_be_is_noticed(shown, monkeypatch):
    nursery = Membership.objects.get(user=shown.people["Amara Okafor"]).organisation_id
    for page, (model, key) in LEAKS.items():
        row = model.objects.filter(organisation_id=nursery).first()
        it_is_noticed(shown, monkeypatch, "Megan Price", [model], reverse(page, kwargs={key: row.pk}))
    for who, page, row in of_training():
        assert row is not None, page
        it_is_noticed(shown, monkeypatch, who, {type(row), Milestone}, reverse(page, args=[row.pk]))

    def broken(**_):
        raise ZeroDivisionError

    monkeypatch.setattr("trellis.accounts.actions.change_name", broken)
    with pytest.raises(ZeroDivisionError):
        shown.crawler("Megan Price").crawl(reverse("account"))


def of_training():
    """Who is not to see which page about what: another centre, a trainer who teaches something else, an authority."""
    award = Programme.objects.get(centre__name="Marches Early Years Training")
    second = Cohort.objects.get(title__startswith="Second cohort in Fenwickshire")
    elsewhere = (
        Cohort.objects.exclude(trainers__user__name="Zofia Marek").filter(programme=award, status="running").first()
    )
    harrowmere = Cohort.objects.get(title__startswith="First cohort in Harrowmere")
    yield "Rafael Duarte", "show_programme", award
    yield "Rafael Duarte", "show_cohort", second
    yield "Rafael Duarte", "show_training_session", Session.objects.get(cohort=second, kind="guest_speaker")
    yield "Rafael Duarte", "show_place", second.places.first()
    yield "Rafael Duarte", "show_application", Application.objects.get(name="Dorota Nowak")
    yield "Rafael Duarte", "show_duty", Duty.objects.get(programme=award, status="excused")
    yield "Zofia Marek", "show_cohort", elsewhere
    yield "Zofia Marek", "show_place", elsewhere.places.first()
    yield "Idris Vaughan", "show_cohort", second
    yield "Idris Vaughan", "show_place", harrowmere.places.first()
    yield "Anneke Visser", "show_place", second.places.last()


def it_is_noticed(shown, monkeypatch, who, models, address):
    """Somebody finds nothing at an address; and when everybody saw everything, what they would find is noticed."""
    crawler = shown.crawler(who)
    assert crawler.open(address) is None, f"{who} at {address}"
    with monkeypatch.context() as patch:
        for model in models:
            patch.setattr(type(model.objects.all()), "visible_to", lambda rows, _: rows)
        with pytest.raises(AssertionError, match=f"{who} was shown at"):
            pytest.fail(f"{who} saw {crawler.open(address)} at {address}, and nobody noticed")
