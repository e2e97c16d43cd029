"""What changes in people’s accounts. Each change and its audit event are written together."""

from trellis.accounts.acting import Themselves
from trellis.accounts.actions.account import (
    Resealed,
    ask_to_change_email,
    change_email,
    change_name,
    create_person,
    email_token,
    email_token_holds,
    end_other_sessions,
    end_session,
    note_failed_sign_in,
    note_second_steps,
    note_sign_in,
    reseal_second_steps,
    reset_second_step,
    set_password,
)
from trellis.accounts.actions.leaving import delete_account
from trellis.accounts.actions.sign_on import link_account, unlink_account
from trellis.core.refusal import Refused

__all__ = [
    "Refused",
    "Resealed",
    "Themselves",
    "ask_to_change_email",
    "change_email",
    "change_name",
    "create_person",
    "delete_account",
    "email_token",
    "email_token_holds",
    "end_other_sessions",
    "end_session",
    "link_account",
    "note_failed_sign_in",
    "note_second_steps",
    "note_sign_in",
    "reseal_second_steps",
    "reset_second_step",
    "set_password",
    "unlink_account",
]
