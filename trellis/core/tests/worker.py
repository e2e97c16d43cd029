"""A worker in a process of its own that knows the jobs of the tests: `python -m trellis.core.tests.worker`."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import django
from django.core.management import call_command

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "trellis.settings"
    django.setup()
    import_module("trellis.core.tests.jobs")
    call_command("worker", *sys.argv[1:])
