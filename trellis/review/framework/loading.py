"""From a file to a framework or an overlay that can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.review.framework.checks import contradictions
from trellis.review.framework.mistakes import checked
from trellis.review.framework.overlay import Overlay, overlay_contradictions
from trellis.review.framework.reading import PlainValues, text_of
from trellis.review.framework.shape import Framework

if TYPE_CHECKING:
    from pathlib import Path


def load_framework(path: Path) -> Framework:
    """The framework in a file. Raises FrameworkError with every mistake, its line and what to do."""
    return framework_from_text(text_of(path), name=path.name)


def framework_from_text(text: str, *, name: str) -> Framework:
    """The framework that a YAML text describes; `name` is what messages call it."""
    values = PlainValues(text, name)
    found = [*values.mistakes, *contradictions(values.given)]
    return checked(Framework, values.given, name=name, found=found, lines=values.lines)


def load_overlay(path: Path) -> Overlay:
    """The overlay in a file. Raises FrameworkError with every mistake, its line and what to do."""
    return overlay_from_text(text_of(path), name=path.name)


def overlay_from_text(text: str, *, name: str) -> Overlay:
    """The overlay that a YAML text describes; `name` is what messages call it."""
    values = PlainValues(text, name)
    found = [*values.mistakes, *overlay_contradictions(values.given)]
    return checked(Overlay, values.given, name=name, found=found, lines=values.lines)
