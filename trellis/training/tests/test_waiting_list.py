"""The waiting list: in its order, never more than there are places, whatever people answer, and when two act at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.applying import (
    agreed,
    another_cohort,
    application_of,
    draft_in,
    offered,
    open_cohort,
    sent,
    token_of,
    waiting,
)
from tests.client import CheckingClient
from tests.training import a_friday
from trellis.core.audit import System
from trellis.core.jobs import start
from trellis.core.jobs.worker import Worker
from trellis.core.models import SentMail
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.actions.manager_answers import ask_manager
from trellis.training.models import AccessNeeds, Application, Cohort, Offer, Place
from trellis.training.rules.applications import NEWS, NEXT_DATES
from trellis.training.rules.waiting import Room, Waiting, next_offers

KEYS = st.sampled_from([f"person {number}" for number in range(9)])
PEOPLE = st.lists(
    st.builds(
        Waiting,
        key=KEYS,
        setting=st.sampled_from(["", "oak", "elm"]),
        wish=st.sampled_from(["", "together", "apart"]),
        wanted=st.frozensets(st.sampled_from(["spring", "summer"])),
        been_in=st.frozensets(st.sampled_from(["spring"])),
    ),
    unique_by=lambda who: who.key,
)
SEATED = st.dictionaries(
    st.sampled_from(["oak", "elm"]), st.lists(st.sampled_from(["", "together", "apart"]), max_size=2)
)


def rooms(spring, summer, seated):
    copied = {setting: list(wishes) for setting, wishes in seated.items()}
    return [Room("spring", spring, copied), Room("summer", summer)]


@given(PEOPLE, st.integers(0, 4), st.integers(0, 4), SEATED)
def test_nobody_is_offered_what_is_not_free_or_not_wanted(people, spring, summer, seated):
    outcome = next_offers(people, rooms(spring, summer, seated))
    by_key = {who.key: who for who in people}
    given_out = [where for _, where in outcome.offers]
    assert given_out.count("spring") <= spring
    assert given_out.count("summer") <= summer
    assert len({who for who, _ in outcome.offers}) == len(outcome.offers), "nobody is offered two"
    for who, where in outcome.offers:
        assert not by_key[who].wanted or where in by_key[who].wanted
        assert where not in by_key[who].been_in
        assert who not in outcome.passed_over


@given(PEOPLE, st.integers(0, 4), st.integers(0, 4), SEATED)
def test_the_order_is_kept_but_for_those_who_were_passed_over_with_a_reason(people, spring, summer, seated):
    """Whoever got nothing although they come before somebody who got a cohort that they want too was told why not."""
    outcome = next_offers(people, rooms(spring, summer, seated))
    got = dict(outcome.offers)
    for number, who in enumerate(people):
        later = [each for each in people[number + 1 :] if each.key in got]
        for each in later:
            wants_it = got[each.key] not in who.been_in and (not who.wanted or got[each.key] in who.wanted)
            together = (
                each.wish == "together"
                and each.setting
                and any(mate.setting == each.setting and mate.wish == "together" for mate in people[:number])
            )
            if who.key not in got and wants_it and not together:
                assert who.key in outcome.passed_over, (who, each)


@given(PEOPLE, st.integers(0, 4), st.integers(0, 4), SEATED)
def test_who_wants_to_be_apart_is(people, spring, summer, seated):
    outcome = next_offers(people, rooms(spring, summer, seated))
    by_key = {who.key: who for who in people}
    for cohort, before in (("spring", seated), ("summer", {})):
        for setting in ("oak", "elm"):
            there = [by_key[who] for who, where in outcome.offers if where == cohort and by_key[who].setting == setting]
            wishes = [*before.get(setting, []), *(who.wish for who in there)]
            assert not there or len(wishes) == 1 or "apart" not in wishes


class AList(RuleBasedStateMachine):
    """A cohort and people who come, are offered, accept, decline, let offers run out and withdraw, in any order.

    The rule is asked again after each; what it may never do is told beside it in a few lines of its own.
    """

    @initialize(most=st.integers(1, 3))
    def begin(self, most):
        self.most, self.seated, self.offered, self.waiting, self.been, self.count = most, set(), [], [], set(), 0

    @rule()
    def somebody_comes(self):
        self.count += 1
        self.waiting.append(f"{self.count:04}")

    @rule()
    def the_list_runs(self):
        free = self.most - len(self.seated) - len(self.offered)
        people = [Waiting(who, been_in=frozenset({"spring"} if who in self.been else ())) for who in self.waiting]
        outcome = next_offers(people, [Room("spring", free)])
        expected = [who for who in self.waiting if who not in self.been][: max(free, 0)]
        assert [who for who, _ in outcome.offers] == expected, "the next in order, as many as are free"
        self.offered += expected
        self.waiting = [who for who in self.waiting if who not in expected]

    @rule(number=st.integers(0, 3), answer=st.sampled_from(["accept", "decline", "run out", "withdraw"]))
    def somebody_answers(self, number, answer):
        if number < len(self.offered):
            who = self.offered.pop(number)
            if answer == "accept":
                self.seated.add(who)
            elif answer == "decline":
                self.been.add(who)
                self.waiting.append(who)
            elif answer == "run out":
                self.waiting.append(who)

    @rule()
    def somebody_gives_their_place_back(self):
        if self.seated:
            self.seated.remove(min(self.seated))

    @rule()
    def somebody_leaves_the_list(self):
        if self.waiting:
            self.waiting.pop(0)

    @invariant()
    def never_over_capacity(self):
        assert not hasattr(self, "most") or len(self.seated) + len(self.offered) <= self.most


TestAList = AList.TestCase


@pytest.fixture
def cohort(cast):
    return open_cohort(cast.mei, most_places=1, starts_on=a_friday(8))


def run(programme):
    """The job, as the clock asks for it."""
    return actions.run_waiting_list(programme_id=programme.pk)


def by_the_clock(job):
    """A job runs, as the clock asks for it."""
    start(job=job, by=System("The clock"))
    Worker().run_one()


def later(monkeypatch, days):
    """So many days have passed."""
    then = timezone.now() + timedelta(days=days)
    monkeypatch.setattr("django.utils.timezone.now", lambda: then)


@pytest.mark.django_db
def test_the_next_is_offered_when_a_place_falls_free(cast, cohort):
    first = waiting(cast.mei, "Ana First", role="manager", email="ana@example.org")
    second = waiting(cast.mei, "Ben Second", email="ben@example.org")  # SENCO in post: more points
    third = waiting(cast.mei, "Cy Third", email="cy@example.org")
    assert run(cohort.programme) == 1
    for each in (first, second, third):
        each.refresh_from_db()
    assert [each.status for each in (first, second, third)] == ["waiting", "offered", "waiting"]
    offer = second.offers.get()
    assert offer.by_itself
    assert offer.until == timezone.localdate() + timedelta(days=7)
    assert run(cohort.programme) == 0, "the place is held"
    actions.decline_offer(application=second)
    assert run(cohort.programme) == 1
    third.refresh_from_db()
    assert third.status == "offered", "of equal points, who sent it first comes first"
    actions.put_on_list(application=second, by=cast.mei.acting)
    actions.withdraw_application(application=third)
    assert run(cohort.programme) == 1
    second.refresh_from_db()
    assert second.status == "waiting", "they declined this cohort"
    first.refresh_from_db()
    assert first.status == "offered"


@pytest.mark.django_db
def test_an_offer_runs_out_on_its_day_and_the_next_is_offered(cast, cohort, monkeypatch):
    first, second = waiting(cast.mei, "Ana First"), waiting(cast.mei, "Ben Second")
    run(cohort.programme)
    later(monkeypatch, 7)
    assert not Offer.objects.overdue(timezone.localdate()).exists(), "the last day is still theirs"
    later(monkeypatch, 1)
    by_the_clock("training.waiting_list")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("expired", "offered")
    with pytest.raises(Refused, match="has ended"):
        actions.accept_offer(application=first)


@pytest.mark.django_db
def test_the_list_stops_some_days_before_and_people_wait_for_the_next(cast, cohort):
    spring = another_cohort(cast.mei)
    one = waiting(cast.mei, "Ana First", wanted=[cohort])
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=timezone.localdate() + timedelta(days=9))
    told = SentMail.objects.filter(subject__in=[NEXT_DATES, NEWS["offered"]])
    before = told.count()
    assert run(cohort.programme) == 1
    one.refresh_from_db()
    assert one.offers.get().cohort == spring
    assert not one.wanted.exists()
    assert told.count() == before + 2, "of the next cohort, and of the offer"


@pytest.mark.django_db
def test_somebody_leaves_the_list_by_themselves(cast, cohort):
    application = waiting(cast.mei, "Ana First")
    browser, token = CheckingClient(), token_of(application)
    assert "Leave the waiting list" in browser.get(reverse("application", args=[token])).content.decode()
    browser.post(reverse("withdraw_application", args=[token]))
    assert run(cohort.programme) == 0


@pytest.mark.django_db
def test_two_of_one_setting_are_kept_apart_or_together_or_it_says_why_not(cast, browse):
    autumn = open_cohort(cast.mei, most_places=1, starts_on=a_friday(8))
    pair = [waiting(cast.mei, name, beside="together") for name in ("Ana First", "Ben Second")]
    assert run(autumn.programme) == 0
    page = browse(cast.mei).get(reverse("applications", args=[autumn.programme_id])).content.decode()
    assert "They want to be together, and no cohort has a place for both" in page
    spring = another_cohort(cast.mei, most_places=3)
    assert run(autumn.programme) == 2
    assert {each.offers.get().cohort for each in pair} == {spring}
    apart = waiting(cast.mei, "Cy Third", beside="apart")
    run(autumn.programme)
    assert apart.offers.get().cohort == autumn
    other = waiting(cast.mei, "Di Fourth", beside="apart")
    run(autumn.programme)
    other.refresh_from_db()
    assert other.passed_over == "Somebody of their setting is in this cohort, and they are to be apart"


@pytest.mark.django_db
def test_what_came_to_nothing_is_forgotten_after_the_days_of_the_programme(cast, cohort, monkeypatch):
    gone = agreed(sent(draft_in(cohort.programme, "Ana First", level_3="no")))
    AccessNeeds.objects.create(application=gone, access="A hearing loop")
    draft = draft_in(cohort.programme, "Ben Second", manager_email="Ben.Manager@example.org")
    ask_manager(draft)
    kept = application_of(cast.mei, "Cy Third")
    told = SentMail.objects.filter(address=gone.email).count()
    later(monkeypatch, 61)
    by_the_clock("training.forget_applications")
    assert Application.objects.get(pk=draft.pk).forgotten_at
    assert not SentMail.objects.filter(address="ben.manager@example.org").exists()
    assert SentMail.objects.filter(address=gone.email).count() == told
    assert not Application.objects.get(pk=gone.pk).forgotten_at
    later(monkeypatch, 366 - 61)
    by_the_clock("training.forget_applications")
    emptied = Application.objects.get(pk=gone.pk)
    assert (emptied.name, emptied.email, emptied.setting_name, emptied.manager_email) == ("", "", "", "")
    assert emptied.forgotten_at
    assert not SentMail.objects.filter(address=gone.email).exists(), "the list of what was sent forgets them, too"
    assert SentMail.objects.filter(address=kept.email).exists()
    assert SentMail.objects.filter(address=kept.manager_email).exists(), "of several applications they answer for one"
    assert not AccessNeeds.objects.exists()
    assert emptied.status == "not_eligible"
    assert not Application.objects.get(pk=kept.pk).forgotten_at, "it has come to something"
    assert Place.objects.count() == 0


@pytest.mark.django_db
def test_an_offer_that_ran_out_leads_nowhere_on_the_page(cast, cohort, monkeypatch):
    application = offered(cast.mei)
    token = token_of(application)
    later(monkeypatch, 15)
    browser = CheckingClient()
    shown = browser.post(reverse("answer_offer", args=[token, "accept"]), follow=True).content.decode()
    assert "This offer could be answered until" in shown
    assert not Place.objects.exists()


@pytest.mark.django_db
def test_an_offer_in_a_cohort_that_is_cancelled_ends(cast, cohort):
    application = offered(cast.mei)
    actions.cancel_cohort(cohort=cohort, because="The trainer is ill for long", by=cast.mei.acting)
    assert Offer.objects.overdue(timezone.localdate()).exists()
    by_the_clock("training.waiting_list")
    application.refresh_from_db()
    assert application.status == "expired"
    actions.put_on_list(application=application, by=cast.mei.acting)
