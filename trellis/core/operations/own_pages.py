"""The pages that an installation can make its own: files in the folder `pages` of its data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from trellis.core.rules.own_words import blocks

if TYPE_CHECKING:
    from pathlib import Path

    from trellis.core.rules.own_words import Block

# The name of the file (`privacy.txt`), and of the page.
PAGES = ("privacy", "accessibility")


def folder() -> Path:
    """Where an installation puts its own texts."""
    return settings.DATA_FOLDER / "pages"


def own_words(page: str) -> list[Block]:
    """What an installation says itself on a page; nothing when it leaves that to Trellis."""
    file = folder() / f"{page}.txt"
    return blocks(file.read_text(encoding="utf-8-sig", errors="replace")) if file.is_file() else []
