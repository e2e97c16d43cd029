"""A centre’s own courses in the catalogue: added, changed, and offered no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import record
from trellis.core.refusal import Refused
from trellis.organisations.models import OrganisationKind, Region
from trellis.qualifications.actions.catalogue import fingerprint_of, write_entry
from trellis.qualifications.catalogue import Entry
from trellis.qualifications.models import Qualification
from trellis.qualifications.rules.courses import edition_of, key_of

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.qualifications.catalogue import EntryFacts

NOT_YOURS = "Only whoever looks after the courses of the centre can do this"


@transaction.atomic
def add_course(*, facts: EntryFacts, next_start: date | None, by: Acting) -> Qualification:
    """Add a course of the centre to the catalogue. Raises `Refused`."""
    if not by.may(Permission.CHANGE_COURSES) or by.organisation_kind != OrganisationKind.CENTRE:
        raise Refused(NOT_YOURS)
    course = Qualification(owner_id=by.organisation_id, edition=edition_of(by.organisation_name))
    course.key = key_of(facts.title, str(course.pk))
    course.next_start = next_start
    _say(course, facts)
    record(by=by, verb="course.added", subject=course, change={"title": course.title})
    return course


@transaction.atomic
def change_course(*, course: Qualification, facts: EntryFacts, next_start: date | None, by: Acting) -> Qualification:
    """Say something else of a course of the centre; when nothing differs, nothing is written. Raises `Refused`."""
    found = _own(course, by)
    before: dict[str, Any] = {**found.content, "next_start": found.next_start}
    found.next_start = next_start
    _say(found, facts)
    after: dict[str, Any] = {**found.content, "next_start": found.next_start}
    change = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    change.pop("sources", None)  # it says only which of the fields are filled in
    if change:
        record(by=by, verb="course.changed", subject=found, change=change)
    return found


@transaction.atomic
def offer_course(*, course: Qualification, offered: bool, by: Acting) -> Qualification:
    """Take a course of the centre out of the catalogue, or put it back. Raises `Refused`."""
    found = _own(course, by)
    if found.withdrawn != offered:
        raise Refused("That is so already")
    found.withdrawn = not offered
    found.save(update_fields=["withdrawn"])
    verb = "course.offered_again" if offered else "course.withdrawn"
    record(by=by, verb=verb, subject=found, change={"title": found.title})
    return found


def _own(course: Qualification, by: Acting) -> Qualification:
    found = Qualification.objects.changed_by(by).filter(pk=course.pk).first()
    if found is None:
        raise Refused(NOT_YOURS)
    return found


def _say(course: Qualification, facts: EntryFacts) -> None:
    """Write the facts as an entry, checked today."""
    entry = Entry(key=course.key, edition=course.edition, **facts.model_dump())
    content, today, gone = entry.model_dump(mode="json"), timezone.localdate(), course.withdrawn
    same = fingerprint_of(content | {"checked_on": today.isoformat()})
    region = Region.objects.filter(name=entry.region).first() if entry.region else None
    write_entry(course, entry, region, content, same, today)
    if gone:
        course.withdrawn = True
        course.save(update_fields=["withdrawn"])
    course.leads_to.set(Qualification.objects.filter(key__in=entry.leads_to))
