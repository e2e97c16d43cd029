"""Settings that cannot be used stop the start, each with a hint; those that can are safe."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings

from trellis import environment
from trellis.environment import ROOT, SettingsMistake, read_environment, secret_keys, single_sign_on

PRODUCTION = {
    "TRELLIS_MODE": "production",
    "TRELLIS_HOSTS": "trellis.example.org, www.trellis.example.org",
    "TRELLIS_BEHIND_PROXY": "true",
    "TRELLIS_CONTACT_EMAIL": "help@trellis.example.org",
    "TRELLIS_EMAIL": "smtp",
    "TRELLIS_SMTP_URL": "smtp://trellis:pass-word@mail.example.org:587",
}
NOTIFY = {"TRELLIS_EMAIL": "notify", "TRELLIS_NOTIFY_API_KEY": "key", "TRELLIS_NOTIFY_TEMPLATE_ID": "id"}
S3 = {"TRELLIS_FILES": "s3", "TRELLIS_S3_BUCKET": "trellis"}
SIGN_ON = {
    "TRELLIS_OIDC_ISSUER": "https://login.example.org",
    "TRELLIS_OIDC_NAME": "Fenwick Schools",
    "TRELLIS_OIDC_CLIENT_ID": "trellis",
    "TRELLIS_OIDC_CLIENT_SECRET": "pass-word",
}
REDIS = {"TRELLIS_REDIS_URL": "redis://localhost"}


@pytest.fixture
def chosen(monkeypatch):
    """Choose settings, as the environment of a process; None takes one out."""

    def choose(variables):
        for name in [name for name in os.environ if name.startswith("TRELLIS_") and name not in variables]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("TRELLIS_DATA_FOLDER", str(settings.DATA_FOLDER))
        for name, value in variables.items():
            monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)

    return choose


def mistakes():
    with pytest.raises(SettingsMistake) as stopped:
        read_environment()
    first, *found, last = str(stopped.value).splitlines()
    assert (first, last) == ("Trellis cannot start with these settings:", "See docs/settings.md.")
    return [line.removeprefix("  - ") for line in found]


def test_nothing_need_be_set(chosen):
    chosen({})
    assert (read_environment().mode, read_environment().bind) == ("demonstration", "127.0.0.1")


def test_production_starts_when_it_has_what_it_needs(chosen):
    chosen(PRODUCTION)
    assert read_environment().mode == "production"


@pytest.mark.parametrize(
    ("variables", "mistake"),
    [
        ({"TRELLIS_BIND": "0.0.0.0"}, "TRELLIS_BIND is 0.0.0.0: demonstration mode signs anyone in as anyone, so it"),
        ({"TRELLIS_BEHIND_PROXY": "true"}, "TRELLIS_BEHIND_PROXY is true: a proxy would let others into the demonstr"),
        ({"TRELLIS_MODE": "live"}, "TRELLIS_MODE: Input should be 'demonstration' or 'production'"),
        ({"TRELLIS_PORT": "80000"}, "TRELLIS_PORT: Input should be less than or equal to 65535"),
        ({"TRELLIS_HOST": "trellis.example.org"}, "TRELLIS_HOST is no setting: do you mean TRELLIS_HOSTS?"),
        ({"TRELLIS_QQQ": "1"}, "TRELLIS_QQQ is no setting"),
        ({"TRELLIS_DATABASE_URL": "mysql://me:pass-word@db/name"}, "TRELLIS_DATABASE_URL is no address of PostgreSQL"),
        ({"TRELLIS_CLAMAV": "3310"}, "TRELLIS_CLAMAV is neither host:port"),
        ({"TRELLIS_EMAIL": "smtp"}, "TRELLIS_SMTP_URL is empty: give smtp://"),
        ({"TRELLIS_EMAIL": "smtp", "TRELLIS_SMTP_URL": "mail.example.org"}, "TRELLIS_SMTP_URL is no address"),
        ({"TRELLIS_EMAIL": "notify"}, "TRELLIS_NOTIFY_API_KEY and TRELLIS_NOTIFY_TEMPLATE_ID are both needed"),
        ({"TRELLIS_EMAIL_FROM": "nobody"}, "TRELLIS_EMAIL_FROM is no e-mail address"),
        ({"TRELLIS_FILES": "s3"}, "TRELLIS_S3_BUCKET is empty: name the bucket"),
        ({"TRELLIS_OIDC_NAME": "Fenwick"}, "TRELLIS_OIDC_NAME is set without TRELLIS_OIDC_ISSUER"),
        (SIGN_ON | {"TRELLIS_OIDC_CLIENT_SECRET": None}, "TRELLIS_OIDC_CLIENT_SECRET is empty: single sign-on needs"),
        (SIGN_ON | {"TRELLIS_OIDC_ISSUER": "http://login.example.org"}, "TRELLIS_OIDC_ISSUER is no address that beg"),
        (SIGN_ON | {"TRELLIS_OIDC_ISSUER": "https://" + "x" * 200}, "TRELLIS_OIDC_ISSUER is longer than 200"),
        (PRODUCTION | {"TRELLIS_HOSTS": None}, "TRELLIS_HOSTS is empty: name the hosts"),
        (PRODUCTION | {"TRELLIS_HOSTS": " , "}, "TRELLIS_HOSTS is empty: name the hosts"),
        (PRODUCTION | {"TRELLIS_HOSTS": "https://a.example"}, "TRELLIS_HOSTS has https://a.example: give bare names"),
        (PRODUCTION | {"TRELLIS_HOSTS": "*"}, "TRELLIS_HOSTS has *: give bare names"),
        (PRODUCTION | {"TRELLIS_BEHIND_PROXY": None}, "TRELLIS_BEHIND_PROXY is not true: production needs a proxy"),
        (PRODUCTION | {"TRELLIS_SECRET_KEY": "changeme"}, "TRELLIS_SECRET_KEY is short: give at least 50 random"),
        (PRODUCTION | {"TRELLIS_CONTACT_EMAIL": None}, "TRELLIS_CONTACT_EMAIL is still the example"),
        (PRODUCTION | {"TRELLIS_EMAIL": "console"}, "TRELLIS_EMAIL is console, which prints e-mail in the log"),
    ],
)
def test_a_mistake_stops_the_start_with_a_hint(chosen, variables, mistake):
    chosen(variables)
    (said,) = mistakes()
    assert said.startswith(mistake)
    assert "pass-word" not in said


@pytest.mark.parametrize(
    ("variables", "mistake"),
    [
        (NOTIFY, "TRELLIS_EMAIL is notify, which needs a package more"),
        (S3, "TRELLIS_FILES is s3, which needs a package more"),
        (REDIS, "TRELLIS_REDIS_URL is set, which needs a package more"),
    ],
)
def test_a_missing_package_is_named(chosen, monkeypatch, variables, mistake):
    chosen(variables)
    read_environment()
    monkeypatch.setattr(environment, "find_spec", lambda name: None)
    (said,) = mistakes()
    assert said == f"{mistake}: install requirements-scale.txt"


def test_single_sign_on_is_off_unless_set(chosen):
    chosen({})
    assert single_sign_on(read_environment()) is None
    chosen(SIGN_ON | {"TRELLIS_OIDC_SECOND_STEP": "mfa, https://refeds.org/profile/mfa"})
    found = single_sign_on(read_environment())
    assert (found.name, found.secret) == ("Fenwick Schools", "pass-word")
    assert found.second_step == {"mfa", "https://refeds.org/profile/mfa"}


def test_all_mistakes_are_told_at_once(chosen):
    chosen({"TRELLIS_MODE": "production", "TRELLIS_PROT": "80"})
    assert [line.split()[0] for line in mistakes()] == [
        "TRELLIS_PROT",
        "TRELLIS_HOSTS",
        "TRELLIS_BEHIND_PROXY",
        "TRELLIS_CONTACT_EMAIL",
        "TRELLIS_EMAIL",
    ]


def test_a_data_folder_that_cannot_be_used_is_told(chosen, tmp_path):
    (tmp_path / "file").touch()
    chosen({"TRELLIS_DATA_FOLDER": str(tmp_path / "file" / "data")})
    assert mistakes() == ["TRELLIS_DATA_FOLDER cannot be used: Not a directory"]


def test_a_data_folder_without_permission_is_told(chosen, monkeypatch):
    chosen({})
    monkeypatch.setattr(environment.os, "access", lambda *_: False)
    assert mistakes() == ["TRELLIS_DATA_FOLDER cannot be used: Permission denied"]


def test_the_data_folder_and_the_secret_key_are_for_their_owner_only(chosen, tmp_path):
    chosen({"TRELLIS_DATA_FOLDER": str(tmp_path / "data")})
    first = secret_keys(read_environment())[0]
    assert len(first) > 80
    assert secret_keys(read_environment())[0] == first, "it is kept"
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret-key"]


def test_two_installations_have_different_keys(chosen, tmp_path):
    keys = set()
    for name in ("one", "other"):
        chosen({"TRELLIS_DATA_FOLDER": str(tmp_path / name)})
        keys.add(secret_keys(read_environment())[0])
    assert len(keys) == 2


def test_of_two_that_generate_a_key_at_once_one_wins(chosen, tmp_path, monkeypatch):
    chosen({"TRELLIS_DATA_FOLDER": str(tmp_path)})
    (tmp_path / "secret-key").write_text("the other’s")
    monkeypatch.setattr(environment.Path, "exists", lambda path: False)
    assert secret_keys(read_environment())[0] == "the other’s"


def test_a_given_key_is_used_and_nothing_is_kept(chosen, tmp_path):
    chosen({"TRELLIS_DATA_FOLDER": str(tmp_path), "TRELLIS_SECRET_KEY": "given"})
    assert (secret_keys(read_environment())[0], list(tmp_path.iterdir())) == ("given", [])


def test_what_is_generated_is_never_committed():
    """The data folder of a fresh clone, with the key, the database, the files and the backups in it, is ignored."""
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert str(environment.Environment.model_fields["data_folder"].default.relative_to(ROOT)) + "/" in ignored


def manage(tmp_path, *arguments, **variables):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRELLIS_", "DJANGO_ALLOW"))}
    return subprocess.run(
        [sys.executable, "-W", "error", str(ROOT / "manage.py"), *arguments],
        env=kept | {"TRELLIS_DATA_FOLDER": str(tmp_path)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deployment_check_finds_nothing_in_production(tmp_path):
    checked = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout == "System check identified no issues (0 silenced).\n"


def test_a_mistake_ends_the_program_with_one_message(tmp_path):
    stopped = manage(tmp_path, "check", TRELLIS_BIND="0.0.0.0")
    assert stopped.returncode == 1
    assert stopped.stderr.startswith("Trellis cannot start with these settings:\n  - TRELLIS_BIND is 0.0.0.0: ")
    assert "Traceback" not in stopped.stderr


def test_a_demonstration_is_never_behind_a_proxy(tmp_path):
    stopped = manage(tmp_path, "check", TRELLIS_BEHIND_PROXY="true")
    assert (stopped.returncode, "a proxy would let others into the demonstration" in stopped.stderr) == (1, True)


def test_a_short_key_is_refused_in_production(tmp_path):
    stopped = manage(tmp_path, "check", **PRODUCTION | {"TRELLIS_SECRET_KEY": "short"})
    assert (stopped.returncode, "TRELLIS_SECRET_KEY is short" in stopped.stderr) == (1, True)


def test_earlier_keys_are_further_lines_or_a_setting(chosen, tmp_path):
    chosen({"TRELLIS_DATA_FOLDER": str(tmp_path), "TRELLIS_OLD_SECRET_KEYS": "older oldest"})
    (tmp_path / "secret-key").write_text("of today\n\nearlier\n")
    assert secret_keys(read_environment()) == ["of today", "earlier", "older", "oldest"]
    chosen({"TRELLIS_SECRET_KEY": "given", "TRELLIS_OLD_SECRET_KEYS": "older oldest"})
    assert secret_keys(read_environment()) == ["given", "older", "oldest"]
