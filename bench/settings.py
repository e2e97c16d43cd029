"""Trellis’ settings with two pages more to compare with, and a count of queries for whoever asks for it."""

from trellis.settings import *  # noqa: F403
from trellis.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
MIDDLEWARE = ["bench.counting.count_queries", *MIDDLEWARE]
ROOT_URLCONF = "bench.urls"
