"""What the shipped vocabularies hold, and that they fit each other."""

import re
from collections import Counter

import pytest

from iltb.terminology.models import CodeSystem, Concept, System
from iltb.terminology.names import fold
from iltb.terminology.search import resolve
from iltb.terminology.services import DATA

pytestmark = pytest.mark.django_db

# The seed list of haematology entities, as the case form names them.
ENTITIES = """
BALL_NOS BALL_BCR_ABL1 BALL_PH_LIKE BALL_KMT2A BALL_ETV6_RUNX1 BALL_ETV6_RUNX1_LIKE BALL_HYPERDIP BALL_HYPODIP
BALL_IAMP21 BALL_IGH_IL3 BALL_TCF3_PBX1 BALL_TCF3_HLF BALL_DUX4 BALL_ZNF384 BALL_MEF2D BALL_PAX5ALT BALL_PAX5_P80R
BALL_NUTM1 BALL_MYC BALL_IKZF1_N159Y TALL_NOS ETP_ALL NK_ALL LBL_T LBL_B AUL MPAL_BM MPAL_TM MPAL_BCR_ABL1
MPAL_KMT2A MPAL_ZNF384 MPAL_BCL11B AML_RUNX1_RUNX1T1 AML_CBFB_MYH11 APL AML_KMT2A AML_DEK_NUP214 AML_NUP98
AML_CBFA2T3_GLIS2 AML_RBM15_MRTFA AML_KAT6A_CREBBP AML_FUS_ERG AML_MNX1_ETV6 AML_MECOM AML_NPM1 AML_CEBPA AML_UBTF
AML_MR AML_TP53 AML_NOS MYELOID_SARCOMA ML_DS MN_PCT BPDCN JMML MDS_LB_CHILD MDS_IB_CHILD CML_CP CML_BP_L CML_BP_M
BURKITT HGBL_11Q DLBCL PMBL LBCL_IRF4 PTLD_MONO PTFL ALCL_ALKPOS ALCL_ALKNEG PTCL_NOS HSTL EBV_T_NK_CHILD CHL NLPHL
LCH_HISTIO
"""
DISEASE_GROUPS = """
BCP_ALL T_ALL LBL_B LBL_T AML APL ALAL_MPAL ML_DS JMML MDS CML MATURE_B_NHL ALCL PTCL_OTHER HODGKIN BPDCN
HISTIOCYTIC_MALIGNANT OTHER
"""
# Every name that the eight demonstration cases use.
USED_IN_CASES = {
    "gene": """
        KRAS NT5C2 TP53 IKZF1 CDKN2A IL7R JAK1 JAK2 JAK3 STAT5B SH2B3 NPM1 PTPN2 DNM2 STIL TAL1 NOTCH1 PTEN NUP214 ABL1
        KMT2A PICALM MLLT10 NRAS HRAS PTPN11 NF1 CBL FLT3 BRAF MAP2K1 NUP98 ETV6 BCL11B TCF3 HLF PAX5 VPREB1 EBF1 PDGFRB
        NSD1 WT1 CBFA2T3 GLIS2 EP300 ZNF384 SETBP1 CRLF2 EPOR BCR
    """,
    "drug": """
        venetoclax navitoclax trametinib dexamethasone posaconazole blinatumomab inotuzumab tisagenlecleucel dasatinib
        ruxolitinib levofloxacin nelarabine cyclophosphamide etoposide isavuconazole pantoprazole imatinib gilteritinib
        quizartinib revumenib cytarabine idarubicin sorafenib cyclosporine asparaginase azacitidine busulfan melphalan
    """,
    "antigen": "CD19 CD22 CD10 CD20 CD38 CD123 CD7 cyCD3 CD5 CD1a MPO CD8 CD117 CD33 CLL-1 FLT3",
    "entity": "BALL_NOS TALL_NOS ETP_ALL BALL_TCF3_HLF BALL_PH_LIKE AML_NUP98 MPAL_ZNF384 JMML",
    "country": "ES NL PT DE PL IT CZ DK",
    "event_class": """
        BCR::ABL1 KMT2A-r TCF3::HLF ABL-class CRLF2-r EPOR-r NUP98-r NUP214::ABL1 PICALM::MLLT10 BCL11B-r FLT3-ITD JAK2-r
        CBFA2T3::GLIS2
    """,
}
MARKERS = """
CD19 CD20 CD22 cyCD22 CD79a CD10 CD24 PAX5 sIg cyIgM cyCD3 sCD3 CD1a CD2 CD4 CD5 CD7 CD8 TRBC1 CD99 MPO CD13 CD33 CD14
CD15 CD64 CD65 CD117 CD11b CD61 CD41 CD235a CD34 TdT HLA-DR CD45 CD56 CD133 CD38 CD123 CLL-1 FLT3 FOLR1 TSLPR CD30 ALK
PD-L1 CD52 CD25 CD70 BCMA CD37 CD276
"""


def concepts(system):
    return Concept.objects.filter(system=system, is_active=True)


def codes(system):
    return set(concepts(system).values_list("code", flat=True))


def attributes(system, key):
    return {value for row in concepts(system) for value in row.attributes[key]}


def test_every_vocabulary_has_a_file_and_an_origin():
    assert {path.stem for path in DATA.glob("*.csv")} == set(System.values)
    assert set(CodeSystem.objects.values_list("pk", flat=True)) == set(System.values)


def test_the_entities_are_those_of_the_case_form():
    assert codes("entity") == set(ENTITIES.split())


def test_codes_of_icd_stay_empty_until_they_are_checked():
    assert {(row.attributes["icd_o"], row.attributes["icd_10"]) for row in concepts("entity")} == {("", "")}


def test_the_markers_of_the_case_form_are_there():
    assert set(MARKERS.split()) - codes("antigen") == set()


@pytest.mark.parametrize(("system", "least"), [("gene", 400), ("drug", 200), ("drug_class", 70), ("country", 249)])
def test_a_vocabulary_is_large_enough(system, least):
    assert len(codes(system)) >= least


@pytest.mark.parametrize("system", sorted(USED_IN_CASES))
def test_every_name_of_the_demonstration_cases_is_known(system):
    unknown = [name for name in USED_IN_CASES[system].split() if not isinstance(resolve(system, name), Concept)]

    assert unknown == []


@pytest.mark.parametrize("system", System.values)
def test_no_two_rows_share_a_code_or_display_however_it_is_typed(system):
    owners = Counter(name for row in concepts(system) for name in {fold(row.code), fold(row.display)})

    assert [name for name, rows in owners.items() if rows > 1] == []


@pytest.mark.parametrize(
    ("system", "key", "vocabulary"),
    [
        ("antigen", "genes", "gene"),
        ("event_class", "genes", "gene"),
        ("regimen", "drugs", "drug"),
        ("drug", "classes", "drug_class"),
        ("drug", "interaction_roles", "drug_class"),
        ("drug_class", "also_in", "drug_class"),
    ],
)
def test_what_a_row_refers_to_exists(system, key, vocabulary):
    assert attributes(system, key) - codes(vocabulary) == set()


@pytest.mark.parametrize(
    ("system", "key"),
    [("entity", "disease_groups"), ("regimen", "disease_groups"), ("gene", "checklist"), ("event_class", "checklist")],
)
def test_disease_groups_are_those_of_the_case_form(system, key):
    assert attributes(system, key) - set(DISEASE_GROUPS.split()) == set()


@pytest.mark.parametrize("pathway", ["MAPK", "SRC_ABL", "JAK_STAT", "PI3K_AKT"])
def test_a_pathway_has_at_least_the_members_that_trials_name(pathway):
    named = set(Concept.objects.get(system="event_class", code=pathway).attributes["genes"])
    ours = {gene.code for gene in concepts("gene") if pathway in gene.attributes["pathways"]}

    assert named - ours == set()


def test_the_abl_class_does_not_mean_the_philadelphia_fusion():
    abl_class = Concept.objects.get(system="event_class", code="ABL-class")

    assert set(abl_class.attributes["genes"]) == {"ABL1", "ABL2", "CSF1R", "PDGFRA", "PDGFRB", "LYN"}
    assert abl_class.attributes["definition"] == "Any fusion of these kinases except BCR::ABL1"


def test_no_drug_name_holds_what_separates_names_in_a_form():
    assert [drug.code for drug in concepts("drug") if set(drug.display) & set(",;|\n")] == []


def test_every_drug_has_a_class():
    assert [drug.code for drug in concepts("drug") if not drug.attributes["classes"]] == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("inotuzumab-ozogamicin", {"CD22 antibody-drug conjugate", "CD22-directed therapy", "antibody-drug conjugate"}),
        ("gilteritinib", {"type I FLT3 inhibitor", "FLT3 inhibitor", "tyrosine kinase inhibitor"}),
        ("cd19-cd22-car-t-cells", {"CD19-directed therapy", "CD22-directed therapy", "CAR T cells"}),
        ("ziftomenib", {"menin inhibitor"}),
    ],
)
def test_a_drug_carries_narrow_and_broad_classes(code, expected):
    assert expected - set(Concept.objects.get(system="drug", code=code).attributes["classes"]) == set()


@pytest.mark.parametrize(
    ("code", "roles"),
    [
        ("posaconazole", ["strong CYP3A4 inhibitor", "P-gp inhibitor", "QT-prolonging drug"]),
        ("isavuconazole", ["moderate CYP3A4 inhibitor"]),
        ("levofloxacin", ["QT-prolonging drug"]),
        ("pantoprazole", []),
    ],
)
def test_interaction_roles_stand_apart_from_classes(code, roles):
    assert Concept.objects.get(system="drug", code=code).attributes["interaction_roles"] == roles


def test_the_european_union_has_27_members():
    members = [row for row in concepts("country") if row.attributes["eu_eea"] == "EU"]

    assert (len(members), {row.attributes["region"] for row in members}) == (27, {"Europe"})


def test_no_name_is_an_atc_code():
    names = [name for drug in concepts("drug") for name in drug.other_names()]

    assert [name for name in names if re.fullmatch(r"[A-Z]\d\d[A-Z]{2}\d\d", name)] == []
