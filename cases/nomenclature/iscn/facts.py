"""What follows from a karyotype: losses and gains, ploidy, complexity and the fusions that translocations suggest.

Codes: ``-7``, ``+8`` (``+21c`` when constitutional), ``del(5q)``, ``abn(17p)``, ``t(9;22)``, ``inv(16)``, ``idic(7)``
..., ``high_hyperdiploidy``, ``hypodiploidy``, ``low_hypodiploidy``, ``near_haploidy``, ``complex_3``, ``complex_5``,
``normal`` and ``suspected:BCR::ABL1``. An abnormality or chromosome with a question mark gives no fact. A fact that is
not listed is not thereby absent: cryptic changes, iAMP21 and a doubled hypodiploid clone cannot be seen in a formula.
"""

import re
from collections.abc import Iterable

from cases.nomenclature.iscn.model import SUSPECTED, Abnormality, Clone
from cases.nomenclature.iscn.translocations import suspected_fusion

_CLASSES = {
    "high_hyperdiploidy": (51, 67),
    "hypodiploidy": (1, 43),
    "low_hypodiploidy": (31, 39),
    "near_haploidy": (24, 30),
}
_NAMED = frozenset({"t", "inv", "ins", "dic", "idic", "i", "ider"})


def facts_of(clones: tuple[Clone, ...], *, is_whole: bool) -> frozenset[str]:
    """Every fact of every clone. ``normal`` only when the whole text was understood and all clones are normal."""
    facts = {fact for clone in clones for fact in _facts_of_clone(clone)} | complexity(clones)
    if is_whole and clones and all(clone.is_normal for clone in clones):
        facts.add("normal")
    return frozenset(facts)


def complexity(clones: Iterable[Clone]) -> set[str]:
    """``complex_3`` and ``complex_5``: the clone with most acquired abnormalities has at least three or five.

    Every abnormality counts, also one that defines a class of its own, so the ELN rule "in the absence of
    class-defining abnormalities" is left to the reader. Only gains of whole chromosomes are not a complex karyotype.
    Source: Döhner H et al. Blood 2022;140:1345-1377. doi:10.1182/blood.2022016867
    """
    most = max((clone.abnormality_count for clone in clones if not _only_gains(clone)), default=0)
    return {f"complex_{least}" for least in (3, 5) if most >= least}


def _only_gains(clone: Clone) -> bool:
    return all(item.kind == "+" for item in clone.acquired)


def _facts_of_clone(clone: Clone) -> set[str]:
    facts = _ploidy(clone)
    for item in clone.abnormalities:
        if item.is_constitutional:
            facts.add(item.text if item.text.endswith("c") else item.text + "c")
            continue
        if item.is_uncertain:
            continue
        facts |= _whole(item, clone) | _arms(item)
        facts |= _rearranged(item) | {fact for part in item.parts for fact in _rearranged(part)}
    return facts


def _ploidy(clone: Clone) -> set[str]:
    """Classes of the modal number; a range counts when it lies inside the class as a whole.

    High hyperdiploidy 51 to 67, hypodiploidy below 44, of it low hypodiploidy 31 to 39 and near-haploidy 24 to 30.
    Source: Alaggio R et al., WHO classification of lymphoid neoplasms, 5th edition. Leukemia 2022;36:1720-1748.
    doi:10.1038/s41375-022-01620-2
    """
    if clone.count_low is None or clone.count_high is None:
        return set()
    return {name for name, (least, most) in _CLASSES.items() if least <= clone.count_low and clone.count_high <= most}


def _whole(item: Abnormality, clone: Clone) -> set[str]:
    """A whole chromosome gained or lost; a loss that a rearranged copy of the same chromosome makes good is none."""
    if item.kind not in {"+", "-"}:
        return set()
    replaced = {other.chromosomes for other in clone.acquired if other.sign == "+" and other.is_structural}
    if item.kind == "-" and item.chromosomes in replaced:
        return set()
    return {item.kind + item.chromosomes[0]}


def _arms(item: Abnormality) -> set[str]:
    """Arms that lose material for certain (``del(17p)``) or take part in any rearrangement (``abn(17p)``)."""
    if not item.is_structural or item.sign == "+":
        return set()
    facts = set()
    for chromosome, bands in zip(item.chromosomes, item.bands, strict=False):
        arms = {found[0] for band in bands if chromosome != "?" and (found := re.search("[pq]", band))}
        facts |= {f"abn({chromosome}{arm})" for arm in arms}
        if item.kind == "del":
            facts |= {f"del({chromosome}{arm})" for arm in arms}
        elif item.kind in {"i", "idic", "ider"} and arms:
            lost = _lost_arm(item.kind, arms.copy().pop(), bands[0])
            facts |= {f"del({chromosome}{lost})", f"abn({chromosome}{lost})"}
    return facts | _arms_of_derivative(item)


def _lost_arm(kind: str, arm: str, band: str) -> str:
    """i(17)(q10) keeps two long arms; idic(17)(p11) breaks in the short arm and loses what lies beyond."""
    other = {"p": "q", "q": "p"}[arm]
    return other if kind in {"i", "ider"} or band.endswith("10") else arm


def _arms_of_derivative(item: Abnormality) -> set[str]:
    if item.kind != "der":
        return set()
    facts: set[str] = set()
    for part in item.parts:
        for chromosome, band in part.places():
            arm = re.search("[pq]", band)
            if chromosome in item.chromosomes and arm:
                facts.add(f"abn({chromosome}{arm[0]})")
                if part.kind == "del":
                    facts.add(f"del({chromosome}{arm[0]})")
    return facts


def _rearranged(item: Abnormality) -> set[str]:
    """The translocation or inversion as a code, and the fusion it suggests."""
    if item.is_constitutional or item.kind not in _NAMED or not item.chromosomes:
        return set()
    facts = {f"{item.kind}({';'.join(item.chromosomes)})"}
    fusion = suspected_fusion(item)
    return facts | {SUSPECTED + fusion} if fusion else facts
