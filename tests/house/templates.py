"""What a template imports, calls and refers to, read without rendering it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateError, meta, nodes

# A browser puts a space before hidden words, so that they are not read as one with what stands before.
HIDDEN_COMMA = 'govuk-visually-hidden">,'
# Django gives these to every template of a request.
GIVEN_CALLABLES = {"csrf_input", "caller", "super", "self", "loop"}


@dataclass
class Reading:
    """One template and what is wrong with it."""

    jinja: Environment
    file: Path
    given: frozenset[str] = frozenset()  # what views give to templates by name

    def problems(self) -> Iterator[str]:
        """Why the template would fail or carries what it does not use; nothing when it is in order."""
        try:
            self.parsed = self.jinja.parse(self.file.read_text(encoding="utf-8"))
        except TemplateError as mistake:
            yield f"cannot be read: {mistake}"
            return
        yield from self.missing_templates()
        yield from self.imports_that_are_not_there()
        yield from self.unused_imports()
        yield from self.unknown_macros()
        yield from self.unknown_filters()
        if HIDDEN_COMMA in self.file.read_text(encoding="utf-8"):
            yield "begins hidden words with a comma, which is read after a space: put them in parentheses"

    def missing_templates(self) -> Iterator[str]:
        for name in meta.find_referenced_templates(self.parsed):
            if name is not None and not exists(self.jinja, name):
                yield f"there is no template {name}"

    def imports_that_are_not_there(self) -> Iterator[str]:
        for node in self.parsed.find_all(nodes.FromImport):
            if isinstance(node.template, nodes.Const) and exists(self.jinja, node.template.value):
                offered = exports(self.jinja, node.template.value)
                for name, _local in map(pair, node.names):
                    if name not in offered:
                        yield f"{node.template.value} has no {name}"

    def imported(self) -> set[str]:
        names = {local for node in self.parsed.find_all(nodes.FromImport) for _name, local in map(pair, node.names)}
        return names | {node.target for node in self.parsed.find_all(nodes.Import)}

    def unused_imports(self) -> Iterator[str]:
        used = {node.name for node in self.parsed.find_all(nodes.Name) if node.ctx == "load"}
        for name in sorted(self.imported() - used):
            yield f"imports {name} and does not use it"

    def unknown_macros(self) -> Iterator[str]:
        defined = self.imported() | {macro.name for macro in self.parsed.find_all(nodes.Macro)} | GIVEN_CALLABLES
        defined |= {name.name for name in self.parsed.find_all(nodes.Name) if name.ctx in ("store", "param")}
        defined |= set(self.jinja.globals)
        called = {node.node.name for node in self.parsed.find_all(nodes.Call) if isinstance(node.node, nodes.Name)}
        for name in sorted(called - defined - self.given):
            yield f"calls {name}, which it neither imports nor defines"

    def unknown_filters(self) -> Iterator[str]:
        for node in self.parsed.find_all((nodes.Filter, nodes.Test)):
            known = self.jinja.filters if isinstance(node, nodes.Filter) else self.jinja.tests
            if node.name not in known:
                yield f"there is no {type(node).__name__.lower()} {node.name}"

    def named(self, function: str) -> Iterator[str]:
        """The constant first arguments of calls of a global, such as the names given to `url`."""
        for call in self.parsed.find_all(nodes.Call):
            first = call.args[0] if call.args else None
            if isinstance(call.node, nodes.Name) and call.node.name == function and isinstance(first, nodes.Const):
                yield first.value


def pair(name: str | tuple[str, str]) -> tuple[str, str]:
    """An imported name, and what the template calls it."""
    return name if isinstance(name, tuple) else (name, name)


def exists(jinja: Environment, name: str) -> bool:
    assert jinja.loader
    try:
        jinja.loader.get_source(jinja, name)
    except TemplateError:
        return False
    return True


def exports(jinja: Environment, name: str) -> set[str]:
    """The macros and values that a template offers to others."""
    assert jinja.loader
    parsed = jinja.parse(jinja.loader.get_source(jinja, name)[0])
    return {macro.name for macro in parsed.find_all(nodes.Macro)} | {
        target.name for target in parsed.find_all(nodes.Name) if target.ctx == "store"
    }
