"""Where everything is found."""

from django.urls import include, path

from trellis.organisations.views.home import home

urlpatterns = [
    path("", home, name="home"),  # found first, as it is asked for most
    path("", include("trellis.demonstration.urls")),
    path("", include("trellis.api.urls")),
    path("", include("trellis.review.urls")),
    path("", include("trellis.training.urls")),
    path("", include("trellis.staffing.urls")),
    path("", include("trellis.qualifications.urls")),
    path("", include("trellis.organisations.urls")),
    path("", include("trellis.accounts.urls")),
    path("", include("trellis.core.urls")),
]
handler403 = "trellis.core.views.forbidden"
handler404 = "trellis.core.views.not_found"
handler500 = "trellis.core.views.broken"
# Not Django’s: allauth asks for it when somebody tries too often.
handler429 = "trellis.accounts.views.sign_in.too_often"
