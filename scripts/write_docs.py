"""The pages of `docs/` that follow from the code: `python -m scripts.write_docs [--check]`.

They are written anew, or with `--check` compared: exit status 1 and the names of those that are out of date.
It lies outside the package because it reads every app, whatever its layer.
"""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.settings")
    import django

    django.setup()

from django.apps import apps
from django.contrib.admindocs.utils import replace_named_groups
from django.urls import URLResolver, get_resolver

from trellis.accounts.roles import (
    DESCRIPTIONS,
    ROLE_DESCRIPTIONS,
    ROLE_PERMISSIONS,
    Permission,
    Role,
    needs_second_step,
)
from trellis.environment import ROOT, Environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

DOCS = ROOT / "docs"
GENERATED = "<!-- Written by `make docs`; change {source} instead. -->\n\n"

# Variables that only tests and `make` read; an installation never needs them.
FOR_DEVELOPERS = {
    "PORT": "For `make run`: the port, the same as `TRELLIS_PORT`.",
    "PYTHON": "For `make`: which Python makes the virtual environment. By default `python3.11`, else `python3`.",
    "TEST_POSTGRES_URL": "The PostgreSQL to test on, as a role that may create databases. "
    "Without it, the tests start one of their own and remove it.",
    "TEST_DATABASE_URL": "The database of one run of pytest; `tests/postgres.py` sets it. Without it, SQLite.",
    "TEST_CHROMIUM": "The Chromium that the journeys drive. Without it, `chromium` on the path.",
    "TRELLIS_PUBLIC_DATA": "A folder with real public files (the childcare register and others) that the tests "
    "then import too. Without it, they use the project’s own small ones.",
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` say which are out of date; the exit status."""
    if "--check" in arguments:
        stale = out_of_date(DOCS)
        for name in stale:
            print(f"docs/{name} is out of date: run `make docs`")
        return 1 if stale else 0
    write(DOCS)
    return 0


def out_of_date(folder: Path) -> list[str]:
    """The names of the pages in `folder` that do not say what the code says now."""
    return [name for name, page in PAGES.items() if read(folder / name) != page(folder)]


def write(folder: Path) -> None:
    """Write every page into `folder`."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(folder), encoding="utf-8")


def read(file: Path) -> str:
    """What a file says; nothing when there is none."""
    return file.read_text(encoding="utf-8") if file.exists() else ""


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [list(heads)]
    lines += [["---"] * len(lines[0])]
    lines += [list(row) for row in rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


# ── Who may do what ──────────────────────────────────────────────────────────────────────────────────────────


def who_may_do_what(_folder: Path) -> str:
    """The policy on one page, for whoever has to judge it."""
    return (
        GENERATED.format(source="`trellis/accounts/roles.py`")
        + "# Who may do what\n\n"
        + "A person has one role in each organisation they belong to, and acts in one of them at a time. "
        + "What the role allows, it allows there and nowhere else.\n\n"
        + "## Roles\n\n"
        + table(
            ["Role", "What it is", "Signs in with"],
            (
                [
                    role.label,
                    ROLE_DESCRIPTIONS[role],
                    "password and second step" if needs_second_step(role) else "password",
                ]
                for role in Role
            ),
        )
        + "\n## What each role allows\n\n"
        + table(
            ["", *(role.label for role in Role)],
            (
                [DESCRIPTIONS[permission], *("yes" if permission in ROLE_PERMISSIONS[role] else "–" for role in Role)]
                for permission in Permission
            ),
        )
    )


# ── States ───────────────────────────────────────────────────────────────────────────────────────────────────


def states(_folder: Path) -> str:
    """Every table of states in the rules, as a diagram and in words."""
    sections = [
        f"## {name.removesuffix('_MOVES').replace('_', ' ').capitalize()}\n\n`{where}.{name}`\n\n{diagram(moves)}\n"
        + table(
            ["From", "To"],
            ([words(state), ", ".join(map(words, after)) or "stays so"] for state, after in moves.items()),
        )
        for where, name, moves in state_tables()
    ]
    return (
        GENERATED.format(source="the `…_MOVES` tables in `trellis/*/rules`")
        + "# States\n\nWhat can become what. Each change of state is recorded with who and when.\n\n"
        + "\n".join(sections)
    )


def state_tables() -> Iterator[tuple[str, str, Mapping[str, Iterable[str]]]]:
    """The `…_MOVES` tables: the module of each, its name, and status → the statuses that may follow."""
    for module in rule_modules():
        for name, moves in vars(module).items():
            if name.endswith("_MOVES") and isinstance(moves, dict):
                yield (
                    module.__name__,
                    name,
                    {state: [each for each in moves if each in moves[state]] for state in moves},
                )


def rule_modules() -> Iterator[Any]:
    """Every module of rules, app by app from the lowest layer up."""
    for app in apps.get_app_configs():
        folder = Path(app.path)
        if not app.name.startswith("trellis.") or not list(folder.glob("rules*")):
            continue
        rules = import_module(f"{app.name}.rules")
        yield rules
        for found in sorted(iter_modules(getattr(rules, "__path__", [])), key=lambda each: each.name):
            yield import_module(f"{rules.__name__}.{found.name}")


def diagram(moves: Mapping[str, Iterable[str]]) -> str:
    """A table of states as a Mermaid diagram; the first state is where things start."""
    arrows = [f"    {state} --> {after}" for state, following in moves.items() for after in following]
    ends = [f"    {state} --> [*]" for state, following in moves.items() if not following]
    return "```mermaid\nstateDiagram-v2\n" + "\n".join([f"    [*] --> {next(iter(moves))}", *arrows, *ends]) + "\n```\n"


def words(state: str) -> str:
    """A state’s code as words.

    >>> words("under_way")
    'under way'
    """
    return str(state).replace("_", " ")


# ── Settings ─────────────────────────────────────────────────────────────────────────────────────────────────


def settings_page(_folder: Path) -> str:
    """Every environment variable, its default and what it is for."""
    return (
        GENERATED.format(source="`trellis/environment.py`")
        + "# Settings\n\n"
        + "A fresh clone runs with none of these set. A mistake stops the start, and the message says what to do.\n\n"
        + table(
            ["Variable", "Without it", "What it is"],
            (
                [f"`TRELLIS_{name.upper()}`", default(field.default), " ".join((field.description or "").split())]
                for name, field in Environment.model_fields.items()
            ),
        )
        + "\n## For developers\n\n"
        + table(["Variable", "What it is"], ([f"`{name}`", said] for name, said in FOR_DEVELOPERS.items()))
    )


def default(value: Any) -> str:
    """A default as people read it.

    >>> default(None), default(True), default(8000), default(ROOT / "var")
    ('nothing', '`true`', '`8000`', '`var` in this folder')
    """
    if value is None or value == "":
        return "nothing"
    if isinstance(value, Path):
        return f"`{value.relative_to(ROOT)}` in this folder"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


# ── Addresses ────────────────────────────────────────────────────────────────────────────────────────────────


def addresses(folder: Path) -> str:
    """Every address that was ever published, one a line. Lines are added here and never taken away."""
    published = set(read(folder / "urls.txt").splitlines())
    return "".join(f"{address}\n" for address in sorted(published | set(served())))


def served() -> Iterator[str]:
    """The addresses served now, with `<kind>` where one record’s key stands."""
    return (f"/{route}" for route, _view in routes())


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every route below a resolver, with its pattern object: ("people/<uuid>/end", pattern)."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + nameless(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route, pattern


def nameless(route: str) -> str:
    """A route without the names of its arguments, which may change.

    >>> nameless("people/<uuid:membership_id>/end"), nameless(r"^new/(?P<key>[a-z]+)$")
    ('people/<uuid>/end', 'new/<str>')
    """
    plain = replace_named_groups(route).strip("^$") if "(?P<" in route else route
    return re.sub(r"<(?:(\w+):)?\w+>", lambda argument: f"<{argument[1] or 'str'}>", plain)


PAGES: dict[str, Callable[[Path], str]] = {
    "who-may-do-what.md": who_may_do_what,
    "states.md": states,
    "settings.md": settings_page,
    "urls.txt": addresses,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
