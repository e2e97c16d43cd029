"""What is asked about attendance: the register, a file of marks, the code on the wall, an apology, catching up."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms

from trellis.core.forms import Radios
from trellis.training.actions import Wanted
from trellis.training.attendance import NOT_MARKED, Register, state_of
from trellis.training.models import AbsenceReason, CatchUpMethod, MarkSource, MarkStatus, Session
from trellis.training.rules.attendance import WITH_MINUTES, WITH_REASON, why_not_this_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from trellis.training.attendance import StandingMark
    from trellis.training.models import Part, Place

LONGEST_FILE = 200_000
STATUSES, REASONS = frozenset(MarkStatus.values), frozenset(AbsenceReason.values)
TOLD: dict[str, str] = {
    MarkSource.CODE: "signed in by the code on the wall",
    MarkSource.APOLOGY: "apologised beforehand, themselves or their setting for them",
    MarkSource.OFFLINE: "marked without a connection",
}
"""What a register says of marks that came from somewhere else."""


@dataclass(frozen=True)
class Cell:
    """One learner in one part, as the register shows it: what is marked, or what was typed and not saved."""

    name: str
    place: Place
    part: Part
    last: StandingMark | None
    base: int
    status: str
    missed: int
    reason: str
    error: str

    @property
    def alike(self) -> tuple[object, ...]:
        """What the fields of one learner show: those of another with the same differ in whose they are."""
        return self.part.position, self.base, self.status, self.missed, self.reason, self.error

    @property
    def told(self) -> str:
        """Where the mark came from, unless it was made here."""
        return TOLD.get(self.last.source, "") if self.last else ""


class RegisterForm(forms.Form):
    """A whole register: for each learner and part how they are marked, and which version of that was seen."""

    because = forms.CharField(label="Why are marks corrected?", max_length=200, required=False)

    def __init__(self, data: Any = None, *, register: Register, all_present: str = "") -> None:
        super().__init__(data)
        self.register, self.all_present = register, all_present
        self.wanted: list[Wanted] = []
        self.typed: dict[str, tuple[str, int, str, int]] = {}
        self.wrong: dict[str, str] = {}

    def clean(self) -> dict[str, Any]:
        """Read the learners; whatever cannot be so is told beside them."""
        for place, part in self._each():
            name = name_of(place, part)
            status = str(self.data.get(f"{name}-status", ""))
            if status not in STATUSES:
                continue
            if self.all_present == str(part.position) and status == MarkStatus.UNMARKED:
                status = MarkStatus.PRESENT
            missed = _number(self.data.get(f"{name}-minutes", "")) if status in WITH_MINUTES else 0
            reason = str(self.data.get(f"{name}-reason", "")) if status in WITH_REASON else ""
            reason = reason if reason in REASONS else ""
            base = _number(self.data.get(f"{name}-version", ""))
            self.typed[name] = (status, missed, reason, base)
            wrong = why_not_this_mark(status=status, missed=missed, reason=reason, planned=part.planned_minutes)
            if wrong:
                self.wrong[name] = f"{place.name}, {part.label.lower()}: {wrong[:1].lower()}{wrong[1:]}"
                self.add_error(None, self.wrong[name])
            self.wanted.append(Wanted(place.pk, part.pk, status, missed, reason, base))
        return self.cleaned_data

    def _each(self) -> Iterator[tuple[Place, Part]]:
        for place in self.register.places:
            for part in self.register.parts:
                yield place, part

    def rows(self, *, seen_now: bool = False) -> Iterator[tuple[Place, list[Cell], bool]]:
        """The register for the page, and of whom more than a status is there to see.

        With `seen_now` the page has told what others marked, so these versions are seen.
        """
        for place in self.register.places:
            cells = [self._cell(place, part, seen_now) for part in self.register.parts]
            yield place, cells, any(cell.error or cell.missed for cell in cells)

    def _cell(self, place: Place, part: Part, seen_now: bool) -> Cell:
        name, last = name_of(place, part), self.register.last(place, part)
        now = last.version if last else 0
        status, missed, reason = state_of(last) if last else NOT_MARKED
        base = now
        if name in self.typed:
            status, missed, reason, base = self.typed[name]
            base = now if seen_now else base
        return Cell(name, place, part, last, base, status, missed, reason, self.wrong.get(name, ""))


def name_of(place: Place, part: Part) -> str:
    """What the fields of one learner in one part begin with."""
    return f"p{part.position}-{place.pk}"


def _number(text: Any) -> int:
    typed = str(text).strip()
    return min(int(typed), 9999) if typed.isdecimal() else 0


def marks_sent(text: str) -> list[Wanted]:
    """The marks that a page sends, which may have waited for a connection. Raises ValueError when it is no such list."""
    found = []
    for each in json.loads(text):
        status, reason = str(each["status"]), str(each.get("reason", ""))
        if status not in MarkStatus.values or reason not in ("", *AbsenceReason.values):
            raise ValueError(status)
        found.append(
            Wanted(
                UUID(each["place"]),
                UUID(each["part"]),
                status,
                int(each.get("missed", 0)) if status in WITH_MINUTES else 0,
                reason if status in WITH_REASON else "",
                int(each.get("base", 0)),
                UUID(each["id"]),
                MarkSource.OFFLINE if each.get("waited") else MarkSource.REGISTER,
            )
        )
    return found


HEADINGS = ("email", "part", "status", "minutes", "reason")


class MarksFileForm(forms.Form):
    """A file of marks. What cannot be read is told with its line; then the good ones are saved, or none."""

    file = forms.FileField(
        label="CSV file",
        help_text="With the columns email, part, status, minutes and reason. Status: present, late, left early, "
        "apologised beforehand, absent, cancelled by us.",
        error_messages={"required": "Choose the file"},
    )
    good_ones = forms.BooleanField(label="Save the good rows even if others are rejected", required=False)
    because = forms.CharField(
        label="Why are marks corrected?",
        help_text="Only when marks that are there change after the day.",
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, files: Any = None, *, register: Register) -> None:
        super().__init__(data, files)
        self.register = register
        self.wanted: list[Wanted] = []
        self.rejected: list[tuple[int, str]] = []

    def clean_file(self) -> Any:
        """Read the rows."""
        file = self.cleaned_data["file"]
        if file.size > LONGEST_FILE:
            raise forms.ValidationError("This file is too long for a register")
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError("This file is not text in UTF-8. Save it as CSV UTF-8") from error
        reader = csv.DictReader(io.StringIO(text), restkey="more")
        reader.fieldnames = [str(name).strip().lower() for name in reader.fieldnames or ()]
        missing = [name for name in HEADINGS[:3] if name not in reader.fieldnames]
        if missing:
            raise forms.ValidationError(f"The first line has no column “{missing[0]}”")
        try:
            for row in reader:
                self._read(reader.line_num, {name: str(row.get(name) or "").strip() for name in HEADINGS})
        except csv.Error as error:
            raise forms.ValidationError("This file is not CSV") from error
        return file

    def _read(self, line: int, row: dict[str, str]) -> None:
        place = {each.email: each for each in self.register.places}.get(row["email"].lower())
        part = {each.label.lower(): each for each in self.register.parts}.get(row["part"].lower())
        status = _choice(row["status"], MarkStatus)
        reason = _choice(row["reason"], AbsenceReason) if row["reason"] else ""
        missed = _number(row["minutes"])
        if place is None:
            return self._reject(line, "Nobody with this e-mail address has a place in this cohort")
        if part is None:
            labels = " or ".join(f"“{each.label}”" for each in self.register.parts)
            return self._reject(line, f"The part is {labels}")
        if not status or status == MarkStatus.UNMARKED:
            return self._reject(line, f"“{row['status']}” is no status")
        if reason is None:
            return self._reject(line, f"“{row['reason']}” is no reason")
        if row["minutes"] and not row["minutes"].isdecimal():
            return self._reject(line, f"“{row['minutes']}” is no number of minutes")
        wrong = why_not_this_mark(status=status, missed=missed, reason=reason, planned=part.planned_minutes)
        if wrong:
            return self._reject(line, wrong)
        if any(each.key == (place.pk, part.pk) for each in self.wanted):
            return self._reject(line, f"{place.name} is in the file twice for this part")
        last = self.register.last(place, part)
        base = last.version if last else 0
        self.wanted.append(Wanted(place.pk, part.pk, status, missed, reason, base, source=MarkSource.CSV))
        return None

    def _reject(self, line: int, reason: str) -> None:
        self.rejected.append((line, reason))


def _choice(text: str, choices: Any) -> str | None:
    """The value of a choice by its value or its words, whatever the letters."""
    typed = text.lower()
    return next((value for value, label in choices.choices if typed in (value, label.lower())), None)


class CodeForm(forms.Form):
    """The code on the wall."""

    code = forms.CharField(
        label="Code",
        help_text="The six digits on the wall or the screen.",
        max_length=12,
        widget=forms.TextInput(
            {
                "inputmode": "numeric",
                "autocomplete": "off",
                "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
            }
        ),
        error_messages={"required": "Enter the code"},
    )

    def clean_code(self) -> str:
        """Six digits, however they are spaced."""
        code = "".join(str(self.cleaned_data["code"]).split())
        if len(code) != 6 or not (code.isascii() and code.isdecimal()):
            raise forms.ValidationError("The code has six digits")
        return code


class ApologyForm(forms.Form):
    """Why a learner cannot come, if they want to say."""

    reason = forms.ChoiceField(
        label="Why?",
        help_text="So that the centre can see what would help. No details are needed.",
        choices=[*AbsenceReason.choices, ("", "I would rather not say")],
        required=False,
        widget=Radios,
    )


class SignOffForm(forms.Form):
    """How somebody caught up."""

    method = forms.ChoiceField(
        label="How did they catch up?",
        choices=CatchUpMethod.choices,
        widget=Radios(reveals={"other_cohort": "session"}),
        error_messages={"required": "Choose how they caught up"},
    )
    session = forms.ModelChoiceField(
        label="Which session?", queryset=Session.objects.none(), required=False, empty_label="Not on Trellis"
    )
    minutes = forms.IntegerField(
        label="For how many minutes?",
        min_value=1,
        max_value=600,
        widget=forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "required": "Enter for how many minutes they caught up",
            "invalid": "Enter a number of minutes",
        },
    )
    supervised = forms.BooleanField(
        label="Somebody who teaches was with them, in person or online",
        help_text="Only then do the minutes count as guided learning.",
        required=False,
    )

    def __init__(self, data: Any = None, *, sessions: QuerySet[Session]) -> None:
        super().__init__(data)
        field = cast("forms.ModelChoiceField[Any]", self.fields["session"])
        field.queryset = sessions
        field.label_from_instance = lambda session: f"{session.cohort}: {session}"  # type: ignore[assignment]
