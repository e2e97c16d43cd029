"""`manage.py verify_audit` says whether the audit is whole, and where it is not."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from trellis.core.append_only import unprotect
from trellis.core.audit import System, record
from trellis.core.models import AuditEvent, Schedule
from trellis.core.operations.audit_heads import digest, heads

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(cast):
    by = [System("A test"), cast.amara.acting, cast.joanna.acting]
    return [record(by=who, verb="test.written", subject=Schedule(name="test")) for _ in range(3) for who in by]


def change(sql, *values):
    unprotect(connection, "core_auditevent")
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_whole_audit_is_whole(events, capsys):
    call_command("verify_audit")
    assert capsys.readouterr().out == "The audit is whole.\n"


def test_the_first_broken_link_of_each_chain_is_named(events, cast, capsys):
    change("UPDATE core_auditevent SET actor_name = 'Nobody' WHERE number >= 2")
    with pytest.raises(CommandError, match=r"^The audit is not whole\.$"):
        call_command("verify_audit")
    said = capsys.readouterr().err.splitlines()
    second = {event.chain: event for event in events if event.number == 2}
    assert sorted(said) == sorted(
        f"Chain of {chain or 'the installation'}, event 2 ({event.pk}): it was changed after it was written"
        for chain, event in second.items()
    )


def test_heads_are_the_ends_of_the_chains(events, cast, capsys):
    call_command("verify_audit", heads=True)
    ends = {event.chain: event for event in events}
    assert capsys.readouterr().out.splitlines() == [
        f"{chain or '-'} 3 {event.hash}" for chain, event in sorted(ends.items())
    ]


def test_a_chain_that_was_cut_short_is_noticed_against_earlier_heads(events, cast, capsys, tmp_path):
    call_command("verify_audit", heads=True)
    (tmp_path / "heads").write_text(capsys.readouterr().out)
    call_command("verify_audit", against=tmp_path / "heads")
    record(by=cast.amara.acting, verb="test.written", subject=Schedule(name="test"))
    call_command("verify_audit", against=tmp_path / "heads")
    change("DELETE FROM core_auditevent WHERE chain = %s AND number >= 3", str(cast.joanna.organisation.pk))
    call_command("verify_audit")
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_audit", against=tmp_path / "heads")
    assert "event 3: it was there and is not any more" in capsys.readouterr().err


@pytest.mark.parametrize(("said", "reason"), [("- three abc", "not a line of --heads"), (None, "No such file")])
def test_a_file_of_something_else_is_refused(said, reason, tmp_path):
    if said:
        (tmp_path / "heads").write_text(said)
    with pytest.raises(CommandError, match=reason):
        call_command("verify_audit", against=tmp_path / "heads")


def test_one_hash_stands_for_all_heads(events):
    before = digest(heads())
    record(by=System("A test"), verb="test.written", subject=Schedule(name="test"))
    assert (len(before), digest(heads()) != before, AuditEvent.objects.count()) == (64, True, 10)
