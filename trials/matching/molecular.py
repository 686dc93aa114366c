"""Variants, fusions and what was looked for without being found, across the specimens of one case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias, TypeVar

from trials.matching.answers import Answer, FactState, Reason, unknown
from trials.matching.kleene import Verdict
from trials.matching.lesions import DELETION, ClassOfRearrangements, Fusion, GeneVariant, Lesion, Rearrangement
from trials.matching.vocabulary import (
    class_defining,
    class_defining_genes,
    is_class_defining,
    need_a_frame,
    needs_own_word,
    rearrangement_classes,
)

COPY_NUMBER: Final = "copy_number"
_COUNTS: Final = frozenset({"oncogenic", "likely_oncogenic"})
_NEVER_COUNTS: Final = frozenset({"benign", "likely_benign"})
_OF_COPIES: Final = frozenset({COPY_NUMBER, DELETION})
_WITHOUT_OWN_WORD: Final = frozenset({"", "small_variant", "other"})


@dataclass(frozen=True, slots=True)
class Seen:
    """The specimen of a finding; ``current`` when no remission came after it was taken."""

    specimen: str
    day: int | None
    current: bool
    tissue: str = ""


@dataclass(frozen=True, slots=True)
class VariantSeen:
    """A reported variant, or a changed number of copies (``variant_class`` "del", any other change "copy_number").

    ``protein`` is the one-letter key, empty when not given. ``among_donor_cells`` marks a specimen with donor cells.
    """

    gene: str
    variant_class: str
    protein: str
    oncogenicity: str
    text: str
    seen: Seen
    origin: str = ""
    among_donor_cells: bool = False


@dataclass(frozen=True, slots=True)
class FusionSeen:
    """A reported fusion; one gene only when the partner is unknown."""

    genes: frozenset[str]
    text: str
    seen: Seen
    out_of_frame: bool = False

    @property
    def partner_known(self) -> bool:
        """Whether both genes were named."""
        return len(self.genes) > 1


Finding: TypeAlias = VariantSeen | FusionSeen


@dataclass(frozen=True, slots=True)
class AbsenceSeen:
    """A lesion that was looked for in a specimen and not found."""

    lesion: Lesion
    text: str
    seen: Seen


_ItemT = TypeVar("_ItemT", bound=VariantSeen | FusionSeen | AbsenceSeen)


@dataclass(slots=True)
class GeneFindings:
    """Everything a case says about one gene."""

    variants: list[VariantSeen] = field(default_factory=list)
    fusions: list[FusionSeen] = field(default_factory=list)
    absences: list[AbsenceSeen] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MolecularProfile:
    """All molecular findings of a case by gene; about every other gene nothing is known.

    ``untested`` is the reason that holds for those.
    """

    by_gene: Mapping[str, GeneFindings] = field(default_factory=dict)
    untested: Reason = Reason.NOT_TESTED

    @classmethod
    def of(
        cls,
        variants: Iterable[VariantSeen],
        fusions: Iterable[FusionSeen],
        absences: Iterable[AbsenceSeen],
        untested: Reason,
    ) -> "MolecularProfile":
        """Sort findings to the genes that they are about."""
        by_gene: dict[str, GeneFindings] = defaultdict(GeneFindings)
        for variant in variants:
            by_gene[variant.gene].variants.append(variant)
        for fusion in fusions:
            for gene in fusion.genes:
                by_gene[gene].fusions.append(fusion)
        for absence in absences:
            for gene in genes_of(absence.lesion):
                by_gene[gene].absences.append(absence)
        return cls(dict(by_gene), untested)

    def about(self, genes: Iterable[str]) -> list[GeneFindings]:
        """Return what is said about any of these genes; a fusion of two of them comes twice."""
        return [self.by_gene[gene] for gene in genes if gene in self.by_gene]


def genes_of(lesion: Lesion) -> frozenset[str]:
    """Return the genes on which the answer for ``lesion`` can depend."""
    if isinstance(lesion, ClassOfRearrangements):
        return rearrangement_classes()[lesion.name].genes
    return lesion.genes


def find_lesion(lesion: Lesion, profile: MolecularProfile) -> Answer:
    """Say whether the current disease carries ``lesion``.

    What was seen or excluded only before the last remission leaves the answer unknown, apart from the founding
    lesions of ``lesions.yaml``. So does what was found and then, in the same tissue of the same disease, looked for
    and not found: a subclone may be gone, or the later test less deep. A missing result is never an absence.
    """
    known = profile.about(genes_of(lesion))
    if not known:
        return unknown(profile.untested)
    absences = [item for findings in known for item in findings.absences]
    surely, perhaps = _candidates(lesion, known)
    now = [item for item in surely if item.seen.current]
    if (found := _newest(item for item in now if not any(_refutes(absence, item) for absence in absences))) is not None:
        return _met(found)
    if (refuted := _newest(now)) is not None:
        return _doubt(Reason.CONTRADICTORY, refuted)
    partly = [item for item in absences if _covers(item.lesion, lesion)]
    absent = _whole(lesion, partly, absences)
    if (absent_now := _newest(item for item in absent if item.seen.current)) is not None:
        return _not_found_unless_contradicted(absent_now, surely, perhaps)
    return (
        _by_less_than_a_current_result(lesion, known, surely, perhaps)
        or _by_earlier_absence(lesion, absent)
        or unknown(Reason.COVERAGE if any(item.seen.current for item in partly) else profile.untested)
    )


def _whole(lesion: Lesion, absent: list[AbsenceSeen], absences: list[AbsenceSeen]) -> list[AbsenceSeen]:
    """Leave out a "not found" for a gene as long as what needs its own word was not looked for as recently."""
    if not isinstance(lesion, GeneVariant) or lesion.variant_class or lesion.protein:
        return absent
    for kind in needs_own_word().get(lesion.gene, ()):
        own = [item.seen for item in absences if item.lesion == GeneVariant(lesion.genes, kind)]
        absent = [item for item in absent if any(seen.current or not item.seen.current for seen in own)]
    return absent


def _refutes(absence: AbsenceSeen, item: Finding) -> bool:
    """Whether a finding of the current disease was looked for again in that tissue and not found."""
    looked, seen = absence.seen.day, item.seen.day
    looked_before = looked is not None and seen is not None and looked < seen
    if looked_before or not absence.seen.current:
        return False
    tissues = {absence.seen.tissue, item.seen.tissue} - {""}
    return len(tissues) < 2 and _covers(absence.lesion, _lesion_of(item))


def _lesion_of(item: Finding) -> Lesion:
    if isinstance(item, FusionSeen):
        return Fusion(item.genes) if item.partner_known else Rearrangement(item.genes)
    if item.variant_class in _WITHOUT_OWN_WORD:
        return GeneVariant(frozenset({item.gene}), "", item.protein)
    return GeneVariant(frozenset({item.gene}), item.variant_class)


def _by_less_than_a_current_result(
    lesion: Lesion, known: list[GeneFindings], surely: list[Finding], perhaps: list[tuple[Finding, Reason]]
) -> Answer | None:
    """Answer from a finding before the last remission, an unclear finding, or a founding fusion of the same gene."""
    if (found := _newest(surely)) is not None:
        return _met(found) if _founding_item(found) else _doubt(Reason.BEFORE_REMISSION, found)
    if perhaps:
        item, reason = next((pair for pair in perhaps if pair[0].seen.current), perhaps[0])
        return _doubt(reason if item.seen.current else Reason.BEFORE_REMISSION, item)
    other = _other_partner(lesion, known)
    return None if other is None else _not_found(other)


def _by_earlier_absence(lesion: Lesion, absent: list[AbsenceSeen]) -> Answer | None:
    """Answer from "not found" before the last remission, which holds for founding lesions only."""
    if (absent_then := _newest(absent)) is None:
        return None
    return _not_found(absent_then) if _founding_lesion(lesion) else _doubt(Reason.ABSENT_BEFORE_REMISSION, absent_then)


def _not_found_unless_contradicted(
    absence: AbsenceSeen, surely: list[Finding], perhaps: list[tuple[Finding, Reason]]
) -> Answer:
    """Trust the newest "not found", except against a founding lesion or an unclear finding of the same disease."""
    if (earlier := _newest(surely)) is not None and _founding_item(earlier):
        return _doubt(Reason.CONTRADICTORY, earlier)
    for item, reason in perhaps:
        settled = reason is Reason.PARTNER and isinstance(absence.lesion, Fusion)
        if item.seen.current and not settled:
            return _doubt(Reason.CONTRADICTORY, item)
    return _not_found(absence)


def _candidates(lesion: Lesion, known: list[GeneFindings]) -> tuple[list[Finding], list[tuple[Finding, Reason]]]:
    """Return the findings that are this lesion, and those that may be."""
    surely: list[Finding] = []
    perhaps: list[tuple[Finding, Reason]] = []
    is_variant = isinstance(lesion, GeneVariant)
    for item in (item for findings in known for item in (findings.variants if is_variant else findings.fusions)):
        fits = _fit(lesion, item)
        if fits is True:
            surely.append(item)
        elif fits is not False:
            perhaps.append((item, fits))
    return surely, perhaps


def _fit(lesion: Lesion, item: Finding) -> bool | Reason:
    """Return whether a finding is the lesion, or the reason why that cannot be said."""
    if isinstance(lesion, GeneVariant) and isinstance(item, VariantSeen):
        return _variant_fit(lesion, item)
    if isinstance(item, FusionSeen):
        fits = _fusion_fit(lesion, item)
        acts_in_frame = item.genes & genes_of(lesion) & need_a_frame()
        return Reason.SIGNIFICANCE if fits is True and item.out_of_frame and acts_in_frame else fits
    return False


def _fusion_fit(lesion: Lesion, item: FusionSeen) -> bool | Reason:
    if isinstance(lesion, Rearrangement):
        return bool(lesion.genes & item.genes)
    if isinstance(lesion, Fusion):
        if item.partner_known:
            return lesion.genes == item.genes
        return Reason.PARTNER if item.genes <= lesion.genes else False
    return _class_fit(lesion, item) if isinstance(lesion, ClassOfRearrangements) else False


def _variant_fit(lesion: GeneVariant, item: VariantSeen) -> bool | Reason:
    if item.gene != lesion.gene or item.oncogenicity in _NEVER_COUNTS:
        return False
    detail = item.variant_class == "other" or not item.variant_class
    if item.variant_class in _OF_COPIES and (lesion.variant_class not in ("", item.variant_class) or lesion.protein):
        return False
    if lesion.variant_class and item.variant_class != lesion.variant_class:
        return Reason.DETAIL if detail else False
    if lesion.protein and item.protein != lesion.protein:
        return False if item.protein else Reason.DETAIL
    if item.oncogenicity not in _COUNTS:
        return Reason.SIGNIFICANCE
    return _origin_fit(lesion, item)


def _origin_fit(lesion: GeneVariant, item: VariantSeen) -> bool | Reason:
    """Ask where a variant is from: a criterion may insist on somatic, and cells may be the donor's."""
    if item.origin == "somatic":
        return True
    if lesion.somatic:
        return Reason.ORIGIN
    return Reason.DONOR_CELLS if item.among_donor_cells else True


def _class_fit(lesion: ClassOfRearrangements, item: FusionSeen) -> bool | Reason:
    members = rearrangement_classes()[lesion.name]
    if not item.genes & members.genes or item.genes in members.exempt:
        return False
    could_be_exempt = not item.partner_known and any(item.genes <= genes for genes in members.exempt)
    return Reason.PARTNER if could_be_exempt else True


def _covers(absent: Lesion, wanted: Lesion) -> bool:
    """Whether "``absent`` was looked for and not found" says the same about ``wanted``."""
    if absent == wanted:
        return True
    if isinstance(wanted, GeneVariant):
        return isinstance(absent, GeneVariant) and _covers_variant(absent, wanted)
    if isinstance(absent, ClassOfRearrangements) and isinstance(wanted, Fusion | Rearrangement):
        return _class_covers(absent, wanted)
    return isinstance(wanted, Fusion) and isinstance(absent, Rearrangement) and absent.genes <= wanted.genes


def _covers_variant(absent: GeneVariant, wanted: GeneVariant) -> bool:
    """A gene without a class speaks of small variants; duplications and deletions are often missed: ``_whole``."""
    if absent.gene != wanted.gene or absent.protein:
        return False
    if absent.variant_class:
        return absent.variant_class == wanted.variant_class
    return wanted.variant_class in ("", "small_variant")


def _class_covers(absent: ClassOfRearrangements, wanted: Fusion | Rearrangement) -> bool:
    members = rearrangement_classes()[absent.name]
    if isinstance(wanted, Fusion):
        return bool(wanted.genes & members.genes) and wanted.genes not in members.exempt
    return wanted.genes <= members.genes and not any(wanted.genes <= genes for genes in members.exempt)


def _other_partner(lesion: Lesion, known: list[GeneFindings]) -> FusionSeen | None:
    """Return a founding fusion that holds the same gene with another known partner."""
    if not isinstance(lesion, Fusion):
        return None
    shared = lesion.genes & class_defining_genes()
    fusions = (item for findings in known for item in findings.fusions)
    return _newest(item for item in fusions if item.partner_known and item.genes & shared)


def _founding_lesion(lesion: Lesion) -> bool:
    if isinstance(lesion, Fusion):
        return is_class_defining(lesion.genes)
    return lesion in class_defining()


def _founding_item(item: Finding) -> bool:
    if isinstance(item, FusionSeen):
        return is_class_defining(item.genes)
    return GeneVariant(frozenset({item.gene})) in class_defining()


def _newest(items: Iterable[_ItemT]) -> _ItemT | None:
    return max(items, key=lambda item: -1 if item.seen.day is None else item.seen.day, default=None)


def _met(item: Finding) -> Answer:
    return Answer(Verdict.MET, FactState.KNOWN, item.text, item.seen.specimen, item.seen.day)


def _not_found(item: Finding | AbsenceSeen) -> Answer:
    return Answer(Verdict.NOT_MET, FactState.NOT_FOUND, item.text, item.seen.specimen, item.seen.day)


def _doubt(reason: Reason, item: Finding | AbsenceSeen) -> Answer:
    return unknown(reason, item.text, item.seen.specimen, item.seen.day)
