"""The only module that speaks to the solver: HiGHS, which solves linear programs with whole numbers.

How long it may look is said in nodes of its search and never in seconds, and it works in one thread with a fixed seed:
the same question gets the same answer, on a busy machine too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor
from typing import TYPE_CHECKING

import highspy
import numpy as np

from trellis.training.rules.plans import Plan, Worth, most_that_could, with_who_reaches, worth_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trellis.training.rules.plans import Question

NODES = 20
"""So far it looks for the best plan of one question: most are settled where the search begins."""
SAFETY_SECONDS = 60.0
"""It never comes to this; if it does, the answer is one that can be had, and says that it may not be the best."""
NEARLY = 1e-6


@dataclass(frozen=True)
class Found:
    """The best plan that was found for a question, and how far from the best it may be."""

    plan: Plan
    worth: Worth
    most_people: int
    """No plan for this question lets more people come."""
    fewest_tight: int
    """No plan that lets as many come has fewer tight days."""
    proven: bool
    """Nothing is better, in travel neither."""


@dataclass
class _Model:
    """A linear program as it is written down: what is unknown, and rows that hold of it."""

    whole: list[bool] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    rows: list[tuple[float, float, dict[int, float]]] = field(default_factory=list)

    def unknown(self, most: float = 1, *, whole: bool = True) -> int:
        """Something to be found: from nothing to so much."""
        self.most.append(most)
        self.whole.append(whole)
        return len(self.most) - 1

    def hold(
        self, terms: Mapping[int, float], *, least: float = -highspy.kHighsInf, most: float = highspy.kHighsInf
    ) -> None:
        """A sum lies between bounds."""
        self.rows.append((least, most, {name: value for name, value in terms.items() if value}))


class _Asked:
    """A question as a linear program."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.model = _Model()
        self.at = [[self.model.unknown() for _ in columns] for columns in question.columns]
        for names in self.at:
            self.model.hold(dict.fromkeys(names, 1.0), least=1, most=1)
        self.comes = {each: self.model.unknown() for each in question.people}
        self.takes: dict[tuple[int, int, int], list[int]] = {}
        self.tight: list[int] = []
        self.travel: list[int] = []
        for guest in range(len(question.guests)):
            self._of_a_guest(guest)

    def _of_a_guest(self, guest: int) -> None:
        question, people = self.question, range(self.question.guests[guest].people)
        parts: list[dict[int, float]] = [{} for _ in people]
        guided: list[dict[int, float]] = [{} for _ in people]
        tight: dict[int, float] = {}
        for number, columns in enumerate(question.columns):
            for which, column in enumerate(columns):
                for option, name in zip(column.options[guest], self._choices(guest, number, which), strict=True):
                    tight[name] = float(option.tight)
                    for person in people:
                        parts[person][name], guided[person][name] = map(float, question.had(number, option, person))
        for person in people:
            comes = self.comes[guest, person]
            self.model.hold(parts[person] | {comes: -float(question.least_parts)}, least=0)
            self.model.hold(guided[person] | {comes: -float(question.least_guided)}, least=0)
        if any(tight.values()):
            everybody = [self.comes[guest, person] for person in people]
            self.tight.append(self._when(everybody, tight, len(question.sittings)))
        self._travel(guest)

    def _choices(self, guest: int, number: int, which: int) -> list[int]:
        """Which of its options a setting takes on a day: with one, it follows from where the session is."""
        options, there = self.question.columns[number][which].options[guest], self.at[number][which]
        if len(options) < 2:
            return [there] * len(options)
        names = [self.model.unknown() for _ in options]
        self.model.hold(dict.fromkeys(names, 1.0) | {there: -1.0}, least=0, most=0)
        self.takes[guest, number, which] = names
        return names

    def _when(self, comes: list[int], terms: Mapping[int, float], most: float) -> int:
        """A sum that counts as soon as one of these comes."""
        name = self.model.unknown(most, whole=False)
        for each in comes:
            less = {term: -value for term, value in terms.items()}
            self.model.hold(less | {name: 1.0, each: -most}, least=-most)
        return name

    def _travel(self, guest: int) -> None:
        """The way there and back, for everybody who comes."""
        question, ways = self.question, self.question.guests[guest].travel
        terms = {
            name: 2.0 * ways[column.venue]
            for columns, names in zip(question.columns, self.at, strict=True)
            for column, name in zip(columns, names, strict=True)
        }
        most = 2.0 * max(ways, default=0) * len(question.sittings)
        if most:
            people = range(question.guests[guest].people)
            self.travel += [self._when([self.comes[guest, person]], terms, most) for person in people]

    def plan_in(self, values: list[float]) -> Plan:
        """The plan that an answer of the solver describes. Who reaches the minimum is counted again, in whole numbers."""
        columns = tuple(_largest([values[name] for name in names]) for names in self.at)
        takes = tuple(
            tuple(self._taken(values, guest, number, which) for number, which in enumerate(columns))
            for guest in range(len(self.question.guests))
        )
        return with_who_reaches(self.question, Plan(columns, takes, frozenset()))

    def _taken(self, values: list[float], guest: int, number: int, which: int) -> int | None:
        if names := self.takes.get((guest, number, which)):
            return _largest([values[name] for name in names])
        return 0 if self.question.columns[number][which].options[guest] else None


def _largest(values: list[float]) -> int:
    return values.index(max(values))


def solve(question: Question, *, nodes: int = NODES) -> Found | None:
    """The best plan for a question that so many nodes of the search lead to; nothing when it cannot be held at all,
    or none was found within them.

    First as many people as possible, then among those plans the fewest tight days, then the least travel.
    """
    if not question.columns or not all(question.columns) or not question.guests:
        return None
    asked = _Asked(question)
    search = _Search(asked, nodes)
    everybody = list(asked.comes.values())
    bound = search.least_of(everybody, -1.0)
    if search.best is None:
        return None
    most = min(floor(-bound + NEARLY), most_that_could(question))
    search.hold(everybody, least=search.best[0].people)
    fewest = 0
    if asked.tight:
        fewest = max(0, ceil(search.least_of(asked.tight) - NEARLY))
        search.hold(asked.tight, most=search.best[0].tight)
    if asked.travel:
        search.least_of(asked.travel)
    worth, plan = search.best
    return Found(plan, worth, max(most, worth.people), min(fewest, worth.tight), search.proven)


class _Search:
    """The solver at work on one question: the best plan so far, and whether everything asked was answered to the end."""

    def __init__(self, asked: _Asked, nodes: int) -> None:
        self.asked, self.proven = asked, True
        self.solver = _solver(asked.model, nodes)
        self.best: tuple[Worth, Plan] | None = None
        """The best plan so far and what it comes to; nothing when it was stopped before it had one."""

    def least_of(self, names: Iterable[int], of_each: float = 1.0) -> float:
        """Look for a plan with the least sum of these; how small it could be at best."""
        solver, count = self.solver, len(self.asked.model.most)
        costs = np.zeros(count)
        costs[list(names)] = of_each
        solver.changeColsCost(count, np.arange(count, dtype=np.int32), costs)
        solver.run()
        info = solver.getInfo()
        self.proven = self.proven and solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            plan = self.asked.plan_in(list(solver.getSolution().col_value))
            worth = worth_of(self.asked.question, plan)
            if worth.better_than(self.best and self.best[0]):
                self.best = worth, plan
        return float(info.mip_dual_bound)

    def hold(self, names: Iterable[int], *, least: float = -highspy.kHighsInf, most: float = highspy.kHighsInf) -> None:
        """Hold on to what was reached."""
        which = np.array(list(names), dtype=np.int32)
        self.solver.addRow(least, most, len(which), which, np.ones(len(which)))


def _solver(model: _Model, nodes: int) -> highspy.Highs:
    """The solver with a program, told to work the same way each time."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    said: dict[str, bool | int | float | str] = {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_max_nodes": nodes,
        "time_limit": SAFETY_SECONDS,
    }
    for name, value in said.items():
        solver.setOptionValue(name, value)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(model.most), len(model.rows)
    program.col_cost_ = np.zeros(len(model.most))
    program.col_lower_, program.col_upper_ = np.zeros(len(model.most)), np.array(model.most)
    program.row_lower_ = np.array([least for least, _, _ in model.rows])
    program.row_upper_ = np.array([most for _, most, _ in model.rows])
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    program.integrality_ = [kinds[whole] for whole in model.whole]
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(terms) for _, _, terms in model.rows)], dtype=np.int32)
    matrix.index_ = np.array([name for _, _, terms in model.rows for name in terms], dtype=np.int32)
    matrix.value_ = np.array([value for _, _, terms in model.rows for value in terms.values()])
    solver.passModel(program)
    return solver
