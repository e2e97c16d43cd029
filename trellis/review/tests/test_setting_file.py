"""Everything about a setting as one file: out of one installation, into an empty one, and out again the same."""

from __future__ import annotations

import hashlib
import json
import zipfile
from contextlib import nullcontext
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from tests.cast import authority
from tests.client import CheckingClient
from tests.hearing import form_for_parents, replies, says_alone, seen_of_children
from tests.qualifying import holding_of, list_imported, listed_one, load_catalogue
from tests.releasing import help_of, released_by
from tests.reviewing import review_of
from tests.staffing import colleague_of, day_change_of, usual_day_of
from tests.visiting import correction_of, recommendation_of, visit_of
from trellis.accounts.models import User
from trellis.core.files import FileKind, keep_file, made_here
from trellis.core.files.storage import keys
from trellis.core.jobs import JobFailed
from trellis.core.models import AuditEvent, Job, SentMail, StoredFile
from trellis.core.tests.backups import empty_the_installation
from trellis.organisations.models import Organisation
from trellis.qualifications.actions.holdings import Held, add_holding
from trellis.review import actions
from trellis.review.jobs import make_setting_file, tidy_setting_files
from trellis.review.models import (
    Agreement,
    AreaTarget,
    ChecklistMark,
    Correction,
    CorrectionAnswer,
    ParentForm,
    PromptDismissal,
    Rating,
    RatingChange,
    Recommendation,
    RecommendationTaken,
    Release,
    ReviewerRating,
    Round,
    SettingFile,
    Visit,
    VisitFeedback,
    VisitNote,
)
from trellis.review.setting_file import write_setting
from trellis.review.voices import answers_of
from trellis.staffing.actions.rooms import say_own_rules
from trellis.staffing.models import Colleague
from trellis.staffing.reading import unsaid

pytestmark = pytest.mark.django_db(transaction=True)
PARENTS_SAID = "My neighbour’s boy was sent home"


class Steps:
    """A job that runs here and now."""

    def __init__(self, by):
        self.by, self.result = by, {}

    def step(self, done, total=None, note=""):
        self.reached = (done, total)

    def say(self, result):
        self.result |= result

    def batch(self):
        return nullcontext()


def fill(cast):
    """Everything that a setting can have, once at least."""
    half = review_of(cast.amara)
    round = half.round
    form = replies(form_for_parents(round, cast.amara), 7, comment=PARENTS_SAID)
    actions.close_parent_form(form=form, by=cast.amara.acting)
    few = replies(form_for_parents(round, cast.amara), 3)
    actions.close_parent_form(form=few, by=cast.amara.acting)
    seen_of_children(round, cast.amara)
    says_alone(round, "A1", "partly", cast.leila, note="Between us: I am tired")
    by = {"by": cast.amara.user}
    PromptDismissal.objects.create(round=round, prompt="no_evidence", subject="A1", word="It is kept", **by)
    AreaTarget.objects.create(round=round, area="A", number=1, level=half.strong.level, **by)
    agreement = Agreement.objects.create(rating=half.strong, version=1, **by)
    agreement.people.set(round.people.all())
    actions.note_action(action=half.action, note="Two families asked", by=cast.amara.acting)
    actions.decide_no_action(rating=half.strong, because="It works", by=cast.amara.acting)
    _fill_visit(cast, visit_of(cast.amara), half)
    help_of(cast.amara)
    holding_of(cast.amara)
    held = Held(date(2016, 3, 5), evidence="copy", seen_on=date(2020, 11, 6))
    add_holding(what=listed_one(), held=held, user=cast.leila.user, by=cast.amara.acting)
    _fill_week(cast)
    release = released_by(cast.amara)
    actions.note_reading(release=release, what="page", by=cast.daniel.acting)
    return Organisation.objects.get(pk=cast.amara.organisation.pk)


def _fill_visit(cast, visit, half):
    """What a visitor and the setting write."""
    by = {"by": visit.visitor}
    correction = Correction.objects.get(pk=correction_of(cast.amara)["correction_id"])
    CorrectionAnswer.objects.create(correction=correction, taken_in=True, **by)
    recommendation = Recommendation.objects.get(pk=recommendation_of(cast.amara)["recommendation_id"])
    RecommendationTaken.objects.create(recommendation=recommendation, action=half.action, by=cast.amara.user)
    told = {"visit": visit, "statement": half.strong.statement, "level": half.strong.level}
    ReviewerRating.objects.create(number=1, comment="I saw it too", **told, **by)
    VisitNote.objects.create(visit=visit, who="Amara", said="Well done", **by)
    ChecklistMark.objects.create(visit=visit, item="policy", number=1, state="have", by=cast.amara.user)
    VisitFeedback.objects.create(visit=visit, useful="yes", fair="yes", kind="yes", by=cast.amara.user)


def _fill_week(cast):
    """Who works when with whom, and what is otherwise on a day."""
    colleague_of(cast.amara, user_id=cast.leila.user.pk)
    usual_day_of(cast.amara)
    day_change_of(cast.amara)
    say_own_rules(own=unsaid(cast.amara.acting), version=0, two=4, by=cast.amara.acting)


def packed(setting):
    into = BytesIO()
    write_setting(setting, into)
    return into.getvalue()


def parts_of(content):
    with zipfile.ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def told(content):
    return json.loads(parts_of(content)["setting.json"])


def packed_again(parts, *, fix=True):
    """A file with other parts; with sums that fit, unless told."""
    if fix:
        manifest = json.loads(parts["manifest.json"])
        manifest["sums"] = {
            name: hashlib.sha256(part).hexdigest() for name, part in parts.items() if name != "manifest.json"
        }
        parts = parts | {"manifest.json": json.dumps(manifest).encode()}
    into = BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return into.getvalue()


def read(tmp_path, content):
    file = tmp_path / "everything.zip"
    file.write_bytes(content)
    call_command("read_setting", str(file))


def test_out_and_in_and_out_again_is_the_same(cast, tmp_path, capsys):
    setting = fill(cast)
    first = packed(setting)
    said = told(first)
    assert [name for name, rows in said["tables"].items() if not rows] == [], "the test has something of every kind"
    assert "leila.haddad@example.org" in str(said["people"])
    assert "daniel.whitfield@example.org" not in str(said), "of others only the name"
    for private in (PARENTS_SAID, "Between us", "password", "token"):
        assert private not in json.dumps(said, ensure_ascii=False)
    bytes_before = [part for name, part in sorted(parts_of(first).items()) if name.startswith("files/")]
    empty_the_installation()
    authority("E99000001", "Fenwickshire")
    for bring in (load_catalogue, list_imported):
        with pytest.raises(CommandError, match=r"(load|import)_qualifications` first"):
            read(tmp_path, first)
        bring()
    read(tmp_path, first)
    assert "Bramble Lane Nursery is here" in capsys.readouterr().out
    again = Organisation.objects.get(kind="setting")
    second = packed(again)
    assert told(second) == said
    assert parts_of(second)["setting.json"] == parts_of(first)["setting.json"]
    assert [part for name, part in sorted(parts_of(second).items()) if name.startswith("files/")] == bytes_before
    assert bytes_before
    _what_is_there(again)


def _what_is_there(setting):
    """The reviews read as before; nobody has a password; nobody reads a release."""
    round = Round.objects.get(organisation=setting)
    assert Rating.objects.get(round=round, statement__code="A1").level.code == "secure"
    assert RatingChange.objects.filter(rating__round=round).count() == 2
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert User.objects.get(email="amara.okafor@example.org").is_active
    assert not User.objects.get(name="Daniel Whitfield").is_active
    assert not Release.objects.live(timezone.localdate()).exists()
    assert Release.objects.get().content == {}
    forms = {form.replies: form for form in ParentForm.objects.all()}
    assert set(forms) == {7, 0}, "how many replied is told from five up"
    assert answers_of(forms[7])
    assert not answers_of(forms[0])
    assert Visit.objects.get().reviewer is not None
    assert Colleague.objects.get().hours.get().day.children.get().room.name == "Bees"
    browser = CheckingClient()
    browser.post(reverse("account_reset_password"), {"email": "amara.okafor@example.org"})
    assert SentMail.objects.get().address == "amara.okafor@example.org", "they can choose a password"
    event = AuditEvent.objects.get(verb="setting.read_back")
    assert (event.actor_name, event.chain) == ("manage.py read_setting", str(setting.pk))


def test_a_setting_is_only_read_where_there_is_none(cast, tmp_path):
    review_of(cast.amara)
    content = packed(cast.amara.organisation)
    with pytest.raises(CommandError, match="There are settings here already"):
        read(tmp_path, content)


def changed(parts, **more):
    """The parts with another content."""
    said = json.loads(parts["setting.json"])
    for name, change in more.items():
        change(said[name])
    return parts | {"setting.json": json.dumps(said).encode()}


def _sets(table, column, value):
    return lambda tables: tables[table][0].update({column: value})


HARM = {
    "a part that leads elsewhere": (
        lambda p: packed_again(p | {"../../evil": b"x"}),
        "“../../evil”, which does not belong",
    ),
    "an absolute name": (lambda p: packed_again(p | {"/etc/passwd": b"x"}), "“/etc/passwd”, which does not belong"),
    "another sum": (
        lambda p: packed_again(p | {"setting.json": p["setting.json"].replace(b"Minutes", b"Minuets")}, fix=False),
        "setting.json is not what was packed",
    ),
    "a missing file": (
        lambda p: packed_again({n: c for n, c in p.items() if not n.startswith("files/")}, fix=False),
        "is missing",
    ),
    "a bomb": (
        lambda p: packed_again(p | {"files/" + "0" * 8 + "-0000-0000-0000-" + "0" * 12: bytes(90_000_000)}),
        "unpacks to far more",
    ),
    "no zip": (lambda p: b"hello", "This is not a file with everything about a setting"),
    "another schema": (lambda p: packed_again(p | {"setting.json": b'{"schema": 9}'}), "schema 9"),
    "not even an object": (lambda p: packed_again(p | {"setting.json": b"[1]"}), "This is not a file with"),
    "another level": (
        lambda p: packed_again(
            changed(p, tables=_sets("rating_changes", "level", ["trellis-early-years 2026-1", "best"]))
        ),
        "Row 1 of rating_changes is not as it should be",
    ),
    "a column too many": (
        lambda p: packed_again(changed(p, tables=_sets("rounds", "password", "x"))),
        "Row 1 of rounds",
    ),
    "another setting": (
        lambda p: packed_again(changed(p, tables=_sets("actions", "organisation", "0" * 32))),
        "Row 1 of actions",
    ),
    "a role for the operator": (
        lambda p: packed_again(changed(p, tables=_sets("memberships", "role", "system_administrator"))),
        "Row 1 of memberships",
    ),
    "other bytes": (
        lambda p: packed_again({n: b"other" if n.startswith("files/") else c for n, c in p.items()}),
        "Row 1 of files",
    ),
    "what the database refuses": (
        lambda p: packed_again(changed(p, tables=_sets("rounds", "status", "agreed"))),
        "The database refuses what the file says",
    ),
}


def test_a_file_that_is_not_safe_is_refused_and_nothing_stays(cast, tmp_path):
    review_of(cast.amara)
    parts = parts_of(packed(cast.amara.organisation))
    empty_the_installation()
    authority("E99000001", "Fenwickshire")
    for name, (harm, sentence) in HARM.items():
        with pytest.raises(CommandError) as refused:
            read(tmp_path, harm(parts))
        assert sentence in str(refused.value), (name, str(refused.value))
        assert not any(model.objects.exists() for model in (Organisation, User, StoredFile)), name
        assert next(keys(), None) is None, f"{name} left bytes behind"


def test_a_file_is_asked_for_made_taken_and_gone(cast, browse):
    review_of(cast.amara)
    page = browse(cast.amara).post(reverse("setting_files"))
    job = Job.objects.get(name="review.setting_file")
    assert page["Location"] == reverse("job", args=[job.pk])
    again = browse(cast.amara).post(reverse("setting_files"), follow=True)
    assert "A file is being made already" in again.content.decode()
    steps = Steps(cast.amara.acting)
    make_setting_file(steps, **job.arguments)
    assert steps.reached == (1, 1)
    assert steps.result["link"] == reverse("setting_files")
    wanted = SettingFile.objects.get()
    address = reverse("take_setting_file", args=[wanted.pk])
    assert address in browse(cast.amara).get(reverse("setting_files")).content.decode()
    answer = browse(cast.amara).get(address)
    content = b"".join(answer.streaming_content)
    answer.close()
    assert told(content)["setting"]["name"] == "Bramble Lane Nursery"
    verbs = list(AuditEvent.objects.values_list("verb", flat=True))
    assert {"setting.file_asked_for", "setting.file_made", "file.read"} <= set(verbs)
    for person in (cast.priya, cast.leila, cast.daniel):
        assert browse(person).get(address).status_code == 403
    assert browse(cast.joanna).get(address).status_code == 404
    SettingFile.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert browse(cast.amara).get(address).status_code == 404
    tidy_setting_files(steps)
    wanted.refresh_from_db()
    assert wanted.file is None
    assert not StoredFile.objects.filter(kind="zip").exists()
    assert "Removed" in browse(cast.amara).get(reverse("setting_files")).content.decode()


def test_nothing_is_packed_when_a_file_is_not_what_was_stored(cast):
    review_of(cast.amara)
    wanted = SettingFile.objects.create(organisation=cast.amara.organisation, asked_by=cast.amara.user)
    stored = StoredFile.objects.get()
    for spoil in (lambda: _write_over(stored.key, b"other"), lambda: default_storage.delete(stored.key)):
        spoil()
        with pytest.raises(JobFailed, match="is not what was stored"):
            make_setting_file(Steps(cast.amara.acting), setting_file_id=str(wanted.pk))
    wanted.refresh_from_db()
    assert wanted.file is None


def _write_over(key, content):
    default_storage.delete(key)
    assert default_storage.save(key, ContentFile(content)) == key


def test_a_file_says_when_it_was_made(cast):
    wanted = SettingFile.objects.create(organisation=cast.amara.organisation, asked_by=cast.amara.user)
    kept = keep_file(
        upload=made_here(name="x.txt", kind=FileKind.TEXT, content=b"x"),
        organisation_id=cast.amara.organisation.pk,
        by=cast.amara.acting,
    )
    with pytest.raises(IntegrityError, match="setting_file_says_when_it_was_made"), transaction.atomic():
        SettingFile.objects.filter(pk=wanted.pk).update(file=kept)
