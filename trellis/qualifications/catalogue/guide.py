"""“What next” as data: four questions, and rules that answer them with a reason."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from typing import Annotated, Self

from pydantic import Field, StrictBool, model_validator

from trellis.qualifications.catalogue.certainty import Certainty  # noqa: TC001
from trellis.qualifications.catalogue.shape import Key, Part, Text, Title


class Choice(Part):
    """One answer to a question."""

    key: Key
    label: Title
    hint: Text | None = None


class Question(Part):
    """One of the questions."""

    key: Key
    title: Title
    hint: Text | None = None
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]


class Suggestion(Part):
    """What to do next when the answers are these; with `otherwise`, only where nothing else is suggested."""

    key: Key
    when: dict[Key, Annotated[tuple[Key, ...], Field(min_length=1)]] = {}
    otherwise: StrictBool = False
    title: Title
    because: Text
    then: tuple[Key, ...] = ()
    source: Text
    certainty: Certainty


class Guide(Part):
    """The questions and everything that can be suggested, in the order in which it is said."""

    checked_on: date
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    suggestions: Annotated[tuple[Suggestion, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def asks_what_it_uses(self) -> Self:
        """Each rule speaks of questions and answers that there are, and something is said whatever the answers."""
        known = {question.key: {choice.key for choice in question.choices} for question in self.questions}
        for rule in self.suggestions:
            for question, answers in rule.when.items():
                strange = set(answers) - known.get(question, set())
                if strange:
                    raise ValueError(f"{rule.key}: {question} has no answer {', '.join(sorted(strange))}")
        if not any(rule.otherwise and not rule.when for rule in self.suggestions):
            raise ValueError("nothing is said where no rule fits: add one with otherwise: true and without when")
        return self
