"""Frameworks in the database: editions beside each other, another shape, an authority’s own words."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.reviewing import EIGHT_AREAS, SHIPPED, loaded, rating, say, start
from trellis.core.audit import System
from trellis.review import actions
from trellis.review import framework as files
from trellis.review.models import Framework, LocalOverlay, Rating, Statement
from trellis.review.wording import wording_of

pytestmark = pytest.mark.django_db
BY = System("tests")


def test_loading_twice_changes_nothing(framework):
    again, changed = actions.load_framework(text=files.load_framework(SHIPPED), by=BY)
    assert (again.pk, changed) == (framework.pk, False)
    assert framework.statements.count() == 39


def test_the_command_loads_what_is_shipped(db, capsys):
    call_command("load_frameworks")
    assert "loaded" in capsys.readouterr().out
    assert Framework.objects.get().statements.count() == 39


def test_the_command_loads_an_authoritys_own_words(cast, framework, capsys):
    authority = cast.daniel.organisation.authority
    words = EIGHT_AREAS.with_name("overlay.yaml")
    call_command("load_frameworks", overlay=words, authority=authority.code)
    assert capsys.readouterr().out.endswith("loaded for Fenwickshire\n")
    added = Statement.objects.get(code="NS1")
    assert (added.authority, LocalOverlay.objects.get().title) == (authority, "Northshire wording")
    with pytest.raises(CommandError, match="no local authority with the code E00000000"):
        call_command("load_frameworks", overlay=words, authority="E00000000")


def test_words_for_a_framework_that_is_not_there_are_refused(cast):
    code = cast.daniel.organisation.authority.code
    with pytest.raises(CommandError, match="Load the framework that these words belong to first"):
        call_command("load_frameworks", overlay=EIGHT_AREAS.with_name("overlay.yaml"), authority=code)


def test_a_used_statement_cannot_disappear(cast, half):
    text = files.load_framework(SHIPPED)
    shorter = text.areas[0].model_copy(update={"statements": text.areas[0].statements[1:]})
    without = text.model_copy(update={"areas": (shorter, *text.areas[1:])})
    with pytest.raises(files.FrameworkError, match="A1"):
        actions.load_framework(text=without, by=BY)
    assert Statement.objects.filter(code="A1").exists()


def test_another_edition_stands_beside(cast, half, browse):
    text = files.load_framework(SHIPPED).model_copy(update={"edition": "2027-1"})
    newer, _ = actions.load_framework(text=text, by=BY)
    page = browse(cast.amara).get(reverse("start_round")).content.decode()
    assert "edition 2026-1" in page
    assert "edition 2027-1" in page
    for to in ("discussing", "agreed"):
        actions.move_round(round=half.round, to=to, by=cast.amara.acting)
    following = start(cast.amara, newer)
    assert following.previous == half.round
    assert "Last time:" in browse(cast.amara).get(reverse("rate_area", args=[following.pk, "A"])).content.decode()


def test_a_framework_of_another_shape_works_from_start_to_paper(cast, browse):
    eight = loaded(EIGHT_AREAS)
    round, browser = start(cast.amara, eight), browse(cast.amara)
    wording = wording_of(round)
    assert (len(wording.areas), len(wording.levels)) == (8, 4)
    for number, statement in enumerate(wording.statements.values()):
        say(round, statement.code, wording.levels[number % 4].code, cast.amara)
    for area in wording.areas:
        assert browser.get(reverse("rate_area", args=[round.pk, area.code])).status_code == 200
    for to in ("discussing", "agreed"):
        actions.move_round(round=round, to=to, by=cast.amara.acting)
    for name in ("show_round", "report", "full_report"):
        assert browser.get(reverse(name, args=[round.pk])).status_code == 200
    assert browser.get(reverse("blank_form", args=[round.pk, "pdf"])).status_code == 200
    assert browser.get(reverse("export_report", args=[round.pk, "full", "pdf"])).status_code == 200
    assert all(
        level.label in browser.get(reverse("full_report", args=[round.pk])).content.decode() for level in wording.levels
    )


def overlay(**more):
    values = {
        "key": "fenwickshire",
        "edition": "2026-1",
        "title": "Fenwickshire’s words",
        "publisher": "Fenwickshire Council",
        "framework": "trellis-early-years",
        "framework_edition": "2026-1",
        "rewordings": [
            {"code": "A1", "text": "Our named SENCO has time, as our agreement says", "guidance": "Ring us"}
        ],
    } | more
    return files.Overlay.model_validate(values)


def test_an_authoritys_words_reach_its_settings_and_no_others(cast, framework, browse):
    actions.load_overlay(text=overlay(), authority=cast.daniel.organisation.authority, by=BY)
    here, there = start(cast.amara, framework), start(cast.joanna, framework)
    words = "as our agreement says"
    assert words in browse(cast.amara).get(reverse("show_statement", args=[here.pk, "A1"])).content.decode()
    assert words not in browse(cast.joanna).get(reverse("show_statement", args=[there.pk, "A1"])).content.decode()


def test_an_authority_adds_a_statement_of_its_own(cast, framework):
    added = files.load_framework(SHIPPED).areas[0].statements[0].model_copy(update={"code": "A90", "text": "Our own"})
    text = overlay(additions=[{"area": "A", "statement": added.model_dump(mode="json")}])
    actions.load_overlay(text=text, authority=cast.daniel.organisation.authority, by=BY)
    here, there = start(cast.amara, framework), start(cast.joanna, framework)
    assert rating(here, "A90").state == "not_discussed"
    assert not Rating.objects.filter(round=there, statement__code="A90").exists()


def test_a_childminder_has_a_shorter_review_and_no_roles(cast, framework, browse):
    round, browser = start(cast.megan, framework), browse(cast.megan)
    assert (round.audience, round.ratings.count()) == ("childminder", 25)
    say(round, "C1", "development", cast.megan)
    actions.add_action(
        round=round,
        statement=rating(round, "C1").statement,
        intention=actions.plan.Intention(what="Ask each family at pick-up", owner=cast.megan.user),
        by=cast.megan.acting,
    )
    for address in (
        reverse("home"),
        reverse("plan"),
        round.get_absolute_url(),
        reverse("report", args=[round.pk]),
        reverse("add_action", args=[round.pk, "C1"]),
    ):
        page = browser.get(address).content.decode()
        assert "Who will see to it" not in page
        assert ">Who<" not in page
        assert "Who takes part" not in page
