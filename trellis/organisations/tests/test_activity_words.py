"""Everything that the audit is told is called something that people understand."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.sources import calls, package_files, tree
from trellis.organisations.rules.activity import WORDS

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
