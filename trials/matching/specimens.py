"""Reads findings off specimens: what belongs to the current disease, and what was looked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from trials.matching.answers import Reason
from trials.matching.intervals import Interval, measured
from trials.matching.lesions import protein_key
from trials.matching.molecular import COPY_NUMBER, AbsenceSeen, FusionSeen, MolecularProfile, Seen, VariantSeen
from trials.matching.vocabulary import lost_when_deleted, readable_lesion

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
_GERMLINE: Final = "germline"
_BOTH_COPIES_LOST: Final = frozenset({"loss_hom", "biallelic"})
_BY_STATUS: Final = (("pending", Reason.PENDING), ("failed", Reason.FAILED))


@dataclass(frozen=True, slots=True)
class AntigenSeen:
    """One antigen on the newest specimen of the current disease.

    ``percent`` is of blasts and missing when the laboratory counted other cells; ``doubt`` then says why, or that
    treatment against this antigen came after the specimen.
    """

    percent: Interval | None
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
    """Collect variants, fusions and absences of all specimens; shorthand that cannot be read says nothing.

    Inherited variants are left out: few of those who read a match list may read them.
    """
    variants: list[VariantSeen] = []
    fusions: list[FusionSeen] = []
    absences: list[AbsenceSeen] = []
    for specimen in specimens:
        seen = seen_on(specimen)
        donor = _holds_donor_cells(specimen)
        variants.extend(
            _variant(row, seen, among_donor_cells=donor)
            for row in specimen.get("variants") or []
            if row.get("origin") != _GERMLINE
        )
        variants.extend(_copy_number(row, seen) for row in specimen.get("copy_numbers") or [] if row.get("gene"))
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
    by_flow = any(row.get("method") == "flow" for specimen in current for row in specimen.get("antigens") or [])
    return is_profiled(current), True if by_flow else _state(current, frozenset({"immunophenotype"}))


def is_profiled(specimens: Sequence[Mapping[str, Any]]) -> bool | Reason:
    """Say whether any of these specimens was profiled by a molecular method, or why that is open."""
    return _state(specimens, _PROFILING)


def _state(specimens: Sequence[Mapping[str, Any]], methods: frozenset[str]) -> bool | Reason:
    statuses = {
        assay.get("status")
        for specimen in specimens
        for assay in specimen.get("assays") or []
        if assay.get("assay_type") in methods
    }
    if "done" in statuses:
        return True
    if statuses == {"not_done"}:
        return False
    return next((reason for status, reason in _BY_STATUS if status in statuses), Reason.NOT_GIVEN)


def antigens_of(
    specimens: Sequence[Mapping[str, Any]],
    lines: Sequence[Mapping[str, Any]],
    cells: Sequence[Mapping[str, Any]] = (),
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
                found.setdefault(str(row.get("antigen", "")), _antigen(row, seen, lines, cells))
    if not found and measured_before:
        return found, Reason.BEFORE_REMISSION
    return found, Reason.NOT_TESTED


def _variant(row: Mapping[str, Any], seen: Seen, *, among_donor_cells: bool) -> VariantSeen:
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
        origin=str(row.get("origin") or ""),
        among_donor_cells=among_donor_cells,
    )


def _copy_number(row: Mapping[str, Any], seen: Seen) -> VariantSeen:
    """Return a gain or loss of a gene; it counts where the gene acts by being lost and both copies are gone."""
    gene, change = str(row["gene"]), str(row.get("change") or "")
    counts = gene in lost_when_deleted() and change in _BOTH_COPIES_LOST
    return VariantSeen(
        gene=gene,
        variant_class=COPY_NUMBER,
        protein="",
        oncogenicity="likely_oncogenic" if counts else "unknown",
        text=f"{gene} {change}".strip(),
        seen=seen,
        origin="somatic",
    )


def _holds_donor_cells(specimen: Mapping[str, Any]) -> bool:
    share = _percent(specimen.get("donor_chimerism_pct"))
    return share is not None and share > 0


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


def _antigen(
    row: Mapping[str, Any], seen: Seen, lines: Sequence[Mapping[str, Any]], cells: Sequence[Mapping[str, Any]]
) -> AntigenSeen:
    antigen, intensity = str(row.get("antigen", "")), str(row.get("intensity") or "unknown")
    percent = _percent(row.get("percent_positive"))
    of_blasts = row.get("percent_of") == "blasts"
    comparator = str(row.get("percent_comparator") or "=")
    sign = "" if comparator == "=" else f"{comparator} "
    share = "" if percent is None else f" {sign}{row['percent_positive']} %"
    return AntigenSeen(
        percent=measured(percent, comparator, 100.0) if of_blasts and percent is not None else None,
        intensity=intensity,
        text=f"{antigen}{share}, {intensity}",
        seen=seen,
        doubt=Reason.DENOMINATOR if percent is not None and not of_blasts else None,
        stale=_treated_since(antigen, seen, lines) or _cells_since(antigen, seen, cells),
    )


def _cells_since(antigen: str, seen: Seen, cells: Sequence[Mapping[str, Any]]) -> bool:
    """Whether cells against the antigen were given after the specimen was taken, or on a day that is not stated."""
    days = [row.get("on_day") for row in cells if antigen in (row.get("target_antigens") or [])]
    return any(day is None or (seen.day is not None and day >= seen.day) for day in days)


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
