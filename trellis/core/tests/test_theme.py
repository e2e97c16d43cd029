"""The colours can be told apart by everyone: every pair that meets on a page, computed as WCAG 2.2 says (1.4.3, 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from trellis.core.catalogue import COLOURS

THEME = Path(__file__).resolve().parents[1] / "theme"
PALETTE = (THEME / "_palette.scss").read_text()
COLOUR = dict(re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", PALETTE, re.MULTILINE))
STATUSES = re.findall(r'^  "([a-z]+)": \((#[0-9a-f]{6}), (#[0-9a-f]{6})\)', PALETTE, re.MULTILINE)

TEXT, SHAPE = 4.5, 3.0
PAIRS = [
    *[
        ("ink", ground, TEXT)
        for ground in ("paper", "card", "amber", "amber-tint", "teal-tint", "green-tint", "red-tint")
    ],
    *[("ink-soft", ground, TEXT) for ground in ("paper", "card", "line")],
    *[("teal", ground, TEXT) for ground in ("paper", "card", "amber-tint")],
    *[("teal-dark", ground, TEXT) for ground in ("paper", "card", "teal-tint")],
    *[("red", ground, TEXT) for ground in ("paper", "card")],
    *[("card", ground, TEXT) for ground in ("teal", "teal-dark", "red", "red-dark", "amber-dark")],
    *[("line-strong", ground, SHAPE) for ground in ("paper", "card")],
    *[("ink", ground, SHAPE) for ground in ("teal-tint", "line")],
    *[(stripe, "paper", SHAPE) for stripe in ("green", "amber-dark", "teal", "red")],
]


def luminance(colour: str) -> float:
    """Relative luminance, from 0 (black) to 1 (white)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("above", "below", "needed"), PAIRS)
def test_colours_that_meet_can_be_told_apart(above: str, below: str, needed: float) -> None:
    assert contrast(COLOUR[above], COLOUR[below]) >= needed


@pytest.mark.parametrize(("name", "tint", "words"), STATUSES)
def test_every_state_can_be_read(name: str, tint: str, words: str) -> None:
    assert contrast(tint, words) >= TEXT
    assert contrast(words, COLOUR["paper"]) >= SHAPE
    assert contrast(words, COLOUR["card"]) >= SHAPE


def test_the_catalogue_shows_every_state_colour() -> None:
    assert sorted(COLOURS) == sorted(name for name, _tint, _words in STATUSES)


def test_colours_are_named_in_one_place() -> None:
    elsewhere = [path for path in THEME.glob("*.scss") if path.name not in {"_palette.scss", "_print.scss"}]
    assert {path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text()) for path in elsewhere} == {
        path.name: [] for path in elsewhere
    }


def test_nothing_of_govuks_brand_is_ours() -> None:
    ours = "".join(path.read_text() for path in THEME.glob("*.scss"))
    assert "$govuk-include-default-font-face: false" in ours
    assert not re.search(r"components/(header|footer|cookie-banner)", ours)
