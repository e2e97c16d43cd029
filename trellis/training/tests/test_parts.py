"""Parts of a session: added, changed and taken out until somebody is marked in them; then only words, with why."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.attending import marked
from tests.training import cohort_of, place_of, session_of
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.training import actions
from trellis.training.models import Part
from trellis.training.rules.parts import why_not_beside

pytestmark = pytest.mark.django_db


def text(answer):
    return " ".join(answer.content.decode().split())


def typed(**said):
    asked = {"label": "Evening", "starts": "16:00", "ends": "17:00", "planned_minutes": "", "guided_minutes": "45"}
    return asked | {"criteria": "1a, 1b", "materials": "Bring a plan"} | said


def as_it_is(part, **said):
    asked = {
        "label": part.label,
        "starts": f"{part.starts:%H:%M}",
        "ends": f"{part.ends:%H:%M}",
        "planned_minutes": part.planned_minutes,
        "guided_minutes": part.guided_minutes,
        "criteria": ", ".join(part.criteria),
        "materials": part.materials,
    }
    return asked | said


def test_a_part_more_counts_and_makes_the_day_longer(cast, browse):
    place_of(cast.mei, "Priya Nair")
    session, kofi = session_of(cast.mei), browse(cast.kofi)
    SentMail.objects.all().delete()
    page = text(kofi.post(reverse("add_part", args=[session.pk]), typed(), follow=True))
    assert "45 minutes more than the 34 hours the award asks for" in page
    assert "Bring a plan" in page
    session.refresh_from_db()
    assert (f"{session.ends:%H:%M}", session.sequence) == ("17:00", 1)
    assert SentMail.objects.filter(subject="A session has another time").count() == 2
    assert list(session.parts.values_list("position", "label")) == [(1, "Morning"), (2, "Afternoon"), (3, "Evening")]
    assert session.parts.get(label="Evening").planned_minutes == 60
    assert "Bring a plan" in text(browse(cast.priya).get(reverse("my_training")))
    cohort = text(kofi.get(reverse("show_cohort", args=[session.cohort_id])))
    assert "45 minutes more than the 34 hours the award asks for" in cohort


def test_a_part_is_changed_moved_before_the_others_and_taken_out(cast, browse):
    session, kofi = session_of(cast.mei), browse(cast.kofi)
    afternoon = session.parts.get(label="Afternoon")
    change = reverse("change_part", args=[afternoon.pk])
    overlapping = text(kofi.post(change, as_it_is(afternoon, starts="12:00")))
    assert "Two parts overlap" in overlapping
    assert "there is time for 135 minutes, not 140" in text(kofi.post(change, as_it_is(afternoon, planned_minutes=140)))
    assert "ends after it starts" in text(kofi.post(change, as_it_is(afternoon, ends="13:00")))
    assert "too long for a code" in text(kofi.post(change, as_it_is(afternoon, criteria="x" * 21)))
    kofi.post(change, as_it_is(afternoon, starts="7:00", ends="9:15", planned_minutes=""))
    assert list(session.parts.values_list("position", "label")) == [(1, "Afternoon"), (2, "Morning")]
    session.refresh_from_db()
    assert f"{session.starts:%H:%M} {session.ends:%H:%M}" == "07:00 12:30"
    before = AuditEvent.objects.count()
    afternoon.refresh_from_db()
    kofi.post(change, as_it_is(afternoon))
    assert AuditEvent.objects.count() == before, "nothing differs, nothing is written"
    remove = reverse("remove_part", args=[afternoon.pk])
    assert "90 guided minutes no longer count" in text(kofi.get(remove))
    assert "1 hour 30 minutes fewer than the 34 hours" in text(kofi.post(remove, follow=True))
    last = session.parts.get()
    assert "at least one part" in text(kofi.post(reverse("remove_part", args=[last.pk]), follow=True))
    assert AuditEvent.objects.filter(verb="part.removed").count() == 1


def test_once_somebody_is_marked_only_words_change_with_why(cast, browse):
    part = marked(cast.mei).part
    kofi, change = browse(cast.kofi), reverse("change_part", args=[part.pk])
    page = text(kofi.get(change))
    assert "its times and minutes stay as they are" in page
    assert "Guided minutes" not in page
    assert "Take this part out" not in page
    assert "Say why" in text(kofi.post(change, {"label": "Early part", "criteria": "1c"}))
    kofi.post(change, {"label": "Early part", "criteria": "1c", "because": "We spoke about something else"})
    part.refresh_from_db()
    assert (part.label, part.criteria, part.guided_minutes) == ("Early part", ["1c"], 120)
    event = AuditEvent.objects.get(verb="part.changed")
    assert event.change["because"] == "We spoke about something else"
    assert "so it stays" in text(kofi.post(reverse("remove_part", args=[part.pk]), follow=True))
    plan = actions.PartPlan(
        label=part.label, starts=part.starts, ends=part.ends, planned_minutes=part.planned_minutes, guided_minutes=1
    )
    with pytest.raises(Refused, match="times and minutes stay"):
        actions.change_part(part=part, plan=plan, because="A mistake", by=cast.kofi.acting)


def test_whoever_does_not_look_after_the_cohort_changes_nothing(cast, browse):
    part = session_of(cast.mei).parts.first()
    assert browse(cast.zofia).get(reverse("change_part", args=[part.pk])).status_code == 403
    assert "Change the part" not in text(browse(cast.zofia).get(part.session.get_absolute_url()))
    with pytest.raises(Refused, match="Only whoever looks after this cohort"):
        actions.remove_part(part=part, by=cast.daniel.acting)
    actions.cancel_cohort(cohort=cohort_of(cast.mei), because="Too few", by=cast.mei.acting)
    with pytest.raises(Refused, match="stays as it is"):
        actions.remove_part(part=Part.objects.get(pk=part.pk), by=cast.mei.acting)


CLOCKS = st.tuples(st.integers(0, 100), st.integers(1, 40)).map(lambda each: (each[0], each[0] + each[1]))


@given(times=st.lists(CLOCKS, max_size=6))
def test_parts_that_share_a_minute_overlap(times):
    minutes = [minute for starts, ends in times for minute in range(starts, ends)]
    assert bool(why_not_beside(times)) is (len(minutes) != len(set(minutes)))


def test_a_part_that_somebody_has_taken_out_is_refused_in_words(cast):
    part = session_of(cast.mei).parts.get(position=1)
    actions.remove_part(part=Part.objects.get(pk=part.pk), by=cast.mei.acting)
    with pytest.raises(Refused, match="taken this part out meanwhile"):
        actions.remove_part(part=part, by=cast.mei.acting)
