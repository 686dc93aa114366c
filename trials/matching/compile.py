"""A catalogue of trees as arrays: equal leaves and groups are stored and evaluated once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from trials.matching.columns import Column, Positions, Verdicts, columns_for
from trials.matching.criteria import AllOf, AnyOf, AtLeast, Leaf, Node, Not
from trials.matching.evaluate import Outcome
from trials.matching.facts import Facts
from trials.matching.kleene import Verdict

if TYPE_CHECKING:
    from trials.matching.conditions import Condition

_Row: TypeAlias = tuple[int, tuple[int, ...], int]

_OUTCOMES: Final = np.array(
    [Outcome.CRITERION_NOT_MET, Outcome.POSSIBLE, Outcome.NO_CRITERION_FAILS, Outcome.NOT_NOW], dtype=object
)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Groups of one kind, level and size: their positions, and for each place in a group the children there."""

    kind: str
    groups: Positions
    children: tuple[Positions, ...]
    needed: NDArray[np.int_]

    def resolve(self, values: Verdicts) -> Verdicts:
        """Return the verdicts of these groups from those of their children."""
        columns = [values[places] for places in self.children]
        if self.kind == "all":
            return reduce(np.minimum, columns)
        if self.kind == "any":
            return reduce(np.maximum, columns)
        met = sum(column == Verdict.MET for column in columns)
        possible = sum(column != Verdict.NOT_MET for column in columns)
        verdicts: Verdicts = (met >= self.needed).astype(np.int8) + (possible >= self.needed)
        return verdicts


class CompiledCatalogue:
    """Trees in the order given to ``compile_catalogue``; evaluation answers all of them for one case."""

    def __init__(self, builder: "_Builder", roots: Sequence[int]) -> None:
        self._columns: list[Column] = columns_for(tuple(builder.conditions))
        self._condition_count = len(builder.conditions)
        literals = tuple(builder.literals)
        self._condition_of = np.array([condition for condition, _, _ in literals], dtype=np.intp)
        self._negated = np.array([negated for _, negated, _ in literals], dtype=bool)
        self._recoverable = np.array([recoverable for _, _, recoverable in literals], dtype=bool)
        self._literal_positions = np.array(list(builder.literals.values()), dtype=np.intp)
        self._size = builder.size
        self._batches = builder.batches()
        self._roots = np.array(roots, dtype=np.intp)

    @property
    def distinct_conditions(self) -> int:
        """The number of different conditions in the catalogue."""
        return self._condition_count

    def verdicts(self, facts: Facts) -> Verdicts:
        """Return one verdict (0 not met, 1 unknown, 2 met) for each tree."""
        return self._resolve(self._literals(facts))

    def outcomes(self, facts: Facts) -> list[Outcome]:
        """Return one outcome for each tree; *not now* where only recoverable criteria fail."""
        literals = self._literals(facts)
        verdicts = self._resolve(literals)
        codes = verdicts.astype(np.intp)
        if (self._recoverable & (literals == Verdict.NOT_MET)).any():
            hoped = self._resolve(np.where(self._recoverable, np.int8(Verdict.UNKNOWN), literals))
            codes = np.where((verdicts == Verdict.NOT_MET) & (hoped != Verdict.NOT_MET), 3, codes)
        outcomes: list[Outcome] = _OUTCOMES[codes].tolist()
        return outcomes

    def _literals(self, facts: Facts) -> Verdicts:
        answers = np.full(self._condition_count, Verdict.UNKNOWN, dtype=np.int8)
        for column in self._columns:
            column.fill(facts, answers)
        literals = answers[self._condition_of]
        return np.where(self._negated, np.int8(2) - literals, literals)

    def _resolve(self, literals: Verdicts) -> Verdicts:
        values = np.empty(self._size, dtype=np.int8)
        values[self._literal_positions] = literals
        for batch in self._batches:
            values[batch.groups] = batch.resolve(values)
        result: Verdicts = values[self._roots]
        return result


def compile_catalogue(trees: Sequence[Node]) -> CompiledCatalogue:
    """Compile trees; ``verdicts`` and ``outcomes`` answer in the same order.

    *Not* is moved down to the leaves first, so that every group is monotone in its parts.
    """
    builder = _Builder()
    roots = [builder.add(tree, negated=False) for tree in trees]
    return CompiledCatalogue(builder, roots)


class _Builder:
    """Gives every distinct condition, literal and group one number."""

    def __init__(self) -> None:
        self.conditions: dict[Condition, int] = {}
        self.literals: dict[tuple[int, bool, bool], int] = {}
        self.size = 0
        self._groups: dict[tuple[str, tuple[int, ...], int], int] = {}
        self._level: list[int] = []
        self._rows: dict[tuple[int, str, int], list[_Row]] = defaultdict(list)

    def add(self, node: Node, *, negated: bool) -> int:
        match node:
            case Leaf():
                return self._literal(node, negated=negated)
            case Not():
                return self.add(node.part, negated=not negated)
            case AllOf() | AnyOf():
                children = {self.add(part, negated=negated) for part in node.parts}
                is_all = isinstance(node, AllOf) is not negated
                return self._group("all" if is_all else "any", tuple(sorted(children)))
            case AtLeast():
                parts = tuple(sorted(self.add(part, negated=negated) for part in node.parts))
                return self._group("at_least", parts, len(parts) - node.n + 1 if negated else node.n)

    def batches(self) -> list[_Batch]:
        """Return the groups in the order in which they can be computed."""
        return [_batch(kind, rows) for (_, kind, _), rows in sorted(self._rows.items())]

    def _literal(self, leaf: Leaf, *, negated: bool) -> int:
        condition = self.conditions.setdefault(leaf.condition, len(self.conditions))
        key = (condition, negated, leaf.recoverable)
        if key not in self.literals:
            self.literals[key] = self._next(level=0)
        return self.literals[key]

    def _group(self, kind: str, children: tuple[int, ...], needed: int = 0) -> int:
        if len(children) == 1:
            return children[0]
        known = self._groups.get((kind, children, needed))
        if known is not None:
            return known
        level = 1 + max(self._level[child] for child in children)
        number = self._groups[kind, children, needed] = self._next(level=level)
        self._rows[level, kind, len(children)].append((number, children, needed))
        return number

    def _next(self, *, level: int) -> int:
        self._level.append(level)
        self.size += 1
        return self.size - 1


def _batch(kind: str, rows: Sequence[_Row]) -> _Batch:
    return _Batch(
        kind=kind,
        groups=np.array([number for number, _, _ in rows]),
        children=tuple(np.array(places) for places in zip(*(row[1] for row in rows), strict=True)),
        needed=np.array([needed for _, _, needed in rows]),
    )
