"""The framework that we ship: its promises to those who rate by it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trellis.review.framework import Audience, Certainty, Statement, load_framework, statements_for

REFERENCE = Path(__file__).parent.parent / "reference"
SHIPPED = load_framework(REFERENCE / "trellis-early-years-2026.yaml")

# Codes are for ever. A number here may grow, and never become smaller.
LAST_NUMBERS = {"A": 7, "B": 6, "C": 7, "D": 7, "E": 6, "F": 6}
CODES = {f"{area}{number}" for area, last in LAST_NUMBERS.items() for number in range(1, last + 1)}

# How sure we are of each paragraph at most; a reference may claim less, never more.
SURE = {
    None: Certainty.QUOTED,
    "5.1–5.9": Certainty.SEEN,
    "5.4": Certainty.SEEN,
    "5.5": Certainty.SEEN,
    "5.6": Certainty.QUOTED,
    "5.7": Certainty.SEEN,
    "5.10–5.11": Certainty.RECALLED,
    "5.23–5.24": Certainty.QUOTED,
    "5.27–5.28": Certainty.QUOTED,
    "5.29–5.31": Certainty.RECALLED,
    "5.32–5.34": Certainty.QUOTED,
    "5.36–5.38": Certainty.RECALLED,
    "5.38": Certainty.RECALLED,
    "5.39": Certainty.QUOTED,
    "5.39–5.44": Certainty.QUOTED,
    "5.40": Certainty.QUOTED,
    "5.41": Certainty.QUOTED,
    "5.42": Certainty.QUOTED,
    "5.43": Certainty.QUOTED,
    "5.44": Certainty.QUOTED,
    "5.47": Certainty.SEEN,
    "5.48": Certainty.SEEN,
    "5.49": Certainty.RECALLED,
    "5.50": Certainty.QUOTED,
    "5.52": Certainty.RECALLED,
    "5.53": Certainty.QUOTED,
    "5.54": Certainty.QUOTED,
    "5.55–5.58": Certainty.RECALLED,
    "5.59–5.60": Certainty.RECALLED,
    "9.14": Certainty.SEEN,
}
SUREST_FIRST = list(Certainty)

TRADE_WORDS = re.compile(
    r"\b(SENCO|SEND|SEN|outcomes?|provisions?|statutory|practitioners?|interventions?|referrals?|assessments?|"
    r"identif\w+|EHC|policy|strateg\w+|adapt\w*|graduated|settings?)\b"
)

TEAM_WORDS = re.compile(
    r"\b(staff|rooms|colleagues?|governors|committee|rotas?|team|leaders|everyone here)\b", re.IGNORECASE
)

each_statement = pytest.mark.parametrize("statement", SHIPPED.statements, ids=lambda statement: statement.code)
each_childminder_statement = pytest.mark.parametrize(
    "statement",
    [statement for statement in SHIPPED.statements if Audience.CHILDMINDER in statement.audience],
    ids=lambda statement: statement.code,
)


def test_it_has_six_areas_of_at_least_six_statements() -> None:
    assert len(SHIPPED.areas) == 6
    assert all(len(area.statements) >= 6 for area in SHIPPED.areas)


def test_it_says_that_it_is_not_the_official_form() -> None:
    assert SHIPPED.official is False
    assert "not the official form" in SHIPPED.source
    assert "not an inspection" in SHIPPED.introduction


def test_its_scale_is_secure_partly_development() -> None:
    assert [level.code for level in SHIPPED.scale] == ["secure", "partly", "development"]
    assert [level.code for level in SHIPPED.scale if level.needs_action] == ["development"]
    assert [level.code for level in SHIPPED.scale if level.is_strength] == ["secure"]


def test_every_code_ever_published_is_still_there() -> None:
    assert {statement.code for statement in SHIPPED.statements} >= CODES


def test_a_code_begins_with_its_area() -> None:
    assert all(s.code.startswith(area.code) for area in SHIPPED.areas for s in area.statements)


@each_statement
def test_a_statement_can_be_talked_about_and_shown(statement: Statement) -> None:
    assert 2 <= len(statement.prompts) <= 4
    assert 3 <= len(statement.typical_evidence) <= 5
    assert statement.topics
    assert statement.references


@each_statement
def test_prompts_are_questions(statement: Statement) -> None:
    asked = [*statement.prompts, *(p for prompts in statement.prompts_for.values() for p in prompts)]
    assert [prompt for prompt in asked if "?" not in prompt] == []


@each_statement
def test_words_for_parents_are_plain(statement: Statement) -> None:
    assert TRADE_WORDS.findall(statement.plain_text) == []
    sentences = re.split(r"(?<=[.?!])\s", statement.plain_text)
    assert [sentence for sentence in sentences if len(sentence.split()) > 15] == []


@each_statement
def test_a_reference_is_no_surer_than_we_are(statement: Statement) -> None:
    for reference in statement.references:
        assert SUREST_FIRST.index(reference.certainty) >= SUREST_FIRST.index(SURE[reference.paragraph])


@each_statement
def test_paragraph_numbers_of_the_eyfs_are_left_out(statement: Statement) -> None:
    assert [r for r in statement.references if r.document.startswith("EYFS") and r.paragraph] == []


def test_statutory_statements_are_those_with_a_must_that_we_can_show() -> None:
    statutory = {statement.code: statement for statement in SHIPPED.statements if statement.statutory}
    assert set(statutory) == {"A5", "A7", "C1", "D1", "D2"}
    musts = [r.note for s in statutory.values() for r in s.references if r.note and "must" in r.note]
    assert len(musts) >= 4


def test_groups_and_schools_rate_everything() -> None:
    assert statements_for(SHIPPED, Audience.GROUP) == statements_for(SHIPPED, Audience.SCHOOL)
    assert len(statements_for(SHIPPED, Audience.GROUP)) == len(SHIPPED.statements)


def test_a_childminder_has_a_shorter_set_that_touches_every_area() -> None:
    shorter = statements_for(SHIPPED, Audience.CHILDMINDER)
    assert len(shorter) <= 26
    assert {statement.code[0] for statement in shorter} == {area.code for area in SHIPPED.areas}


def test_every_duty_reaches_childminders() -> None:
    assert all(Audience.CHILDMINDER in statement.audience for statement in SHIPPED.statements if statement.statutory)


@each_childminder_statement
def test_a_childminder_is_not_spoken_to_as_a_team(statement: Statement) -> None:
    own = statement.worded_for(Audience.CHILDMINDER)
    assert not own.text.startswith(("We ", "Our "))
    assert [text for text in (own.text, *own.prompts, *own.typical_evidence) if TEAM_WORDS.search(text)] == []
    assert 2 <= len(own.prompts) <= 4
    assert 3 <= len(own.typical_evidence) <= 5


def every_text(value: object) -> list[str]:
    """Every text in plain values, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for item in value for text in every_text(item)] if isinstance(value, list) else []


def test_people_read_curly_quotes_and_en_dashes() -> None:
    read = every_text(SHIPPED.model_dump(mode="json", exclude={"key", "edition"}))
    assert len(read) > 500
    assert [text for text in read if "'" in text or '"' in text or " - " in text or "—" in text] == []


def test_nothing_is_said_twice() -> None:
    texts = [wording for s in SHIPPED.statements for wording in (s.text, s.plain_text, *s.text_for.values())]
    assert len(texts) == len(set(texts))
