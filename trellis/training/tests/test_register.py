"""The register: one form, one version after the other, nobody’s mark overwritten unseen, each sent mark once."""

from __future__ import annotations

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.attending import held_on, todays_session, wanted, yesterday
from tests.training import cohort_of, new_trainer, place_in, session_of
from trellis.core.models import AuditEvent
from trellis.training import actions
from trellis.training.attendance import read_register
from trellis.training.forms.attendance import name_of
from trellis.training.models import Mark

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(answer.content.decode().split())


def learners(cast, number=3):
    cohort = cohort_of(cast.mei)
    names = ["Niamh Byrne", "Priya Nair", "Ayesha Siddiqui", *(f"Learner {each:02}" for each in range(number - 3))]
    return [place_in(cohort, name, by=cast.mei) for name in names[:number]]


def typed(session):
    """What a browser would send of the register, with nothing changed."""
    found, sent = read_register(session), {}
    for place in found.places:
        for part in found.parts:
            last, name = found.last(place, part), name_of(place, part)
            sent[f"{name}-status"] = last.status if last else "unmarked"
            sent[f"{name}-version"] = str(last.version if last else 0)
            sent[f"{name}-minutes"] = str((last and last.missed_minutes) or "")
            sent[f"{name}-reason"] = last.reason if last else ""
    return sent


def standing(session):
    """How everybody is marked in the morning."""
    marks = Mark.objects.filter(part__session=session, part__position=1).standing().select_related("place")
    return {mark.place.name: mark.status for mark in marks}


def name(session, place, position=1):
    return name_of(place, session.parts.get(position=position))


def test_today_is_where_a_trainer_begins(cast, browse):
    learners(cast)
    browser = browse(cast.zofia)
    assert "No session is held today" in text(browser.get(reverse("registers_today")))
    session = todays_session(cast.mei)
    assert browser.get(reverse("registers_today")).url == reverse("attendance_register", args=[session.pk])
    page = text(browser.get(reverse("registers_today"), follow=True))
    assert "Niamh Byrne" in page
    assert "Open the register" in text(browser.get(reverse("registers_today") + "?all"))


def test_everybody_is_present_in_one_touch_then_one_is_not(cast, browse):
    niamh, priya, _ = learners(cast)
    session, browser = todays_session(cast.mei), browse(cast.zofia)
    address = reverse("attendance_register", args=[session.pk])
    page = text(browser.post(address, typed(session) | {"all_present": "1"}, follow=True))
    assert "3 marks are saved" in page
    assert set(standing(session).values()) == {"present"}
    sent = typed(session) | {f"{name(session, niamh)}-status": "late"}
    assert "Niamh Byrne, morning: enter how many minutes they missed" in text(browser.post(address, sent))
    sent |= {f"{name(session, niamh)}-minutes": "15", f"{name(session, priya)}-status": "absent"}
    browser.post(address, sent | {f"{name(session, priya)}-reason": "ratio"})
    assert standing(session) == {"Niamh Byrne": "late", "Priya Nair": "absent", "Ayesha Siddiqui": "present"}
    late = Mark.objects.get(status="late")
    assert (late.version, late.missed_minutes, late.by, late.because) == (2, 15, cast.zofia.user, "Changed on the day")
    assert Mark.objects.filter(place=niamh).count() == 2, "the first one stays"
    assert "Nothing has changed" in text(browser.post(address, typed(session), follow=True))
    assert AuditEvent.objects.filter(verb="register.marked").count() == 2


def test_the_last_marks_are_taken_back_by_a_further_version(cast, browse):
    niamh, *_ = learners(cast)
    session, browser = todays_session(cast.mei), browse(cast.zofia)
    address = reverse("attendance_register", args=[session.pk])
    browser.post(address, typed(session) | {"all_present": "1"})
    browser.post(address, typed(session) | {f"{name(session, niamh)}-status": "absent"})
    undo = str(Mark.objects.get(status="absent").batch)
    page = text(browser.post(address, {"undo": undo}, follow=True))
    assert "1 mark is taken back" in page
    assert standing(session)["Niamh Byrne"] == "present"
    assert [mark.version for mark in Mark.objects.filter(place=niamh).order_by("version")] == [1, 2, 3]
    assert "nothing to take back" in text(browser.post(address, {"undo": undo}, follow=True))
    assert "nothing to take back" in text(browser.post(address, {"undo": "x"}, follow=True))


def test_a_stale_page_is_told_what_somebody_else_marked_and_keeps_what_was_typed(cast, browse):
    niamh, priya, _ = learners(cast)
    session = todays_session(cast.mei)
    beatriz = new_trainer(cast.mei)
    actions.assign_trainer(cohort=session.cohort, user=beatriz.user, by=cast.mei.acting)
    address, stale = reverse("attendance_register", args=[session.pk]), typed(session)
    actions.save_marks(session=session, wanted=[wanted(session, niamh, "late", missed=10)], by=beatriz.acting)
    chosen = {f"{name(session, niamh)}-status": "absent", f"{name(session, priya)}-status": "present"}
    answer = browse(cast.zofia).post(address, stale | chosen)
    page = text(answer)
    assert "Niamh Byrne, morning: late, 10 minutes (Beatriz Nunes, " in page
    assert standing(session) == {"Niamh Byrne": "late", "Priya Nair": "present"}, "theirs stays, the other is saved"
    assert f'<input type="hidden" name="{name(session, niamh)}-version" value="1">' in page
    kept = page.split(f'name="{name(session, niamh)}-status"')[1].split("</select>")[0]
    assert '<option value="absent" selected>' in kept
    again = typed(session) | {f"{name(session, niamh)}-status": "absent"}
    browse(cast.zofia).post(address, again)
    assert standing(session)["Niamh Byrne"] == "absent"


def test_after_the_day_a_correction_says_why(cast, browse):
    niamh, *_ = learners(cast)
    session, browser = held_on(session_of(cast.mei), yesterday()), browse(cast.zofia)
    address = reverse("attendance_register", args=[session.pk])
    assert 'name="because"' in text(browser.get(address)), "before anybody is marked: scripts mark without a new page"
    browser.post(address, typed(session) | {"all_present": "1"})
    changed = typed(session) | {f"{name(session, niamh)}-status": "absent"}
    assert "Say why marks are corrected" in text(browser.post(address, changed))
    browser.post(address, changed | {"because": "She left before we began"})
    assert Mark.objects.get(status="absent").because == "She left before we began"


def test_nobody_is_marked_in_a_session_to_come_or_cancelled(cast, browse):
    niamh, *_ = learners(cast)
    session = session_of(cast.mei)
    address = reverse("attendance_register", args=[session.pk])
    assert "It can be marked from that day on" in text(browse(cast.zofia).get(address))
    browse(cast.zofia).post(address, typed(session) | {f"{name(session, niamh)}-status": "present"})
    assert not Mark.objects.exists()
    session = todays_session(cast.mei)
    actions.cancel_session(session=session, because="Snow", by=cast.mei.acting)
    assert "was cancelled" in text(browse(cast.zofia).get(address))


def test_saving_thirty_learners_costs_as_many_queries_as_saving_three(cast, browse):
    learners(cast)
    session, browser = todays_session(cast.mei), browse(cast.zofia)
    address = reverse("attendance_register", args=[session.pk])
    browser.get(address)

    def cost(send):
        with CaptureQueriesContext(connection) as found:
            send()
        return len(found)

    few = typed(session) | {"all_present": "1"}
    for_three = cost(lambda: browser.post(address, few)), cost(lambda: browser.get(address))
    for number in range(27):
        place_in(session.cohort, f"Learner {number:02}", by=cast.mei)
    many = typed(session) | {"all_present": "2"}
    for_thirty = cost(lambda: browser.post(address, many)), cost(lambda: browser.get(address))
    assert Mark.objects.filter(part__position=2).count() == 30
    assert for_thirty[0] <= for_three[0]
    assert for_thirty[1] <= for_three[1] + 1
    assert max(for_thirty) <= 32


def sent(place, session, status, **said):
    part = session.parts.get(position=1)
    return {"id": str(uuid.uuid4()), "place": str(place.pk), "part": str(part.pk), "status": status, "base": 0, **said}


def test_a_mark_that_waited_arrives_exactly_once(cast, browse):
    niamh, *_ = learners(cast)
    session, browser = todays_session(cast.mei), browse(cast.zofia)
    address = reverse("send_marks", args=[session.pk])
    marks = {"marks": json.dumps([sent(niamh, session, "late", missed=5, waited=True)])}
    first, second = browser.post(address, marks).json(), browser.post(address, marks).json()
    assert [each["marks"][0]["result"] for each in (first, second)] == ["saved", "saved"]
    mark = Mark.objects.get()
    assert (mark.source, mark.version, mark.missed_minutes) == ("offline", 1, 5)
    changed = {"marks": json.dumps([sent(niamh, session, "absent", base=1)])}
    browser.post(address, changed)
    assert browser.post(address, marks).json()["marks"][0]["status"] == "absent", "the old one comes once more"
    assert Mark.objects.count() == 2


def test_a_correction_that_a_page_sends_after_the_day_is_told_which_field_it_needs(cast, browse):
    niamh, *_ = learners(cast)
    session, browser = held_on(session_of(cast.mei), yesterday()), browse(cast.zofia)
    address = reverse("send_marks", args=[session.pk])
    browser.post(address, {"marks": json.dumps([sent(niamh, session, "present")])})
    answer = browser.post(address, {"marks": json.dumps([sent(niamh, session, "absent", base=1)])})
    assert (answer.status_code, answer.json()["field"]) == (422, "because")
    assert "Say why" in answer.json()["message"]


def test_a_mark_sent_late_does_not_overwrite_what_somebody_else_marked(cast, browse):
    niamh, *_ = learners(cast)
    session = todays_session(cast.mei)
    actions.save_marks(session=session, wanted=[wanted(session, niamh, "late", missed=10)], by=cast.mei.acting)
    address = reverse("send_marks", args=[session.pk])
    answer = browse(cast.zofia).post(address, {"marks": json.dumps([sent(niamh, session, "absent")])}).json()
    told = answer["marks"][0]
    assert (told["result"], told["version"], told["status"]) == ("conflict", 1, "late")
    assert "Mei Castellano" in told["told"]
    assert standing(session) == {"Niamh Byrne": "late"}


@pytest.mark.parametrize("marks", ["", "no", "[1]", '[{"place": "x"}]'])
def test_what_is_no_list_of_marks_is_refused_with_words(cast, browse, marks):
    learners(cast)
    session = todays_session(cast.mei)
    answer = browse(cast.zofia).post(reverse("send_marks", args=[session.pk]), {"marks": marks})
    assert (answer.status_code, "Open the register again" in answer.json()["message"]) == (422, True)


def test_a_mark_of_somebody_elses_learner_is_refused(cast, browse):
    learners(cast)
    theirs = place_in(cohort_of(cast.rafael), "Somebody Else", by=cast.rafael)
    session = todays_session(cast.mei)
    answer = browse(cast.zofia).post(
        reverse("send_marks", args=[session.pk]), {"marks": json.dumps([sent(theirs, session, "present")])}
    )
    assert answer.status_code == 422
    assert not Mark.objects.exists()


def test_a_mark_is_never_changed_or_deleted(cast):
    niamh, *_ = learners(cast)
    session = todays_session(cast.mei)
    actions.save_marks(session=session, wanted=[wanted(session, niamh, "present")], by=cast.mei.acting)
    for change in (lambda: Mark.objects.update(status="absent"), lambda: Mark.objects.all().delete()):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            change()


def file_of(*rows):
    lines = "\n".join(["email,part,status,minutes,reason", *rows])
    return SimpleUploadedFile("marks.csv", lines.encode("utf-8-sig"), content_type="text/csv")


def test_a_file_of_marks_tells_each_rejected_row_and_twice_changes_nothing(cast, browse):
    learners(cast)
    session, browser = todays_session(cast.mei), browse(cast.zofia)
    address = reverse("register_file", args=[session.pk])
    rows = (
        "Niamh.Byrne@example.org,Morning,Late,20,Ratio or cover",
        "nobody@example.org,Morning,present,,",
        "priya.nair@example.org,Evening,present,,",
        "priya.nair@example.org,Morning,asleep,,",
        "priya.nair@example.org,Morning,late,ten,",
        "priya.nair@example.org,Morning,late,,",
        "priya.nair@example.org,Morning,absent,,bored",
        "niamh.byrne@example.org,morning,present,,",
    )
    page = text(browser.post(address, {"file": file_of(*rows)}))
    for line in range(3, 10):
        assert f">{line}</th>" in page
    for why in ("Nobody with this e-mail", "The part is “Morning” or “Afternoon”", "“asleep” is no status"):
        assert why in page
    assert "“ten” is no number" in page
    assert "“bored” is no reason" in page
    assert "twice" in page
    assert not Mark.objects.exists(), "none unless they want the good ones"
    assert "1 mark is saved" in text(browser.post(address, {"file": file_of(*rows), "good_ones": "on"}))
    assert Mark.objects.get().source == "csv"
    page = text(browser.post(address, {"file": file_of(*rows[:1])}, follow=True))
    assert "Nothing has changed" in page
    assert Mark.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfe\x00", "not text in UTF-8"), (b"name\nx", "no column “email”"), (b"", "no column")]
)
def test_what_is_no_file_of_marks_says_why(cast, browse, content, said):
    learners(cast)
    session = todays_session(cast.mei)
    file = SimpleUploadedFile("marks.csv", content or b"\n")
    page = text(browse(cast.zofia).post(reverse("register_file", args=[session.pk]), {"file": file}))
    assert said in page


def test_the_sheet_has_everybodys_full_name(cast, browse):
    learners(cast)
    page = text(browse(cast.zofia).get(reverse("register_sheet", args=[session_of(cast.mei).pk])))
    assert all(each in page for each in ("Niamh Byrne", "Priya Nair", "Morning", "Afternoon"))


def test_only_who_teaches_or_runs_the_cohort_marks(cast, browse):
    learners(cast)
    session = todays_session(cast.mei)
    address = reverse("attendance_register", args=[session.pk])
    assert browse(new_trainer(cast.mei)).get(address).status_code == 404
    assert browse(cast.daniel).get(address).status_code == 403, "an authority sees the session, not the learners"
    assert browse(cast.rafael).get(address).status_code == 404
