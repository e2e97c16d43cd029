"""Which jobs there are: what an app registers, and what the clock asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.utils.module_loading import autodiscover_modules

from trellis.core.rules.jobs import LIMIT, Rhythm

if TYPE_CHECKING:
    from datetime import time, timedelta

    from trellis.core.jobs.progress import Progress

Function = Callable[..., None]


@dataclass(frozen=True)
class Work:
    """A registered job: its name, its title for people, the function that does it, and how long it may be silent."""

    name: str
    title: str
    function: Function
    limit: timedelta

    def do(self, progress: Progress, arguments: dict[str, Any]) -> None:
        """Do the work, from the start or from what `progress.kept` says."""
        self.function(progress, **arguments)


@dataclass(frozen=True)
class Scheduled:
    """A job that the clock asks for; `when` can say that there is nothing to do this time."""

    name: str
    rhythm: Rhythm
    when: Callable[[], bool]


_works: dict[str, Work] = {}
_schedules: dict[str, Scheduled] = {}


def job(name: str, title: str, *, limit: timedelta = LIMIT) -> Callable[[Function], Function]:
    """Register a function as the job `name` (“register.import”), titled `title` for people.

    The function takes a `Progress` and keyword arguments that JSON can hold: ids and counts. When for longer than
    `limit` it finishes no batch and makes no step, it hangs: its worker ends, and the job is tried again or fails.
    """

    def register(function: Function) -> Function:
        known = _works.setdefault(name, Work(name, title, function, limit))
        if known.function is not function:
            raise ValueError(f"Two jobs are called {name}")
        return function

    return register


def schedule(
    name: str,
    *,
    every: timedelta | None = None,
    at: time | None = None,
    weekday: int | None = None,
    when: Callable[[], bool] = lambda: True,
) -> Callable[[Function], Function]:
    """Let the clock ask for the job `name`: `every` so often, or `at` a local time of day (on a `weekday`, Monday 0).

    However many workers there are, it is asked for once each time; after a standstill, once. It is left out while
    the last one is unfinished or `when()` says that there is nothing to do.
    """
    if (every is None) == (at is None):
        raise ValueError("A schedule has either `every` or `at`")

    def register(function: Function) -> Function:
        _schedules[name] = Scheduled(name, Rhythm(every, at, weekday), when)
        return function

    return register


@cache
def _discover() -> None:
    """Read the `jobs` module of every app, once; `core`’s own jobs lie beside this file."""
    import_module("trellis.core.jobs.regular")
    autodiscover_modules("jobs")


def work_called(name: str) -> Work:
    """The job registered under `name`; `LookupError` when no app has it."""
    _discover()
    if name not in _works:
        raise LookupError(f"No app registers the job {name}")
    return _works[name]


def limit_of(name: str) -> timedelta:
    """How long a job may give no sign of life; of one that no app registers any more, as long as any."""
    _discover()
    return _works[name].limit if name in _works else LIMIT


def schedules() -> list[Scheduled]:
    """Everything that the clock asks for."""
    _discover()
    return list(_schedules.values())
