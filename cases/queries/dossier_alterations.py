"""Variants, fusions and copy-number changes of all specimens in one table, by pathway, diagnosis beside relapse.

A cell says found, not found, not tested, failed, pending or not reported. "Not found" stands only where the dossier
says that it was looked for; a method that was done does not say what it covered.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from cases import enums
from cases.queries import checklist, pathways, words
from cases.queries.words import gettext as _
from iltb.core.charts import vaf_bar

Content = Mapping[str, Any]

_KINDS: Final = ("variants", "fusions", "copy_numbers")
# The methods that can show a finding of this kind.
_METHODS: Final[Mapping[str, frozenset[str]]] = {
    "variants": frozenset({"targeted_panel_DNA", "WES", "WGS", "RNAseq_WTS", "qPCR"}),
    "fusions": frozenset({"RNA_fusion_panel", "RNAseq_WTS", "FISH", "karyotype", "OGM", "WGS", "qPCR"}),
    "copy_numbers": frozenset({"SNP_array", "MLPA", "OGM", "WES", "WGS", "FISH", "karyotype", "targeted_panel_DNA"}),
}
_DRIVERS: Final = ("oncogenic", "likely_oncogenic", "defining", "targetable")


@dataclass(frozen=True)
class Column:
    """One specimen of the table."""

    label: str
    title: str
    is_current: bool


class Cell(NamedTuple):
    """An alteration on one specimen; ``state`` says why there is no ``value``.

    ``column`` is label and title of the specimen, where a phone has no head of the table.
    """

    column: str
    state: str
    value: str = ""
    bar: str = ""
    detail: str = ""


@dataclass(frozen=True)
class AlterationRow:
    """One alteration; ``readings`` are pairs of words and a tone."""

    name: str
    change: str
    detail: str
    readings: Sequence[tuple[str, str]]
    cells: Sequence[Cell]


@dataclass(frozen=True)
class PathwayGroup:
    """The alterations of one pathway."""

    title: str
    rows: Sequence[AlterationRow]


@dataclass(frozen=True)
class AlterationTable:
    """The table, and the specimens without any result, which are not columns."""

    columns: Sequence[Column]
    groups: Sequence[PathwayGroup]
    without_result: Sequence[Column]

    @property
    def width(self) -> int:
        """Number of columns in all."""
        return len(self.columns) + 2


@dataclass
class _Merged:
    kind: str
    pathway: str
    name: str
    change: str
    names: set[str]
    is_driver: bool = False
    details: list[str] = field(default_factory=list)
    readings: list[tuple[str, str]] = field(default_factory=list)
    on: dict[str, Content] = field(default_factory=dict)


def alterations(specimens: Sequence[Content], title: Callable[[Content], str]) -> AlterationTable:
    """The table of ``specimens``, which come in the order of the columns; ``title`` names one."""
    merged: dict[tuple[str, ...], _Merged] = {}
    for specimen in specimens:
        for kind in _KINDS:
            for finding in specimen.get(kind) or []:
                _merge(merged, kind, finding, specimen["label"])
    shown = [specimen for specimen in specimens if _says_something(specimen)]
    columns = {
        specimen["label"]: Column(specimen["label"], title(specimen), bool(specimen.get("is_current_disease")))
        for specimen in specimens
    }
    excluded = {specimen["label"]: checklist.excluded_on(specimen) for specimen in shown}
    names = {column.label: f"{column.label}, {column.title}" for column in columns.values()}
    groups: dict[str, list[AlterationRow]] = {}
    for row in sorted(merged.values(), key=lambda row: not row.is_driver):
        cells = [_cell(names[one["label"]], row, one, excluded[one["label"]]) for one in shown]
        shown_row = AlterationRow(row.name, row.change, ", ".join(row.details), row.readings, cells)
        groups.setdefault(row.pathway, []).append(shown_row)
    return AlterationTable(
        columns=[columns[specimen["label"]] for specimen in shown],
        groups=[PathwayGroup(str(pathways.TITLES[path]), groups[path]) for path in pathways.TITLES if path in groups],
        without_result=[column for label, column in columns.items() if label not in excluded],
    )


def _says_something(specimen: Content) -> bool:
    methods = frozenset().union(*_METHODS.values())
    is_named = any(assay["assay_type"] in methods for assay in specimen.get("assays") or [])
    return is_named or bool(specimen.get("tested_absent")) or any(specimen.get(kind) for kind in _KINDS)


def _merge(merged: dict[tuple[str, ...], _Merged], kind: str, finding: Content, label: str) -> None:
    fresh = _READ[kind](finding)
    row = merged.setdefault((kind, fresh.name, fresh.change), fresh)
    row.is_driver |= fresh.is_driver
    row.details += [detail for detail in fresh.details if detail not in row.details]
    row.readings += [reading for reading in fresh.readings if reading not in row.readings]
    row.on[label] = finding


def _variant(variant: Content) -> _Merged:
    change, details = changes(variant)
    original = variant.get("original_text") or ""
    oncogenicity, origin = variant.get("oncogenicity"), variant.get("origin")
    return _Merged(
        kind="variants",
        pathway=pathways.of_gene(variant["gene"]),
        name=variant["gene"],
        change=change,
        names=checklist.names_of_variant(variant),
        is_driver=oncogenicity in _DRIVERS,
        details=[*details, *_reported(original, variant["gene"], change)],
        readings=_readings(
            (oncogenicity, words.label(enums.Oncogenicity, oncogenicity)),
            (origin, words.label(enums.Origin, origin)),
        ),
    )


def changes(variant: Content) -> tuple[str, list[str]]:
    """The change as a reader calls it, and its other names: protein before coding change, then the transcript."""
    kind = variant.get("variant_class")
    found = [text for text in (variant.get("hgvs_p"), variant.get("hgvs_c")) if text]
    if kind in {enums.VariantClass.ITD, enums.VariantClass.PTD} or (kind == enums.VariantClass.OTHER and not found):
        found.insert(0, words.label(enums.VariantClass, kind))
    first = found[0] if found else _("change not stated")
    return first, [*found[1:], *filter(None, [variant.get("transcript")])]


def _fusion(fusion: Content) -> _Merged:
    first, second = fusion["five_prime_gene"], fusion.get("three_prime_gene") or ""
    name, role = fusion_name(fusion), fusion.get("driver_class")
    in_frame = fusion.get("in_frame")
    frames = {"yes": _("in frame"), "no": _("out of frame"), "unknown": _("frame unknown")}
    details = [_("exons %(exons)s") % {"exons": exons}] if (exons := fusion.get("breakpoint_exons")) else []
    return _Merged(
        kind="fusions",
        pathway=pathways.of_fusion(first, second),
        name=name,
        change=_("fusion"),
        names=checklist.names_of_fusion(fusion) - {f"{second}-r" if second else ""},
        is_driver=role in _DRIVERS,
        details=[*details, *_reported(fusion.get("original_text") or "", name, "")],
        readings=_readings(
            (role, words.label(enums.DriverClass, role)),
            (in_frame, frames.get(in_frame or "", in_frame or "")),
        ),
    )


def fusion_name(fusion: Content) -> str:
    """``KMT2A::AFF1``, or that the partner is not known."""
    first, second = fusion["five_prime_gene"], fusion.get("three_prime_gene")
    return f"{first}::{second}" if second else _("%(gene)s rearranged, partner unknown") % {"gene": first}


def _copy_number(change: Content) -> _Merged:
    gene, region = change.get("gene") or "", change.get("region") or ""
    shown = words.label(enums.CopyNumberChange, change.get("change"))
    focal = {"yes": _("focal"), "no": _("not focal"), "unknown": _("focal or not is unknown")}.get(
        change.get("focal") or "", ""
    )
    size = words.number(change["size_mb"], "Mb") if change.get("size_mb") else ""
    details = [text for text in (region if gene else "", size) if text]
    return _Merged(
        kind="copy_numbers",
        pathway=pathways.of_gene(gene) if gene else pathways.of_region(region),
        name=gene or region,
        change=shown,
        names=checklist.names_of_copy_number(change),
        details=[*details, *_reported(change.get("original_text") or "", gene or region, shown)],
        readings=[(focal, "")] if focal else [],
    )


_READ: Final[Mapping[str, Callable[[Content], _Merged]]] = {
    "variants": _variant,
    "fusions": _fusion,
    "copy_numbers": _copy_number,
}


def _reported(original: str, name: str, change: str) -> list[str]:
    """The words of the report, where they say more than the row."""
    plain = original.strip()
    if not plain or plain in {name, change, f"{name} {change}"}:
        return []
    return [_("reported as “%(text)s”") % {"text": plain}]


def _readings(*pairs: tuple[str | None, str]) -> list[tuple[str, str]]:
    tones = {"germline": "warn", **dict.fromkeys(_DRIVERS, "info")}
    return [(shown, tones.get(code, "")) for code, shown in pairs if code]


def _cell(column: str, row: _Merged, specimen: Content, excluded: set[str]) -> Cell:
    finding = row.on.get(specimen["label"])
    if finding is None:
        return Cell(column, _state(row, specimen, excluded))
    if row.kind == "variants":
        vaf = finding.get("vaf")
        return Cell(
            column,
            "",
            _("found") if vaf is None else fraction_of(finding),
            vaf_bar(None if vaf is None else Decimal(vaf)),
            ", ".join(_measured(finding)),
        )
    detail = _copies(finding) if row.kind == "copy_numbers" else _support(finding)
    return Cell(column, "", _("found"), detail=", ".join(detail))


def fraction_of(variant: Content) -> str:
    """The variant allele fraction in per cent, with its comparator."""
    return words.compared(variant.get("vaf_comparator"), words.percent_of_fraction(variant.get("vaf")))


def _measured(variant: Content) -> Iterable[str]:
    if variant.get("vaf") is None:
        yield _("VAF not stated")
    if variant.get("depth") is not None:
        yield _("depth %(depth)s") % {"depth": variant["depth"]}
    if variant.get("zygosity"):
        yield words.label(enums.Zygosity, variant["zygosity"])
    if variant.get("length_bp") is not None:
        yield words.number(variant["length_bp"], _("base pairs"))
    if variant.get("allelic_ratio") is not None:
        yield _("allelic ratio %(ratio)s") % {"ratio": words.number(variant["allelic_ratio"])}


def _copies(change: Content) -> list[str]:
    copies = change.get("copies")
    return [] if copies is None else [_("%(number)s copies") % {"number": words.number(copies)}]


def _support(fusion: Content) -> list[str]:
    by = [words.labels(enums.DetectedBy, fusion["detected_by"])] if fusion.get("detected_by") else []
    reads = fusion.get("spanning_reads")
    return [*by, *([] if reads is None else [_("%(number)s spanning reads") % {"number": reads}])]


def _state(row: _Merged, specimen: Content, excluded: set[str]) -> str:
    """Why an alteration of another specimen does not stand here."""
    if row.names & excluded:
        return _("not found")
    states = {assay["status"] for assay in specimen.get("assays") or [] if assay["assay_type"] in _METHODS[row.kind]}
    if "done" in states:
        return _("not reported")
    for status in ("pending", "failed"):
        if status in states:
            return words.label(enums.BlockStatus, status)
    return _("not tested") if states == {"not_done"} else words.not_stated()
