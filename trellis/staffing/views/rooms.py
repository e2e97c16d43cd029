"""Rooms, and what a setting says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from trellis.accounts.permissions import requires
from trellis.accounts.roles import Permission
from trellis.core.refusal import Refused
from trellis.staffing.actions import rooms as actions
from trellis.staffing.forms.rooms import OwnRulesForm, RoomForm
from trellis.staffing.models import OwnRules, Room
from trellis.staffing.reading import unsaid
from trellis.staffing.views.finding import version_in

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from trellis.accounts.acting import Acting, Request


def own_rules_of(acting: Acting) -> OwnRules:
    """What a setting has said of itself, or what holds until it does."""
    return OwnRules.objects.visible_to(acting).first() or unsaid(acting)


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_STAFFING)
def add_room(request: Request) -> HttpResponse:
    """Write down a room."""
    provision = own_rules_of(request.acting).provision
    form = RoomForm(request.POST if request.method == "POST" else None, provision=provision)
    if form.is_valid():
        try:
            room = actions.add_room(**form.cleaned_data, by=request.acting)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, f"{room} is written down.")
            return redirect("our_week")
    return render(request, "staffing/room.html", {"form": form, "room": None})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_STAFFING)
def change_room(request: Request, room_id: UUID) -> HttpResponse:
    """Say something else of a room."""
    room = get_object_or_404(Room.objects.visible_to(request.acting), pk=room_id)
    provision = own_rules_of(request.acting).provision
    form = RoomForm(request.POST if request.method == "POST" else None, room=room, provision=provision)
    if form.is_valid():
        try:
            actions.change_room(room=room, version=version_in(request), by=request.acting, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("our_week")
    return render(request, "staffing/room.html", {"form": form, "room": room})


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_STAFFING)
def remove_room(request: Request, room_id: UUID) -> HttpResponse:
    """Take a room out."""
    room = get_object_or_404(Room.objects.visible_to(request.acting), pk=room_id)
    if request.method == "GET":
        return render(request, "staffing/remove_room.html", {"room": room})
    actions.remove_room(room=room, by=request.acting)
    messages.success(request, "The room is taken out.")
    return redirect("our_week")


@require_http_methods(["GET", "POST"])
@requires(Permission.CHANGE_STAFFING)
def own_rules(request: Request) -> HttpResponse:
    """What kind of provision it is, and where it keeps fewer children to one member of staff."""
    own = own_rules_of(request.acting)
    form = OwnRulesForm(request.POST if request.method == "POST" else None, own=own)
    if form.is_valid():
        try:
            actions.say_own_rules(own=own, version=version_in(request), by=request.acting, **form.said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is written down.")
            return redirect("our_week")
    return render(request, "staffing/own_rules.html", {"form": form, "own": own})
