"""The settings of an installation that lives for one run of the tests, in a folder of its own.

Nothing of the developer’s own settings and data comes in. A process that a test starts joins the same installation.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
if os.environ.get("TEST_INSTALLATION") != WORKER:
    for name in [name for name in os.environ if name.startswith("TRELLIS_") and name != "TRELLIS_PUBLIC_DATA"]:
        del os.environ[name]
    os.environ["TEST_INSTALLATION"] = WORKER
    os.environ["TRELLIS_DATA_FOLDER"] = tempfile.mkdtemp(prefix="trellis-tests-")
    os.environ["TRELLIS_LOG_REQUESTS"] = "true"
    os.environ["TRELLIS_SECRET_KEY"] = "only-for-tests-and-long-enough-to-be-a-key-0123456789"
    if os.environ.get("TEST_DATABASE_URL"):
        os.environ["TRELLIS_DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    atexit.register(shutil.rmtree, os.environ["TRELLIS_DATA_FOLDER"], ignore_errors=True)

from trellis.settings import *  # noqa: E402, F403
from trellis.settings import DATA_FOLDER, DATABASES, STORAGES  # noqa: E402

# Fast passwords, e-mail and cache in memory, static files as they are, whether or not they have been collected.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in an installation: several threads and processes write to it at once.
    DATABASES["default"]["TEST"] = {"NAME": DATA_FOLDER / "tests.sqlite3"}
