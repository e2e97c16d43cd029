"""What we say where allauth would say it in its own words."""

from __future__ import annotations

TOO_MANY = (
    "There were too many wrong attempts. Wait 5 minutes, or choose a new password with “Forgotten your password?”"
)

MISTAKES: dict[str, str] = {
    "account_inactive": "This account is closed",
    "email_password_mismatch": "This e-mail address and password do not belong together. Check both and try again",
    "enter_current_password": "This is not your password. Try again",
    "incorrect_code": "This code is not right. Check it and try again, or wait for the next one",
    "incorrect_password": "This is not your password. Try again",
    "invalid_password_reset": "This link does not work any more",
    "too_many_login_attempts": TOO_MANY,
    "rate_limited": "That was too often. Wait a few minutes and try again",
    "cannot_generate_recovery_codes": "Set up a passkey or one-time codes first",
}

NEWS: dict[str, str] = {
    "account/messages/logged_out.txt": "You have signed out.",
    "account/messages/password_changed.txt": "Your password is changed.",
    "mfa/messages/totp_activated.txt": "One-time codes are set up.",
    "mfa/messages/totp_deactivated.txt": "One-time codes are switched off.",
    "mfa/messages/webauthn_added.txt": "The passkey is set up.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
    "mfa/messages/recovery_codes_generated.txt": "You have new recovery codes.",
}
