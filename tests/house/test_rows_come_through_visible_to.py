"""Rows are got only through `visible_to`, or what is the person’s own through `of`; what reads more is named, with why."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.sources import PACKAGE, Finding, calls, listed, package_files, tree

SCOPED = {"visible_to", "of", "of_person", "none"}
# England’s places and the frameworks are the same for everyone.
OPEN_TO_ALL = {"Region", "LocalAuthority"}
# What asks tables as a whole, and why nobody sees by it what they may not.
READERS = {
    "accounts/adapter.py": "finds whoever signs in, before anybody acts",
    "accounts/management": "whoever operates the computer is asking",
    "accounts/second_step.py": "a person’s own second steps",
    "accounts/sign_on.py": "finds whoever signs in, before anybody acts; a person’s own link",
    "api/endpoints/base.py": "finds the token that was sent, before anybody acts",
    "api/endpoints/repeated.py": "what the same token was answered before",
    "api/jobs.py": "forgets what has served its time, and shows nothing",
    "core": "knows no domain; its views ask with visible_to like all others",
    "demonstration/applications.py": "invented people and settings, into an empty installation",
    "demonstration/attendance.py": "an invented training centre, into an empty installation",
    "demonstration/cohorts.py": "an invented training centre, into an empty installation",
    "demonstration/county.py": "invented people and settings, into an empty installation",
    "demonstration/going.py": "an invented training centre, into an empty installation",
    "demonstration/holdings.py": "invented people and settings, into an empty installation",
    "demonstration/learning.py": "an invented training centre, into an empty installation",
    "demonstration/management": "whoever operates the computer is asking",
    "demonstration/releases.py": "invented people and settings, into an empty installation",
    "demonstration/training.py": "an invented training centre, into an empty installation",
    "demonstration/visits.py": "invented people and settings, into an empty installation",
    "demonstration/voices.py": "invented people and settings, into an empty installation",
    "demonstration/weeks.py": "invented people and settings, into an empty installation",
    "organisations/jobs.py": "the import of the register, and forgetting; nobody sees rows by it",
    "organisations/middleware.py": "a person’s own memberships, before anybody acts",
    "organisations/searching.py": "the register is public; what of it is shown stands in the view",
    "qualifications/jobs.py": "reminds whoever holds something that runs out, and shows nothing",
    "training/attendance.py": "marks of a session or of learners that the caller was given by visible_to, or their own",
    "review/campaigns.py": "the invitations of a campaign that the caller was given by visible_to, as numbers told",
    "review/comparing.py": "actions and aims of reviews that the caller was given by visible_to",
    "review/jobs.py": "finds the settings to remind; each message is then of its own setting",
    "review/picture.py": "an authority’s own words on top of a framework; its counts come through visible_to",
    "review/reading": "the ratings of a review that the caller was given by visible_to",
    "review/released": "the copy of a round that the caller was given, and to whom it can go",
    "review/setting_file": "everything about the setting of whoever asked for it",
    "review/takeaway": "what a form is made of and compared with, of a round that the caller was given by visible_to",
    "review/similar.py": "how a review that the caller was given by visible_to was counted",
    "review/visiting.py": "the statements of a visit that the caller was given by visible_to",
    "review/voices.py": "what was said in a review that the caller was given by visible_to",
    "review/wording.py": "the words of a framework, which are the same for everyone",
    "training/coming.py": "sessions and offers of places and applications that come through visible_to and `of`; when and where of other cohorts",
    "training/admission.py": "the rules of a programme that the caller was given by visible_to or by a link",
    "training/applying.py": "a programme that is open to anybody, and the application of whoever has its link",
    "training/teaching.py": "where people work who teach what the caller sees by visible_to: the centre, or who delivers",
    "staffing/replying.py": "weeks of settings that agreed to be counted; possible, tight or not, and nothing else leaves it",
    "training/planning.py": "agreements and closed days of a planning that the caller was given by visible_to; shows nothing",
    "training/own.py": "the sessions and visits of places that the caller was given by `of`",
    "training/jobs": "sessions and duties to remind of, offers that run out, waiting lists: nobody sees rows by it",
    "staffing/jobs.py": "forgets what has served its time, and shows nothing",
}
# Where it shows itself to a person: these are never among the readers.
SHOWING = {"views", "forms"}
WHOLE_TABLE = {"get_object_or_404", "get_list_or_404"}


def unscoped(parsed: ast.Module, file: Path) -> list[Finding]:
    """Where rows are taken from a whole table."""
    scoped = {id(node.value) for node in ast.walk(parsed) if isinstance(node, ast.Attribute) and node.attr in SCOPED}
    found = [
        Finding(file, node.lineno, f"{ast.unparse(node)} is not followed by .visible_to(…)")
        for node in ast.walk(parsed)
        if is_manager(node) and id(node) not in scoped and ast.unparse(node.value) not in OPEN_TO_ALL
    ]
    found += [
        Finding(file, call.lineno, f"{ast.unparse(call)} looks in the whole table")
        for call in calls(parsed)
        if isinstance(call.func, ast.Name)
        and call.func.id in WHOLE_TABLE
        and isinstance(call.args[0], ast.Name)
        and call.args[0].id[0].isupper()
    ]
    return found


def is_manager(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager")


def may_read_all(file: Path) -> bool:
    """Whether a module holds what is recorded or what changes it, or is named above and shows nothing itself."""
    place = file.relative_to(PACKAGE)
    part = place.with_suffix("").parts[1:2]
    if part and part[0] in SHOWING:
        return False
    return part in (("models",), ("actions",)) or any(place.is_relative_to(each) for each in READERS)


def test_everything_else_does():
    found = [finding for file in package_files() if not may_read_all(file) for finding in unscoped(tree(file), file)]
    assert not found, listed(found)


def test_who_is_named_does_read():
    reading = {file.relative_to(PACKAGE) for file in package_files() if unscoped(tree(file), file)}
    assert {each for each in READERS if not any(file.is_relative_to(each) for file in reading)} == set()


def test_a_view_is_looked_at_wherever_it_is():
    assert not may_read_all(PACKAGE / "core/views/jobs.py")
    assert not may_read_all(PACKAGE / "review/papers.py")
    assert may_read_all(PACKAGE / "review/models/round.py")


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("Round.objects.visible_to(request.acting).open()", 0),
        ("Session.objects.of_person(request.user.pk)", 0),
        ("LocalAuthority.objects.all()", 0),
        ("Round.objects.all()", 1),
        ("rounds = Round.objects", 1),
        ("Round.objects.filter(pk=pk).visible_to(request.acting)", 1),
        ("models.Round._default_manager.get(pk=pk)", 1),
        ("get_object_or_404(Round, pk=pk)", 1),
        ("get_object_or_404(Round.objects.visible_to(request.acting), pk=pk)", 0),
    ],
)
def test_what_is_not_scoped_is_reported(code, number):
    assert len(unscoped(ast.parse(code), Path("views.py"))) == number
