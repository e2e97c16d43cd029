"""Qualifications for tests: the catalogue and the criteria that come with Trellis, and a small list."""

from __future__ import annotations

from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.applying import mei
from tests.cast import Person
from trellis.core.audit import System
from trellis.core.files import FileKind, made_here
from trellis.qualifications.actions.courses import add_course
from trellis.qualifications.actions.criteria_import import read_file, take_file
from trellis.qualifications.actions.crosswalk import link_criteria
from trellis.qualifications.actions.holdings import Held, add_holding
from trellis.qualifications.actions.listing import Imported, import_list
from trellis.qualifications.catalogue import Certainty, EntryFacts, Source
from trellis.qualifications.models import (
    CriteriaImport,
    CriteriaSet,
    Criterion,
    CrosswalkLink,
    Holding,
    ListedQualification,
    Qualification,
)
from trellis.qualifications.rules.courses import NOT_IN_RATIOS, NOT_MANDATORY, OURS

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


CRITERIA = """Unit code,Unit title,Outcome code,Outcome title,Criterion code,Criterion
1,The role,1,Know the role,1.1,Say what a SENCO does
,,,,1.2,Say whom a SENCO works with
,,2,Know the law,2.1,Set out a duty
2,Support,1,Plan support,1.1,Write a plan
"""


def criteria_read(person: Person) -> CriteriaImport:
    """A file with criteria that a person has read and not taken."""
    upload = made_here(name="ours.csv", kind=FileKind.CSV, content=CRITERIA.encode())
    said = {"title": "Level 3 Award, our copy", "edition": "Version 2", "publisher": "Invented Awards"}
    return read_file(upload=upload, **said, qualification_key="", all_or_nothing=False, by=person.acting)


def criteria_of(person: Person) -> CriteriaSet:
    """A set that a person has loaded for their organisation."""
    return take_file(wanted=criteria_read(person), by=person.acting)[0]


def holding_of(person: Person) -> Holding:
    """A qualification that somebody in a person’s setting holds, written down by that person."""
    held = Held(date(2016, 3, 5))
    return add_holding(what=entry("senco-level-3-award"), held=held, name="Ines Okoro", by=person.acting)


def linked_by(person: Person) -> CrosswalkLink:
    """Two criteria that a person has linked."""
    sets = (criteria_of(person), shipped_criteria())
    one, other = (Criterion.objects.of_set(each).first() for each in sets)
    assert one
    assert other
    return link_criteria(one=one, other=other, by=person.acting)


def listed_one() -> ListedQualification:
    """A row of the list of early years qualifications."""
    list_imported()
    return ListedQualification.objects.get(ref="EYQ-901")


@pytest.fixture
def catalogue(db: Any) -> None:
    load_catalogue()


def course_of(person: Person, **said: Any) -> Qualification:
    """A course of a person’s centre in the catalogue; of Mei’s when they belong to none."""
    acting = person.acting if person.organisation.kind == "centre" else mei().acting
    there = Qualification.objects.filter(owner=acting.organisation_id).first()
    return there or add_course(facts=facts_of_a_course(**said), next_start=None, by=acting)


def facts_of_a_course(**said: Any) -> EntryFacts:
    """What a centre says of a course."""
    ours = {"mandatory": False, "mandatory_why": NOT_MANDATORY, "in_ratios": False, "in_ratios_why": NOT_IN_RATIOS}
    sources = (Source(about=("title", "cost", *OURS), source="The centre", certainty=Certainty.STATED),)
    plain = {
        "title": "A day about Makaton", "summary": "Signs for every day.", "kind": "course", "entry": "Anybody",
        "for_whom": ["practitioner"], "format": "face-to-face", "funding": "setting", "cost": 60,
    }  # fmt: skip
    return EntryFacts.model_validate(plain | ours | {"sources": sources} | said)
