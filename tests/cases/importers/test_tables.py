import zipfile
from decimal import Decimal
from io import BytesIO

import pytest

from cases.importers import tables
from cases.importers.preview import UnreadableFile, WhichSample

GENES = {"NOTCH1", "NRAS", "FLT3", "KRAS", "TP53", "KMT2A", "AFF1", "CDKN2A"}
HEAD = "Gene;HGVSc;HGVSp;VAF %"
ROW = "NRAS;c.35G>A;p.Gly12Asp;41,2"


def symbol(name):
    return name.upper() if name.upper() in GENES else None


def read(text, **options):
    data = text.encode() if isinstance(text, str) else text
    return tables.read(data, symbol=symbol, **options)


def workbook(rows, *, formats=None, sheets=1):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, number_format in (formats or {}).items():
        book.active[place].number_format = number_format
    for _ in range(sheets - 1):
        book.create_sheet("Jan de Vries")
    book.save(stream := BytesIO())
    return stream.getvalue()


VALUES = {
    "gene_symbol": "NRAS",
    "variant_class": "small_variant",
    "hgvs_c": "c.35G>A",
    "hgvs_p": "p.Gly12Asp",
    "vaf": Decimal("0.412"),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_every_usual_encoding_and_delimiter_reads_the_same(encoding, delimiter):
    text = f"Gène;HGVSc;Protéine;Fréquence allélique (%)\n{ROW}\n".replace(";", delimiter)

    assert [proposal.values for proposal in read(text.encode(encoding)).proposals] == [VALUES]


@pytest.mark.parametrize(
    "header",
    [
        "Gene,cDNA change,AA change,VAF (%)",
        "Gen,cDNA,Protein,Allelfrequenz in %",
        "Gensymbol,Nukleotidaustausch,Aminosäureaustausch,VAF [%]",
        "gen,nucleotideverandering,eiwitverandering,allelefrequentie (%)",
        "gène,changement nucléotidique,protéine,fréquence allélique (%)",
    ],
)
def test_headings_in_four_languages_are_known(header):
    assert [proposal.values for proposal in read(f'{header}\nNRAS,c.35G>A,p.Gly12Asp,"41,2"\n').proposals] == [VALUES]


def test_what_was_guessed_is_shown_and_can_be_changed():
    text = "Gene;Remark;VAF\nNRAS;p.Gly12Asp;0,4\n"

    guessed = read(text)
    changed = read(text, columns={"2": "hgvs_p", "VAF": "vaf_fraction"})

    assert [column.field for column in guessed.columns] == ["gene", "", "vaf"]
    assert changed.proposals[0].values == {
        "gene_symbol": "NRAS",
        "variant_class": "small_variant",
        "hgvs_p": "p.Gly12Asp",
        "vaf": Decimal("0.4"),
    }
    assert changed.notes[0] == "Column 1 (Gene) was read as: gene."


def test_a_heading_that_nobody_knows_is_never_repeated():
    preview = read(f"{HEAD};Jan de Vries\n{ROW};secret\n")

    assert "Vries" not in repr(preview)
    assert "secret" not in repr(preview)


def test_names_of_samples_and_patients_are_dropped():
    preview = read(f"Patient;{HEAD};Sample ID\nJan de Vries;{ROW};H21-4711\n")

    assert "Vries" not in repr(preview)
    assert "4711" not in repr(preview)
    assert preview.notes[-1] == "Columns that name people or samples were dropped: 1, 6."


def test_lines_above_the_headings_are_dropped():
    preview = read(f"Report of Jan de Vries;;;\n;;;\n{HEAD}\n{ROW}\n")

    assert (len(preview.proposals), "Vries" in repr(preview)) == (1, False)


def test_several_samples_ask_which_one_is_meant():
    text = f"Sample;{HEAD}\nA;{ROW}\nB;KRAS;c.35G>A;p.Gly12Asp;12\n"

    with pytest.raises(WhichSample, match="holds 2 samples"):
        read(text)
    assert [proposal.values["gene_symbol"] for proposal in read(text, sample=2).proposals] == ["KRAS"]


@pytest.mark.parametrize("sample", [0, 3])
def test_a_sample_that_does_not_exist_is_asked_again(sample):
    with pytest.raises(WhichSample):
        read(f"Sample;{HEAD}\nA;{ROW}\nB;{ROW}\n", sample=sample)


def test_what_all_rows_share_can_be_given_once():
    text = "status,length\nITD,36\nNo_ITD,.\n"

    assert [refused.reason for refused in read(text).refused] == ["No gene is named.", "No gene is named."]
    assert [proposal.values for proposal in read(text, same_for_all={"gene": "FLT3"}).proposals] == [
        {"gene_symbol": "FLT3", "variant_class": "ITD", "length_bp": 36},
        {"target": "FLT3-ITD"},
    ]


def test_a_column_of_small_bare_numbers_asks_in_every_row():
    assert [proposal.values.get("vaf") for proposal in read("Gene;HGVSp;VAF\nNRAS;p.Gly12Asp;0,4\n").proposals] == [
        None
    ]


def test_one_number_above_one_makes_the_column_per_cent():
    preview = read("Gene;HGVSp;VAF\nNRAS;p.Gly12Asp;0,4\nKRAS;p.Gly12Asp;41\n")

    assert [proposal.values["vaf"] for proposal in preview.proposals] == [Decimal("0.004"), Decimal("0.41")]
    assert preview.proposals[0].warnings == [
        "0.4 was read as 0.4 %, because other rows of this column are above 1. Check it."
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{HEAD}\nNRAS;c.35G>A;p.Gly12Asp;141\n", "An allele fraction above 100 % does not exist."),
        (f"{HEAD}\n;c.35G>A;p.Gly12Asp;41\n", "No gene is named."),
        (f"{HEAD}\n01-Sep;c.35G>A;p.Gly12Asp;41\n", "A spreadsheet has turned the gene name into a date. Type the name of the gene."),
        (f"{HEAD}\nNRAS;c.35G>A;p.Gly12Asp;=1+1\n", "A cell holds a formula; formulas are not calculated. Paste the values instead."),
        ("Gene;Result\nNRAS;not done\n", "Not done, failed or pending is not a negative result. Record the state of the test instead."),
        ("Gene;Result\nNRAS;\n", "The row names a gene but no change and no result; unknown is not negative."),
        ("Karyotype\nno metaphases\n", "No karyotype was reported here. Record the karyotype as not done, failed or unknown."),
        ("Gene;HGVSp\nJan de Vries;p.Gly12Asp\n", "This is not the name of one gene."),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_and_the_next_one_read(text, reason):
    good = {"Karyotype": "46,XX[20]\n"}.get(
        text.split("\n")[0], "KRAS;detected\n" if "Result" in text else "KRAS;p.Gly12Ser;p.Gly12Ser;9\n"
    )

    preview = read(text + good)

    assert ([refused.reason for refused in preview.refused], len(preview.proposals)) == ([reason], 1)


@pytest.mark.parametrize(
    "row",
    ["DOB 12.03.2015;c.35G>A;p.Gly12Asp;41", "NRAS;Name: Jan de Vries;p.Gly12Asp;41", "NRAS;c.35G>A;2015-03-12;41"],
)
def test_an_identifier_in_a_column_that_is_read_leaves_nothing_behind(row):
    preview = read(f"{HEAD}\n{row}\n")

    assert ([refused.original for refused in preview.refused], preview.proposals) == ([""], [])


def test_a_formula_in_a_column_that_is_not_read_refuses_the_row_too():
    assert len(read("Finding;Remark;VAF\nNRAS p.G12D;=1+1;\n").refused) == 1


def test_equal_rows_are_duplicates():
    assert [refused.reason for refused in read(f"{HEAD}\n{ROW}\n{ROW}\n").refused] == ["Duplicate of line 2."]


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("5' gene;3' gene\nKMT2A;AFF1\n", "fusion", {"five_prime_gene": "KMT2A", "three_prime_gene": "AFF1"}),
        ("Fusion;in frame\nKMT2A::AFF1;yes\n", "fusion", {"five_prime_gene": "KMT2A", "three_prime_gene": "AFF1", "in_frame": "yes"}),
        ("Fusion;Result\nKMT2A::AFF1;negativ\n", "absence", {"target": "KMT2A::AFF1"}),
        ("Gene;Result\nNRAS;wild type\n", "absence", {"target": "NRAS"}),
        ("Gene;CNV;copies\nCDKN2A;deletion;0\n", "copy_number", {"gene": "CDKN2A", "region": "", "type": "loss_hom", "copies": Decimal(0)}),
        ("Marker;% positive;Intensity\nCD22;98,5;dim\n", "antigen", {"antigen": "CD22", "percent_positive": Decimal("98.5"), "percent_of": "unknown", "intensity": "dim"}),
        ("Karyotype;Metaphases\n46,XX[20];20\n", "karyotype", {"iscn": "46,XX[20]", "n_metaphases": 20}),
        ("Medikament;IC50;Einheit;Bewertung\nvenetoclax;780;nM;resistent\n", "drug_response", {"drug": "venetoclax", "readout": "IC50", "value": Decimal(780), "unit": "nM", "percentile_in_cohort": None, "interpretation": ""}),
        ("Finding;Remark\nNRAS p.G12D 41 %;x\n", "variant", {"gene_symbol": "NRAS", "variant_class": "small_variant", "hgvs_p": "p.Gly12Asp", "vaf": Decimal("0.41")}),
    ],
)  # fmt: skip
def test_tables_of_every_kind_are_read(text, kind, values):
    options = {"columns": {"Finding": "finding"}} if text.startswith("Finding") else {}

    assert [(found.kind, found.values) for found in read(text, **options).proposals] == [(kind, values)]


def test_a_label_of_ours_names_the_specimen():
    assert [
        proposal.specimen for proposal in read(f"Specimen;{HEAD}\nS2;{ROW}\nH21-4711;KRAS;c.1A>G;;3\n").proposals
    ] == ["S2", ""]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7 something", "This is a file of type PDF"),
        (b"\x1f\x8b\x08\x00", "This is a file of type gzip"),
        (b"\x89PNG\r\n\x1a\n", "This is a file of type PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is a file of type old Office"),
        (b"<html><body>", "HTML, XML or JSON"),
        (b"Gene;VAF\nNRAS;\x00\x01\x02", "not a text file"),
        (b"Gene;HGVSp;VAF\nNRAS;\x81\x8d;1", "cannot be read"),
        ("Gene;VAF\nNRAS;41".encode("utf-16")[:-1], "cannot be read"),
        (b"alpha;beta\n1;2\n", "No row names the columns"),
        (f"{HEAD}\n".encode(), "headings but no rows"),
        (b"PK\x03\x04 but no archive", "damaged"),
        (b"Gene;VAF\n" + b"x" * 200_000 + b";1", "too long"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_in_one_sentence(data, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read(data)


def test_more_than_twenty_megabytes_are_refused():
    with pytest.raises(UnreadableFile, match="20 MB"):
        read(b"a" * (20 * 1024 * 1024 + 1))


def test_ten_thousand_rows_are_read_and_one_more_is_refused():
    rows = "".join(f"NRAS;c.{number}G>A;;5\n" for number in range(1, 10_001))

    assert len(read(f"{HEAD}\n{rows}").proposals) == 10_000
    with pytest.raises(UnreadableFile, match="more than 10000 rows"):
        read(f"{HEAD}\n{rows}NRAS;c.10001G>A;;5\n")


@pytest.mark.parametrize("text", ["Gene;VAF;" + ";" * 1_000_000 + "\nNRAS;4", "Gene;VAF\nNRAS;4" + ";" * 1_000_000])
def test_a_million_columns_are_refused(text):
    with pytest.raises(UnreadableFile, match="more than 200 columns"):
        read(text)


def test_a_column_cannot_be_chosen_to_be_what_does_not_exist():
    with pytest.raises(UnreadableFile, match="no field called “nonsense”"):
        read(f"{HEAD}\n{ROW}\n", columns={"Gene": "nonsense"})


def test_a_workbook_reads_like_the_same_text():
    rows = [["Gene", "HGVSc", "HGVSp", "VAF"], ["NRAS", "c.35G>A", "p.Gly12Asp", 0.412]]

    assert [proposal.values for proposal in read(workbook(rows, formats={"D2": "0.0%"})).proposals] == [VALUES]


def test_a_formula_of_a_workbook_is_refused_and_never_calculated():
    preview = read(workbook([["Gene", "HGVSp", "VAF %"], ["NRAS", "p.Gly12Asp", "=1+1"], ["KRAS", "p.Gly12Asp", 3]]))

    assert ([refused.line for refused in preview.refused], len(preview.proposals)) == ([2], 1)


def test_names_of_sheets_are_not_told():
    preview = read(workbook([["Gene", "HGVSp"], ["NRAS", "p.Gly12Asp"]], sheets=2))

    assert (preview.notes[0], "Vries" in repr(preview)) == ("Sheet 1 of 2 was read.", False)


def test_a_date_in_a_gene_column_of_a_workbook_is_explained():
    from datetime import UTC, datetime

    rows = [["Gene", "HGVSp"], [datetime(2026, 9, 1, tzinfo=UTC).replace(tzinfo=None), "p.Gly12Asp"]]

    assert [refused.reason for refused in read(workbook(rows)).refused] == [
        "A spreadsheet has turned the gene name into a date. Type the name of the gene."
    ]


def test_a_workbook_with_a_thousand_columns_is_refused():
    with pytest.raises(UnreadableFile, match="more than 200 columns"):
        read(workbook([["Gene", "HGVSp", *["x"] * 1000], ["NRAS", "p.Gly12Asp"]]))


def packed(**parts):
    with zipfile.ZipFile(stream := BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"workbook": b"<x/>", "sharedStrings": b"0" * 150_000_000}, "unpacks to far more"),
        ({"workbook": b"<x/>", "sheet": b"0" * 50_000_000}, "unpacks to far more"),
        ({"workbook": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}, "declarations"),
        ({"document": b"<x/>"}, "not an XLSX workbook"),
        ({"workbook": b"<x/>"}, "damaged"),
    ],
)
def test_archives_that_are_no_honest_workbook_are_refused(parts, sentence):
    pytest.importorskip("openpyxl")
    with pytest.raises(UnreadableFile, match=sentence):
        read(packed(**parts))


def test_a_workbook_that_is_cut_off_is_refused():
    with pytest.raises(UnreadableFile, match="damaged"):
        read(workbook([["Gene"], ["NRAS"]])[:-200])
