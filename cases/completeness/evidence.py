"""Findings, functional tests, treatment, condition and access."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from cases.completeness.base import Content, Level, Question, Section, each_stated, had_donor_cells, stated

_RESULTS: Final = ("variants", "fusions", "antigens", "tested_absent", "fish", "copy_numbers", "karyotype")
_SCREENS: Final = frozenset(
    {
        "karyotype",
        "FISH",
        "SNP_array",
        "OGM",
        "targeted_panel_DNA",
        "WES",
        "WGS",
        "RNA_fusion_panel",
        "RNAseq_WTS",
    },
)
_PREDISPOSING: Final = frozenset(
    {
        "TP53",
        "RUNX1",
        "ETV6",
        "PAX5",
        "GATA2",
        "CEBPA",
        "SAMD9",
        "SAMD9L",
        "NF1",
        "PTPN11",
        "CBL",
        "BRCA1",
        "BRCA2",
        "MSH2",
        "MSH6",
        "MLH1",
        "PMS2",
    },
)
# From this fraction on a variant can be inherited (data dictionary, part H).
_GERMLINE_FROM: Final = 0.30
# What each done panel and each of its results must state; at most five inputs in a row.
PANEL_INPUTS: Final = ("assay_platform", "sample_type", "fresh_or_frozen", "exposure_hours", "qc")
RESPONSE_INPUTS: Final = ("name", "readout", "value", "unit", "interpretation")


def findings_asks(content: Content) -> Iterator[Question]:
    """Specimens, what was found on them, and what must be known about the current disease."""
    specimens, section = content["specimens"], Section.FINDINGS
    text = stated((content["case"]["decisive_finding_text"] or "").strip())
    pending = any(assay["status"] == "pending" for row in specimens for assay in row["assays"])
    found = any(_has_result(row) for row in specimens)
    yield Question(
        section,
        "specimens",
        _("Add at least one finding, or one that was looked for and not found, to a specimen.")
        if specimens
        else _("Add at least one specimen."),
        found or pending or (text and content["case"]["urgency"] == "emergency"),
        is_row=True,
    )
    current = [row for row in specimens if row["is_current_disease"]]
    screened = any(_is_screened(row) for row in current)
    waited = any(assay["status"] == "pending" for row in current for assay in row["assays"])
    yield Question(
        section,
        "specimens",
        _("There is no result on the current disease: a profile from diagnosis may be out of date."),
        screened or waited,
        Level.RECOMMENDED,
        is_row=True,
    )
    yield Question(
        section,
        "specimens",
        _("There is no immunophenotype of the current disease."),
        any(row["antigens"] or _says_about_flow(row) for row in current),
        Level.RECOMMENDED,
        is_row=True,
    )


def _has_result(specimen: Content) -> bool:
    return any(specimen[kind] for kind in _RESULTS)


def _is_screened(specimen: Content) -> bool:
    done = any(row["assay_type"] in _SCREENS and row["status"] == "done" for row in specimen["assays"])
    return done or any(specimen[kind] for kind in _RESULTS if kind != "antigens")


def _says_about_flow(specimen: Content) -> bool:
    return any(row["assay_type"] == "immunophenotype" for row in specimen["assays"])


def functional_asks(content: Content) -> Iterator[Question]:
    """Germline testing and drug response; both may be "not done"."""
    section, germline = Section.FUNCTIONAL, content["germline"]
    reported = sorted(_maybe_inherited(content))
    genes = ", ".join(reported)
    yield Question(
        section,
        "germline",
        _("Was the germline tested? %(genes)s may be inherited; “not done” is an answer.") % {"genes": genes}
        if reported
        else _("Was the germline tested? “Not done” is an answer."),
        stated(germline["status"]),
        Level.RECOMMENDED,
    )
    yield Question(
        section,
        "ex_vivo",
        _("Was drug response tested? “Not done” is an answer."),
        stated(content["ex_vivo"]),
        Level.RECOMMENDED,
        is_row=True,
    )
    for number, panel in enumerate(content["ex_vivo"], 1):
        if panel["status"] == "done":
            yield Question(
                section,
                "ex_vivo",
                _("Drug-response assay %(number)s: give kind, material, fresh or frozen, exposure and quality.")
                % {"number": number},
                all(stated(panel[name]) for name in PANEL_INPUTS),
                is_row=True,
            )
            yield Question(
                section,
                "ex_vivo",
                _("Drug-response assay %(number)s: give value, unit and interpretation of each drug.")
                % {"number": number},
                all(stated(row[name]) for row in panel["responses"] for name in RESPONSE_INPUTS),
                is_row=True,
            )


def _maybe_inherited(content: Content) -> set[str]:
    """Genes of predisposition with a fraction that could be inherited; any fraction where it is suspected."""
    suspected = content["germline"]["clinical_suspicion"] == "yes"
    return {
        row["gene"]
        for specimen in content["specimens"]
        for row in specimen["variants"]
        if row["gene"] in _PREDISPOSING and (suspected or float(row["vaf"] or 0) >= _GERMLINE_FROM)
    }


def therapy_asks(content: Content) -> Iterator[Question]:
    """The lines of treatment; in an emergency a few words will do."""
    lines, case, section = content["therapy_lines"], content["case"], Section.THERAPY
    in_words = case["urgency"] == "emergency" and stated((case["earlier_treatment_text"] or "").strip())
    yield Question(
        section,
        "lines",
        _("Add the treatment lines, or say that none was given yet."),
        bool(lines or content["no_therapy_yet"] or in_words),
        is_row=True,
    )
    yield Question(
        section,
        "lines",
        _("Name the drugs of each line: trials ask for them."),
        all(line["drugs"] for line in lines),
        Level.RECOMMENDED,
        is_row=True,
    )
    yield Question(
        section,
        "lines",
        _("Say how long each response lasted."),
        all(line["response_duration_days"] is not None for line in lines if line["best_response"].startswith("CR")),
        Level.RECOMMENDED,
        is_row=True,
    )
    yield from _cells_asks(content)


def _cells_asks(content: Content) -> Iterator[Question]:
    """Trials exclude by earlier transplants and cell therapies: that there was none is an answer worth having."""
    untreated, exposure = content["no_therapy_yet"], content["exposure"]
    sentences = {
        ("transplants", "no_transplant"): _("List the transplants, or say that there was none."),
        ("cell_therapies", "no_cell_therapy"): _("List the cell therapies, or say that there was none."),
    }
    for (kind, none), sentence in sentences.items():
        answered = bool(content[kind] or exposure[none] or untreated)
        yield Question(Section.THERAPY, none, sentence, answered, Level.RECOMMENDED, is_row=True)


def condition_asks(content: Content) -> Iterator[Question]:
    """How the patient is now. Each measurement may be said to be not done."""
    condition, section = content["condition"], Section.CONDITION
    not_done = set(condition["not_done"] or [])
    yield Question(
        section,
        "performance_score",
        _("Give the performance score, or say that it cannot be assessed."),
        stated(condition["performance_score"])
        or bool(condition["performance_not_assessable"])
        or "performance_score" in not_done,
    )
    wanted: Mapping[tuple[str, ...], Any] = {
        ("alt_x_uln", "ast_x_uln"): _("Give ALT or AST as a multiple of the upper limit; “not done” is an answer."),
        ("bilirubin_total_x_uln",): _("Give the bilirubin as a multiple of the upper limit; “not done” is an answer."),
        ("creatinine_x_uln", "crcl_ml_min_1_73"): _("Give creatinine or its clearance; “not done” is an answer."),
        ("lvef_pct", "sf_pct"): _("Give the ejection or shortening fraction; “not done” is an answer."),
    }
    for names, sentence in wanted.items():
        answered = any(stated(condition[name]) or name in not_done for name in names)
        yield Question(section, names[0], sentence, answered)
    yield Question(
        section,
        "active_infection",
        _("Say whether there is an active infection; “none” is an answer."),
        stated(condition["active_infection"]),
    )
    if had_donor_cells(content):
        yield Question(
            section,
            "gvhd_acute_grade",
            _("Give the grade of acute GVHD now; 0 is an answer."),
            condition["gvhd_acute_grade"] is not None,
        )
    yield from _condition_helps(content, not_done)


def _condition_helps(content: Content, not_done: set[str]) -> Iterator[Question]:
    condition, section = content["condition"], Section.CONDITION
    helpful = {
        "qtcf_ms": _("The QTc is not stated: several targeted drugs prolong it."),
        "spo2_room_air_pct": _("The oxygen saturation is not stated."),
        "hepatitis_hiv": _("Hepatitis and HIV are not stated; “not done” is an answer."),
        "neuro": _("Say whether the nervous system is affected; “none” is an answer."),
        "organ_history": _("Say whether organs were damaged earlier; “none” is an answer."),
        "can_swallow": _("Say what can be taken by mouth: some drugs exist as capsules only."),
        "family_wishes": _("The wishes of the family are not stated."),
    }
    for field, sentence in helpful.items():
        yield Question(section, field, sentence, stated(condition[field]) or field in not_done, Level.RECOMMENDED)
    yield Question(
        section,
        "comedications",
        _("List other drugs that are given, or say that there are none."),
        bool(condition["comedications"] or condition["no_comedication"]),
        Level.RECOMMENDED,
        is_row=True,
    )
    yield Question(
        section,
        "contraindications",
        _("List what must not be given, or say that nothing is known."),
        bool(condition["contraindications"] or condition["no_contraindications"]),
        Level.RECOMMENDED,
        is_row=True,
    )


def access_asks(content: Content) -> Iterator[Question]:
    """What can be reached."""
    access, section = content["access"], Section.ACCESS
    yield Question(
        section,
        "trials_considered",
        _("List the trials that you considered, or say that there were none."),
        bool(access["trials_considered"] or access["no_trials_considered"]),
    )
    helpful = {
        "willing_to_travel": _("Say how far the family would travel."),
        "donor_status": _("Say whether there is a donor."),
    }
    yield from each_stated(section, access, helpful, Level.RECOMMENDED)
