"""Colleagues rate alone, nobody sees it before the talk, and the talk ends in an agreed rating."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.hearing import says_alone
from tests.reviewing import rating, say
from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.models import Agreement, OwnRating, OwnRatingChange, RoundPerson
from trellis.review.voices import heard

pytestmark = pytest.mark.django_db


def talk(half, cast):
    """The talk begins."""
    half.round = actions.move_round(round=half.round, to="discussing", by=cast.amara.acting)
    return half.round


def page(browser, name, *args):
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_practitioner_rates_an_area_alone_and_goes_on(cast, half, browse):
    browser, address = browse(cast.leila), reverse("own_area", args=[half.round.pk, "A"])
    assert "Only you see this" in browser.get(address).content.decode()
    data = {"A1-choice": "partly", "A1-note": "Wednesdays only", "A1-unsure": "on", "A1-version": "0"}
    answer = browser.post(address, data)
    assert answer["Location"] == reverse("own_area", args=[half.round.pk, "B"])
    own = OwnRating.objects.get()
    assert (own.level.code, own.note, own.unsure, own.version, own.user) == (
        "partly",
        "Wednesdays only",
        True,
        1,
        cast.leila.user,
    )
    assert rating(half.round, "A1").label == "Secure", "the setting’s own rating stays"
    assert "Wednesdays only" in browser.get(address).content.decode()
    assert "You rated 1 statement alone" in page(browser, "voices", half.round.pk)


def test_it_is_saved_as_one_goes(cast, half, browse):
    browser, address = browse(cast.leila), reverse("save_own_rating", args=[half.round.pk])
    first = browser.post(address, {"A1-choice": "partly", "A1-note": "", "A1-version": "0"})
    assert first.json()["fields"] == {"A1-version": 1}
    again = browser.post(address, {"A1-choice": "secure", "A1-note": "", "A1-version": "1"})
    assert again.json()["fields"] == {"A1-version": 2}
    assert [change.version for change in OwnRatingChange.objects.order_by("version")] == [1, 2]
    stale = browser.post(address, {"A1-choice": "development", "A1-note": "", "A1-version": "1"})
    assert stale.status_code == 409
    named = browser.post(address, {"A2-choice": "secure", "A2-note": "See Noah’s plan", "A2-version": "0"})
    assert "names a child" in named.json()["beside"]["A2-note"]
    wrong = browser.post(address, {"A1-choice": "wonderful", "A1-note": "", "A1-version": "2"})
    assert wrong.status_code == 422
    assert browser.post(address, {"Z9-choice": "secure", "Z9-version": "0"}).status_code == 404


def test_another_window_loses_nothing(cast, half, browse):
    says_alone(half.round, "A1", "secure", cast.leila, note="From the other window")
    data = {"A1-choice": "partly", "A1-note": "From this one", "A1-version": "0"}
    text = browse(cast.leila).post(reverse("own_area", args=[half.round.pk, "A"]), data).content.decode()
    assert "From the other window" in text
    assert "From this one" in text
    browse(cast.leila).post(reverse("own_area", args=[half.round.pk, "A"]), data)
    assert OwnRating.objects.get().level.code == "secure", "saved again without choosing"
    browse(cast.leila).post(reverse("own_area", args=[half.round.pk, "A"]), data | {"mine": "A1 1"})
    assert OwnRating.objects.get().note == "From this one"


def test_nobody_sees_anothers_before_the_talk(cast, half, browse):
    says_alone(half.round, "A1", "development", cast.leila, note="Planted sentence")
    says_alone(half.round, "A1", "development", cast.priya)
    for person in (cast.amara, cast.priya, cast.tomasz):
        for name, *more in [
            ("own_area", "A"),
            ("voices",),
            ("discussion",),
            ("discuss_statement", "A1"),
            ("rate_area", "A"),
            ("show_statement", "A1"),
            ("full_report",),
        ]:
            text = page(browse(person), name, half.round.pk, *more)
            assert "Planted sentence" not in text, name
            assert "Colleagues" not in text, name
    assert heard(half.round, alone=False).spreads == {}
    assert not any("A1" in str(event.change) for event in AuditEvent.objects.filter(verb="round.rated_alone"))


def test_the_talk_shows_how_many_and_only_the_names_that_were_given(cast, half, browse):
    says_alone(half.round, "A1", "development", cast.leila, note="Planted sentence")
    says_alone(half.round, "A1", "secure", cast.priya, note="We keep the hours")
    says_alone(half.round, "A2", "secure", cast.priya)
    says_alone(half.round, "A3", "secure", cast.priya)
    says_alone(half.round, "A3", "partly", cast.leila)
    browse(cast.priya).post(reverse("choose_name", args=[half.round.pk]), {"shows_name": "on"})
    talk(half, cast)
    text = page(browse(cast.amara), "discussion", half.round.pk)
    assert text.index('id="A1"') < text.index('id="A3"'), "what they are furthest apart on comes first"
    assert 'id="A2"' not in text, "one voice is no spread"
    assert "1, Priya Nair among them" in text
    assert "Leila" not in text.split("<main", 1)[1]
    one = page(browse(cast.tomasz), "discuss_statement", half.round.pk, "A1")
    assert "We keep the hours" in one
    assert "Planted sentence" not in one
    assert "Leila Haddad among them" not in one


def test_the_choice_can_be_taken_back_until_agreed(cast, half, browse):
    browser, address = browse(cast.leila), reverse("choose_name", args=[half.round.pk])
    browser.post(address, {"shows_name": "on"})
    says_alone(half.round, "A1", "secure", cast.leila)
    says_alone(half.round, "A1", "partly", cast.priya)
    round = talk(half, cast)
    assert heard(round, alone=False).spreads["A1"].levels[0].names == ("Leila Haddad",)
    browser.post(address, {})
    assert heard(round, alone=False).spreads["A1"].levels[0].names == ()
    actions.move_round(round=round, to="agreed", by=cast.amara.acting)
    assert "your choice stays as it is" in browser.post(address, {"shows_name": "on"}, follow=True).content.decode()
    assert heard(round, alone=False).spreads["A1"].levels[0].names == ()


def test_once_the_talk_has_begun_nobody_is_talked_round(cast, half, browse):
    own = says_alone(half.round, "A1", "secure", cast.leila)
    talk(half, cast)
    browser, address = browse(cast.leila), reverse("own_area", args=[half.round.pk, "A"])
    assert "stays as it is" in browser.get(address).content.decode()
    browser.post(address, {"A1-choice": "partly", "A1-note": "", "A1-version": "1"})
    own.refresh_from_db()
    assert own.level.code == "secure"
    with pytest.raises(Refused, match="stays as it is"):
        says_alone(half.round, "A1", "partly", cast.leila)


def test_a_review_put_away_before_the_talk_shows_nobody_s(cast, half, browse):
    says_alone(half.round, "A1", "secure", cast.leila, note="Planted sentence")
    says_alone(half.round, "A1", "partly", cast.priya)
    actions.choose_name(round=half.round, shows_name=True, by=cast.leila.acting)
    actions.move_round(round=half.round, to="archived", by=cast.amara.acting)
    pages = [reverse(name, args=[half.round.pk]) for name in ("voices", "discussion", "full_report")]
    for address in (*pages, reverse("show_statement", args=[half.round.pk, "A1"])):
        page = browse(cast.amara).get(address).content.decode()
        assert not [words for words in ("Planted sentence", "1 of you", "Colleagues, each alone") if words in page]
    assert "put away before the talk" in browse(cast.amara).get(pages[0]).content.decode()
    assert heard(half.round, alone=False).spreads == {}


def test_what_is_agreed_is_the_rating_and_says_who_and_when(cast, half, browse):
    says_alone(half.round, "A2", "secure", cast.leila)
    says_alone(half.round, "A2", "partly", cast.tomasz)
    round = talk(half, cast)
    people = RoundPerson.objects.filter(round=round, user__in=[cast.leila.user, cast.tomasz.user])
    assert people.count() == 2, "who rated alone takes part"
    browser, address = browse(cast.priya), reverse("discuss_statement", args=[round.pk, "A2"])
    data = {"choice": "partly", "notes": "Not in the baby room", "version": "0"}
    assert "Select who agreed this" in browser.post(address, data).content.decode()
    answer = browser.post(address, data | {"people": [person.pk for person in people]})
    assert answer["Location"] == reverse("discussion", args=[round.pk])
    now = rating(round, "A2")
    assert (now.label, now.notes, now.version, now.changed_by) == (
        "Partly in place",
        "Not in the baby room",
        1,
        cast.priya.user,
    )
    agreement = Agreement.objects.get()
    assert (agreement.version, agreement.by) == (1, cast.priya.user)
    assert {person.name for person in agreement.people.all()} == {"Leila Haddad", "Tomasz Wójcik"}
    text = browser.get(address).content.decode()
    assert "Agreed by Leila Haddad, Tomasz Wójcik" in text
    say(round, "A2", "secure", cast.amara)
    assert "Agreed before, and changed since" in browser.get(address).content.decode()


def test_a_stale_agreement_shows_both(cast, half, browse):
    round = talk(half, cast)
    person = RoundPerson.objects.get(round=round, user=cast.amara.user)
    data = {"choice": "partly", "notes": "Mine", "version": "0", "people": [person.pk]}
    say(round, "A2", "secure", cast.amara, notes="Theirs")
    text = browse(cast.priya).post(reverse("discuss_statement", args=[round.pk, "A2"]), data).content.decode()
    assert "Theirs" in text
    assert "Mine" in text
    assert Agreement.objects.count() == 0
    browse(cast.priya).post(reverse("discuss_statement", args=[round.pk, "A2"]), data)
    assert Agreement.objects.count() == 0, "sent again without choosing"
    data["mine"] = "1"
    browse(cast.priya).post(reverse("discuss_statement", args=[round.pk, "A2"]), data)
    assert rating(round, "A2").label == "Partly in place"


def test_who_may_only_rate_reads_the_talk_and_writes_nothing_down(cast, half, browse):
    round = talk(half, cast)
    person = RoundPerson.objects.filter(round=round).first()
    data = {"choice": "secure", "notes": "", "version": "0", "people": [person.pk]}
    answer = browse(cast.leila).post(reverse("discuss_statement", args=[round.pk, "A2"]), data)
    assert "This is what we agreed" not in answer.content.decode()
    assert rating(round, "A2").version == 0


def test_a_childminder_has_none_of_this(cast, framework, browse):
    from tests.reviewing import review_of

    half, browser = review_of(cast.megan), browse(cast.megan)
    for name, *more in [("own_area", "A"), ("discussion",), ("discuss_statement", "A1")]:
        assert browser.get(reverse(name, args=[half.round.pk, *more])).status_code == 404
    assert "Your team" not in page(browser, "voices", half.round.pk)


def test_beside_the_statement_and_in_the_report(cast, half, browse):
    says_alone(half.round, "A1", "development", cast.leila)
    says_alone(half.round, "A1", "secure", cast.priya)
    round = talk(half, cast)
    for name, *more in [("rate_area", "A"), ("show_statement", "A1")]:
        assert "Colleagues said alone" in page(browse(cast.amara), name, round.pk, *more), name
    report = page(browse(cast.amara), "full_report", round.pk)
    assert "between “Secure” and “Area for development”" in report
    assert "Colleagues rated alone before they talked." in page(browse(cast.amara), "report", round.pk)
