"""Visits of learners: they are told once that they can choose, and somebody without an account chooses by their link."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.going import going_of, it_was, offer_of, reflection_of, visit_session_of
from tests.training import cohort_of, leading, place_of, token_of
from trellis.core.mail import MailKind, Wish, choose_mail
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.actions.signing_in import VISIT_BY_LINK
from trellis.training.models import Place, Reflection, VisitPlace
from trellis.training.tests.test_visits import text

pytestmark = pytest.mark.django_db
SUBJECT = "You can choose a visit now"


def told():
    return sorted(SentMail.objects.filter(subject=SUBJECT, state="queued").values_list("address", flat=True))


def sent_away():
    """What waits has left."""
    SentMail.objects.filter(state="queued").update(state="sent", sent_at=timezone.now())


def plan_of(offer):
    """What stands of an offer, to change a word of it."""
    offer.refresh_from_db()
    return actions.VisitPlan(**{each.name: getattr(offer, each.name) for each in fields(actions.VisitPlan)})


@pytest.fixture
def learners(cast):
    """Niamh, who has only a link, and Priya, who has an account."""
    niamh, priya = place_of(cast.mei), place_of(cast.mei, "Priya Nair")
    Place.objects.filter(pk=priya.pk).update(user=cast.priya.user, email=cast.priya.user.email)
    return niamh, Place.objects.get(pk=priya.pk)


def test_learners_hear_once_that_they_can_choose(cast, learners):
    niamh, priya = learners
    offer = offer_of(cast.mei)
    offer_of(cast.mei, host_name="Oakfield School", host=None)
    assert told() == sorted([niamh.email, priya.email]), "of the second one nobody is told: there was one to choose"
    mail = SentMail.objects.filter(subject=SUBJECT)
    assert set(mail.values_list("link", flat=True)) == {
        reverse("my_training"),
        reverse("dates_by_link", args=[token_of(cast.mei)]),
    }
    assert mail[0].reason == f"“{offer.session}” of “Autumn cohort” is a visit: choose where you go, and when."


def test_when_nothing_was_left_whoever_has_not_chosen_hears_of_another(cast, learners):
    niamh, priya = learners
    offer = offer_of(cast.mei, places=1)
    sent_away()
    actions.take_visit(offer=offer, place=priya, user=priya.user, by=cast.mei.acting)
    other = offer_of(cast.mei, host_name="Oakfield School", host=None)
    assert told() == [niamh.email]
    actions.change_visit_offer(offer=other, plan=replace(plan_of(other), places=9), by=cast.mei.acting)
    assert told() == [niamh.email], "something was left, and she has heard of it"


def test_a_full_visit_that_has_places_again_is_told(cast, learners):
    niamh, priya = learners
    offer = offer_of(cast.mei, places=1)
    actions.take_visit(offer=offer, place=priya, user=priya.user, by=cast.mei.acting)
    sent_away()
    actions.change_visit_offer(offer=offer, plan=replace(plan_of(offer), bring="Boots"), by=cast.mei.acting)
    assert told() == [], "it is as full as it was"
    actions.confirm_visit_offer(offer=offer, places=2, by=cast.amara.acting)
    assert told() == [niamh.email], "the host says that another can come"
    sent_away()
    ola = place_of(cast.mei, "Ola Eze")
    actions.take_visit(offer=offer, place=ola, user=cast.mei.user, by=cast.mei.acting)
    actions.change_visit_offer(offer=offer, plan=replace(plan_of(offer), places=3), by=cast.mei.acting)
    assert told() == [niamh.email], "and so does the centre"


def test_who_came_later_hears_when_a_visit_is_offered_or_changed_and_nobody_hears_twice(cast, learners):
    offer = offer_of(cast.mei)
    sent_away()
    femi = place_of(cast.mei, "Femi Balogun")
    actions.change_visit_offer(offer=offer, plan=replace(plan_of(offer), bring="Boots"), by=cast.mei.acting)
    assert told() == [femi.email]
    sent_away()
    ola = place_of(cast.mei, "Ola Eze")
    offer_of(cast.mei, host_name="Oakfield School", host=None)
    assert told() == [ola.email]
    actions.confirm_visit_offer(offer=offer, places=5, by=cast.amara.acting)
    assert told() == [ola.email]
    assert SentMail.objects.filter(subject=SUBJECT).values("address").distinct().count() == 4
    assert SentMail.objects.filter(subject=SUBJECT).count() == 4


def test_who_wants_no_mail_of_courses_gets_none_of_visits(cast, learners):
    choose_mail(wishes={MailKind.TRAINING: Wish.NEVER}, by=cast.priya.acting)
    offer_of(cast.mei)
    assert told() == [learners[0].email]


@pytest.mark.parametrize("latest_first", [True, False])
def test_what_has_not_left_is_kept_back_when_there_is_nothing_to_choose(cast, learners, latest_first):
    first = offer_of(cast.mei)
    second = offer_of(cast.mei, host_name="Oakfield School", host=None)
    one, other = (second, first) if latest_first else (first, second)
    actions.cancel_visit_offer(offer=one, because="Snow", by=cast.mei.acting)
    assert len(told()) == 2
    actions.cancel_visit_offer(offer=other, because="Snow", by=cast.mei.acting)
    assert told() == []
    offer_of(cast.mei, host_name="Elm School", host=None)
    assert len(told()) == 2


def test_whose_only_visit_is_cancelled_hears_of_the_next(cast, learners):
    niamh, priya = learners
    offer = offer_of(cast.mei)
    actions.take_visit(offer=offer, place=priya, user=priya.user, by=cast.mei.acting)
    sent_away()
    actions.cancel_visit_offer(offer=offer, because="Snow", by=cast.mei.acting)
    offer_of(cast.mei, host_name="Oakfield School", host=None)
    assert told() == sorted([niamh.email, priya.email])


def test_somebody_without_an_account_chooses_by_their_link(cast, client, learners):
    niamh, _ = learners
    offer = offer_of(cast.mei)
    token = token_of(cast.mei)
    dates, mine = reverse("dates_by_link", args=[token]), reverse("visit_by_link", args=[token, offer.session_id])
    page = client.get(dates)
    assert "you choose the day and the place" in text(page)
    assert mine in page.content.decode()
    page = text(client.get(mine))
    assert "2 places left" in page
    assert "Amara Okafor at the front door" not in page, "whom to ask for is only for those who go there"
    page = text(client.post(mine, {"offer": offer.pk}, follow=True))
    assert "You go to Bramble Lane Nursery" in page
    assert "Amara Okafor at the front door" in page
    visit = VisitPlace.objects.live().get()
    assert (visit.place, visit.taken_by) == (niamh, None)
    assert "Bramble Lane Nursery" in text(client.get(dates))
    client.post(mine, {"give_back": "yes"})
    assert not VisitPlace.objects.live().exists()
    events = AuditEvent.objects.filter(verb__startswith="visit_place.").order_by("number")
    assert set(events.values_list("actor_name", "acting_as", "chain")) == {
        ("A learner with their link", "The page of a visit", str(cast.mei.organisation.pk))
    }


def test_whoever_is_signed_in_chooses_as_themselves_by_their_own_link(cast, browse, learners):
    niamh, _ = learners
    offer = offer_of(cast.mei)
    mine = reverse("visit_by_link", args=[token_of(cast.mei), offer.session_id])
    browse(cast.mei).post(mine, {"offer": offer.pk})
    assert VisitPlace.objects.live().get().taken_by is None, "whoever opens somebody else’s link is nobody"
    Place.objects.filter(pk=niamh.pk).update(user=cast.tomasz.user)
    tomasz = browse(cast.tomasz)
    tomasz.post(mine, {"give_back": "yes"})
    tomasz.post(mine, {"offer": offer.pk})
    assert VisitPlace.objects.live().get().taken_by == cast.tomasz.user


def test_a_link_opens_only_visits_of_its_own_course_and_while_there_is_a_place(cast, client, learners):
    niamh, _ = learners
    token, session = token_of(cast.mei), visit_session_of(cast.mei)
    taught = session.cohort.sessions.filter(kind="taught").first()
    other = visit_session_of(cast.idris)
    for wrong in (taught, other):
        assert client.get(reverse("visit_by_link", args=[token, wrong.pk])).status_code == 404
    offer = offer_of(cast.idris, host_name="Oakfield School", host=None)
    client.post(reverse("visit_by_link", args=[token, session.pk]), {"offer": offer.pk})
    assert not VisitPlace.objects.exists()
    actions.withdraw_place(place=niamh, reason="time", on=timezone.localdate(), by=leading(cast.mei).acting)
    assert client.get(reverse("visit_by_link", args=[token, session.pk])).status_code == 404


def test_a_link_never_shows_what_was_written(cast, client):
    reflection = reflection_of(cast.mei)
    page = text(client.get(reverse("visit_by_link", args=[token_of(cast.mei), reflection.visit.session_id])))
    assert "You wrote about this visit" in page
    assert reflection.text not in page


def test_whoever_has_an_account_changes_what_they_wrote_only_there(cast, client):
    reflection = reflection_of(cast.mei)
    place = reflection.visit.place
    if place.user_id is None:
        place.user = cast.priya.user
        place.save(update_fields=["user"])
    before, visit = reflection.text, reflection.visit
    it_was(visit.offer)
    write = reverse("write_reflection_by_link", args=[token_of(cast.mei), visit.session_id])
    assert "Sign in to change it" in text(client.get(write))
    client.post(write, {"text": "Other words", "criteria": reflection.criteria})
    with pytest.raises(Refused, match="Sign in to change it"):
        actions.write_reflection(visit=visit, text="Other words", criteria=reflection.criteria, by=VISIT_BY_LINK)
    reflection.refresh_from_db()
    assert reflection.text == before


def test_somebody_without_an_account_writes_about_their_visit_by_their_link(cast, client):
    visit = going_of(cast.mei)
    mine, write = (
        reverse(n, args=[token_of(cast.mei), visit.session_id]) for n in ("visit_by_link", "write_reflection_by_link")
    )
    assert write not in client.get(mine).content.decode()
    assert "You can write about this visit from" in text(client.get(write))
    it_was(visit.offer)
    dates = client.get(reverse("dates_by_link", args=[token_of(cast.mei)]))
    assert "Write about it" in text(dates)
    assert mine in dates.content.decode(), "their visit is found when it is over, too"
    assert f'href="{write}"' in client.get(mine).content.decode()
    assert "Choose at least one criterion" in text(client.post(write, {"text": "Picture cards"}))
    page = text(client.post(write, {"text": "Picture cards at snack time", "criteria": ["1m"]}, follow=True))
    assert "You wrote about this visit on" in page
    assert "Picture cards" not in page + text(client.get(write)), "no link shows what was written"
    assert "stands instead" in text(client.get(write))
    client.post(write, {"text": "Picture cards, and a visual timetable", "criteria": ["1m"]})
    assert Reflection.objects.get().text == "Picture cards, and a visual timetable"
    verbs = AuditEvent.objects.filter(verb__startswith="reflection.").order_by("number")
    assert [(each.verb, each.actor_name) for each in verbs] == [
        ("reflection.written", "A learner with their link"),
        ("reflection.changed", "A learner with their link"),
    ]


def test_the_list_of_dates_says_that_one_cannot_come(cast, client, browse, learners):
    session = cohort_of(cast.mei).sessions.filter(kind="taught").first()
    niamh, priya = learners
    by_link = reverse("dates_by_link", args=[token_of(cast.mei)])
    assert "The trainer knows that you cannot come" not in text(client.get(by_link))
    for place, address, who in ((niamh, by_link, client), (priya, reverse("my_training"), browse(cast.priya))):
        before = who.get(address).content.decode().count("I cannot come<")
        actions.apologise(place=place, session=session, reason="sickness", user=place.user)
        page = who.get(address)
        assert (
            text(page).count("The trainer knows that you cannot come.</strong> If you can come after all, just come")
            == 1
        )
        assert page.content.decode().count("I cannot come<") == before - 1, "what was said is not asked again"


def test_whoever_cannot_come_to_a_visit_is_told_to_choose_again(cast, client):
    visit = going_of(cast.mei)
    actions.apologise(place=visit.place, session=visit.session, reason="sickness")
    page = text(client.get(reverse("dates_by_link", args=[token_of(cast.mei)])))
    assert (
        "The trainer knows that you cannot come.</strong> If you can come after all, choose again where you go and tell the trainer"
        in page
    )
