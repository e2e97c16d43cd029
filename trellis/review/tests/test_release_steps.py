"""The steps of releasing a review: what each asks, in which order, and what is looked at before."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tests.releasing import agreed, day_in, look, release, seen_in, step, text_of
from tests.reviewing import say, start
from trellis.core.refusal import Refused
from trellis.organisations.models import Membership
from trellis.review import actions
from trellis.review.actions.release import Recipient
from trellis.review.models import Release, Round

pytestmark = pytest.mark.django_db


def test_what_changed_since_they_looked_is_looked_at_again(cast, half, browse):
    round, browser = agreed(cast.amara), browse(cast.amara)
    page = look(browser, round, {"to": "authority"}, ["actions"])
    actions.move_action(action=half.action, to="under_way", by=cast.priya.acting)
    answer = browser.post(step(round, "look"), {"seen": seen_in(page)})
    assert "Something in it has changed since you looked" in answer.content.decode()
    assert "Under way" in text_of(answer, ".review-released")
    assert not Release.objects.exists()
    assert browser.post(step(round, "look"), {"seen": seen_in(answer)}).status_code == 302


def test_nobody_gets_what_was_looked_at_for_somebody_else(cast, half, browse):
    """Two tabs of one browser: the second one chooses somebody outside, with the same parts."""
    round, browser = agreed(cast.amara), browse(cast.amara)
    page = look(browser, round, {"to": "authority"}, ["notes"])
    browser.post(step(round, "to"), {"to": "outside"})
    browser.post(step(round, "outside"), {"name": "Noor Aziz", "email": "noor@example.org"})
    answer = browser.post(step(round, "look"), {"seen": seen_in(page)})
    assert "Something in it has changed since you looked" in answer.content.decode()
    assert not Release.objects.exists()
    browser.post(step(round, "look"), {"seen": seen_in(answer)})
    assert Release.objects.get().outside_name == "Noor Aziz"


def test_a_name_of_a_child_is_warned_of_before(cast, half, browse):
    say(half.round, "A2", "partly", cast.amara, notes="See Noah’s plan in the folder")
    round, browser = agreed(cast.amara), browse(cast.amara)
    page = look(browser, round, {"to": "authority"}, ["notes"])
    assert "A2: This looks as if it names a child (“Noah”)" in page.content.decode()
    answer = browser.post(step(round, "look"), {"seen": seen_in(page)})
    assert "Look at what is listed above first" in answer.content.decode()
    browser.post(step(round, "look"), {"seen": seen_in(page), "checked": "on"})
    assert Release.objects.count() == 1


def test_steps_come_one_after_the_other(cast, half, browse):
    round, browser = agreed(cast.amara), browse(cast.amara)
    assert browser.get(step(round, "look"))["Location"] == step(round, "to")
    assert browser.get(step(round, "outside")).status_code == 404
    assert "Choose to whom you release it" in browser.post(step(round, "to"), {}).content.decode()
    assert "Choose who it is" in browser.post(step(round, "to"), {"to": "person"}).content.decode()
    assert browser.post(step(round, "to"), {"to": "outside"})["Location"] == step(round, "outside")
    assert "Enter their e-mail address" in browser.post(step(round, "outside"), {"name": "Noor"}).content.decode()
    assert browser.get(step(round, "purpose")).status_code == 200
    assert browser.post(step(round, "purpose"), {"purpose": "x"} | day_in(9))["Location"] == step(round, "outside")
    assert browser.get(step(round, "nowhere")).status_code == 404


def test_the_last_day_is_to_come_and_within_two_years(cast, half, browse):
    round, browser = agreed(cast.amara), browse(cast.amara)
    browser.post(step(round, "to"), {"to": "authority"})
    for days, sentence in ((0, "The last day must be in the future"), (900, "two years at most")):
        page = browser.post(step(round, "purpose"), {"purpose": "x"} | day_in(days))
        assert sentence in page.content.decode()
    page = browser.post(step(round, "purpose"), {"purpose": "x", "name_may_be_shown": "on"} | day_in(9))
    assert "Lists show only what may be counted" in page.content.decode()


def test_counting_is_asked_only_where_an_authority_counts(cast, half, browse):
    round, browser = agreed(cast.amara), browse(cast.amara)
    browser.post(step(round, "to"), {"to": "group"})
    assert "may be counted" not in browser.get(step(round, "purpose")).content.decode()
    browser.post(step(round, "to"), {"to": "authority"})
    page = BeautifulSoup(browser.get(step(round, "purpose")).content, "html5lib")
    assert not page.select_one("input[name=may_be_counted]").has_attr("checked")
    assert not page.select_one("input[name=name_may_be_shown]").has_attr("checked")


def test_a_draft_cannot_be_released(cast, half, browse):
    answer = browse(cast.amara).get(step(half.round, "to"), follow=True)
    assert "Only a review that has been agreed can be released" in answer.content.decode()
    page = browse(cast.amara).get(half.round.get_absolute_url()).content.decode()
    assert "Release this review" not in page
    with pytest.raises(Refused, match="agreed"):
        release(Round.objects.with_wording().get(), cast.amara, Recipient(team=cast.daniel.organisation))


def test_a_person_who_has_left_since_is_asked_for_again(cast, half, browse):
    round, browser = agreed(cast.amara), browse(cast.amara)
    look(browser, round, {"to": "person", "person": str(cast.ruth.membership.pk)})
    cast.ruth.membership.ended_at, cast.ruth.membership.ended_by = timezone.now(), cast.daniel.user
    cast.ruth.membership.save()
    assert browser.get(step(round, "look"))["Location"] == step(round, "to")


def test_files_bring_their_evidence(cast, half, browse):
    round, browser = agreed(cast.amara), browse(cast.amara)
    page = look(browser, round, {"to": "authority"}, ["files"])
    assert "SENCO job description" in text_of(page, ".review-released")
    browser.post(step(round, "look"), {"seen": seen_in(page)})
    assert Release.objects.get().with_evidence


def test_a_setting_without_an_authority_here_is_told(cast, framework, browse):
    start(cast.joanna, framework)
    cast.joanna.organisation.authority = None
    cast.joanna.organisation.save()
    round = agreed_bare(cast.joanna)
    page = browse(cast.joanna).get(step(round, "to")).content.decode()
    assert "says no local authority" in page
    assert "Somebody who does not use Trellis" in page


def agreed_bare(person):
    round = Round.objects.get(organisation=person.organisation)
    say(round, "A1", "secure", person)
    for to in ("discussing", "agreed"):
        actions.move_round(round=round, to=to, by=person.acting)
    return round


def test_the_purpose_is_looked_at_for_names_too(cast, half, browse):
    page = look(browse(cast.amara), agreed(cast.amara), {"to": "authority"}, purpose="To plan Noah’s needs")
    assert "What it is for: This looks as if it names a child" in page.content.decode()


def nobody_left_at(organisation, by):
    Membership.objects.filter(organisation=organisation).update(ended_at=timezone.now(), ended_by=by.user)


def test_a_team_without_people_is_not_offered_and_nothing_is_released_to_it(cast, half, browse):
    round, browser, council = agreed(cast.amara), browse(cast.amara), cast.daniel.organisation
    browser.post(step(round, "to"), {"to": "authority"})  # while somebody is there
    nobody_left_at(council, cast.sam)
    page = browser.get(step(round, "to")).content.decode()
    assert "can read releases at the moment, so it is not in the list" in page
    assert 'value="authority"' not in page
    assert 'value="group"' in page
    with pytest.raises(Refused, match="Nobody at Fenwickshire Council can read releases at the moment"):
        release(round, cast.amara, Recipient(team=council))
    assert not Release.objects.exists()
