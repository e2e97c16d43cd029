"""A record as plain data, with what it points to named so that another installation finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import ForeignKey

from trellis.accounts.models import User
from trellis.core.backups.rows import plain
from trellis.organisations.models import LocalAuthority, Organisation
from trellis.qualifications.models import ListedQualification, Qualification
from trellis.review.models import Framework, Level, LocalOverlay, ParentForm, Statement, Visit
from trellis.review.setting_file.parents import said_by_parents

if TYPE_CHECKING:
    from uuid import UUID

    from trellis.review.setting_file.tables import Kept

Told = dict[str, Any]


class Naming:
    """How a setting’s file names what is common to all installations, and whom and which organisations it names."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self.people: set[UUID] = set()
        self.organisations: set[UUID] = set()
        self.frameworks: set[UUID] = set()
        self.overlays: set[UUID] = set()
        self._framework = {
            pk: f"{key} {edition}" for pk, key, edition in Framework.objects.values_list("pk", "key", "edition")
        }
        self._level = {
            pk: (framework, code) for pk, framework, code in Level.objects.values_list("pk", "framework", "code")
        }
        statements = Statement.objects.values_list("pk", "framework", "authority", "code")
        self._statement = {pk: (framework, authority or "", code) for pk, framework, authority, code in statements}
        overlays = LocalOverlay.objects.values_list("pk", "framework", "authority", "fingerprint")
        qualifications = Qualification.objects.values_list("pk", "key", "edition")
        self._qualification = {pk: [key, edition] for pk, key, edition in qualifications}
        self._listed = dict(ListedQualification.objects.values_list("pk", "ref"))
        self._overlay = {pk: (framework, authority, print) for pk, framework, authority, print in overlays}

    def row(self, table: Kept, instance: Any) -> Told:
        """One record."""
        told = {field.name: self._value(field, instance) for field in table.fields}
        told |= {name: sorted(str(each.pk) for each in getattr(instance, name).all()) for name in table.many}
        if isinstance(instance, Visit):
            told["visitor"] = self._visitor(instance)
        if isinstance(instance, ParentForm):
            told |= said_by_parents(instance)
        return told

    def _value(self, field: Any, instance: Any) -> Any:
        value = getattr(instance, field.attname)
        if value is None or not isinstance(field, ForeignKey):
            return plain(value)
        return self.named(field.related_model, value)

    def named(self, model: Any, pk: Any) -> Any:
        """How the file names a record that another one points to."""
        if model is User:
            self.people.add(pk)
        elif model is Organisation and pk != self.organisation.pk:
            self.organisations.add(pk)
        elif model is Framework:
            self.frameworks.add(pk)
            return self._framework[pk]
        elif model is Level:
            return [self._in_framework(self._level[pk][0]), self._level[pk][1]]
        elif model is Statement:
            framework, authority, code = self._statement[pk]
            return [self._in_framework(framework), authority, code]
        elif model is LocalOverlay:
            self.overlays.add(pk)
            framework, authority, print = self._overlay[pk]
            return [self._in_framework(framework), authority, print]
        elif model is Qualification:
            return self._qualification[pk]
        elif model is ListedQualification:
            return self._listed[pk]
        elif model is LocalAuthority:
            return pk
        return str(pk)

    def _in_framework(self, pk: UUID) -> str:
        self.frameworks.add(pk)
        return self._framework[pk]

    def _visitor(self, visit: Visit) -> str | None:
        """The visitor’s membership, by whichever way they came."""
        if visit.reviewer_id:
            return str(visit.reviewer_id)
        accepted = visit.invitation.accepted_by_id if visit.invitation else None
        found = self.organisation.memberships.filter(user=accepted).order_by("since", "pk").last() if accepted else None
        return str(found.pk) if found else None
