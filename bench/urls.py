"""Every page of Trellis, and what it is compared with."""

from django.urls import include, path

from bench import views
from trellis.urls import handler403, handler404, handler429, handler500

__all__ = ["handler403", "handler404", "handler429", "handler500", "urlpatterns"]

urlpatterns = [
    path("bench/word", views.bare_view, name="bare_view"),
    path("bench/page", views.bare_page, name="bare_page"),
    path("bench/<uuid:session_id>/register", views.bare_save, name="bare_save"),
    path("", include("trellis.urls")),
]
