"""What the database itself never lets be untrue of award programmes: each raises IntegrityError."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import UniqueConstraint
from django.utils import timezone

from tests.attending import catch_up_of, marked
from tests.going import going_of, offer_of
from tests.training import cohort_of, duty_of, fenwickshire, milestone_of, place_of, programme_of, session_of, survey_of
from trellis.organisations.models import Membership, Organisation
from trellis.training import actions
from trellis.training.models import (
    CatchUp,
    ClosedDay,
    Cohort,
    Duty,
    Feed,
    Mark,
    Milestone,
    Part,
    Place,
    Programme,
    Reflection,
    Session,
    Survey,
    TrainerAssignment,
    VisitOffer,
    VisitPlace,
    WallCode,
)

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 5)


def refused(constraint, write, /, **values):
    """Writing this breaks the constraint of that name: PostgreSQL says the name, SQLite of a unique one the columns.

    A row may break two at once, of which each database names another: then both stand there, as `one|other`.
    """
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write(**values)
    said = str(error.value)
    names = constraint.split("|")
    assert any(name in said or in_columns(name) in said for name in names), f"{said!r} is not {constraint!r}"


def in_columns(constraint):
    """What SQLite says of a unique constraint."""
    for model in apps.get_app_config("training").get_models():
        for each in model._meta.constraints:
            if each.name == constraint and isinstance(each, UniqueConstraint):
                columns = [model._meta.get_field(name).column for name in each.fields]
                return ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    return constraint


def test_programmes(cast):
    programme = programme_of(cast.mei)
    change = Programme.objects.filter(pk=programme.pk).update
    refused("programme_has_a_title", change, title="")
    refused("programme_is_for_somebody", change, for_professionals=False)
    refused("programme_grant_ends_after_it_begins", change, grant_from=DAY, grant_to=DAY - timedelta(days=1))
    refused("programme_attendance_is_a_share", change, minimum_attendance=101)
    refused("programme_second_cohort_is_due_some_day", change, second_cohort_months=0)
    same = {"centre": programme.centre, "title": programme.title, "made_by": cast.mei.user}
    refused("programme_title_once_for_each_centre", Programme.objects.create, **same)


def test_cohorts(cast):
    cohort = cohort_of(cast.mei)
    change = Cohort.objects.filter(pk=cohort.pk).update
    refused("cohort_has_a_title", change, title="")
    refused("cohort_status_is_known", change, status="dreamt")
    refused("cohort_cadence_is_known", change, cadence="daily")
    refused("cohort_funding_is_known", change, paid_by="nobody")
    refused("cohort_has_room_for_its_least", change, least_places=31)
    refused("cohort_approval_says_who_and_when", change, approved_at=timezone.now())
    council = Organisation.objects.get(name="Fenwickshire Council")
    refused("cohort_of_an_authority_is_approved", change, status="open", delivered_by=council)
    refused("cohort_cancelled_says_why", change, status="cancelled")
    teaching = {"cohort": cohort, "user": cast.zofia.user}
    refused("trainer_teaches_a_cohort_once", TrainerAssignment.objects.create, **teaching)
    refused("trainer_end_says_who_and_when", TrainerAssignment.objects.update, ended_at=timezone.now())


def test_sessions(cast):
    session = session_of(cast.mei)
    change = Session.objects.filter(pk=session.pk).update
    refused("session_number_once_for_each_cohort", change, number=2)
    refused("session_number_counts_from_one", change, number=0)
    refused("session_kind_is_known", change, kind="party")
    refused("session_status_is_known", change, status="dreamt")
    refused("session_ends_after_it_starts", change, ends=session.starts)
    refused("session_cancelled_says_why", change, status="cancelled")
    part = Part.objects.filter(session=session, position=1)
    refused("part_position_once_for_each_session", part.update, position=2)
    refused("part_has_a_label", part.update, label="")
    refused("part_ends_after_it_starts", part.update, ends=time(9, 30))
    refused("part_has_no_more_guided_than_planned", part.update, guided_minutes=400)


def test_closed_days(cast):
    day = {"on": DAY, "name": "A day", "source": "A list"}
    ClosedDay.objects.create(kind="bank_holiday", **day)
    refused("closed_day_once_for_england", ClosedDay.objects.create, kind="bank_holiday", **day)
    there = {**day, "kind": "school_holiday", "authority": fenwickshire()}
    ClosedDay.objects.create(**there)
    refused("closed_day_once_for_each_authority", ClosedDay.objects.create, **there)
    later = {**day, "on": DAY + timedelta(days=1)}
    centre = {**day, "kind": "centre_closed", "centre": cast.mei.organisation}
    ClosedDay.objects.create(**centre)
    refused("closed_day_once_for_each_centre", ClosedDay.objects.create, **centre)
    of = "closed_day_is_of_england_an_authority_or_a_centre"
    refused(of, ClosedDay.objects.create, kind="school_holiday", **later)
    refused("closed_day_says_its_source", ClosedDay.objects.create, kind="bank_holiday", **later | {"source": ""})


def test_places(cast):
    place = place_of(cast.mei)
    change = Place.objects.filter(pk=place.pk).update
    refused("place_says_who", change, name="")
    refused("place_role_is_known", change, role="king")
    refused("place_status_is_known", change, status="lost")
    other = place_of(cast.mei, "Oskar Lund")
    same = Place.objects.filter(pk=other.pk).update
    refused("place_one_live_for_each_address_and_cohort", same, email=place.email)
    Place.objects.filter(pk=place.pk).update(user=cast.priya.user)
    refused("place_one_live_for_each_person_and_cohort", same, user=cast.priya.user)


def test_milestones(cast):
    milestone = milestone_of(cast.mei)
    change = Milestone.objects.filter(pk=milestone.pk).update
    refused("milestone_kind_is_known", change, kind="bored")
    refused("milestone_withdrawn_says_why", change, kind="withdrawn")
    refused("milestone_void_says_who_when_and_why", change, voided_at=timezone.now())
    again = {"place": milestone.place, "kind": "applied", "on": DAY, "noted_by": cast.mei.user}
    refused("milestone_one_live_of_each_kind", Milestone.objects.create, **again)


def test_duties(cast):
    duty = duty_of(cast.mei)
    change = Duty.objects.filter(pk=duty.pk).update
    refused("duty_status_is_known|duty_names_its_cohort_once_planned", change, status="forgotten")
    refused("duty_is_due_after_the_contract", change, due_on=duty.contract_on)
    refused("duty_names_its_cohort_once_planned", change, status="planned")
    refused("duty_excused_says_why", change, status="excused")
    same = {"programme": duty.programme, "authority": duty.authority, "contract_on": DAY, "due_on": DAY + timedelta(1)}
    refused("duty_once_for_each_programme_and_authority", Duty.objects.create, **same)


def test_feeds(cast):
    one, other = actions.make_own_feed(person=cast.priya.user), actions.make_own_feed(person=cast.zofia.user)
    change = Feed.objects.filter(pk=one.pk).update
    refused("feed_address_is_its_own", change, token_hash=other.token_hash)
    refused("feed_belongs_to_one", change, user=None)
    refused("feed_of_dates_is_of_a_place", change, purpose="dates")
    refused("feed_of_dates_is_of_a_place", change, purpose="everything")
    dates = actions.feed_of_place(place_of(cast.mei))
    again = Feed.objects.filter(pk=dates.pk).update
    refused("feed_once_for_each_place_and_purpose", again, purpose="calendar")


def test_a_role_and_a_kind_of_a_centre_are_known(cast):
    assert Membership.objects.filter(organisation__kind="centre").count() == 4


def test_marks(cast):
    mark = marked(cast.mei)
    said = {"place": mark.place, "part": mark.part, "version": 2, "status": "present", "because": "A mistake"}
    said["by"] = cast.mei.user
    write = Mark.objects.create
    refused("mark_once_for_each_version", write, **said | {"version": 1})
    refused("mark_sent_twice_is_one", write, **said | {"client_id": mark.client_id})
    refused("mark_version_counts_from_one", write, **said | {"version": 0})
    refused("mark_status_is_known", write, **said | {"status": "asleep"})
    refused("mark_source_is_known", write, **said | {"source": "rumour"})
    refused("mark_minutes_are_of_late_or_early", write, **said | {"missed_minutes": 5})
    refused("mark_minutes_are_of_late_or_early", write, **said | {"status": "late"})
    refused("mark_reason_is_of_what_was_missed", write, **said | {"reason": "sickness"})
    refused("mark_correction_says_why", write, **said | {"because": ""})
    refused("mark_says_who", write, **said | {"by": None})


def test_codes_on_the_wall(cast):
    part, now = session_of(cast.mei).parts.all()[0], timezone.now()
    said = {"part": part, "opened_by": cast.zofia.user, "opened_at": now, "ends_at": now + timedelta(minutes=20)}
    refused("wall_code_ends_after_it_opens", WallCode.objects.create, **said | {"ends_at": now})
    WallCode.objects.create(**said)
    refused("wall_code_one_open_for_each_part", WallCode.objects.create, **said)


def test_catch_ups(cast):
    catch_up = catch_up_of(cast.mei)
    again = {"place": catch_up.place, "part": catch_up.part}
    refused("catch_up_once_for_each_missed_part", CatchUp.objects.create, **again)
    change = CatchUp.objects.filter(pk=catch_up.pk).update
    now = timezone.now()
    refused("catch_up_status_is_known", change, status="lost", closed_at=now)
    refused("catch_up_method_is_known", change, method="dreaming")
    refused("catch_up_done_is_signed_off", change, status="done", closed_at=now, minutes=60, method="webcast")
    refused("catch_up_ended_says_why", change, status="ended", closed_at=now)
    refused("catch_up_undone_says_who_when_and_why", change, undone_because="A slip")
    refused("catch_up_closed_says_when", change, status="ended", because="They left")
    refused("catch_up_session_is_of_another_cohort", change, session=session_of(cast.mei), method="webcast")


def test_visit_offers(cast):
    offer = offer_of(cast.mei)

    def change(**values):
        VisitOffer.objects.filter(pk=offer.pk).update(**values)

    refused("visit_offer_names_its_host", change, host_name="")
    refused("visit_offer_says_where", change, address="")
    refused("visit_offer_has_places", change, places=0)
    refused("visit_offer_ends_after_it_starts", change, ends=offer.starts)
    refused("visit_offer_status_is_known|visit_offer_cancelled_says_why", change, status="perhaps")
    refused("visit_offer_cancelled_says_why", change, status="cancelled")
    refused("visit_offer_confirmation_says_who_and_when", change, confirmed_at=timezone.now())


def test_visit_places_and_reflections(cast):
    visit = going_of(cast.mei)
    again = {"offer": visit.offer, "session": visit.session, "place": visit.place, "taken_by": cast.mei.user}
    refused("visit_place_one_live_for_each_session", VisitPlace.objects.create, **again)
    back = VisitPlace.objects.filter(pk=visit.pk).update
    refused("visit_place_given_back_says_when", back, given_back_by=cast.mei.user)
    refused("reflection_has_words", Reflection.objects.create, visit=visit, text="")


def test_surveys(cast):
    survey = survey_of(cast.mei)
    change = Survey.objects.filter(pk=survey.pk).update
    refused("survey_has_a_name", change, name="")
    refused("survey_moment_is_known", change, moment="never")
    refused("survey_later_says_how_many_weeks", change, weeks=3)
    refused("survey_later_says_how_many_weeks", change, moment="later")
    refused("survey_says_where_it_is", change, note="")
