"""Every page of a review that asks something has a way back, beside its button."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

TEMPLATES = Path(__file__).parent.parent / "jinja2" / "review"
WITHOUT = {"release_locked.html"}
"""What somebody outside opens by a link: there is nowhere to go back to."""


def test_every_page_that_asks_says_where_cancel_leads():
    asks = re.compile(r'extends "core/layouts/(form|confirm).html"')
    leads = re.compile(r"set (back|cancel) = ")
    pages = {each.name: each.read_text() for each in TEMPLATES.glob("*.html") if asks.search(each.read_text())}
    assert len(pages) > 25
    assert {name for name, text in pages.items() if not leads.search(text)} == WITHOUT


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["add_action", "change_action", "move_action", "ask_person", "start_round"])
def test_cancel_stands_beside_the_button(cast, half, browse, name):
    round, action = half.round, half.action
    pages = {
        "add_action": ([round.pk, "C1"], reverse("show_statement", args=[round.pk, "C1"])),
        "change_action": ([action.pk], action.get_absolute_url()),
        "move_action": ([action.pk], action.get_absolute_url()),
        "ask_person": ([round.pk], round.get_absolute_url()),
        "start_round": ([], reverse("rounds")),
    }
    keys, back = pages[name]
    soup = BeautifulSoup(browse(cast.amara).get(reverse(name, args=keys)).content, "html5lib")
    cancel = soup.select_one("form .govuk-button-group").find("a", string="Cancel")
    assert cancel["href"] == back
