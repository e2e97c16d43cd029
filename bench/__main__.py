"""`python -m bench`: measures everything, prints a table, writes bench/results.json.

Exit status 0 whether or not the targets are met, because a busy machine says little; `--strict` makes it 1 when one
is missed.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from bench.measure import Size
from bench.results import Figure, summary, table, write_results
from bench.stages import STAGES, measure_stages

RESULTS = Path(__file__).parent / "results.json"


def main(arguments: list[str]) -> int:
    """Measure, say what was found, and whether it is good enough."""
    options = _options(arguments)
    many = {"released": options.released, "learners": options.learners}
    size = Size(options.rows, options.rounds, options.requests, **many)
    found: list[Figure] = []
    try:
        with tempfile.TemporaryDirectory(prefix="trellis-bench-") as folder:
            for figure in measure_stages(Path(folder), size, options.only or STAGES):
                found.append(figure)
                progress(figure.name)
    finally:
        progress("")
        print(table(found))
    print(f"\n{summary(found)}")
    write_results(found, options.results)
    return int(options.strict and any(figure.met is False for figure in found))


def progress(text: str) -> None:
    """Say on one line of the terminal, if there is one, how far it is."""
    if sys.stderr.isatty():
        print(f"\r{text[:78]:78}\r", end="", file=sys.stderr, flush=True)


def _options(arguments: list[str]) -> argparse.Namespace:
    usual = Size()
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what Trellis costs.")
    parser.add_argument("--strict", action="store_true", help="exit status 1 when a target is missed")
    parser.add_argument("--rows", type=int, default=usual.rows, help="rows of the register")
    parser.add_argument("--rounds", type=int, default=usual.rounds, help="rounds over the pages")
    parser.add_argument("--requests", type=int, default=usual.requests, help="requests for a page in each round")
    parser.add_argument("--only", action="append", choices=STAGES, help="a stage to measure, and no other; or several")
    parser.add_argument("--released", type=int, default=usual.released, help="released reviews in the picture")
    parser.add_argument("--learners", type=int, default=usual.learners, help="learners in a programme")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where to write the results")
    return parser.parse_args(arguments)


def stop(*_: object) -> None:
    """Being told to end is a reason to clean up, not to drop everything."""
    sys.exit(1)


if __name__ == "__main__":
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, stop)
    sys.exit(main(sys.argv[1:]))
