"""Who holds what: written down, seen, running out, taken out; for the setting alone and for oneself."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import signed_in_client
from tests.qualifying import entry, list_imported
from trellis.accounts.acting import Themselves
from trellis.accounts.actions import delete_account
from trellis.core.models import AuditEvent
from trellis.core.personal import everything
from trellis.core.refusal import Refused
from trellis.organisations.actions.people import end_membership
from trellis.qualifications.actions.holdings import Held, add_holding, change_holding, end_holding
from trellis.qualifications.models import Holding, HoldingChange, ListedQualification

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
GAINED = {"achieved_on-day": "5", "achieved_on-month": "3", "achieved_on-year": "2016"}
SEEN = {"evidence": "original", "seen_on-day": "6", "seen_on-month": "11", "seen_on-year": "2020"}
SOMEBODY = "Ines Okoro"


@pytest.fixture
def award(catalogue):
    return entry("senco-level-3-award")


def hold(by, what, user=None, name="", **held):
    said = {"achieved_on": date(2016, 3, 5)} | held
    return add_holding(what=what, held=Held(**said), user=user, name=name, by=by.acting)


def main(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").select_one("main").get_text(" ").split())


def test_a_manager_writes_down_what_a_colleague_holds(browse, cast, award):
    browser = browse(cast.amara)
    found = browser.get(reverse("choose_held"), {"q": "award senco"})
    assert reverse("hold_of_catalogue", args=[award.pk]) in found.content.decode()
    said = {"person": str(cast.priya.user.pk), "name": "", **GAINED, **SEEN}
    browser.post(reverse("hold_of_catalogue", args=[award.pk]), said)
    holding = Holding.objects.get()
    assert (holding.user, holding.qualification, holding.level) == (cast.priya.user, award, 3)
    assert (holding.seen_by, holding.seen_on, holding.evidence) == (cast.amara.user, date(2020, 11, 6), "original")
    assert holding.organisation == cast.amara.organisation
    shown = main(browser.get(reverse("holdings")))
    assert "Priya Nair" in shown
    assert "The original certificate, seen by Amara Okafor on 6 November 2020" in shown
    assert AuditEvent.objects.get(verb="holding.added").chain == str(cast.amara.organisation.pk)


def test_somebody_without_an_account_is_a_name_and_then_nothing(browse, cast):
    list_imported()
    listed = ListedQualification.objects.get(ref="EYQ-902")
    browser = browse(cast.priya)
    assert "Level 2 Diploma for the Invented Practitioner" in main(
        browser.get(reverse("choose_held"), {"q": "invented 603/0001"})
    )
    browser.post(
        reverse("hold_of_list", args=[listed.pk]), {"person": "", "name": SOMEBODY, **GAINED, "evidence": "not-seen"}
    )
    holding = Holding.objects.get()
    assert (holding.user, holding.person, holding.listed, holding.level) == (None, SOMEBODY, listed, 2)
    assert "Not seen yet" in main(browser.get(reverse("holdings")))
    assert "The name goes for good" in main(browser.get(reverse("end_holding", args=[holding.pk])))
    browser.post(reverse("end_holding", args=[holding.pk]), {"version": holding.version})
    holding.refresh_from_db()
    assert (holding.person, holding.ended_by) == ("", cast.priya.user)
    assert SOMEBODY not in main(browser.get(reverse("holdings")))
    assert "This was taken out on" in main(browser.get(reverse("show_holding", args=[holding.pk])))
    told = [*AuditEvent.objects.values_list("change", flat=True), *HoldingChange.objects.values()]
    assert SOMEBODY not in str(told)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"person": "", "name": ""}, "Choose a person, or enter the name of somebody without an account"),
        ({"name": SOMEBODY}, "Choose a person or enter a name, not both"),
        ({"achieved_on-day": ""}, "Enter the day as well"),
        ({"achieved_on-year": "1949"}, "Enter a year from 1950"),
        ({"achieved_on-year": str(TODAY.year + 1)}, "It cannot have been gained in the future"),
        (
            {"evidence": "copy", "seen_on-day": "", "seen_on-month": "", "seen_on-year": ""},
            "Enter the day on which you saw it",
        ),
        ({"evidence": "copy", "seen_on-year": "2015"}, "The evidence cannot have been seen before it was gained"),
        (
            {"expires_on-day": "4", "expires_on-month": "3", "expires_on-year": "2016"},
            "It cannot run out before it was gained",
        ),
        ({"person": "somebody"}, "from what is listed"),
    ],
)
def test_what_cannot_be_is_sent_back_with_a_sentence(browse, cast, award, said, sentence):
    sent = {"person": str(cast.priya.user.pk), "name": "", **GAINED, **SEEN} | said
    answer = browse(cast.amara).post(reverse("hold_of_catalogue", args=[award.pk]), sent)
    assert sentence in main(answer)
    assert not Holding.objects.exists()


def test_the_same_is_not_written_down_twice(cast, award):
    hold(cast.amara, award, cast.priya.user)
    with pytest.raises(Refused, match="written down already"):
        hold(cast.amara, award, cast.priya.user)
    hold(cast.joanna, award, cast.priya.user)  # where they work besides


def test_each_change_is_kept_with_who_and_when(browse, cast, award):
    holding = hold(cast.amara, award, cast.leila.user)
    browser = browse(cast.priya)
    page = reverse("change_holding", args=[holding.pk])
    browser.post(page, {"version": 1, **GAINED, **SEEN})
    browser.post(page, {"version": 2, **GAINED, **SEEN})  # says nothing new
    said = main(browser.get(reverse("show_holding", args=[holding.pk])))
    assert said.index("seen by Priya Nair on 6 November 2020") < said.index("What was said of it")
    assert list(holding.changes.values_list("number", "by__name", "evidence")) == [
        (1, "Amara Okafor", ""),
        (2, "Priya Nair", "original"),
    ]
    # Somebody corrects the day; who saw the evidence stays who saw it.
    later = {**GAINED, "achieved_on-day": "6"}
    browse(cast.amara).post(page, {"version": 2, **later, **SEEN})
    holding.refresh_from_db()
    assert (holding.version, holding.seen_by) == (3, cast.priya.user)
    change = AuditEvent.objects.filter(verb="holding.changed").latest("at").change
    assert change == {"achieved_on": ["2016-03-05", "2016-03-06"]}


def test_of_two_who_change_it_at_once_the_second_is_told(browse, cast, award):
    holding = hold(cast.amara, award, cast.leila.user)
    page = reverse("change_holding", args=[holding.pk])
    browse(cast.priya).post(page, {"version": 1, **GAINED, **SEEN})
    said = browse(cast.amara).post(page, {"version": 1, **GAINED, "evidence": "not-seen"})
    assert "Somebody else has just changed this" in main(said)
    assert Holding.objects.get().evidence == "original"
    browse(cast.amara).post(reverse("end_holding", args=[holding.pk]), {"version": "x"})
    assert Holding.objects.get().ended_at is None
    end_holding(holding=holding, version=2, by=cast.amara.acting)
    with pytest.raises(Refused, match="taken out in the meantime"):
        change_holding(holding=holding, held=Held(date(2016, 3, 5)), version=3, by=cast.amara.acting)


def test_what_runs_out_is_said_and_found(browse, cast, award):
    days = {
        SOMEBODY: TODAY + timedelta(days=90),
        "Far Away": TODAY + timedelta(days=91),
        "Long Gone": TODAY - timedelta(days=1),
    }
    for name, day in days.items():
        hold(cast.amara, award, name=name, expires_on=day)
    hold(cast.amara, award, cast.priya.user)
    browser = browse(cast.amara)
    said = main(browser.get(reverse("holdings")))
    assert "2 have run out or do so within three months" in said
    assert said.count("Runs out soon") == 1
    assert said.count("Has run out") == 1
    found = main(browser.get(reverse("holdings"), {"show": "running-out"}))
    assert SOMEBODY in found
    assert "Long Gone" in found
    assert "Far Away" not in found
    assert "Nobody here fits that" in main(browser.get(reverse("holdings"), {"name": "Nobody"}))
    assert "Priya Nair" in main(browser.get(reverse("holdings"), {"name": "priya", "show": "not-seen"}))


def test_the_list_costs_the_same_however_many_there_are(browse, cast, award, django_assert_num_queries):
    browser = browse(cast.amara)
    hold(cast.amara, award, cast.priya.user, evidence="copy", seen_on=TODAY)
    browser.get(reverse("holdings"))
    with django_assert_num_queries(5):  # session, person, as whom they act; the rows; what runs out
        browser.get(reverse("holdings"))
    for number in range(20):
        hold(cast.amara, award, name=f"Person {number}", evidence="copy", seen_on=TODAY)
    with django_assert_num_queries(5):
        browser.get(reverse("holdings"))


def test_the_export_is_the_rows_of_the_page(browse, cast, award):
    hold(cast.amara, award, cast.priya.user, evidence="copy", seen_on=date(2020, 11, 6))
    hold(cast.amara, award, name=SOMEBODY)
    answer = browse(cast.amara).get(reverse("export_holdings", args=["csv"]), {"show": "not-seen"})
    rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Person", SOMEBODY]
    assert f"who-holds-what-bramble-lane-nursery-{TODAY}" in answer["Content-Disposition"]
    whole = browse(cast.amara).get(reverse("export_holdings", args=["csv"]))
    rows = list(csv.reader(StringIO(whole.getvalue().decode("utf-8-sig"))))
    assert rows[2] == [
        "Priya Nair",
        str(award),
        "3",
        "2016-03-05",
        "",
        "A copy of the certificate",
        "Amara Okafor",
        "2020-11-06",
    ]
    assert browse(cast.amara).get(reverse("export_holdings", args=["xlsx"])).getvalue().startswith(b"PK")
    assert browse(cast.amara).get(reverse("export_holdings", args=["pdf"])).status_code == 404


def test_nobody_else_sees_it(browse, cast, award):
    holding = hold(cast.amara, award, cast.leila.user)
    page = reverse("show_holding", args=[holding.pk])
    assert {name: browse(person).get(page).status_code for name, person in cast.everyone().items()} == {
        "amara": 200, "priya": 200, "tomasz": 403, "leila": 403, "hannah": 403, "megan": 404, "grace": 403,
        "daniel": 403, "ruth": 403, "sam": 403, "joanna": 404, "idris": 403, "mei": 404, "kofi": 404, "zofia": 403, "rafael": 404,
    }  # fmt: skip
    assert "Leila" not in main(browse(cast.joanna).get(reverse("holdings")))


def test_a_password_alone_writes_nothing_about_others(cast, award):
    browser = signed_in_client(Client(), cast.amara.user, second_step=False)
    answer = browser.get(reverse("hold_of_catalogue", args=[award.pk]))
    assert (answer.status_code, answer["Location"]) == (302, reverse("second_step"))


def test_where_nobody_looks_nobody_writes_it_down(browse, cast, award):
    assert browse(cast.daniel).get(reverse("hold_of_catalogue", args=[award.pk])).status_code == 404
    assert "Write something down" not in main(browse(cast.daniel).get(reverse("my_qualifications")))


def test_one_sees_ones_own_and_adds_to_it(browse, cast, award):
    hold(cast.joanna, award, cast.leila.user, expires_on=TODAY + timedelta(days=5))
    browser = browse(cast.leila)
    said = main(browser.get(reverse("my_qualifications")))
    assert "Tall Oaks Pre-school" in said
    assert "Runs out soon" in said
    form = main(browser.get(reverse("hold_of_catalogue", args=[award.pk])))
    assert "Who holds it" not in form
    assert "Have you seen evidence" not in form
    browser.post(reverse("hold_of_catalogue", args=[award.pk]), {**GAINED, **SEEN, "person": str(cast.priya.user.pk)})
    own = Holding.objects.get(organisation=cast.leila.organisation)
    assert (own.user, own.evidence) == (cast.leila.user, "")
    assert "Leila Haddad" in main(browse(cast.amara).get(reverse("holdings")))
    assert "Nothing is written down of you" in main(browse(cast.daniel).get(reverse("my_qualifications")))


def test_who_has_left_is_pointed_out_and_keeps_their_own(browse, cast, award):
    holding = hold(cast.amara, award, cast.leila.user)
    assert "Does not belong here any more" not in main(browse(cast.amara).get(reverse("holdings")))
    end_membership(membership=cast.leila.membership, by=cast.amara.acting)
    assert "Leila Haddad : Level 3 Award for SENCOs in early years settings Does not belong here any more" in main(
        browse(cast.amara).get(reverse("holdings"))
    )
    end_holding(holding=holding, version=1, by=cast.amara.acting)
    assert "Leila" not in main(browse(cast.amara).get(reverse("holdings")))
    said = main(browse(cast.leila).get(reverse("my_qualifications")))
    assert f"{award} Taken out there on" in said


def test_a_childminder_writes_down_their_own(browse, cast, award):
    browser = browse(cast.megan)
    browser.post(reverse("hold_of_catalogue", args=[award.pk]), {**GAINED, **SEEN})
    assert Holding.objects.get().user == cast.megan.user
    assert "What you hold Your qualifications and courses" in main(browser.get(reverse("holdings")))


def test_the_history_only_grows(cast, award):
    change = hold(cast.amara, award, cast.priya.user).changes.get()
    for write in (lambda: HoldingChange.objects.update(evidence=""), change.delete):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            write()


def test_a_person_is_told_and_a_deleted_account_leaves_nothing_live(cast, award):
    holding = hold(cast.amara, award, cast.leila.user)
    assert [row[2] for row in everything()["holdings"].rows(cast.leila.user)] == [str(award)]
    delete_account(by=Themselves(cast.leila.user))
    holding.refresh_from_db()
    assert (holding.ended_by, holding.person) == (cast.leila.user, "A former colleague")
    assert AuditEvent.objects.filter(verb="holding.ended", chain=str(cast.amara.organisation.pk)).exists()


HELD = [
    ("holding_is_of_one_person", {"person_name": "Somebody Else"}),
    ("holding_is_of_one_person", {"user": None}),
    ("holding_is_of_one_qualification", {"qualification": None}),
    ("holding_runs_out_after_it_was_gained", {"expires_on": date(2016, 3, 5)}),
    ("holding_evidence_says_who_saw_it_and_when", {"evidence": "original"}),
    ("holding_evidence_says_who_saw_it_and_when", {"seen_on": date(2020, 1, 1)}),
    ("holding_end_says_who_and_when", {"ended_at": timezone.now()}),
]


@pytest.mark.parametrize(("name", "said"), HELD)
def test_a_holding_cannot(cast, award, name, said):
    hold(cast.amara, award, cast.priya.user)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Holding.objects.update(**said)


def test_a_holding_and_a_version_are_there_once(cast, award):
    list_imported()
    listed = ListedQualification.objects.get(ref="EYQ-901")
    for what, name in ((award, "holding_once_of_the_catalogue"), (listed, "holding_once_of_the_list")):
        held = hold(cast.amara, what, cast.priya.user)
        change = held.changes.get()
        held.pk = None
        with pytest.raises(IntegrityError, match=f"{name}|holding.organisation"), transaction.atomic():
            held.save(force_insert=True)
        change.pk = None
        with (
            pytest.raises(IntegrityError, match=r"holding_change_once_for_each_version|holdingchange\.holding"),
            transaction.atomic(),
        ):
            change.save(force_insert=True)
