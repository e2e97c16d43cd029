"""The command that brings frameworks and an authority’s own words into the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.reviewing import EIGHT_AREAS, start
from trellis.review.models import Framework, LocalOverlay
from trellis.review.wording import wording_of

pytestmark = pytest.mark.django_db

OVERLAY = Path(__file__).parent / "fixtures/overlay.yaml"


def load(capsys, *files: Path, **options: object) -> str:
    """What the command says."""
    call_command("load_frameworks", *map(str, files), **options)
    return capsys.readouterr().out


def test_an_authority_s_own_words_reach_the_reviews_of_its_settings(cast, framework, capsys):
    assert "Northshire wording" in load(capsys, overlay=OVERLAY, authority="E99000001")
    overlay = LocalOverlay.objects.get()
    assert overlay.authority == cast.amara.organisation.authority
    here, there = start(cast.amara, framework), start(cast.joanna, framework)
    assert wording_of(here).statements["F1"].text.startswith("The Northshire Offer for Every Child")
    assert wording_of(here).statements["NS1"].text.startswith("We know our Northshire link adviser")
    assert here.ratings.filter(statement__code="NS1").exists()
    assert "NS1" not in wording_of(there).statements
    assert "Northshire" not in wording_of(there).statements["F1"].text


def test_the_same_words_twice_are_kept_once(cast, framework, capsys):
    for _ in range(2):
        load(capsys, overlay=OVERLAY, authority="E99000001")
    assert LocalOverlay.objects.count() == 1


@pytest.mark.parametrize("code", [None, "E99999999"])
def test_words_of_nobody_are_refused(cast, framework, capsys, code):
    with pytest.raises(CommandError, match="There is no local authority with the code"):
        load(capsys, overlay=OVERLAY, authority=code)
    assert not LocalOverlay.objects.exists()


def test_words_for_a_framework_that_is_not_there_are_refused(cast, capsys):
    with pytest.raises(CommandError, match="Load the framework that these words belong to first"):
        load(capsys, overlay=OVERLAY, authority="E99000001")


def test_words_that_do_not_fit_name_their_mistake(cast, framework, capsys, tmp_path):
    wrong = tmp_path / "overlay.yaml"
    wrong.write_text(OVERLAY.read_text().replace("code: F1", "code: Z9"))
    with pytest.raises(CommandError, match="Z9"):
        load(capsys, overlay=wrong, authority="E99000001")
    assert not LocalOverlay.objects.exists()


def test_a_named_file_is_loaded_and_the_second_time_nothing_changes(db, capsys):
    assert load(capsys, EIGHT_AREAS).strip().endswith(": loaded")
    assert load(capsys, EIGHT_AREAS).strip().endswith(": unchanged")
    assert Framework.objects.get().levels.count() == 4


def test_a_file_with_mistakes_is_refused_with_the_line(db, capsys, tmp_path):
    wrong = tmp_path / "framework.yaml"
    wrong.write_text(EIGHT_AREAS.read_text().replace("edition:", "edtion:", 1))
    with pytest.raises(CommandError, match="line"):
        load(capsys, wrong)
    assert not Framework.objects.exists()
