"""An authority’s own words on top of a framework.

An overlay may add statements, say a statement in other words under the same code, and add
guidance and links. It cannot take a statement away, change the scale, or change who must do what.
"""

from typing import Any

from pydantic import Field

from trellis.review.framework.checks import contradictions, listed, repeated
from trellis.review.framework.mistakes import FrameworkError, Mistake, checked
from trellis.review.framework.shape import (
    AreaCode,
    Audience,
    Edition,
    Framework,
    FrameworkKey,
    Link,
    Part,
    Statement,
    StatementCode,
    Text,
    Title,
)


class Rewording(Part):
    """Other words, or further help, for a statement that keeps its code. What is left out stays.

    A list that is given replaces the framework’s list; words for one audience replace only those.
    """

    code: StatementCode
    text: Text | None = None
    plain_text: Text | None = None
    prompts: tuple[Text, ...] | None = None
    typical_evidence: tuple[Text, ...] | None = None
    text_for: dict[Audience, Text] | None = None
    plain_text_for: dict[Audience, Text] | None = None
    prompts_for: dict[Audience, tuple[Text, ...]] | None = None
    typical_evidence_for: dict[Audience, tuple[Text, ...]] | None = None
    guidance: Text | None = None
    links: tuple[Link, ...] | None = None


class Addition(Part):
    """A statement of the authority’s own, and the area at whose end it stands."""

    area: AreaCode
    statement: Statement


class Overlay(Part):
    """The words of one authority for one edition of a framework."""

    key: FrameworkKey
    edition: Edition
    title: Title
    publisher: Title
    framework: FrameworkKey = Field(description="The key of the framework underneath")
    framework_edition: Edition = Field(description="The edition that the words were written for")
    rewordings: tuple[Rewording, ...] = ()
    additions: tuple[Addition, ...] = ()


def overlay_contradictions(given: object) -> list[Mistake]:
    """What in the plain values of an overlay contradicts itself."""
    rewordings, additions = listed(given, "rewordings"), listed(given, "additions")
    added = [
        ((*place, "statement"), s) for place, addition in additions if isinstance(s := addition.get("statement"), dict)
    ]
    return [
        *repeated(rewordings, "code", "{} is reworded twice: put both into one"),
        *repeated(added, "code", "{} is added twice: give one of them a new code"),
        *(
            Mistake("nothing is changed here: add words, guidance or links", place)
            for place, r in rewordings
            if set(r) <= {"code"}
        ),
    ]


def apply_overlay(framework: Framework, overlay: Overlay) -> Framework:
    """The framework in the authority’s words. Raises FrameworkError with every reason why not."""
    mistakes = why_not_apply(framework, overlay)
    if mistakes:
        raise FrameworkError(overlay.title, [Mistake(sentence) for sentence in mistakes])
    given = framework.model_dump(mode="json")
    for area in given["areas"]:
        reword(area, {rewording.code: rewording for rewording in overlay.rewordings})
        area["statements"] += [a.statement.model_dump(mode="json") for a in overlay.additions if a.area == area["code"]]
    return checked(Framework, given, name=overlay.title, found=contradictions(given), lines={})


def why_not_apply(framework: Framework, overlay: Overlay) -> list[str]:
    """Why the overlay does not fit the framework; nothing when it does."""
    if (overlay.framework, overlay.framework_edition) != (framework.key, framework.edition):
        return [
            f"it was written for {overlay.framework} {overlay.framework_edition}, not for {framework.key} "
            f"{framework.edition}: read it again beside that edition, then change framework_edition"
        ]
    codes = {statement.code for statement in framework.statements}
    areas = {area.code for area in framework.areas}
    return [
        *(f"it rewords {r.code}, which the framework does not have" for r in overlay.rewordings if r.code not in codes),
        *(
            f"it adds {a.statement.code}, a code that the framework already uses"
            for a in overlay.additions
            if a.statement.code in codes
        ),
        *(
            f"it adds {a.statement.code} to area {a.area}, which the framework does not have"
            for a in overlay.additions
            if a.area not in areas
        ),
    ]


def reword(area: dict[str, Any], rewordings: dict[str, Rewording]) -> None:
    """Put the other words in place, statement by statement."""
    for statement in area["statements"]:
        rewording = rewordings.get(statement["code"])
        words = rewording.model_dump(mode="json", exclude_none=True, exclude={"code"}) if rewording else {}
        for name, new in words.items():
            statement[name] = statement[name] | new if isinstance(new, dict) else new
