"""Real texts of laboratories against the verdicts of other parsers."""

import csv

import pytest

from cases.nomenclature import Unparsed, hgvs, iscn

# Columns of the clinical table and the facts that say the same.
GENOMIC_CLASSES = {
    "t_15_17": {"suspected:PML::RARA"},
    "t_8_21": {"suspected:RUNX1::RUNX1T1"},
    "inv16_t16_16": {"suspected:CBFB::MYH11"},
    "t_6_9": {"suspected:DEK::NUP214"},
    "inv3_t3_3": {"suspected:MECOM-r"},
    "t_9_11": {"suspected:KMT2A::MLLT3"},
    "t_9_22": {"suspected:BCR::ABL1"},
    "minus7": {"-7"},
    "minus5_5q": {"-5", "del(5q)"},
    "mono17_17p_abn17p": {"-17", "abn(17p)"},
    "complex": {"complex_3"},
}


def rows(folder, path):
    if not (folder / path).is_file():
        pytest.skip(f"no {path} in the conformance data")
    with (folder / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def hgvs_rows(conformance_data):
    return rows(conformance_data, "nomenclature/hgvs_real_strings.csv")


@pytest.fixture
def verdicts(conformance_data):
    return rows(conformance_data, "profiles/karyotypes_cytogps/karyotypes.csv")


@pytest.fixture
def leukaemia_karyotypes(conformance_data):
    return rows(conformance_data, "profiles/amlsg/karyotypes.csv")


def share(found):
    found = list(found)
    assert found
    return sum(found) / len(found)


def test_hgvs_verdicts_agree_with_the_reference_parser(hgvs_rows):
    agreed = (isinstance(hgvs.parse(row["input"]), Unparsed) == (row["hgvs_parses"] == "0") for row in hgvs_rows)

    assert share(agreed) >= 0.99


def test_hgvs_normal_forms_agree_with_the_reference_parser(hgvs_rows):
    given = [row for row in hgvs_rows if row["hgvs_normal_form"]]

    assert (
        share(getattr(hgvs.parse(row["input"]), "normalised", "") == row["hgvs_normal_form"] for row in given) >= 0.98
    )


def test_every_refused_hgvs_text_has_a_reason(hgvs_rows):
    refused = [found for row in hgvs_rows if isinstance(found := hgvs.parse(row["input"]), Unparsed)]

    assert all(found.original and found.reason.endswith(".") for found in refused)


def test_karyotypes_that_another_parser_reads_are_parsed(verdicts):
    successes = [row for row in verdicts if row["cytogps_status"] == "Success"]

    assert share(iscn.parse(row["karyotype"]).status == "parsed" for row in successes) >= 0.9


def test_karyotypes_that_another_parser_cannot_mend_are_flagged(verdicts):
    nonfixable = [row for row in verdicts if row["cytogps_status"].startswith("Nonfixable")]

    assert share(bool(iscn.parse(row["karyotype"]).problems) for row in nonfixable) >= 0.8


def test_no_real_karyotype_is_dropped(verdicts, leukaemia_karyotypes):
    for row in verdicts + leukaemia_karyotypes:
        found = iscn.parse(row["karyotype"])
        assert found.original == row["karyotype"]
        assert (found.status == "parsed") == (bool(found.clones) and not found.problems)


@pytest.mark.parametrize(("column", "facts"), GENOMIC_CLASSES.items(), ids=GENOMIC_CLASSES)
def test_facts_agree_with_the_classes_that_authors_assigned(conformance_data, leukaemia_karyotypes, column, facts):
    read = {row["sample"]: iscn.parse(row["karyotype"]) for row in leukaemia_karyotypes}
    patients = rows(conformance_data, "profiles/amlsg/clinical.csv")
    known = [row for row in patients if row[column] and row["PDID"] in read and read[row["PDID"]].clones]

    assert share(bool(facts & read[row["PDID"]].facts) == (float(row[column]) == 1) for row in known) >= 0.95


def test_no_real_change_of_a_mutation_table_raises(conformance_data):
    table = rows(conformance_data, "profiles/amlsg/mutations.csv")
    texts = {row[column] for row in table for column in ("cdna_change", "aa_change")}

    assert all(hgvs.parse(text).original == text for text in texts)
