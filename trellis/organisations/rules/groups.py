"""Which settings belong to a group: asking, answering, leaving. Pure functions."""

from __future__ import annotations

from enum import StrEnum


class GroupRequestState(StrEnum):
    """Where a group’s request to a setting stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


GROUP_REQUEST_MOVES: dict[GroupRequestState, frozenset[GroupRequestState]] = {
    GroupRequestState.ASKED: frozenset(
        {GroupRequestState.ACCEPTED, GroupRequestState.REFUSED, GroupRequestState.WITHDRAWN}
    ),
    GroupRequestState.ACCEPTED: frozenset(),
    GroupRequestState.REFUSED: frozenset(),
    GroupRequestState.WITHDRAWN: frozenset(),
}
GROUP_REQUEST_LABELS: dict[GroupRequestState, str] = {
    GroupRequestState.ASKED: "Waiting for an answer",
    GroupRequestState.ACCEPTED: "Accepted",
    GroupRequestState.REFUSED: "Refused",
    GroupRequestState.WITHDRAWN: "Withdrawn",
}


def why_not_ask_setting(*, on_trellis: bool, in_this_group: bool, in_a_group: bool, asked_already: bool) -> str | None:
    """Why a group cannot ask a setting to join it, or None if it can.

    >>> why_not_ask_setting(on_trellis=True, in_this_group=False, in_a_group=True, asked_already=False)
    'This setting belongs to another group'
    """
    if not on_trellis:
        return "No setting on Trellis has this provider number"
    if in_this_group:
        return "This setting belongs to your group already"
    if in_a_group:
        return "This setting belongs to another group"
    if asked_already:
        return "You have asked this setting already"
    return None


def why_not_join(*, in_a_group: bool) -> str | None:
    """Why a setting cannot join a group, or None if it can.

    >>> why_not_join(in_a_group=True)
    'Your setting belongs to a group already. Leave it first'
    """
    return "Your setting belongs to a group already. Leave it first" if in_a_group else None


def why_not_leave(*, in_a_group: bool) -> str | None:
    """Why a setting cannot leave its group, or None if it can.

    >>> why_not_leave(in_a_group=False)
    'This setting belongs to no group'
    """
    return None if in_a_group else "This setting belongs to no group"


def why_not_move_request(state: str, to: GroupRequestState) -> str | None:
    """Why a request cannot go from `state` to `to`, or None if it can.

    >>> why_not_move_request("accepted", GroupRequestState.WITHDRAWN)
    'Somebody else has answered this request in the meantime'
    """
    if to in GROUP_REQUEST_MOVES[GroupRequestState(state)]:
        return None
    return "Somebody else has answered this request in the meantime"


def why_not_add(*, authority_is_there: bool) -> str | None:
    """Why a group or an authority cannot be added, or None if it can.

    >>> why_not_add(authority_is_there=True)
    'This local authority is on Trellis already'
    """
    return "This local authority is on Trellis already" if authority_is_there else None
