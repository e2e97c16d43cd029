"""What a visit begins with: the preparation list and the timetables, read from reference data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

REFERENCE = Path(__file__).parent / "reference" / "visits"
FOR_EVERYONE = ("group", "school", "childminder")


@dataclass(frozen=True)
class Item:
    """One thing that a setting gets ready."""

    code: str
    title: str
    help: str
    audiences: tuple[str, ...]


@dataclass(frozen=True)
class PresetRow:
    """One row of a timetable to begin with; `start` counts minutes from midnight."""

    start: int
    minutes: int
    activity: str
    who: str
    look_for: str


@dataclass(frozen=True)
class Preset:
    """A timetable to begin with."""

    code: str
    title: str
    rows: tuple[PresetRow, ...]


def _read(name: str) -> dict[str, Any]:
    text: dict[str, Any] = yaml.safe_load((REFERENCE / name).read_text(encoding="utf-8"))
    return text


@cache
def _items() -> tuple[Item, ...]:
    return tuple(
        Item(each["code"], each["title"], each.get("help", ""), tuple(each.get("for", FOR_EVERYONE)))
        for each in _read("checklist-2026.yaml")["items"]
    )


def checklist(audience: str) -> list[Item]:
    """The preparation list for settings of a kind, in order."""
    return [item for item in _items() if audience in item.audiences]


@cache
def presets() -> dict[str, Preset]:
    """The timetables to begin with, by code."""
    return {
        each["code"]: Preset(each["code"], each["title"], tuple(_row(row) for row in each["rows"]))
        for each in _read("timetables-2026.yaml")["presets"]
    }


def _row(row: dict[str, Any]) -> PresetRow:
    hours, minutes = row["start"].split(":")
    start = int(hours) * 60 + int(minutes)
    return PresetRow(start, row["minutes"], row["activity"], row.get("who", ""), row.get("look_for", ""))
