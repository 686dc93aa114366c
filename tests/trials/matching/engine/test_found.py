"""Answers about findings, whole: verdict, state, words, specimen, day and reason."""

import pytest

from tests.trials.documents import answer, facts, fusion, leaf, specimen, variant
from tests.trials.matching.engine.cases import met, not_found, open_
from trials.matching.answers import Answer, FactState, Reason
from trials.matching.kleene import Verdict

NRAS = leaf("variant", "present", "NRAS")
KMT2A = leaf("fusion", "present", "KMT2A-r")


def assayed(status: str, *, current: bool = True):
    return specimen(current=current, assays=[{"assay_type": "WES", "status": status}])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (variant("NRAS", hgvs_p="p.G12D"), met("NRAS p.G12D")),
        (variant("NRAS", hgvs_c="c.35G>A"), met("NRAS c.35G>A")),
        (variant("NRAS", hgvs_p="p.G12D", hgvs_c="c.35G>A"), met("NRAS p.G12D")),
        (variant("NRAS"), met("NRAS")),
        (variant("NRAS", hgvs_p=None), met("NRAS")),
        (variant("NRAS", oncogenicity="likely_oncogenic"), met("NRAS")),
        (variant("NRAS", variant_class="ITD", hgvs_p="p.x"), met("NRAS ITD")),
        (variant("NRAS", oncogenicity="vus"), open_(Reason.SIGNIFICANCE, "NRAS")),
        (variant("NRAS", oncogenicity=None), open_(Reason.SIGNIFICANCE, "NRAS")),
        (variant("NRAS", oncogenicity="benign"), open_(Reason.NOT_TESTED)),
        (variant("NRAS", oncogenicity="likely_benign"), open_(Reason.NOT_TESTED)),
        (variant("NRAS", origin="germline"), open_(Reason.NOT_TESTED)),
        (variant("KRAS"), open_(Reason.NOT_TESTED)),
    ],
)
def test_a_variant_is_told_by_gene_and_change(row, expected):
    assert answer(NRAS, facts(specimen(variants=[row]))) == expected


@pytest.mark.parametrize(
    ("wanted", "row", "expected"),
    [
        ({"gene": "NRAS", "hgvs_p": "p.Gly12Asp"}, variant("NRAS", hgvs_p="p.(G12D)"), met("NRAS p.(G12D)")),
        ({"gene": "NRAS", "hgvs_p": "p.G12D"}, variant("NRAS", hgvs_p="p.G13D"), open_(Reason.NOT_TESTED)),
        ({"gene": "NRAS", "hgvs_p": "p.G12D"}, variant("NRAS"), open_(Reason.DETAIL, "NRAS")),
        ("FLT3-ITD", variant("FLT3", variant_class="ITD"), met("FLT3 ITD")),
        ("FLT3-ITD", variant("FLT3", hgvs_p="p.D835Y"), open_(Reason.NOT_TESTED)),
        ("FLT3-ITD", variant("FLT3", variant_class="other"), open_(Reason.DETAIL, "FLT3")),
        ("FLT3-ITD", variant("FLT3", variant_class=None), open_(Reason.DETAIL, "FLT3")),
        ("KMT2A-PTD", variant("KMT2A", variant_class="PTD"), met("KMT2A PTD")),
        ({"gene": "TP53", "origin": "somatic"}, variant("TP53", origin="somatic"), met("TP53")),
        ({"gene": "TP53", "origin": "somatic"}, variant("TP53", origin="uncertain"), open_(Reason.ORIGIN, "TP53")),
        ({"gene": "TP53", "origin": "somatic"}, variant("TP53"), open_(Reason.ORIGIN, "TP53")),
    ],
)
def test_a_variant_fits_by_class_change_and_origin(wanted, row, expected):
    assert answer(leaf("variant", "present", wanted), facts(specimen(variants=[row]))) == expected


@pytest.mark.parametrize(
    ("share", "origin", "expected"),
    [
        ("0", "uncertain", met("NRAS")),
        ("0.5", "uncertain", open_(Reason.DONOR_CELLS, "NRAS")),
        ("45", "somatic", met("NRAS")),
        (None, "uncertain", met("NRAS")),
    ],
)
def test_cells_of_a_donor_may_carry_the_variant(share, origin, expected):
    row = specimen(donor_chimerism_pct=share, variants=[variant("NRAS", origin=origin)])

    assert answer(NRAS, facts(row)) == expected


@pytest.mark.parametrize(
    ("transplant", "donors"),
    [
        ({"donor": "MSD", "on_day": 600}, True),
        ({"donor": "MSD", "on_day": 700}, True),
        ({"donor": "MSD", "on_day": 701}, False),
        ({"donor": "MSD", "on_day": None}, True),
        ({"on_day": 600}, True),
        ({"donor": "autologous", "on_day": 600}, False),
    ],
)
def test_after_a_transplant_without_a_share_the_cells_may_be_the_donors(transplant, donors):
    case = facts(specimen(variants=[variant("NRAS", origin="uncertain")]), transplants=[transplant])

    assert answer(NRAS, case) == (open_(Reason.DONOR_CELLS, "NRAS") if donors else met("NRAS"))


@pytest.mark.parametrize(
    ("wanted", "row", "expected"),
    [
        ("KMT2A-r", fusion("KMT2A", "AFF1"), met("KMT2A::AFF1")),
        ("KMT2A-r", fusion("KMT2A", ""), met("KMT2A, partner unknown")),
        ("KMT2A-r", fusion("", "KMT2A"), met("KMT2A, partner unknown")),
        ("AFF1::KMT2A", fusion("KMT2A", "AFF1"), met("KMT2A::AFF1")),
        ("KMT2A::AFF1", fusion("KMT2A", ""), open_(Reason.PARTNER, "KMT2A, partner unknown")),
        ("KMT2A::AFF1", fusion("KMT2A", "MLLT3"), not_found("KMT2A::MLLT3")),
        ("BCR::ABL1", fusion("ABL1", "ETV6"), open_(Reason.NOT_TESTED)),
        ("ABL-class", fusion("ETV6", "ABL1"), met("ETV6::ABL1")),
        ("ABL-class", fusion("BCR", "ABL1"), open_(Reason.NOT_TESTED)),
        ("ABL-class", fusion("ABL1", ""), open_(Reason.PARTNER, "ABL1, partner unknown")),
        ("ABL-class", fusion("PDGFRB", ""), met("PDGFRB, partner unknown")),
    ],
)
def test_a_fusion_is_told_by_both_genes_or_by_the_one_that_is_known(wanted, row, expected):
    assert answer(leaf("fusion", "present", wanted), facts(specimen(fusions=[row]))) == expected


@pytest.mark.parametrize(
    ("wanted", "looked_for", "expected"),
    [
        ("KMT2A-r", "KMT2A-r", not_found("KMT2A-r looked for, not found")),
        ("KMT2A::AFF1", "KMT2A-r", not_found("KMT2A-r looked for, not found")),
        ("KMT2A-r", "KMT2A::AFF1", open_(Reason.NOT_TESTED)),
        ("ABL-class", "ABL-class", not_found("ABL-class looked for, not found")),
        ("PDGFRB-r", "ABL-class", not_found("ABL-class looked for, not found")),
        ("ABL1-r", "ABL-class", open_(Reason.NOT_TESTED)),
        ("ETV6::ABL1", "ABL-class", not_found("ABL-class looked for, not found")),
        ("BCR::ABL1", "ABL-class", open_(Reason.NOT_TESTED)),
        ("ABL-class", "ABL1-r", open_(Reason.NOT_TESTED)),
        ("BCR::ABL1", "BCR::ABL1", not_found("BCR::ABL1 looked for, not found")),
        ("KMT2A-r", "unreadable text", open_(Reason.NOT_TESTED)),
    ],
)
def test_a_fusion_that_was_looked_for_covers_itself_and_what_is_finer(wanted, looked_for, expected):
    assert answer(leaf("fusion", "present", wanted), facts(specimen(tested_absent=[looked_for]))) == expected


@pytest.mark.parametrize(
    ("wanted", "looked_for", "expected"),
    [
        ("NRAS", "NRAS", not_found("NRAS looked for, not found")),
        ("NRAS p.G12D", "NRAS", not_found("NRAS looked for, not found")),
        ("NRAS p.G12D", "NRAS p.Gly12Asp", not_found("NRAS p.Gly12Asp looked for, not found")),
        ("NRAS", "NRAS p.G12D", open_(Reason.NOT_TESTED)),
        ("NRAS p.G12D", "NRAS p.G13D", open_(Reason.NOT_TESTED)),
        ("FLT3-ITD", "FLT3-ITD", not_found("FLT3-ITD looked for, not found")),
        ("FLT3-ITD", "FLT3", open_(Reason.NOT_TESTED)),
        ("FLT3 p.D835Y", "FLT3-ITD", open_(Reason.NOT_TESTED)),
        ("KRAS", "NRAS", open_(Reason.NOT_TESTED)),
    ],
)
def test_a_variant_that_was_looked_for_covers_itself_and_what_is_finer(wanted, looked_for, expected):
    found = answer(leaf("variant", "present", wanted), facts(specimen(tested_absent=[looked_for])))

    assert (found.verdict, found.found) == (expected.verdict, expected.found)
    assert found.reason in (expected.reason, Reason.COVERAGE)


@pytest.mark.parametrize(
    ("specimens", "reason"),
    [
        ([], Reason.NOT_TESTED),
        ([assayed("done")], Reason.COVERAGE),
        ([assayed("done", current=False)], Reason.NOT_TESTED),
        ([assayed("pending")], Reason.PENDING),
        ([assayed("failed")], Reason.FAILED),
        ([assayed("failed"), assayed("pending")], Reason.PENDING),
        ([assayed("not_done")], Reason.NOT_TESTED),
    ],
)
def test_what_nobody_speaks_of_is_open_for_the_reason_of_the_tests(specimens, reason):
    assert answer(NRAS, facts(*specimens)) == open_(reason)


OLD, NEW = ("S1", 0), ("S2", 700)


@pytest.mark.parametrize(
    ("document", "then", "now", "expected"),
    [
        (NRAS, {"variants": [variant("NRAS")]}, {}, open_(Reason.BEFORE_REMISSION, "NRAS", *OLD)),
        (NRAS, {"variants": [variant("NRAS")]}, {"variants": [variant("NRAS", hgvs_p="p.G12D")]}, met("NRAS p.G12D")),
        (
            NRAS,
            {"variants": [variant("NRAS")]},
            {"tested_absent": ["NRAS"]},
            not_found("NRAS looked for, not found"),
        ),
        (
            NRAS,
            {"variants": [variant("NRAS", oncogenicity="vus")]},
            {},
            open_(Reason.BEFORE_REMISSION, "NRAS", *OLD),
        ),
        (
            NRAS,
            {"tested_absent": ["NRAS"]},
            {},
            open_(Reason.ABSENT_BEFORE_REMISSION, "NRAS looked for, not found", *OLD),
        ),
        (NRAS, {"tested_absent": ["NRAS"]}, {"variants": [variant("NRAS")]}, met("NRAS")),
        (KMT2A, {"fusions": [fusion("KMT2A", "AFF1")]}, {}, met("KMT2A::AFF1", *OLD)),
        (KMT2A, {"tested_absent": ["KMT2A-r"]}, {}, not_found("KMT2A-r looked for, not found", *OLD)),
        (
            KMT2A,
            {"fusions": [fusion("KMT2A", "AFF1")]},
            {"tested_absent": ["KMT2A-r"]},
            open_(Reason.CONTRADICTORY, "KMT2A::AFF1", *OLD),
        ),
        (
            leaf("variant", "present", "NPM1"),
            {"variants": [variant("NPM1")]},
            {},
            met("NPM1", *OLD),
        ),
        (
            leaf("fusion", "present", "KMT2A::AFF1"),
            {"fusions": [fusion("KMT2A", "MLLT3")]},
            {},
            not_found("KMT2A::MLLT3", *OLD),
        ),
        (
            leaf("fusion", "present", "ETV6::ABL1"),
            {"fusions": [fusion("ETV6", "ABL1")]},
            {},
            open_(Reason.BEFORE_REMISSION, "ETV6::ABL1", *OLD),
        ),
    ],
)
def test_only_founding_lesions_are_read_across_a_remission(document, then, now, expected):
    case = facts(specimen("S1", 0, current=False, **then), specimen("S2", 700, **now))

    assert answer(document, case) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({"variants": [variant("NRAS")]}, {"tested_absent": ["NRAS"]}, open_(Reason.CONTRADICTORY, "NRAS", "S1", 650)),
        ({"tested_absent": ["NRAS"]}, {"variants": [variant("NRAS")]}, met("NRAS")),
        (
            {"variants": [variant("NRAS", oncogenicity="vus")]},
            {"tested_absent": ["NRAS"]},
            open_(Reason.CONTRADICTORY, "NRAS", "S1", 650),
        ),
        ({"variants": [variant("NRAS")]}, {"variants": [variant("NRAS", hgvs_p="p.G12D")]}, met("NRAS p.G12D")),
    ],
)
def test_within_one_disease_a_later_absence_contradicts_and_a_later_finding_counts(first, second, expected):
    case = facts(specimen("S1", 650, **first), specimen("S2", 700, **second))

    assert answer(NRAS, case) == expected


@pytest.mark.parametrize(
    ("tissue", "again_in", "contradicts"),
    [("bone_marrow", "CSF", False), ("bone_marrow", "bone_marrow", True), ("bone_marrow", "", True), ("", "CSF", True)],
)
def test_another_tissue_contradicts_nothing(tissue, again_in, contradicts):
    found = specimen("S1", 650, tissue=tissue, variants=[variant("NRAS")])
    case = facts(found, specimen("S2", 700, tissue=again_in, tested_absent=["NRAS"]))

    assert answer(NRAS, case).reason is (Reason.CONTRADICTORY if contradicts else None)


@pytest.mark.parametrize(
    ("change", "wanted", "expected"),
    [
        ("loss_hom", "NF1", met("NF1 loss_hom")),
        ("biallelic", "NF1", met("NF1 biallelic")),
        ("loss_het", "NF1", open_(Reason.SIGNIFICANCE, "NF1 loss_het")),
        ("gain", "NF1", open_(Reason.SIGNIFICANCE, "NF1 gain")),
        ("loss_hom", "NF1 p.R1276Q", open_(Reason.NOT_TESTED)),
        ("loss_hom", "NF1-del", met("NF1 loss_hom")),
        ("gain", "NF1-del", open_(Reason.NOT_TESTED)),
        ("loss_hom", "NRAS", open_(Reason.SIGNIFICANCE, "NRAS loss_hom")),
    ],
)
def test_a_lost_gene_counts_where_it_acts_by_being_lost(change, wanted, expected):
    gene = wanted.partition(" ")[0].removesuffix("-del")
    case = facts(specimen(copy_numbers=[{"gene": gene, "change": change}, {"gene": "", "change": "gain"}]))

    assert answer(leaf("variant", "present", wanted), case) == expected


@pytest.mark.parametrize("day", [None, 3])
def test_a_finding_without_a_day_is_older_than_any_other(day):
    rows = [specimen("S1", day, variants=[variant("NRAS")]), specimen("S2", 4, variants=[variant("NRAS")])]

    assert answer(NRAS, facts(*rows)) == answer(NRAS, facts(*rows[::-1])) == met("NRAS", "S2", 4)


def test_lists_that_are_null_say_nothing():
    empty = dict.fromkeys(("variants", "fusions", "copy_numbers", "tested_absent", "assays", "antigens"))

    assert answer(NRAS, facts(specimen(**empty))) == open_(Reason.NOT_TESTED)


PATHWAY = leaf("pathway", "altered", "PI3K_AKT")


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ({"variants": [variant("PIK3CA")]}, met("PIK3CA")),
        ({"variants": [variant("AKT1", oncogenicity="vus")]}, open_(Reason.SIGNIFICANCE, "AKT1")),
        ({"variants": [variant("AKT1", oncogenicity="vus"), variant("AKT3")]}, met("AKT3")),
        ({"tested_absent": ["PIK3CA"]}, open_(Reason.NOT_TESTED)),
        (
            {"tested_absent": ["PTEN", "PTEN-del", "PIK3CA", "PIK3R1", "AKT1", "AKT3"]},
            Answer(Verdict.NOT_MET, FactState.NOT_FOUND, "all genes of the pathway looked for, none altered"),
        ),
    ],
)
def test_a_pathway_is_told_by_what_alters_it_or_leaves_it_open(blocks, expected):
    found = answer(PATHWAY, facts(specimen(**blocks)))

    assert (found.verdict, found.state, found.found, found.specimen) == (
        expected.verdict,
        expected.state,
        expected.found,
        expected.specimen,
    )


def test_a_specimen_without_a_label_or_a_variant_without_a_gene_is_read_all_the_same():
    bare = {"is_current_disease": True, "variants": [variant("NRAS"), {"hgvs_p": "p.G12D"}]}

    assert answer(NRAS, facts(bare)) == met("NRAS", "", None)
    assert set(facts(bare).molecular.by_gene) == {"NRAS", ""}


@pytest.mark.parametrize("current", [False, None, "yes"])
def test_only_a_plain_statement_makes_a_specimen_current(current):
    row = specimen("S1", 0, variants=[variant("NRAS")]) | {"is_current_disease": current}

    assert answer(NRAS, facts(row)) == open_(Reason.BEFORE_REMISSION, "NRAS", "S1", 0)
