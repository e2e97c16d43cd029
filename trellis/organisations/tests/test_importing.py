"""Importing the register: what is added, changed, left, rejected and marked."""

from __future__ import annotations

from collections import Counter
from datetime import date
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from trellis.core.models import AuditEvent
from trellis.core.refusal import Refused
from trellis.organisations.models import (
    ImportedBatch,
    Organisation,
    Provider,
    ProviderWord,
    RegisterImport,
    SearchWord,
)
from trellis.organisations.register import NotARegister
from trellis.organisations.results import result_table
from trellis.organisations.tests.registers import (
    CHILDMINDER,
    NARROW,
    NURSERY,
    a_file,
    counts,
    imported,
    nurseries,
)

pytestmark = pytest.mark.django_db
BROKEN = NURSERY | {"Provider URN": "EY900009", "Registration date": "31/02/2020"}


def nursery(**changes: object) -> dict[str, object]:
    return NURSERY | {name.replace("_", " ").capitalize(): value for name, value in changes.items()}


def test_what_the_register_says_is_kept():
    assert counts(imported(a_file(NURSERY, CHILDMINDER))) == (2, 0, 0, 0)
    rosewood = Provider.objects.get(number="EY900001")
    assert (rosewood.name, rosewood.kind, rosewood.sector) == ("Rosewood Nursery", "full_day_care", "pvi")
    assert (rosewood.address, rosewood.town, rosewood.postcode) == ("21 Rose Road", "Leeds", "LS99 9ZA")
    assert (rosewood.authority_id, rosewood.region_id) == ("E08000035", "E12000003")
    assert (rosewood.registered_on, rosewood.places, rosewood.status) == (date(1983, 10, 24), 60, "Active")
    assert rosewood.early_years_register
    assert rosewood.voluntary_register


def test_somebody_whose_name_is_not_published_is_known_by_kind_and_number():
    imported(a_file(CHILDMINDER))
    minder = Provider.objects.get()
    assert (minder.name, minder.unnamed, str(minder)) == ("", True, "Childminder EY900002")
    assert (minder.address, minder.postcode, minder.place) == ("", "", "")


def test_the_same_file_again_changes_nothing():
    imported(a_file(NURSERY, CHILDMINDER))
    before = list(Provider.objects.order_by("number").values())
    assert counts(imported(a_file(CHILDMINDER, NURSERY))) == (0, 0, 2, 0)
    assert list(Provider.objects.order_by("number").values()) == before


def test_a_change_is_written_and_told_field_by_field():
    imported(a_file(NURSERY))
    key = Provider.objects.get().pk
    again = imported(a_file(nursery(provider_town="Otley", places=64)))
    assert counts(again) == (0, 1, 0, 0)
    assert (Provider.objects.get().pk, Provider.objects.get().town) == (key, "Otley")
    told = [row[:6] for row in result_table(again).rows if row[0] == "Changed"]
    assert told == [("Changed", 2, "EY900001", "Town", "Leeds", "Otley"), ("Changed", 2, "EY900001", "Places", 60, 64)]


def test_rejected_rows_are_listed_with_line_and_reason_and_the_others_go_in():
    result = imported(a_file(NURSERY, BROKEN, CHILDMINDER))
    assert counts(result) == (2, 0, 0, 1)
    rejected = result.rejected_lines.get()
    assert (rejected.line, rejected.provider_number, rejected.reason) == (
        3,
        "EY900009",
        "The date 31/02/2020 does not exist",
    )


def test_the_same_number_twice_in_a_file_goes_in_once():
    result = imported(a_file(NURSERY, nursery(provider_town="Otley")))
    assert counts(result) == (1, 0, 0, 1)
    assert result.rejected_lines.get().reason == "This provider number was already on line 2"


# What a narrower layout does not say


def test_a_narrower_layout_wipes_nothing():
    imported(a_file(NURSERY))
    before = Provider.objects.values().get()
    assert counts(imported(a_file(NURSERY, headings=NARROW))) == (0, 0, 1, 0)
    assert Provider.objects.values().get() == before


def test_a_blank_cell_wipes_nothing():
    imported(a_file(NURSERY))
    blanks = dict.fromkeys(NURSERY, "") | {"Provider URN": "EY900001", "Individual Register combinations": "ALL"}
    assert counts(imported(a_file(blanks))) == (0, 0, 1, 0)


def test_another_type_without_subtype_forgets_the_subtype():
    imported(a_file(NURSERY))
    imported(a_file(nursery(provider_type="Childcare on domestic premises", provider_subtype="")))
    provider = Provider.objects.get()
    assert (provider.kind, provider.provider_subtype) == ("childcare_on_domestic_premises", "")


def test_what_is_withheld_from_now_on_is_forgotten():
    imported(a_file(NURSERY))
    withheld = dict.fromkeys(["Provider name", "Provider address line 1", "Provider town", "Postcode"], "REDACTED")
    assert counts(imported(a_file(NURSERY | withheld))) == (0, 1, 0, 0)
    provider = Provider.objects.get()
    assert (provider.name, provider.name_key, provider.unnamed) == ("", "", True)
    assert (provider.address, provider.town, provider.postcode, provider.postcode_district) == ("", "", "", "")
    assert [each.word for each in provider.words.all()] == ["@E08000035"], "it is still found by its authority"


def test_an_authority_that_was_divided_leaves_the_code_open():
    imported(a_file(nursery(local_authority="Cumbria", region="North West")))
    provider = Provider.objects.get()
    assert (provider.authority_id, provider.authority_name, provider.region_id) == (None, "Cumbria", "E12000002")


# The whole register


@time_machine.travel("2027-03-05 12:00", tick=False)
def test_those_that_the_whole_register_leaves_out_are_marked_and_stay():
    imported(a_file(NURSERY, CHILDMINDER))
    result = imported(a_file(NURSERY), complete=True)
    assert (counts(result), result.no_longer_listed) == ((0, 0, 1, 0), 1)
    assert Provider.objects.get(number="EY900002").no_longer_listed_since == date(2027, 3, 5)
    assert [row[:6] for row in result_table(result).rows if row[0] == "No longer listed"] == [
        ("No longer listed", None, "EY900002", "No longer listed since", None, "2027-03-05")
    ]
    assert imported(a_file(NURSERY), complete=True).no_longer_listed == 0


def test_somebody_who_is_listed_again_is_no_longer_marked():
    imported(a_file(NURSERY, CHILDMINDER))
    imported(a_file(NURSERY), complete=True)
    assert counts(imported(a_file(CHILDMINDER))) == (0, 1, 0, 0)
    assert Provider.objects.get(number="EY900002").no_longer_listed_since is None


def test_without_being_told_that_it_is_whole_a_file_marks_nobody():
    imported(a_file(NURSERY, CHILDMINDER))
    assert imported(a_file(NURSERY)).no_longer_listed == 0
    assert Provider.objects.listed().count() == 2


def test_a_row_that_cannot_be_read_does_not_count_as_missing():
    imported(a_file(NURSERY | {"Provider URN": "EY900009"}, CHILDMINDER))
    assert imported(a_file(BROKEN, CHILDMINDER), complete=True).no_longer_listed == 0


def test_a_whole_register_without_a_provider_is_none():
    imported(a_file(NURSERY))
    with pytest.raises(NotARegister, match="no provider below them"):
        imported(a_file(), complete=True)
    assert Provider.objects.listed().count() == 1
    assert RegisterImport.objects.newest_first()[0].failure.startswith("This file has the headings")


def test_the_list_of_agencies_says_nothing_of_other_providers():
    agency = NURSERY | {"Provider URN": "CA900001", "Provider type": "Childminder agency", "Provider subtype": ""}
    other = agency | {"Provider URN": "CA900002"}
    imported(a_file(NURSERY, agency, other))
    assert imported(a_file(agency), complete=True).no_longer_listed == 1
    assert imported(a_file(NURSERY), complete=True).no_longer_listed == 0
    gone = Provider.objects.exclude(no_longer_listed_since=None)
    assert [each.number for each in gone] == ["CA900002"]


# By which words it is found


def words_counted() -> dict[str, int]:
    """How many providers each word says that it has; and that this is true, and each word stands there backwards."""
    said = {word: providers for word, providers in SearchWord.objects.values_list("word", "providers") if providers}
    assert said == Counter(ProviderWord.objects.values_list("word", flat=True))
    assert all(each.backwards == each.word[::-1] for each in SearchWord.objects.all())
    return said


def test_each_word_says_how_many_providers_have_it():
    other = NURSERY | {"Provider URN": "EY900003", "Provider name": "Rosewood House"}
    imported(a_file(NURSERY, other, CHILDMINDER))
    first = words_counted()
    assert (first["rosewood"], first["nursery"], first["leeds"], first["@E08000035"]) == (2, 1, 2, 2)
    imported(a_file(NURSERY, other, CHILDMINDER))
    assert words_counted() == first
    imported(a_file(NURSERY, CHILDMINDER), complete=True)
    assert words_counted() == first
    imported(a_file(other | {"Provider name": "Hazel House", "Local authority": "Rutland"}, CHILDMINDER))
    assert words_counted() == first | {"rosewood": 1, "hazel": 1, "@E08000035": 1, "@E06000017": 1}
    imported(a_file(NURSERY | {"Provider name": "REDACTED", "Provider town": "REDACTED"}))
    assert "rosewood" not in words_counted()
    imported(a_file(NURSERY, BROKEN, other), all_or_nothing=True)
    imported(a_file(NURSERY, other), dry_run=True)
    assert "rosewood" not in words_counted()
    imported(a_file(*nurseries(1100, first=50), other))
    assert words_counted()["nursery"] == 1100


def test_words_of_a_register_imported_before_they_were_counted_are_counted_then():
    imported(a_file(NURSERY, *nurseries(30), CHILDMINDER))
    before = words_counted()
    SearchWord.objects.filter(word__startswith="@").delete()
    SearchWord.objects.update(providers=0, backwards="")
    SearchWord.objects.create(word="unused")
    import_module("trellis.organisations.migrations.0008_words_are_counted").count_what_is_there(apps, None)
    assert words_counted() == before


# Trying it out, and all or nothing


def test_a_dry_run_says_everything_and_changes_nothing():
    imported(a_file(NURSERY, CHILDMINDER))
    before = list(Provider.objects.order_by("number").values())
    words = ProviderWord.objects.count(), SearchWord.objects.count()
    new = NURSERY | {"Provider URN": "EY900003"}
    result = imported(a_file(nursery(places=7), BROKEN, new), dry_run=True, complete=True)
    assert (counts(result), result.no_longer_listed, result.applied) == ((1, 1, 0, 1), 1, False)
    assert list(Provider.objects.order_by("number").values()) == before
    assert (ProviderWord.objects.count(), SearchWord.objects.count()) == words
    assert {row[0] for row in result_table(result).rows} == {
        "Count",
        "Rejected",
        "Added",
        "Changed",
        "No longer listed",
    }


def test_all_or_nothing_is_nothing_when_a_row_is_rejected():
    result = imported(a_file(NURSERY, BROKEN), all_or_nothing=True)
    assert (counts(result), result.applied) == ((1, 0, 0, 1), False)
    assert not Provider.objects.exists()


def test_all_or_nothing_is_all_when_no_row_is_rejected():
    result = imported(a_file(NURSERY, CHILDMINDER), all_or_nothing=True)
    assert (result.applied, Provider.objects.count()) == (True, 2)


@pytest.mark.parametrize("content", [b"", b"name,age\nZofia,3\n", b"PK\x03\x04whatever", b"\x00\x01"])
def test_what_is_not_a_register_changes_nothing_and_says_so(content):
    with pytest.raises(NotARegister):
        imported(content)
    wanted = RegisterImport.objects.get()
    assert wanted.failure
    assert wanted.finished_at
    assert not wanted.applied


# Who is told, and what is recorded


def test_an_import_is_one_event_with_its_counts():
    imported(a_file(*nurseries(5), BROKEN))
    imported(a_file(NURSERY), dry_run=True)
    events = AuditEvent.objects.exclude(verb="reference.loaded").order_by("number")
    assert [event.verb for event in events] == ["register.imported", "register.tried"]
    assert events[0].change == {
        "file": "register.csv", "added": 5, "changed": 0, "unchanged": 0, "rejected": 1, "no_longer_listed": 0,
    }  # fmt: skip


def test_a_setting_that_uses_trellis_reads_that_its_row_changed():
    imported(a_file(NURSERY, CHILDMINDER))
    provider = Provider.objects.get(number="EY900001")
    setting = Organisation.objects.create(
        name="Rosewood", kind="setting", setting_kind="full_day_care", provider=provider
    )
    imported(a_file(nursery(places=64), CHILDMINDER | {"Places": 5}))
    event = AuditEvent.objects.get(chain=str(setting.pk))
    assert (event.verb, event.change) == ("setting.register_changed", {"places": [60, 64]})
    imported(a_file(CHILDMINDER), complete=True)
    assert AuditEvent.objects.of_chain(str(setting.pk)).last().change["no_longer_listed_since"][0] is None


def test_one_import_at_a_time(cast):
    from trellis.core.jobs import start

    job = start(job="register.import", by=cast.sam.acting, arguments={})
    RegisterImport.objects.create(file_name="other.csv", asked_by_name="Sam Ellery", job=job)
    with pytest.raises(Refused, match="under way"):
        imported(a_file(NURSERY))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"number": ""}, "provider_has_a_number"),
        ({"kind": "castle"}, "provider_kind_is_known"),
        ({"sector": "royal"}, "provider_sector_is_known"),
        ({"name": ""}, "provider_without_a_name_says_so"),
        ({"unnamed": True}, "provider_without_a_name_says_so"),
    ],
)
def test_the_database_refuses_such_a_provider(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Provider.objects.create(**{"number": "EY1", "name": "Rosewood"} | fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"failure": "Not one"}, "register_import_failed_is_finished_and_changed_nothing"),
        (
            {"failure": "Not one", "finished_at": timezone.now(), "applied": True},
            "register_import_failed_is_finished_and_changed_nothing",
        ),
        ({"dry_run": True, "applied": True}, "register_import_dry_run_changes_nothing"),
        ({"no_longer_listed": 1}, "register_import_only_a_whole_register_misses_somebody"),
    ],
)
def test_the_database_refuses_such_an_import(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RegisterImport.objects.create(**{"file_name": "register.csv", "asked_by_name": "Sam"} | fields)


def test_no_word_is_of_fewer_providers_than_none():
    with pytest.raises(IntegrityError, match="search_word_of_no_provider_or_more"), transaction.atomic():
        SearchWord.objects.create(word="rosewood", backwards="doowesor", providers=-1)


def test_the_same_results_are_not_kept_twice():
    wanted = imported(a_file(NURSERY))
    with (
        pytest.raises(IntegrityError, match=r"imported_batch_once|organisations_importedbatch\.position"),
        transaction.atomic(),
    ):
        ImportedBatch.objects.create(register_import=wanted, position=0)
    with (
        pytest.raises(IntegrityError, match=r"provider_word_once|organisations_providerword\.word"),
        transaction.atomic(),
    ):
        ProviderWord.objects.create(word="rosewood", provider_id="EY900001")
