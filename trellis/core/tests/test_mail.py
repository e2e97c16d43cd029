"""E-mail: a link and a reason, once, as each person wishes; handed over after the commit, and tried again."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail as outgoing
from django.core.mail.backends import locmem
from django.db import IntegrityError, transaction

from trellis.core.jobs import start
from trellis.core.jobs.worker import Worker
from trellis.core.mail import MailKind, Wish, choose_mail, deliver_due, send, tell_anew, withdraw
from trellis.core.mail.sending import _write
from trellis.core.models import AuditEvent, MailPreference, SentMail
from trellis.core.rules.mail import HANDOVER

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2027, 3, 5, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(FRIDAY, tick=False) as standing:
        yield standing


def remind(to, **changes) -> SentMail | None:
    about = {
        "kind": MailKind.ACTION_REMINDER,
        "subject": "An action of yours is due",
        "reason": "You own an action that is due on 12 March 2027.",
        "link": "/actions/7",
    }
    return send(to=to, **(about | changes))


def wish(person, kind, wish) -> None:
    choose_mail(wishes={kind: wish}, by=person.acting)


# What it says


def test_it_is_a_reason_a_link_who_we_are_and_how_to_change_it(cast, settings):
    remind(cast.priya.user)
    deliver_due()
    (letter,) = outgoing.outbox
    (html,) = [part.content for part in letter.alternatives]
    for text in (letter.body, html):
        assert "You own an action that is due on 12 March 2027." in text
        assert f"{settings.BASE_ADDRESS}/actions/7" in text
        assert f"{settings.BASE_ADDRESS}/e-mail" in text
        assert "helps early years settings" in text
    assert (letter.subject, letter.to) == ("An action of yours is due", ["priya.nair@example.org"])


def test_a_line_break_in_a_name_does_not_break_the_heading(cast):
    remind(cast.priya.user, subject="Amara\r\nBcc: all@example.org invites you", reason="A\n reason")
    deliver_due()
    (letter,) = outgoing.outbox
    assert letter.subject == "Amara Bcc: all@example.org invites you"
    assert letter.message()["Bcc"] is None


def test_plain_text_is_plain(cast):
    remind(cast.priya.user, reason="Bramble & Co’s “plan”")
    deliver_due()
    assert "Bramble & Co’s “plan”" in outgoing.outbox[0].body
    assert "Bramble &amp; Co" in outgoing.outbox[0].alternatives[0].content


def test_what_always_comes_does_not_offer_a_choice(cast):
    remind("new@example.org", kind=MailKind.INVITATION)
    deliver_due()
    assert "/e-mail" not in outgoing.outbox[0].body


def test_who_has_no_account_is_offered_no_choice(cast):
    remind("noor@example.org", kind=MailKind.ORGANISATION_NEWS)
    deliver_due()
    (letter,) = outgoing.outbox
    assert "/e-mail" not in letter.body + letter.alternatives[0].content


def test_a_link_leads_to_this_installation_whatever_it_said(cast, settings):
    remind(cast.priya.user, link="https://elsewhere.example/actions/7?tab=plan")
    deliver_due()
    assert f"{settings.BASE_ADDRESS}/actions/7?tab=plan" in outgoing.outbox[0].body


def test_its_name_stays_the_same_so_that_a_repeat_is_recognised(cast):
    message = remind(cast.priya.user)
    deliver_due()
    assert str(message.pk) in outgoing.outbox[0].extra_headers["Message-ID"]


# When it leaves


def test_nothing_leaves_before_a_worker_takes_it(cast):
    message = remind(cast.priya.user)
    assert (outgoing.outbox, message.state) == ([], "queued")
    Worker().run_until_empty()
    message.refresh_from_db()
    assert (len(outgoing.outbox), message.state, message.sent_at, message.attempts) == (1, "sent", FRIDAY, 1)


def reminded_in_vain(cast):
    remind(cast.priya.user)
    raise ZeroDivisionError


def test_what_is_rolled_back_is_not_written_about(cast):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        reminded_in_vain(cast)
    assert deliver_due() == 0


def test_a_message_is_taken_by_one_worker_and_free_again_when_that_dies(cast, clock, monkeypatch):
    remind(cast.priya.user)
    monkeypatch.setattr(locmem.EmailBackend, "send_messages", killed)
    with pytest.raises(KeyboardInterrupt):
        deliver_due()
    monkeypatch.undo()
    assert deliver_due() == 0
    clock.move_to(FRIDAY + HANDOVER)
    assert deliver_due() == 1
    assert len(outgoing.outbox) == 1


def killed(*_):
    raise KeyboardInterrupt


def refusing(error):
    def send_messages(*_):
        raise error

    return send_messages


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (TimeoutError(), "The mail service did not answer"),
        (smtplib.SMTPServerDisconnected(), "The mail service did not answer"),
        (smtplib.SMTPDataError(451, b"later"), "The mail service refused it (451)"),
        (smtplib.SMTPAuthenticationError(535, b"password"), "The mail service refused it (535)"),
    ],
)
def test_what_may_pass_is_tried_again_later(cast, clock, monkeypatch, error, problem):
    message = remind(cast.priya.user)
    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refusing(error))
    for wait in (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1)):
        deliver_due()
        message.refresh_from_db()
        assert (message.state, message.problem, message.next_try_at - datetime.now(UTC)) == ("queued", problem, wait)
        clock.move_to(message.next_try_at)
    monkeypatch.undo()
    deliver_due()
    message.refresh_from_db()
    assert (message.state, message.problem, message.attempts) == ("sent", "", 5)


def test_in_the_end_it_has_failed(cast, clock, monkeypatch):
    message = remind(cast.priya.user)
    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refusing(TimeoutError()))
    for _ in range(6):
        deliver_due()
        message.refresh_from_db()
        clock.move_to(message.next_try_at)
    assert (message.state, message.attempts, deliver_due()) == ("failed", 6, 0)


def test_a_refused_address_fails_at_once_and_its_answer_is_not_kept(cast, monkeypatch):
    message = remind(cast.priya.user)
    refused = smtplib.SMTPRecipientsRefused({"priya.nair@example.org": (550, b"no priya.nair here")})
    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refusing(refused))
    deliver_due()
    message.refresh_from_db()
    assert (message.state, message.problem) == ("failed", "The mail service refused it (550)")


def test_when_nobody_answers_the_rest_waits_for_the_next_time(cast, monkeypatch):
    for person in (cast.priya, cast.amara, cast.tomasz):
        remind(person.user)
    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refusing(TimeoutError()))
    assert deliver_due() == 1


def test_a_link_that_opens_something_by_itself_is_forgotten_once_it_has_left(cast):
    kept = remind(cast.priya.user)
    secret = remind(cast.priya.user, kind=MailKind.ACCOUNT, link="/reset/one-time-secret")
    deliver_due()
    kept.refresh_from_db()
    secret.refresh_from_db()
    assert (kept.link, secret.link) == ("/actions/7", "")
    assert any("/reset/one-time-secret" in letter.body for letter in outgoing.outbox)


# Once


def test_such_a_link_is_forgotten_too_when_the_message_stays_here(cast):
    remind("noor@example.org", kind=MailKind.INVITATION, link="/invitation/secret", once_key="invitation")
    withdraw(once_key="invitation")
    cast.priya.user.is_active = False
    remind(cast.priya.user, kind=MailKind.ACCOUNT, link="/password/secret")
    assert list(SentMail.objects.values_list("state", "link")) == [("kept_back", "")] * 2


def test_nobody_is_told_the_same_twice(cast):
    first = remind(cast.priya.user, once_key="action 7 due")
    assert (first is None, remind(cast.priya.user, once_key="action 7 due")) == (False, None)
    assert remind(cast.amara.user, once_key="action 7 due")
    assert remind(cast.priya.user, once_key="action 8 due")


def test_an_address_without_an_account_is_told_once_too(cast):
    sent = [remind(address, once_key="invitation 1") for address in ("New@example.org", "new@example.org")]
    assert [message is None for message in sent] == [False, True]


def test_without_a_key_it_may_be_said_again(cast):
    assert remind(cast.priya.user)
    assert remind(cast.priya.user)


def test_a_mistake_of_another_kind_is_not_taken_for_a_repeat(cast):
    with pytest.raises(IntegrityError, match="sent_mail_kind_is_known"):
        _write(user_id=None, address="a@example.org", kind="gossip", subject="x", reason="x", once_key="x")


# As each person wishes


def test_a_person_who_does_not_want_it_does_not_get_it_and_it_is_listed_why(cast):
    wish(cast.priya, MailKind.ACTION_REMINDER, Wish.NEVER)
    assert remind(cast.priya.user) is None
    kept_back = SentMail.objects.get()
    assert (kept_back.state, kept_back.problem) == ("kept_back", "They chose not to get this by e-mail")
    assert deliver_due() == 0


def test_what_must_reach_people_reaches_them_whatever_was_chosen(cast):
    MailPreference.objects.create(user=cast.priya.user, kind="account", wish="never")
    assert remind(cast.priya.user, kind=MailKind.ACCOUNT)


def test_nobody_writes_to_a_closed_account(cast):
    cast.priya.user.is_active = False
    assert remind(cast.priya.user) is None
    assert SentMail.objects.get().problem == "This account is closed"


def test_what_is_done_is_not_reminded_of(cast):
    remind(cast.priya.user, once_key="action 7 due")
    assert (withdraw(once_key="action 7 due"), withdraw(once_key="action 7 due")) == (1, 0)
    assert deliver_due() == 0
    assert SentMail.objects.get().problem == "It is not needed any more"


def test_what_begins_again_is_told_again_but_not_beside_what_still_waits(cast):
    remind(cast.priya.user, once_key="choose")
    assert (tell_anew(once_key="choose"), remind(cast.priya.user, once_key="choose")) == (0, None)
    withdraw(once_key="choose")
    assert remind(cast.priya.user, once_key="choose") is None
    assert tell_anew(once_key="choose") == 1
    assert remind(cast.priya.user, once_key="choose")
    assert sorted(SentMail.objects.values_list("state", flat=True)) == ["kept_back", "queued"]


def test_a_weekly_wish_makes_one_message_on_monday_morning(cast, clock):
    wish(cast.priya, MailKind.ACTION_REMINDER, Wish.WEEKLY)
    Worker().run_until_empty()  # the schedule is known from here on
    remind(cast.priya.user, once_key="7", subject="An action is due")
    remind(cast.priya.user, once_key="8", subject="Another is overdue", link="/actions/8")
    remind(cast.priya.user, once_key="9", subject="This one is done")
    withdraw(once_key="9")
    clock.move_to(datetime(2027, 3, 8, 6, 59, tzinfo=UTC))
    Worker().run_until_empty()
    assert outgoing.outbox == []
    clock.move_to(datetime(2027, 3, 8, 7, 0, tzinfo=UTC))
    Worker().run_until_empty()
    (letter,) = outgoing.outbox
    assert all(words in letter.body for words in ("An action is due", "Another is overdue", "/actions/8"))
    assert "This one is done" not in letter.body
    states = dict(SentMail.objects.values_list("subject", "state"))
    assert states == {
        "An action is due": "sent",
        "Another is overdue": "sent",
        "This one is done": "kept_back",
        "What has happened this week": "sent",
    }


def test_a_weekly_job_run_twice_writes_once(cast):
    wish(cast.priya, MailKind.ACTION_REMINDER, Wish.WEEKLY)
    remind(cast.priya.user)
    for _ in range(2):
        start(job="mail.weekly", by=cast.sam.acting)
        Worker().run_until_empty()
    assert len(outgoing.outbox) == 1


def test_what_a_summary_that_never_left_told_about_is_in_the_next_one(cast, clock, monkeypatch):
    wish(cast.priya, MailKind.ACTION_REMINDER, Wish.WEEKLY)
    remind(cast.priya.user, subject="An action is due")
    with monkeypatch.context() as broken:
        refused = smtplib.SMTPDataError(554, b"not today")
        broken.setattr(locmem.EmailBackend, "send_messages", refusing(refused))
        start(job="mail.weekly", by=cast.sam.acting)
        Worker().run_until_empty()
    assert SentMail.objects.get(kind="summary").state == "failed"
    clock.shift(timedelta(days=7))
    start(job="mail.weekly", by=cast.sam.acting)
    Worker().run_until_empty()
    (letter,) = outgoing.outbox
    assert "An action is due" in letter.body


# The pages


def test_a_person_chooses_what_they_get(browse, cast):
    browser = browse(cast.priya)
    assert "Your actions that are due or overdue" in browser.get("/e-mail").content.decode()
    wishes = {"job_failed": "at_once", "job_done": "never", "action_reminder": "weekly", "review_news": "weekly"}
    wishes |= {"training": "at_once", "training_reminder": "never", "qualification_ends": "at_once"}
    after = browser.post("/e-mail", wishes | {"organisation_news": "at_once"}, follow=True).content.decode()
    assert "Saved what e-mail you get" in after
    chosen = dict(MailPreference.objects.filter(user=cast.priya.user).values_list("kind", "wish"))
    assert chosen == wishes | {"organisation_news": "at_once"}
    assert AuditEvent.objects.filter(verb="mail.chosen", actor_id=cast.priya.user.pk).count() == 8


def test_what_does_not_change_is_not_recorded(cast):
    for _ in range(2):
        wish(cast.priya, MailKind.REVIEW_NEWS, Wish.NEVER)
    assert AuditEvent.objects.filter(verb="mail.chosen").count() == 1


def test_a_question_left_open_is_pointed_out(browse, cast):
    page = browse(cast.priya).post("/e-mail", {}).content.decode()
    assert "Choose how to get: your actions that are due or overdue" in page


def test_the_organisation_lists_what_was_sent_for_it(browse, cast):
    remind(cast.priya.user, organisation_id=cast.amara.organisation.pk)
    remind(cast.joanna.user, organisation_id=cast.joanna.organisation.pk, subject="Something of Tall Oaks")
    deliver_due()
    page = browse(cast.amara).get("/sent-mail").content.decode()
    assert all(words in page for words in ("Priya Nair", "An action of yours is due", "Sent"))
    assert "Tall Oaks" not in page
    assert browse(cast.leila).get("/sent-mail").status_code == 403


def test_the_operator_sees_whether_it_arrives_and_neither_who_nor_what(browse, cast):
    remind(cast.priya.user)
    page = browse(cast.sam).get("/operations/mail").content.decode()
    assert all(words in page for words in ("p…@example.org", "On its way", "Your actions that are due"))
    assert not [words for words in ("priya.nair", "Priya Nair", "An action of yours") if words in page]
    assert "There is no such e-mail" in browse(cast.sam).get("/operations/mail?state=failed").content.decode()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"kind": "gossip"}, "sent_mail_kind_is_known"),
        ({"state": "lost"}, "sent_mail_state_is_known"),
        ({"state": "sent"}, "sent_mail_sent_has_a_time"),
    ],
)
def test_the_database_refuses(cast, changes, constraint):
    remind(cast.priya.user)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SentMail.objects.update(**changes)


# SQLite names the columns of a unique constraint and PostgreSQL its name.
@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (True, "sent_mail_once_to_a_person|core_sentmail.user_id, core_sentmail.once_key"),
        (False, "sent_mail_once_to_an_address|core_sentmail.address, core_sentmail.once_key"),
    ],
)
def test_the_database_refuses_to_say_it_twice(cast, who, refusal):
    same = {"user": cast.priya.user if who else None, "address": "a@example.org", "kind": "account", "once_key": "x"}
    SentMail.objects.create(**same)
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        SentMail.objects.create(**same)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": "gossip"}, "mail_preference_kind_is_known"),
        ({"wish": "hourly"}, "mail_preference_wish_is_known"),
        (
            {"kind": "action_reminder"},
            "mail_preference_one_for_each_kind|core_mailpreference.user_id, core_mailpreference.kind",
        ),
    ],
)
def test_the_database_refuses_such_a_preference(cast, changes, refusal):
    def prefer(**other):
        MailPreference.objects.create(**({"user": cast.priya.user, "kind": "review_news", "wish": "never"} | other))

    prefer(kind="action_reminder")
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        prefer(**changes)
