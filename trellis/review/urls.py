"""Pages of this part of Trellis."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
