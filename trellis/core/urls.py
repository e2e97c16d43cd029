"""Pages that belong to no domain."""

from django.urls import path

from trellis.core import views

urlpatterns = [path("health", views.health, name="health")]
