"""What parents are asked, as data: plain questions on the areas, and their words in each language.

`reference/parents/questions-<edition>.yaml` says what is asked and what it has to do with; one file for each language in
`reference/parents/words-<edition>/` says how. Editions do not change once used, so they are kept in memory.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent / "reference" / "parents"
EDITION = "2026"
ENGLISH = "en"
LEFT_OUT = "left_out"
ANSWERS = ("yes", "partly", "not_yet", "dont_know")
MOST_QUESTIONS = 10

Sentence = Annotated[str, Field(min_length=1, max_length=400)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Strict):
    """One question: its code, the area it belongs to, and the statements that it throws light on."""

    code: Annotated[str, Field(pattern=r"^[a-z_]+$", max_length=20)]
    area: str
    statements: tuple[str, ...]


class Answers(_Strict):
    """The four answers."""

    yes: Sentence
    partly: Sentence
    not_yet: Sentence
    dont_know: Sentence


class Words(_Strict):
    """Everything on the form that is not a question."""

    title: Sentence
    introduction: Sentence
    counted: Sentence
    choose_language: Sentence
    not_checked: Sentence
    anything_else: Sentence
    comment_hint: Sentence
    looks_personal: Sentence
    nothing_answered: Sentence
    error: Sentence
    something_wrong: Sentence
    send: Sentence
    thank_you: Sentence
    thank_you_more: Sentence
    closed: Sentence
    closed_more: Sentence
    too_often: Sentence
    skip: Sentence
    privacy: Sentence
    scan: Sentence
    on_paper: Sentence


class Language(_Strict):
    """One language: what it is called in itself, which way it runs, and all its words."""

    code: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    name: Sentence
    direction: Literal["ltr", "rtl"]
    checked_by_a_speaker: bool
    words: Words
    answers: Answers
    questions: dict[str, Sentence]

    def answer(self, code: str) -> str:
        """An answer in this language."""
        return str(getattr(self.answers, code))


class Questions(_Strict):
    """An edition of the form."""

    edition: str
    framework: str
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=MOST_QUESTIONS)]
    languages: tuple[str, ...]


@cache
def questions(edition: str = EDITION) -> Questions:
    """What an edition asks."""
    return Questions.model_validate(_read(FOLDER / f"questions-{edition}.yaml"))


@cache
def languages(edition: str = EDITION) -> dict[str, Language]:
    """The languages of an edition, by code, English first."""
    folder = FOLDER / f"words-{edition}"
    return {
        code: Language.model_validate(_read(folder / f"{code}.yaml") | {"code": code})
        for code in questions(edition).languages
    }


def _read(file: Path) -> dict[str, object]:
    read: dict[str, object] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read


def about(statement: str, edition: str = EDITION) -> list[Question]:
    """The questions that throw light on a statement."""
    return [question for question in questions(edition).questions if statement in question.statements]
