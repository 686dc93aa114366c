from decimal import Decimal

import pytest

from cases.importers import vcf
from cases.importers.preview import UnreadableFile, WhichSample

ANN = "ANN=A|missense_variant|MODERATE|NRAS|ENSG1|transcript|NM_002524.5|protein_coding|2/7|c.35G>A|p.Gly12Asp||||"
CSQ_HEAD = '##INFO=<ID=CSQ,Number=.,Type=String,Description="Consequence annotations from Ensembl VEP. Format: Allele|SYMBOL|HGVSc|HGVSp|CANONICAL">'


def lines(*records, head=(), samples=("Jan_de_Vries",), version="VCFv4.2"):
    columns = [
        "#CHROM",
        "POS",
        "ID",
        "REF",
        "ALT",
        "QUAL",
        "FILTER",
        "INFO",
        *(("FORMAT", *samples) if samples else ()),
    ]
    return "\n".join([f"##fileformat={version}", "##fileDate=20210304", *head, "\t".join(columns), *records]).encode()


def record(info=ANN, *, alt="A", verdict="PASS", form="AF", values=("0.41",)):
    cells = ["1", "114713908", ".", "G", alt, ".", verdict, info, *((form, *values) if values else ())]
    return "\t".join(cells)


def read(data, **options):
    return vcf.read(data, **{"build": "GRCh38", "symbol": {"NRAS": "NRAS", "KRAS": "KRAS"}.get} | options)


VALUES = {
    "gene_symbol": "NRAS",
    "variant_class": "small_variant",
    "hgvs_c": "c.35G>A",
    "hgvs_p": "p.Gly12Asp",
    "transcript": "NM_002524.5",
    "vaf": Decimal("0.41"),
}


@pytest.mark.parametrize("version", ["VCFv4.1", "VCFv4.2", "VCFv4.3"])
def test_an_annotated_record_becomes_a_variant(version):
    preview = read(lines(record(), version=version))

    assert [(proposal.values, proposal.warnings) for proposal in preview.proposals] == [(VALUES, [])]


@pytest.mark.parametrize(
    ("form", "values", "expected"),
    [
        ("GT:AF", "0/1:0.41", "0.41"),
        ("GT:AD:DP", "0/1:118,82:200", "0.41"),
        ("AD", "118,82", "0.41"),
        ("AD:DP", "82:200", "0.41"),
        ("FREQ", "41%", "0.41"),
        ("AF", "0.0041", "0.0041"),
    ],
)
def test_the_fraction_comes_from_af_or_from_reads(form, values, expected):
    assert read(lines(record(form=form, values=(values,)))).proposals[0].values["vaf"] == Decimal(expected)


def test_vep_annotations_are_read_in_the_order_of_their_header():
    info = "CSQ=A|OTHER|c.1A>G||,A|NRAS|NM_002524.5:c.35G>A|NP_002515.1:p.Gly12%3D|YES"

    values = read(lines(record(info), head=(CSQ_HEAD,))).proposals[0].values

    assert (values["gene_symbol"], values["transcript"], values["hgvs_p"]) == ("NRAS", "NM_002524.5", "p.Gly12=")


def test_each_alternative_allele_is_a_finding_of_its_own():
    info = f"{ANN},{ANN[4:].replace('A|missense', 'T|missense').replace('G>A', 'G>T').replace('Asp', 'Val')}"

    preview = read(lines(record(info, alt="A,T", values=("0.41,0.05",))))

    assert [(found.values["hgvs_c"], found.values["vaf"]) for found in preview.proposals] == [
        ("c.35G>A", Decimal("0.41")),
        ("c.35G>T", Decimal("0.05")),
    ]


def test_a_failed_filter_is_a_warning():
    assert read(lines(record(verdict="weak_evidence"))).proposals[0].warnings == [
        "The caller's filter was not passed: weak_evidence"
    ]


def test_a_record_without_annotation_is_refused():
    preview = read(lines(record("DP=100"), record()))

    assert [refused.reason for refused in preview.refused] == [
        "The record names no gene (no ANN or CSQ annotation): a position alone is not a finding."
    ]
    assert len(preview.proposals) == 1


@pytest.mark.parametrize("broken", ["1\t2", "1\tx\t.\tG\tA\t.\tPASS\tDP=1", "rubbish"])
def test_a_damaged_record_does_not_stop_the_next_one(broken):
    preview = read(lines(broken, record()))

    assert ([refused.reason for refused in preview.refused], len(preview.proposals)) == (
        ["The record is cut off or damaged."],
        1,
    )


@pytest.mark.parametrize(
    "head",
    ["##reference=file:///home/jan/hs37d5.fa", "##reference=GRCh37", "##contig=<ID=1,length=249250621>", "##contig=<ID=chr1,length=249250621,assembly=x>", "##assembly=hg19"],
)  # fmt: skip
def test_a_header_of_another_build_is_a_warning(head):
    preview = read(lines(record(), head=(head,)))

    assert preview.notes[1] == "Warning: the header speaks of another genome build than GRCh38. Check which is right."
    assert read(lines(record(), head=(head,)), build="GRCh37").notes == preview.notes[:1]


def test_several_samples_are_asked_for_by_position():
    data = lines(record(values=("0.41", "0.05")), samples=("Jan_de_Vries", "normal"))

    with pytest.raises(WhichSample, match="holds 2 samples"):
        read(data)
    assert [read(data, sample=place).proposals[0].values["vaf"] for place in (1, 2)] == [
        Decimal("0.41"),
        Decimal("0.05"),
    ]


def test_without_sample_columns_the_fraction_is_that_of_the_record():
    assert read(lines(record(f"AF=0.41;{ANN}", values=()), samples=())).proposals[0].values["vaf"] == Decimal("0.41")


def test_nothing_of_header_and_sample_names_is_kept():
    preview = read(lines(record(), head=("##SAMPLE=<ID=Vries>", "##CallCommand=/home/vries/run")))

    assert "ries" not in repr(preview)


def test_the_second_of_two_equal_records_is_a_duplicate():
    assert [refused.reason for refused in read(lines(record(), record())).refused] == ["Duplicate of line 4."]


def test_a_long_list_is_read_and_asks_to_choose():
    records = [record(ANN.replace("c.35", f"c.{number}")) for number in range(1, 102)]

    assert read(lines(*records)).notes[-1] == "The file lists 101 variants. Choose those that matter: at most 100."


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"##fileformat=VCFv3.3\n", "version 4.1 to 4.3"),
        (b"##fileformat=VCFv4.2\n##x\n", "#CHROM is missing"),
        (lines(), "header but no variants"),
        (b"\x1f\x8b\x08", "gzip"),
        (lines(*[record()] * 10_001), "more than 10000 rows"),
        (lines(record(), samples=("x",) * 300), "more than 200 columns"),
        (lines(record() + "\tx" * 1_000_000), "more than 200 columns"),
    ],
)
def test_what_cannot_be_read_says_so(data, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read(data)


def test_the_build_must_be_said():
    with pytest.raises(UnreadableFile, match="GRCh37 or GRCh38"):
        read(lines(record()), build="")
