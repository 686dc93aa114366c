"""Profiles of real patients from published research, one patient's rows at a time: nothing may raise.

A cohort file is cut by patient here; the readers take one patient's table, as a laboratory sends it.
"""

import csv
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from cases.importers import maf, paste, tables
from cases.importers.preview import WhichSample

GENE_CSV = Path(__file__).parents[2] / "iltb" / "terminology" / "data" / "gene.csv"


@pytest.fixture(scope="module")
def profiles(conformance_data):
    if not (conformance_data / "profiles").is_dir():
        pytest.skip("the conformance data have no profiles")
    return conformance_data / "profiles"


@pytest.fixture(scope="module")
def symbol():
    rows = list(
        csv.reader(line for line in GENE_CSV.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    )[1:]
    names = defaultdict(set)
    for row in rows:
        for name in [*row[2].split("|"), *row[4].split("|")]:
            names[name.upper()].add(row[0])
    approved = {row[0].upper(): row[0] for row in rows}
    return lambda name: (
        approved.get(name.upper()) or (min(names[name.upper()]) if len(names.get(name.upper(), ())) == 1 else None)
    )


def by_patient(path, column, delimiter=","):
    """The same file once for each patient, as bytes."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        header = next(reader)
        patients = defaultdict(list)
        for row in reader:
            patients[row[header.index(column)]].append(row)
    return {patient: as_bytes([header, *rows], delimiter) for patient, rows in patients.items()}


def as_bytes(rows, delimiter):
    return "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows).encode()


def totals(previews):
    return (
        len(previews),
        dict(Counter(proposal.kind for preview in previews for proposal in preview.proposals)),
        dict(
            Counter(
                re.split(r" of line|, such|\.", refused.reason)[0]
                for preview in previews
                for refused in preview.refused
            )
        ),
    )


def no_name_kept(files, previews):
    return [patient for patient, preview in zip(files, previews, strict=True) if patient in repr(preview)] == []


def test_amlsg_mutations(profiles, symbol):
    files = by_patient(profiles / "amlsg" / "mutations.csv", "sample")

    previews = [tables.read(data, symbol=symbol) for data in files.values()]

    assert totals(previews) == (733, {"variant": 1806, "class_event": 216}, {"Duplicate": 3})
    assert no_name_kept(files, previews)


def test_amlsg_flt3_itd(profiles, symbol):
    files = by_patient(profiles / "amlsg" / "flt3_itd.csv", "sample")

    previews = [tables.read(data, symbol=symbol, same_for_all={"gene": "FLT3"}) for data in files.values()]

    assert totals(previews) == (770, {"absence": 577, "class_event": 193}, {})
    assert no_name_kept(files, previews)


def test_amlsg_karyotypes(profiles, symbol):
    files = by_patient(profiles / "amlsg" / "karyotypes.csv", "sample")

    previews = [tables.read(data, symbol=symbol) for data in files.values()]

    assert totals(previews) == (
        806,
        {"karyotype": 707},
        {"No karyotype was reported here": 95, "This is not a karyotype in ISCN form": 4},
    )


def test_karyotypes_of_lymphoid_neoplasms(profiles, symbol):
    files = by_patient(profiles / "karyotypes_cytogps" / "karyotypes.csv", "id")

    previews = [tables.read(data, symbol=symbol) for data in files.values()]

    assert totals(previews) == (278, {"karyotype": 278}, {})


def test_target_t_all_lesions(profiles, symbol):
    files = by_patient(profiles / "tall_target" / "lesions.csv", "ID")

    previews = [tables.read(data, symbol=symbol) for data in files.values()]

    assert totals(previews) == (133, {"copy_number": 1027}, {"No gene is named": 2451})


def test_tcga_laml(profiles, symbol):
    files = by_patient(profiles / "tcga_laml" / "tcga_laml.maf", "Tumor_Sample_Barcode", "\t")

    previews = [maf.read(data, build="GRCh37", symbol=symbol) for data in files.values()]

    assert totals(previews) == (97, {"variant": 1150}, {})
    assert no_name_kept(files, previews)


@pytest.mark.parametrize(("file", "patients"), [("amlsg/mutations.csv", 733), ("amlsg/flt3_itd.csv", 770)])
def test_a_whole_cohort_asks_which_sample_is_meant(profiles, symbol, file, patients):
    with pytest.raises(WhichSample) as asked:
        tables.read((profiles / file).read_bytes(), symbol=symbol)

    assert asked.value.number == patients


def test_amlsg_changes_pasted_as_lines_read_like_the_table(profiles, symbol):
    with (profiles / "amlsg" / "mutations.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["variant_type"] == "Sub" and row["vaf"] not in {"na", "."}]
    lines = [f"{row['gene']} {row['cdna_change']} {row['aa_change']} {row['vaf']} %" for row in rows]

    preview = paste.read_text("\n".join(lines), symbol=symbol)

    assert (len(lines), *totals([preview])[1:]) == (1241, {"variant": 1220}, {"Duplicate": 21})


@pytest.mark.parametrize("path", ["mtb_exchange/dnpm_mv64e_mtb_fake_patient.json"])
def test_files_of_another_format_say_what_to_bring(profiles, symbol, path):
    data = (profiles / path).read_bytes()
    json.loads(data)

    with pytest.raises(tables.UnreadableFile, match="Export it as CSV"):
        tables.read(data, symbol=symbol)
