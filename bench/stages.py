"""What is measured, in stages: each begins with a copy of its own, so that any of them can be measured alone."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bench.every_page import figures_of_every_page
from bench.importing import figures_of_imports
from bench.installation import Installation, serving
from bench.lists import AUTHORITY, Lists
from bench.pages import figures_of_pages
from bench.planner import figures_of_planner
from bench.pooled import NAME as PICTURE
from bench.pooled import figures_of_pooled
from bench.postgres import POSTGRES, SQLITE, a_postgres, why_no_postgres
from bench.programs import figures_of_programs
from bench.register import write_register
from bench.results import Figure
from bench.teaching import figures_of_teaching
from bench.writing import NAME as WRITERS
from bench.writing import figures_of_writers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from bench.measure import Size

FEW = 100
ELSEWHERE = 200_000  # where the numbers of the few begin, so that none of them stands in the large register
MOST_SECONDS = 20 * 60  # for everything: what takes longer is not run


@dataclass
class Ground:
    """What the stages begin with: made when the first of them asks, and copied for each."""

    folder: Path
    size: Size

    @cached_property
    def empty(self) -> Installation:
        """An installation with its tables, and nothing in them."""
        return Installation(self.folder / "empty").made_empty()

    @cached_property
    def demonstration(self) -> Installation:
        """One with the demonstration, and some settings for one authority to look at."""
        return prepare_demonstration(self.empty.copied_to(self.folder / "demonstration"))


def _pages(ground: Ground) -> Iterator[Figure]:
    with serving(ground.demonstration.copied_to(ground.folder / "pages")) as server:
        yield from figures_of_pages(server, ground.size)


def _programs(ground: Ground) -> Iterator[Figure]:
    installation = ground.demonstration.copied_to(ground.folder / "programs")
    with serving(installation) as server:
        yield from figures_of_programs(server, installation, ground.size)


def _every_page(ground: Ground) -> Iterator[Figure]:
    installation = ground.demonstration.copied_to(ground.folder / "every-page")
    with serving(installation) as server:
        yield from figures_of_every_page(server, installation, ground.size)
        yield Figure("web server, every page opened: memory of the largest process", server.memory(), "MB")


def _register(ground: Ground) -> Iterator[Figure]:
    bare = ground.empty.copied_to(ground.folder / "bare")
    ours = ground.demonstration.copied_to(ground.folder / "register")
    size, register = ground.size, write_register(ground.folder / "register.csv", ground.size.rows)
    with serving(ours) as server:
        lists = Lists(server, size, few=FEW)
        yield from lists.short()
        yield from figures_of_imports(ours, bare, register, size.rows)
        yield from lists.short_among_many()
        yield from lists.searched()
        ours.python("-m", "bench.place_register", AUTHORITY)
        yield from lists.long()
        yield from lists.exported()
        yield Figure("web server, long lists read: memory of the largest process", server.memory(), "MB")


def _picture(ground: Ground) -> Iterator[Figure]:
    pooled = ground.demonstration.copied_to(ground.folder / "pooled")
    yield from figures_of_pooled(pooled, ground.size.released, SQLITE)
    yield told_of_postgres(PICTURE)
    if why_no_postgres() is None:
        with a_postgres(ground.folder / "pooled-postgres") as other:
            other.manage("demo")
            yield from figures_of_pooled(other, ground.size.released, POSTGRES)


def told_of_postgres(what: str) -> Figure:
    """Whether there is a PostgreSQL to measure; a target that is missed says that it was not, and why."""
    why_not = why_no_postgres()
    return Figure(f"{what}, {POSTGRES}: measured", float(why_not is None), why_not or "", at_least=1)


def _training(ground: Ground) -> Iterator[Figure]:
    small, large = (ground.demonstration.copied_to(ground.folder / f"training-{name}") for name in ("small", "large"))
    yield from figures_of_teaching(small, large, ground.size)


def _planner(ground: Ground) -> Iterator[Figure]:
    yield from figures_of_planner(ground.demonstration.copied_to(ground.folder / "planner"))


def _writers(ground: Ground) -> Iterator[Figure]:
    yield from figures_of_writers(ground.empty.copied_to(ground.folder / "writers"), ground.size.changes, SQLITE)
    yield told_of_postgres(WRITERS)
    if why_no_postgres() is None:
        with a_postgres(ground.folder / "writers-postgres") as other:
            yield from figures_of_writers(other, ground.size.changes, POSTGRES)


STAGES: Mapping[str, Callable[[Ground], Iterator[Figure]]] = {
    "pages": _pages,
    "programs": _programs,
    "every-page": _every_page,
    "register": _register,
    "picture": _picture,
    "training": _training,
    "planner": _planner,
    "writers": _writers,
}


def measure_stages(folder: Path, size: Size, only: Collection[str] = STAGES) -> Iterator[Figure]:
    """Every figure of these stages, as soon as it is known, and how long each stage took."""
    ground, begun = Ground(folder, size), time.monotonic()
    for name, stage in STAGES.items():
        if name in only:
            since = time.monotonic()
            yield from stage(ground)
            yield Figure(f"this bench: {name}", time.monotonic() - since, "s")
    yield Figure("this bench: all of it", time.monotonic() - begun, "s", at_most=MOST_SECONDS)


def prepare_demonstration(installation: Installation) -> Installation:
    """Fill in the demonstration, and some settings for one authority to look at."""
    installation.manage("demo")
    few = write_register(installation.folder / "few.csv", FEW, ELSEWHERE)
    installation.manage("import_providers", str(few))
    installation.python("-m", "bench.place_register", AUTHORITY)
    return installation
