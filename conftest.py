"""Shared by every test, wherever it lies: the database, the cast, the checking client, the browser."""

pytest_plugins = [
    "tests.database",
    "tests.chains",
    "tests.network",
    "tests.cast",
    "tests.client",
    "tests.browser",
    "tests.reviewing",
]
