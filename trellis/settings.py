"""Django's settings. What differs between installations is in `environment.py`, and only there."""

from __future__ import annotations

from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from trellis.core import logs
from trellis.environment import ROOT, file_storage, read_environment, secret_keys, single_sign_on, smtp_server

ENVIRONMENT = read_environment()
PRODUCTION = ENVIRONMENT.mode == "production"
DEMONSTRATION = ENVIRONMENT.mode == "demonstration"
DATA_FOLDER = ENVIRONMENT.data_folder

DEBUG = False
SECRET_KEY, *SECRET_KEY_FALLBACKS = secret_keys(ENVIRONMENT)
ALLOWED_HOSTS = (
    [host.strip() for host in ENVIRONMENT.hosts.split(",") if host.strip()]
    if PRODUCTION
    else ["127.0.0.1", "localhost", "[::1]", "testserver"]
)
INSTALLATION_NAME = ENVIRONMENT.installation_name
CONTACT_EMAIL = ENVIRONMENT.contact_email
# Where links in e-mails lead: this installation’s own name, whatever a request said it was.
BASE_ADDRESS = f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if PRODUCTION else f"http://127.0.0.1:{ENVIRONMENT.port}"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "trellis.core",
    "trellis.accounts",
    "trellis.organisations",
    "trellis.qualifications",
    "trellis.staffing",
    "trellis.review",
    "trellis.training",
    "trellis.api",
    "trellis.demonstration",
]
MIDDLEWARE = [
    "trellis.core.middleware.request_context",
    "trellis.core.logs.one_line_per_request",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "trellis.accounts.middleware.AskToSignIn",
    "trellis.accounts.middleware.in_use",
    "trellis.organisations.middleware.acting",
    "django.contrib.messages.middleware.MessageMiddleware",
    "trellis.core.files.middleware.uploads",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "trellis.core.middleware.only_text_in_addresses",
]
ROOT_URLCONF = "trellis.urls"
WSGI_APPLICATION = "trellis.wsgi.application"
FORM_RENDERER = "trellis.core.forms.GovukRenderer"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "trellis.core.templates.environment",
            "context_processors": ["trellis.core.templates.page_context", "trellis.review.navigation.navigation"],
        },
    },
    # Only for what libraries bring that we do not render ourselves.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# Databases: SQLite by default, in WAL, with writers waiting their turn from the start of a transaction.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
    "PRAGMA cache_size=-16000; PRAGMA foreign_keys=ON;",
}
DATABASES: dict[str, Any] = {
    "default": (
        dj_database_url.parse(ENVIRONMENT.database_url.get_secret_value(), conn_max_age=600, conn_health_checks=True)
        if ENVIRONMENT.database_url
        else {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_FOLDER / "trellis.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": SQLITE_OPTIONS,
        }
    )
}
if ENVIRONMENT.database_url:  # a database that is away is told at once, not after minutes
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": ENVIRONMENT.redis_url.get_secret_value(),
        }
        if ENVIRONMENT.redis_url
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            # Who guesses at many accounts must not push out the counts of failed sign-ins.
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
    )
}

# People
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "trellis.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "trellis.accounts.passwords.NotTheirOwnName"},
    {"NAME": "trellis.accounts.passwords.NotCommon"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

# Sign-in is allauth’s; what it says, asks and sends is ours.
ACCOUNT_ADAPTER = "trellis.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address answered to an invitation, or to a change of address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "trellis.accounts.forms.sign_in.SignInForm",
    "reset_password": "trellis.accounts.forms.sign_in.ForgottenPasswordForm",
    "reset_password_from_key": "trellis.accounts.forms.sign_in.ChooseNewPasswordForm",
    "reauthenticate": "trellis.accounts.forms.sign_in.PasswordAgainForm",
}
# How often one may guess: docs/decisions/0010-guessing-stops-and-nobody-is-locked-out.md
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "5/5m/key,50/d/key",
    "login_failed_address": "30/10m/ip",
    "login_failed_known_device": "10/5m/key",
    "reset_password": "20/10m/ip,3/10m/key",
}
MFA_ADAPTER = "trellis.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "trellis.accounts.forms.second_step.CodeForm",
    "reauthenticate": "trellis.accounts.forms.second_step.CodeAgainForm",
    "activate_totp": "trellis.accounts.forms.second_step.SetUpCodesForm",
    "add_webauthn": "trellis.accounts.forms.second_step.AddPasskeyForm",
    "authenticate_webauthn": "trellis.accounts.forms.second_step.PasskeyForm",
    "login_webauthn": "trellis.accounts.forms.second_step.SignInWithPasskeyForm",
    "reauthenticate_webauthn": "trellis.accounts.forms.second_step.PasskeyAgainForm",
}

# Single sign-on: docs/decisions/0173-single-sign-on-opens-accounts-and-makes-none.md
SINGLE_SIGN_ON = single_sign_on(ENVIRONMENT)
SOCIALACCOUNT_ADAPTER = "trellis.accounts.sign_on.Providers"

# Sessions end so long after signing in; on a shared device (ticked at sign-in) also after 30 minutes without use.
SESSION_ENGINE = "trellis.accounts.sessions"
SESSION_COOKIE_AGE = ENVIRONMENT.session_hours * 60 * 60
SHARED_DEVICE_SESSION_AGE = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "trellis-session"
CSRF_COOKIE_NAME = "trellis-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "trellis.core.views.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What the browser may do
SECURE_SSL_REDIRECT = PRODUCTION
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^ready$"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_proxy else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# E-mail: written down by core/mail, handed over by a worker through one of these.
EMAIL_BACKEND = {
    "console": "trellis.core.mail.console.EmailBackend",
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "notify": "trellis.core.mail.notify.EmailBackend",
}[ENVIRONMENT.email]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"{INSTALLATION_NAME} <{ENVIRONMENT.email_from}>"
EMAIL_TIMEOUT = 20  # seconds
_SMTP = smtp_server(ENVIRONMENT)
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = _SMTP
NOTIFY_API_KEY = ENVIRONMENT.notify_api_key.get_secret_value() if ENVIRONMENT.notify_api_key else ""
NOTIFY_TEMPLATE_ID = ENVIRONMENT.notify_template_id
NOTIFY_ADDRESS = "https://api.notifications.service.gov.uk"

# Language and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# Static files: what the build made, and our own small scripts.
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "served"
STATICFILES_DIRS = [ROOT / "build" / "static"]
STORAGES: dict[str, Any] = {
    "default": file_storage(ENVIRONMENT),
    "staticfiles": {"BACKEND": "trellis.core.static_files.StaticFiles"},
}
WHITENOISE_MAX_AGE = 60

# Uploads: nothing is held in memory beyond this; the limit itself is `TRELLIS_UPLOAD_LIMIT_MB`.
FILE_UPLOAD_HANDLERS = ["trellis.core.files.upload.LimitedUpload"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# The log: docs/decisions/0061-what-the-log-says-and-what-it-never-says.md
_REQUESTS = PRODUCTION if ENVIRONMENT.log_requests is None else ENVIRONMENT.log_requests
LOGGING = logs.logging_settings(readable=not PRODUCTION, requests=_REQUESTS)
logs.configure()

SILENCED_SYSTEM_CHECKS: list[str] = []
