"""Plain words, dates on paper, and no more at once than a tired person reads."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from docx import Document

from tests.cast import signed_in_client
from tests.client import CheckingClient
from tests.reviewing import say, start
from trellis.accounts.models import User
from trellis.core.dates import day
from trellis.core.documents import AnswerBox, Heading, Paragraph, Together
from trellis.core.documents import Document as Described
from trellis.organisations.models import ClaimRequest
from trellis.review.papers import MOST_ON_ONE_PAGE, blank_form
from trellis.review.wording import wording_of

pytestmark = pytest.mark.django_db
JARGON = re.compile(
    r"\b((?:the|this|a|your|last|next|new|open) round|rounds|frameworks?|overlays?|stale|frozen)\b", re.IGNORECASE
)
PAGES = ["home", "rounds", "start_round", "plan", "evidence"]
OF_ROUND = [
    "show_round",
    "report",
    "full_report",
    "voices",
    "names_in_review",
    "set_targets",
    "ask_person",
    "plan_visit",
]


def text_of(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").body.get_text(" ").split())


def test_no_page_of_a_review_speaks_as_the_program_does(cast, full, browse):
    browser, round = browse(cast.amara), full.round
    addresses = [reverse(name) for name in PAGES] + [reverse(name, args=[round.pk]) for name in OF_ROUND]
    addresses += [reverse("rate_area", args=[round.pk, "A"]), reverse("show_statement", args=[round.pk, "C1"])]
    addresses += [reverse("move_round", args=[round.pk, "discussing"]), full.action.get_absolute_url()]
    for address in addresses:
        assert JARGON.findall(text_of(browser.get(address))) == [], address


def test_what_the_statements_are_is_explained(cast, framework, browse):
    page = text_of(browse(cast.amara).get(reverse("start_round")))
    assert "Each says what good support looks like. You say how well it is in place with you" in page


def test_every_page_says_on_paper_when_it_was_printed(cast, half, browse):
    browser = browse(cast.leila)
    for address in ("/", reverse("report", args=[half.round.pk]), reverse("plan")):
        printed = BeautifulSoup(browser.get(address).content, "html.parser").select("main .app-printed")
        assert [each.get_text() for each in printed] == [f"Printed on {day(timezone.localdate())}"]


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_every_paper_says_its_date(cast, half, browse, kind):
    browser, round, today = browse(cast.amara), half.round, day(timezone.localdate())
    for address in (
        reverse("blank_form", args=[round.pk, kind]),
        reverse("export_report", args=[round.pk, "one-page", kind]),
        reverse("export_report", args=[round.pk, "full", kind]),
        reverse("export_plan", args=[kind]),
    ):
        answer = browser.get(address)
        assert timezone.localdate().isoformat() in answer["Content-Disposition"]
        if kind == "docx":
            word = Document(io.BytesIO(answer.content))
            assert today in " ".join(each.text for each in word.sections[0].footer.paragraphs)


def test_who_waits_for_a_setting_reads_request_waiting(client, cast):
    oskar = User.objects.create(name="Oskar Lind", email="oskar@example.org")
    browser = signed_in_client(CheckingClient(), oskar)
    assert "Request waiting" not in text_of(browser.get("/"))
    ClaimRequest.objects.create(asked_by=oskar, setting_name="Hazel Nursery", position="Manager")
    page = text_of(browser.get("/"))
    assert "Request waiting Hazel Nursery You asked on" in page


def test_eight_things_to_work_on_and_then_all(cast, half, browse):
    browser, round = browse(cast.amara), half.round
    for rated in round.ratings.select_related("statement"):
        say(round, rated.statement.code, "development", cast.priya)
    everything = round.ratings.count()
    address = round.get_absolute_url()
    for shown, most in ((address, 8), (reverse("report", args=[round.pk]), MOST_ON_ONE_PAGE)):
        page = BeautifulSoup(browser.get(shown).content, "html.parser")
        more = page.find("a", string=f"And {everything - most} more")
        assert more["href"].endswith("?show=all#to-work-on"), shown
    page = BeautifulSoup(browser.get(address).content, "html.parser")
    assert len(page.select(".review-work__item")) == 8
    page = BeautifulSoup(browser.get(address + "?show=all").content, "html.parser")
    assert len(page.select(".review-work__item")) == everything
    assert page.find("a", string=re.compile("more$")) is None


def test_a_question_of_the_blank_form_is_not_split(cast, framework, browse):
    round = start(cast.amara, framework)
    form = blank_form(wording_of(round), scope="Bramble Lane Nursery", on=timezone.localdate())
    questions = [block for block in form.blocks if isinstance(block, Together)]
    assert len(questions) == round.ratings.count()
    for question in questions:
        heading, _prompts, ticks, notes = question.blocks
        assert heading.level == 3
        assert "Not sure" in ticks.options
        assert notes.lines == 2
    first = next(block for block in form.blocks if isinstance(block, AnswerBox))
    assert (first.label, form.blocks.index(first)) == ("Date, and who is here", 1)
    answer = browse(cast.amara).get(reverse("blank_form", args=[round.pk, "docx"]))
    paragraphs = Document(io.BytesIO(answer.content)).paragraphs
    at = next(number for number, each in enumerate(paragraphs) if each.text.startswith("A1 "))
    kept = [each.paragraph_format.keep_with_next for each in paragraphs[at : at + 6]]
    assert kept == [True, True, True, True, True, None], "to the last line of the box"


def test_every_question_of_the_printed_blank_form_stands_on_one_page(cast, framework, browse):
    """A heading of a question and its box for notes are on the same page, as the marks of the PDF have it."""
    round = start(cast.amara, framework)
    answer = browse(cast.amara).get(reverse("blank_form", args=[round.pk, "pdf"]))
    with pikepdf.open(io.BytesIO(answer.content)) as paper:
        assert len(paper.pages) > 5
        pages = {}
        for number, page in enumerate(paper.pages):
            for code in codes_on(page, paper):
                pages.setdefault(code, set()).add(number)
    assert len(pages) == round.ratings.count()
    assert all(len(each) == 1 for each in pages.values()), pages


def codes_on(page, paper):
    """Which questions have text on a page, by the structure of the document."""
    root = paper.Root.StructTreeRoot
    wanted, found, current = page.objgen, [], [""]

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for each in node:
                walk(each)
        elif isinstance(node, pikepdf.Dictionary):
            kind = str(node.get("/S", ""))
            if kind in ("/H1", "/H2"):
                current[0] = ""
            if kind == "/H3":
                current[0] = f"question {len(seen)}"
                seen.append(current[0])
            if "/Pg" in node and node.Pg.objgen == wanted and current[0]:
                found.append(current[0])
            if "/K" in node and not isinstance(node.K, int):
                walk(node.K)

    seen = []
    walk(root.K)
    return set(found)


def test_what_stands_together_keeps_the_order_of_headings():
    question = Together([Heading("A question", level=3), Paragraph("Talk about it")])
    told = {"title": "Form", "scope": "Bramble Lane Nursery", "on": timezone.localdate()}
    Described(**told, blocks=[Heading("An area"), question, question])
    with pytest.raises(ValueError, match="skips a level"):
        Described(**told, blocks=[question])
