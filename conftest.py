"""Shared by every test, wherever it lies: the cast, the checking client, the browser."""

from __future__ import annotations

import os
import tempfile

# Tests never touch the data of a running installation.
os.environ["TRELLIS_DATA_FOLDER"] = tempfile.mkdtemp(prefix="trellis-tests-")
os.environ.setdefault("TRELLIS_SECRET_KEY", "only-for-tests-and-long-enough-to-be-a-key-0123456789")
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["TRELLIS_DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

pytest_plugins = ["tests.database", "tests.cast", "tests.client"]
