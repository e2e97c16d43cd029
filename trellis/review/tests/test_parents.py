"""The parents’ form: seven languages, counts and nothing else, answers from five up and only when closed."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.hearing import form_for_parents, replies
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.jobs import forget_keys
from trellis.review.models import PaperSitting, ParentComment, ParentCount, ParentForm, ParentPageKey
from trellis.review.questions import ANSWERS, languages, questions
from trellis.review.reading import where_names_stand
from trellis.review.tests.test_reminders import Steps
from trellis.review.voices import answers_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(cast, half):
    return form_for_parents(half.round, cast.amara)


def key_of(page):
    return re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]


def send(client, form, language="", **answers):
    address = reverse("reply_in", args=[form.token, language]) if language else reverse("reply", args=[form.token])
    return client.post(address, {"key": key_of(client.get(address))} | answers)


def count(form, question, answer):
    return ParentCount.objects.get(form=form, question=question, answer=answer).count


def closed(form, cast):
    return actions.close_parent_form(form=form, by=cast.amara.acting)


def test_a_last_day_is_suggested(cast, half, browse):
    address = reverse("open_parent_form", args=[half.round.pk])
    with time_machine.travel(datetime(2026, 11, 28, 9, tzinfo=UTC), tick=False):
        soup = BeautifulSoup(browse(cast.amara).get(address).content, "html5lib")
    shown = {each["name"]: each["value"] for each in soup.select("input[name^=closes_on]")}
    assert shown == {"closes_on-day": "14", "closes_on-month": "12", "closes_on-year": "2026"}


def test_a_form_is_opened_and_led_to(cast, half, browse):
    browser, last = browse(cast.amara), timezone.localdate() + timedelta(days=14)
    address = reverse("open_parent_form", args=[half.round.pk])
    assert "Ten" not in browser.get(address).content.decode().split("<h1")[0]
    data = {"closes_on-day": last.day, "closes_on-month": last.month, "closes_on-year": last.year}
    answer = browser.post(address, data)
    form = ParentForm.objects.get()
    assert answer["Location"] == form.get_absolute_url()
    assert (form.closes_on, form.edition, len(form.token)) == (last, "2026", 24)
    page = browser.get(form.get_absolute_url()).content.decode()
    assert reverse("reply", args=[form.token]) in page
    assert "Fewer than five replies so far" in page
    assert "open already" in browser.post(address, data).content.decode()


def test_a_form_whose_last_day_has_passed_forgets_which_pages_were_sent(client, cast, form):
    send(client, form, **{questions().questions[0].code: "yes"})
    assert ParentPageKey.objects.count() == 1
    forget_keys(Steps())
    assert ParentPageKey.objects.count() == 1, "somebody may still click twice"
    ParentForm.objects.filter(pk=form.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    forget_keys(Steps())
    assert ParentPageKey.objects.count() == 0


@pytest.mark.parametrize("code", list(languages()))
def test_every_language_is_a_whole_page_of_its_own(client, form, code):
    page = client.get(reverse("reply_in", args=[form.token, code]))
    html, language = page.content.decode(), languages()[code]
    assert f'<html lang="{code}" dir="{language.direction}"' in html
    for text in [language.words.title, language.words.counted, *language.questions.values()]:
        assert text in html
    for other in languages().values():
        assert other.name in html
    if not language.checked_by_a_speaker:
        assert language.words.not_checked in html
        assert languages()["en"].words.not_checked in html
        assert all(text in html for text in languages()["en"].questions.values())
    footer = BeautifulSoup(html, "html5lib").select_one("footer a")
    assert footer.find_parent(attrs={"lang": True})["lang"] == code, "in the language of the page, with its direction"
    assert language.words.privacy in footer.get_text()
    assert [each.get_text() for each in footer.select("[lang=en][dir=ltr]")] == ["(Privacy, in English)"] * (
        code != "en"
    )
    assert "<script" not in html
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "no-store")
    assert page["X-Robots-Tag"] == "noindex"


def test_a_reply_is_counted_and_leaves_nothing_else(client, form, caplog):
    before = AuditEvent.objects.count()
    answer = send(client, form, "ur", welcome="yes", moves="not_yet")
    assert answer["Location"] == reverse("reply_thanks", args=[form.token, "ur"])
    assert "شکریہ" in client.get(answer["Location"]).content.decode()
    assert (count(form, "welcome", "yes"), count(form, "moves", "not_yet"), count(form, "listens", "left_out")) == (
        1,
        1,
        1,
    )
    assert sum(ParentCount.objects.filter(form=form).values_list("count", flat=True)) == 10
    assert AuditEvent.objects.count() == before
    assert ParentComment.objects.count() == 0


def test_nothing_kept_says_who_when_or_in_which_language(form):
    """The columns of what a reply touches: keys that are chance, counts, words. The form’s own row has no time of it."""
    kept = {"review_parentcount", "review_parentcomment", "review_parentpagekey"}
    columns = {
        column.name
        for table in kept
        for column in connection.introspection.get_table_description(connection.cursor(), table)
    }
    assert columns == {"id", "form_id", "question", "answer", "count", "text", "hash"}


def test_all_counts_are_written_at_once(client, form, django_assert_num_queries):
    with django_assert_num_queries(7):  # two savepoints, the key, the replies, the counts
        actions.count_reply(form=form, answers={"welcome": "yes"}, comment="", page_key="x")


def test_the_database_does_not_tell_in_which_order_comments_came(form):
    for number, words in enumerate(("Mud is fun", "zoos are too", "A quiet corner")):
        actions.count_reply(form=form, answers={"welcome": "yes"}, comment=words, page_key=f"{number}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM review_parentcomment")  # in the order in which they lie there
        assert [text for (text,) in cursor.fetchall()] == ["A quiet corner", "Mud is fun", "zoos are too"]
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(DISTINCT xmin::text) FROM review_parentcomment")
            assert cursor.fetchone() == (1,), "all were written at once"


def test_the_log_has_no_line_of_a_reply(client, form, caplog):
    caplog.set_level("INFO")
    client.get("/privacy")
    assert any("request" in record.getMessage() for record in caplog.records)
    caplog.clear()
    send(client, form, welcome="yes")
    assert caplog.records == []


def test_a_double_click_and_a_reload_count_once(client, form):
    address = reverse("reply", args=[form.token])
    data = {"key": key_of(client.get(address)), "welcome": "yes", "comment": "Thank you all"}
    for _ in range(3):
        assert client.post(address, data).status_code == 302
    form.refresh_from_db()
    assert (form.replies, count(form, "welcome", "yes"), ParentComment.objects.count()) == (1, 1, 1)
    assert data["key"] not in ParentPageKey.objects.get().hash


def test_a_browser_that_takes_no_cookies_can_reply(form):
    strict = Client(enforce_csrf_checks=True)
    address = reverse("reply_in", args=[form.token, "ur"])
    page = strict.get(address)
    assert page.cookies == {}
    strict.cookies.clear()
    answer = strict.post(address, {"key": key_of(page), "welcome": "yes"}, headers={"origin": "null"})
    assert answer.status_code == 302
    form.refresh_from_db()
    assert form.replies == 1


def test_one_answer_at_least(client, form):
    page = send(client, form, "pl")
    assert languages()["pl"].words.nothing_answered in page.content.decode()
    assert form.replies == 0


def test_an_answer_that_there_is_not_is_refused(client, form):
    send(client, form, welcome="maybe")
    form.refresh_from_db()
    assert form.replies == 0


def test_a_name_is_asked_about_once(client, form):
    address = reverse("reply", args=[form.token])
    data = {"key": key_of(client.get(address)), "comment": "Noah’s plan is good"}
    page = client.post(address, data).content.decode()
    assert "This looks as if it says who a child is" in page
    assert ParentComment.objects.count() == 0
    assert client.post(address, data | {"warned": data["comment"]}).status_code == 302
    assert ParentComment.objects.get().text == "Noah’s plan is good"


def test_wrong_links_are_not_there_and_closed_ones_say_so(client, form, cast):
    assert client.get(reverse("reply", args=["x" * 24])).status_code == 404
    assert client.get(reverse("reply", args=["\0"])).status_code == 404, "PostgreSQL takes no null in a text"
    assert client.get(reverse("reply_in", args=[form.token, "fr"])).status_code == 404
    address = reverse("reply_in", args=[form.token, "ar"])
    data = {"key": key_of(client.get(address)), "welcome": "yes"}
    closed(form, cast)
    page = client.post(address, data)
    assert page.status_code == 410
    assert languages()["ar"].words.closed in page.content.decode()
    form.refresh_from_db()
    assert form.replies == 0


def test_a_form_closes_by_itself_after_its_last_day(client, form, cast, browse):
    replies(form, 6, welcome="yes")
    ParentForm.objects.filter(pk=form.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    form.refresh_from_db()
    assert client.get(reverse("reply", args=[form.token])).status_code == 410
    assert "6 parents replied" in browse(cast.priya).get(form.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="closed"):
        actions.count_reply(form=form, answers={"welcome": "yes"}, comment="", page_key="late")
    assert form_for_parents(form.round, cast.amara).pk != form.pk


def test_while_it_is_open_nobody_sees_an_answer(cast, form, browse):
    replies(form, 9, comment="Planted sentence", welcome="yes")
    for person in (cast.amara, cast.priya, cast.leila):
        for address in (
            form.get_absolute_url(),
            reverse("voices", args=[form.round_id]),
            reverse("show_statement", args=[form.round_id, "A5"]),
            reverse("full_report", args=[form.round_id]),
        ):
            page = browse(person).get(address).content.decode()
            assert "Planted sentence" not in page
            assert "most or all" not in page
    assert "9 replies so far" in browse(cast.amara).get(form.get_absolute_url()).content.decode()
    assert answers_of(form) == []


def test_with_fewer_than_five_nobody_ever_does(cast, form, browse):
    replies(form, 4, comment="Planted sentence", welcome="yes")
    closed(form, cast)
    page = browse(cast.amara).get(form.get_absolute_url()).content.decode()
    assert "Fewer than five parents replied, so no answers are shown" in page
    assert "Planted sentence" not in page
    assert answers_of(form) == []
    assert "parents answered" not in browse(cast.amara).get(reverse("report", args=[form.round_id])).content.decode()


def test_closed_with_five_it_tells_shares_in_words_and_comments_by_the_alphabet(cast, form, browse):
    replies(form, 9, comment="Zoos are fun", welcome="yes")
    replies(form, 3, comment="a quiet corner would help", welcome="not_yet", moves="not_yet")
    closed(form, cast)
    page = browse(cast.leila).get(form.get_absolute_url()).content.decode()
    assert "12 parents replied" in page
    said = {each.code: each.words for each in answers_of(form)}
    assert said["welcome"] == "Yes: some. Not yet: some"
    assert said["moves"] == "Yes: few or nobody. Not yet: some"
    assert page.index("a quiet corner") < page.index("Zoos are fun")
    beside = browse(cast.amara).get(reverse("show_statement", args=[form.round_id, "A5"])).content.decode()
    assert "Parents said" in beside
    assert (
        "12 parents answered a form."
        in browse(cast.amara).get(reverse("report", args=[form.round_id])).content.decode()
    )
    full = browse(cast.amara).get(reverse("full_report", args=[form.round_id])).content.decode()
    assert "What parents say" in full


@pytest.mark.parametrize(("sent", "typed", "shown"), [(9, 0, False), (10, 0, True), (9, 3, False), (0, 10, True)])
def test_what_parents_add_in_words_is_shown_from_ten(cast, form, browse, sent, typed, shown):
    replies(form, sent, comment="Noah’s plan is good", welcome="yes")
    for number in range(typed):
        said = "" if sent or number else "Noah’s plan is good"
        actions.type_in_reply(
            form=form, answers={"welcome": "yes"}, comment=said, page_key=f"paper {number}", by=cast.amara.acting
        )
    form.refresh_from_db()
    closed(form, cast)
    comment, manager = ParentComment.objects.get(), browse(cast.amara)
    page = manager.get(form.get_absolute_url()).content.decode()
    assert "What parents said" in page
    assert ("Noah’s plan is good" in page) is shown
    assert ("shown when ten or more have replied" in page) is not shown
    take_out = manager.get(reverse("take_out_words", args=["comment", comment.pk, "text"]))
    assert take_out.status_code == (200 if shown else 404)
    listed = [each.kind for each in where_names_stand(form.round, today=timezone.localdate())]
    assert ("comment" in listed) is shown


def test_a_closed_form_stays_closed(cast, form, browse):
    closed(form, cast)
    with pytest.raises(Refused, match="closed"):
        closed(form, cast)
    assert ParentPageKey.objects.count() == 0
    assert browse(cast.amara).get(reverse("parent_poster", args=[form.pk])).status_code == 404


def test_a_review_that_is_finished_hears_nobody_any_more(cast, form, browse, client):
    replies(form, 5, welcome="yes")
    round = form.round
    actions.move_round(round=round, to="discussing", by=cast.amara.acting)
    page = browse(cast.amara).get(reverse("move_round", args=[round.pk, "agreed"])).content.decode()
    assert "The parents’ form is still open" in page
    actions.move_round(round=round, to="agreed", by=cast.amara.acting)
    form.refresh_from_db()
    assert form.closed_by == cast.amara.user
    assert client.get(reverse("reply", args=[form.token])).status_code == 410
    with pytest.raises(Refused, match="closed"):
        actions.count_reply(form=form, answers={"welcome": "yes"}, comment="", page_key="late")
    verbs = (
        AuditEvent.objects.filter(chain=str(round.organisation_id)).order_by("number").values_list("verb", flat=True)
    )
    assert list(verbs)[-2:] == ["parents.form_closed", "round.moved"]
    page = browse(cast.amara).get(reverse("move_round", args=[round.pk, "archived"])).content.decode()
    assert "The parents’ form is still open" not in page


def test_paper_is_typed_in_and_only_how_many_is_kept(cast, form, browse):
    browser, address = browse(cast.priya), reverse("type_in_reply", args=[form.pk])
    for number in range(3):
        page = browser.get(address)
        answer = browser.post(address, {"key": key_of(page), "welcome": "yes", "another": "1"})
        assert answer["Location"] == address, number
    form.refresh_from_db()
    assert (form.replies, PaperSitting.objects.get().replies) == (3, 3)
    assert AuditEvent.objects.filter(verb="parents.paper_typed_in").count() == 1
    closed(form, cast)
    told = AuditEvent.objects.get(verb="parents.form_closed").change["typed_in"]
    assert [(each["who"], each["replies"]) for each in told] == [("Priya Nair", 3)]
    assert browser.get(address)["Location"] == form.get_absolute_url()


@pytest.mark.parametrize(("typed", "sent", "shown"), [(6, 0, True), (6, 4, False), (6, 5, True), (4, 0, False)])
def test_who_typed_in_cannot_work_out_the_others(cast, form, typed, sent, shown):
    for number in range(typed):
        known = {"answers": {"welcome": "yes"}, "comment": "", "page_key": f"paper {number}"}
        actions.type_in_reply(form=form, by=cast.priya.acting, **known)
    replies(form, sent, welcome="not_yet")
    form.refresh_from_db()
    closed(form, cast)
    assert bool(answers_of(form)) is shown


def test_too_many_from_one_address(client, form, monkeypatch):
    monkeypatch.setattr("trellis.review.views.answering.MOST_FROM_AN_ADDRESS", 2)
    for _ in range(2):
        assert send(client, form, welcome="yes").status_code == 302
    page = send(client, form, "ro", welcome="yes")
    assert page.status_code == 429
    assert languages()["ro"].words.too_often in page.content.decode()


def test_the_poster_has_the_code_and_every_language(cast, form, browse):
    page = browse(cast.amara).get(reverse("parent_poster", args=[form.pk])).content.decode()
    assert 'aria-label="QR code of the address"' in page
    assert all(language.words.scan in page for language in languages().values())


def test_the_poster_is_a_pdf_too_on_one_page_with_every_language(cast, form, browse):
    from trellis.core.documents import Figure, pdf_bytes
    from trellis.core.documents.blocks import runs
    from trellis.review.parents_paper import parents_poster

    browser, address = browse(cast.amara), "https://trellis.example/parents/" + "a" * 43
    assert browser.get(reverse("parent_poster_paper", args=[form.pk])).content.startswith(b"%PDF-")
    assert (
        reverse("parent_poster_paper", args=[form.pk])
        in browser.get(reverse("parent_poster", args=[form.pk])).content.decode()
    )
    scope = "The Very Reverend Bartholomew Featherstonehaugh-Cholmondeley Memorial Nursery and Pre-school"
    made = parents_poster(languages(), address, form.closes_on, scope=scope, on=timezone.localdate())
    assert [each.alt for each in made.blocks if isinstance(each, Figure)] == [f"QR code of the address {address}"]
    said = {run.language: run.text for block in made.blocks[3:] for run in runs(block.text) if not run.bold}
    assert said == {code: each.words.scan for code, each in languages().items()}
    assert {block.direction for block in made.blocks[3:]} == {"ltr", "rtl"}
    with pikepdf.open(io.BytesIO(pdf_bytes(made))) as pdf:
        assert len(pdf.pages) == 1
    actions.close_parent_form(form=form, by=cast.amara.acting)
    assert browser.get(reverse("parent_poster_paper", args=[form.pk])).status_code == 404


@pytest.mark.parametrize("code", list(languages()))
def test_the_form_on_paper_has_every_letter(cast, form, browse, code):
    from trellis.core.fonts.drawing import MISSING, drawable

    answer = browse(cast.amara).get(reverse("parent_paper", args=[form.pk, code]))
    assert answer.content.startswith(b"%PDF-")
    language = languages()[code]
    said = [
        *language.questions.values(),
        *language.words.model_dump().values(),
        *language.answers.model_dump().values(),
    ]
    assert not [text for text in said if MISSING in drawable(text)]


def test_the_questions_fit_the_framework_and_every_language_has_every_string(half):
    from trellis.review.wording import wording_of

    asked, wording = questions(), wording_of(half.round)
    assert 0 < len(asked.questions) <= 10
    assert {question.area for question in asked.questions} == {area.code for area in wording.areas}
    assert list(languages()) == ["en", "pl", "ur", "pa", "bn", "ro", "ar"]
    codes = {question.code for question in asked.questions}
    for question in asked.questions:
        assert {wording.area_of[code].code for code in question.statements} >= {question.area}
    for language in languages().values():
        assert set(language.questions) == codes
        everything = [*language.words.model_dump().values(), *language.questions.values()]
        assert all(text.strip() == text and text for text in everything)
    assert {code for code, language in languages().items() if language.direction == "rtl"} == {"ur", "ar"}
    assert [code for code, language in languages().items() if language.checked_by_a_speaker] == ["en"]
    assert len(ANSWERS) == 4
