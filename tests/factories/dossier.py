"""A dossier in which every block and every kind of row is filled in."""

from cases.completeness import Section
from cases.models import Case
from cases.services.drafting import (
    LineRow,
    PanelRow,
    SpecimenRows,
    note_transcription,
    save_board_answers,
    save_ex_vivo,
    save_section,
    save_specimen,
    save_therapy,
)
from cases.services.questioning import write_board_question
from tests.factories.accounts import coordinator
from tests.factories.cases import complete_case, line_rows, specimen_rows

BLOCKS = {
    "germline": {"status": "done", "result": "pathogenic_variant", "clinical_suspicion": "yes"},
    "exposure": {"asparaginase_allergy": "no", "cranial_radiotherapy_gy": 12},
    "condition": {"gvhd_acute_grade": 0, "qtcf_ms": 441, "qtc_formula": "fridericia"},
    "access": {"willing_to_travel": "EU", "no_trials_considered": False},
}
ROWS = {
    "masses": [{"site": "mediastinum", "size_cm": "7.5", "deauville": 4}],
    "mrd": [{"is_current": True, "method": "flow", "tissue": "BM", "mrd_fraction": "0.04", "measured_on_day": 662}],
    "germline_variants": [{"gene_symbol": "TP53", "hgvs_p": "p.(Arg248Gln)", "acmg_class": 5}],
    "transplants": [{"donor": "haplo", "on_day": 300, "relapse_on_day": 510, "sos": "mild", "t_depletion": ["PTCy"]}],
    "cell_therapies": [{"target_antigens": ["CD7"], "product": "academic", "on_day": 600, "crs_grade": 2}],
    "comedications": [{"name": "posaconazole"}],
    "contraindications": [{"name": "pegaspargase", "reason": "pancreatitis"}],
    "trials_considered": [{"trial": "NCT05476770", "outcome": "no_slot"}],
    "drug_access": [{"name": "dasatinib", "access": "off_label_reimbursed"}],
}


def full_specimen(label: str = "S3") -> SpecimenRows:
    plain = specimen_rows(label)
    return SpecimenRows(
        values={**plain.values, "donor_chimerism_pct": 20, "blast_method": "flow"},
        assays=plain.assays,
        variants=plain.variants,
        fusions=plain.fusions,
        antigens=plain.antigens,
        absences=plain.absences,
        karyotype={"iscn": "46,XY,del(9)(p21p24)[11]/46,XY[9]", "n_metaphases": 20},
        signature={"ph_like_signature": "nd", "tmb_mut_per_mb": "4.8"},
        fish=[{"probe": "KMT2A break-apart", "result": "negative"}],
        copy_numbers=[{"gene_symbol": "CDKN2A", "change": "loss_hom", "focal": "yes"}],
        expression_outliers=[{"gene_symbol": "FLT3", "z_score": "3.9", "reference_cohort": "ALL plus AML"}],
        methylation=[{"classifier": "JMML_3class", "methylation_class": "high", "score": "0.93"}],
        clones=[{"clone_label": "A", "ccf": "0.6", "seen_at": "both"}],
    )


def full_case() -> Case:
    case = complete_case()
    me = {"case": case, "actor": case.author}
    save_section(**me, version=case.version, blocks=BLOCKS, rows=ROWS)
    specimen = save_specimen(**me, version=case.version, rows=full_specimen())
    panel = {"status": "done", "specimen": "S3", "assay_platform": "BH3_profiling", "exposure_hours": 24, "qc": "pass"}
    response = {"name": "venetoclax", "readout": "IC50", "value": "11", "unit": "nM", "interpretation": "sensitive"}
    save_ex_vivo(**me, version=case.version, panels=[PanelRow(panel, [response])])
    drug = {"name": "nelarabine", "route": "intravenous", "n_cycles": 2, "last_given_on_day": 640}
    line = LineRow(line_rows()[1].values, drugs=[drug], toxicities=[{"term": "neuropathy", "grade": 2}])
    save_therapy(**me, version=case.version, lines=[line_rows()[0], line])
    write_board_question(actor=coordinator(), key="family", label="Is a brother or sister affected?")
    save_board_answers(**me, version=case.version, answers={"family": "no"})
    note_transcription(**me, version=case.version, section=Section.FINDINGS, specimen=specimen)
    return Case.objects.get(pk=case.pk)
