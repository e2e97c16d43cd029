"""Pages of this part of Trellis."""

from django.urls import path

from trellis.qualifications.views import catalogue, criteria, listing, what_next

urlpatterns = [
    path("qualifications/", catalogue.qualifications, name="qualifications"),
    path("qualifications/entries/<slug:key>", catalogue.show_qualification, name="show_qualification"),
    path("qualifications/what-next", what_next.what_next, name="what_next"),
    path("qualifications/list", listing.listed_qualifications, name="listed_qualifications"),
    path("qualifications/criteria/<uuid:set_id>", criteria.criteria_set, name="criteria_set"),
]
