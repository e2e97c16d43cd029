"""What a framework file holds: areas of statements, and the scale to rate them on.

Nothing here knows how many areas or levels there are, or what they are called. “Not yet
discussed” and “does not apply” are no levels: they are states that a rating can have under
every framework, so a file may not define them.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from trellis.core.topics import Topic

FRAMEWORK_KEY = r"^[a-z][a-z0-9-]{1,59}$"
EDITION = r"^[0-9]{4}-[0-9]{1,3}$"
AREA_CODE = r"^[A-Z0-9]{1,10}$"
STATEMENT_CODE = r"^[A-Z0-9]{1,10}([.-]?[A-Za-z0-9]){0,9}$"
LEVEL_CODE = r"^[a-z][a-z0-9-]{0,39}$"
LINK = r"^https?://[^\s<>\"]+$"


def printable(value: object) -> object:
    """The symbol itself, refused when a printer or screen would show nothing.

    >>> printable("◐")
    '◐'
    """
    if isinstance(value, str) and not (value.isprintable() and value.strip()):
        raise ValueError("needs a character that can be seen and printed")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
FrameworkKey = Annotated[str, StringConstraints(pattern=FRAMEWORK_KEY)]
Edition = Annotated[str, StringConstraints(pattern=EDITION)]
AreaCode = Annotated[str, StringConstraints(pattern=AREA_CODE)]
StatementCode = Annotated[str, StringConstraints(pattern=STATEMENT_CODE, max_length=20)]
LevelCode = Annotated[str, StringConstraints(pattern=LEVEL_CODE)]
Symbol = Annotated[str, StringConstraints(max_length=5), BeforeValidator(printable)]


class Colour(StrEnum):
    """A colour by the name the theme gives it. Red is left out: a review is support, not alarm."""

    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    PURPLE = "purple"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREY = "grey"


class Audience(StrEnum):
    """For whom a statement is meant: staff of a group setting, of a school, or a childminder."""

    GROUP = "group"
    SCHOOL = "school"
    CHILDMINDER = "childminder"


class Certainty(StrEnum):
    """How sure we are of a reference, from the text in hand to our own reading of it."""

    SEEN = "seen"
    QUOTED = "quoted"
    RECALLED = "recalled"
    INFERRED = "inferred"

    @property
    def meaning(self) -> str:
        """What the word promises, for the page that shows a reference."""
        return CERTAINTY_MEANINGS[self]


CERTAINTY_MEANINGS: dict[Certainty, str] = {
    Certainty.SEEN: "The text and its paragraph number were seen",
    Certainty.QUOTED: "The text was seen quoted; check the paragraph number",
    Certainty.RECALLED: "From memory; check before relying on it",
    Certainty.INFERRED: "Our own reading of the document",
}


class Part(BaseModel):
    """A piece of a framework: once read it does not change, and it has no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reference(Part):
    """Where a statement comes from. Paragraph numbers move, so the edition goes with them."""

    document: Title
    edition: Title
    paragraph: Title | None = None
    certainty: Certainty
    note: Text | None = None


class Link(Part):
    """A page that helps with a statement, such as the local authority’s own guidance."""

    title: Title
    url: Annotated[str, StringConstraints(pattern=LINK, max_length=500)]


class Level(Part):
    """One step of the scale. Position 1 is where development starts; the highest is the strongest.

    The symbol stands beside the label, so that colour is never the only signal.
    """

    code: LevelCode
    label: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    meaning: Text
    colour: Colour
    symbol: Symbol
    position: Annotated[StrictInt, Field(ge=1)]
    needs_action: StrictBool = Field(description="A statement at this level belongs in the plan")
    is_strength: StrictBool = Field(description="A statement at this level is something that is strong")


class Statement(Part):
    """One thing to talk about and rate, with the same code in every edition.

    The fields ending in `_for` hold other words for one audience under the same code.
    """

    code: StatementCode
    text: Text
    plain_text: Text = Field(description="For parents, in plain words")
    prompts: tuple[Text, ...] = Field(default=(), description="Questions that a team can talk about")
    typical_evidence: tuple[Text, ...] = ()
    references: tuple[Reference, ...] = ()
    audience: Annotated[tuple[Audience, ...], Field(min_length=1)]
    statutory: StrictBool = Field(description="True only where the law or statutory guidance says must")
    topics: tuple[Topic, ...] = ()
    text_for: dict[Audience, Text] = {}
    plain_text_for: dict[Audience, Text] = {}
    prompts_for: dict[Audience, tuple[Text, ...]] = {}
    typical_evidence_for: dict[Audience, tuple[Text, ...]] = {}
    guidance: Text | None = Field(default=None, description="A note to whoever rates the statement")
    links: tuple[Link, ...] = ()

    def worded_for(self, audience: Audience) -> "Statement":
        """This statement in the words of one audience, with nothing left in the `_for` fields."""
        words = {name: getattr(self, f"{name}_for").get(audience, getattr(self, name)) for name in WORDED}
        return self.model_copy(update=words | {f"{name}_for": {} for name in WORDED})


WORDED = ("text", "plain_text", "prompts", "typical_evidence")


class Area(Part):
    """A group of statements that are talked about together, one page on the screen."""

    code: AreaCode
    title: Title
    plain_title: Title = Field(description="For parents, in plain words")
    introduction: Text
    statements: Annotated[tuple[Statement, ...], Field(min_length=1)]


class Framework(Part):
    """A set of statements to review a setting by, in one edition, with its scale."""

    key: FrameworkKey = Field(description="The same in every edition")
    edition: Edition = Field(description="The year and a number, such as 2026-1")
    title: Title
    publisher: Title
    licence: Text
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    source: Text = Field(description="A sentence that says where the wording comes from")
    official: StrictBool = Field(description="True only for wording that its publisher issues as an official form")
    introduction: Text
    scale: Annotated[tuple[Level, ...], Field(min_length=2)]
    areas: Annotated[tuple[Area, ...], Field(min_length=1)]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, in the order of the file."""
        return tuple(statement for area in self.areas for statement in area.statements)


def areas_for(framework: Framework, audience: Audience) -> tuple[Area, ...]:
    """The areas as one audience sees them: its own statements in its own words.

    An area without a statement for the audience is left out.
    """
    chosen = [(area, [s for s in area.statements if audience in s.audience]) for area in framework.areas]
    return tuple(
        area.model_copy(update={"statements": tuple(s.worded_for(audience) for s in statements)})
        for area, statements in chosen
        if statements
    )


def statements_for(framework: Framework, audience: Audience) -> tuple[Statement, ...]:
    """The statements for one audience, in its words and in the order of the file."""
    return tuple(statement for area in areas_for(framework, audience) for statement in area.statements)
