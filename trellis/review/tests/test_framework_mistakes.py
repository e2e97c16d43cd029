"""A framework file with mistakes is refused with all of them, each with its line and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.review.framework import FrameworkError, framework_from_text, load_framework

if TYPE_CHECKING:
    from pathlib import Path

SMALL = """\
key: small
edition: 2026-1
title: Small
publisher: Somebody invented
licence: Free
language: en
source: Invented.
official: false
introduction: Small on purpose.
scale:
  - {code: low, label: Low, meaning: Not yet., colour: blue, symbol: "-", position: 1, needs_action: true, is_strength: false}
  - {code: high, label: High, meaning: Yes., colour: green, symbol: "+", position: 2, needs_action: false, is_strength: true}
areas:
  - code: A
    title: First
    plain_title: First
    introduction: The first.
    statements:
      - code: A1
        text: One.
        plain_text: One.
        prompts: [What?, Why?]
        audience: [group, school]
        statutory: false
        topics: [policy]
      - code: A2
        text: Two.
        plain_text: Two.
        audience: [group]
        statutory: false
"""


def mistakes_in(text: str) -> list[str]:
    """The mistakes that refuse a text, one by one."""
    with pytest.raises(FrameworkError) as refused:
        framework_from_text(text, name="small.yaml")
    assert str(refused.value) == "\n".join(f"small.yaml, {mistake}" for mistake in refused.value.mistakes)
    return [str(mistake) for mistake in refused.value.mistakes]


def changed(*replacements: tuple[str, str]) -> str:
    """The small framework with some words replaced, each of which must be there."""
    text = SMALL
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_the_small_framework_itself_is_sound() -> None:
    assert len(framework_from_text(SMALL, name="small.yaml").statements) == 2


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "title: Small\n",
            "title: Small\ntitle: Big\n",
            "line 4: title is written twice, first on line 3: keep one of them",
        ),
        (
            "code: A2",
            "code: A2\n        code: A3",
            "line 27, statement A2: code is written twice, first on line 26: keep one of them",
        ),
        (
            "code: A2",
            "code: A1",
            "line 26, statement A1: another statement has the code A1 too: give one of them a new code",
        ),
        (
            "code: high",
            "code: low",
            "line 12, level low: another level has the code low too: give one of them a new code",
        ),
        ("label: High", "label: Low", "line 12, level high: another level is called “Low” too: use another label"),
        (
            'symbol: "+"',
            'symbol: "-"',
            "line 12, level high: another level has the symbol - too: nobody could tell them apart without colour",
        ),
        ("        text: Two.\n", "", "line 26, statement A2: text is missing: add it"),
        (
            "text: Two.",
            'text: "  "',
            "line 27, statement A2: text is empty: write it, or take the line out if it may be left out",
        ),
        (
            "text: Two.",
            "text:",
            "line 27, statement A2: text is empty: write it, or take the line out if it may be left out",
        ),
        ("text: Two.", "text: 2", "line 27, statement A2: text must be text: put it in quotation marks"),
        ("text: Two.", "text: yes", "line 27, statement A2: text must be text: put it in quotation marks"),
        ("audience: [group]", "audience: []", "line 29, statement A2: audience needs at least 1"),
        ("        audience: [group]\n", "", "line 26, statement A2: audience is missing: add it"),
        (
            "audience: [group]",
            "audience: [nursery]",
            "line 29, statement A2: item 1 of audience: “nursery” is not known here: choose from group, school or childminder",
        ),
        (
            "audience: [group]",
            "audience: [group, group]",
            "line 29, statement A2: audience says “group” twice: keep one",
        ),
        ("[What?, Why?]", "[Why?, Why?]", "line 22, statement A1: prompts says “Why?” twice: keep one"),
        (
            "[What?, Why?]",
            "What?",
            "line 22, statement A1: prompts must be a list: begin each item on its own line with a dash",
        ),
        (
            "[What?, Why?]",
            '[What?, ""]',
            "line 22, statement A1: item 2 of prompts is empty: write it, or take the line out if it may be left out",
        ),
        (
            "plain_text: Two.",
            "plain_txt: Two.",
            "line 28, statement A2: plain_txt is not a field that belongs here: did you mean plain_text?",
        ),
        (
            "plain_text: Two.",
            "plain_text: Two.\n        zebra: 1",
            "line 29, statement A2: zebra is not a field that belongs here: take it out",
        ),
        (
            "plain_text: Two.",
            "plain_text: Two.\n        text_for: {childminder: Mine.}",
            "line 29, statement A2: text_for has words for “childminder”, who is not in the audience: add it there or take the words out",
        ),
        (
            "plain_text: Two.",
            "plain_text: Two.\n        text_for: Mine.",
            "line 29, statement A2: text_for must have named parts, such as “childminder:”",
        ),
        (
            "code: A2",
            "code: a 2",
            "line 26, statement a 2: code: “a 2” is not a statement code: capital letters and numbers, "
            "parted by dots or hyphens if need be, such as A1 or 2.3",
        ),
        (
            "edition: 2026-1",
            "edition: next year",
            "line 2: edition: “next year” is not an edition: a year, a hyphen and a number, such as 2026-1",
        ),
        ("official: false", "official: perhaps", "line 8: official must be true or false"),
        ("colour: blue", 'colour: "#ff0000"', "line 11, level low: colour: “#ff0000” is not known here: choose from"),
        ("position: 1", "position: first", "line 11, level low: position must be a whole number"),
        ("position: 1", "position: 0", "line 11, level low: position must be 1 or more"),
        ('symbol: "+"', 'symbol: " "', "line 12, level high: symbol needs a character that can be seen and printed"),
        ('symbol: "+"', 'symbol: "++++++"', "line 12, level high: symbol is longer than 5 characters: shorten it"),
        (
            "code: high",
            "code: does-not-apply",
            "“not yet discussed” and “does not apply” are there under every framework: take this level out",
        ),
        (
            "needs_action: true",
            "needs_action: false",
            "line 10: no level has needs_action: true, so nothing could ever come into a plan",
        ),
        (
            "is_strength: true",
            "is_strength: false",
            "line 10: no level has is_strength: true, so no report could say what is strong",
        ),
        (
            "is_strength: false",
            "is_strength: true",
            "line 11, level low: a level cannot both need action and be a strength: set one to false",
        ),
        ("position: 2", "position: 3", "line 10: the positions must be 1 to 2, each used once: 1 is the weakest level"),
        ("key: small\n", "", "line 1: key is missing: add it"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(old: str, new: str, sentence: str) -> None:
    assert [mistake for mistake in mistakes_in(changed((old, new))) if sentence in mistake] != []


def test_an_unknown_topic_is_told_the_known_ones() -> None:
    (mistake,) = mistakes_in(changed(("topics: [policy]", "topics: [polcy]")))
    assert mistake.startswith(
        "line 25, statement A1: item 1 of topics: “polcy” is not known here: choose from leadership,"
    )
    assert mistake.endswith("or data-and-impact")


def test_a_strength_below_what_needs_action_is_refused() -> None:
    swapped = changed(("position: 1", "position: 9"), ("position: 2", "position: 1"), ("position: 9", "position: 2"))
    assert mistakes_in(swapped) == [
        "line 10: a level that needs action stands above a strength: change their positions"
    ]


def test_a_scale_of_one_level_is_refused() -> None:
    lines = [line for line in SMALL.splitlines() if "code: high" not in line]
    assert "line 10: scale needs at least 2" in mistakes_in("\n".join(lines))


def test_every_mistake_is_listed_and_not_only_the_first() -> None:
    text = changed(
        ("title: Small\n", "title: Small\ntitle: Big\n"),
        ("edition: 2026-1", "edition: soon"),
        ("needs_action: true", "needs_action: false"),
        ("text: One.", "text: ''"),
        ("code: A2", "code: A1"),
        ("topics: [policy]", "topics: [weather]"),
    )
    found = mistakes_in(text)
    assert len(found) == 6
    assert [mistake.split(":")[0].split(",")[0] for mistake in found] == [f"line {n}" for n in (2, 4, 11, 21, 26, 27)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file is empty"),
        ("just words", "line 1: the file must have named parts"),
        ("- a\n- b", "line 1: the file must have named parts"),
        ("key: [unfinished", "this is not YAML"),
        ("a: b: c", "this is not YAML"),
        ("key: &k one\ntitle: *k", "line 2: a reference (*) is not read here: write the text out"),
        ("key: " + "[" * 60 + "]" * 60, "line 1: this is nested too deeply: look at the indents"),
        ("key: one\n---\nkey: two", "line 2: a second document begins here: one file holds one framework"),
        ("key: \x00", "the file has characters that YAML does not allow"),
        ("[a]: b", "line 1: "),
        ("key: !!python/object:os.system {}", "key must be text"),
    ],
)
def test_what_is_no_framework_at_all_is_refused_with_a_reason(text: str, sentence: str) -> None:
    assert any(sentence in mistake for mistake in mistakes_in(text))


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    saved = tmp_path / "old.yaml"
    saved.write_bytes("title: Café".encode("cp1252"))
    with pytest.raises(FrameworkError, match=r"old\.yaml, the file is not UTF-8 text: save it again as UTF-8"):
        load_framework(saved)


def test_a_file_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    saved = tmp_path / "large.yaml"
    saved.write_bytes(b"#" * 2_000_001)
    with pytest.raises(FrameworkError, match="larger than 2 MB"):
        load_framework(saved)


@given(st.text(max_size=200))
def test_no_text_whatever_gets_through_or_breaks_the_reader(text: str) -> None:
    with pytest.raises(FrameworkError):
        framework_from_text(text, name="anything.yaml")


@given(st.lists(st.integers(min_value=1, max_value=5), min_size=2, max_size=2))
def test_positions_count_from_one_without_gaps(positions: list[int]) -> None:
    weaker, stronger = positions
    text = changed(
        ("position: 2", f"position: {stronger}"),
        ("position: 1, needs_action: true", f"position: {weaker}, needs_action: true"),
    )
    if positions == [1, 2]:
        assert framework_from_text(text, name="small.yaml").scale[1].position == 2
    else:
        assert mistakes_in(text) != []
