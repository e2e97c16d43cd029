"""Pages of this part of Trellis."""

from django.urls import path

from trellis.qualifications.views import catalogue, courses, criteria, crosswalk, holdings, listing, what_next

urlpatterns = [
    path("qualifications/", catalogue.qualifications, name="qualifications"),
    path("qualifications/entries/<slug:key>", catalogue.show_qualification, name="show_qualification"),
    path("qualifications/ours/", courses.own_courses, name="own_courses"),
    path("qualifications/ours/add", courses.add_course, name="add_course"),
    path("qualifications/ours/<uuid:course_id>", courses.change_course, name="change_course"),
    path("qualifications/ours/<uuid:course_id>/<slug:where>", courses.offer_course, name="offer_course"),
    path("qualifications/what-next", what_next.what_next, name="what_next"),
    path("qualifications/list", listing.listed_qualifications, name="listed_qualifications"),
    path("qualifications/criteria/", criteria.criteria_sets, name="criteria_sets"),
    path("qualifications/criteria/empty/<slug:kind>", criteria.criteria_template, name="criteria_template"),
    path("qualifications/criteria/load", criteria.import_criteria, name="import_criteria"),
    path("qualifications/criteria/load/<uuid:import_id>", criteria.criteria_import, name="criteria_import"),
    path("qualifications/criteria/<uuid:set_id>", criteria.criteria_set, name="criteria_set"),
    path("qualifications/criteria/<uuid:set_id>/export/<slug:kind>", criteria.export_criteria, name="export_criteria"),
    path("qualifications/criteria/<uuid:set_id>/beside/<uuid:other_id>", crosswalk.crosswalk, name="crosswalk"),
    path(
        "qualifications/criteria/<uuid:set_id>/beside/<uuid:other_id>/export/<slug:kind>",
        crosswalk.export_crosswalk,
        name="export_crosswalk",
    ),
    path(
        "qualifications/criteria/<uuid:set_id>/beside/<uuid:other_id>/<uuid:link_id>/unlink",
        crosswalk.unlink,
        name="unlink_criteria",
    ),
    path("qualifications/held/", holdings.holdings, name="holdings"),
    path("qualifications/held/export/<slug:kind>", holdings.export_holdings, name="export_holdings"),
    path("qualifications/held/yours", holdings.my_qualifications, name="my_qualifications"),
    path("qualifications/held/add", holdings.choose_held, name="choose_held"),
    path(
        "qualifications/held/add/<uuid:qualification_id>",
        holdings.add_holding,
        name="hold_of_catalogue",
    ),
    path("qualifications/held/add/list/<uuid:listed_id>", holdings.add_holding, name="hold_of_list"),
    path("qualifications/held/<uuid:holding_id>", holdings.show_holding, name="show_holding"),
    path("qualifications/held/<uuid:holding_id>/change", holdings.change_holding, name="change_holding"),
    path("qualifications/held/<uuid:holding_id>/end", holdings.end_holding, name="end_holding"),
]
