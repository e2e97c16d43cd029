"""The pages of docs/ that follow from the code say what the code says."""

from __future__ import annotations

import pytest

from scripts.write_docs import DOCS, PAGES, main, out_of_date, state_tables, write


def test_they_are():
    assert out_of_date(DOCS) == [], "run `make docs`"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_says_something_else_is_reported(name, tmp_path):
    write(tmp_path)
    assert out_of_date(tmp_path) == []
    (tmp_path / name).write_text("Anyone may do anything\n" if name.endswith("md") else "")
    assert out_of_date(tmp_path) == [name]


def test_the_check_fails_when_one_is(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr("scripts.write_docs.DOCS", tmp_path)
    assert main(["--check"]) == 1
    assert "docs/states.md is out of date" in capsys.readouterr().out
    assert (main([]), main(["--check"])) == (0, 0)


def test_an_address_stays_on_the_list_when_its_page_goes(tmp_path):
    (tmp_path / "urls.txt").write_text("/a-page-of-last-year\n")
    write(tmp_path)
    assert "/a-page-of-last-year\n" in (tmp_path / "urls.txt").read_text()


def test_every_state_leads_to_states_of_its_table():
    for where, name, moves in state_tables():
        assert {after for following in moves.values() for after in following} <= set(moves), f"{where}.{name}"
