"""The command `import_providers`: what it prints, writes and ends with."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from trellis.core.models import AuditEvent
from trellis.organisations.models import Provider
from trellis.organisations.tests.registers import NURSERY, a_file, nurseries

pytestmark = pytest.mark.django_db
BROKEN = NURSERY | {"Provider URN": "EY900009", "Places": "many"}
FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def register(tmp_path):
    file = tmp_path / "register.csv"
    file.write_bytes(a_file(NURSERY, BROKEN))
    return file


def test_it_prints_the_counts_and_each_rejected_row(register, capsys):
    call_command("import_providers", register)
    assert capsys.readouterr().out.splitlines() == [
        "Added: 1",
        "Changed: 0",
        "Unchanged: 0",
        "Rejected: 1",
        "Line 3 (EY900009): The number of places “many” is not a number",
    ]


def test_it_writes_the_whole_result(register, tmp_path):
    results = tmp_path / "results.csv"
    call_command("import_providers", register, results=results)
    with results.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["Result", "Line", "Provider number", "What", "Before", "After", "Reason"]
    assert rows[1] == ["Count", "", "", "Added", "", "1", ""]
    assert rows[5] == ["Rejected", "3", "EY900009", "", "", "", "The number of places “many” is not a number"]
    assert rows[6] == ["Added", "2", "EY900001", "", "", "", ""]


def test_a_dry_run_changes_nothing(register, capsys):
    call_command("import_providers", register, "--dry-run")
    assert "Added: 1" in capsys.readouterr().out
    assert not Provider.objects.exists()


def test_complete_says_how_many_are_missing(register, tmp_path, capsys):
    everyone = tmp_path / "everyone.csv"
    everyone.write_bytes(a_file(NURSERY, *nurseries(3)))
    call_command("import_providers", everyone)
    call_command("import_providers", register, "--complete")
    assert "No longer listed: 3" in capsys.readouterr().out


def test_all_or_nothing_fails_when_it_is_nothing(register):
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_providers", register, "--all-or-nothing")
    assert not Provider.objects.exists()


def test_what_is_not_a_register_fails_with_what_is_missing(tmp_path):
    file = tmp_path / "menu.csv"
    file.write_text("Day,Lunch\nMonday,Soup\n")
    with pytest.raises(CommandError, match=r"no column for the provider number .*“Day”, “Lunch”"):
        call_command("import_providers", file)


def test_a_file_that_is_not_there_fails_with_its_name(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.csv cannot be read: No such file"):
        call_command("import_providers", tmp_path / "nowhere.csv")


def test_it_is_recorded_as_the_commands_doing(register):
    call_command("import_providers", register)
    event = AuditEvent.objects.get(verb="register.imported")
    assert (event.actor_name, event.address) == ("The command import_providers", "command import_providers")


@pytest.mark.parametrize("layout", ["48", "47", "11"])
def test_each_layout_goes_in_and_changes_nothing_again(layout, capsys):
    file = FIXTURES / f"register-{layout}-columns.csv"
    call_command("import_providers", file)
    added = Provider.objects.count()
    call_command("import_providers", file)
    assert added > 3
    assert f"Unchanged: {added}" in capsys.readouterr().out
