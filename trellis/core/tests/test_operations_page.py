"""What the page for operators says to write into files must be what Trellis needs."""

from __future__ import annotations

import re

from trellis.environment import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def units() -> list[str]:
    """The services for systemd that the page shows."""
    return [block for block in re.findall(r"```ini\n(.*?)```", PAGE, re.DOTALL) if "ExecStart=" in block]


def test_a_worker_by_itself_is_always_started_again():
    """A job that hangs ends its worker with a status of its own (decision 98); `serve` starts workers again by itself."""
    by_themselves = [unit for unit in units() if "manage.py worker" in unit]
    assert by_themselves
    assert all("Restart=always" in unit for unit in by_themselves)
    assert any("manage.py serve" in unit for unit in units())
