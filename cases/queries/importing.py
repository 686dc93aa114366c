"""What a reader understood, in words for the person who brought it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import enums
from cases.importers.columns import FIELDS, IDENTIFIER, IGNORED
from cases.importers.preview import Preview, Refused
from cases.proposals import Proposal, Standing
from cases.queries import words
from cases.queries.columns import Row, stated

MOST_SHOWN: Final = 300
# Written by the reader or worked out from what it read: not what a report says otherwise.
_NOT_COMPARED: Final = ("original_text", "iscn_normalised", "n_metaphases", "ploidy_class", "abnormality_count")

KIND_WORDS: Final[Mapping[str, str | Promise]] = {
    "variant": gettext_lazy("Variant"),
    "class_event": gettext_lazy("Duplication or class event"),
    "fusion": gettext_lazy("Fusion"),
    "copy_number": gettext_lazy("Copy number"),
    "karyotype": gettext_lazy("Karyotype"),
    "antigen": gettext_lazy("Antigen"),
    "absence": gettext_lazy("Tested, not found"),
    "drug_response": gettext_lazy("Drug response"),
}
_FIELD_WORDS: Final[Mapping[str, str | Promise]] = {
    "gene": gettext_lazy("gene"),
    "hgvs_p": gettext_lazy("protein change"),
    "hgvs_c": gettext_lazy("coding change"),
    "transcript": gettext_lazy("transcript"),
    "vaf": gettext_lazy("allele fraction"),
    "vaf_percent": gettext_lazy("allele fraction in per cent"),
    "vaf_fraction": gettext_lazy("allele fraction from 0 to 1"),
    "depth": gettext_lazy("reads"),
    "oncogenicity": gettext_lazy("classification"),
    "origin": gettext_lazy("somatic or germline"),
    "fusion": gettext_lazy("fusion"),
    "karyotype": gettext_lazy("karyotype"),
    "antigen": gettext_lazy("antigen"),
    "percent_positive": gettext_lazy("per cent positive"),
    "intensity": gettext_lazy("intensity"),
    "drug": gettext_lazy("drug"),
    "readout": gettext_lazy("readout"),
    "value": gettext_lazy("value"),
    "unit": gettext_lazy("unit"),
    "result": gettext_lazy("result"),
    "finding": gettext_lazy("finding in one cell"),
    "specimen": gettext_lazy("specimen (S1, S2 …)"),
    IDENTIFIER: gettext_lazy("names a person or sample: dropped"),
    IGNORED: gettext_lazy("not read"),
}


@dataclass(frozen=True)
class Found:
    """One line of the preview.

    ``to_type`` says what is missing before it can be taken, else it can; ``stands`` where it is in the dossier already,
    and what that says otherwise.
    """

    number: int
    line: int
    kind: str
    what: str
    details: str
    specimen: str
    warnings: Sequence[str]
    to_type: str
    stands: Sequence[str] = ()


@dataclass(frozen=True)
class Understood:
    """The preview as a page shows it; of more than ``MOST_SHOWN`` findings the rest is counted, not shown."""

    found: Sequence[Found]
    refused: Sequence[Refused]
    notes: Sequence[str]
    left_out: int


def understood(preview: Preview, standing: Sequence[Sequence[Standing]]) -> Understood:
    """The first findings and all refusals of one reading; ``standing`` says for each where it stands already."""
    shown = preview.proposals[:MOST_SHOWN]
    said = [[_stands(there) for there in places] for places in standing]
    return Understood(
        found=[_found(number, proposal, said[number]) for number, proposal in enumerate(shown)],
        refused=preview.refused[:MOST_SHOWN],
        notes=preview.notes,
        left_out=len(preview.proposals) - len(shown),
    )


def field_choices() -> list[tuple[str, str]]:
    """What a column of a table may be, in words."""
    return sorted(((name, str(_FIELD_WORDS.get(name, name.replace("_", " ")))) for name in FIELDS), key=lambda c: c[1])


def left_as_it_stands(there: Standing) -> str:
    """A finding that says otherwise than what stands in the dossier, with both values; empty when it says the same."""
    if not (otherwise := _otherwise(there)):
        return ""
    said = {"finding": _words(there.proposal)[0], "specimen": there.specimen, "otherwise": "; ".join(otherwise)}
    return _("%(finding)s on %(specimen)s: %(otherwise)s.") % said


def _stands(there: Standing) -> str:
    if not (otherwise := _otherwise(there)):
        return _("Stands on %(specimen)s already.") % {"specimen": there.specimen}
    place = _("Stands on %(specimen)s and is left as it is.") % {"specimen": there.specimen}
    return f"{place} {'; '.join(otherwise)}."


def _otherwise(there: Standing) -> list[str]:
    """What was read otherwise; where the finding could be one of several rows, than the one that is nearest."""
    read = stated(there.model, there.read, omit=_NOT_COMPARED).rows
    return min((_differing(read, dict(stated(there.model, row).rows)) for row in there.rows), key=len)


def _differing(read: Sequence[Row], stands: Mapping[str, str]) -> list[str]:
    return [
        _("%(question)s: %(stands)s stands there, the report says %(read)s")
        % {"question": label, "stands": stands.get(label, words.not_stated()), "read": answer}
        for label, answer in read
        if answer != stands.get(label)
    ]


def _found(number: int, proposal: Proposal, stands: Sequence[str]) -> Found:
    what, details = _words(proposal)
    return Found(
        number=number,
        line=proposal.line,
        kind=str(KIND_WORDS[proposal.kind]),
        what=what,
        details=", ".join(filter(None, details)),
        specimen=proposal.specimen,
        warnings=proposal.warnings,
        to_type=_missing(proposal),
        stands=stands,
    )


def _missing(proposal: Proposal) -> str:
    values = proposal.values
    if proposal.kind == "copy_number" and not values.get("type"):
        return _("Say on the specimen's page whether it is a gain or a loss.")
    if proposal.kind == "drug_response" and not values.get("readout"):
        return _("Say on the page of drug responses what was measured.")
    return ""


def _words(proposal: Proposal) -> tuple[str, list[str]]:
    """What was found, and what belongs to it."""
    values: Any = proposal.values
    if proposal.kind in ("variant", "class_event"):
        return _variant_words(values)
    if proposal.kind == "fusion":
        five, three = values["five_prime_gene"], values.get("three_prime_gene")
        return (f"{five}::{three}" if three else f"{five}-r"), [_in_frame(values.get("in_frame"))]
    if proposal.kind == "copy_number":
        name = " ".join(filter(None, (values.get("gene"), values.get("region"))))
        change = values.get("type")
        return name, [words.label(enums.CopyNumberChange, change) if change else "", _copies(values.get("copies"))]
    if proposal.kind == "antigen":
        percent = values.get("percent_positive")
        return values["antigen"], [
            "" if percent is None else _("%(share)s positive") % {"share": words.percent(percent)},
            words.label(enums.Intensity, values.get("intensity")),
        ]
    if proposal.kind == "drug_response":
        value = "" if values.get("value") is None else words.number(values["value"], values.get("unit") or "")
        verdict = values.get("interpretation")
        label = words.label(enums.Sensitivity, verdict) if verdict else ""
        return values["drug"], [f"{values.get('readout') or ''} {value}".strip(), label]
    return str(values.get("iscn") or values.get("target")), []


def _variant_words(values: Any) -> tuple[str, list[str]]:
    change = values.get("hgvs_p") or values.get("hgvs_c") or ""
    kind = values.get("variant_class")
    name = change or (words.label(enums.VariantClass, kind) if kind else "")
    share = values.get("vaf")
    ratio = values.get("allelic_ratio")
    details = [
        values.get("hgvs_c") if values.get("hgvs_p") else "",
        "" if share is None else _("allele fraction %(share)s") % {"share": words.percent_of_fraction(share)},
        "" if ratio is None else _("allelic ratio %(ratio)s") % {"ratio": words.number(ratio)},
    ]
    if values.get("oncogenicity"):
        details.append(words.label(enums.Oncogenicity, values["oncogenicity"]))
    return f"{values['gene_symbol']} {name}".strip(), details


def _in_frame(code: str | None) -> str:
    return _("in frame: %(answer)s") % {"answer": words.label(enums.YesNoUnknown, code)} if code else ""


def _copies(value: Any) -> str:
    return "" if value is None else _("%(count)s copies") % {"count": words.number(value)}
