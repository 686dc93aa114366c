from decimal import Decimal

import pytest

from cases.importers import maf
from cases.importers.preview import UnreadableFile, WhichSample

HEAD = "Hugo_Symbol\tNCBI_Build\tVariant_Classification\tTumor_Sample_Barcode\tHGVSc\tHGVSp\tt_depth\tt_alt_count\tMutation_Status"
ROW = "NRAS\tGRCh38\tMissense_Mutation\tTCGA-XX-1\tENST00000369535.5:c.35G>A\tp.Gly12Asp\t200\t82\tSomatic"


def read(*rows, head=HEAD, **options):
    data = "\n".join(["#version 2.4 /home/jan", head, *rows]).encode()
    return maf.read(data, **{"build": "GRCh38", "symbol": {"NRAS": "NRAS", "KRAS": "KRAS"}.get} | options)


def test_a_row_becomes_a_variant():
    assert [proposal.values for proposal in read(ROW).proposals] == [
        {
            "gene_symbol": "NRAS",
            "variant_class": "small_variant",
            "hgvs_c": "c.35G>A",
            "hgvs_p": "p.Gly12Asp",
            "transcript": "ENST00000369535.5",
            "vaf": Decimal("0.41"),
            "origin": "somatic",
        }
    ]


def test_the_columns_of_older_files_are_known():
    names = "Hugo_Symbol NCBI_Build Variant_Classification Protein_Change i_TumorVAF_WU i_transcript_name"
    head = names.replace(" ", "\t")

    values = (
        read("NRAS\t37\tMissense_Mutation\tp.G12D\t45.66\tNM_002524.3", head=head, build="GRCh37").proposals[0].values
    )

    assert (values["hgvs_p"], values["vaf"], values["transcript"]) == ("p.Gly12Asp", Decimal("0.4566"), "NM_002524.3")


def test_neither_barcodes_nor_comments_are_kept():
    preview = read(ROW)

    assert "TCGA" not in repr(preview)
    assert "jan" not in repr(preview)


def test_another_build_is_a_warning():
    assert read(ROW, build="GRCh37").proposals[0].warnings == [
        "The row is of another genome build than GRCh37. Check it."
    ]


@pytest.mark.parametrize("written", ["37", "hg19", "GRCh37", "b37"])
def test_the_names_of_one_build_are_the_same(written):
    assert read(ROW.replace("GRCh38", written), build="GRCh37").proposals[0].warnings == []


@pytest.mark.parametrize("build", ["", "hg19", "GRCh36"])
def test_the_build_must_be_said(build):
    with pytest.raises(UnreadableFile, match="GRCh37 or GRCh38"):
        read(ROW, build=build)


def test_a_silent_variant_is_proposed_with_a_warning():
    row = ROW.replace("Missense_Mutation", "Silent")

    assert read(row).proposals[0].warnings == [
        "Silent: usually without effect on a protein. Keep it only with a reason."
    ]


def test_several_samples_ask_which_one_is_meant():
    other = ROW.replace("NRAS", "KRAS").replace("TCGA-XX-1", "TCGA-XX-2")

    with pytest.raises(WhichSample):
        read(ROW, other)
    assert [proposal.values["gene_symbol"] for proposal in read(ROW, other, sample=2).proposals] == ["KRAS"]


def test_a_bad_row_does_not_stop_the_next_one():
    preview = read("\tGRCh38\tMissense_Mutation\tTCGA-XX-1\tc.1A>G\t\t\t\t", ROW)

    assert ([refused.reason for refused in preview.refused], len(preview.proposals)) == (["No gene is named."], 1)


def test_a_duplicate_row_is_refused():
    assert len(read(ROW, ROW).refused) == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"#only\n#comments", "not a MAF file"),
        (b"Gene\tVAF\nNRAS\t4", "not a MAF file"),
        (b"%PDF-1.4", "type PDF"),
    ],
)
def test_what_is_no_maf_file_says_so(data, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        maf.read(data, build="GRCh38", symbol=lambda name: name)


def test_more_than_ten_thousand_rows_are_refused():
    with pytest.raises(UnreadableFile, match="more than 10000 rows"):
        read(*[ROW] * 10_001)


def test_a_million_columns_are_refused():
    with pytest.raises(UnreadableFile, match="more than 200 columns"):
        read(ROW, head=HEAD + "\tx" * 1_000_000)
