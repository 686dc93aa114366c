"""Every looked-up cell against the reference it came from."""

import csv
from collections import defaultdict
from io import StringIO

import pytest
from django.core.management import call_command

from iltb.terminology.files import read_vocabulary
from iltb.terminology.names import fold
from iltb.terminology.search import Ambiguous, resolve
from iltb.terminology.services import DATA

# Names that this file is allowed to miss: products without an entry in the reference.
WITHOUT_REFERENCE = {
    "asparaginase",
    "cd123-car-t-cells",
    "cd19-car-t-cells",
    "cd19-cd22-car-t-cells",
    "cd22-car-t-cells",
    "cd33-car-t-cells",
    "cd5-car-t-cells",
    "cd7-car-t-cells",
    "cll-1-car-t-cells",
    "donor-lymphocytes",
    "mesna",
    "tslpr-car-t-cells",
    "varnimcabtagene-autoleucel",
}


def reference(folder, path):
    if not (folder / path).is_file():
        pytest.skip(f"no {path} in the conformance data")
    with (folder / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped(system):
    return read_vocabulary(DATA / f"{system}.csv").rows


@pytest.fixture(scope="module")
def hgnc(conformance_data):
    return reference(conformance_data, "hgnc/gene_symbols.csv")


@pytest.fixture(scope="module")
def drug_names(conformance_data):
    names = defaultdict(set)
    for row in reference(conformance_data, "drugs/drug_synonyms.csv"):
        names[row["drugbank_id"], row["unii"]] |= {fold(row["name"]), fold(row["name"]).removesuffix("freebase")}
    return names


def test_every_gene_has_the_id_of_its_approved_symbol(hgnc):
    approved = {(row["symbol"], row["hgnc_id"]) for row in hgnc if row["relation"].startswith("Primary Gene")}

    assert {(gene.code, gene.attributes["hgnc_id"]) for gene in shipped("gene")} - approved == set()


def test_every_alias_and_former_symbol_of_a_gene_is_in_the_reference(hgnc):
    known = {(row["approved_symbol"], row["symbol"]) for row in hgnc}
    former = {(row["approved_symbol"], row["symbol"]) for row in hgnc if "Previous" in row["relation"]}

    genes = shipped("gene")
    assert {(gene.code, name) for gene in genes for name in gene.synonyms} - known == set()
    assert {(gene.code, name) for gene in genes for name in gene.attributes["previous_symbols"]} - former == set()


def test_no_former_symbol_of_a_gene_is_lost(hgnc):
    approved = {fold(row["symbol"]) for row in hgnc if row["relation"].startswith("Primary Gene")}
    ours = {gene.code: set(map(fold, gene.attributes["previous_symbols"])) for gene in shipped("gene")}

    former = [row for row in hgnc if row["approved_symbol"] in ours and "Previous" in row["relation"]]
    kept = [row for row in former if fold(row["symbol"]) in ours[row["approved_symbol"]]]
    assert [row for row in former if row not in kept and fold(row["symbol"]) not in approved] == []


def test_a_name_that_means_a_gene_outside_the_list_is_marked(hgnc):
    genes = {gene.code: gene for gene in shipped("gene")}
    meaning = defaultdict(set)
    for row in hgnc:
        if not set(row["relation"].split("|")) <= {"Phenotype", "Clone Name", "Placeholder"}:
            meaning[fold(row["symbol"])].add(row["approved_symbol"])

    unmarked = [
        (gene.code, name)
        for gene in genes.values()
        for name in (*gene.synonyms, *gene.attributes["previous_symbols"])
        if meaning[fold(name)] - set(genes)
        if fold(name) not in {fold(entry.partition("=")[0]) for entry in gene.attributes["ambiguous"]}
    ]
    assert unmarked == []


def test_every_id_and_name_of_a_drug_is_in_the_reference(drug_names):
    unknown = [
        (drug.code, name)
        for drug in shipped("drug")
        if drug.code not in WITHOUT_REFERENCE
        for name in (drug.display, *drug.synonyms, *drug.attributes["brands"])
        if fold(name) not in drug_names[drug.attributes["drugbank_id"], drug.attributes["unii"]]
    ]
    assert unknown == []


def test_a_product_without_reference_has_no_id_and_no_names():
    rows = {row.code: row for row in shipped("drug") if not row.attributes["drugbank_id"]}

    assert set(rows) == WITHOUT_REFERENCE
    assert {(row.synonyms, row.attributes["unii"], *row.attributes["brands"]) for row in rows.values()} == {((), "")}


def test_a_synonym_of_an_antigen_is_a_name_of_its_gene_or_an_everyday_word(hgnc):
    names = defaultdict(set)
    for row in hgnc:
        names[row["approved_symbol"]].add(fold(row["symbol"]))
    everyday = {
        "cytoplasmic",
        "surface",
        "compartment",
        "myeloperoxidase",
        "glycophorin",
        "granzyme",
        "langerin",
        "mesothelin",
    }

    unknown = [
        (row.code, name)
        for row in shipped("antigen")
        for name in row.synonyms
        if not any(fold(name) in names[gene] for gene in row.attributes["genes"])
        if not everyday & set(name.lower().replace(",", "").split())
    ]
    assert unknown == []


def test_every_country_equals_the_reference(conformance_data):
    rows = reference(conformance_data, "iso3166/countries.csv")

    assert {(row.code, row.attributes["alpha_3"], row.display) for row in shipped("country")} == {
        (row["alpha_2"], row["alpha_3"], row["name"]) for row in rows
    }


def test_rebuilding_gives_the_shipped_bytes(conformance_data, tmp_path):
    output = StringIO()

    call_command("curate_terminology", "--from", str(conformance_data), "--to", str(tmp_path), stdout=output)

    assert output.getvalue() == "country.csv: 249 rows\ndrug.csv: 455 rows\ngene.csv: 813 rows\n"
    assert [path.read_bytes() == (DATA / path.name).read_bytes() for path in sorted(tmp_path.iterdir())] == [True] * 3


@pytest.mark.django_db
def test_every_gene_of_a_real_leukaemia_study_is_known_and_only_a_shared_old_name_is_asked_back(conformance_data):
    written = {row["gene"] for row in reference(conformance_data, "profiles/amlsg/mutations.csv")}

    answers = {name: resolve("gene", name) for name in written}

    assert [name for name, found in answers.items() if found is None] == []
    assert [name for name, found in answers.items() if isinstance(found, Ambiguous)] == ["MLL2"]
