"""Who may use Trellis for a setting: asking, deciding, inviting. Pure functions."""

from __future__ import annotations

from enum import StrEnum

from trellis.accounts.roles import Role


class ClaimState(StrEnum):
    """Where a request for a setting stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


CLAIM_MOVES: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.ASKED: frozenset({ClaimState.APPROVED, ClaimState.REFUSED}),
    ClaimState.APPROVED: frozenset(),
    ClaimState.REFUSED: frozenset(),
}
CLAIM_LABELS: dict[ClaimState, str] = {
    ClaimState.ASKED: "Waiting for an answer",
    ClaimState.APPROVED: "Approved",
    ClaimState.REFUSED: "Refused",
}
IN_THE_MEANTIME = "Somebody else has answered this request in the meantime"


def first_person(setting_kind: str) -> Role:
    """What the first person of a setting of this kind is.

    >>> first_person("full_day_care"), first_person("childminder")
    (Role.MANAGER, Role.CHILDMINDER)
    """
    return Role.CHILDMINDER if setting_kind == "childminder" else Role.MANAGER


def name_of_setting(*, registered: str, person: str, kind: str) -> str:
    """What a setting is called at first: as in the register, or after its person where no name is published.

    `kind` is the kind in words.

    >>> name_of_setting(registered="", person="Megan Price", kind="Childminder")
    'Megan Price, childminder'
    """
    return registered or f"{person}, {kind[:1].lower()}{kind[1:]}"


def why_not_ask(*, on_trellis: bool, asked_already: bool) -> str | None:
    """Why a person cannot ask for a setting, or None if they can.

    >>> why_not_ask(on_trellis=True, asked_already=False)
    'This setting uses Trellis already. Ask its manager to invite you'
    >>> why_not_ask(on_trellis=False, asked_already=True)
    'You have asked for this setting already. You will get an e-mail when it is decided'
    >>> why_not_ask(on_trellis=False, asked_already=False)
    """
    if on_trellis:
        return "This setting uses Trellis already. Ask its manager to invite you"
    if asked_already:
        return "You have asked for this setting already. You will get an e-mail when it is decided"
    return None


def why_not_decide(*, state: str, own: bool) -> str | None:
    """Why a request cannot be decided by somebody, or None if it can. Nobody decides their own.

    >>> why_not_decide(state="refused", own=False)
    'Somebody else has answered this request in the meantime'
    >>> why_not_decide(state="asked", own=True)
    'You cannot decide your own request: ask a colleague'
    >>> why_not_decide(state="asked", own=False)
    """
    if not CLAIM_MOVES[ClaimState(state)]:
        return IN_THE_MEANTIME
    return "You cannot decide your own request: ask a colleague" if own else None


def why_not_approve(*, known: bool, for_others: str, on_trellis: bool) -> str | None:
    """Why a request cannot be approved, or None if it can.

    `known` says whether it is clear which setting is meant: a row of the register, or a name and a kind.
    `for_others` says who decides when the setting is not in the authority of whoever approves.

    >>> why_not_approve(known=False, for_others="", on_trellis=False)
    'Nothing in the register has this number or postcode. Refuse, and say which number you need'
    >>> why_not_approve(known=True, for_others="Leeds", on_trellis=False)
    'Only Leeds can approve this, because the setting is not in your authority. Pass the request on'
    >>> why_not_approve(known=True, for_others="", on_trellis=True)
    'This setting uses Trellis already. Refuse, and say whom to ask there'
    >>> why_not_approve(known=True, for_others="", on_trellis=False)
    """
    if not known:
        return "Nothing in the register has this number or postcode. Refuse, and say which number you need"
    if for_others:
        return f"Only {for_others} can approve this, because the setting is not in your authority. Pass the request on"
    return "This setting uses Trellis already. Refuse, and say whom to ask there" if on_trellis else None


def why_not_pass_on(*, for_others: str) -> str | None:
    """Why a request cannot be passed on, or None if it can: it goes to whoever decides for its setting, nowhere else.

    >>> why_not_pass_on(for_others="")
    'This setting is yours to decide'
    >>> why_not_pass_on(for_others="Leeds")
    """
    return None if for_others else "This setting is yours to decide"


def why_not_invite_setting(*, has_people: bool) -> str | None:
    """Why nobody can be invited to begin with a setting, or None if somebody can.

    >>> why_not_invite_setting(has_people=True)
    'This setting uses Trellis already. Its manager invites the others'
    >>> why_not_invite_setting(has_people=False)
    """
    return "This setting uses Trellis already. Its manager invites the others" if has_people else None
