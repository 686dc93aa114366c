"""Reads findings off specimens: what belongs to the current disease, and what was looked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from trials.matching.answers import Reason
from trials.matching.lesions import protein_key
from trials.matching.molecular import AbsenceSeen, FusionSeen, MolecularProfile, Seen, VariantSeen
from trials.matching.vocabulary import readable_lesion

_PROFILING: Final = frozenset(
    {
        "SNP_array",
        "MLPA",
        "OGM",
        "targeted_panel_DNA",
        "WES",
        "WGS",
        "RNA_fusion_panel",
        "RNAseq_WTS",
        "methylation_array",
    }
)
_BY_STATUS: Final = (("pending", Reason.PENDING), ("failed", Reason.FAILED))


@dataclass(frozen=True, slots=True)
class AntigenSeen:
    """One antigen on the newest specimen of the current disease.

    ``percent`` is of blasts and missing when the laboratory counted other cells; ``doubt`` then says why, or that
    treatment against this antigen came after the specimen.
    """

    percent: float | None
    intensity: str
    text: str
    seen: Seen
    doubt: Reason | None = None
    stale: bool = False


def seen_on(specimen: Mapping[str, Any]) -> Seen:
    """Return label, day and currency of a specimen."""
    day = specimen.get("taken_on_day")
    current = specimen.get("is_current_disease") is True
    return Seen(str(specimen.get("label", "")), day if isinstance(day, int) else None, current)


def molecular_profile(specimens: Sequence[Mapping[str, Any]]) -> MolecularProfile:
    """Collect variants, fusions and absences of all specimens; shorthand that cannot be read says nothing."""
    variants: list[VariantSeen] = []
    fusions: list[FusionSeen] = []
    absences: list[AbsenceSeen] = []
    for specimen in specimens:
        seen = seen_on(specimen)
        variants.extend(_variant(row, seen) for row in specimen.get("variants") or [])
        fusions.extend(_fusion(row, seen) for row in specimen.get("fusions") or [])
        absences.extend(
            AbsenceSeen(lesion, f"{text} looked for, not found", seen)
            for text in specimen.get("tested_absent") or []
            if (lesion := readable_lesion(str(text))) is not None
        )
    return MolecularProfile.of(variants, fusions, absences, _untested(specimens))


def current_profiles(specimens: Sequence[Mapping[str, Any]]) -> tuple[bool | Reason, bool | Reason]:
    """Say whether the current disease was profiled, by molecular methods and by flow cytometry."""
    current = [specimen for specimen in specimens if seen_on(specimen).current]
    statuses = {
        assay.get("status")
        for specimen in current
        for assay in specimen.get("assays") or []
        if assay.get("assay_type") in _PROFILING
    }
    molecular: bool | Reason = Reason.NOT_GIVEN
    if "done" in statuses:
        molecular = True
    elif statuses == {"not_done"}:
        molecular = False
    else:
        molecular = next((reason for status, reason in _BY_STATUS if status in statuses), Reason.NOT_GIVEN)
    by_flow = any(row.get("method") == "flow" for specimen in current for row in specimen.get("antigens") or [])
    return molecular, True if by_flow else Reason.NOT_GIVEN


def antigens_of(
    specimens: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, AntigenSeen], Reason]:
    """Return the newest current result of each antigen, and the reason that holds for all others.

    Values from before the last remission never count as current.
    """
    rows = [(seen_on(specimen), specimen) for specimen in specimens]
    newest_first = sorted(rows, key=lambda row: -1 if row[0].day is None else row[0].day, reverse=True)
    found: dict[str, AntigenSeen] = {}
    measured_before = False
    for seen, specimen in newest_first:
        for row in specimen.get("antigens") or []:
            measured_before = measured_before or not seen.current
            if seen.current:
                found.setdefault(str(row.get("antigen", "")), _antigen(row, seen, lines))
    if not found and measured_before:
        return found, Reason.BEFORE_REMISSION
    return found, Reason.NOT_TESTED


def _variant(row: Mapping[str, Any], seen: Seen) -> VariantSeen:
    gene, protein = str(row.get("gene", "")), str(row.get("hgvs_p") or "")
    kind = str(row.get("variant_class") or "")
    name = kind if kind in {"ITD", "PTD"} else protein or str(row.get("hgvs_c") or "")
    return VariantSeen(
        gene=gene,
        variant_class=kind,
        protein=protein_key(protein) if protein else "",
        oncogenicity=str(row.get("oncogenicity") or "unknown"),
        text=f"{gene} {name}".strip(),
        seen=seen,
    )


def _fusion(row: Mapping[str, Any], seen: Seen) -> FusionSeen:
    five, three = str(row.get("five_prime_gene") or ""), str(row.get("three_prime_gene") or "")
    text = f"{five}::{three}" if five and three else f"{five or three}, partner unknown"
    return FusionSeen(frozenset(gene for gene in (five, three) if gene), text, seen)


def _untested(specimens: Sequence[Mapping[str, Any]]) -> Reason:
    """Return why a gene about which nothing is said stays unknown."""
    statuses = {
        assay.get("status")
        for specimen in specimens
        if seen_on(specimen).current
        for assay in specimen.get("assays") or []
    }
    if "done" in statuses:
        return Reason.COVERAGE
    return next((reason for status, reason in _BY_STATUS if status in statuses), Reason.NOT_TESTED)


def _antigen(row: Mapping[str, Any], seen: Seen, lines: Sequence[Mapping[str, Any]]) -> AntigenSeen:
    antigen, intensity = str(row.get("antigen", "")), str(row.get("intensity") or "unknown")
    percent = _percent(row.get("percent_positive"))
    of_blasts = row.get("percent_of") == "blasts"
    share = "" if percent is None else f" {row['percent_positive']} %"
    return AntigenSeen(
        percent=percent if of_blasts else None,
        intensity=intensity,
        text=f"{antigen}{share}, {intensity}",
        seen=seen,
        doubt=Reason.DENOMINATOR if percent is not None and not of_blasts else None,
        stale=_treated_since(antigen, seen, lines),
    )


def _percent(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _treated_since(antigen: str, seen: Seen, lines: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a drug whose class names the antigen was started after the specimen was taken."""
    for line in lines:
        start = line.get("start_on_day")
        if not isinstance(start, int) or seen.day is None or start < seen.day:
            continue
        for drug in line.get("drugs") or []:
            if any(antigen in str(drug_class).replace("-", " ").split() for drug_class in drug.get("classes") or []):
                return True
    return False
