"""Signing in and the second step; one’s own account.

Every view of allauth that is used stands here, each with who may open it. What does not stand here is not served:
there is no sign-up.
"""

from allauth.account import views as allauth
from allauth.mfa.base import views as allauth_second_step
from allauth.mfa.recovery_codes import views as allauth_recovery_codes
from allauth.mfa.totp import views as allauth_codes
from allauth.mfa.webauthn import views as allauth_passkeys
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from trellis.accounts.views import account, leaving, second_step, sessions, sign_in, sign_on
from trellis.accounts.views.second_step import recorded, with_our_key
from trellis.core.access import public, signed_in

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="account_login"),
    path("sign-in/passkey", sign_in.sign_in_with_passkey, name="mfa_login_webauthn"),
    path("sign-in/second-step", public(with_our_key(allauth_second_step.authenticate)), name="mfa_authenticate"),
    path("sign-in/closed", public(allauth.account_inactive), name="account_inactive"),
    path("sign-in/with", sign_on.sign_on_begin, name="sign_on_begin"),
    path("sign-in/with/back", sign_on.sign_on_back, name="sign_on_back"),
    path("again/with", sign_on.sign_on_again, name="sign_on_again"),
    path("account/sign-on", sign_on.sign_on_link, name="sign_on_link"),
    path("account/sign-on/remove", sign_on.sign_on_unlink, name="sign_on_unlink"),
    path("sign-out", sign_in.sign_out, name="account_logout"),
    path("password/forgotten", public(allauth.password_reset), name="account_reset_password"),
    path("password/sent", public(allauth.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)$",
        sign_in.choose_new_password,
        name="account_reset_password_from_key",
    ),
    path("password/done", public(allauth.password_reset_from_key_done), name="account_reset_password_from_key_done"),
    path("again/password", signed_in(allauth.reauthenticate), name="account_reauthenticate"),
    path("again/code", signed_in(with_our_key(allauth_second_step.reauthenticate)), name="mfa_reauthenticate"),
    path("again/passkey", signed_in(allauth_passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account", account.account, name="account"),
    path("account/activity", account.account_activity, name="account_activity"),
    path("account/name", account.change_name, name="change_name"),
    path("account/email", account.change_email, name="change_email"),
    path("account/email/<str:token>", account.confirm_email, name="confirm_email"),
    path("account/password", account.change_password, name="account_change_password"),
    path("account/everything", leaving.everything_about_me, name="everything_about_me"),
    path("account/everything/download", leaving.download_everything, name="download_everything"),
    path("account/everything/<slug:part>", leaving.part_about_me, name="part_about_me"),
    path("account/delete", leaving.delete_account, name="delete_account"),
    path("account/deleted", leaving.account_deleted, name="account_deleted"),
    path("account/sessions", sessions.sessions, name="sessions"),
    path("account/sessions/end-others", sessions.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<uuid:handle>/end", sessions.end_session, name="end_session"),
    path("account/second-step", second_step.overview, name="mfa_index"),
    path("account/second-step/start", second_step.second_step, name="second_step"),
    path(
        "account/second-step/codes",
        never_cache(signed_in(recorded(allauth_codes.activate_totp))),
        name="mfa_activate_totp",
    ),
    path(
        "account/second-step/codes/off", signed_in(recorded(allauth_codes.deactivate_totp)), name="mfa_deactivate_totp"
    ),
    path("account/second-step/passkey", signed_in(recorded(allauth_passkeys.add_webauthn)), name="mfa_add_webauthn"),
    path("account/second-step/passkey/<slug:handle>", second_step.remove_passkey, name="remove_passkey"),
    path("account/recovery-codes", second_step.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/download", second_step.download_recovery_codes, name="download_recovery_codes"),
    path(
        "account/recovery-codes/new",
        signed_in(with_our_key(recorded(allauth_recovery_codes.generate_recovery_codes))),
        name="mfa_generate_recovery_codes",
    ),
]
