"""A cohort planned: settings agree to be counted, the centre gets sums and names with agreement, a cohort is set up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.plan import answer_on, let_be_counted, planning_for
from tests.planning import alternative_of, counted_of, planning_of, run_jobs, searched
from tests.staffing import colleague_of, usual_day_of
from tests.training import programme_of
from trellis.core.models import Job
from trellis.core.refusal import Refused
from trellis.staffing.actions.colleagues import remove_colleague
from trellis.staffing.models import Colleague
from trellis.training.actions import alternatives
from trellis.training.actions import planning as actions
from trellis.training.models import Alternative, Cohort, Counted, Planning, Search
from trellis.training.models.session import ELSEWHERE
from trellis.training.planning import counting, look, who_is_counted
from trellis.training.rules.patterns import Pattern, Shape

pytestmark = pytest.mark.django_db
THURSDAYS = Pattern(3, "weekly", Shape.WHOLE)


def only_weekly(planning, weekdays=(2, 3), **otherwise):
    """Few patterns, so that a test is fast."""
    Planning.objects.filter(pk=planning.pk).update(cadences=["weekly"], weekdays=list(weekdays), **otherwise)
    planning.refresh_from_db()
    return planning


def test_the_weekday_that_lets_most_people_come_is_found_and_a_cohort_set_up(cast, browse):
    planning = only_weekly(planning_of(cast.mei))
    search = searched(planning, cast.mei, 14, unnamed=5)
    best, other = Alternative.objects.filter(search=search).best_first()
    assert best.pattern == THURSDAYS
    people = [2 if number % 4 == 0 else 1 for number in range(14)]
    never = {number for number in range(14) if answer_on(number, 3) == 2}
    # Where it is tight for one, not both can go.
    both = {number for number in range(14) if people[number] == 2 and answer_on(number, 3) == 1}
    assert best.can_come + best.cannot == sum(people)
    assert best.cannot == sum(people[number] for number in never) + len(both)
    assert best.can_come > other.can_come
    assert best.proven
    page = browse(cast.mei).get(reverse("show_planning", args=[planning.pk])).content.decode()
    assert page.index("Thursdays, every week") < page.index("Wednesdays, every week")
    assert "Nothing in this pattern is better." in page
    browser, address = browse(cast.mei), reverse("use_alternative", args=[best.pk])
    typed = {"title": "By most", "least_places": "4", "most_places": "20"}
    assert "Choose who pays" in browser.post(address, typed).content.decode()
    sent = browser.post(address, typed | {"paid_by": "self"})
    cohort = Cohort.objects.get(title="By most")
    days = BeautifulSoup(browser.get(reverse("show_alternative", args=[best.pk])).content, "html.parser").select(
        "#days-table tbody tr"
    )
    told = [row.select("td")[-1].get_text(strip=True) for row in days]
    assert cohort.paid_by == "self"
    assert sent.url == cohort.get_absolute_url()
    held = list(cohort.sessions.order_by("number"))
    assert [session.on for session in held] == [day for day, _ in best.dates]
    where = [planning.venues[venue] for _, venue in best.dates]
    elsewhere = [session.kind in ELSEWHERE for session in held]
    assert told == ["–" if out else venue for out, venue in zip(elsewhere, where, strict=True)]
    assert [session.where for session in held] == [
        "" if out else venue for out, venue in zip(elsewhere, where, strict=True)
    ]
    planning.refresh_from_db()
    assert (planning.status, planning.cohort) == ("used", cohort)
    assert not Counted.people.through.objects.exists(), "who would go is forgotten"


def test_the_same_is_found_again(cast):
    planning = only_weekly(planning_of(cast.mei), weekdays=[2])
    first = searched(planning, cast.mei, 6)
    second = alternatives.ask_for_alternatives(planning=planning, by=cast.mei.acting)
    run_jobs()
    second.refresh_from_db()
    assert first.digest == second.digest != ""
    names = ("weekday", "days", "can_come", "tight_people", "tight_days", "travel", "left_out", "proven")
    assert list(first.alternatives.values(*names)) == list(second.alternatives.values(*names))


def test_half_days_are_a_day_for_each_part(cast, browse):
    planning = only_weekly(planning_of(cast.mei), weekdays=[3], shapes=["mornings"])
    search = searched(planning, cast.mei, 5)
    found = search.alternatives.get()
    assert len(found.days) == 23
    page = browse(cast.mei).get(found.get_absolute_url()).content.decode()
    assert "9:30am to 11:45am" in page, "an afternoon, held in the morning"


def test_before_five_have_agreed_nobody_is_counted(cast, browse):
    planning = planning_of(cast.mei)
    let_be_counted(planning, 4)
    address = reverse("move_planning", args=[planning.pk, "counted"])
    said = browse(cast.mei).post(address, follow=True).content.decode()
    assert "At least 5 settings have to agree" in said
    assert "Fewer than 5 settings have agreed so far" in said
    with pytest.raises(Refused, match="Count those that have agreed first"):
        alternatives.ask_for_alternatives(planning=planning, by=cast.mei.acting)


def test_fewer_than_five_are_not_counted_either_when_some_withdraw_before_the_search_begins(cast):
    planning = planning_of(cast.mei)
    let_be_counted(planning, 5)
    actions.move_planning(planning=planning, to="counted", by=cast.mei.acting)
    search = alternatives.ask_for_alternatives(planning=planning, by=cast.mei.acting)
    told = planning.counted.first()
    Counted.objects.filter(pk=told.pk).update(withdrawn_at=timezone.now(), withdrawn_by=cast.mei.user)
    run_jobs()
    search.refresh_from_db()
    assert "At least 5 settings have to agree" in Job.objects.get(pk=search.job_id).failure
    assert (search.many, search.digest) == (5, ""), "nothing is added up"
    assert not search.alternatives.exists()


def test_nothing_is_kept_of_a_planning_that_is_given_up_meanwhile(cast, monkeypatch):
    planning = only_weekly(planning_of(cast.mei))
    let_be_counted(planning, 5)
    actions.move_planning(planning=planning, to="counted", by=cast.mei.acting)

    def given_up(questions):
        for step in look(questions):
            Planning.objects.filter(pk=planning.pk).update(status="dropped")
            yield step

    monkeypatch.setattr(alternatives, "look", given_up)
    search = alternatives.ask_for_alternatives(planning=planning, by=cast.mei.acting)
    run_jobs()
    assert Job.objects.get(pk=search.job_id).failure == "This planning is over"
    assert not Alternative.objects.exists()


def test_how_many_agreed_is_told_in_steps_until_they_are_counted(cast, browse):
    planning = planning_of(cast.mei)
    let_be_counted(planning, 9)
    said = browse(cast.mei).get(planning.get_absolute_url()).content.decode()
    assert "At least 5 settings have agreed" in said
    assert "Counted Setting" not in said


@pytest.mark.parametrize(("unnamed", "named"), [(0, True), (1, False), (4, False), (5, True)])
def test_names_are_told_with_agreement_and_when_no_others_answer_follows(cast, browse, unnamed, named):
    planning = planning_of(cast.mei)
    found = alternative_of(cast.mei)
    Search.objects.filter(pk=found.search_id).update(unnamed=unnamed)
    Planning.objects.filter(pk=planning.pk).update(status="asking")
    let_be_counted(planning, 3, unnamed=1)
    hidden, *told = Counted.objects.filter(planning=planning).order_by("name_told", "setting__name")
    Alternative.objects.filter(pk=found.pk).update(left_out=[str(hidden.pk), str(told[0].pk)])
    said = browse(cast.mei).get(found.get_absolute_url()).content.decode()
    assert (told[0].setting.name in said) is named
    assert hidden.setting.name not in said
    assert told[1].setting.name not in said, "who is not left out is not named"


def test_a_name_is_told_no_more_when_a_setting_withdraws(cast, browse):
    counted = counted_of(cast.amara)
    found = alternative_of(cast.mei)
    Alternative.objects.filter(pk=found.pk).update(left_out=[str(counted.pk)])
    browser = browse(cast.mei)
    assert "Bramble Lane Nursery" in browser.get(found.get_absolute_url()).content.decode()
    browse(cast.amara).post(reverse("stop_being_counted", args=[counted.planning_id]))
    said = browse(cast.mei).get(found.get_absolute_url()).content.decode()
    assert "Bramble Lane Nursery" not in said
    assert "2 people" in said, "the sums stay"
    assert not counted.people.exists()


@pytest.mark.parametrize("unnamed", [0, 5])
def test_names_do_not_tell_the_answer_of_whoever_withdrew(cast, browse, unnamed):
    counted, found = counted_of(cast.amara), alternative_of(cast.mei)
    let_be_counted(found.search.planning, 1)
    other = Counted.objects.exclude(pk=counted.pk).get()
    Search.objects.filter(pk=found.search_id).update(unnamed=unnamed)
    Alternative.objects.filter(pk=found.pk).update(left_out=[str(other.pk)])
    before = timezone.now() - timedelta(days=1)
    actions.stop_being_counted(counted=counted, by=cast.amara.acting)
    browser = browse(cast.mei)
    assert (other.setting.name in browser.get(found.get_absolute_url()).content.decode()) is (unnamed == 5)
    Counted.objects.filter(pk=counted.pk).update(withdrawn_at=before)
    assert other.setting.name in browser.get(found.get_absolute_url()).content.decode(), "it was not counted"


def test_a_manager_agrees_and_sees_what_the_centre_gets(cast, browse):
    programme = programme_of(cast.mei)
    programme.authorities.set([cast.amara.organisation.authority])
    planning = planning_for(programme, cast.mei.acting, timezone.localdate())
    browser = browse(cast.amara)
    assert "Not counted" in browser.get(reverse("courses_planned")).content.decode()
    address = reverse("be_counted", args=[planning.pk])
    page = browser.get(address).content.decode()
    assert "It never gets your rooms" in page
    assert "Write down your week first" in page
    usual_day_of(cast.amara)
    ines = colleague_of(cast.amara)
    said = {"people": [str(ines.pk)], "travel": "20", "other_travel": "35", "name_told": "on"}
    assert "Choose who would go" in browser.post(address, said | {"people": []}).content.decode()
    far = browser.post(address, said | {"travel": "999", "other_travel": ""}).content.decode()
    assert "Enter the minutes to The library, from 0 to 240" in far
    assert "Enter the minutes to The town hall, from 0 to 240" in far
    assert browser.post(address, said).url == reverse("courses_planned")
    counted = Counted.objects.get(setting=cast.amara.organisation)
    assert (counted.travel, counted.other_travel, counted.name_told) == (20, 35, True)
    assert list(counted.people.all()) == [ines]
    assert "Counted, with your name" in browser.get(reverse("courses_planned")).content.decode()
    browser.post(address, {key: value for key, value in said.items() if key != "name_told"})
    counted.refresh_from_db()
    assert not counted.name_told
    for page in ("courses_planned", "our_week"):
        assert browse(cast.priya).get(reverse(page)).status_code == (403 if page == "courses_planned" else 200)


def test_a_setting_cannot_name_somebody_elses_people_or_join_late(cast, browse):
    counted = counted_of(cast.amara)
    stranger = Colleague.objects.create(organisation=cast.megan.organisation, name="Megan")
    with pytest.raises(Refused, match="your own week"):
        actions.be_counted(planning=counted.planning, people=[stranger], travel=5, name_told=True, by=cast.amara.acting)
    Planning.objects.filter(pk=counted.planning_id).update(status="counted")
    said = browse(cast.amara).get(reverse("be_counted", args=[counted.planning_id])).content.decode()
    assert "nothing can be changed any more" in said
    assert "Settings are counted" in browse(cast.amara).get(reverse("courses_planned")).content.decode()
    with pytest.raises(Refused, match="counted already who agreed"):
        actions.be_counted(
            planning=counted.planning, people=[colleague_of(cast.amara)], travel=5, name_told=True, by=cast.amara.acting
        )


def test_somebody_who_is_taken_out_of_the_week_is_not_counted(cast):
    counted = counted_of(cast.amara)
    remove_colleague(colleague=colleague_of(cast.amara), by=cast.amara.acting)
    assert who_is_counted(counted.planning) == []


def test_a_setting_of_which_one_of_two_leaves_is_not_counted_with_the_other(cast, browse):
    counted = counted_of(cast.amara)
    two = [colleague_of(cast.amara), colleague_of(cast.amara, "Bo")]
    actions.be_counted(planning=counted.planning, people=two, travel=5, name_told=True, by=cast.amara.acting)
    assert who_is_counted(counted.planning) == [counted]
    remove_colleague(colleague=two[1], by=cast.amara.acting)
    assert who_is_counted(counted.planning) == []
    said = browse(cast.amara).get(reverse("courses_planned")).content.decode()
    assert "no longer in your week. Agree again" in said


def test_it_is_said_when_nothing_fits_between_the_days(cast, browse):
    planning = planning_of(cast.mei)
    Planning.objects.filter(pk=planning.pk).update(over_by=planning.first_until + timedelta(days=7))
    planning.refresh_from_db()
    searched(planning, cast.mei, 5)
    said = browse(cast.mei).get(planning.get_absolute_url()).content.decode()
    assert "In none of these patterns can all sessions be held" in said


def test_a_planning_asks_as_often_for_many_settings_as_for_few(cast):
    planning = planning_of(cast.mei)
    asked = []
    for many in (5, 20):
        let_be_counted(planning, many)
        with CaptureQueriesContext(connection) as queries:
            counting(planning)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 14


def test_lists_ask_as_often_for_many_as_for_one(cast, browse):
    counted = counted_of(cast.amara)
    planning = counted.planning
    asked = []
    for _ in range(2):
        found = []
        for who, page, keys in (
            (cast.amara, "courses_planned", []),
            (cast.mei, "plannings", [planning.programme_id]),
            (cast.mei, "show_planning", [planning.pk]),
        ):
            browser = browse(who)
            with CaptureQueriesContext(connection) as queries:
                browser.get(reverse(page, args=keys))
            found.append(len(queries))
        asked.append(found)
        for _ in range(4):
            number = planning.searches.count()
            planning_for(planning.programme, cast.mei.acting, timezone.localdate())
            Search.objects.create(
                planning=planning, number=number + 2, many=9, unnamed=5, people=11, asked_by=cast.mei.user
            )
        if not Alternative.objects.exists():
            alternative_of(cast.mei)
        Alternative.objects.update(search=planning.searches.first())
    assert asked[0][:2] == asked[1][:2]
    assert asked[1][2] <= asked[0][2] + 1, "the alternatives, once there are some"
    assert max(asked[1]) <= 9


def test_a_planning_is_typed_in(cast, browse):
    programme = programme_of(cast.mei)
    browser, address = browse(cast.mei), reverse("make_planning", args=[programme.pk])
    year = timezone.localdate().year + 1
    browser.get(address)
    typed = {"title": "Spring cohort", "authority": programme.authorities.get().pk, "venue": "The library"}
    typed |= {"template": "senco-award-12-days", "shapes": ["whole"], "cadences": ["weekly"], "weekdays": ["1", "3"]}
    typed |= {"venue_weekdays": ["1", "3"], "not_on": f"5 March {year}\n12 3 {year}", "venue_not_on": ""}
    for name, (day, month) in {"first_from": (1, 3), "first_until": (30, 3), "over_by": (1, 12)}.items():
        typed |= {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
    wrong = typed | {"not_on": "soon", "other_venue": "The town hall", "over_by-month": 2}
    said = browser.post(address, wrong).content.decode()
    for name, amiss, why in (
        ("first_from-year", year - 2, "The earliest first day cannot be in the past"),
        ("over_by-year", year + 9, "It must be over within two years from today"),
    ):
        assert why in browser.post(address, typed | {name: amiss}).content.decode()
    assert "Write each day on a line of its own" in said
    assert "It must be over after the latest first day" in said
    assert browser.post(address, typed).status_code == 302
    planning = Planning.objects.get(title="Spring cohort")
    assert planning.not_on == [f"{year}-03-05", f"{year}-03-12"]
    assert (planning.weekdays, planning.other_venue) == ([1, 3], "")
    assert "Spring cohort" in browser.get(reverse("plannings", args=[programme.pk])).content.decode()


def refused(name, **changes):
    """A constraint refuses what a row would be."""

    def check(row):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**changes)

    return check


def test_what_a_planning_cannot_be(cast):
    planning = planning_of(cast.mei)
    refused("planning_has_a_title_and_a_venue", venue="")(planning)
    refused("planning_status_is_known", status="wished")(planning)
    refused("planning_begins_before_it_is_over", over_by=planning.first_from)(planning)
    refused("planning_used_says_for_which_cohort", status="used")(planning)


def test_what_an_agreement_cannot_be(cast):
    counted = counted_of(cast.amara)
    refused("counted_withdrawal_says_who_and_when", withdrawn_at=timezone.now())(counted)
    refused("counted_is_near_enough", travel=241)(counted)
    again = {"planning": counted.planning, "setting": counted.setting, "would_go": 1, "agreed_by": cast.amara.user}
    with pytest.raises(IntegrityError) as taken, transaction.atomic():
        Counted.objects.create(**again)
    assert "counted_once_for_each_setting" in str(taken.value) or "UNIQUE" in str(taken.value)


def test_what_a_search_and_an_alternative_cannot_be(cast):
    found = alternative_of(cast.mei)
    refused("search_counts_add_up", people=1)(found.search)
    refused("alternative_adds_up", most_people=1)(found)
    refused("alternative_shape_is_known", shape="evenings")(found)
    for again, name in (
        (Search(planning=found.search.planning, number=1, many=0, unnamed=0, people=0, asked_by=cast.mei.user), "search_number_once_for_each_planning"),
        (Alternative(search=found.search, weekday=3, cadence="weekly", shape="whole", days=[], can_come=0, tight_people=0, cannot=0, tight_days=0, travel=0, most_people=0, fewest_tight=0), "alternative_once_for_each_pattern"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError) as taken, transaction.atomic():
            again.save(force_insert=True)
        assert name in str(taken.value) or "UNIQUE" in str(taken.value)
