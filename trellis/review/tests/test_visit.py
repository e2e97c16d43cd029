"""A visit: who sees it and until when, who moves it on, and what each side sees of the other."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import person
from tests.reviewing import start
from tests.visiting import moved_to, planned, review_statement, said
from trellis.accounts.roles import Role
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.organisations.actions import people
from trellis.organisations.models import Invitation, Membership
from trellis.review import actions
from trellis.review.models import Level, ReviewerRating, Visit, VisitStatus
from trellis.review.rules.visit import MOVED_BY, VISIT_MOVE_LABELS, VISIT_MOVES, Side, why_not_move_visit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def address(visit, rest=""):
    return f"/visits/{visit.pk}/{rest}"


@pytest.fixture
def visit(cast, half):
    return planned(cast.amara, half.round, visitor=cast.hannah)


@pytest.mark.parametrize(("status", "to"), list(itertools.product(VisitStatus.values, VisitStatus.values)))
def test_a_visit_goes_only_where_the_table_says(status, to):
    sides = [side for side in Side if why_not_move_visit(status=status, to=to, side=side) is None]
    assert bool(sides) == (to in VISIT_MOVES[status])


def test_each_move_has_words_and_somebody_who_makes_it():
    moves = {(status, to) for status, after in VISIT_MOVES.items() for to in after}
    assert moves == set(VISIT_MOVE_LABELS) == set(MOVED_BY)


def test_a_visitor_sees_only_the_visits_they_are_invited_to(cast, half, visit, browse):
    other = planned(cast.amara, half.round, why="Something else")
    hannah = browse(cast.hannah)
    assert hannah.get(address(visit)).status_code == 200
    assert hannah.get(address(other)).status_code == 404
    listed = hannah.get("/visits/").content.decode()
    assert str(visit.pk) in listed
    assert str(other.pk) not in listed
    assert hannah.get(f"/reviews/{half.round.pk}/").status_code == 403
    assert hannah.get("/people").status_code == 403


def test_the_day_after_the_last_day_everything_is_gone(cast, visit, browse):
    Visit.objects.filter(pk=visit.pk).update(visit_on=TODAY() - timedelta(days=9), until=TODAY())
    hannah = browse(cast.hannah)
    pages = ["", "preparation", "timetable", "timetable/pdf", "areas/A", "side-by-side", "notes", "how-it-was"]
    assert {hannah.get(address(visit, page)).status_code for page in pages} == {200}
    Visit.objects.filter(pk=visit.pk).update(until=TODAY() - timedelta(days=1))
    assert {hannah.get(address(visit, page)).status_code for page in pages} == {404}
    assert "Nothing is open to you now" in hannah.get("/visits/").content.decode()
    assert browse(cast.amara).get(address(visit)).status_code == 200


def test_a_visit_is_open_two_years_at_most(cast, half, visit, browse):
    far = TODAY() + timedelta(days=732)
    with pytest.raises(Refused, match="two years at most"):
        planned(cast.amara, half.round, until=far)
    data = {"kind": "peer", "why": "Snack", "opened": ["ratings"], "visit_on-day": "", "until-day": far.day}
    data |= {"until-month": far.month, "until-year": far.year}
    page = browse(cast.amara).post(address(visit, "change"), data).content.decode()
    assert "two years at most" in page
    visit.refresh_from_db()
    assert visit.until < far


def test_a_cancelled_visit_is_closed_to_the_visitor_and_says_so_by_post(cast, visit, browse):
    actions.move_visit(visit=visit, to="cancelled", by=cast.amara.acting)
    assert browse(cast.hannah).get(address(visit)).status_code == 404
    assert SentMail.objects.filter(subject="A visit is cancelled", address=cast.hannah.user.email).exists()


def test_somebody_new_comes_by_invitation_and_leaves_by_themselves(cast, half, browse):
    visit = planned(cast.amara, half.round)
    page = browse(cast.amara).post(
        address(visit, "invite"), {"name": "Rosa Blum", "email": "Rosa.Blum@example.org"}, follow=True
    )
    assert "We have written to" in page.content.decode()
    visit.refresh_from_db()
    assert (visit.invitation.role, visit.visitor_name, visit.visitor) == (Role.PEER_REVIEWER, "Rosa Blum", None)

    elsewhere = person("Rosa Blum", cast.joanna.organisation, Role.SENCO)
    link = SentMail.objects.get(address="rosa.blum@example.org").link
    rosa = browse(elsewhere)
    assert rosa.post(link, follow=True).status_code == 200
    assert Membership.objects.live().filter(user=elsewhere.user).count() == 2
    assert rosa.get(address(visit)).status_code == 200
    assert rosa.post("/visits/stop").status_code == 302
    assert Membership.objects.live().filter(user=elsewhere.user).count() == 1
    assert rosa.get(address(visit)).status_code == 404, "as a SENCO elsewhere she sees the visits of her own setting"


def test_inviting_somebody_else_takes_the_first_invitation_back(cast, half):
    visit = planned(cast.amara, half.round)
    actions.invite_visitor(visit=visit, name="Rosa Blum", email="rosa@example.org", by=cast.amara.acting)
    actions.invite_visitor(visit=visit, name="Ines Roth", email="ines@example.org", by=cast.priya.acting)
    assert visit.visitor_name == "Ines Roth"
    assert Invitation.objects.unanswered().filter(organisation=cast.amara.organisation).count() == 1


def test_a_colleague_is_no_visitor(cast, half):
    visit = planned(cast.amara, half.round)
    with pytest.raises(Refused, match="belongs to the organisation already"):
        actions.invite_visitor(visit=visit, name="Leila", email=cast.leila.user.email, by=cast.amara.acting)
    with pytest.raises(Refused, match="Your role cannot invite"):
        actions.invite_visitor(visit=visit, name="Rosa", email="rosa@example.org", by=cast.tomasz.acting)


@pytest.mark.parametrize("opened", ["ratings", "notes", "evidence", "actions"])
def test_a_visitor_sees_what_is_opened_and_nothing_else(cast, half, browse, opened):
    planted = {
        "ratings": ("areas/A", "Secure</span>\n</p>"),
        "notes": ("areas/A", "Priya has two hours on Wednesdays"),
        "evidence": ("areas/A", "Blue folder in the office"),
        "actions": ("areas/C", "Agree with each family how we tell them about support"),
    }
    given = {f"with_{name}": name == opened for name in planted}
    visit = planned(cast.amara, half.round, visitor=cast.hannah, **given)
    hannah = browse(cast.hannah)
    texts = {page: hannah.get(address(visit, page)).content.decode() for page in ("areas/A", "areas/C", "side-by-side")}
    for name, (_page, words) in planted.items():
        if name != "ratings":
            assert any(words in text for text in texts.values()) == (name == opened)
    assert ("The setting:" in texts["areas/A"]) == (opened == "ratings")


def test_the_setting_sees_the_ratings_when_the_draft_is_shared_and_not_before(cast, half, visit, browse):
    level = Level.objects.get(framework=half.round.framework, code="development")
    answers = {review_statement(visit, "A1"): (level, "Wednesday is taken by cover")}
    actions.rate_as_visitor(visit=visit, answers=answers, by=cast.hannah.acting)
    amara = browse(cast.amara)
    for page in ("areas/A", "side-by-side"):
        assert "Wednesday is taken by cover" not in amara.get(address(visit, page)).content.decode()
    assert amara.get(address(visit, "report")).status_code == 404
    moved_to(visit, "visited", setting=cast.amara, visitor=cast.hannah)
    actions.write_report(visit=visit, said=said(visit), after=0, by=cast.hannah.acting)
    assert amara.get(address(visit, "report")).status_code == 404
    moved_to(visit, "drafted", setting=cast.amara, visitor=cast.hannah)
    for page in ("areas/A", "side-by-side"):
        assert "Wednesday is taken by cover" in amara.get(address(visit, page)).content.decode()
    assert amara.get(address(visit, "report")).status_code == 200


def test_the_ratings_of_both_stand_side_by_side_and_overwrite_nothing(cast, half, visit, browse):
    data = {"A1-choice": "development", "A1-comment": "Taken by cover", "stay": "1"}
    page = browse(cast.hannah).post(address(visit, "areas/A"), data, follow=True).content.decode()
    assert "The setting sees it when you share your draft" in page
    half.strong.refresh_from_db()
    assert (half.strong.level.code, half.strong.version) == ("secure", 1)
    browse(cast.hannah).post(
        address(visit, "areas/A"), {"A1-choice": "secure", "A1-comment": "I was wrong", "stay": "1"}
    )
    kept = ReviewerRating.objects.filter(visit=visit).values_list("number", "level__code", "comment")
    assert list(kept) == [(1, "development", "Taken by cover"), (2, "secure", "I was wrong")]
    actions.rate_as_visitor(
        visit=visit,
        answers={review_statement(visit, "C1"): (Level.objects.get(framework=half.round.framework, code="secure"), "")},
        by=cast.hannah.acting,
    )
    beside = browse(cast.hannah).get(address(visit, "side-by-side")).content.decode()
    assert beside.index("C1 ") < beside.index("Where you see it alike") < beside.index("A1 ")


def test_shared_ratings_stay_as_they_are(cast, visit):
    moved_to(visit, "drafted", setting=cast.amara, visitor=cast.hannah)
    with pytest.raises(Refused, match="You have shared your ratings"):
        actions.rate_as_visitor(visit=visit, answers={}, by=cast.hannah.acting)


def test_what_is_opened_can_change_at_any_time_and_is_written_down(cast, visit, browse):
    data = {"kind": "peer", "why": visit.why, "opened": ["notes"]}
    for name in ("visit_on", "until"):
        day = getattr(visit, name)
        data |= {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    assert browse(cast.amara).post(address(visit, "change"), data).status_code == 302
    visit.refresh_from_db()
    assert (visit.with_ratings, visit.with_notes) == (False, True)
    told = AuditEvent.objects.get(verb="visit.changed").change
    assert told == {"with_ratings": [True, False], "with_notes": [False, True]}
    data |= {"until-year": 2020}
    assert (
        "The last day must be today or later"
        in browse(cast.amara).post(address(visit, "change"), data).content.decode()
    )


def test_nobody_who_has_left_is_told_of_a_visit(cast, half, browse):
    visit = planned(cast.priya, half.round, visitor=cast.hannah)
    visit = moved_to(visit, "visited", setting=cast.amara, visitor=cast.hannah)
    people.end_membership(membership=cast.priya.membership, by=cast.amara.acting)
    before = set(SentMail.objects.values_list("pk", flat=True))
    moved_to(visit, "drafted", setting=cast.amara, visitor=cast.hannah)
    told = SentMail.objects.exclude(pk__in=before)
    assert {(each.user.name, each.subject) for each in told} == {
        ("Amara Okafor", "A draft waits for you"),
        ("Tomasz Wójcik", "A draft waits for you"),
    }
    other = planned(cast.amara, half.round, visitor=cast.hannah)
    people.end_membership(membership=cast.hannah.membership, by=cast.amara.acting)
    actions.move_visit(visit=other, to="cancelled", by=cast.amara.acting)
    assert not SentMail.objects.filter(subject="A visit is cancelled").exists()


def test_the_other_side_and_readers_move_nothing(cast, visit, browse):
    assert browse(cast.leila).post(address(visit, "to/prepared")).status_code == 302
    assert browse(cast.hannah).post(address(visit, "to/prepared")).status_code == 302
    visit.refresh_from_db()
    assert visit.status == "planned"
    with pytest.raises(Refused, match="Agree the day"):
        actions.move_visit(visit=planned(cast.amara, visit.round, visit_on=None), to="prepared", by=cast.amara.acting)


def test_two_who_move_a_visit_at_once_move_it_once(cast, visit):
    stale = Visit.objects.get(pk=visit.pk)
    actions.move_visit(visit=visit, to="prepared", by=cast.amara.acting)
    with pytest.raises(Refused, match="moved on"):
        actions.move_visit(visit=stale, to="cancelled", by=cast.priya.acting)


def test_a_visit_that_follows_is_about_the_newest_review(cast, visit, browse):
    moved_to(visit, "final", setting=cast.amara, visitor=cast.hannah)
    until = TODAY() + timedelta(days=90)
    data = {
        "kind": "peer",
        "why": "What came of it",
        "until-day": until.day,
        "until-month": until.month,
        "until-year": until.year,
    }
    page = browse(cast.amara).post(address(visit, "follow-up"), data, follow=True).content.decode()
    assert "Follows" in page
    assert Visit.objects.get(follow_up_of=visit).round == visit.round
    assert "Followed by" in browse(cast.amara).get(address(visit)).content.decode()


def test_a_childminder_plans_a_visit_on_her_own(cast, framework, browse):
    visit = planned(cast.megan, start(cast.megan, framework))
    browse(cast.megan).post(address(visit, "timetable"), {"preset": "childminder"})
    assert visit.rows.count() == 4
    assert "Who your SENCO is" not in browse(cast.megan).get(address(visit, "preparation")).content.decode()


def test_the_first_page_of_the_setting_says_what_a_visit_waits_for(cast, half, browse):
    def told(who):
        return " ".join(browse(who).get("/").content.decode().split())

    assert "A visit is waiting" not in told(cast.amara)
    visit = planned(cast.amara, half.round)
    actions.invite_visitor(visit=visit, name="Rosa Lind", email="rosa@example.org", by=cast.amara.acting)
    assert "Your visitor has not answered the invitation yet" in told(cast.amara)
    assert "A visit is waiting" not in told(cast.leila)
    Visit.objects.filter(pk=visit.pk).update(invitation=None)
    assert "A visit is waiting" not in told(cast.amara)
    actions.invite_visitor(
        visit=Visit.objects.get(pk=visit.pk),
        name=cast.hannah.user.name,
        email=cast.hannah.user.email,
        by=cast.amara.acting,
    )
    visit = moved_to(Visit.objects.get(pk=visit.pk), "drafted", setting=cast.amara, visitor=cast.hannah)
    page = told(cast.priya)
    assert "The draft of the report is there. Check its facts" in page
    assert address(visit) in page
    actions.move_visit(visit=visit, to="checked", by=cast.amara.acting)
    assert "A visit is waiting" not in told(cast.amara)
