"""As whom the person of a request acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from trellis.organisations.models import Membership

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from trellis.accounts.acting import Acting
    from trellis.accounts.models import User

ACTING_AS = "acting_as"


def acting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.acting` to the membership the person chose, or to their oldest, or to None."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.acting = acting_of(request) if request.user.is_authenticated else None  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def acting_of(request: HttpRequest) -> Acting | None:
    """The person and the membership they act under, read afresh each time so that an ended one ends at once."""
    person = cast("User", request.user)  # whoever is signed in is one of ours
    live = Membership.objects.live().filter(user=person).select_related("organisation")
    memberships = list(live.order_by("since", "pk"))
    if not memberships:
        return None
    wanted = request.session.get(ACTING_AS)
    membership = next((each for each in memberships if str(each.pk) == wanted), memberships[0])
    membership.user = person
    return membership.acting(others=len(memberships) - 1)
