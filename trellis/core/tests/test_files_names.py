"""Whatever a file was called, the name that is kept is one that can be shown and saved."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.core.rules.file_names import clean_name
from trellis.core.rules.files import KINDS, FileKind

NAMES = st.text(max_size=300) | st.from_regex(
    r"[./\\a-zéA-Z :*?\u202e\u200d-]{0,40}(\.[a-zA-Z]{1,5}){0,3}", fullmatch=True
)


@given(NAMES, st.sampled_from(FileKind))
def test_every_name_becomes_one_that_can_be_saved_anywhere(name, kind):
    cleaned = clean_name(name, kind)
    stem, _, ending = cleaned.rpartition(".")
    assert ending in KINDS[kind].endings
    assert stem == stem.strip(". ")
    assert stem
    assert len(cleaned) <= 120
    assert len(cleaned.encode()) <= 240
    assert not set(cleaned) & set('/\\<>:"|?*\r\n\t')
    assert not [char for char in cleaned if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}]


@given(NAMES, st.sampled_from(FileKind))
def test_a_clean_name_stays_as_it_is(name, kind):
    cleaned = clean_name(name, kind)
    assert clean_name(cleaned, kind) == cleaned


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Tomasz’s training – spring.pdf", "Tomasz’s training – spring.pdf"),
        ("photo\u202efdp.exe", "photofdp.exe.pdf"),
        ("CON.pdf", "_CON.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("a" * 300 + ".pdf", "a" * 115 + ".pdf"),
        ("é" * 300 + ".pdf", "é" * 115 + ".pdf"),
        ("", "file.pdf"),
        ("line\r\nSet-Cookie: x.pdf", "line Set-Cookie- x.pdf"),
    ],
)
def test_names_people_and_attackers_give(name, cleaned):
    assert clean_name(name, FileKind.PDF) == cleaned
