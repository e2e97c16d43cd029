"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.settings")
application = get_wsgi_application()
# Every page is read now, so that the first visitor need not wait for it.
_every_page = get_resolver().url_patterns
