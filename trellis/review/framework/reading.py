"""Reads a YAML file into plain values, and remembers on which line each one stands.

YAML itself lets a later key overwrite an earlier one without a word, expands references without
limit and reads 5.10 as the number 5.1. Here a key written twice is a mistake with its line,
references are refused, and what is not true, false, empty or a whole number is text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import yaml

from trellis.review.framework.mistakes import FrameworkError, Mistake

if TYPE_CHECKING:
    from pathlib import Path

    from trellis.review.framework.mistakes import Place

LARGEST_FILE = 2_000_000
DEEPEST_NESTING = 30
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PlainValues:
    """What a file says as lists, dictionaries and texts, with the lines and the keys written twice."""

    def __init__(self, text: str, name: str) -> None:
        self.lines: dict[Place, int] = {}
        self.mistakes: list[Mistake] = []
        if node := composed(text, name):
            self.given = self.value(node, ())
        else:
            raise FrameworkError(name, [Mistake("the file is empty")])

    def value(self, node: yaml.Node, place: Place) -> object:
        """The value of one node and, by the way, of everything in it."""
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, number)) for number, item in enumerate(node.value)]
        return plain(node)

    def mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, object]:
        """The named parts; the first one stays when a name comes twice."""
        parts: dict[str, object] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            here = (*place, key)
            if key in parts:
                self.mistakes.append(twice_written(key, here, line, self.lines[here]))
                continue
            self.lines[here] = line
            parts[key] = self.value(value_node, here)
        return parts


def twice_written(key: str, place: Place, line: int, first: int) -> Mistake:
    """The mistake of a key that would silently overwrite an earlier one."""
    return Mistake(f"{key} is written twice, first on line {first}: keep one of them", place, line)


def plain(node: yaml.Node) -> object:
    """True, false, nothing or a whole number when that is what stands there, and text otherwise."""
    kind, written = node.tag.rpartition(":")[2], str(node.value)
    if kind == "bool":
        return written.lower() in {"true", "yes", "on"}
    if kind == "null":
        return None
    return int(written) if kind == "int" and written.isdecimal() and len(written) < 10 else written


def composed(text: str, name: str) -> yaml.Node | None:
    """The tree of the one document in a text, after a look at what could make it dangerous."""
    try:
        refuse_tricks(text, name)
        return yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        sentence = f"this is not YAML ({error.problem}): look at the indents, colons and quotation marks here and above"
        raise FrameworkError(name, [Mistake(sentence, line=line_of(error.problem_mark))]) from error
    except yaml.YAMLError as error:
        raise FrameworkError(name, [Mistake("the file has characters that YAML does not allow")]) from error


def refuse_tricks(text: str, name: str) -> None:
    """Refuse references, a second document and nesting that no framework needs."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if sentence := trick(event, depth, documents):
            raise FrameworkError(name, [Mistake(sentence, line=line_of(event.start_mark))])


def trick(event: yaml.Event, depth: int, documents: int) -> str | None:
    """What is refused about one step of the file; nothing when it is welcome."""
    if isinstance(event, yaml.AliasEvent):
        return "a reference (*) is not read here: write the text out"
    if depth > DEEPEST_NESTING:
        return "this is nested too deeply: look at the indents"
    if documents > 1:
        return "a second document begins here: one file holds one framework"
    return None


class Mark(Protocol):
    """A place in a YAML text, counted from 0."""

    @property
    def line(self) -> int:
        """The line."""


def line_of(mark: Mark | None) -> int | None:
    """The line of a mark as an editor counts, from 1."""
    return mark.line + 1 if mark else None


def text_of(path: Path) -> str:
    """The text of a file, or FrameworkError with the reason why there is none."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise FrameworkError(path.name, [Mistake("the file is larger than 2 MB, which no framework needs")])
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FrameworkError(path.name, [Mistake(f"the file cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise FrameworkError(path.name, [Mistake("the file is not UTF-8 text: save it again as UTF-8")]) from error
