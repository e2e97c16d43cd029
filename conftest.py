"""Shared by every test, wherever it lies: the database, the cast, the checking client, the browser."""

import hypothesis

# The same examples each time, however busy the machine is: nothing in our tests is random. How long it takes to make
# them says only how busy it is, so being slow at that is no mistake.
slow = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("trellis", derandomize=True, deadline=None, suppress_health_check=slow)
hypothesis.settings.load_profile("trellis")

pytest_plugins = [
    "tests.database",
    "tests.chains",
    "tests.network",
    "tests.cast",
    "tests.client",
    "tests.browser",
    "tests.reviewing",
    "tests.benching",
    "tests.qualifying",
]
