"""Review frameworks as data: pure, without database, so that a file can be checked anywhere."""

from trellis.review.framework.changes import Difference, Kind, differences, why_not_publish
from trellis.review.framework.loading import framework_from_text, load_framework, load_overlay, overlay_from_text
from trellis.review.framework.mistakes import FrameworkError, Mistake
from trellis.review.framework.overlay import Addition, Overlay, Rewording, apply_overlay
from trellis.review.framework.schema import json_schema, overlay_json_schema
from trellis.review.framework.shape import (
    Area,
    Audience,
    Certainty,
    Colour,
    Framework,
    Level,
    Link,
    Reference,
    Statement,
    areas_for,
    statements_for,
)

__all__ = [
    "Addition",
    "Area",
    "Audience",
    "Certainty",
    "Colour",
    "Difference",
    "Framework",
    "FrameworkError",
    "Kind",
    "Level",
    "Link",
    "Mistake",
    "Overlay",
    "Reference",
    "Rewording",
    "Statement",
    "apply_overlay",
    "areas_for",
    "differences",
    "framework_from_text",
    "json_schema",
    "load_framework",
    "load_overlay",
    "overlay_from_text",
    "overlay_json_schema",
    "statements_for",
    "why_not_publish",
]
