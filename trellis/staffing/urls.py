"""Pages of this part of Trellis."""

from django.urls import path

from trellis.staffing.views import colleagues, days, editions, going, rooms, week, week_file

urlpatterns = [
    path("staffing/", week.our_week, name="our_week"),
    path("staffing/rooms/add", rooms.add_room, name="add_room"),
    path("staffing/rooms/<uuid:room_id>", rooms.change_room, name="change_room"),
    path("staffing/rooms/<uuid:room_id>/remove", rooms.remove_room, name="remove_room"),
    path("staffing/people/add", colleagues.add_colleague, name="add_colleague"),
    path("staffing/people/<uuid:colleague_id>", colleagues.change_colleague, name="change_colleague"),
    path("staffing/people/<uuid:colleague_id>/remove", colleagues.remove_colleague, name="remove_colleague"),
    path("staffing/editions", editions.ratio_rules, name="ratio_rules"),
    path("staffing/rules", rooms.own_rules, name="own_rules"),
    path("staffing/week/file", week_file.week_file, name="week_file"),
    path("staffing/week/file/take", week_file.take_week, name="take_week"),
    path("staffing/week/<slug:weekday>", week.usual_day, name="usual_day"),
    path("staffing/week/<slug:weekday>/copy", week.copy_day, name="copy_day"),
    path("staffing/days/<slug:on>", days.show_day, name="show_day"),
    path("staffing/days/<slug:on>/off/<uuid:colleague_id>", days.off_all_day, name="off_all_day"),
    path("staffing/days/<slug:on>/<slug:kind>", days.change_day, name="change_day"),
    path("staffing/changes/<uuid:change_id>/take-back", days.take_back, name="take_back_day_change"),
    path("staffing/who-can-go", going.who_can_go, name="who_can_go"),
]
