"""What the reference files hold: entries of the catalogue, sets of criteria."""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints, model_validator

from trellis.core.topics import Topic
from trellis.qualifications.catalogue.certainty import Certainty
from trellis.qualifications.catalogue.kinds import Audience, Format, Funding, Kind
from trellis.qualifications.rules.sizes import why_not_size

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,59}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9./-]{0,19}$")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Long = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
MOST_TEXT = 2000
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MOST_TEXT)]
Hours = Annotated[int, Field(ge=1, le=5000)]

SAID_WITH_A_SOURCE = ("level", "guided_hours", "total_hours", "credits", "number", "mandatory", "in_ratios", "cost")
"""What somebody could act on to their harm if it were wrong: none of it may stand without a source."""


class Part(BaseModel):
    """A piece of a file: once read it does not change, and it has no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Part):
    """Where some of the facts come from, and how sure we are of them."""

    about: Annotated[tuple[str, ...], Field(min_length=1)]
    source: Text
    certainty: Certainty
    note: Text | None = None


class EntryFacts(Part):
    """What is known of a qualification or course. What is not known is left out."""

    title: Title
    level: Annotated[int, Field(ge=1, le=8)] | None = None
    kind: Kind
    guided_hours: Hours | None = None
    total_hours: Hours | None = None
    credits: Annotated[int, Field(ge=1, le=500)] | None = None
    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}/[0-9]{4}/[0-9X]$")] | None = None
    awarding_organisation: Title | None = None
    summary: Text
    what_it_covers: tuple[Text, ...] = ()
    entry: Text = Field(description="Who can take it")
    mandatory: StrictBool = Field(description="Whether somebody must have it")
    mandatory_why: Text
    in_ratios: StrictBool = Field(description="Whether it counts by itself in the staff:child ratios")
    in_ratios_why: Text
    for_whom: Annotated[tuple[Audience, ...], Field(min_length=1)]
    format: Format
    region: Title | None = None
    cost: Annotated[int, Field(ge=0, le=20_000)] | None = Field(default=None, description="In whole pounds")
    cost_words: Text | None = None
    funding: Funding
    funding_words: Text | None = None
    leads_to: tuple[Key, ...] = ()
    topics: tuple[Topic, ...] = ()
    example: StrictBool = Field(default=False, description="Made up, to show what such a thing looks like")
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def says_what_is_true(self) -> Self:
        """The kind fits the hours, the hours fit each other, and what matters has a source."""
        if reason := why_not_size(self.kind, self.total_hours):
            raise ValueError(reason)
        if self.guided_hours and self.total_hours and self.guided_hours > self.total_hours:
            raise ValueError("there are more guided hours than hours in all")
        told = {name for source in self.sources for name in source.about}
        wanting = [name for name in SAID_WITH_A_SOURCE if getattr(self, name) is not None and name not in told]
        if wanting:
            raise ValueError(f"no source says where this comes from: {', '.join(wanting)}")
        unknown = sorted(told - set(type(self).model_fields) - {"edition"})
        if unknown:
            raise ValueError(f"a source is about what is no field: {', '.join(unknown)}")
        if self.example and any(source.certainty != Certainty.EXAMPLE for source in self.sources):
            raise ValueError("an example has no other source than us: say certainty: example")
        return self


class Entry(EntryFacts):
    """An entry of the catalogue, in one edition."""

    key: Key
    edition: Title
    edition_from: date | None = None
    edition_to: date | None = None


class Catalogue(Part):
    """A file of the catalogue."""

    checked_on: date = Field(description="When somebody last went through it")
    entries: Annotated[tuple[Entry, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def holds_together(self) -> Self:
        """Each entry is there once in an edition, and leads to what is there."""
        known = [(entry.key, entry.edition) for entry in self.entries]
        twice = sorted({f"{key} {edition}" for key, edition in known if known.count((key, edition)) > 1})
        if twice:
            raise ValueError(f"there more than once: {', '.join(twice)}")
        nowhere = {to for entry in self.entries for to in entry.leads_to} - {key for key, _ in known}
        if nowhere:
            raise ValueError(f"leads to what is not there: {', '.join(sorted(nowhere))}")
        return self


class CriterionText(Part):
    """One thing that a learner shows."""

    code: Code
    text: Text
    source: Text | None = None
    certainty: Certainty | None = None


class OutcomeText(Part):
    """What the learner will know or be able to do."""

    code: Code
    title: Long
    criteria: tuple[CriterionText, ...] = ()


class UnitText(Part):
    """A part of a qualification."""

    code: Code
    title: Long
    note: Text | None = None
    source: Text | None = None
    certainty: Certainty | None = None
    outcomes: Annotated[tuple[OutcomeText, ...], Field(min_length=1)]


class CriteriaText(Part):
    """A set of criteria: units, in them outcomes, in them criteria."""

    key: Key
    edition: Title
    title: Title
    qualification: Key | None = None
    publisher: Title
    licence: Text
    source: Text
    units: Annotated[tuple[UnitText, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def each_code_once(self) -> Self:
        """Codes name one thing: units in the set, outcomes and criteria in their unit."""
        _once("unit", [unit.code for unit in self.units])
        for unit in self.units:
            _once("outcome", [outcome.code for outcome in unit.outcomes])
            _once("criterion", [each.code for outcome in unit.outcomes for each in outcome.criteria])
        return self


def _once(what: str, codes: list[str]) -> None:
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ValueError(f"the {what} {', '.join(twice)} is there more than once")
