"""Prints how fast matching is: ``python -m benchmarks.matching``. Times depend on the machine; nothing asserts them."""

import resource
import statistics
import sys
from functools import partial
from random import Random
from time import process_time
from typing import Any, Final

from benchmarks.figures import milliseconds, percentile, print_table
from tests.trials.generator import random_content, random_tree
from trials.matching.compile import CompiledCatalogue, compile_catalogue
from trials.matching.criteria import CriterionError, Node, parse
from trials.matching.evaluate import evaluate_tree, outcome_of
from trials.matching.facts import Facts, facts_of

TRIALS: Final = 10_000
CASES: Final = 1_000
REPEATS: Final = 200


def main() -> int:
    """Run all measurements and print one table."""
    random = Random(20261122)
    documents = _documents(random)
    started = process_time()
    trees = [parse(document) for document in documents]
    parsed = process_time()
    catalogue = compile_catalogue(trees)
    compiled = process_time()
    cases = [facts_of(random_content(random)) for _ in range(CASES)]

    one_case = [milliseconds(partial(catalogue.outcomes, cases[number % CASES])) for number in range(REPEATS)]
    one_trial = [milliseconds(partial(_one, tree, cases)) for tree in trees[:40]]
    contents = [random_content(random) for _ in range(REPEATS)]
    facts_times = [milliseconds(partial(facts_of, contents[number])) for number in range(REPEATS)]
    rows = [
        ("trials, distinct random trees", f"{len(trees):,}"),
        ("distinct conditions", f"{catalogue.distinct_conditions:,}"),
        ("read the trees", f"{parsed - started:.2f} s"),
        ("compile", f"{compiled - parsed:.2f} s"),
        ("10,000 trials x 1 case, median", f"{statistics.median(one_case):.1f} ms"),
        ("10,000 trials x 1 case, 95th percentile", f"{percentile(one_case, 95):.1f} ms"),
        ("the same by plain recursion", f"{milliseconds(lambda: _by_recursion(trees, cases[0])):.0f} ms"),
        ("1 new trial x 1,000 cases, median of 40", f"{statistics.median(one_trial):.0f} ms"),
        ("1 new trial x 1,000 cases, 95th percentile", f"{percentile(one_trial, 95):.0f} ms"),
        ("10,000 trials x 1,000 cases", f"{milliseconds(lambda: _all(catalogue, cases)) / 1000:.1f} s"),
        ("facts of one case", f"{statistics.median(facts_times):.2f} ms"),
        ("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"),
    ]
    print_table(rows)
    return 0


def _documents(random: Random) -> list[dict[str, Any]]:
    """Return random trees, leaving out those with an age above its own limit."""
    documents: list[dict[str, Any]] = []
    while len(documents) < TRIALS:
        document = random_tree(random, random.randint(3, 16))
        try:
            parse(document)
        except CriterionError:
            continue
        documents.append(document)
    return documents


def _all(catalogue: CompiledCatalogue, cases: list[Facts]) -> None:
    for facts in cases:
        catalogue.outcomes(facts)


def _one(tree: Node, cases: list[Facts]) -> None:
    for facts in cases:
        outcome_of(tree, facts)


def _by_recursion(trees: list[Node], facts: Facts) -> None:
    for tree in trees:
        evaluate_tree(tree, facts)


if __name__ == "__main__":
    sys.exit(main())
