"""Charts are true for any number of axes, stay inside their frame, and carry their words."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from trellis.core.charts import Bar, Series, bar_svg, chart_png, radar_svg
from trellis.core.charts.geometry import WIDTH, Point, collide, spoke, unbroken_runs
from trellis.core.charts.lettering import text_width, wrapped
from trellis.core.charts.radar_layout import lay_out
from trellis.core.fonts import FOLDER

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
AREAS = [
    "Leadership",
    "Outcomes and quality of teaching and learning",
    "Working with children and parents",
    "Assessment and identification",
    "Efficient use of resources",
    "Quality of SEND provision",
]
LEVELS = ["Area for development", "Partly in place", "Secure"]
NAMES = st.text(min_size=1, max_size=60)
VALUES = st.none() | st.floats(0, 1)


def radar(names: list[str], *lines: Series, **options: Any) -> Element:
    return ElementTree.fromstring(radar_svg(names, lines, title="The six areas", description="In words.", **options))


def series(values: Any, name: str = "Autumn 2026") -> Series:
    return Series(name, list(values))


def text_of(root: Element) -> str:
    return " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}tspan"))


def places(root: Element) -> list[Point]:
    """Every place that a shape, a line or a letter of the picture touches."""
    found = []
    for node in root.iter():
        for pair in node.get("points", "").split():
            across, down = pair.split(",")
            found.append(Point(float(across), float(down)))
        for x, y in (("x", "y"), ("cx", "cy"), ("x1", "y1"), ("x2", "y2")):
            if node.get(x) is not None and node.get(y) is not None:
                found.append(Point(float(node.get(x, "")), float(node.get(y, ""))))
        if node.tag in {f"{SVG}rect"} and node.get("x"):
            found.append(found[-1].moved(float(node.get("width", "")), float(node.get("height", ""))))
    return found


def assert_inside(root: Element) -> None:
    left, top, width, height = map(float, root.get("viewBox", "").split())
    assert (left, top, width) == (0, 0, WIDTH)
    for place in places(root):
        assert -0.01 <= place.x <= width + 0.01
        assert -0.01 <= place.y <= height + 0.01


@pytest.mark.parametrize("count", range(21))
def test_a_radar_is_drawn_for_any_number_of_axes(count: int) -> None:
    names = [AREAS[number % len(AREAS)] for number in range(count)]
    root = radar(names, series(number % 3 / 2 for number in range(count)), levels=LEVELS)
    assert_inside(root)
    for name in names:
        assert all(word in text_of(root) for word in name.split())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(NAMES, VALUES, VALUES), max_size=20))
def test_everything_lies_inside_the_frame(axes: list[tuple[str, float | None, float | None]]) -> None:
    names = [name for name, _, _ in axes]
    now, then = series(value for _, value, _ in axes), series((value for _, _, value in axes), "Spring 2026")
    assert_inside(radar(names, now, then, levels=LEVELS))


@given(st.lists(NAMES, min_size=3, max_size=20))
def test_labels_never_cover_each_other_or_the_ring(names: list[str]) -> None:
    layout = lay_out(tuple(names))
    boxes = [label.box for label in layout.labels]
    assert not collide(boxes)
    assert all(box.distance_to(layout.centre) >= layout.radius - 0.01 for box in boxes)
    assert all(box.left >= 0 and box.right <= WIDTH and box.top >= 0 for box in boxes)


@given(st.integers(1, 20), st.data())
def test_the_end_of_a_spoke_is_as_far_from_the_middle_as_its_value(count: int, data: st.DataObject) -> None:
    length = data.draw(st.floats(0, 200))
    end = spoke(data.draw(st.integers(0, count - 1)), count, length)
    assert (end.x**2 + end.y**2) ** 0.5 == pytest.approx(length)


@given(st.lists(VALUES, max_size=20))
def test_runs_hold_every_known_value_once_and_no_other(values: list[float | None]) -> None:
    known = [number for number, value in enumerate(values) if value is not None]
    assert sorted(number for run in unbroken_runs(values) for number in run) == known


def test_six_areas_have_their_names_around_the_ring() -> None:
    assert not lay_out(tuple(AREAS)).numbered


def test_a_word_too_long_for_the_side_moves_below() -> None:
    layout = lay_out(("Leadership", "Donaudampfschifffahrtsgesellschaft", "Families", "Resources"))
    assert layout.numbered


def test_values_stand_where_they_should() -> None:
    layout = lay_out(tuple(AREAS))
    assert layout.place(0, 0) == layout.centre
    assert layout.place(0, 1).y == pytest.approx(layout.centre.y - layout.radius)


def test_a_missing_value_leaves_a_gap_and_is_named() -> None:
    root = radar(AREAS, series([1, None, 1, 0.5, 1, 1]))
    assert len(root.findall(f"{SVG}polyline")) == 2  # the interrupted line, and its sample in the legend
    assert len(root.findall(f"{SVG}circle")) == 5 + 1
    assert "With no value yet: Outcomes and quality of teaching and learning." in text_of(root)


def test_a_radar_without_any_value_says_so() -> None:
    assert text_of(radar(AREAS, series([None] * 6))).count("no value yet") == 1


def test_one_and_two_axes_become_bars() -> None:
    root = radar(AREAS[:2], series([0.5, None]), levels=LEVELS)
    assert root.find(f"{SVG}polygon") is None
    assert "no value yet" in text_of(root)


def test_series_differ_by_dash_and_marker_not_only_by_colour() -> None:
    root = radar(AREAS, *(series([1] * 6, f"Round {number}") for number in range(4)))
    dashes = {node.get("stroke-dasharray") for node in root.findall(f"{SVG}polygon") if node.get("stroke-dasharray")}
    assert len(dashes) == 4


def test_a_value_outside_the_ring_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        radar(AREAS, series([2, 0, 0, 0, 0, 0]))


def test_a_series_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="5 values for 6 axes"):
        radar(AREAS, series([0] * 5))


def pictures() -> list[str]:
    words = {"title": "The <six> areas & more", "description": "Two are “secure”.", "key": "areas"}
    return [
        radar_svg(["<b>", "&amp;", "\x00x"], [Series("</svg><script>", [1, 0.5, None])], levels=LEVELS, **words),
        radar_svg(AREAS[:1], [Series("Autumn", [1])], **words),
        bar_svg([Bar("<script>alert(1)</script>", [1, 2, 3])], LEVELS, **words),
    ]


@pytest.mark.parametrize("picture", pictures())
def test_a_picture_has_its_words_and_unique_ids(picture: str) -> None:
    root = ElementTree.fromstring(picture)
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "areas-title areas-description"
    assert root.findtext(f"{SVG}title") == "The <six> areas & more"
    assert root.findtext(f"{SVG}desc") == "Two are “secure”."
    assert len(ids) == len(set(ids))
    assert all(str(name).startswith("areas-") for name in ids)


@pytest.mark.parametrize("picture", pictures())
def test_a_picture_obeys_the_content_security_policy(picture: str) -> None:
    root = ElementTree.fromstring(picture)
    names = {name for node in root.iter() for name in node.keys()}  # noqa: SIM118 - an element is no dict
    tags = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert "style" not in names | tags
    assert not tags & {"script", "foreignObject", "image", "use", "a"}
    assert not any(name.startswith("on") for name in names)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(NAMES, st.lists(st.integers(0, 2_000), min_size=4, max_size=4)), max_size=12))
def test_bars_lie_inside_their_frame(bars: list[tuple[str, list[int]]]) -> None:
    picture = bar_svg([Bar(name, counts) for name, counts in bars], [*LEVELS, "Not yet"], title="t", description="d")
    assert_inside(ElementTree.fromstring(picture))


def test_bars_show_their_counts_and_their_levels() -> None:
    root = ElementTree.fromstring(bar_svg([Bar("Leadership", [3, 0, 12])], LEVELS, title="t", description="d"))
    assert text_of(root) == "Leadership 3 12 Area for development Partly in place Secure"
    assert len(root.findall(f".//{SVG}pattern")) == 3


def test_a_bar_without_anything_and_a_chart_without_bars_say_so() -> None:
    nothing = bar_svg([Bar("Leadership", [0, 0, 0])], LEVELS, title="t", description="d")
    assert "none" in text_of(ElementTree.fromstring(nothing))
    assert "There is nothing to show yet." in bar_svg([], LEVELS, title="t", description="d")


@pytest.mark.parametrize("counts", [[1], [1, 2, -1]])
def test_counts_that_do_not_fit_are_refused(counts: list[int]) -> None:
    with pytest.raises(ValueError, match="one count from 0"):
        bar_svg([Bar("Leadership", counts)], LEVELS, title="t", description="d")


@pytest.mark.parametrize("font", ["SourceSans3_400Regular.ttf", "SourceSans3_700Bold.ttf"])
@pytest.mark.parametrize("text", [*AREAS, *LEVELS, "1,234", "Wimmelbild WWW", "fill till jar"])
def test_words_take_no_more_room_than_was_kept_for_them(font: str, text: str) -> None:
    drawn = ImageFont.truetype(FOLDER / font, 140, layout_engine=ImageFont.Layout.BASIC).getlength(text) / 10
    assert drawn <= text_width(text)


@given(st.text(max_size=80), st.floats(30, 300))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line) <= width for line in lines)


def test_a_chart_becomes_a_picture_for_word_with_its_letters() -> None:
    with_words = radar_svg(AREAS, [series([1] * 6)], title="t", description="d")
    with_dots = radar_svg(["."] * 6, [series([1] * 6, ".")], title="t", description="d")
    drawn, dots = (Image.open(BytesIO(chart_png(svg))).convert("L") for svg in (with_words, with_dots))
    assert drawn.format is None
    assert drawn.width == 1100
    assert sum(drawn.histogram()[:128]) > sum(dots.histogram()[:128]) + 4_000


def test_a_chart_with_letters_that_no_font_has_still_becomes_a_picture() -> None:
    assert (
        chart_png(radar_svg(["中文", "عربي", "👍🏽"], [series([1, 1, 1])], title="t", description="d"))[:4]
        == b"\x89PNG"
    )
