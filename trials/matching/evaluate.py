"""Plain recursion over one tree: the reference that the compiled catalogue must equal."""

from collections.abc import Callable
from enum import StrEnum

from trials.matching.answers import Answer
from trials.matching.criteria import AllOf, AnyOf, AtLeast, Leaf, Node, Not
from trials.matching.facts import Facts
from trials.matching.kleene import Verdict, all_of, any_of, at_least, negate


class Outcome(StrEnum):
    """What the submitted data say about one cohort; whether it recruits is another statement."""

    NO_CRITERION_FAILS = "no_criterion_fails"
    POSSIBLE = "possible"
    NOT_NOW = "not_now"
    CRITERION_NOT_MET = "criterion_not_met"


def evaluate_tree(node: Node, facts: Facts) -> Verdict:
    """Return the three-valued verdict of a tree on one case."""
    return fold(node, lambda leaf: leaf.condition.answer(facts).verdict)


def fold(node: Node, verdict_of: Callable[[Leaf], Verdict]) -> Verdict:
    """Return the verdict of a tree from verdicts of its leaves."""
    match node:
        case Leaf():
            return verdict_of(node)
        case Not():
            return negate(fold(node.part, verdict_of))
        case AllOf():
            return all_of(fold(part, verdict_of) for part in node.parts)
        case AnyOf():
            return any_of(fold(part, verdict_of) for part in node.parts)
        case AtLeast():
            return at_least(node.n, (fold(part, verdict_of) for part in node.parts))


def outcome_of(node: Node, facts: Facts) -> Outcome:
    """Return the outcome of a cohort; *not now* when it fails only by what may recover."""
    verdict = evaluate_tree(node, facts)
    if verdict is not Verdict.NOT_MET:
        return Outcome.NO_CRITERION_FAILS if verdict is Verdict.MET else Outcome.POSSIBLE
    hoped = fold(node, lambda leaf: Verdict.UNKNOWN if leaf.recoverable else leaf.condition.answer(facts).verdict)
    return Outcome.CRITERION_NOT_MET if hoped is Verdict.NOT_MET else Outcome.NOT_NOW


def answers_of(node: Node, facts: Facts) -> dict[str, Answer]:
    """Return the answer of every leaf by its id."""
    found: dict[str, Answer] = {}
    _collect(node, facts, found)
    return found


def _collect(node: Node, facts: Facts, into: dict[str, Answer]) -> None:
    match node:
        case Leaf():
            into[node.id] = node.condition.answer(facts)
        case Not():
            _collect(node.part, facts, into)
        case AllOf() | AnyOf() | AtLeast():
            for part in node.parts:
                _collect(part, facts, into)
