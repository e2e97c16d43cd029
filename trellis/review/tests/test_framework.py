"""Framework files: what is read from them, for whom, and in which format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trellis.core.topics import LABELS, Topic
from trellis.review.framework import (
    Audience,
    Certainty,
    areas_for,
    framework_from_text,
    json_schema,
    load_framework,
    overlay_json_schema,
    statements_for,
)
from trellis.review.framework.__main__ import main

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "reference"
EARLY_YEARS = REFERENCE / "trellis-early-years-2026.yaml"
EIGHT_AREAS = HERE / "fixtures" / "eight-areas.yaml"


def test_a_framework_of_another_shape_is_read_just_the_same() -> None:
    framework = load_framework(EIGHT_AREAS)
    assert [area.code for area in framework.areas] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert [level.label for level in framework.scale] == ["Planning", "Trying out", "Our usual way", "Sharing it"]
    assert len(framework.statements) == 17


def test_statements_are_given_in_the_words_of_their_audience() -> None:
    framework = load_framework(EARLY_YEARS)
    group = {statement.code: statement for statement in statements_for(framework, Audience.GROUP)}
    childminder = {statement.code: statement for statement in statements_for(framework, Audience.CHILDMINDER)}
    assert group["B3"].text.startswith("We judge")
    assert childminder["B3"].text.startswith("I judge")
    assert childminder["B3"].prompts != group["B3"].prompts
    assert childminder["B3"].plain_text == group["B3"].plain_text
    assert childminder["B3"].text_for == {}


def test_an_area_without_a_statement_for_the_audience_is_left_out() -> None:
    framework = load_framework(EIGHT_AREAS)
    assert areas_for(framework, Audience.CHILDMINDER) == ()
    group = areas_for(framework, Audience.GROUP)
    assert [len(area.statements) for area in group] == [2, 2, 2, 2, 2, 2, 2, 2]


def test_numbers_with_a_dot_stay_as_written() -> None:
    text = EIGHT_AREAS.read_text(encoding="utf-8").replace('paragraph: "5.7"', "paragraph: 5.10")
    framework = framework_from_text(text, name="numbers.yaml")
    assert [r.paragraph for s in framework.statements for r in s.references] == ["5.10"]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    saved = tmp_path / "from-windows.yaml"
    saved.write_text(EIGHT_AREAS.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert load_framework(saved) == load_framework(EIGHT_AREAS)


def test_every_topic_has_a_label_of_its_own() -> None:
    assert set(LABELS) == set(Topic)
    assert len(set(LABELS.values())) == len(Topic)


def test_every_certainty_says_what_it_promises() -> None:
    assert len({certainty.meaning for certainty in Certainty}) == len(Certainty)


@pytest.mark.parametrize(
    ("file", "schema", "word"),
    [
        ("framework.schema.json", json_schema(), "schema"),
        ("overlay.schema.json", overlay_json_schema(), "overlay-schema"),
    ],
)
def test_the_committed_schema_is_current(file: str, schema: object, word: str) -> None:
    committed = json.loads((REFERENCE / file).read_text(encoding="utf-8"))
    assert committed == schema, f"Run: python -m trellis.review.framework {word} > trellis/review/reference/{file}"


def test_the_schema_names_every_choice() -> None:
    definitions = json_schema()["$defs"]
    assert definitions["Topic"]["enum"] == list(Topic)
    assert definitions["Audience"]["enum"] == list(Audience)


def test_the_command_counts_what_is_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(EIGHT_AREAS)]) == 0
    said = capsys.readouterr().out
    assert (
        said == "eight-areas.yaml: Inclusion compass, edition 2025-2: 8 areas, 17 statements, 4 levels. No mistakes.\n"
    )


def test_the_command_fails_on_a_file_that_cannot_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(HERE / "nowhere.yaml"), str(EIGHT_AREAS)]) == 1
    said = capsys.readouterr().out
    assert "nowhere.yaml, the file cannot be read: No such file or directory" in said
    assert "8 areas" in said


def test_the_command_prints_the_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema()


def test_the_command_tells_an_editor_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = tmp_path / "later.yaml"
    written = EIGHT_AREAS.read_text(encoding="utf-8").replace("2025-2", "2026-1").replace('code: "8.2"', 'code: "8.3"')
    later.write_text(written, encoding="utf-8")
    assert main(["changes", str(EIGHT_AREAS), str(later)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "8.3 was added: “Moves to another class or school are prepared.”",
        "8.2 was removed: “Moves to another class or school are prepared.”",
        "Not yet: 8.2 has been rated and cannot be removed: put it back",
    ]
    assert main(["changes", str(EIGHT_AREAS), str(EIGHT_AREAS)]) == 0
    assert capsys.readouterr().out == "No statement changed.\n"
    assert main(["changes", str(EIGHT_AREAS), str(tmp_path / "nowhere.yaml")]) == 1
