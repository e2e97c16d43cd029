"""Everything that the audit is told is called something that people understand."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.sources import calls, package_files, tree
from trellis.organisations.rules.activity import WORDS
from trellis.organisations.rules.activity_details import details

RECORDING = {"record", "_record", "_record_on_both_sides"}
VERB = re.compile(r"[a-z_]+\.[a-z_]+")


def verbs() -> list[str]:
    """Every verb that stands in a call that records, anywhere in Trellis."""
    found = set()
    for file in package_files():
        for call in calls(tree(file)):
            if isinstance(call.func, ast.Name) and call.func.id in RECORDING:
                texts = [each.value for each in ast.walk(call) if isinstance(each, ast.Constant)]
                found |= {text for text in texts if isinstance(text, str) and VERB.fullmatch(text)}
    return sorted(found)


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_has_words(verb):
    assert verb in WORDS


def test_there_are_verbs_to_look_at():
    assert {"membership.began", "group.joined", "rating.changed"} <= set(verbs())
    assert len(verbs()) > 30


MACHINE = re.compile(
    r"[a-z0-9]_[a-z0-9]|\b(?:True|False|None)\b|[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}|\d{4}-\d\d|[a-z]:[a-z]|\b[EW]\d{8}\b"
)
"""What only a program would say."""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": [None, "area_senco"]}, "kind: Area SENCO"),
        ({"status": ["under_way", "done"]}, "status: under way → done"),
        ({"status": ["submitted", "manager_agreed"]}, "status: sent to the setting → the setting agrees"),
        ({"status": ["eligible", "offered"]}, "status: can be offered a place → a place is offered"),
        (
            {"state": ["not_discussed", "rated"], "level": ["", "partly"]},
            "state: not discussed → rated; level: partly in place",
        ),
        ({"unsure": [False, True]}, "not sure: yes"),
        ({"fields": ["due_on", "owner_name"]}, "what changed: due, who"),
        ({"areas": ["A", "B"]}, "areas: A, B"),
        ({"codes": [f"A{number}" for number in range(13)]}, "statements: 13"),
        ({"scopes": ["reviews:read"], "expires_on": "2027-03-05"}, "scopes: read reviews; until: 5 March 2027"),
        ({"period": "2026-summer", "audience": "group"}, "period: Summer term 2026; audience: group settings"),
        ({"with": ["password", "totp"]}, "with: password, a one-time code"),
        ({"role": ["senco", "manager"]}, "role: SENCO → Owner or manager"),
        ({"authority": [None, "E99000001"]}, "authority"),
        ({"job": "review.reminders"}, ""),
        ({"name": ["Ann O_Neil", "Ann O’Neil"]}, "name: Ann O_Neil → Ann O’Neil"),
        ({"typed_in": [{"who": "Amara Okafor", "on": "2026-11-27", "replies": 3}]}, "typed in by: Amara Okafor"),
        ({"dry_run": True}, "only tried: yes"),
        ({"organisation_news": ["", "at_once"]}, "organisation news: at once"),
    ],
)
def test_a_change_is_told_in_words(change, told):
    assert details(change) == told
    assert "name" in change or not MACHINE.search(details(change))
