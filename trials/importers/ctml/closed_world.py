"""Compatibility with MatchMiner: which trials its engine would name, from the same trees by our own engine.

Closed world means that a missing fact fails every inclusion and satisfies every exclusion. That is unsafe for patients
with partial profiles, so it serves for comparison only.
"""

from collections.abc import Sequence
from types import MappingProxyType

from trials.importers.ctml.patients import CtmlPatient, verdict_of
from trials.importers.ctml.tree import CtmlAll, CtmlAny, CtmlLeaf, CtmlNode, leaves
from trials.matching.answers import Reason
from trials.matching.compile import compile_catalogue
from trials.matching.conditions import Flag
from trials.matching.criteria import AllOf, AnyOf, CriterionKind, Leaf, Node
from trials.matching.facts import Fact, Facts, Therapy, Topics
from trials.matching.kleene import Verdict
from trials.matching.molecular import MolecularProfile

_FACT = "ctml"


class CtmlCatalogue:
    """Clauses compiled by the engine that matches cases; equal leaves are asked once for each patient."""

    def __init__(self, trees: Sequence[CtmlNode]) -> None:
        self._leaves = {leaf.key: leaf for tree in trees for leaf in leaves(tree)}
        self._compiled = compile_catalogue([_engine_node(tree) for tree in trees])

    def verdicts(self, patient: CtmlPatient, *, closed_world: bool) -> list[Verdict]:
        """Return one verdict for each tree, in a closed world never *unknown*."""
        found = {
            key: _as_fact(verdict_of(leaf, patient, closed_world=closed_world)) for key, leaf in self._leaves.items()
        }
        facts = Facts(
            flat=MappingProxyType({}),
            topics=MappingProxyType({_FACT: Topics(found)}),
            molecular=MolecularProfile(),
            antigens=MappingProxyType({}),
            no_antigens=Reason.NOT_GIVEN,
            therapy=Therapy(),
        )
        return [Verdict(int(verdict)) for verdict in self._compiled.verdicts(facts)]


def _as_fact(verdict: Verdict) -> Fact:
    """Hand a leaf's verdict to the engine as the fact behind it."""
    return Fact(reason=Reason.NOT_GIVEN) if verdict is Verdict.UNKNOWN else Fact(value=verdict is Verdict.MET)


def _engine_node(node: CtmlNode) -> Node:
    match node:
        case CtmlAll():
            return AllOf(tuple(_engine_node(part) for part in node.parts))
        case CtmlAny():
            return AnyOf(tuple(_engine_node(part) for part in node.parts))
        case CtmlLeaf():
            return _engine_leaf(node)


def _engine_leaf(leaf: CtmlLeaf) -> Leaf:
    return Leaf(
        id=leaf.path,
        fact=_FACT,
        condition=Flag(_FACT, wanted=True, about=leaf.key),
        text=leaf.source,
        kind=CriterionKind.EXCLUSION if leaf.negated else CriterionKind.INCLUSION,
        ref="",
        recoverable=False,
        curator="",
        document={},
    )
