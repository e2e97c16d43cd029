"""A person follows what they asked for; whoever runs the installation sees every job, and no content."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from trellis.core.audit import System
from trellis.core.jobs import start
from trellis.core.jobs.running import claim
from trellis.core.jobs.worker import Worker
from trellis.core.models import AuditEvent, Job
from trellis.core.tests import jobs

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 5, 12, 0, tzinfo=UTC)
JOBS_OF_TESTS = jobs


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def job(cast) -> Job:
    return start(job="test.count", by=cast.amara.acting, arguments={"to": 1240}, title="Counting the children’s coats")


def page_of(browse, person, job, tail="") -> str:
    return browse(person).get(f"/jobs/{job.pk}{tail}").content.decode()


def running(job, done, total, note) -> Job:
    Job.objects.filter(pk=job.pk).update(done=done, total=total, note=note)
    return claim("worker", at=NOON)


def test_a_waiting_job_can_be_followed_and_cancelled(browse, cast, job):
    page = page_of(browse, cast.amara, job)
    assert all(
        words in page for words in ("Counting the children’s coats", "Waiting", "Cancel this job", "5 March 2027")
    )


def test_the_page_is_followed_until_the_end_by_a_script_or_a_link(browse, cast, job):
    waiting = page_of(browse, cast.amara, job)
    assert all(words in waiting for words in (f'data-progress="/jobs/{job.pk}/progress"', "See how far it is now"))
    Worker().run_one()
    done = page_of(browse, cast.amara, job)
    assert not [words for words in ("data-progress=", "See how far it is now") if words in done]


def test_a_running_job_says_how_far_it_is(browse, cast, job):
    running(job, 310, 1240, "Reading line 310")
    page = page_of(browse, cast.amara, job)
    assert all(words in page for words in ("Running", "25%", "Reading line 310"))


def test_the_script_is_told_how_far_it_is(browse, cast, job):
    running(job, 310, 1240, "Reading line 310")
    assert browse(cast.amara).get(f"/jobs/{job.pk}/progress").json() == {
        "state": "running",
        "label": "Running",
        "done": 310,
        "total": 1240,
        "percent": 25,
        "note": "Reading line 310",
        "finished": False,
    }


def test_what_came_out_is_listed_with_its_link(browse, cast, job):
    now = datetime.now(UTC)
    result = {"rejected_lines": 3, "added": 70991, "link": "/files/1", "link_text": "Download the result"}
    Job.objects.update(state="done", started_at=now, finished_at=now, result=result)
    page = page_of(browse, cast.amara, job)
    assert all(words in page for words in ("Rejected lines", "70,991", 'href="/files/1"', "Download the result"))


def test_a_failed_job_says_why_and_is_run_again_by_a_button(browse, cast):
    job = start(job="test.refuse", by=cast.amara.acting)
    Worker().run_one()
    assert "This file is not a register" in page_of(browse, cast.amara, job)
    after = browse(cast.amara).post(f"/jobs/{job.pk}/run-again", follow=True).content.decode()
    assert "It will go on from where it stopped." in after
    assert AuditEvent.objects.get(verb="job.run_again").actor_name == "Amara Okafor"


def test_cancelling_twice_says_that_it_has_happened(browse, cast, job):
    browser = browse(cast.amara)
    assert "What was done before stays" in browser.post(f"/jobs/{job.pk}/cancel", follow=True).content.decode()
    assert "already cancelled" in browser.post(f"/jobs/{job.pk}/cancel", follow=True).content.decode()


def test_running_again_what_runs_says_so(browse, cast, job):
    assert "still waiting" in browse(cast.amara).post(f"/jobs/{job.pk}/run-again", follow=True).content.decode()


def test_a_person_lists_their_own_jobs(browse, cast, job):
    assert "Counting the children’s coats" in browse(cast.amara).get("/jobs").content.decode()
    assert "Nothing yet" in browse(cast.priya).get("/jobs").content.decode()


@pytest.mark.parametrize("who", ["priya", "joanna", "daniel", "sam"])
@pytest.mark.parametrize("tail", ["", "/progress"])
def test_somebody_else_s_job_is_not_there(browse, cast, job, who, tail):
    assert browse(getattr(cast, who)).get(f"/jobs/{job.pk}{tail}").status_code == 404


@pytest.mark.parametrize("tail", ["/cancel", "/run-again"])
def test_somebody_else_s_job_is_not_touched(browse, cast, job, tail):
    assert browse(cast.priya).post(f"/jobs/{job.pk}{tail}").status_code == 404
    assert browse(cast.amara).get(f"/jobs/{job.pk}{tail}").status_code == 405


def test_somebody_who_belongs_nowhere_any_more_changes_nothing(browse, cast, job):
    cast.amara.membership.delete()
    assert browse(cast.amara).post(f"/jobs/{job.pk}/cancel").status_code == 404


# Whoever runs the installation


def test_the_operator_sees_every_job_and_narrows_the_list(browse, cast, job):
    start(job="test.refuse", by=System("The clock"))
    browser = browse(cast.sam)
    everything = browser.get("/operations/jobs").content.decode()
    assert all(
        words in everything for words in ("Counting the children’s coats", "Trellis itself", "Bramble Lane Nursery")
    )
    Worker().run_until_empty()
    assert "Counting the children’s coats" not in browser.get("/operations/jobs?state=failed").content.decode()
    assert "There is no such job" in browser.get("/operations/jobs?state=cancelled").content.decode()


def test_the_operator_sees_where_it_failed_and_runs_it_again(browse, cast):
    job = start(job="test.count", by=cast.amara.acting, arguments={"to": 1, "break_at": 1, "breaks": 1})
    Job.objects.update(attempts=3)
    Job.objects.update(arguments={"to": 1, "break_at": 1, "breaks": 4})
    Worker().run_one()
    browser = browse(cast.sam)
    assert "tests.jobs.Unforeseen at core/tests/jobs.py" in browser.get(f"/operations/jobs/{job.pk}").content.decode()
    assert "It will go on" in browser.post(f"/operations/jobs/{job.pk}/run-again", follow=True).content.decode()
    assert "still waiting" in browser.post(f"/operations/jobs/{job.pk}/run-again", follow=True).content.decode()
    assert "Next attempt" in browser.get(f"/operations/jobs/{job.pk}").content.decode()


@pytest.mark.parametrize("who", ["amara", "grace", "daniel"])
@pytest.mark.parametrize("address", ["/operations/jobs", "/operations/mail"])
def test_nobody_else_sees_operations(browse, cast, who, address):
    assert browse(getattr(cast, who)).get(address).status_code == 403
