"""The file formats as JSON Schema, for editors that check while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trellis.review.framework.overlay import Overlay
from trellis.review.framework.shape import Framework

if TYPE_CHECKING:
    from pydantic import BaseModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The format of a framework file."""
    return described(Framework)


def overlay_json_schema() -> dict[str, Any]:
    """The format of an overlay file."""
    return described(Overlay)


def described(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of one kind of file, with the dialect that it is written in."""
    return {"$schema": DIALECT, **model.model_json_schema()}
