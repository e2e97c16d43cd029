"""What changed between editions, what may be published, and an authority’s own words on top."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.review.framework import (
    Audience,
    Framework,
    FrameworkError,
    Kind,
    apply_overlay,
    differences,
    load_framework,
    load_overlay,
    overlay_from_text,
    statements_for,
    why_not_publish,
)

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
EARLY_YEARS = load_framework(HERE.parent / "reference" / "trellis-early-years-2026.yaml")
EIGHT_AREAS = load_framework(HERE / "fixtures" / "eight-areas.yaml")
OVERLAY_TEXT = (HERE / "fixtures" / "overlay.yaml").read_text(encoding="utf-8")
NORTHSHIRE = load_overlay(HERE / "fixtures" / "overlay.yaml")
CODES = [statement.code for statement in EARLY_YEARS.statements]


def edited(change: Callable[[dict], object], edition: str = "2027-1") -> Framework:
    """The early years framework after a change to its plain values, as a new edition."""
    given_values = EARLY_YEARS.model_dump(mode="json") | {"edition": edition}
    change(given_values)
    return Framework.model_validate(given_values)


def without(*codes: str) -> Framework:
    """The early years framework without some statements."""

    def take_out(values: dict) -> None:
        for area in values["areas"]:
            area["statements"] = [s for s in area["statements"] if s["code"] not in codes]

    return edited(take_out)


def said(old: Framework, new: Framework) -> list[tuple[Kind, str, str]]:
    """The differences without their words."""
    return [(found.kind, found.code, found.part) for found in differences(old, new)]


def test_an_edition_does_not_differ_from_itself() -> None:
    assert differences(EARLY_YEARS, EARLY_YEARS) == []


def test_added_and_removed_statements_are_named_with_their_words() -> None:
    (removed,) = differences(EARLY_YEARS, without("B4"))
    (added,) = differences(without("B4"), EARLY_YEARS)
    assert (removed.kind, removed.code, added.kind, added.code) == (Kind.REMOVED, "B4", Kind.ADDED, "B4")
    assert removed.sentence.startswith("B4 was removed: “We choose extra help because")
    assert added.sentence.startswith("B4 was added: “We choose extra help because")


@pytest.mark.parametrize(
    ("field", "value", "part"),
    [
        ("text", "Other words.", "text"),
        ("plain_text", "Other words.", "plain text"),
        ("text_for", {"childminder": "Other words."}, "text for childminder"),
        ("plain_text_for", {"childminder": "Other words."}, "plain text for childminder"),
    ],
)
def test_a_rewording_says_which_words(field: str, value: object, part: str) -> None:
    new = edited(lambda values: values["areas"][0]["statements"][0].update({field: value}))
    (found,) = differences(EARLY_YEARS, new)
    assert (found.kind, found.code, found.part, found.after) == (Kind.REWORDED, "A1", part, "Other words.")


def test_other_line_breaks_and_more_prompts_are_no_rewording() -> None:
    def change(values: dict) -> None:
        statement = values["areas"][0]["statements"][0]
        statement["text"] = statement["text"].replace(" ", "\n  ", 2)
        statement["prompts"] = ["One more question?"]

    assert differences(EARLY_YEARS, edited(change)) == []


def test_moved_audience_and_statutory_changes_are_told_apart() -> None:
    def change(values: dict) -> None:
        first, second = values["areas"][:2]
        second["statements"].append(first["statements"].pop(1))
        first["statements"][0]["audience"] = ["childminder", "group"]
        first["statements"][1]["statutory"] = True

    assert said(EARLY_YEARS, edited(change)) == [
        (Kind.AUDIENCE_CHANGED, "A1", ""),
        (Kind.STATUTORY_CHANGED, "A3", ""),
        (Kind.MOVED, "A2", ""),
    ]


def test_the_order_of_the_audience_does_not_matter() -> None:
    new = edited(lambda values: values["areas"][0]["statements"][0]["audience"].reverse())
    assert differences(EARLY_YEARS, new) == []


@given(st.sets(st.sampled_from([code for code in CODES if code[1] != "1"]), max_size=12))
def test_what_one_direction_removes_the_other_adds(codes: set[str]) -> None:
    smaller = without(*codes)
    assert {found.code for found in differences(EARLY_YEARS, smaller)} == codes
    assert {found.kind for found in differences(EARLY_YEARS, smaller)} <= {Kind.REMOVED}
    assert {found.code for found in differences(smaller, EARLY_YEARS)} == codes
    assert {found.kind for found in differences(smaller, EARLY_YEARS)} <= {Kind.ADDED}


@given(
    st.sets(st.sampled_from([code for code in CODES if code[1] != "1"]), max_size=6),
    st.sets(st.sampled_from(CODES), max_size=12),
)
def test_exactly_the_rated_statements_hold_up_an_edition(removed: set[str], used: set[str]) -> None:
    reasons = why_not_publish(EARLY_YEARS, without(*removed), used)
    assert reasons == [f"{code} has been rated and cannot be removed: put it back" for code in sorted(removed & used)]


def test_another_framework_is_no_new_edition() -> None:
    assert why_not_publish(EARLY_YEARS, EIGHT_AREAS, set()) == [
        "harbour-inclusion-compass is another framework than trellis-early-years, not a new edition of it"
    ]


def rename_level(values: dict) -> None:
    """Give the weakest level another code."""
    values["scale"][2]["code"] = "emerging"


def swap_levels(values: dict) -> None:
    """Turn two levels round."""
    values["scale"][0]["position"], values["scale"][1]["position"] = 2, 3


@pytest.mark.parametrize("change", [rename_level, swap_levels])
def test_level_codes_stay_once_statements_have_been_rated(change: Callable[[dict], object]) -> None:
    (reason,) = why_not_publish(EARLY_YEARS, edited(change), {"A1"})
    assert reason.startswith("the levels were development, partly, secure and are now")
    assert why_not_publish(EARLY_YEARS, edited(change), set()) == []


def test_a_level_does_not_change_what_it_means() -> None:
    new = edited(lambda values: values["scale"][1].update({"needs_action": True}))
    assert why_not_publish(EARLY_YEARS, new, {"A1"}) == [
        "level partly has been used: it cannot change whether it needs action or is a strength"
    ]


def test_a_label_may_change() -> None:
    new = edited(lambda values: values["scale"][1].update({"label": "On the way", "colour": "teal"}))
    assert why_not_publish(EARLY_YEARS, new, {"A1"}) == []


def test_an_edition_in_use_is_not_rewritten_under_its_own_number() -> None:
    new = edited(lambda values: values["areas"][0]["statements"][0].update({"text": "Other."}), edition="2026-1")
    assert why_not_publish(EARLY_YEARS, new, {"B1"}) == [
        "edition 2026-1 is in use: give the changed file a new edition"
    ]
    assert why_not_publish(EARLY_YEARS, new, set()) == []
    assert why_not_publish(EARLY_YEARS, EARLY_YEARS, set(CODES)) == []


def test_an_overlay_adds_rewords_and_leaves_the_rest_alone() -> None:
    local = apply_overlay(EARLY_YEARS, NORTHSHIRE)
    assert said(EARLY_YEARS, local) == [
        (Kind.REWORDED, "C6", "text for childminder"),
        (Kind.ADDED, "NS1", ""),
        (Kind.REWORDED, "F1", "text"),
    ]
    statements = {statement.code: statement for statement in local.statements}
    assert statements["F1"].guidance == "Read pages 2 and 3 of the Offer together first."
    assert [link.url for link in statements["F1"].links] == ["https://northshire.example/offer"]
    assert statements["F1"].prompts == next(s for s in EARLY_YEARS.statements if s.code == "F1").prompts
    assert local.scale == EARLY_YEARS.scale
    assert why_not_publish(EARLY_YEARS, local, set()) == []


def test_an_overlay_speaks_to_childminders_in_their_own_words() -> None:
    own = {s.code: s for s in statements_for(apply_overlay(EARLY_YEARS, NORTHSHIRE), Audience.CHILDMINDER)}
    assert own["C6"].text.startswith("I tell families about the Northshire Family Line")
    assert (
        own["F1"].text
        == "The support that any child can expect, without a plan or a diagnosis, is there every day in my home."
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("code: F1", "code: F9", "it rewords F9, which the framework does not have"),
        ("code: NS1", "code: A1", "it adds A1, a code that the framework already uses"),
        ("area: E", "area: Z", "it adds NS1 to area Z, which the framework does not have"),
        (
            "framework_edition: 2026-1",
            "framework_edition: 2025-1",
            "it was written for trellis-early-years 2025-1, not for",
        ),
    ],
)
def test_an_overlay_that_does_not_fit_is_refused_with_the_reason(old: str, new: str, sentence: str) -> None:
    overlay = overlay_from_text(OVERLAY_TEXT.replace(old, new, 1), name="overlay.yaml")
    with pytest.raises(FrameworkError, match=f"Northshire wording, {sentence}"):
        apply_overlay(EARLY_YEARS, overlay)


def test_every_reason_against_an_overlay_is_given() -> None:
    text = (
        OVERLAY_TEXT.replace("code: F1", "code: F9", 1)
        .replace("code: C6", "code: C9", 1)
        .replace("area: E", "area: Z", 1)
    )
    with pytest.raises(FrameworkError) as refused:
        apply_overlay(EARLY_YEARS, overlay_from_text(text, name="overlay.yaml"))
    assert len(refused.value.mistakes) == 3


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("    guidance:", "    statutory: false\n    guidance:", "statutory is not a field that belongs here"),
        ("    guidance:", "    audience: [school]\n    guidance:", "audience is not a field that belongs here"),
        ("rewordings:", "scale: []\nrewordings:", "scale is not a field that belongs here"),
        ("rewordings:", "removals: [A1]\nrewordings:", "removals is not a field that belongs here"),
        ("  - code: C6\n", "  - code: B1\n  - code: C6\n", "line 14, rewording of B1: nothing is changed here"),
        ("code: C6", "code: F1", "line 14, rewording of F1: F1 is reworded twice: put both into one"),
        ("https://northshire", "northshire", "is not an address that begins with https://"),
        ("topics: [working-with-professionals]", "topics: [weather]", "“weather” is not known here"),
        ("title: Northshire wording", "title: A\ntitle: B", "title is written twice"),
    ],
)
def test_an_overlay_cannot_take_away_or_change_who_must_do_what(old: str, new: str, sentence: str) -> None:
    assert old in OVERLAY_TEXT
    with pytest.raises(FrameworkError) as refused:
        overlay_from_text(OVERLAY_TEXT.replace(old, new, 1), name="overlay.yaml")
    assert sentence in str(refused.value)


def test_words_for_somebody_whom_the_statement_is_not_for_are_refused() -> None:
    text = OVERLAY_TEXT.replace("code: C6", "code: C5", 1)
    with pytest.raises(
        FrameworkError, match="statement C5: text_for has words for “childminder”, who is not in the audience"
    ):
        apply_overlay(EARLY_YEARS, overlay_from_text(text, name="overlay.yaml"))
