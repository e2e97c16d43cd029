"""Pages with voices beside the statements ask the database as often with many voices as with few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.hearing import form_for_parents, replies, says_alone, seen_of_children
from trellis.review import actions

pytestmark = pytest.mark.django_db
PAGES = [
    ("rate_area", "A"),
    ("rate_area", "E"),
    ("show_statement", "E2"),
    ("discussion",),
    ("discuss_statement", "A1"),
    ("voices",),
    ("report",),
    ("full_report",),
    ("export_report", "full", "docx"),
]


def asked_by(browser, round):
    """How many queries each page takes."""
    found = {}
    for name, *more in PAGES:
        address = reverse(name, args=[round.pk, *more])
        browser.get(address)  # the words are in memory from here on
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        found[name, *more] = len(queries)
    return found


def heard_from(half, cast, codes, people):
    """These colleagues say something of these statements alone, parents reply, and something is seen."""
    for code in codes:
        for number, person in enumerate(people):
            says_alone(half.round, code, ("secure", "partly", "development")[number % 3], person, note="Seen")
    for number in range(len(codes)):
        seen_of_children(half.round, cast.leila, f"Children choose the garden, day {number}")
    form = replies(form_for_parents(half.round, cast.amara), 6 * len(codes), comment="A word", welcome="yes")
    actions.close_parent_form(form=form, by=cast.amara.acting)


def test_as_many_queries_for_many_voices_as_for_few(cast, half, browse):
    browser = browse(cast.amara)
    heard_from(half, cast, ["A1"], [cast.leila, cast.priya])
    round = actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    few = asked_by(browser, round)
    half.round = actions.move_round(round=round, to="draft", by=cast.amara.acting)
    heard_from(half, cast, ["A2", "A3", "A5", "E1", "E2", "E4"], [cast.leila, cast.priya, cast.tomasz, cast.amara])
    actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    assert asked_by(browser, round) == few
    assert max(few.values()) <= 22


def test_the_parents_form_asks_once(client, half, cast, django_assert_num_queries):
    form = form_for_parents(half.round, cast.amara)
    address = reverse("reply_in", args=[form.token, "ur"])
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)
