"""A centre plans a cohort for forty settings: one of their managers agrees, alternatives are compared, a cohort is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from bench.plan import let_be_counted, planning_for
from tests.browser import PHONE, come_in, expect_mistake, no_axe_violations
from tests.planning import run_jobs
from tests.staffing import colleague_of, usual_day_of
from tests.training import programme_of
from trellis.core.audit import broken_links
from trellis.training.models import Cohort, Planning

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = [pytest.mark.journey, pytest.mark.once]


@pytest.mark.django_db(transaction=True)
def test_a_cohort_is_planned_for_forty_settings(cast: Cast, open_browser: Any) -> None:
    programme = programme_of(cast.mei)
    planning = planning_for(programme, cast.mei.acting, programme.made_at.date())
    Planning.objects.filter(pk=planning.pk).update(cadences=["weekly"], weekdays=[2, 3])
    let_be_counted(planning, 39, unnamed=6)
    usual_day_of(cast.amara)
    colleague_of(cast.amara)

    phone = come_in(open_browser(viewport=PHONE, java_script_enabled=False), cast.amara)
    phone.goto("/training/ours")
    phone.get_by_role("link", name="Courses being planned").click()
    phone.get_by_role("link", name="Planned cohort").click()
    phone.get_by_role("button", name="Agree to be counted").click()
    expect_mistake(phone, "Choose who would go")
    phone.get_by_label("Ines").check()
    phone.get_by_label("Minutes from you to The library").fill("20")
    phone.get_by_label("Minutes from you to The town hall").fill("35")
    phone.get_by_label("The centre may see our name").check()
    phone.get_by_role("button", name="Agree to be counted").click()
    expect(phone.get_by_text("Counted, with your name")).to_be_visible()
    no_axe_violations(phone)

    page = come_in(open_browser(), cast.mei)
    page.goto(programme.get_absolute_url())
    page.get_by_role("link", name="Cohorts being planned").click()
    page.get_by_role("link", name="Planned cohort").click()
    expect(page.get_by_text("At least 40 settings have agreed")).to_be_visible()
    page.get_by_role("button", name="Count those that have agreed").click()
    page.get_by_role("button", name="Look for alternatives").click()
    expect(page.get_by_text("Nothing has been found yet")).to_be_visible()
    run_jobs()  # the page follows by itself
    table = page.get_by_role("table", name="Alternatives, the best first")
    expect(table.get_by_role("row")).to_have_count(3)
    expect(table.get_by_role("row").nth(1)).to_contain_text("Thursdays, every week, whole days")
    no_axe_violations(page)
    table.get_by_role("link", name="Thursdays, every week, whole days").click()
    expect(page.get_by_role("listitem").filter(has_text="Bramble Lane Nursery")).to_be_visible()
    no_axe_violations(page)
    page.get_by_role("button", name="Set up a cohort with these days").click()
    no_axe_violations(page)
    page.get_by_role("button", name="Set up the cohort").click()
    expect(page.get_by_text("The cohort is set up, with all its sessions")).to_be_visible()
    assert Cohort.objects.get(title="Planned cohort").sessions.count() == 12
    assert list(broken_links()) == []
