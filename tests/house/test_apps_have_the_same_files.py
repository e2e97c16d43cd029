"""Each app has the same files, so whoever knows one knows all. What an app has besides is on a list here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.sources import PACKAGE, Finding, app_folders, listed, our_files

EVERY_APP = {"__init__", "models", "rules", "actions", "forms", "views", "urls", "migrations", "jinja2", "tests"}
# Django’s own names, what the build collects, rules and frameworks as data, jobs, and what is kept about people: an app has them when it needs them.
WHEN_NEEDED = {"management", "middleware", "static", "theme", "reference", "jobs", "about_people"}
# What is particular to one app.
PARTICULAR: dict[str, set[str]] = {
    # the policy, as whom one acts, how allauth does it here, and a provider of single sign-on
    "accounts": {
        "roles",
        "permissions",
        "acting",
        "adapter",
        "sessions",
        "passwords",
        "second_step",
        "known_devices",
        "sign_on",
        "wording",
    },
    # the register of providers: how it is read and searched, and what an import did; what each kind of organisation sees first
    "organisations": {"asking_often", "authorities", "first_pages", "register", "searching", "results"},
    # cohorts and closed days as data, sessions for calendars, what a programme tells its funder; marks read for pages and alerts; who gets a
    # place as data, what the page of an application reads; what the codes of criteria say; who teaches, and a learner’s own days, read;
    # what comes for a setting’s people, and the answers to who can go; a cohort being planned as questions, and the solver
    # that these are put to
    "training": {
        *("cohort_templates", "closed_days", "calendars", "reports", "attendance", "admission", "applying"),
        *("criteria_words", "teaching", "own", "outlook", "coming", "answering", "planning", "solving"),
    },
    # reference data as shapes; the published list, and criteria, as files; rows of files
    "qualifications": {"catalogue", "listing", "criteria_file", "sheets"},
    # editions of the ratio rules as files; a week as the check reads it; the check asked, and its answer told; a week as
    # rows of a file; what settings that agreed reply to others
    "staffing": {"editions", "reading", "asking", "files", "replying"},
    # what programs can ask for
    "api": {"endpoints"},
    # frameworks and parents’ questions as data; a round, its voices, and two of them, read for pages and for paper, or frozen
    # for a release; a round as a form to take away; a setting as one file; many settings’ ratings as their authority sees them;
    # a visit: what it begins with, read for pages and for paper
    "review": {
        "framework",
        "reading",
        "comparing",
        "sign_on",
        "wording",
        "papers",
        "released",
        "navigation",
        "questions",
        "voices",
        "parents_paper",
        "takeaway",
        "setting_file",
        "picture",
        "similar",
        "campaigns",
        "visit_lists",
        "visiting",
        "visit_papers",
    },
}
# An app that is begun with its rules: what it does not have yet. Whoever adds one takes it from here.
BEGUN: dict[str, set[str]] = {}
# These are no domain and have files of their own: what every app uses, and the invented past.
NO_DOMAIN = {"core", "demonstration"}
NAMES_THAT_SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "managers",
    "manager",
    "common",
    "misc",
}


def shape(app: Path) -> list[Finding]:
    """What is missing from an app and what is there that should not be."""
    present = {path.stem for path in app.iterdir() if path.name != "__pycache__"}
    allowed = EVERY_APP | WHEN_NEEDED | PARTICULAR.get(app.name, set())
    begun = BEGUN.get(app.name, set())
    return [
        *(Finding(app, 0, f"has no {name}") for name in sorted(EVERY_APP - begun - present)),
        *(Finding(app, 0, f"{name} is on no list of what apps have") for name in sorted(present - allowed)),
        *(Finding(app, 0, f"has {name} now: take it from what it lacks") for name in sorted(begun & present)),
    ]


def empty_names(files: list[Path]) -> list[Finding]:
    """Modules whose name does not say what is in them."""
    return [Finding(path, 0, "name it after what is in it") for path in files if path.stem in NAMES_THAT_SAY_NOTHING]


@pytest.mark.parametrize(
    "app", [folder for folder in app_folders() if folder.name not in NO_DOMAIN], ids=lambda app: app.name
)
def test_each_app_does(app):
    found = shape(app)
    assert not found, listed(found)


def test_modules_are_named_after_what_is_in_them():
    found = empty_names(our_files(".py"))
    assert not found, listed(found)


def test_an_app_of_another_shape_is_reported(tmp_path):
    for name in [*EVERY_APP - {"forms"}, "presenters"]:
        (tmp_path / f"{name}.py").touch()
    assert [finding.what for finding in shape(tmp_path)] == [
        "has no forms",
        "presenters is on no list of what apps have",
    ]


def test_an_app_that_is_begun_has_a_list_that_shrinks(tmp_path, monkeypatch):
    monkeypatch.setitem(BEGUN, tmp_path.name, {"forms", "views"})
    for name in EVERY_APP - {"forms", "urls"}:
        (tmp_path / f"{name}.py").touch()
    assert [finding.what for finding in shape(tmp_path)] == ["has no urls", "has views now: take it from what it lacks"]


def test_a_name_that_says_nothing_is_reported():
    assert empty_names([PACKAGE / "core" / "utils.py", PACKAGE / "core" / "audit.py"])[0].file.name == "utils.py"
