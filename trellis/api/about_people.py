"""What the API keeps about a person: their tokens, without the secrets."""

from __future__ import annotations

from trellis.api.actions import end_tokens_of, end_tokens_with_password
from trellis.api.models import Token
from trellis.core.personal import left_out, on_forgetting, on_leaving, told

told(
    "tokens",
    "Programs that act or acted for you",
    Token,
    "membership__user",
    says={
        "Made": "made_at",
        "Program": "name",
        "Organisation": "membership__organisation__name",
        "May": "scopes",
        "Until": "expires_on",
        "Last used": "last_used_on",
        "Ended": "ended_at",
    },
    newest="made_at",
    put={"May": ", ".join},
)
left_out(Token, "ended_by", because="that they ended a token stands in the audit, which is told")

on_leaving(end_tokens_of)
on_forgetting(end_tokens_with_password)
