"""The register as really published, where TRELLIS_PUBLIC_DATA names a folder with it; else our own small files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trellis.organisations.models import Provider
from trellis.organisations.searching import find_providers
from trellis.organisations.tests.registers import counts, imported

pytestmark = pytest.mark.django_db
OURS = Path(__file__).parent / "fixtures"
PUBLIC = Path(os.environ.get("TRELLIS_PUBLIC_DATA", "nowhere")) / "ofsted"
WHOLE = {"providers-2021-08-31-part-01.csv": 4999, "providers-2021-08-31-part-09.csv": 5000}
FILES = sorted(PUBLIC.glob("*.csv")) or sorted(OURS.glob("*.csv"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_file_goes_in_and_changes_nothing_the_second_time(file):
    first = imported(file.read_bytes(), complete=True)
    assert Provider.objects.count() == first.added > 0
    if file.name in WHOLE:
        assert counts(first) == (WHOLE[file.name], 0, 0, 0)
    again = imported(file.read_bytes(), complete=True)
    assert counts(again) == (0, 0, first.added, first.rejected)
    assert again.no_longer_listed == 0


def test_one_part_after_another_adds_up():
    results = [imported(file.read_bytes()) for file in FILES]
    assert Provider.objects.count() == sum(result.added for result in results)


def test_an_update_changes_what_it_says():
    """The two samples differ in the registers of two providers; ours, in the layout alone."""
    samples = [PUBLIC / "providers-sample.csv", PUBLIC / "providers-sample-with-updates.csv"]
    if not samples[0].exists():
        samples = [OURS / "register-48-columns.csv", OURS / "register-48-columns.csv"]
    before, after = (imported(sample.read_bytes()) for sample in samples)
    assert after.added == 0
    assert after.changed == (2 if samples[0] != samples[1] else 0)
    assert after.changed + after.unchanged == before.added


def test_whoever_is_in_it_is_found_again():
    imported(FILES[-1].read_bytes())
    named = list(Provider.objects.exclude(name="").by_name()[:20])
    assert named
    for provider in named:
        page = find_providers(f"{provider.name} {provider.postcode}", Provider.objects.all(), {}).page
        assert provider in page.rows, provider.name
