"""From a YAML file to something that can be trusted, or every mistake in it in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from trellis.qualifications.catalogue.guide import Guide
from trellis.qualifications.catalogue.shape import Catalogue, CriteriaText

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 2_000_000
Model = TypeVar("Model", bound=BaseModel)


class NotReadable(ValueError):
    """A file that cannot be used; its text says every mistake."""


class _Loader(yaml.SafeLoader):
    """YAML in which a key written twice is a mistake, and references are refused."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse what no file of ours needs and what could make one without end."""
        if self.check_event(yaml.AliasEvent):
            here = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="a reference (*) is not read here", problem_mark=here)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The named parts, each once."""
        seen: set[str] = set()
        for key, _value in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value} is written twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in a file. Raises NotReadable."""
    return _read(path, Catalogue)


def read_criteria(path: Path) -> CriteriaText:
    """The criteria in a file. Raises NotReadable."""
    return _read(path, CriteriaText)


def read_guide(path: Path) -> Guide:
    """The questions and rules of “What next” in a file. Raises NotReadable."""
    return _read(path, Guide)


def _read(path: Path, model: type[Model]) -> Model:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise NotReadable(f"{path.name}: the file is larger than 2 MB")
        given = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)  # noqa: S506 - a SafeLoader
        return model.model_validate(given)
    except (OSError, UnicodeDecodeError) as error:
        raise NotReadable(f"{path.name}: the file cannot be read: {error}") from error
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise NotReadable(f"{path.name}{line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise NotReadable(f"{path.name}: this is not YAML: {error}") from error
    except ValidationError as error:
        raise NotReadable("\n".join(f"{path.name}: {_sentence(each, given)}" for each in error.errors())) from error


def _sentence(mistake: Any, given: Any) -> str:
    """Where it is, by the keys and codes that a person sees, and what is wrong."""
    said, value = [], given
    for step in mistake["loc"]:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            value = None
        told = value.get("key") or value.get("code") if isinstance(value, dict) else None
        said.append(
            f"{step + 1} ({told})"
            if isinstance(step, int) and told
            else str(step + 1 if isinstance(step, int) else step)
        )
    return f"{' › '.join(said) or 'the file'}: {mistake['msg'].removeprefix('Value error, ')}"
