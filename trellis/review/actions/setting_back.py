"""Reading a setting back into an installation that has none: everything, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.db.models import ForeignKey

from trellis.accounts.models import User
from trellis.core.audit import in_several_chains, record
from trellis.core.files import FileKind, new_key
from trellis.core.models import StoredFile
from trellis.core.refusal import Refused, refuse
from trellis.core.rules.files import Scan
from trellis.organisations.models import LocalAuthority, Membership, Organisation, OrganisationKind, Provider
from trellis.organisations.models.organisation import ROLES_IN
from trellis.qualifications.models import ListedQualification, Qualification
from trellis.review import framework as files
from trellis.review.actions.frameworks import fingerprint_of, load_framework, load_overlay
from trellis.review.models import Framework, Level, LocalOverlay, ParentCount, ParentForm, Release, Statement, Visit
from trellis.review.questions import ANSWERS, LEFT_OUT, questions
from trellis.review.rules.setting_file import why_not_read_back
from trellis.review.setting_file.tables import TABLES

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from trellis.core.audit import Actor
    from trellis.review.setting_file.opening import OpenedFile
    from trellis.review.setting_file.tables import Kept

Told = dict[str, Any]
WEEK = {
    *("rooms", "colleagues", "own_rules", "usual_days"),
    *("meals", "children_expected", "colleague_hours", "day_changes"),
}
# Tables that came later: a file made before does not have them.
LATER = {"holdings", "holding_changes"} | WEEK
# What rows of these tables say beside their columns.
EXTRAS = {"visits": {"visitor"}, "parent_forms": {"replies", "said"}}
NOBODY = "people.invalid"  # an address to which nothing can be sent, for those of whom only the name came along
WRONG = (KeyError, TypeError, ValueError, AttributeError, IndexError, ValidationError)


class NotAsDocumented(Refused):
    """Something in the file is not as the description of its schema says."""


def read_setting_back(*, file: OpenedFile, by: Actor) -> tuple[Organisation, dict[str, int]]:
    """Write everything that a file says; the setting, and how many records of each table there are.

    Raises `Refused` with a sentence when there are settings here or the file is not what it should be; then
    everything is as it was before.
    """
    settings_here = Organisation.objects.filter(kind=OrganisationKind.SETTING).exists()
    refuse(why_not_read_back(schema=file.told.get("schema"), settings_here=settings_here))
    written: list[str] = []
    try:
        with transaction.atomic(), in_several_chains():
            return Reading(file, by, written).everything()
    except BaseException as wrong:
        for key in written:
            default_storage.delete(key)
        if isinstance(wrong, DatabaseError):
            raise NotAsDocumented(f"The database refuses what the file says: {_first_line(wrong)}") from wrong
        raise


class Reading:
    """One file on its way in: what its names mean here."""

    def __init__(self, file: OpenedFile, by: Actor, written: list[str]) -> None:
        self.file, self.told, self.by, self.written = file, file.told, by, written
        self.people: dict[str, User] = {}
        self.organisations: dict[str, Organisation] = {}
        self.counts: dict[str, int] = {}

    def everything(self) -> tuple[Organisation, dict[str, int]]:
        """The setting, the people, and table by table what belongs to it."""
        try:
            self._frameworks()
            self.setting = self._setting(self.told["setting"])
            self._organisations()
            self._people()
            if set(self.told["tables"]) | LATER != {table.name for table in TABLES}:
                raise NotAsDocumented("The file does not have the tables that it should have")
        except WRONG as wrong:
            raise NotAsDocumented("What the file says of the setting and its people is not as it should be") from wrong
        for table in TABLES:
            self._table(table)
        connection.check_constraints()
        change = {"rows": sum(self.counts.values()), "sum": self.file.manifest["sums"]["setting.json"]}
        record(
            by=self.by, verb="setting.read_back", subject=self.setting, change=change, organisation_id=self.setting.pk
        )
        return self.setting, self.counts

    def _frameworks(self) -> None:
        """The statements, as they were; of an edition that is here, the same words."""
        for content in self.told["frameworks"]:
            text = files.Framework.model_validate(content)
            here = Framework.objects.filter(key=text.key, edition=text.edition).first()
            if here and here.fingerprint != fingerprint_of(text.model_dump(mode="json")):
                raise NotAsDocumented(f"{here} is here already, in other words")
            load_framework(text=text, by=self.by)
        for overlay in self.told["overlays"]:
            authority = self._authority(overlay["authority"])
            load_overlay(text=files.Overlay.model_validate(overlay["content"]), authority=authority, by=self.by)
        self.framework = {f"{each.key} {each.edition}": each for each in Framework.objects.defer("content")}
        self.level = {(each.framework_id, each.code): each.pk for each in Level.objects.all()}
        rows = Statement.objects.all()
        self.statement = {(each.framework_id, each.authority_id or "", each.code): each.pk for each in rows}
        overlays = LocalOverlay.objects.defer("content")
        self.overlay = {(each.framework_id, each.authority_id, each.fingerprint): each.pk for each in overlays}

    def _authority(self, code: str) -> LocalAuthority:
        found = LocalAuthority.objects.filter(pk=code).first()
        if found is None:
            raise NotAsDocumented(f"The authority {code[:20]} is not known here. Run `manage.py load_reference` first")
        return found

    def _setting(self, told: Told) -> Organisation:
        provider = Provider.objects.filter(number=told["register_number"], organisation=None).first()
        setting = Organisation(
            pk=UUID(told["id"]),
            name=told["name"],
            kind=OrganisationKind.SETTING,
            setting_kind=told["setting_kind"],
            sector=told["sector"],
            authority=self._authority(told["authority"]) if told["authority"] else None,
            provider=provider if told["register_number"] else None,
        )
        setting.clean_fields(exclude=["authority", "provider", "group"])
        setting.created_at = Organisation._meta.get_field("created_at").to_python(told["created_at"])
        setting.save(force_insert=True)
        self.organisations[str(setting.pk)] = setting
        return setting

    def _organisations(self) -> None:
        """The others that are named. An authority that is here is the one that is meant; nobody belongs to the rest."""
        for told in self.told["organisations"]:
            if told["kind"] not in (OrganisationKind.AUTHORITY, OrganisationKind.GROUP):
                raise NotAsDocumented("The file names an organisation that is neither an authority nor a group")
            authority = self._authority(told["authority"]) if told["authority"] else None
            here = Organisation.objects.filter(kind=OrganisationKind.AUTHORITY, authority=authority).first()
            if here is None or told["kind"] != OrganisationKind.AUTHORITY:
                here = Organisation(pk=UUID(told["id"]), name=told["name"], kind=told["kind"], authority=authority)
                here.clean_fields(exclude=["authority", "provider", "group"])
                here.save(force_insert=True)
            self.organisations[told["id"]] = here

    def _people(self) -> None:
        """Everybody named: who is here by their e-mail address, others anew and without a password."""
        for told in self.told["people"]:
            email = (told["email"] or f"{told['id']}@{NOBODY}").lower()
            person = User.objects.filter(email=email).first()
            if person is None:
                person = User(pk=UUID(told["id"]), name=told["name"], email=email, is_active=bool(told["email"]))
                person.set_unusable_password()
                person.clean_fields()
                person.save(force_insert=True)
            self.people[told["id"]] = person

    def _table(self, table: Kept) -> None:
        """The rows of one table, all of them checked before the first is written."""
        model, many = table.model, {name: [] for name in table.many}  # type: ignore[var-annotated]
        rows: list[Any] = []
        for number, told in enumerate(self.told["tables"].get(table.name, ()), start=1):
            try:
                row = self._row(table, told)
                for name in table.many:
                    many[name] += [(row.pk, pk) for pk in told[name]]
            except WRONG as wrong:
                why = f": {_first_line(wrong)}" if isinstance(wrong, ValidationError) else ""
                raise NotAsDocumented(f"Row {number} of {table.name} is not as it should be{why}") from wrong
            rows.append(row)
        model._base_manager.bulk_create(rows, batch_size=500)
        for name, pairs in many.items():
            field: Any = model._meta.get_field(name)
            through, ours, theirs = field.remote_field.through, field.m2m_column_name(), field.m2m_reverse_name()
            through._base_manager.bulk_create([through(**{ours: one, theirs: other}) for one, other in pairs])
        if model is ParentForm:
            self._open_counts(rows)
        self.counts[table.name] = len(rows)

    def _row(self, table: Kept, told: Told) -> Any:
        """One record."""
        expected = {field.name for field in table.fields} | set(table.many) | EXTRAS.get(table.name, set())
        if set(told) != expected:
            raise ValueError("other columns")
        values = {field.attname: self._value(field, told[field.name]) for field in table.fields}
        row = table.model(**values)
        if values.get("organisation_id", self.setting.pk) != self.setting.pk:
            raise ValueError("of another setting")
        points = [field.name for field in table.fields if isinstance(field, ForeignKey)]
        left = [field.name for field in row._meta.concrete_fields if field.name in table.leave]
        row.clean_fields(exclude=[*points, *left])
        self._complete(row, told)
        return row

    def _value(self, field: Any, value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(field, ForeignKey):
            return field.to_python(value)
        model = field.related_model
        if model is User:
            return self.people[value].pk
        if model is Organisation:
            return self.organisations[value].pk
        if model is Framework:
            return self.framework[value].pk
        if model is Qualification:
            return self._of_catalogue(*value).pk
        if model is ListedQualification:
            return self._of_list(value).pk
        if model in (Level, Statement, LocalOverlay):
            known: Any = {Level: self.level, Statement: self.statement, LocalOverlay: self.overlay}[model]
            framework, *rest = value
            return known[(self.framework[framework].pk, *rest)]
        return field.target_field.to_python(value)

    def _of_catalogue(self, key: str, edition: str) -> Qualification:
        found = Qualification.objects.filter(key=key, edition=edition).first()
        if found is None:
            raise NotAsDocumented(f"{key[:60]} is not in the catalogue here. Run `manage.py load_qualifications` first")
        return found

    def _of_list(self, ref: str) -> ListedQualification:
        found = ListedQualification.objects.filter(ref=ref).first()
        if found is None:
            raise NotAsDocumented(f"{ref[:20]} is not in the list here. Run `manage.py import_qualifications` first")
        return found

    def _complete(self, row: Any, told: Told) -> None:
        """What stays behind, as it must be here."""
        if isinstance(row, Membership) and row.role not in ROLES_IN[OrganisationKind.SETTING]:
            raise ValueError("a role that a setting does not have")
        if isinstance(row, StoredFile):
            row.scan, row.key = Scan.NOT_SCANNED, self._keep(row)
        if isinstance(row, Visit):
            row.reviewer_id = told["visitor"] and Membership._meta.pk.to_python(told["visitor"])
        if isinstance(row, Release):
            row.content = {}
            row.ended_at = None if row.withdrawn_at else row.released_at
        if isinstance(row, ParentForm) and told["replies"] is not None:
            row.replies = row.typed_in = int(told["replies"])
            row.carried = {str(code): [str(yes), str(not_yet)] for code, yes, not_yet in told["said"]}

    def _keep(self, stored: StoredFile) -> str:
        """Keep the bytes of a file under a new name; they are what the record says."""
        if stored.kind == FileKind.ZIP or stored.sha256 != self.file.manifest["sums"][f"files/{stored.pk}"]:
            raise ValueError("other bytes")
        key = default_storage.save(new_key(), File(self.file.file(str(stored.pk))))
        self.written.append(key)
        if default_storage.size(key) != stored.size:
            raise ValueError("another size")
        return key

    def _open_counts(self, forms: list[ParentForm]) -> None:
        """Counts at nought for each answer, so that a form that is open can go on."""
        ParentCount.objects.bulk_create(
            ParentCount(form=form, question=question.code, answer=answer)
            for form in forms
            for question in questions(form.edition).questions
            for answer in (*ANSWERS, LEFT_OUT)
        )


def _first_line(wrong: BaseException) -> str:
    said: str | Promise = "; ".join(wrong.messages) if isinstance(wrong, ValidationError) else str(wrong)
    return str(said).strip().split("\n")[0][:200]
