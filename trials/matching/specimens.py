"""Reads findings off specimens: what belongs to the current disease, and what was looked for."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from trials.matching.answers import Reason
from trials.matching.lesions import DELETION, protein_key
from trials.matching.molecular import COPY_NUMBER, AbsenceSeen, FusionSeen, MolecularProfile, Seen, VariantSeen
from trials.matching.vocabulary import lost_when_deleted, readable_lesion

Block: TypeAlias = Mapping[str, Any]

_PROFILING: Final = frozenset(
    {
        "SNP_array",
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
_LOSSES: Final = _BOTH_COPIES_LOST | {"loss_het"}
_BY_STATUS: Final = (("pending", Reason.PENDING), ("failed", Reason.FAILED))


def percent_of(value: object) -> float | None:
    """Return a share in per cent, ``None`` where none can be read."""
    try:
        return float(str(value))
    except ValueError:
        return None


def seen_on(specimen: Block) -> Seen:
    """Return label, day, currency and tissue of a specimen."""
    day = specimen.get("taken_on_day")
    current = specimen.get("is_current_disease") is True
    tissue = str(specimen.get("tissue") or "")
    return Seen(str(specimen.get("label", "")), day if isinstance(day, int) else None, current, tissue)


def molecular_profile(specimens: Sequence[Block], transplants: Sequence[Block] = ()) -> MolecularProfile:
    """Collect variants, fusions and absences of all specimens; shorthand that cannot be read says nothing.

    Inherited variants are left out: few of those who read a match list may read them.
    """
    variants: list[VariantSeen] = []
    fusions: list[FusionSeen] = []
    absences: list[AbsenceSeen] = []
    for specimen in specimens:
        seen = seen_on(specimen)
        donor = _may_hold_donor_cells(specimen, seen, transplants)
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


def current_profiles(specimens: Sequence[Block]) -> tuple[bool | Reason, bool | Reason]:
    """Say whether the current disease was profiled, by molecular methods and by flow cytometry."""
    current = [specimen for specimen in specimens if seen_on(specimen).current]
    by_flow = any(row.get("method") == "flow" for specimen in current for row in specimen.get("antigens") or [])
    return is_profiled(current), True if by_flow else _state(current, frozenset({"immunophenotype"}))


def is_profiled(specimens: Sequence[Block]) -> bool | Reason:
    """Say whether any of these specimens was profiled by a molecular method, or why that is open."""
    return _state(specimens, _PROFILING)


def _state(specimens: Sequence[Block], methods: frozenset[str]) -> bool | Reason:
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


def _variant(row: Block, seen: Seen, *, among_donor_cells: bool) -> VariantSeen:
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


def _copy_number(row: Block, seen: Seen) -> VariantSeen:
    """Return a gain or loss of a gene; it counts where the gene acts by being lost and both copies are gone."""
    gene, change = str(row["gene"]), str(row.get("change") or "")
    counts = gene in lost_when_deleted() and change in _BOTH_COPIES_LOST
    return VariantSeen(
        gene=gene,
        variant_class=DELETION if change in _LOSSES else COPY_NUMBER,
        protein="",
        oncogenicity="likely_oncogenic" if counts else "unknown",
        text=f"{gene} {change}".strip(),
        seen=seen,
        origin="somatic",
    )


def _may_hold_donor_cells(specimen: Block, seen: Seen, transplants: Sequence[Block]) -> bool:
    """Whether a specimen holds cells of a donor; without a share of them any taken after a transplant may.

    A transplant of which the donor is not named may have been allogeneic.
    """
    share = percent_of(specimen.get("donor_chimerism_pct"))
    if share is not None:
        return share > 0
    donated = [row.get("on_day") for row in transplants if row.get("donor") != "autologous"]
    return any(day is None or seen.day is None or day <= seen.day for day in donated)


def _fusion(row: Block, seen: Seen) -> FusionSeen:
    five, three = str(row.get("five_prime_gene") or ""), str(row.get("three_prime_gene") or "")
    text = f"{five}::{three}" if five and three else f"{five or three}, partner unknown"
    out_of_frame = row.get("in_frame") == "no"
    genes = frozenset(gene for gene in (five, three) if gene)
    return FusionSeen(genes, f"{text}, out of frame" if out_of_frame else text, seen, out_of_frame=out_of_frame)


def _untested(specimens: Sequence[Block]) -> Reason:
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
