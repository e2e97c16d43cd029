"""The typefaces that documents and pictures are set in, and which characters they can draw.

They come from packages: the build copies them to `build/fonts`. Nothing of them is committed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst

from trellis.core.fonts.coverage import characters_of

FOLDER = Path(__file__).resolve().parents[3] / "build" / "fonts"

# In order: letters of our own language first, then other alphabets and signs, then emoji as line drawings.
FAMILIES = (
    "Source Sans 3",
    "Noto Naskh Arabic",
    "DejaVu Sans",
    "Noto Sans Bengali",
    "Noto Sans Gurmukhi",
    "Noto Emoji",
)


def font_files() -> list[Path]:
    """Every font file of this installation; an operator may add a TTF to the folder for another script.

    Raises FileNotFoundError with a hint when the build has not copied the fonts yet.
    """
    files = sorted(FOLDER.glob("*.[to]tf"))
    if not files:
        raise FileNotFoundError(f"No fonts in {FOLDER}. Run `npm run build` (`make run` and `make test` do it).")
    return files


@cache
def typefaces() -> typst.Fonts:
    """The fonts as typst takes them: ours only, so that a document looks the same on every machine."""
    font_files()  # says what is missing when there are none
    # The folder, not its files: given files, typst 0.15 sets no text inside pictures.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


def families() -> list[str]:
    """The names of the families, ours in order and then those that an operator added."""
    return [*FAMILIES, *sorted(set(typefaces().families()) - set(FAMILIES))]


@cache
def characters_by_family() -> dict[str, frozenset[int]]:
    """For each family, the code points that all its weights have a shape for."""
    files: dict[str, list[frozenset[int]]] = {}
    for face in typefaces().fonts():
        files.setdefault(face.family, []).append(characters_of(Path(face.path or "").read_bytes()))
    return {family: frozenset.intersection(*files[family]) for family in families()}
