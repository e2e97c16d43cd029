"""A centre’s own courses in the public catalogue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.client import CheckingClient
from tests.qualifying import course_of, entry, facts_of_a_course, load_catalogue
from tests.reading import text, typed
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.qualifications.actions.courses import add_course, change_course, offer_course
from trellis.qualifications.models import Qualification

pytestmark = pytest.mark.django_db
SAID = {
    "title": "A day about Makaton", "summary": "Signs for every day.", "kind": "course", "entry": "Anybody",
    "for_whom": ["practitioner", "parent"], "format": "face-to-face", "funding": "setting", "cost": "60",
    "what_it_covers": "Signing at snack time\n\nSongs",
}  # fmt: skip


def test_a_course_is_added_and_anybody_reads_who_says_so(cast, browse):
    award = entry("senco-level-3-award")
    mei, soon = browse(cast.mei), timezone.localdate() + timedelta(days=20)
    assert "No course of yours yet" in text(mei.get(reverse("own_courses")))
    assert "Enter the title" in text(mei.post(reverse("add_course"), SAID | {"title": ""}))
    mei.post(reverse("add_course"), SAID | typed("next_start", soon) | {"leads_to": [award.key]})
    course = Qualification.objects.get(owner=cast.mei.organisation)
    public = text(CheckingClient().get(course.get_absolute_url()))
    for words in ("As Marches Early Years Training says", "Said by whoever offers it", "£60", "Songs", award.title):
        assert words in public
    assert f"{soon.day} {soon:%B %Y}" in public
    assert "A day about Makaton" in text(CheckingClient().get(reverse("qualifications"), {"starts": "month"}))
    assert AuditEvent.objects.filter(verb="course.added", chain=str(cast.mei.organisation.pk)).count() == 1


@pytest.mark.parametrize(
    ("page", "here"), [("own_courses", "Courses"), ("criteria_sets", "Criteria"), ("holdings", "Qualifications")]
)
def test_the_navigation_marks_one_place(cast, browse, page, here):
    soup = BeautifulSoup(browse(cast.mei).get(reverse(page)).content, "html5lib")
    assert [link.get_text(strip=True) for link in soup.select(".app-navigation [aria-current]")] == [here]


def test_a_course_is_changed_and_only_what_differs_is_written_down(cast, browse):
    course = course_of(cast.mei)
    page = reverse("change_course", args=[course.pk])
    kofi = browse(cast.kofi)
    assert "Signs for every day." in text(kofi.get(page))
    kofi.post(page, SAID | {"cost": "75", "for_whom": ["practitioner"], "what_it_covers": ""})
    course.refresh_from_db()
    assert (course.cost, course.audiences.count()) == (75, 1)
    event = AuditEvent.objects.get(verb="course.changed")
    assert event.change == {"cost": [60, 75]}
    kofi.post(page, SAID | {"cost": "75", "for_whom": ["practitioner"], "what_it_covers": ""})
    assert AuditEvent.objects.filter(verb="course.changed").count() == 1


def test_what_need_not_be_said_is_folded_away_and_open_when_something_is_wrong_in_it(cast, browse):
    mei, page = browse(cast.mei), reverse("add_course")
    folded = BeautifulSoup(mei.get(page).content, "html5lib").select_one("main details")
    assert not folded.has_attr("open")
    named = {each["name"] for each in folded.select("[name]")}
    assert {"what_it_covers", "level", "guided_hours", "total_hours", "region", "cost"} <= named
    assert not named & {"title", "summary", "kind", "for_whom", "entry", "format", "funding", "next_start-day"}
    kept = BeautifulSoup(mei.post(page, SAID | {"title": ""}).content, "html5lib").select_one("main details")
    assert not kept.has_attr("open")
    assert kept.select_one("[name=what_it_covers]").get_text(strip=True) == SAID["what_it_covers"].strip()
    wrong = BeautifulSoup(mei.post(page, SAID | {"total_hours": "many"}).content, "html5lib")
    assert wrong.select_one("main details").has_attr("open")
    assert wrong.select_one("[name=total_hours]")["value"] == "many"


def test_hours_that_do_not_fit_are_said_at_the_field(cast, browse):
    mei, page = browse(cast.mei), reverse("add_course")
    assert "An award takes up to 120 hours in all" in text(
        mei.post(page, SAID | {"kind": "award", "total_hours": "130"})
    )
    assert "more guided hours than" in text(mei.post(page, SAID | {"guided_hours": "9", "total_hours": "6"}))
    assert not Qualification.objects.exists()


def test_a_line_that_is_too_long_is_said_at_the_field(cast, browse):
    mei, page = browse(cast.mei), reverse("add_course")
    assert "Each line can have 2,000 characters at most" in text(mei.post(page, SAID | {"what_it_covers": "a" * 2001}))
    assert not Qualification.objects.exists()
    mei.post(page, SAID | {"what_it_covers": f" {'a' * 2000}\n{'b' * 1900}"})
    assert len(Qualification.objects.get().facts.what_it_covers) == 2


def test_it_is_taken_out_and_put_back(cast, browse):
    course, mei = course_of(cast.mei), browse(cast.mei)
    listed = reverse("qualifications")
    mei.post(reverse("offer_course", args=[course.pk, "out"]))
    assert "Makaton" not in text(CheckingClient().get(listed))
    assert "Taken out" in text(mei.get(reverse("own_courses")))
    change_course(course=course, facts=facts_of_a_course(cost=61), next_start=None, by=cast.mei.acting)
    assert "Makaton" not in text(CheckingClient().get(listed)), "changing it does not put it back"
    mei.post(reverse("offer_course", args=[course.pk, "in"]))
    assert "Makaton" in text(CheckingClient().get(listed))
    with pytest.raises(Refused, match="so already"):
        offer_course(course=course, offered=True, by=cast.mei.acting)


def test_nobody_else_changes_it_and_the_file_leaves_it_alone(cast, browse):
    award, course = entry("senco-level-3-award"), course_of(cast.mei)
    assert browse(cast.rafael).get(reverse("change_course", args=[course.pk])).status_code == 404
    assert browse(cast.zofia).get(reverse("change_course", args=[course.pk])).status_code == 403
    assert browse(cast.mei).get(reverse("change_course", args=[award.pk])).status_code == 404
    for act in (
        lambda: change_course(course=course, facts=facts_of_a_course(), next_start=None, by=cast.rafael.acting),
        lambda: change_course(course=award, facts=facts_of_a_course(), next_start=None, by=cast.mei.acting),
        lambda: add_course(facts=facts_of_a_course(), next_start=None, by=cast.daniel.acting),
    ):
        with pytest.raises(Refused, match="courses of the centre"):
            act()
    load_catalogue()
    course.refresh_from_db()
    assert not course.withdrawn


def test_a_centres_course_is_no_example(cast):
    course = course_of(cast.mei)
    with pytest.raises(IntegrityError, match="qualification_of_a_centre_is_no_example"), transaction.atomic():
        Qualification.objects.filter(pk=course.pk).update(example=True)


def test_the_list_asks_as_much_however_many_there_are(cast, browse, django_assert_num_queries):
    mei = browse(cast.mei)
    course_of(cast.mei)
    with CaptureQueriesContext(connection) as few:
        mei.get(reverse("own_courses"))
    for number in range(4):
        add_course(facts=facts_of_a_course(title=f"Course {number}"), next_start=None, by=cast.mei.acting)
    with django_assert_num_queries(len(few)):
        assert "Course 3" in text(mei.get(reverse("own_courses")))
