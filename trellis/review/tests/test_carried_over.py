"""Open actions carry over: from an earlier edition, and from the words of an authority that the setting has left."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.local_words import add_local_statement
from tests.releasing import text_of
from tests.reviewing import SHIPPED, rating, say, start
from trellis.core.audit import System
from trellis.organisations.models import Organisation
from trellis.review import actions
from trellis.review import framework as files
from trellis.review.actions.plan import Intention
from trellis.review.tests.filled_forms import accept, form_read, taken, with_plan

pytestmark = pytest.mark.django_db
PAGES = [
    *[("home",), ("plan",), ("our_review_over_the_years",)],
    *[(name, "round") for name in ("show_round", "report", "full_report", "names_in_review", "on_paper")],
    *[("rate_area", "round", "C"), ("show_statement", "round", "C1"), ("show_statement", "round", "E1")],
    *[("export_report", "round", "full", "docx"), ("blank_form", "round", "docx")],
    *[("take_form", "round", "filled", kind) for kind in ("xlsx", "docx")],
]


def newer_edition():
    text = files.load_framework(SHIPPED).model_copy(update={"edition": "2027-1"})
    return actions.load_framework(text=text, by=System("tests"))[0]


def following(round, framework, person):
    """The round after this one is agreed."""
    for to in ("discussing", "agreed"):
        actions.move_round(round=round, to=to, by=person.acting)
    return start(person, framework)


def every_page(browser, round):
    """What each page says in which the plan of a round has a part; nothing for what is a file."""
    found = {}
    for name, *keys in PAGES:
        address = reverse(name, args=[round.pk if key == "round" else key for key in keys])
        page = browser.get(address)
        assert page.status_code == 200, address
        found[name, *keys] = text_of(page) if page["Content-Type"].startswith("text/html") else ""
    return found


def test_an_action_of_an_earlier_edition_stands_with_its_statement_in_the_newer(cast, half, browse):
    round = following(half.round, newer_edition(), cast.amara)
    assert half.action in round.actions.all()
    pages = every_page(browse(cast.amara), round)
    assert "1 action" in pages["rate_area", "round", "C"]
    for page in ("report", "full_report"):
        assert half.action.what in pages[page, "round"]
    assert half.action.what in pages["show_statement", "round", "C1"]
    assert half.action.what not in pages["show_statement", "round", "E1"]


def test_it_comes_back_from_paper(cast, half, browse):
    round = following(half.round, newer_edition(), cast.amara)
    content = with_plan(taken(browse, cast.amara, round), "C1", "P1", what="Agree with every family")
    accept(browse, cast.amara, form_read(browse, cast.amara, round, content))
    half.action.refresh_from_db()
    assert half.action.what == "Agree with every family"


def test_an_action_about_words_of_a_former_authority_stays_in_the_plan(cast, framework, browse):
    code = add_local_statement(cast.amara)
    round = start(cast.amara, framework)
    say(round, code, "development", cast.amara)
    intention = Intention(what="Ring the adviser", owner=cast.amara.user)
    statement = rating(round, code).statement
    actions.add_action(round=round, statement=statement, intention=intention, by=cast.amara.acting)
    elsewhere = cast.idris.organisation.authority
    Organisation.objects.filter(pk=cast.amara.organisation.pk).update(authority=elsewhere)
    cast.amara.organisation.refresh_from_db()
    round = following(round, framework, cast.amara)
    pages = every_page(browse(cast.amara), round)
    for page in ("report", "full_report"):
        assert f"Ring the adviser {code}" in pages[page, "round"]
