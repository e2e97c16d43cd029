"""Where everything is found."""

from django.urls import include, path

urlpatterns = [
    path("", include("trellis.review.urls")),
    path("", include("trellis.organisations.urls")),
    path("", include("trellis.accounts.urls")),
    path("", include("trellis.core.urls")),
]
handler403 = "trellis.core.views.forbidden"
handler404 = "trellis.core.views.not_found"
handler500 = "trellis.core.views.broken"
