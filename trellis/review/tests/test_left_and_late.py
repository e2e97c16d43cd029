"""Somebody has left, or somebody else was faster: nothing is lost unseen."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from tests.reviewing import rating
from trellis.core.models import SentMail, StoredFile
from trellis.organisations.models import Membership
from trellis.review.models import Round

pytestmark = pytest.mark.django_db


def test_whoever_has_left_stays_the_owner_until_somebody_says_otherwise(cast, half, browse):
    action = half.action
    before = action.owner.name
    Membership.objects.filter(user=action.owner).update(ended_at=timezone.now(), ended_by=cast.amara.user)
    address, browser = reverse("change_action", args=[action.pk]), browse(cast.amara)
    assert f'value="{action.owner.pk}" selected' in browser.get(address).content.decode()
    answers = {"what": "Ask every family", "owner": str(action.owner.pk), "version": action.version}
    browser.post(address, answers)
    action.refresh_from_db()
    assert (action.what, action.owner.name) == ("Ask every family", before)
    stranger = {"what": "Ask", "owner": str(cast.joanna.user.pk), "version": action.version}
    assert "govuk-error-summary" in browser.post(address, stranger).content.decode(), "somebody else’s colleague"


def test_nobody_who_has_left_hears_of_a_review(cast, half):
    from trellis.review import actions

    Membership.objects.filter(pk=cast.leila.membership.pk).update(ended_at=timezone.now(), ended_by=cast.amara.user)
    actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    told = SentMail.objects.filter(subject="A review is ready to discuss")
    asked = half.round.people.exclude(user=None).exclude(user=cast.amara.user).values_list("user__name", flat=True)
    assert "Leila" in " ".join(asked)
    assert {each.user.name for each in told} == {name for name in asked if "Leila" not in name}
    assert told.exists()


def test_moving_an_action_counts_as_a_change_whatever_was_read_before(cast, half):
    from trellis.review import actions
    from trellis.review.models import Action

    read_before = Action.objects.get(pk=half.action.pk)
    Action.objects.filter(pk=half.action.pk).update(version=7)
    moved = actions.move_action(action=read_before, to="under_way", by=cast.amara.acting)
    assert moved.version == 8


def test_of_two_files_at_once_the_second_is_asked_to_look(cast, half, browse, monkeypatch):
    browser, address = browse(cast.priya), reverse("add_version", args=[half.evidence.pk])
    first = SimpleUploadedFile("minutes.txt", b"Minutes of the meeting in October")
    browser.post(address, {"upload": first})
    kept = StoredFile.objects.count()
    monkeypatch.setattr(QuerySet, "count", lambda self: 0)  # as if the first had come after the counting
    second = SimpleUploadedFile("minutes.txt", b"Minutes of the meeting in November")
    page = browser.post(address, {"upload": second}).content.decode()
    monkeypatch.undo()
    assert "Somebody else has just added a version" in page
    assert (half.evidence.versions.count(), StoredFile.objects.count()) == (1, kept)


def test_who_was_asked_stays_as_it_was_agreed(cast, half, browse):
    from trellis.review import actions

    for to in ("discussing", "agreed"):
        actions.move_round(round=half.round, to=to, by=cast.amara.acting)
    browser, people = browse(cast.amara), half.round.people.count()
    address = reverse("ask_person", args=[half.round.pk])
    assert address not in browser.get(half.round.get_absolute_url()).content.decode()
    page = browser.post(address, {"name": "Parents, afterwards"}).content.decode()
    assert "This review has been agreed, so what stands in it stays as it is" in page
    answer = {"prompt": "alone", "subject": "", "word": "Afterwards"}
    page = browser.post(reverse("dismiss_prompt", args=[half.round.pk]), answer, follow=True).content.decode()
    assert "what stands in it stays as it is" in page
    assert (half.round.people.count(), half.round.dismissals.count()) == (people, 0)


def test_a_rating_typed_while_the_others_agree_is_shown_and_not_saved(cast, half, browse, monkeypatch):
    """The page was built while the review was open; it is agreed before the first statement is written."""
    from trellis.review import actions

    actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    rate = actions.rate

    def agreed_first(**given):
        actions.move_round(round=Round.objects.get(), to="agreed", by=cast.amara.acting)
        return rate(**given)

    monkeypatch.setattr(actions, "rate", agreed_first)
    typed = {"A2-choice": "secure", "A2-notes": "Typed while the others agreed", "A2-work": "to_do", "A2-version": "0"}
    page = browse(cast.priya).post(reverse("rate_area", args=[half.round.pk, "A"]), typed).content.decode()
    assert "What you typed is not saved" in page
    assert "Typed while the others agreed" in page
    assert rating(half.round, "A2").state == "not_discussed"
