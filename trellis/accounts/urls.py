"""Signing in and the second step; one’s own account."""

from django.urls import include, path

urlpatterns = [path("account/", include("allauth.urls"))]
