"""The demonstration shows everything, the same every time, and only here."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.core.audit import broken_links
from trellis.core.models import AuditEvent, SentMail
from trellis.demonstration.actions import load_demonstration, people_shown
from trellis.demonstration.clock import VISITED_WITHIN, in_time_for_a_visit, when_open
from trellis.demonstration.county import PURPOSE as OF_MANY
from trellis.demonstration.places import SHOWN
from trellis.demonstration.weeks import WEEKS
from trellis.demonstration.words import FORGOTTEN
from trellis.organisations.models import ClaimRequest, Membership, Organisation, Provider, SettingKind
from trellis.organisations.rules.activity_details import details
from trellis.organisations.searching import find_providers
from trellis.organisations.tests.test_activity_words import MACHINE
from trellis.review.models import (
    Action,
    ActionStep,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    HelpRequest,
    PooledCount,
    Rating,
    RatingChange,
    Release,
    ReleasedRating,
    Round,
    RoundStep,
    Visit,
    VisitNote,
)
from trellis.review.rules.rounds import period_of
from trellis.staffing.rules.answers import Verdict
from trellis.training.answering import answer_all
from trellis.training.coming import outlook_of
from trellis.training.models import (
    Application,
    CatchUp,
    Cohort,
    CohortStatus,
    Duty,
    DutyStatus,
    Mark,
    Milestone,
    Place,
    Programme,
    Session,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
WRITTEN = (Round, RoundStep, Rating, RatingChange, Evidence, EvidenceUse, Action, ActionStep, Cohort, Duty)
# How far these have come depends on the days on which nobody meets.
TRAINED = (Session, Place, Milestone, Mark, CatchUp, Application)


@pytest.fixture
def loaded(framework):
    return load_demonstration(today=DAY)


def test_it_has_what_it_promises(loaded):
    settings = Organisation.objects.filter(kind="setting").exclude(provider__number__startswith="EY80")
    assert settings.count() == 20
    assert Organisation.objects.filter(kind="authority").count() == 2
    assert settings.filter(setting_kind="childminder").count() == 2
    assert set(settings.values_list("setting_kind", flat=True)) == set(SettingKind.values)
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    first = RoundStep.objects.earliest("at").at.date()
    assert 700 <= (DAY - first).days <= 780
    assert Action.objects.filter(status="done").exclude(impact="").exists()
    assert Action.objects.overdue(DAY).exists()
    users = people_shown([name for name, _ in SHOWN])
    assert set(Membership.objects.filter(user__in=users.values()).values_list("role", flat=True)) == set(Role.values)
    assert ClaimRequest.objects.open().count() == 3
    something_is_released_and_asked()
    the_voices_are_heard()
    a_centre_trains()
    settings_see_who_can_go()
    the_past_is_past_and_the_audit_whole()
    newest = SentMail.objects.filter(state="queued")
    assert 0 < newest.count() < 30, "the terminal shows what somebody may look for, not two years of e-mails"
    assert not SentMail.objects.filter(state="sent", user=None).exclude(link="").exists()
    found = find_providers("bramble lane nursrey", Provider.objects.all(), {}).page.rows
    assert [provider.name for provider in found] == ["Bramble Lane Nursery"]


def something_is_released_and_asked():
    many_settings_are_told_of_and_few_are_not()
    assert Release.objects.filter(to_organisation__name="Harrowmere Council").count() == 3
    assert Release.objects.exclude(purpose=OF_MANY).exclude(to_organisation__name="Harrowmere Council").count() == 3
    assert Release.objects.filter(withdrawn_at__isnull=False, content={}).count() == 1
    assert Release.objects.live(DAY).filter(readings__isnull=False).distinct().count() == 1
    assert Release.objects.live(DAY).filter(to_organisation=None).count() == 1
    assert ReleasedRating.objects.filter(current=True).exists()
    assert set(HelpRequest.objects.values_list("status", flat=True)) == {"open", "answered", "closed"}


def many_settings_are_told_of_and_few_are_not():
    assert Release.objects.live(DAY).filter(purpose=OF_MANY).count() == 300
    counts = PooledCount.objects.filter(authority__name="Fenwickshire")
    assert {each.period_key for each in counts} == {"2026-spring", "2026-summer"}
    told = {each.audience: each.content["parts"][0]["counted"] for each in counts if each.period_key == "2026-summer"}
    assert sum(told.values()) == 300
    assert not PooledCount.objects.filter(authority__name="Harrowmere").exists()


def a_centre_trains():
    """A whole programme; `test_training_shown` looks at it closely."""
    award = Programme.objects.get(centre__name="Marches Early Years Training")
    assert award.authorities.count() == 23
    assert award.cohorts.count() == 40
    assert set(award.cohorts.values_list("status", flat=True)) == set(CohortStatus)
    assert Place.objects.filter(cohort__programme=award).count() >= 500
    assert set(Duty.objects.values_list("status", flat=True)) == set(DutyStatus)
    to_come = award.cohorts.filter(status="open")
    assert to_come.count() == 4
    applied = Application.objects.filter(programme=award)
    assert set(applied.values_list("wanted", flat=True)) == set(to_come.values_list("pk", flat=True))
    assert set(applied.values_list("status", flat=True)) >= {"submitted", "eligible", "offered", "accepted", "waiting"}
    assert (
        not Place.objects.filter(cohort__programme=award)
        .exclude(user=None)
        .exclude(cohort__title__contains="Fenwick")
        .exists()
    )


def settings_see_who_can_go():
    """Settings of all kinds with weeks: among their people all three answers, at Bramble Lane by itself."""
    verdicts: dict[str, set[Verdict]] = {}
    for week in WEEKS:
        roles = (Role.MANAGER, Role.CHILDMINDER)
        lead = Membership.objects.filter(organisation__name=week.setting, role__in=roles).order_by("pk")[0]
        found = answer_all(outlook_of(lead.acting(), DAY), DAY)
        assert found, week.setting
        assert all(each.session.on.weekday() < 5 for answered in found for each in answered.coming.goings)
        assert not any("is not in your week" in each.why_none for answered in found for each in answered.each)
        every = [each.verdict for answered in found for each in answered.each if each.verdict is not None]
        verdicts[week.setting] = {*every, *(each.together for each in found if each.together is not None)}
    assert verdicts["Bramble Lane Nursery"] == set(Verdict), verdicts
    assert verdicts["Kingfisher Day Nursery"] == {Verdict.POSSIBLE}, verdicts
    assert Verdict.NOT_POSSIBLE in verdicts["Little Foxes Day Nursery"], verdicts
    assert Verdict.NOT_POSSIBLE in verdicts["Megan Price, childminder"], verdicts


def the_voices_are_heard():
    bramble = Round.objects.get(organisation__name="Bramble Lane Nursery", status="draft")
    assert bramble.own_ratings.values("user").distinct().count() == 3
    assert [(form.replies, form.is_open(DAY)) for form in bramble.parent_forms.all()] == [(3, True), (12, False)]
    assert bramble.child_voices.count() == 2


def the_past_is_past_and_the_audit_whole():
    assert not Rating.objects.filter(changed_at__date__gt=DAY).exists()
    assert not Round.objects.filter(started_at__date__gt=DAY).exists()
    assert list(broken_links()) == []
    the_dates_make_sense(DAY)
    the_audit_is_told_in_words()
    what_belongs_together_is_of_one_setting()


def what_belongs_together_is_of_one_setting():
    pairs = {
        Release: "round__organisation",
        Visit: "round__organisation",
        Action: "rounds__organisation",
        EvidenceUse: "rating__round__organisation",
    }
    for model, other in pairs.items():
        own = "evidence__organisation" if model is EvidenceUse else "organisation"
        assert model.objects.exists()
        assert not model.objects.exclude(**{other: F(own)}).exists(), model
    visits = Visit.objects.exclude(reviewer=None)
    assert not visits.exclude(reviewer__organisation=F("organisation")).exists()
    invited = Visit.objects.exclude(invitation=None)
    assert not invited.exclude(invitation__organisation=F("organisation")).exists()
    assert not Round.objects.exclude(previous=None).exclude(previous__organisation=F("organisation")).exists()


def the_audit_is_told_in_words():
    told = {details(change) for change in AuditEvent.objects.values_list("change", flat=True)}
    assert len(told) > 50
    assert not [each for each in told if MACHINE.search(each)]


def the_dates_make_sense(day):
    """What has happened has happened by now, and nobody met, agreed or came on a day on which nobody is there."""
    assert AuditEvent.objects.exclude(verb="framework.loaded").latest("at").at.date() <= day
    for model in apps.get_app_config("review").get_models():
        for field in model._meta.concrete_fields:
            if field.get_internal_type() == "DateTimeField" and field.name not in ("until", "loaded_at"):
                late = model.objects.filter(**{f"{field.name}__date__gt": day})
                assert not late.exists(), (model, field.name)
    moved = [step.at.date() for step in RoundStep.objects.filter(to_status="agreed")]
    visits = list(Visit.objects.exclude(visit_on=None))
    due = list(Action.objects.exclude(due_on=None).values_list("due_on", flat=True))
    assert moved
    assert due
    assert all(when_open(each) == each for each in [*moved, *due, *(visit.visit_on for visit in visits)])
    assert sorted((visit.visit_on <= day) == (visit.status == "final") for visit in visits) == [True, True]
    assert all(period_of(visit.visit_on) == visit.round.period for visit in visits if visit.status == "final")
    assert all(timedelta(0) < visit.visit_on - visit.round.started_at.date() < timedelta(60) for visit in visits)
    assert all(note.at.date() == note.visit.visit_on for note in VisitNote.objects.select_related("visit"))
    assert not [piece for piece in Evidence.objects.all() if piece.look_again_on < piece.added_at.date()]
    again = Evidence.objects.filter(organisation__name="Bramble Lane Nursery").to_look_at_again(day)
    assert [piece.title for piece in again] == [FORGOTTEN]
    assert (day - again[0].look_again_on).days < 40


def test_its_dates_make_sense_on_a_sunday_after_christmas(framework):
    load_demonstration(today=date(2027, 1, 3))
    the_dates_make_sense(date(2027, 1, 3))


def test_a_visit_is_over_in_the_term_of_its_review_whatever_today_is():
    for number in range(2 * 366):
        start = in_time_for_a_visit(when_open(date(2025, 1, 1) + timedelta(number)))
        assert when_open(start) == start
        assert period_of(start + VISITED_WITHIN) == period_of(start), start


def test_one_can_be_someone_here_and_nowhere_else(loaded, client, settings):
    page = client.get(reverse("demonstration")).content.decode()
    assert all(name in page for name, _ in SHOWN)
    amara, other = User.objects.get(name="Amara Okafor"), User.objects.get(name="Joanna Firth")
    address = reverse("be_someone", args=[amara.pk])
    for from_where in ("192.0.2.7", "10.0.0.1", ""):
        assert client.get(reverse("demonstration"), REMOTE_ADDR=from_where).status_code == 404
        assert client.post(address, REMOTE_ADDR=from_where).status_code == 404
    for said in ({"X-Forwarded-For": "192.0.2.7"}, {"Forwarded": "for=192.0.2.7"}, {"Via": "1.1 proxy"}):
        assert client.get(reverse("demonstration"), headers=said).status_code == 404, "behind a proxy"
        assert client.post(address, headers=said).status_code == 404
    assert client.post(reverse("be_someone", args=[other.pk])).status_code == 404
    client.post(address)
    assert "Bramble Lane Nursery" in client.get("/").content.decode()
    settings.DEMONSTRATION = False
    assert client.post(address).status_code == 404
    assert client.get(reverse("demonstration")).status_code == 404


def test_it_loads_only_into_an_empty_installation(cast):
    with pytest.raises(CommandError, match="empty installation"):
        call_command("demo")
    call_command("demo", "--if-empty")


def test_it_loads_into_a_new_installation_as_of_today(db, capsys, client):
    call_command("demo")
    assert re.fullmatch(
        r"The demonstration is there: 20 settings, \d+ reviews; and what 300 more released\n",
        capsys.readouterr().out.splitlines(True)[-1],
    )
    assert Evidence.objects.filter(versions__file__isnull=False).exists()
    newest = Round.objects.latest("started_at").started_at
    assert timedelta(0) < timezone.now() - newest < timedelta(days=60)
    client.post(reverse("be_someone", args=[User.objects.get(name="Amara Okafor").pk]))
    assert "Bramble Lane Nursery" in client.get("/").content.decode()


def loaded_on(day):
    """What the demonstration holds when it is loaded on a day; it is taken away again."""
    with transaction.atomic():
        load_demonstration(today=day)
        held = {model: list(model.objects.order_by("pk").values()) for model in (*WRITTEN, *TRAINED)}
        of_terms = set(Round.objects.filter(releases__purpose=OF_MANY).values_list("pk", flat=True))  # not from today
        held[Round] = [row for row in held[Round] if row["id"] not in of_terms]
        held[EvidenceVersion] = [
            {"name": name} for name in EvidenceVersion.objects.values_list("file__name", flat=True)
        ]
        held["links"] = sorted(AuditEvent.objects.filter(at__date__lte=day).values_list("chain", "number", "hash"))
        transaction.set_rollback(True)
    return held


def in_days_before(day, held):
    """When each thing happened and is due, counted from the day on which the demonstration is loaded."""
    noon = datetime(day.year, day.month, day.day, 12, 30, tzinfo=UTC)
    moments = {(model, name) for model in (*WRITTEN, EvidenceVersion) for row in held[model] for name in row}
    return {
        (model.__name__, name): sorted(
            value - (noon if isinstance(value, datetime) else day)
            for row in held[model]
            if isinstance(value := row[name], date)
        )
        for model, name in moments
    }


def test_it_is_the_same_every_time_and_counts_from_today(framework):
    once, again, later = loaded_on(DAY), loaded_on(DAY), loaded_on(DAY + timedelta(days=100))
    for part, held in once.items():
        assert len(held) > 10, part
        assert held == again[part], part
    now, then = in_days_before(DAY, once), in_days_before(DAY + timedelta(days=98), later)
    assert now.keys() == then.keys()
    for part, moments in now.items():
        assert len(moments) == len(then[part]), part
        apart = [abs(one - other) for one, other in zip(moments, then[part], strict=True)]
        assert all(each < timedelta(days=30) for each in apart), f"{part}: more than Christmas explains"
