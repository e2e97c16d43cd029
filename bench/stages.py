"""What is measured, in this order: pages, an import, long lists, many released reviews, writers at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.every_page import figures_of_every_page
from bench.importing import figures_of_imports
from bench.installation import Installation, serving
from bench.lists import AUTHORITY, Lists
from bench.pages import figures_of_pages
from bench.pooled import figures_of_picture, figures_of_pooled
from bench.register import write_register
from bench.results import Figure
from bench.writing import figures_of_writers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.measure import Size

FEW = 100
ELSEWHERE = 200_000  # where the numbers of the few begin, so that none of them stands in the large register


def measure_everything(folder: Path, size: Size) -> Iterator[Figure]:
    """Every figure, as soon as it is known."""
    empty = prepare_empty(folder / "empty")
    bare, writers = empty.copied_to(folder / "bare"), empty.copied_to(folder / "writers")
    demonstration = prepare_demonstration(empty.copied_to(folder / "demonstration"))
    pooled = demonstration.copied_to(folder / "pooled")
    register = write_register(folder / "register.csv", size.rows)
    with serving(demonstration) as server:
        lists = Lists(server, size, few=FEW)
        yield from figures_of_pages(server, size)
        yield from figures_of_every_page(server, demonstration, size)
        yield from lists.short()
        yield from figures_of_imports(demonstration, bare, register, size.rows)
        yield from lists.short_among_many()
        yield from lists.searched()
        demonstration.python("-m", "bench.place_register", AUTHORITY)
        yield from lists.long()
        yield from lists.exported()
        yield Figure("web server: memory of the largest process", server.memory(), "MB")
    yield from figures_of_pooled(pooled, size.released)
    with serving(pooled) as server:
        yield from figures_of_picture(server)
    yield from figures_of_writers(writers, size.changes)


def prepare_empty(folder: Path) -> Installation:
    """An installation with its tables, and nothing in them."""
    folder.mkdir()
    made = Installation(folder)
    made.manage("migrate", "--verbosity", "0")
    made.manage("createcachetable")
    return made


def prepare_demonstration(installation: Installation) -> Installation:
    """Fill in the demonstration, and some settings for one authority to look at."""
    installation.manage("demo")
    few = write_register(installation.folder / "few.csv", FEW, ELSEWHERE)
    installation.manage("import_providers", str(few))
    installation.python("-m", "bench.place_register", AUTHORITY)
    return installation
