"""Every difference between two installations, as one typed list of environment variables.

A fresh clone runs with none of them set. A mistake stops the start, with every mistake in one
message and a hint for each. `docs/settings.md` describes each variable (a test compares).
"""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import secrets
from contextlib import suppress
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

ROOT = Path(__file__).resolve().parent.parent
ANOTHER = "\n  - "
# Read by the tests, not by an installation.
FOR_TESTS = {"TRELLIS_PUBLIC_DATA"}
SHORTEST_KEY = 50  # characters, as Django asks for
LONGEST_ISSUER = 200


class SettingsMistake(SystemExit):
    """The environment cannot be used; the message says why and what to do."""


class Environment(BaseSettings):
    """What an installation can set. Every name is `TRELLIS_` and the field's name in capitals."""

    model_config = SettingsConfigDict(env_prefix="TRELLIS_", env_ignore_empty=True)

    mode: Literal["demonstration", "production"] = Field(
        "demonstration",
        description="`demonstration` serves invented people to this computer only; "
        "`production` serves real ones and refuses to start half configured.",
    )
    data_folder: Path = Field(
        ROOT / "var",
        description="Where the SQLite database, uploaded files, backups and the generated secret key lie.",
    )
    secret_key: SecretStr | None = Field(
        None,
        description="Signs sessions and links, and closes the secrets in the database. Without it, one is generated on "
        "the first run and kept in the data folder, in the file `secret-key`.",
    )
    old_secret_keys: SecretStr | None = Field(
        None,
        description="Earlier secret keys, separated by spaces, which still open what they closed. Without "
        "`TRELLIS_SECRET_KEY`, they are the further lines of the file `secret-key`.",
    )
    database_url: SecretStr | None = Field(
        None,
        description="A PostgreSQL address, `postgres://user:password@host:5432/name`. "
        "Without it, SQLite in the data folder.",
    )
    session_hours: int = Field(
        12, ge=1, le=24, description="How many hours after signing in people have to sign in again, whatever they do."
    )
    hosts: str = Field(
        "",
        description="The names this installation answers to, separated by commas. Needed in production.",
    )
    bind: str = Field(
        "127.0.0.1", description="The address to listen on. Demonstration mode takes only this computer’s own."
    )
    port: int = Field(8000, ge=1, le=65535, description="The port to listen on.")
    behind_proxy: bool = Field(
        False,
        description="Whether a proxy in front ends TLS and sets `X-Forwarded-Proto` and `X-Forwarded-For`. "
        "Needed in production.",
    )
    oidc_issuer: str = Field(
        "",
        description="The address of an OpenID Connect provider with whose accounts people can sign in, as it names "
        "itself (`https://login.example.org`). Without it, single sign-on is off.",
    )
    oidc_name: str = Field("", description="What people call that provider: “Sign in with …”.")
    oidc_client_id: str = Field("", description="What the provider calls this installation.")
    oidc_client_secret: SecretStr | None = Field(None, description="The secret that the provider gave it.")
    oidc_second_step: str = Field(
        "",
        description="What the provider says (`amr` or `acr`, separated by commas) when it has asked for a second step "
        "that counts here, such as `mfa`. Without it, our own second step is asked for.",
    )
    log_requests: bool | None = Field(
        None,
        description="Whether each request leaves a line in the log. Left empty, it does in production and does not in "
        "demonstration mode, where the e-mails in the terminal should be easy to find.",
    )
    workers: int = Field(2, ge=1, le=64, description="How many web processes to run.")
    job_workers: int = Field(1, ge=0, le=64, description="How many background workers `manage.py serve` runs.")
    installation_name: str = Field("Trellis", description="The name in the page header and in e-mails.")
    contact_email: str = Field(
        "help@trellis.example",
        description="Whom people write to when they are stuck; shown at the foot of each page, and told when a regular "
        "job fails. Needed in production.",
    )

    email: Literal["console", "smtp", "notify"] = Field(
        "console",
        description="How e-mail leaves: printed in the log (`console`, not in production), by `smtp`, or through "
        "GOV.UK Notify (`notify`).",
    )
    email_from: str = Field("trellis@localhost", description="The sender’s address.")
    smtp_url: SecretStr | None = Field(
        None,
        description="`smtp://user:password@host:587` (STARTTLS) or `smtps://user:password@host:465`.",
    )
    notify_api_key: SecretStr | None = Field(None, description="The GOV.UK Notify key, when `email` is `notify`.")
    notify_template_id: str = Field("", description="The GOV.UK Notify template, with the fields `subject` and `body`.")

    files: Literal["disk", "s3"] = Field("disk", description="Where uploaded files are kept.")
    s3_bucket: str = Field("", description="The bucket, when `files` is `s3`.")
    s3_endpoint: str = Field("", description="The address of an S3 service other than Amazon’s.")
    s3_region: str = Field("eu-west-2", description="The region of the bucket.")
    s3_access_key: SecretStr | None = Field(None, description="The access key; without it, the machine’s own role.")
    s3_secret_key: SecretStr | None = Field(None, description="The secret that belongs to the access key.")
    upload_limit_mb: int = Field(20, ge=1, le=500, description="The largest file a person can upload, in megabytes.")
    clamav: str = Field("", description="`host:port` or a socket path of clamd. Without it, files are not scanned.")
    keep_imports_days: int = Field(
        90,
        ge=1,
        le=3650,
        description="For how many days the file of an import of the register, and what became of each of its rows, "
        "are kept. The figures stay.",
    )
    keep_sent_mail_days: int = Field(
        400,
        ge=370,
        le=3650,
        description="For how many days it is kept what e-mail was sent to whom; at least 370, so that no reminder "
        "comes twice.",
    )
    keep_refused_claims_days: int = Field(
        90,
        ge=30,
        le=3650,
        description="For how many days a request for a setting by somebody without an account is kept after it was "
        "refused; at least 30, for which the answer can be read.",
    )
    keep_day_changes_days: int = Field(
        28,
        ge=1,
        le=366,
        description="For how many days it is kept what was otherwise on a day of a setting’s week, such as who was off.",
    )
    coming_weeks: int = Field(
        10,
        ge=1,
        le=26,
        description="For how many weeks ahead a setting sees, session by session, who of its people can go to a course, "
        "and is told when an answer got worse.",
    )
    redis_url: SecretStr | None = Field(
        None, description="A shared cache. Without it, the cache is a table in the database."
    )

    @model_validator(mode="after")
    def what_belongs_together(self) -> Self:
        """Refuse settings that contradict or need each other, each with a hint."""
        mistakes = [
            *_mistakes_of_mode(self),
            *_mistakes_of_addresses(self),
            *_mistakes_of_email(self),
            *_mistakes_of_files(self),
            *_mistakes_of_sign_on(self),
        ]
        if mistakes:
            raise ValueError(ANOTHER.join(mistakes))
        return self


def _mistakes_of_mode(chosen: Environment) -> Iterator[str]:
    """What is wrong with who may come, and how."""
    if chosen.mode == "demonstration":
        if not is_this_computer(chosen.bind):
            yield (
                f"TRELLIS_BIND is {chosen.bind}: demonstration mode signs anyone in as anyone, so it serves this "
                "computer only; use 127.0.0.1, or set TRELLIS_MODE=production"
            )
        if chosen.behind_proxy:
            yield "TRELLIS_BEHIND_PROXY is true: a proxy would let others into the demonstration; leave it out"
        return
    if not chosen.hosts.strip(", "):
        yield "TRELLIS_HOSTS is empty: name the hosts people will use, such as trellis.example.org"
    if not chosen.behind_proxy:
        yield "TRELLIS_BEHIND_PROXY is not true: production needs a proxy that ends TLS; see docs/operations.md"
    if chosen.contact_email.endswith(".example"):
        yield "TRELLIS_CONTACT_EMAIL is still the example: give the address of whoever helps people here"
    if chosen.secret_key and len(chosen.secret_key.get_secret_value()) < SHORTEST_KEY:
        yield f"TRELLIS_SECRET_KEY is short: give at least {SHORTEST_KEY} random characters, or leave it out"
    if chosen.email == "console":
        yield "TRELLIS_EMAIL is console, which prints e-mail in the log: set smtp or notify"


def _mistakes_of_addresses(chosen: Environment) -> Iterator[str]:
    """What cannot be an address of its kind."""
    for host in filter(None, map(str.strip, chosen.hosts.split(","))):
        if not re.fullmatch(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", host):
            yield f"TRELLIS_HOSTS has {host}: give bare names such as trellis.example.org, without https:// or port"
    if chosen.database_url and not re.match(r"(postgres|postgresql)://.", chosen.database_url.get_secret_value()):
        yield "TRELLIS_DATABASE_URL is no address of PostgreSQL: give postgres://user:password@host:5432/name"
    if chosen.redis_url and not find_spec("redis"):
        yield "TRELLIS_REDIS_URL is set, which needs a package more: install requirements-scale.txt"
    if chosen.clamav and not re.fullmatch(r"/.+|[^/\s]+:\d{1,5}", chosen.clamav):
        yield "TRELLIS_CLAMAV is neither host:port, such as 127.0.0.1:3310, nor the path of a socket"


def _mistakes_of_email(chosen: Environment) -> Iterator[str]:
    """What is missing for e-mail to leave."""
    for name in ("contact_email", "email_from"):
        if "@" not in getattr(chosen, name):
            yield f"TRELLIS_{name.upper()} is no e-mail address"
    if chosen.email == "smtp":
        if not chosen.smtp_url:
            yield "TRELLIS_SMTP_URL is empty: give smtp://user:password@host:587, or another TRELLIS_EMAIL"
        elif not re.match(r"smtps?://.", chosen.smtp_url.get_secret_value()):
            yield "TRELLIS_SMTP_URL is no address of a mail server: give smtp://user:password@host:587"
    if chosen.email == "notify":
        if not (chosen.notify_api_key and chosen.notify_template_id):
            yield "TRELLIS_NOTIFY_API_KEY and TRELLIS_NOTIFY_TEMPLATE_ID are both needed for GOV.UK Notify"
        if not find_spec("notifications_python_client"):
            yield "TRELLIS_EMAIL is notify, which needs a package more: install requirements-scale.txt"


def _mistakes_of_files(chosen: Environment) -> Iterator[str]:
    """What is missing for files to be kept."""
    if chosen.files == "s3" and not chosen.s3_bucket:
        yield "TRELLIS_S3_BUCKET is empty: name the bucket, or set TRELLIS_FILES=disk"
    if chosen.files == "s3" and not find_spec("storages"):
        yield "TRELLIS_FILES is s3, which needs a package more: install requirements-scale.txt"


def _mistakes_of_sign_on(chosen: Environment) -> Iterator[str]:
    """What is missing for people to sign in with a provider."""
    needed = ("oidc_name", "oidc_client_id", "oidc_client_secret")
    if not chosen.oidc_issuer:
        yield from (
            f"TRELLIS_{name.upper()} is set without TRELLIS_OIDC_ISSUER: name the provider, or leave it out"
            for name in (*needed, "oidc_second_step")
            if getattr(chosen, name)
        )
        return
    yield from (
        f"TRELLIS_{name.upper()} is empty: single sign-on needs it" for name in needed if not getattr(chosen, name)
    )
    issuer = urlsplit(chosen.oidc_issuer)
    if issuer.scheme != "https" and not (issuer.scheme == "http" and is_this_computer(issuer.hostname or "")):
        yield "TRELLIS_OIDC_ISSUER is no address that begins with https://"
    if len(chosen.oidc_issuer) > LONGEST_ISSUER:
        yield f"TRELLIS_OIDC_ISSUER is longer than {LONGEST_ISSUER} characters"


def _unknown_variables() -> Iterator[str]:
    """Variables that look like ours and are not: usually a slip of the pen, which would go unnoticed."""
    known = {f"TRELLIS_{name.upper()}" for name in Environment.model_fields} | FOR_TESTS
    for name in sorted(name for name in os.environ if name.startswith("TRELLIS_") and name not in known):
        meant = get_close_matches(name, known, n=1)
        yield f"{name} is no setting" + (f": do you mean {meant[0]}?" if meant else "")


def is_this_computer(address: str) -> bool:
    """Whether a host name or address means this computer and nothing else.

    >>> is_this_computer("127.0.0.1"), is_this_computer("localhost"), is_this_computer("0.0.0.0")
    (True, True, False)
    """
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def read_environment() -> Environment:
    """The environment of this process, or `SettingsMistake` with a hint for each mistake."""
    mistakes = list(_unknown_variables())
    try:
        environment = Environment()
        _use_data_folder(environment.data_folder)
    except ValidationError as found:
        mistakes += [_sentence(error) for error in found.errors()]
    except OSError as error:
        mistakes.append(f"TRELLIS_DATA_FOLDER cannot be used: {error.strerror}")
    if mistakes:
        said = "".join(ANOTHER + mistake for mistake in mistakes)
        raise SettingsMistake(f"Trellis cannot start with these settings:{said}\nSee docs/settings.md.")
    return environment


def _use_data_folder(folder: Path) -> None:
    """Make the data folder on the first run, for its owner only. `OSError` when nothing can be written there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _sentence(error: ErrorDetails) -> str:
    """One mistake in words: which variable and what it may be. Never the value, which may be a secret."""
    name = "".join(f"TRELLIS_{str(part).upper()}: " for part in error["loc"][:1])
    return name + error["msg"].removeprefix("Value error, ")


class SmtpServer(NamedTuple):
    """Where e-mail is handed over, as Django asks for it."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def smtp_server(environment: Environment) -> SmtpServer:
    """The mail server of `TRELLIS_SMTP_URL`: `smtp://` upgrades to TLS with STARTTLS, `smtps://` speaks it at once."""
    if not environment.smtp_url:
        return SmtpServer()
    address = urlsplit(environment.smtp_url.get_secret_value())
    tls = address.scheme == "smtps"
    return SmtpServer(
        host=address.hostname or "localhost",
        port=address.port or (465 if tls else 587),
        user=unquote(address.username or ""),
        password=unquote(address.password or ""),
        starttls=not tls and not is_this_computer(address.hostname or "localhost"),
        tls=tls,
    )


class SignOn(NamedTuple):
    """A provider with whose accounts people can sign in."""

    name: str
    issuer: str
    client_id: str
    secret: str
    second_step: frozenset[str] = frozenset()


def single_sign_on(environment: Environment) -> SignOn | None:
    """The provider of `TRELLIS_OIDC_…`, if there is one."""
    if not environment.oidc_issuer or environment.oidc_client_secret is None:
        return None
    counts = frozenset(filter(None, map(str.strip, environment.oidc_second_step.split(","))))
    secret = environment.oidc_client_secret.get_secret_value()
    return SignOn(environment.oidc_name, environment.oidc_issuer, environment.oidc_client_id, secret, counts)


def file_storage(environment: Environment) -> dict[str, Any]:
    """Where uploaded files lie, as Django’s `STORAGES` asks for it: private on disk, private in a bucket."""
    if environment.files == "disk":
        options: dict[str, Any] = {"location": environment.data_folder / "files"}
        options |= {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {"BACKEND": "trellis.core.files.storage.DiskStorage", "OPTIONS": options}
    keys = {"access_key": environment.s3_access_key, "secret_key": environment.s3_secret_key}
    options = {name: key.get_secret_value() for name, key in keys.items() if key}
    options |= {"bucket_name": environment.s3_bucket, "region_name": environment.s3_region, "location": "files"}
    options |= {"file_overwrite": False, "default_acl": None, "max_memory_size": 1_000_000}
    if environment.s3_endpoint:
        options |= {"endpoint_url": environment.s3_endpoint, "addressing_style": "path"}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def secret_keys(environment: Environment) -> list[str]:
    """The key given, or the one generated on the first run and kept, readable by its owner only; then earlier ones.

    Of several processes that start at once, one generates it and all use it.
    """
    earlier = environment.old_secret_keys.get_secret_value().split() if environment.old_secret_keys else []
    if environment.secret_key:
        return [environment.secret_key.get_secret_value(), *earlier]
    kept = environment.data_folder / "secret-key"
    if not kept.exists():
        with NamedTemporaryFile("w", dir=environment.data_folder) as fresh:  # made for its owner only
            fresh.write(secrets.token_urlsafe(64))
            fresh.flush()
            with suppress(FileExistsError):
                os.link(fresh.name, kept)
    return [*filter(None, map(str.strip, kept.read_text().splitlines())), *earlier]
