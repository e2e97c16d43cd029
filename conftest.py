"""Shared by every test, wherever it lies: the cast, the checking client, the browser."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# Tests never touch the data of a running installation, and leave nothing behind.
DATA_FOLDER = tempfile.mkdtemp(prefix="trellis-tests-")
atexit.register(shutil.rmtree, DATA_FOLDER, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("TRELLIS_") and name != "TRELLIS_PUBLIC_DATA"]:
    del os.environ[name]
os.environ["TRELLIS_DATA_FOLDER"] = DATA_FOLDER
os.environ["TRELLIS_SECRET_KEY"] = "only-for-tests-and-long-enough-to-be-a-key-0123456789"
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["TRELLIS_DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

pytest_plugins = ["tests.database", "tests.network", "tests.cast", "tests.client", "tests.browser", "tests.reviewing"]
