"""What comes before and after a visit: the list, the timetable, notes, the report checked and final, and how it was."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pytest
from docx import Document

from tests.visiting import moved_to, planned, review_statement, said
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.models import Action, ChecklistMark, Correction, Recommendation, TimetableRow, VisitFeedback
from trellis.review.visit_lists import checklist, presets

pytestmark = pytest.mark.django_db


def address(visit, rest=""):
    return f"/visits/{visit.pk}/{rest}"


@pytest.fixture
def visit(cast, half):
    return planned(cast.amara, half.round, visitor=cast.hannah)


@pytest.fixture
def drafted(cast, visit):
    return moved_to(visit, "drafted", setting=cast.amara, visitor=cast.hannah)


# ── Preparation ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_says_who_has_what_and_keeps_what_was_said_before(cast, visit, browse):
    amara = browse(cast.amara)
    amara.post(address(visit, "preparation"), {"policy": "have", "policy-where": "Blue folder"})
    browse(cast.priya).post(address(visit, "preparation"), {"policy": "have", "policy-where": "Shelf in the office"})
    marks = ChecklistMark.objects.filter(visit=visit).values_list("item", "number", "where_kept", "by__name")
    assert list(marks) == [
        ("policy", 1, "Blue folder", "Amara Okafor"),
        ("policy", 2, "Shelf in the office", "Priya Nair"),
    ]
    page = browse(cast.hannah).get(address(visit, "preparation")).content.decode()
    assert "Shelf in the office" in page
    assert "Save the list" not in page
    browse(cast.hannah).post(address(visit, "preparation"), {"policy": "needed"})
    assert ChecklistMark.objects.filter(visit=visit).count() == 2


@pytest.mark.parametrize("audience", ["group", "school", "childminder"])
def test_the_list_never_asks_how_many_children(audience):
    items = checklist(audience)
    assert len({item.code for item in items}) == len(items) > 10
    words = " ".join(f"{item.title} {item.help}" for item in items).lower()
    assert "how many" not in words
    assert "no numbers" in words


def test_a_timetable_is_begun_changed_reordered_and_printed(cast, visit, browse):
    amara = browse(cast.amara)
    amara.post(address(visit, "timetable"), {"preset": "half-day"})
    page = amara.get(address(visit, "timetable")).content.decode()
    assert "In all: 3 hours 10 minutes" in page
    first, second, *_ = visit.rows.all()
    amara.post(f"/visits/timetable/{second.pk}/earlier")
    assert [(row.clock, row.activity) for row in visit.rows.all()[:2]] == [
        ("09:00", second.activity),
        ("09:40", first.activity),
    ]
    row = {"start": "9.15", "minutes": "20", "activity": "A walk in the garden", "room": "Garden"}
    first.refresh_from_db()
    amara.post(f"/visits/timetable/{first.pk}/change", row | {"seen": first.seen})
    page = amara.get(address(visit, "timetable")).content.decode()
    assert "“A walk in the garden” begins before" in page
    amara.post(f"/visits/timetable/{first.pk}/away")
    assert visit.rows.count() == 6
    assert amara.get(address(visit, "timetable/pdf")).content.startswith(b"%PDF-")
    for wrong, sentence in (("25:00", "Enter a time"), ("", "Enter when it begins")):
        assert sentence in amara.post(address(visit, "timetable/add"), row | {"start": wrong}).content.decode()


def test_rows_that_would_begin_on_the_next_day_stay_where_they_are(cast, visit, browse):
    for start, minutes in ((23 * 60, 30), (23 * 60 + 30, 60)):
        TimetableRow.objects.create(visit=visit, start=start, minutes=minutes, activity="Talk")
    second = visit.rows.last()
    page = browse(cast.amara).post(f"/visits/timetable/{second.pk}/earlier", follow=True).content.decode()
    assert "It would begin on the next day" in page
    assert [row.clock for row in visit.rows.all()] == ["23:00", "23:30"]


@pytest.mark.parametrize("preset", ["full-day", "half-day", "childminder"])
def test_a_timetable_to_begin_with_does_not_overlap(preset):
    rows = presets()[preset].rows
    assert all(after.start >= before.start + before.minutes for before, after in pairwise(rows))


def test_after_the_visit_its_preparation_stays_as_it_is(cast, visit):
    actions.begin_timetable(visit=visit, preset=presets()["childminder"], by=cast.amara.acting)
    moved_to(visit, "visited", setting=cast.amara, visitor=cast.hannah)
    row = TimetableRow.objects.filter(visit=visit).select_related("visit")[0]
    for change in (
        lambda: actions.mark_checklist(visit=visit, answers={"policy": ("have", "")}, by=cast.amara.acting),
        lambda: actions.remove_row(row=row, by=cast.amara.acting),
        lambda: actions.begin_timetable(visit=visit, preset=presets()["half-day"], by=cast.amara.acting),
    ):
        with pytest.raises(Refused, match="stays as it is"):
            change()


# ── Notes ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_notes_of_one_side_are_read_by_the_other_once_the_draft_is_shared(cast, visit, browse):
    hannah, amara = browse(cast.hannah), browse(cast.amara)
    assert "has not taken place yet" in hannah.get(address(visit, "notes")).content.decode()
    moved_to(visit, "visited", setting=cast.amara, visitor=cast.hannah)
    hannah.post(address(visit, "notes"), {"who": "Amara, Priya", "said": "Keep kneeling down", "next_steps": "Cards"})
    assert "Keep kneeling down" not in amara.get(address(visit, "notes")).content.decode()
    moved_to(visit, "drafted", setting=cast.amara, visitor=cast.hannah)
    assert "Keep kneeling down" in amara.get(address(visit, "notes")).content.decode()


# ── Report ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_is_checked_answered_line_by_line_put_right_and_final(cast, drafted, browse):
    hannah, amara = browse(cast.hannah), browse(cast.amara)
    for says, right in (("in a drawer", "On a shelf"), ("Every adult", "Most adults")):
        amara.post(address(drafted, "report/correct"), {"says": says, "should_say": right})
    assert (
        "The setting is checking the facts"
        in hannah.get(address(drafted, "report/write"), follow=True).content.decode()
    )
    amara.post(address(drafted, "to/checked"), {})
    refused = hannah.post(address(drafted, "to/final"), {}).content.decode()
    assert "Answer each correction first: 2 are waiting" in refused
    first, second = Correction.objects.filter(visit=drafted)
    hannah.post(f"/visits/corrections/{first.pk}", {"taken_in": "yes"})
    asked = hannah.post(f"/visits/corrections/{second.pk}", {"taken_in": "no"}).content.decode()
    assert "Say why it stays as it is" in asked
    hannah.post(f"/visits/corrections/{second.pk}", {"taken_in": "no", "why_not": "I saw five of five"})
    data = {
        "strong": "Every adult kneels down to talk",
        "work_on": "Picture cards are on a high shelf",
        "after": "1",
        "statement_1": "C1",
        "what_1": "Hang the picture cards where children reach them",
    }
    assert "The setting sees each version" in hannah.get(address(drafted, "report/write")).content.decode()
    kept = hannah.post(address(drafted, "report/write"), data, follow=True).content.decode()
    assert "The report is kept. The setting sees it" in kept
    assert "Nobody else sees it" not in kept
    assert "on a high shelf" in amara.get(address(drafted, "report")).content.decode()
    hannah.post(address(drafted, "to/final"), {})
    page = amara.get(address(drafted, "report")).content.decode()
    for words in ("Final report", "on a high shelf", "Taken in", "I saw five of five", "Draft 1, superseded"):
        assert words in page
    earlier = amara.get(f"/visits/report-versions/{drafted.versions.last().pk}").content.decode()
    assert "Picture cards are in a drawer" in earlier
    assert "has been superseded" in earlier
    assert browse(cast.joanna).get(f"/visits/report-versions/{drafted.versions.last().pk}").status_code == 404


def test_the_report_goes_out_on_paper(cast, drafted, browse):
    amara = browse(cast.amara)
    assert amara.get(address(drafted, "report/as/pdf")).content.startswith(b"%PDF-")
    word = Document(BytesIO(b"".join(amara.get(address(drafted, "report/as/docx")))))
    words = "\n".join(paragraph.text for paragraph in word.paragraphs)
    for expected in ("Every adult kneels down to talk", "Hang the picture cards", "not an inspection"):
        assert expected in words
    assert amara.get(address(drafted, "report/as/csv")).status_code == 404


def test_a_report_written_in_two_windows_loses_nothing(cast, visit, browse):
    moved_to(visit, "visited", setting=cast.amara, visitor=cast.hannah)
    actions.write_report(visit=visit, said=said(visit), after=0, by=cast.hannah.acting)
    data = {"strong": "Typed in another window", "work_on": "Less", "after": "0"}
    page = browse(cast.hannah).post(address(visit, "report/write"), data).content.decode()
    assert "was changed in another window" in page
    assert "Typed in another window" in page
    assert 'name="after" value="1"' in page
    assert visit.versions.count() == 1


def test_a_recommendation_says_what_and_for_which_statement(cast, visit, browse):
    moved_to(visit, "visited", setting=cast.amara, visitor=cast.hannah)
    data = {"strong": "Much", "work_on": "Little", "after": "0", "what_1": "Do it", "statement_2": "A1"}
    page = browse(cast.hannah).post(address(visit, "report/write"), data).content.decode()
    assert "Select the statement that this is about" in page
    assert "Enter what they could do" in page


def test_a_recommendation_becomes_an_action_in_one_press_and_once(cast, drafted, browse):
    recommendation = Recommendation.objects.get(version__visit=drafted)
    press = f"/visits/recommendations/{recommendation.pk}/action"
    amara = browse(cast.amara)
    early = amara.post(press, follow=True).content.decode()
    assert "The report is not final yet" in early
    moved_to(drafted, "final", setting=cast.amara, visitor=cast.hannah)
    before = Action.objects.count()
    amara.post(press)
    amara.post(press)
    assert Action.objects.count() == before + 1
    action = Action.objects.get(what="Hang the picture cards where children reach them")
    assert action.statement == review_statement(drafted, "C1")
    assert "In the plan" in amara.get(address(drafted, "report")).content.decode()
    assert browse(cast.hannah).post(press).status_code == 403


def test_the_facts_can_be_checked_again(cast, drafted):
    moved_to(drafted, "checked", setting=cast.amara, visitor=cast.hannah)
    actions.move_visit(visit=drafted, to="drafted", by=cast.amara.acting)
    correction = actions.correct_fact(visit=drafted, says="x", should_say="y", by=cast.amara.acting)
    with pytest.raises(Refused, match="still checking"):
        actions.answer_correction(correction=correction, taken_in=True, by=cast.hannah.acting)


def test_a_correction_is_answered_once(cast, drafted):
    correction = actions.correct_fact(visit=drafted, says="x", should_say="y", by=cast.amara.acting)
    moved_to(drafted, "checked", setting=cast.amara, visitor=cast.hannah)
    correction.visit.refresh_from_db()
    actions.answer_correction(correction=correction, taken_in=True, by=cast.hannah.acting)
    with pytest.raises(Refused, match="answered already"):
        actions.answer_correction(correction=correction, taken_in=False, why_not="No", by=cast.hannah.acting)
    with pytest.raises(Refused, match="nothing to check now"):
        actions.correct_fact(visit=drafted, says="x", should_say="y", by=cast.amara.acting)


# ── How it was ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_setting_says_once_how_it_was_and_the_visitor_reads_it(cast, drafted, browse):
    amara = browse(cast.amara)
    answers = {"useful": "yes", "fair": "partly", "kind": "yes", "words": "Come in the afternoon next time"}
    amara.post(address(drafted, "how-it-was"), answers)
    assert not VisitFeedback.objects.exists()
    moved_to(drafted, "final", setting=cast.amara, visitor=cast.hannah)
    assert amara.post(address(drafted, "how-it-was"), answers).status_code == 302
    assert "Come in the afternoon" in browse(cast.hannah).get(address(drafted, "how-it-was")).content.decode()
    amara.post(address(drafted, "how-it-was"), answers)
    assert VisitFeedback.objects.count() == 1
    with pytest.raises(Refused, match="has said how it was already"):
        actions.give_feedback(visit=drafted, answers=answers, by=cast.amara.acting)


def test_a_stale_row_of_the_timetable_loses_nothing_that_was_typed(cast, visit, browse):
    answers = {"start": 540, "minutes": 30, "activity": "Welcome"}
    row = actions.write_row(visit=visit, row=None, answers=answers, by=cast.amara.acting)
    change = f"/visits/timetable/{row.pk}/change"
    amara, priya = browse(cast.amara), browse(cast.priya)
    seen = row.seen
    assert f'value="{seen}"' in amara.get(change).content.decode()
    typed = {"start": "09:30", "minutes": "20", "activity": "Welcome and coffee", "who": "Amara", "seen": seen}
    assert priya.post(change, typed | {"activity": "Garden", "who": "Priya"}).status_code == 302
    page = amara.post(change, typed)
    told = page.content.decode()
    assert page.status_code == 200
    assert "Somebody else changed this row meanwhile. What you typed is still here" in told
    assert "It says now: 09:30, 20 minutes, Garden, Priya" in told
    assert 'value="Welcome and coffee"' in told
    row.refresh_from_db()
    assert row.activity == "Garden"
    assert f'value="{row.seen}"' in told
    assert amara.post(change, typed | {"seen": row.seen}).status_code == 302
    row.refresh_from_db()
    assert (row.activity, row.who) == ("Welcome and coffee", "Amara")
    gone = TimetableRow.objects.get(pk=row.pk)
    actions.remove_row(row=row, by=cast.priya.acting)
    with pytest.raises(Refused, match="taken out meanwhile"):
        actions.write_row(visit=visit, row=gone, answers=answers, seen=gone.seen, by=cast.amara.acting)
