"""The order of a match list as a visible vector, never one opaque number."""

from dataclasses import dataclass
from typing import Final

from trials.matching.conditions import Expressed, ExpressedPercent, HasLesion, HasPathway, KindOfDisease
from trials.matching.criteria import Leaf, Node, leaves
from trials.matching.evaluate import Outcome
from trials.matching.explain import Explanation
from trials.matching.lesions import Fusion, GeneVariant, Lesion
from trials.matching.vocabulary import diseases

OUTCOMES_FIRST_TO_LAST: Final = (
    Outcome.NO_CRITERION_FAILS,
    Outcome.POSSIBLE,
    Outcome.NOT_NOW,
    Outcome.CRITERION_NOT_MET,
)
AVAILABILITY_FIRST_TO_LAST: Final = (
    "recruiting",
    "recruiting_unconfirmed",
    "recruiting_elsewhere",
    "not_yet_recruiting",
    "unknown",
    "full",
    "closed",
)


@dataclass(frozen=True, slots=True)
class Cohort:
    """What the order needs to know of a cohort besides its criteria; ``phase`` 0 when not stated."""

    key: str
    availability: str
    phase: int
    days_since_check: int | None


def order_vector(tree: Node, explanation: Explanation, cohort: Cohort) -> tuple[int | str, ...]:
    """Return the sort key: smaller comes first.

    Outcome, availability, molecular then disease specificity, number of missing facts, later phase, newer check, key.
    """
    return (
        OUTCOMES_FIRST_TO_LAST.index(explanation.outcome),
        AVAILABILITY_FIRST_TO_LAST.index(cohort.availability),
        min(_molecular_rank(leaf) for leaf in leaves(tree)),
        min(_disease_rank(leaf) for leaf in leaves(tree)),
        explanation.count("unknown"),
        -cohort.phase,
        _NEVER_CHECKED if cohort.days_since_check is None else cohort.days_since_check,
        cohort.key,
    )


_DISEASE_ONLY: Final = 3
_ANY_DISEASE: Final = 3
_NEVER_CHECKED: Final = 100_000


def _molecular_rank(leaf: Leaf) -> int:
    match leaf.condition:
        case HasLesion(lesion=lesion):
            return 0 if _is_precise(lesion) else 1
        case HasPathway() | Expressed() | ExpressedPercent():
            return 2
    return _DISEASE_ONLY


def _is_precise(lesion: Lesion) -> bool:
    named_variant = isinstance(lesion, GeneVariant) and bool(lesion.protein or lesion.variant_class)
    return isinstance(lesion, Fusion) or named_variant


def _disease_rank(leaf: Leaf) -> int:
    """Return 0 for entities, 1 for a group or two, 2 for wider families."""
    if not isinstance(leaf.condition, KindOfDisease):
        return _ANY_DISEASE
    groups = leaf.condition.codes & diseases().groups
    if not groups:
        return 0
    return 1 if len(groups) <= 2 else 2
