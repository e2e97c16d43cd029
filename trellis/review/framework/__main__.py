"""`python -m trellis.review.framework`: check framework files, compare two editions, or print the format.

Takes the paths of files; or `changes` and the paths of the old and the new edition; or `schema`; or
`overlay-schema`. Exit status 1 when a file has mistakes, or the new edition could not be published
although every statement of the old one had been rated.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from trellis.review.framework import (
    FrameworkError,
    differences,
    json_schema,
    load_framework,
    overlay_json_schema,
    why_not_publish,
)

SCHEMAS = {"schema": json_schema, "overlay-schema": overlay_json_schema}


def report(path: Path) -> tuple[str, bool]:
    """What to say about one file, and whether it can be used."""
    try:
        framework = load_framework(path)
    except FrameworkError as error:
        return str(error), False
    counted = f"{len(framework.areas)} areas, {len(framework.statements)} statements, {len(framework.scale)} levels"
    return f"{path.name}: {framework.title}, edition {framework.edition}: {counted}. No mistakes.", True


def compared(old_path: Path, new_path: Path) -> tuple[str, bool]:
    """What changed between two editions, and whether the new one may follow the old."""
    try:
        old, new = load_framework(old_path), load_framework(new_path)
    except FrameworkError as error:
        return str(error), False
    reasons = why_not_publish(old, new, {statement.code for statement in old.statements})
    changes = [change.sentence for change in differences(old, new)] or ["No statement changed."]
    return "\n".join([*changes, *(f"Not yet: {reason}" for reason in reasons)]), not reasons


def main(words: list[str]) -> int:
    """Do what the words say, and return the exit status."""
    if len(words) == 1 and words[0] in SCHEMAS:
        sys.stdout.write(json.dumps(SCHEMAS[words[0]](), indent=2, ensure_ascii=False) + "\n")
        return 0
    paths = [Path(word) for word in words]
    said = [compared(*paths[1:])] if words[:1] == ["changes"] and len(words) == 3 else [report(path) for path in paths]
    sys.stdout.write("\n".join(sentence for sentence, _ in said) + "\n")
    return 0 if said and all(usable for _, usable in said) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
