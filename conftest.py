"""Shared by every test, wherever it lies: the database, the cast, the checking client, the browser."""

import hypothesis

# The same examples each time, however busy the machine is: nothing in our tests is random.
hypothesis.settings.register_profile("trellis", derandomize=True, deadline=None)
hypothesis.settings.load_profile("trellis")

pytest_plugins = [
    "tests.database",
    "tests.chains",
    "tests.network",
    "tests.cast",
    "tests.client",
    "tests.browser",
    "tests.reviewing",
]
