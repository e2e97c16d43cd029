"""What is allowed and what is counted about people’s accounts. Pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

FORMER = "A former colleague"
"""What stands where the name of somebody stood who has deleted their account."""

# In this order: browsers pretend to be the ones below them.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_DEVICES = (
    ("iPad", "an iPad"),
    ("iPhone", "an iPhone"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "a Chromebook"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


_HAPPENED = {
    "person.joined": "The account was made",
    "person.signed_in": "Signed in",
    "person.sign_in_failed": "Somebody tried to sign in and failed",
    "person.password_changed": "The password was changed",
    "person.password_reset": "A new password was chosen with a link sent by e-mail",
    "person.second_step_changed": "The second step was changed",
    "person.name_changed": "The name was changed",
    "person.email_change_asked": "Another e-mail address was asked for",
    "person.email_changed": "The e-mail address was changed",
    "person.session_ended": "Other browsers were signed out",
    "person.sign_on_linked": "Another account was linked, which opens this one",
    "person.sign_on_unlinked": "The link with another account was taken away",
    "person.deleted": "The account was deleted",
}


def in_words(verb: str) -> str:
    """What happened with an account, as a person would say it.

    >>> in_words("person.signed_in"), in_words("person.something_new")
    ('Signed in', 'Something new')
    """
    return _HAPPENED.get(verb) or verb.rpartition(".")[2].replace("_", " ").capitalize()


def normal_email(email: str) -> str:
    """An e-mail address as we keep it: without spaces around it, in small letters.

    >>> normal_email(" Amara.Okafor@Example.org ")
    'amara.okafor@example.org'
    """
    return email.strip().lower()


def browser_in_words(says: str) -> str:
    """A browser as a person would name it, from what it says of itself (its `User-Agent`).

    >>> browser_in_words("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/141.0 Safari/537.36 Edg/141.0")
    'Edge on Windows'
    >>> browser_in_words("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Safari/604.1")
    'Safari on an iPad'
    >>> browser_in_words("")
    'An unknown browser'
    """
    browser = next((name for mark, name in _BROWSERS if mark in says), "An unknown browser")
    device = next((name for mark, name in _DEVICES if mark in says), "")
    return f"{browser} on {device}" if device else browser


def why_not_change_email(*, current: str, wanted: str) -> str | None:
    """Why an e-mail address cannot be asked for, or None if it can.

    >>> why_not_change_email(current="amara@example.org", wanted="amara@example.org")
    'This is your e-mail address already'
    >>> why_not_change_email(current="amara@example.org", wanted="a.okafor@example.org")
    """
    return "This is your e-mail address already" if current == wanted else None


def why_not_end_session(*, is_this_one: bool) -> str | None:
    """Why a session cannot be ended from the list of sessions, or None if it can.

    >>> why_not_end_session(is_this_one=True)
    'This is where you are now: sign out instead'
    >>> why_not_end_session(is_this_one=False)
    """
    return "This is where you are now: sign out instead" if is_this_one else None


def address_of_nobody(key: str) -> str:
    """The address of somebody who has deleted their account: it reaches nobody, and says nothing.

    >>> address_of_nobody("0f3c")
    '0f3c@deleted.invalid'
    """
    return f"{key}@deleted.invalid"


def why_not_delete_account(*, typed: str, email: str) -> str | None:
    """Why an account is not deleted yet, or None if it can be: whoever does it types their own address.

    >>> why_not_delete_account(typed="amara@example.org", email="amara@example.org")
    >>> why_not_delete_account(typed="leila@example.org", email="amara@example.org")
    'This is not the e-mail address of your account. Type it as it stands above'
    """
    same = normal_email(typed) == email
    return None if same else "This is not the e-mail address of your account. Type it as it stands above"


def says_second_step(said: Sequence[object], *, counts: Collection[str]) -> bool:
    """Whether a provider says (`amr`, `acr`) that it asked for a second step that counts here.

    >>> says_second_step(["pwd", "mfa"], counts={"mfa"}), says_second_step(["pwd"], counts={"mfa"})
    (True, False)
    >>> says_second_step(["pwd", "mfa"], counts=set())
    False
    """
    return any(isinstance(each, str) and each in counts for each in said)


def why_not_link(*, is_somebody_else_s: bool, has_one: bool) -> str | None:
    """Why an account of a provider cannot be linked with one’s own, or None if it can.

    >>> why_not_link(is_somebody_else_s=False, has_one=False)
    >>> why_not_link(is_somebody_else_s=True, has_one=False)
    'That account opens somebody else’s account here already'
    """
    if is_somebody_else_s:
        return "That account opens somebody else’s account here already"
    return "Another account is linked with yours already: take that link away first" if has_one else None


def why_not_unlink(*, has_password: bool) -> str | None:
    """Why the link with an account of a provider cannot be taken away, or None if it can.

    >>> why_not_unlink(has_password=True)
    >>> why_not_unlink(has_password=False)
    'You have no password here: first choose one with “Forgotten your password?” on the sign-in page'
    """
    if has_password:
        return None
    return "You have no password here: first choose one with “Forgotten your password?” on the sign-in page"
