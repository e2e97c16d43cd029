"""Editions are files: complete, sourced, honest about how sure they are, and chosen by the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
import yaml

from tests.rostering import away, day, group, people, person
from trellis.qualifications.catalogue.certainty import Certainty
from trellis.staffing.editions.loading import FOLDER, NotAnEdition, edition_on, editions, read_edition, read_editions
from trellis.staffing.rules.answers import Verdict
from trellis.staffing.rules.checking import check
from trellis.staffing.rules.edition import changes
from trellis.staffing.rules.keys import KINDS
from trellis.staffing.rules.people import Standing

ALL = {each.key: each for each in editions()}


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2021, 8, 31), None),
        (date(2021, 9, 1), "2021-09"),
        (date(2023, 9, 3), "2021-09"),
        (date(2023, 9, 4), "2023-09"),
        (date(2024, 1, 3), "2023-09"),
        (date(2024, 1, 4), "2024-01"),
        (date(2024, 10, 31), "2024-01"),
        (date(2024, 11, 1), "2024-11"),
        (date(2025, 8, 31), "2024-11"),
        (date(2025, 9, 1), "2025-09"),
        (date(2030, 1, 1), "2025-09"),
    ],
)
def test_the_day_chooses_the_edition(day, key):
    found = edition_on(day)
    assert (found.key if found else None) == key


def test_what_changed_from_one_edition_to_the_next():
    said = [(newer.key, {change.key for change in changes(older, newer)}) for older, newer in zip(editions(), editions()[1:], strict=False)]  # fmt: skip
    assert said == [
        ("2023-09", {"ratio-2"}),
        ("2024-01", {"manager-level-3", "setting-others-level-2", "manager-maths", "manager-maths-months", "manager-experience"}),
        ("2024-11", set()),
        ("2025-09", {"sight-and-hearing", "trainee-first-aid", "first-aid-at-meals", "experience-route", "experience-first-aid", "experience-good-setting", "experience-share"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("ratio-under-2", [3, 3, 3, 3, 3]),
        ("ratio-2", [4, 5, 5, 5, 5]),
        ("ratio-3-plus", [8] * 5),
        ("ratio-3-plus-level-6", [13] * 5),
        ("level-6-hours", [(480, 960)] * 5),
        ("two-others-level-2", [Fraction(1, 2)] * 5),
        ("trainee-first-aid", [None, None, None, None, True]),
        ("manager-level-3", [None, None, True, True, True]),
    ],
)
def test_a_value_in_each_edition(key, values):
    found = [edition.rules.get(key) for edition in editions()]
    assert [rule.value if rule else None for rule in found] == values


@pytest.mark.parametrize(
    ("key", "certainty"),
    [
        # read in a public copy
        ("ratio-under-2", "seen"),
        ("ratio-2", "seen"),
        ("ratio-3-plus-level-6", "seen"),
        ("first-aid-at-meals", "seen"),
        ("experience-share", "seen"),
        ("assistant-alone-minutes", "seen"),
        # known, and not confirmed
        ("level-6-hours", "recalled"),
        ("level-6-other-level-3", "recalled"),
        ("three-level-3", "recalled"),
        ("three-others-level-2", "recalled"),
        ("least-age", "recalled"),
        ("ratio-3-plus-independent-most-five", "recalled"),
        ("maintained-teacher", "recalled"),
        ("newly-qualified-first-aid", "recalled"),
        ("breaks-not-counted", "recalled"),
        # weak sources, and our own reading
        ("sleeping-children-count", "reported"),
        ("mixed-ages", "reported"),
        ("unqualified-counted", "inferred"),
        ("one-to-one-not-counted", "inferred"),
        ("nobody-spare", "inferred"),
    ],
)
def test_a_rule_says_how_sure_it_is(key, certainty):
    assert ALL["2025-09"].rules[key].certainty == certainty


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.key)
def test_every_row_has_a_source_and_a_certainty(edition):
    for rule in edition.rules.values():
        assert rule.source
        assert rule.title
        assert Certainty(rule.certainty).words
        assert rule.only_shown == (KINDS[rule.key] == "words")


def test_every_key_is_in_some_edition():
    assert {key for edition in editions() for key in edition.rules} == set(KINDS)


def test_paragraphs_are_of_their_edition_only():
    found = {
        edition.key: sorted({rule.paragraph for rule in edition.rules.values() if rule.paragraph}) for edition in editions()
    }  # fmt: skip
    assert found == {
        "2021-09": ["3.32", "3.33"],
        "2023-09": ["3.29", "3.32", "3.33"],
        "2024-01": ["3.29", "3.33", "3.37", "3.49"],
        "2024-11": ["3.29", "3.33", "3.37", "3.49"],
        "2025-09": [],
    }
    assert ALL["2025-09"].rules["ratio-2"].carried_from == "September 2023"
    assert ALL["2021-09"].rules["ratio-3-plus"].certainty == "inferred"


def test_a_rule_that_an_edition_lacks_asks_nothing():
    assert ALL["2024-11"].number("first-aid-at-meals") == 0
    assert ALL["2024-11"].share("experience-share") == 0
    assert ALL["2023-09"].since("manager-maths") is None


ROW = {"key": "ratio-2", "title": "Twos", "value": 6, "source": "A copy", "certainty": "seen"}
FILE = {"key": "2031-09", "title": "September 2031", "starts_on": date(2031, 9, 1), "starts_certainty": "seen", "source": "A copy", "builds_on": "2025-09", "rules": [ROW]}  # fmt: skip


def written(folder, **otherwise):
    path = folder / "2031-09.yaml"
    path.write_text(yaml.safe_dump(FILE | otherwise, allow_unicode=True), encoding="utf-8")
    return path


def test_a_new_edition_is_a_file(tmp_path):
    found = read_edition(written(tmp_path), ALL)
    assert (found.number("ratio-2"), found.number("ratio-3-plus")) == (6, 8)
    assert [change.key for change in changes(ALL["2025-09"], found)] == ["ratio-2"]


@pytest.mark.parametrize(
    ("otherwise", "said"),
    [
        ({"rules": [ROW | {"source": " "}]}, "rules › 1 › source: String should have at least 1 character"),
        ({"rules": [{key: ROW[key] for key in ROW if key != "certainty"}]}, "rules › 1 › certainty: Field required"),
        ({"rules": [ROW | {"certainty": "sure"}]}, "rules › 1 › certainty: Input should be 'seen', 'reported'"),
        ({"rules": [ROW | {"key": "ratio-9"}]}, "nothing here knows a rule ratio-9"),
        ({"rules": [ROW | {"value": "1/2"}]}, "ratio-2 is “1/2”, and should be a whole number from 1 to 999"),
        ({"rules": [ROW | {"value": 0}]}, "ratio-2 is “0”, and should be"),
        ({"rules": [ROW | {"value": True}]}, "ratio-2 is “True”, and should be"),
        ({"rules": [ROW | {"key": "level-6-hours", "value": "16:00–08:00"}]}, "should be a part of the day"),
        ({"rules": [ROW | {"key": "experience-share", "value": "2/2"}]}, "should be a share such as 1/2"),
        ({"rules": [ROW | {"paragraph": "about 3"}]}, "rules › 1 › paragraph"),
        ({"rules": [ROW | {"conditions": ["nobody-knows"]}]}, "a condition is no rule of this edition: nobody-knows"),
        ({"rules": [ROW | {"colour": "red"}]}, "rules › 1 › colour: Extra inputs are not permitted"),
        ({"rules": [ROW, ROW]}, "there more than once: ratio-2"),
        ({"builds_on": None}, "without a rule that every edition has: ratio-under-2"),
        ({"builds_on": "2031-01"}, "it builds on 2031-01, which is not there"),
        ({"without": ["ratio-3-plus"]}, "without a rule that every edition has: ratio-3-plus"),
        ({"without": ["manager-naps"]}, "it goes without what was not there: manager-naps"),
    ],
)
def test_a_mistake_in_a_file_is_said(tmp_path, otherwise, said):
    with pytest.raises(NotAnEdition) as wrong:
        read_edition(written(tmp_path, **otherwise), ALL)
    assert str(wrong.value).startswith("2031-09.yaml: ")
    assert said in str(wrong.value)


def test_what_is_not_yaml_is_said(tmp_path):
    (tmp_path / "a.yaml").write_text("rules: [")
    with pytest.raises(NotAnEdition, match=r"a\.yaml: this is not YAML"):
        read_editions(tmp_path)


def test_two_editions_do_not_begin_on_one_day(tmp_path):
    for path in FOLDER.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    written(tmp_path, starts_on=date(2025, 9, 1))
    with pytest.raises(NotAnEdition, match="begins on the same day"):
        read_editions(tmp_path)


TWO_ROOMS = day([group("bees", two=12), group("bears", three_plus=10)], [*people("bees", 3, 3), *people("bears", 3, 2)])
FULL_ROOM = day([group("bees", two=10)], people("bees", 3, 3))
ON_AGENCY = day([group("bees", two=5)], [*people("bees", 2, 2), person("new", "bees", standing=Standing.AGENCY)])


@pytest.mark.parametrize(
    ("key", "this", "with_it", "without"),
    [
        ("pooled-ratio", TWO_ROOMS, Verdict.TIGHT, Verdict.NOT_POSSIBLE),
        ("each-room-by-itself", TWO_ROOMS, Verdict.TIGHT, Verdict.POSSIBLE),
        ("nobody-spare", FULL_ROOM, Verdict.TIGHT, Verdict.POSSIBLE),
        ("rests-on-trainee-or-agency", ON_AGENCY, Verdict.TIGHT, Verdict.POSSIBLE),
    ],
)
def test_what_we_decided_ourselves_is_a_row_too(key, this, with_it, without):
    newest = editions()[-1]
    off = replace(newest, rules={**newest.rules, key: replace(newest.rules[key], value=False)})
    assert (check(this, away(), newest).verdict, check(this, away(), off).verdict) == (with_it, without)
