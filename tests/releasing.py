"""Releases and requests for help for tests: of an agreed round, to whomever a test wants."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from tests.cast import Person
from tests.reviewing import review_of
from trellis.core.models import SentMail
from trellis.organisations.models import Organisation
from trellis.review import actions
from trellis.review.actions.frameworks import fingerprint_of
from trellis.review.actions.release import Recipient, Terms
from trellis.review.models import HelpRequest, Release, Round
from trellis.review.released import Parts, copy_of

EVERYTHING = Parts(actions=True, notes=True, evidence=True, files=True)


def agreed(person: Person) -> Round:
    """The review of a person’s setting, agreed."""
    round = review_of(person).round
    steps = (("draft", "agreed"),) if person.acting.alone else (("draft", "discussing"), ("discussing", "agreed"))
    for status, to in steps:
        if round.status == status:
            actions.move_round(round=round, to=to, by=person.acting)
    return Round.objects.with_wording().get(pk=round.pk)


def release(round: Round, by: Person, to: Recipient, *, parts: Parts = EVERYTHING, **terms: Any) -> Release:
    """Release a round as its manager would after having looked at it."""
    said = {"purpose": "To plan training together", "until": timezone.localdate() + timedelta(days=90)} | terms
    seen = fingerprint_of(copy_of(round, parts)[0])
    return actions.release_round(round=round, recipient=to, terms=Terms(parts, **said), seen=seen, by=by.acting)


def authority_for(person: Person) -> Organisation:
    """The organisation of the authority that a person’s setting belongs to."""
    return Organisation.objects.get(kind="authority", authority_id=person.organisation.authority_id)


def released_by(person: Person) -> Release:
    """A release of a person’s setting to its authority: the one that is there, or a new one."""
    there = Release.objects.filter(organisation=person.organisation, to_organisation__isnull=False).first()
    return there or release(agreed(person), person, Recipient(team=authority_for(person)), may_be_counted=True)


SOMEBODY = Recipient(name="Noor Aziz", organisation="Maple Primary School", email="noor@example.org")


def token_of(release: Release) -> str:
    """What the link in the e-mail to somebody outside ends in."""
    return SentMail.objects.get(once_key=f"release {release.pk}").link.rsplit("/", 1)[1]


def released_outside(person: Person) -> Release:
    """A release of a person’s setting to somebody outside."""
    there = Release.objects.filter(organisation=person.organisation, to_organisation=None).first()
    return there or release(agreed(person), person, SOMEBODY)


def help_of(person: Person) -> HelpRequest:
    """A request for help of a person’s setting: the one that is there, or a new one."""
    there = HelpRequest.objects.filter(organisation=person.organisation).first()
    said = {"topic": "behaviour", "wanted": "visit", "by_when": None, "words": "Tidy-up time is hard for many"}
    return there or actions.ask_for_help(setting=person.organisation, by=person.acting, **said)


def a_file_of(release: Release) -> str:
    """The key of a file that a release holds."""
    statements = [each for area in release.content["areas"] for each in area["statements"]]
    return next(piece["file"]["id"] for each in statements for piece in each["evidence"] if piece["file"])


def step(round: Round, name: str) -> str:
    """The address of a step of releasing."""
    return reverse("release_step", args=[round.pk, name])


def day_in(days: int) -> dict[str, int]:
    """The last day, as it is typed."""
    day = timezone.localdate() + timedelta(days=days)
    return {"until-day": day.day, "until-month": day.month, "until-year": day.year}


def look(browser: Any, round: Round, to: dict[str, str], parts: Any = (), **purpose: Any) -> Any:
    """Go through the steps to the last look, and return it."""
    browser.post(step(round, "to"), to)
    browser.post(step(round, "parts"), {"parts": parts})
    said = {"purpose": "So that you can plan training with us"} | day_in(60) | purpose
    answer = browser.post(step(round, "purpose"), said)
    assert answer.status_code == 302, answer.content.decode()
    return browser.get(step(round, "look"))


def text_of(page: Any, selector: str = "main") -> str:
    """What a page says, links or not."""
    found = BeautifulSoup(page.content, "html5lib").select_one(selector)
    for link in found.select("a"):
        link.unwrap()
    return " ".join(found.get_text(" ").split())


def seen_in(page: Any) -> str:
    """The fingerprint that the last look carries."""
    return BeautifulSoup(page.content, "html5lib").select_one("input[name=seen]")["value"]
