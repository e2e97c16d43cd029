"""Qualifications for tests: the catalogue and the criteria that come with Trellis, and a small list."""

from __future__ import annotations

from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command

from trellis.core.audit import System
from trellis.qualifications.actions.listing import Imported, import_list
from trellis.qualifications.models import CriteriaSet, Qualification

BY = System("tests")
HEADINGS = (
    "Qualification Ref,Qualification Level,From which date,To which date,Qualification Name,"
    "Awarding Organisation Title,Qualification Number,Notes/Additional Requirements,"
    "AdditionalRequirementQuestions,RatioRequirements"
)
LIST = f"""{HEADINGS}
EYQ-901,3,null,Aug-14,Diploma in Invented Childcare,Various Awarding Organisations,,None,,abc:def
EYQ-902,2,Sep-19,,Level 2 Diploma for the Invented Practitioner,Bramble Awards,603/0001/2,"Counts where practice was assessed.
Ask for the transcript.",q1,abc
EYQ-903,6,Sep-14,Aug-24,BA in Invented Early Years,University of Fenwick,Not required,None.,,abc
"""


def load_catalogue() -> None:
    """The catalogue and criteria that come with Trellis."""
    call_command("load_qualifications", stdout=StringIO())


def entry(key: str) -> Qualification:
    """An entry of the catalogue, which is loaded if it is not there."""
    if not Qualification.objects.exists():
        load_catalogue()
    return Qualification.objects.filter(key=key).latest("checked_on")


def shipped_criteria() -> CriteriaSet:
    """The set of criteria that comes with Trellis."""
    entry("senco-level-3-award")
    return CriteriaSet.objects.get(key="senco-level-3", owner=None)


def list_imported(text: str | bytes = LIST, *, dry_run: bool = False) -> Imported:
    """A list of early years qualifications, imported."""
    content = text if isinstance(text, bytes) else text.encode()
    return import_list(file=BytesIO(content), file_name="list.csv", dry_run=dry_run, by=BY)


@pytest.fixture
def catalogue(db: Any) -> None:
    load_catalogue()
