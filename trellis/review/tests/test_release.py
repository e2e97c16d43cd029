"""Releasing a review, as its manager does: step by step, seen first, read, counted, withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from tests.releasing import EVERYTHING, agreed, look, release, released_by, seen_in, step, text_of
from trellis.core.audit import broken_links
from trellis.core.models import AuditEvent, SentMail
from trellis.core.refusal import Refused
from trellis.review import actions
from trellis.review.actions.release import Recipient
from trellis.review.models import Evidence, Release, ReleasedRating, ReleaseReading
from trellis.review.released import Parts, copy_of

pytestmark = pytest.mark.django_db


def test_a_manager_releases_what_they_have_seen(cast, half, browse):
    round, browser = agreed(cast.amara), browse(cast.amara)
    page = look(browser, round, {"to": "authority"}, ["actions", "notes", "evidence"], may_be_counted="on")
    assert "Priya has two hours on Wednesdays" in page.content.decode()
    answer = browser.post(step(round, "look"), {"seen": seen_in(page)})
    made = Release.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.released_by, made.to_organisation, made.may_be_counted) == (
        cast.amara.user,
        cast.daniel.organisation,
        True,
    )
    read = browse(cast.daniel).get(reverse("show_released", args=[made.pk]))
    assert text_of(read, ".review-released") == text_of(page, ".review-released")
    told = SentMail.objects.filter(once_key=f"release {made.pk}")
    assert {mail.user.name for mail in told} == {"Daniel Whitfield", "Ruth Abara"}
    assert "Wednesdays" not in "".join(mail.subject + mail.reason for mail in told)
    assert list(broken_links()) == []


def test_only_the_chosen_parts_are_in_the_copy(cast, half):
    round = agreed(cast.amara)
    everything, _ = copy_of(round, EVERYTHING)
    ratings, _ = copy_of(round, Parts())
    words = ("Wednesdays", "SENCO job description", "Blue folder", "Agree with each family", "Every family has been")
    assert all(each in str(everything) for each in words)
    assert not any(each in str(ratings) for each in words)
    assert ratings["areas"][0]["statements"][0]["level"] == "secure"
    assert all(name not in str(everything) for name in ("Amara", "Priya Nair")), "no colleague’s name"


def test_what_changes_later_does_not_change_the_copy(cast, half, browse):
    made = release(agreed(cast.amara), cast.amara, Recipient(team=cast.daniel.organisation))
    before = text_of(browse(cast.daniel).get(reverse("show_released", args=[made.pk])), ".review-released")
    Evidence.objects.update(title="Another title")
    actions.move_action(action=half.action, to="under_way", by=cast.amara.acting)
    after = text_of(browse(cast.daniel).get(reverse("show_released", args=[made.pk])), ".review-released")
    assert after == before


def test_only_who_answers_for_the_setting_releases(cast, half, browse):
    round = agreed(cast.amara)
    assert "Release this review" in browse(cast.amara).get(round.get_absolute_url()).content.decode()
    assert "Release this review" not in browse(cast.priya).get(round.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="answers for the setting"):
        release(round, cast.priya, Recipient(team=cast.daniel.organisation))
    made = release(round, cast.amara, Recipient(team=cast.daniel.organisation))
    with pytest.raises(Refused, match="answers for the setting"):
        actions.withdraw_release(release=made, because="", by=cast.priya.acting)


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        (lambda cast: Recipient(team=cast.idris.organisation), "not your authority or your group"),
        (lambda cast: Recipient(team=cast.joanna.organisation), "not your authority or your group"),
        (lambda cast: Recipient(team=cast.daniel.organisation, person=cast.joanna.user), "does not work there"),
        (lambda cast: Recipient(name="Noor"), "Enter to whom"),
    ],
)
def test_nobody_else_can_be_the_recipient(cast, half, to, sentence):
    with pytest.raises(Refused, match=sentence):
        release(agreed(cast.amara), cast.amara, to(cast))


@pytest.mark.parametrize("days", [0, 900])
def test_the_action_keeps_to_the_last_day_too(cast, half, days):
    round, until = agreed(cast.amara), timezone.localdate() + timedelta(days=days)
    with pytest.raises(Refused, match=r"last day|two years"):
        release(round, cast.amara, Recipient(team=cast.daniel.organisation), until=until)


def test_one_person_of_a_team_reads_what_is_for_them(cast, half, browse):
    round, browser = agreed(cast.amara), browse(cast.amara)
    page = look(browser, round, {"to": "person", "person": str(cast.ruth.membership.pk)})
    browser.post(step(round, "look"), {"seen": seen_in(page)})
    made = Release.objects.get()
    address = reverse("show_released", args=[made.pk])
    assert browse(cast.ruth).get(address).status_code == 200
    assert browse(cast.daniel).get(address).status_code == 404
    assert "Bramble Lane" not in text_of(browse(cast.daniel).get(reverse("released")))
    assert "to you alone" in text_of(browse(cast.ruth).get(reverse("released")))
    assert not ReleasedRating.objects.exists()


def test_a_group_reads_and_others_do_not(cast, half, browse):
    made = release(agreed(cast.amara), cast.amara, Recipient(team=cast.grace.organisation))
    address = reverse("show_released", args=[made.pk])
    assert browse(cast.grace).get(address).status_code == 200
    assert browse(cast.daniel).get(address).status_code == 404
    assert browse(cast.idris).get(address).status_code == 404


def test_every_reading_is_written_down_for_both_sides(cast, half, browse):
    made = release(agreed(cast.amara), cast.amara, Recipient(team=cast.daniel.organisation))
    browser = browse(cast.ruth)
    browser.get(reverse("show_released", args=[made.pk]))
    paper = browser.get(reverse("released_as_paper", args=[made.pk, "docx"]))
    assert paper.status_code == 200
    assert list(ReleaseReading.objects.order_by("at").values_list("what", "by__name")) == [
        ("page", "Ruth Abara"),
        ("paper", "Ruth Abara"),
    ]
    told = AuditEvent.objects.filter(chain=str(cast.amara.organisation.pk), verb="release.read")
    assert told.count() == 2
    for person, page in ((cast.amara, "show_release"), (cast.daniel, "show_released")):
        log = text_of(browse(person).get(reverse(page, args=[made.pk])))
        assert "Took as a paper Ruth Abara" in log
        assert "Released Amara Okafor" in log


def test_looking_at_the_list_is_no_reading(cast, half, browse):
    release(agreed(cast.amara), cast.amara, Recipient(team=cast.daniel.organisation))
    browse(cast.daniel).get(reverse("released"))
    assert not ReleaseReading.objects.exists()


def test_withdrawn_there_is_nothing_left_to_read(cast, half, browse):
    made = release(agreed(cast.amara), cast.amara, Recipient(team=cast.daniel.organisation), may_be_counted=True)
    assert ReleasedRating.objects.count() == 39
    browser = browse(cast.amara)
    answer = browser.post(
        reverse("withdraw_release", args=[made.pk]), {"because": "We agreed it too early"}, follow=True
    )
    assert "cannot read it any more" in answer.content.decode()
    made.refresh_from_db()
    assert (made.content, made.withdrawn_by) == ({}, cast.amara.user)
    assert made.fingerprint
    assert not ReleasedRating.objects.exists()
    page = text_of(browse(cast.daniel).get(reverse("show_released", args=[made.pk])))
    assert "withdrew this" in page
    assert "We agreed it too early" in page
    assert "Partly in place" not in page
    assert not ReleaseReading.objects.exists()
    assert browse(cast.daniel).get(reverse("released_as_paper", args=[made.pk, "pdf"])).status_code == 404
    assert "Withdrawn" in text_of(browse(cast.daniel).get(reverse("released")))
    again = browser.post(reverse("withdraw_release", args=[made.pk]), {}, follow=True)
    assert "withdrawn already" in again.content.decode()
    assert "there is nothing left to read" in text_of(browser.get(made.get_absolute_url()))
    assert SentMail.objects.filter(once_key=f"release {made.pk} withdrawn").count() == 2
    assert SentMail.objects.filter(once_key=f"release {made.pk}", state="queued").count() == 0


def test_two_who_withdraw_at_once_are_told(cast, half):
    made = release(agreed(cast.amara), cast.amara, Recipient(team=cast.daniel.organisation))
    stale = Release.objects.get(pk=made.pk)
    actions.withdraw_release(release=made, because="", by=cast.amara.acting)
    with pytest.raises(Refused, match="withdrawn already"):
        actions.withdraw_release(release=stale, because="", by=cast.amara.acting)


def test_the_files_of_evidence_go_only_when_chosen(cast, browse, framework):
    made = released_by(cast.amara)
    browser = browse(cast.daniel)
    link = BeautifulSoup(browser.get(reverse("show_released", args=[made.pk])).content, "html5lib").find(
        "a", string="minutes.txt"
    )
    assert browser.get(link["href"]).getvalue() == b"Minutes of our SEND meeting"
    assert ReleaseReading.objects.filter(what="file", by=cast.daniel.user).count() == 1
    bare = release(made.round, cast.amara, Recipient(team=cast.daniel.organisation), parts=Parts(evidence=True))
    assert browser.get(link["href"].replace(str(made.pk), str(bare.pk))).status_code == 404
    assert "minutes.txt" not in text_of(browser.get(reverse("show_released", args=[bare.pk])))
    actions.withdraw_release(release=made, because="", by=cast.amara.acting)
    assert browser.get(link["href"]).status_code == 404


@pytest.mark.parametrize(("name", "who", "most"), [("releases", "amara", 4), ("released", "daniel", 4)])
def test_lists_ask_as_little_with_many_as_with_few(cast, half, browse, django_assert_max_num_queries, name, who, most):
    round = agreed(cast.amara)
    made = release(round, cast.amara, Recipient(team=cast.daniel.organisation))
    fields = {field.attname: getattr(made, field.attname) for field in Release._meta.fields if field.attname != "id"}
    Release.objects.bulk_create(Release(**fields) for _ in range(60))
    browser = browse(getattr(cast, who))
    with django_assert_max_num_queries(most):
        page = browser.get(reverse(name))
    assert "Next page" in page.content.decode()


def test_without_anything_the_lists_say_so(cast, browse):
    assert "Nothing has been released" in browse(cast.amara).get(reverse("releases")).content.decode()
    assert "Nothing has been released to you" in browse(cast.daniel).get(reverse("released")).content.decode()


def test_terms_say_whether_a_name_may_be_shown_only_when_counted(cast, half):
    made = release(agreed(cast.amara), cast.amara, Recipient(team=cast.daniel.organisation), name_may_be_shown=True)
    assert not made.name_may_be_shown


@pytest.mark.parametrize("to", ["group", "person"])
def test_only_an_authority_as_a_whole_counts(cast, half, to):
    recipient = {
        "group": Recipient(team=cast.grace.organisation),
        "person": Recipient(team=cast.daniel.organisation, person=cast.ruth.user),
    }[to]
    made = release(agreed(cast.amara), cast.amara, recipient, may_be_counted=True, name_may_be_shown=True)
    assert (made.may_be_counted, made.name_may_be_shown) == (False, False)
    assert not ReleasedRating.objects.exists()


def test_what_is_new_to_whom_it_was_released_to_is_marked_with_its_period_and_by_whom(cast, half, browse):
    made = release(agreed(cast.amara), cast.amara, Recipient(team=cast.daniel.organisation))
    address, read = reverse("released"), reverse("show_released", args=[made.pk])

    def row(person):
        page = BeautifulSoup(browse(person).get(address).content, "html5lib")
        return " ".join(page.select_one("#released tbody tr").get_text(" ").split())

    for person in (cast.daniel, cast.ruth):
        assert "New to you" in row(person)
    assert made.round.period in row(cast.daniel)
    assert "Amara Okafor" in row(cast.daniel)
    browse(cast.daniel).get(read)
    assert "New to you" not in row(cast.daniel)
    assert "New to you" in row(cast.ruth), "each of a team reads for themselves"
    actions.withdraw_release(release=made, because="", by=cast.amara.acting)
    said = row(cast.ruth)
    assert "New to you" not in said
    assert made.round.period not in said, "of what was withdrawn nothing is told"
