"""How each page is opened so that it shows itself: by whom, with whose record, and after what.

Most pages open for whoever the permission table says, when they have just signed in. `AFTER` has the pages that show
themselves only after something else was done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from time import time

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, Person, signed_in_client
from tests.client import CheckingClient
from tests.house.keys import KEYS
from tests.house.pages import Page
from tests.house.permission_table import NOBODY, PEOPLE, TABLE, read
from tests.releasing import released_outside, token_of
from trellis.accounts.roles import Role
from trellis.accounts.tests.people import sign_in, with_codes, with_passkey, with_password
from trellis.api.actions import make_token
from trellis.api.rules import Scope
from trellis.organisations.models import Membership
from trellis.review.actions.release_link import make_code

NOT_ALLOWED = 405
# The pages that nobody sees once there is somebody.
BEFORE_ANYBODY = ("start", "start_with_code")
# What a page answers that never shows itself to who only opens it.
OTHERWISE = {"ready": 503, "api_nothing_there": 404} | dict.fromkeys(
    ("sign_on_back", "sign_on_again", "sign_on_link"),
    404,  # there is no provider of single sign-on
)


def just_signed_in(person: Person) -> Client:
    """A browser in which a person has shown a moment ago who they are."""
    return signed_in_client(CheckingClient(), person.user, at=time())


def after_setting_up_codes(person: Person) -> Client:
    with_codes(person.user)
    return just_signed_in(person)


def after_adding_a_passkey(person: Person) -> Client:
    with_passkey(person.user)
    return just_signed_in(person)


def after_the_password(person: Person) -> Client:
    """A browser that is asked for the second step."""
    with_codes(with_password(person.user))
    browser = CheckingClient()
    sign_in(browser, person.user)
    return browser


def without_a_second_step(person: Person) -> Client:
    return signed_in_client(CheckingClient(), person.user, second_step=False)


def a_script(_person: Person) -> Client:
    """What asks from within the page for signing in."""
    return CheckingClient(headers={"Accept": "application/json"})


def a_program(person: Person) -> Client:
    """What asks by itself, with a token that a person made for it; that it was used today is noted already."""
    day = timezone.localdate() + timedelta(days=30)
    _, secret = make_token(name="Our dashboard", scopes=list(Scope), expires_on=day, by=person.acting)
    program = CheckingClient(headers={"Authorization": f"Bearer {secret}"})
    program.get(reverse("api_frameworks"))
    return program


def an_authority_s_program(person: Person) -> Client:
    """What asks by itself for the authority of a person’s setting."""
    lead = Membership.objects.get(role=Role.AUTHORITY_LEAD, organisation__authority=person.organisation.authority_id)
    return a_program(Person(lead.user, lead, lead.acting()))


def after_the_code(person: Person) -> Client:
    """The browser of somebody outside, who has typed the code for what a person’s setting has released to them."""
    release = released_outside(person)
    code = make_code(release=release, by=person.acting)
    browser = CheckingClient()
    browser.post(reverse("open_by_link", args=[token_of(release)]), {"code": code})
    return browser


AFTER: dict[str, Callable[[Person], Client]] = {
    "mfa_authenticate": after_the_password,
    "mfa_deactivate_totp": after_setting_up_codes,
    "mfa_generate_recovery_codes": after_setting_up_codes,
    "mfa_view_recovery_codes": after_setting_up_codes,
    "download_recovery_codes": after_setting_up_codes,
    "mfa_reauthenticate": after_setting_up_codes,
    "mfa_reauthenticate_webauthn": after_adding_a_passkey,
    "mfa_login_webauthn": a_script,
    "second_step": without_a_second_step,
    **dict.fromkeys(("open_by_link", "paper_by_link", "file_by_link"), after_the_code),
    **dict.fromkeys(
        (
            "api_framework",
            "api_frameworks",
            "api_rating",
            "api_review",
            "api_reviews",
            "api_visit",
            "api_visits",
            "api_voices",
        ),
        a_program,
    ),
    **dict.fromkeys(("api_count", "api_counts"), an_authority_s_program),
}


def openings(page: Page, cast: Cast) -> Iterator[tuple[Client, str]]:
    """Each browser in which a page shows itself, and the address there."""
    if page.name in AFTER:
        address = page.address(cast, page.owners()[0])
        yield AFTER[page.name](cast.amara), address
        return
    for owner, name in who_may_open(page).items():
        yield CheckingClient() if name == NOBODY else just_signed_in(getattr(cast, name)), page.address(cast, owner)


def before_anybody(page: Page) -> Iterator[tuple[Client, str]]:
    """A page of an installation that has no cast yet: its address names nobody’s record."""
    yield CheckingClient(), reverse(page.name, kwargs=KEYS[page.name](None) if page.has_keys else {})  # type: ignore[arg-type]


def who_may_open(page: Page) -> dict[str, str]:
    """The people for whom the page opens, each with whose record they see; everybody’s first guess when it does for none."""
    everybody = (*PEOPLE, NOBODY)
    rows = read(TABLE.read_text(encoding="utf-8")).get(page.name, [])
    answers = {
        row[1]: dict(zip(everybody, row[2:], strict=True)) for row in rows if row[0] == "GET" and "200" in row[2:]
    }
    # Whose the record is, if the page opens for them: others may need something besides that is not there.
    opening = {
        owner: owner if said.get(owner) == "200" else next(who for who, status in said.items() if status == "200")
        for owner, said in answers.items()
    }
    return opening or dict.fromkeys(page.owners(), "amara")


def expected_status(page: Page) -> int:
    """What a page answers when it is opened: itself, or that it only takes forms."""
    ways = {row[0] for row in read(TABLE.read_text(encoding="utf-8")).get(page.name, [])}
    return NOT_ALLOWED if ways == {"POST"} else OTHERWISE.get(page.name, 200)
