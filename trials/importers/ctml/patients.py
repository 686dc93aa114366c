"""What a CTML patient record says about one leaf; used for comparison with MatchMiner, never for our own matching.

Field names and semantics: the engine of https://github.com/pughlab/ctims-matchminer-engine with its own configuration.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeAlias

from trials.importers.ctml.tree import COMPARISON, SIGNATURES, CtmlLeaf, Scalar, Value
from trials.matching.kleene import Verdict, negate

Event: TypeAlias = Mapping[str, Any]
_IGNORED: Final = frozenset({"disease_status", "er_status", "pr_status", "her2_status"})
_GENOMIC: Final = {
    "protein_change": "HARMONIZED_PROTEIN_CHANGE",
    "variant_classification": "HARMONIZED_VARIANT_CLASSIFICATION",
    "exon": "HARMONIZED_TRANSCRIPT_EXON",
    "wildtype": "WILDTYPE",
    "molecular_function": "MOLECULAR_FUNCTION",
}
_CATEGORIES: Final = {
    "mutation": ("MUTATION",),
    "copy number variation": ("CNV",),
    "structural variation": ("SV",),
    "any variation": ("MUTATION", "CNV"),
    "signature": ("SIGNATURE",),
}
_COPIES: Final = {
    "High Amplification": "High level amplification",
    "Low Amplification": "Gain",
    "Homozygous Deletion": "Homozygous deletion",
    "Heterozygous Deletion": "Heterozygous deletion",
}
_REPAIR: Final = {
    "MMR-Deficient": "Deficient (MMR-D / MSI-H)",
    "MSI-H": "Deficient (MMR-D / MSI-H)",
    "MMR-Proficient": "Proficient (MMR-P / MSS)",
    "MSI-L": "Proficient (MMR-P / MSS)",
    "MSS": "Proficient (MMR-P / MSS)",
}
_LEFT: Final = "HARMONIZED_LEFT_PARTNER_GENE"
_RIGHT: Final = "HARMONIZED_RIGHT_PARTNER_GENE"
_GENE: Final = "HARMONIZED_HUGO_SYMBOL"
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class CtmlPatient:
    """One sample with its clinical record and its events, in the field names of the reference engine.

    ``as_of`` is the day on which ages are reckoned; ``names`` maps a diagnosis to all that count as such.
    """

    clinical: Mapping[str, Any]
    events: Sequence[Event]
    as_of: date
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)


def verdict_of(leaf: CtmlLeaf, patient: CtmlPatient, *, closed_world: bool) -> Verdict:
    """Say whether a patient meets one leaf.

    With ``closed_world``, as the reference engine does it, what is not on record fails an inclusion and satisfies a
    negation, and disease status and hormone receptors are ignored. Otherwise what is not on record is unknown.
    """
    if leaf.category == "clinical" and not _IGNORED.isdisjoint(dict(leaf.fields)):
        return Verdict.MET if closed_world else Verdict.UNKNOWN
    verdict = Verdict.UNKNOWN if leaf.problem else _READERS[leaf.category](leaf, patient)
    if closed_world and verdict is Verdict.UNKNOWN:
        verdict = Verdict.NOT_MET
    return negate(verdict) if leaf.negated else verdict


def _clinical(leaf: CtmlLeaf, patient: CtmlPatient) -> Verdict:
    (key, value), *_others = leaf.fields
    if key == "age_numerical":
        return _age(str(value), patient)
    if key in ("tmb", "tmb_numerical"):
        found = patient.clinical.get("TUMOR_MUTATIONAL_BURDEN_PER_MEGABASE")
        return Verdict.UNKNOWN if found is None else _truth(_compares(float(found), str(value)))
    if key == "oncotree_primary_diagnosis":
        found = patient.clinical.get("ONCOTREE_PRIMARY_DIAGNOSIS_NAME")
        accepted = patient.names.get(str(value), frozenset({str(value)}))
        return Verdict.UNKNOWN if found in (None, "") else _truth(found in accepted)
    found = patient.clinical.get("GENDER") if key == "gender" else None
    return Verdict.UNKNOWN if found in (None, "") else _truth(found == value)


def _age(text: str, patient: CtmlPatient) -> Verdict:
    """Compare the birth date with the day that lies that many whole months back."""
    born = patient.clinical.get("BIRTH_DATE_INT")
    compared = COMPARISON.fullmatch(text)
    if born is None or compared is None:
        return Verdict.UNKNOWN
    limit = _months_before(patient.as_of, _months_of(float(compared[2])))
    return _truth(_COMPARE[compared[1]](-int(born), -limit))


def _months_of(years: float) -> int:
    """Return years as whole months; a fraction such as 0.083 stands for one month."""
    whole = int(years)
    return whole * _MONTHS + round((years - whole) * _MONTHS)


def _months_before(day: date, months: int) -> int:
    """Return a day some months earlier as the number 20260101; the 31st becomes the last day of a shorter month."""
    total = day.year * _MONTHS + day.month - 1 - months
    year, month = max(1, total // _MONTHS), total % _MONTHS + 1
    last = (date(year + month // _MONTHS, month % _MONTHS + 1, 1) - date(year, month, 1)).days
    return year * 10_000 + month * 100 + min(day.day, last)


def _compares(found: float, text: str) -> bool:
    compared = COMPARISON.fullmatch(text)
    return compared is not None and _COMPARE[compared[1]](found, float(compared[2]))


_COMPARE: Final[Mapping[str, Callable[[float, float], bool]]] = {
    ">=": lambda found, limit: found >= limit,
    ">": lambda found, limit: found > limit,
    "<=": lambda found, limit: found <= limit,
    "<": lambda found, limit: found < limit,
    "==": lambda found, limit: found == limit,
    "=": lambda found, limit: found == limit,
}


def _genomic(leaf: CtmlLeaf, patient: CtmlPatient) -> Verdict:
    """Look for one event that fulfils all the fields together; none on record says nothing."""
    tests = _tests(leaf)
    found = any(all(test(event) for test in tests) for event in patient.events)
    return Verdict.MET if found else Verdict.UNKNOWN


def _tests(leaf: CtmlLeaf) -> list[Callable[[Event], bool]]:
    """Return one test of an event for each field of a leaf."""
    category = _CATEGORIES.get(str(leaf.get("variant_category")).lower())
    signatures = [key for key in SIGNATURES if leaf.get(key) is not None]
    tests: list[Callable[[Event], bool]] = [_is(SIGNATURES[key], _signature(leaf.get(key))) for key in signatures]
    for key, value in leaf.fields:
        if key == "variant_category":
            tests.append(_is_one_of("VARIANT_CATEGORY", category or (str(value).upper(),)))
        elif key == "cnv_call":
            tests.append(_is("CNV_CALL", _COPIES.get(str(value), value)))
        elif key == "wildcard_protein_change":
            tests.append(_starts(str(value)))
        elif key in _GENOMIC:
            tests.append(_is(_GENOMIC[key], value))
    if not signatures:
        tests.extend(_genes(leaf, is_fusion=category == ("SV",)))
    return tests


def _signature(value: Value | None) -> Value | None:
    return _REPAIR.get(value, value) if isinstance(value, str) else value


def _is(field: str, value: Value | None) -> Callable[[Event], bool]:
    return lambda event: event.get(field) == value


def _is_one_of(field: str, values: tuple[str, ...]) -> Callable[[Event], bool]:
    return lambda event: event.get(field) in values


def _starts(value: str) -> Callable[[Event], bool]:
    """Match a protein change that is the prefix and one more amino acid."""
    wanted = re.compile(rf"{re.escape(value if value.startswith('p.') else f'p.{value}')}[A-Z]", re.IGNORECASE)
    return lambda event: bool(wanted.fullmatch(str(event.get("HARMONIZED_PROTEIN_CHANGE") or "")))


def _genes(leaf: CtmlLeaf, *, is_fusion: bool) -> list[Callable[[Event], bool]]:
    gene, partner = leaf.get("hugo_symbol"), leaf.get("fusion_partner_hugo_symbol")
    if is_fusion:
        return [lambda event: _joins(event, gene, partner)]
    if gene is None or gene == "any_gene" or isinstance(gene, tuple):
        return []
    return [_is(_GENE, gene)]


def _joins(event: Event, gene: Value | None, partner: Value | None) -> bool:
    """Whether a rearrangement joins two genes in either order; in words only, whether it names the gene."""
    left, right = event.get(_LEFT), event.get(_RIGHT)
    if left is None and right is None:
        comment = str(event.get("STRUCTURAL_VARIANT_COMMENT") or "")
        named = re.search(rf"(?<!\w){re.escape(str(gene))}(?!\w)", comment, re.IGNORECASE)
        return partner is None and named is not None
    if partner is None:
        return _side(gene, left) or _side(gene, right)
    return (_side(gene, left) and _side(partner, right)) or (_side(gene, right) and _side(partner, left))


def _side(wanted: Value | None, found: Scalar | None) -> bool:
    if wanted is None:
        return True
    if wanted == "any_gene":
        return found is not None
    return found is None if wanted == "intergenic" else found == wanted


def _treatment(leaf: CtmlLeaf, patient: CtmlPatient) -> Verdict:
    given = patient.clinical.get("PRIOR_TREATMENT_AGENTS") or ()
    (_key, value), *_others = leaf.fields
    return Verdict.MET if str(value).lower() in {str(name).lower() for name in given} else Verdict.UNKNOWN


def _truth(met: bool) -> Verdict:  # noqa: FBT001 -- the answer itself, not a switch
    return Verdict.MET if met else Verdict.NOT_MET


_READERS: Final[Mapping[str, Callable[[CtmlLeaf, CtmlPatient], Verdict]]] = {
    "clinical": _clinical,
    "genomic": _genomic,
    "prior_treatment": _treatment,
}
