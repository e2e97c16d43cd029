"""Who holds what in the invented settings, when courses begin next, and a council’s own copy of criteria."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from trellis.accounts.roles import Role
from trellis.core.audit import System
from trellis.core.files import FileKind, made_here
from trellis.demonstration.clock import figure, one_of, when_open
from trellis.organisations.models import Membership
from trellis.qualifications.actions.catalogue import load_catalogue
from trellis.qualifications.actions.courses import add_course
from trellis.qualifications.actions.criteria import load_criteria
from trellis.qualifications.actions.criteria_import import read_file, take_file
from trellis.qualifications.actions.crosswalk import link_criteria
from trellis.qualifications.actions.holdings import Held, add_holding, change_holding, end_holding
from trellis.qualifications.actions.listing import import_list
from trellis.qualifications.catalogue import Certainty, EntryFacts, Source, read_catalogue, read_criteria
from trellis.qualifications.management.commands.load_qualifications import SHIPPED
from trellis.qualifications.models import Criterion, ListedQualification, Qualification
from trellis.qualifications.rules.courses import NOT_IN_RATIOS, NOT_MANDATORY, OURS
from trellis.training.actions.next_starts import follow_next_start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trellis.accounts.acting import Acting
    from trellis.demonstration.clock import Clock
    from trellis.organisations.models import Organisation

BY = System("The demonstration")
LIST = """Qualification Ref,Qualification Level,From which date,To which date,Qualification Name,Awarding Organisation Title,Qualification Number,Notes/Additional Requirements
DEMO-001,2,null,Aug-14,Certificate in Invented Playgroup Practice,Various Awarding Organisations,,None
DEMO-002,2,Sep-19,,Level 2 Diploma for the Invented Early Years Practitioner,Marches Awards,603/0001/2,None
DEMO-003,3,null,Aug-14,Diploma in Invented Nursery Nursing,Various Awarding Organisations,,None
DEMO-004,3,Sep-14,,Level 3 Diploma for the Invented Early Years Educator,Marches Awards,601/0002/4,The certificate needs to say that practice was assessed.
DEMO-005,5,Sep-14,,Foundation Degree in Invented Early Childhood,University of the Marches,Not required,None
DEMO-006,6,Sep-14,,BA in Invented Early Years with Practice,University of the Marches,Not required,Counts at level 6 if practice was assessed in a setting in England.
"""
CRITERIA = """Unit code,Unit title,Outcome code,Outcome title,Criterion code,Criterion
U1,The SENCO in an invented setting,1,Know what the role is,1.1,Say what a SENCO does and what they leave to the key person
,,,,1.2,Say how the role is given time in a setting
,,2,Know how needs are noticed,2.1,Describe two ways in which a need is noticed in everyday play
U2,Support that is planned together,1,Plan with parents,1.1,Write a plan of support with a parent
,,,,1.2,Review it and say what changed
"""
WITHOUT_ACCOUNT = ("Ines Okoro", "Dafydd Pugh", "Marta Zielinska", "Shanice Bell")
COURSES = (
    ("A morning about signing at snack time", "Signs for every day, tried out with each other.", ["practitioner"], 9),
    ("An evening for parents about first words", "What helps children to talk, and whom to ask.", ["parent"], 24),
)
"""A centre’s own courses: what they are called, what they are, for whom, and in how many days they begin next."""


def say_who_holds_what(
    settings: Sequence[tuple[Organisation, Sequence[Acting]]], council: Organisation, clock: Clock, noon: datetime
) -> None:
    """The catalogue, and what the people of the first settings hold; the newest things happened in the last weeks."""
    clock.at = when_open(noon - timedelta(days=60))
    load_catalogue(catalogue=read_catalogue(SHIPPED / "catalogue.yaml"), complete=True, by=BY)
    public, _ = load_criteria(text=read_criteria(SHIPPED / "senco-level-3-criteria.yaml"), owner_id=None, by=BY)
    import_list(file=BytesIO(LIST.encode()), file_name="invented-list.csv", dry_run=False, by=BY)
    entries = {each.key: each for each in Qualification.objects.all()}
    _own_courses(noon)
    for number, (_setting, people) in enumerate(settings):
        clock.at = when_open(noon - timedelta(days=50 - 2 * number))
        _of_setting(people, entries, noon, number)
    lead = Membership.objects.select_related("user", "organisation").get(organisation=council, role=Role.AUTHORITY_LEAD)
    _own_criteria(lead.acting(), list(Criterion.objects.of_set(public)), clock, noon)


def _own_courses(noon: datetime) -> None:
    """What a centre offers beside the award, which begins with its cohorts."""
    centre = Membership.objects.select_related("user", "organisation").filter(role=Role.PROGRAMME_LEAD)
    by = centre.get(organisation__name="Marches Early Years Training").acting()
    ours = {"mandatory": False, "mandatory_why": NOT_MANDATORY, "in_ratios": False, "in_ratios_why": NOT_IN_RATIOS}
    sources = (
        Source(about=("title", "cost"), source=by.organisation_name, certainty=Certainty.STATED),
        Source(about=OURS, source="What holds for every course", certainty=Certainty.INFERRED),
    )
    for title, summary, for_whom, days in COURSES:
        said = {"title": title, "summary": summary, "for_whom": for_whom, "kind": "course", "entry": "Anybody"}
        how = {"format": "face-to-face", "funding": "free", "cost": 0, "sources": sources}
        facts = EntryFacts.model_validate(said | how | ours)
        add_course(facts=facts, next_start=(noon + timedelta(days=days)).date(), by=by)
    follow_next_start("senco-level-3-award")


def _of_setting(people: Sequence[Acting], entries: dict[str, Qualification], noon: datetime, number: int) -> None:
    """Its lead writes down the levels of everybody, the SENCO’s award, what runs out and somebody without an account."""
    lead = people[0]
    listed = list(ListedQualification.objects.order_by("ref"))
    for person in people:
        if person.role == Role.PEER_REVIEWER:
            continue
        wanted = listed[2:] if person.role in (Role.MANAGER, Role.CHILDMINDER, Role.SENCO) else listed[:4]
        what = one_of(wanted, person.user.name)
        held = Held(gained(what))
        if figure(person.user.name, "seen") < 70:
            held = Held(gained(what), evidence="original", seen_on=lead_day(noon, 55))
        add_holding(what=what, held=held, user=person.user, by=lead)
        if person.role in (Role.SENCO, Role.CHILDMINDER) and figure(person.user.name) < 60:
            add_holding(
                what=entries["senco-level-3-award"],
                held=Held(lead_day(noon, 400), evidence="copy", seen_on=lead_day(noon, 55)),
                user=person.user,
                by=lead,
            )
    day_of_course = entries["whole-setting-send-day"]
    course = Held(lead_day(noon, 1060), expires_on=lead_day(noon, -20 - number))
    soon = add_holding(what=day_of_course, held=course, user=lead.user, by=lead)
    if number % 2 == 0:
        seen_now = Held(course.achieved_on, course.expires_on, "original", lead_day(noon, 52))
        change_holding(holding=soon, held=seen_now, version=1, by=lead)
    if not lead.alone:
        name = WITHOUT_ACCOUNT[number % len(WITHOUT_ACCOUNT)]
        add_holding(what=entries["send-unit-level-2"], held=Held(lead_day(noon, 200)), name=name, by=lead)
        left = add_holding(what=listed[1], held=Held(date(2021, 7, 2)), name="Somebody Who Left", by=lead)
        end_holding(holding=left, version=1, by=lead)


def gained(what: ListedQualification) -> date:
    """A day on which it could be gained.

    >>> gained(ListedQualification(to_date=date(2014, 8, 31))).year
    2012
    """
    return date(2012, 7, 6) if what.to_date else date(2022, 7, 8)


def lead_day(noon: datetime, days: int) -> date:
    """A day so many days before; after, when there are fewer than none."""
    return (noon - timedelta(days=days)).date()


def _own_criteria(lead: Acting, public: list[Criterion], clock: Clock, noon: datetime) -> None:
    """A council’s own copy of what it assesses by, beside the public criteria."""
    clock.at = when_open(noon - timedelta(days=14))
    upload = made_here(name="our-criteria.csv", kind=FileKind.CSV, content=CRITERIA.encode())
    read = read_file(
        upload=upload,
        title="Level 3 award, our invented copy",
        edition="Version 1",
        publisher="Marches Awards",
        qualification_key="senco-level-3-award",
        all_or_nothing=False,
        by=lead,
    )
    own, _ = take_file(wanted=read, by=lead)
    for one, other in zip(Criterion.objects.of_set(own), (public[6], public[12], public[0]), strict=False):
        clock.go_on(timedelta(minutes=5))
        link_criteria(one=one, other=other, by=lead)
