"""When a backup may be restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    Migrations = Collection[tuple[str, str]]

FORMAT = 1


def why_not_restore(
    *, format: int, version: str, is_empty: bool, had: Migrations, here: Migrations, unprotected: Collection[str]
) -> str | None:
    """Why a backup cannot be restored here, or None to go ahead.

    `format` and `version` are those of the archive; `had` and `here` the migrations of its database and of this
    one; `unprotected` the tables that only grew there and are not held to it here.

    >>> why_not_restore(format=1, version="0.1.0", is_empty=True, had=[("core", "0001")], here=[], unprotected=[])
    'This backup was made by another Trellis (0.1.0). Install that version, restore, and then upgrade.'
    """
    if format != FORMAT:
        return f"This backup is of a later kind (format {format}). Upgrade Trellis, then restore."
    if not is_empty:
        return "There are people, records or files here already. A backup is only restored into an empty installation."
    if set(had) != set(here):
        return f"This backup was made by another Trellis ({version}). Install that version, restore, and then upgrade."
    if unprotected:
        return f"The database does not keep {', '.join(sorted(unprotected))} from being rewritten. Run `manage.py migrate`."
    return None
