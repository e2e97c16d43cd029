"""The database made or brought up to date, with what every installation holds: `python -m scripts.prepare`.

One process for what are several commands, because each takes a second to start. On the first run of a demonstration
it also fills in the invented people; doing it again changes nothing.
"""

from __future__ import annotations

import os
from io import StringIO

import django
from django.core.management import call_command

STEPS = ("migrate", "createcachetable", "load_reference", "load_frameworks", "update_closed_days")


def main() -> None:
    """Run every step; what only says that all is well is not shown."""
    for step in STEPS:
        call_command(step, verbosity=0, stdout=StringIO())
    call_command("demo", if_empty=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.settings")
    django.setup()
    main()
