"""Dossiers in which every block and every kind of row is filled in: in the database, or frozen and without it."""

from dataclasses import replace
from random import Random

from cases.completeness import Section
from cases.models import (
    AccessNeeds,
    AntigenFinding,
    Assay,
    Case,
    CellTherapy,
    Clone,
    Condition,
    Consent,
    CopyNumberFinding,
    Diagnosis,
    DiseaseStatus,
    DrugResponse,
    Exposure,
    ExpressionOutlier,
    ExVivoPanel,
    FishFinding,
    FusionFinding,
    Germline,
    Karyotype,
    MethylationResult,
    MolecularSignature,
    MrdMeasurement,
    Patient,
    Specimen,
    TherapyDrug,
    TherapyLine,
    Toxicity,
    Transplant,
    VariantFinding,
)
from cases.queries.pathways import table
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
    return replace(
        plain,
        values={**plain.values, "donor_chimerism_pct": 20, "blast_method": "flow"},
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


def row(model, **values):
    """All columns of ``model`` as they freeze, empty where nothing is given."""
    empty = {}
    for column in model._meta.concrete_fields:
        if column.primary_key or column.is_relation or column.get_internal_type() == "DateTimeField":
            continue
        empty["gene" if column.name == "gene_symbol" else column.name] = None if column.null else column.get_default()
    return {**empty, **values}


def drug(model, name, classes=(), **values):
    return row(model, name=name, code=name, display=name, classes=list(classes), **values)


def condition(**values):
    """The patient's condition with what is given."""
    return row(Condition, **{"comedications": [], "contraindications": [], **values})


def bare_content(**blocks):
    """Nothing answered."""
    return {
        "schema": 1,
        "case": row(Case, code="ILTB-2222-222", parent_code=None),
        "patient": row(Patient, country=None, bsa_m2=None),
        "diagnosis": row(Diagnosis, entity=None, icdo=""),
        "status": row(DiseaseStatus, masses=[]),
        "mrd": [],
        "specimens": [],
        "germline": row(Germline, variants=[]),
        "ex_vivo": [],
        "therapy_lines": [],
        "no_therapy_yet": False,
        "transplants": [],
        "cell_therapies": [],
        "exposure": row(Exposure),
        "condition": condition(),
        "access": row(AccessNeeds, trials_considered=[], drug_access=[]),
        "consent": {**row(Consent), "is_confirmed": False},
        "board_questions": [],
        "transcriptions": [],
        **blocks,
    }


def specimen(label="S2", **values):
    """A specimen of the current disease on which nothing was found."""
    kinds = ("assays", "variants", "fusions", "antigens", "fish", "copy_numbers", "expression_outliers")
    empty = {kind: [] for kind in (*kinds, "methylation", "clones", "tested_absent")}
    known = {"tissue": "BM", "time_point": "current_relapse", "taken_on_day": 662, "is_current_disease": True}
    return row(Specimen, **{"label": label, "karyotype": None, "signature": None, **empty, **known, **values})


def rich_content(random: Random, *, findings: int, lines: int):
    """``findings`` on two specimens: variants, fusions, copy numbers, antigens, FISH, and the smaller kinds."""
    share = findings // 6
    genes = sorted(name for name, read_as in table() if read_as == "gene")
    first = specimen(
        "S1",
        time_point="initial_diagnosis",
        taken_on_day=0,
        is_current_disease=False,
        assays=[row(Assay, assay_type="WGS", status="done")],
    )
    second = specimen(karyotype=row(Karyotype, iscn="46,XY,t(9;22)(q34;q11)[20]", n_metaphases=20))
    second["signature"] = row(MolecularSignature, ph_like_signature="yes", tmb_mut_per_mb="4.8")
    second["assays"] = [row(Assay, assay_type=kind, status="done") for kind in ("WGS", "RNAseq_WTS", "immunophenotype")]
    for gene in random.sample(genes, 2 * share):
        variant = row(VariantFinding, gene=gene, hgvs_p=f"p.(Gly{random.randint(2, 900)}Asp)", vaf="0.31")
        variant |= {"origin": "somatic", "oncogenicity": "oncogenic", "variant_class": "small_variant"}
        random.choice([first, second])["variants"].append(variant)
    for gene in random.sample(genes, share):
        second["fusions"].append(row(FusionFinding, five_prime_gene=gene, three_prime_gene="ABL1", in_frame="yes"))
        second["copy_numbers"].append(row(CopyNumberFinding, gene=gene, change="loss_het", focal="yes"))
    for number in range(share):
        antigen = row(AntigenFinding, antigen=f"CD{number + 17}", percent_positive=str(random.randint(0, 100)))
        second["antigens"].append(antigen | {"intensity": "dim", "pattern": "partial", "method": "flow"})
    second["fish"] = [row(FishFinding, probe=f"{gene} break-apart", result="negative") for gene in genes[:4]]
    second["expression_outliers"] = [row(ExpressionOutlier, gene="CRLF2", z_score="6.1")] * 2
    second["methylation"] = [row(MethylationResult, classifier="A", methylation_class="high", score="0.9")]
    second["clones"] = [row(Clone, clone_label=str(number), ccf="0.4", seen_at="relapse") for number in range(3)]
    second["tested_absent"] = random.sample(genes, 20)
    return bare_content(
        diagnosis=row(Diagnosis, disease_group="BCP_ALL", entity={"code": "BALL", "display": "B-ALL"}, icdo=""),
        specimens=[first, second],
        therapy_lines=[_line(number) for number in range(1, lines + 1)],
        ex_vivo=[row(ExVivoPanel, specimen="S2", status="done", qc="borderline", responses=[*_responses(random)])],
        transplants=[row(Transplant, number=1, on_day=300, donor="MUD_10_10")],
        cell_therapies=[row(CellTherapy, number=1, on_day=500, target_antigens=["CD19"], product="academic")],
        mrd=[_mrd(number, random) for number in range(8)],
    )


def _line(number):
    values = {"line_number": number, "setting": "salvage_1", "regimen_name": f"Block {number}", "best_response": "PR"}
    values |= {"start_on_day": number * 60, "stop_on_day": number * 60 + 40, "stop_reason": "progression"}
    drugs = [drug(TherapyDrug, name, ["cytotoxic agent"]) for name in ("cytarabine", "etoposide", "clofarabine")]
    return row(TherapyLine, **values, drugs=drugs, toxicities=[row(Toxicity, term="mucositis", grade=3)])


def _responses(random):
    for name in ("venetoclax", "navitoclax", "trametinib", "dasatinib", "dexamethasone", "ruxolitinib"):
        values = {"readout": "IC50", "value": "780", "unit": "nM", "interpretation": "intermediate"}
        values |= {"percentile_in_cohort": str(random.randint(0, 100)), "reference_cohort_n": 84}
        yield {**drug(DrugResponse, name), "combination_partners": [], **values}


def _mrd(number, random):
    value = {"mrd_fraction": f"0.00{random.randint(1, 9)}", "detection_limit": "0.0001"}
    done = {"status": "done", "method": "flow", "tissue": "BM", "comparator": "=", "measured_on_day": number * 90}
    return row(MrdMeasurement, **value, **done, is_current=number == 0)
