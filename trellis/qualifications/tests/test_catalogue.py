"""The catalogue: found by every filter, each entry with what it leads to and where its facts come from; for everybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from tests.qualifying import BY, entry, load_catalogue
from trellis.core.models import AuditEvent
from trellis.organisations.models import Region
from trellis.qualifications.actions.catalogue import load_catalogue as load
from trellis.qualifications.catalogue import Certainty, NotReadable, read_catalogue, read_criteria
from trellis.qualifications.management.commands.load_qualifications import SHIPPED
from trellis.qualifications.models import CriteriaSet, Criterion, Qualification
from trellis.qualifications.views.catalogue import ENTRIES

pytestmark = pytest.mark.django_db
CATALOGUE = SHIPPED / "catalogue.yaml"


def titles(client, page=1, **asked):
    """What is listed, on all pages."""
    shown = BeautifulSoup(client.get(reverse("qualifications"), asked | {"page": page}).content, "html.parser")
    found = [each.get_text(strip=True) for each in shown.select("#entries tbody th > a")]
    assert len(found) <= ENTRIES
    return found + (titles(client, page + 1, **asked) if shown.select("a[rel=next]") else [])


def words(client, page, *args, **asked):
    answer = client.get(reverse(page, args=args), asked)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").select_one("main").get_text(" ").split())


def changed(tmp_path, old, new):
    """The catalogue that comes with Trellis, with one thing said otherwise."""
    text = CATALOGUE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "catalogue.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_it_holds_what_the_sector_asks_for(catalogue):
    kept = {each.key: each for each in Qualification.objects.all()}
    award = kept["senco-level-3-award"]
    assert (award.kind, award.level, award.guided_hours, award.in_ratios, award.mandatory) == (
        "award",
        3,
        34,
        False,
        False,
    )
    assert kept["send-unit-level-2"].kind == "unit"
    assert kept["early-years-practitioner-level-2"].edition_from == date(2019, 9, 1)
    assert {3, 4} <= {each.level for each in kept.values()}
    assert kept["send-leadership-level-4-unit"].kind == "unit"
    assert {"course", "workshop"} <= {each.kind for each in kept.values()}
    assert {each.audience for row in kept.values() for each in row.audiences.all()} >= {"trainer", "parent", "senco"}


def test_anybody_reads_it(client, catalogue):
    assert "Level 3 Award for SENCOs in early years settings" in titles(client)
    assert titles(client)[0].startswith("Level 2 ")


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ({"level": "2"}, "Level 2 SEND unit", "Level 3 Award"),
        ({"level": "none"}, "Webcasts", "Level 2 SEND unit"),
        ({"hours": "up-to-40"}, "Level 3 Award", "Webcasts"),
        ({"hours": "not-known"}, "Webcasts", "Level 3 Award"),
        ({"format": "own-time"}, "Webcasts", "Level 3 Award"),
        ({"cost": "free"}, "Webcasts", "Trainers’ course"),
        ({"cost": "more"}, "Trainers’ course", "Webcasts"),
        ({"cost": "not-known"}, "Level 3 Award", "Webcasts"),
        ({"funding": "government"}, "training programme", "Webcasts"),
        ({"for_whom": "parent"}, "workshop for parents", "Level 3 Award"),
        ({"for_whom": "trainer"}, "Trainers’ course", "Webcasts"),
        ({"level": "3", "for_whom": "manager"}, "Level 3 Award", "Level 3 Certificate"),
    ],
)
def test_each_filter_narrows(client, catalogue, asked, there, not_there):
    found = titles(client, **asked)
    assert any(there in title for title in found), found
    assert not any(not_there in title for title in found), found


def test_a_page_holds_what_a_phone_can_show_and_the_next_the_rest(client, catalogue):
    assert len(titles(client)) == Qualification.objects.count() > ENTRIES


def test_where_and_next_start_narrow(client, catalogue):
    north, south = (
        Region.objects.create(code=f"E1200009{number}", name=name) for number, name in enumerate(("North", "South"))
    )
    Qualification.objects.filter(key="send-webcasts").update(region=north)
    assert any("Webcasts" in title for title in titles(client, region=north.pk))
    assert not any("Webcasts" in title for title in titles(client, region=south.pk))
    assert any("Level 3 Award" in title for title in titles(client, region=south.pk))
    assert titles(client, starts="month") == []
    soon = timezone.localdate() + timedelta(days=40)
    award = Qualification.objects.filter(key="senco-level-3-award")
    award.update(next_cohort_on=soon)
    assert titles(client, starts="month") == []
    assert titles(client, starts="term") == ["Level 3 Award for SENCOs in early years settings"]
    award.update(next_cohort_on=timezone.localdate() - timedelta(days=1))
    assert titles(client, starts="year") == []


def test_a_next_start_stays_when_the_file_is_loaded_again(catalogue, tmp_path):
    day = date(2027, 1, 11)
    Qualification.objects.filter(key="senco-level-3-award").update(next_cohort_on=day)
    call_command("load_qualifications", catalogue=changed(tmp_path, "guided_hours: 34", "guided_hours: 35"))
    award = entry("senco-level-3-award")
    assert (award.guided_hours, award.begins) == (35, day)


def test_nothing_fits_says_what_to_do(client, catalogue):
    assert "Nothing fits all of that" in words(client, "qualifications", level="8")
    assert "load_qualifications" not in words(client, "qualifications", level="8")


def test_an_empty_catalogue_says_who_fills_it(client, db):
    assert "The catalogue is empty" in words(client, "qualifications")


def test_the_list_costs_the_same_however_long_it_is(client, catalogue, django_assert_num_queries):
    client.get(reverse("qualifications"))
    with django_assert_num_queries(4):  # regions, entries, what they lead to, for whom
        client.get(reverse("qualifications"))
    Qualification.objects.exclude(level=3).update(withdrawn=True)
    with django_assert_num_queries(4):
        client.get(reverse("qualifications"))


def test_an_entry_says_everything_and_how_sure_it_is(client, catalogue):
    said = words(client, "show_qualification", "senco-level-3-award")
    for sentence in (
        "34 guided hours",
        "NCFE CACHE",
        "No. It is not in the list of qualifications that count in the staff:child ratios",
        "No. Nobody must hold it",
        "Qualification number Not known",
        "from 1 March 2018",
        "Level 4 unit in leading SEND in the early years",
        "Trainers’ course for the SENCO award",
        "Level 3 early years educator",
        "Read in a public copy",
        "Told by others; the source itself was not seen",
        "Somebody last went through this on 27 November 2026",
    ):
        assert sentence in said
    assert "We made this up" in words(client, "show_qualification", "trainers-course-senco-award")
    assert "£420" in words(client, "show_qualification", "trainers-course-senco-award")
    assert "30 guided hours of 130 in all" in words(client, "show_qualification", "senco-level-3-certificate")


def test_every_entry_has_its_page(client, catalogue):
    for each in Qualification.objects.all():
        assert each.title in words(client, "show_qualification", each.key)
    assert client.get(reverse("show_qualification", args=["no-such-thing"])).status_code == 404


def test_an_edition_that_ended_leaves_the_catalogue_and_keeps_its_page(client, catalogue, tmp_path):
    later = changed(
        tmp_path,
        "  - key: send-webcasts\n    edition: As told in 2026",
        "  - key: send-webcasts\n    edition: Of 2020\n    edition_to: 2020-07-31",
    )
    call_command("load_qualifications", catalogue=later)
    assert not any("Webcasts" in title for title in titles(client))
    assert "not in the catalogue any more" in words(
        client, "show_qualification", "send-webcasts", edition="As told in 2026"
    )
    assert "This edition ended on 31 July 2020" in words(
        client, "show_qualification", "send-webcasts", edition="Of 2020"
    )
    assert "Other editions" in words(client, "show_qualification", "send-webcasts")


def test_loading_it_again_changes_nothing(catalogue, capsys):
    events = AuditEvent.objects.count()
    call_command("load_qualifications")
    said = capsys.readouterr().out
    assert "added 0, changed 0, unchanged 17, withdrawn 0" in said
    assert "the public criteria in our words" in said
    assert said.strip().endswith("unchanged")
    assert AuditEvent.objects.count() == events


def test_what_the_file_leaves_out_is_withdrawn_and_comes_back(client, catalogue, tmp_path):
    text = CATALOGUE.read_text(encoding="utf-8")
    only = tmp_path / "only.yaml"
    start = text.index("  - key: parents-online-evening")
    only.write_text(text[: text.index("entries:\n") + 9] + text[start:], encoding="utf-8")
    call_command("load_qualifications", catalogue=only)
    assert len(titles(client)) == 1
    load_catalogue()
    assert len(titles(client)) == 17


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("kind: certificate", "kind: award", "An award takes up to 120 hours in all; with 130 it is a certificate"),
        (
            "    total_hours: 130",
            "    total_hours: 25",
            "A certificate takes 121 to 369 hours in all; with 25 it is an award",
        ),
        (
            "about: [title, guided_hours, mandatory, kind, level]",
            "about: [title, mandatory, kind, level]",
            "no source says where this comes from: guided_hours",
        ),
        ("leads_to: [assessing-the-award]", "leads_to: [nowhere]", "leads to what is not there: nowhere"),
        ("certainty: seen", "certainty: certain", "entries › 1 (senco-level-3-award) › sources › 1 › certainty"),
        ("    mandatory: false", "    mandatory: false\n    mandatory: true", "line 29: mandatory is written twice"),
        ("  - key: send-webcasts", "  - key: send-online-nine-hours\n    colour: red", "colour"),
        ("certainty: example", "certainty: seen", "an example has no other source than us"),
        ("checked_on: 2026-11-27", "checked_on: [", "line"),
    ],
)
def test_a_mistake_in_the_file_is_said_in_a_sentence(db, tmp_path, old, new, sentence):
    with pytest.raises(CommandError) as refused:
        call_command("load_qualifications", catalogue=changed(tmp_path, old, new))
    assert sentence in str(refused.value)
    assert not Qualification.objects.exists()


def test_a_region_that_is_not_there_is_refused(db, tmp_path):
    file = changed(tmp_path, "    format: blended", "    format: blended\n    region: Atlantis")
    with pytest.raises(CommandError, match="There is no region called Atlantis"):
        call_command("load_qualifications", catalogue=file)
    Region.objects.create(code="E12000098", name="Atlantis")
    load(catalogue=read_catalogue(file), complete=True, by=BY)
    assert Qualification.objects.get(key="senco-level-3-award").region.name == "Atlantis"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NotReadable, match=r"nowhere\.yaml: the file cannot be read"):
        read_catalogue(tmp_path / "nowhere.yaml")


def test_the_public_criteria_have_six_heads_and_say_how_sure_each_is(client, catalogue):
    award = CriteriaSet.objects.get(key="senco-level-3")
    assert [unit.code for unit in award.units.order_by("position")] == ["1", "2", "3", "4", "5", "6"]
    codes = [each.code for each in Criterion.objects.of_set(award)]
    assert sorted(codes) == [f"1{letter}" for letter in "abcdefghijklm"]
    assert all(each.source and each.certainty for each in Criterion.objects.of_set(award))
    said = words(client, "criteria_set", award.pk)
    assert "Name the four areas of need" in said
    assert "No criterion of this head could be read in a public copy" in said
    assert "the public criteria in our words" in words(client, "show_qualification", "senco-level-3-award")


def test_a_criterion_that_a_new_text_leaves_out_stays(catalogue, tmp_path):
    file = tmp_path / "criteria.yaml"
    text = (SHIPPED / "senco-level-3-criteria.yaml").read_text(encoding="utf-8")
    file.write_text(
        text.replace("code: 1m", "code: 1n").replace("Say what special educational needs are.", "Say it."),
        encoding="utf-8",
    )
    call_command("load_qualifications", criteria=[file])
    codes = {each.code: each.text for each in Criterion.objects.all()}
    assert {"1m", "1n"} <= set(codes)
    assert codes["1a"] == "Say it."


def test_criteria_with_a_code_twice_are_refused(tmp_path):
    file = tmp_path / "criteria.yaml"
    text = (SHIPPED / "senco-level-3-criteria.yaml").read_text(encoding="utf-8")
    file.write_text(text.replace("code: 1b", "code: 1a"), encoding="utf-8")
    with pytest.raises(NotReadable, match="criterion 1a is there more than once"):
        read_criteria(file)


def test_each_certainty_has_words():
    assert all(each.words for each in Certainty)
