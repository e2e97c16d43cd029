"""The pages of the demonstration."""

from django.urls import path

from trellis.demonstration import views

urlpatterns = [
    path("demonstration", views.demonstration, name="demonstration"),
    path("demonstration/<uuid:user_id>", views.be_someone, name="be_someone"),
]
