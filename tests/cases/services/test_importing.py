"""Findings from a paste or a file, taken into a specimen."""

from decimal import Decimal

import pytest

from cases.importers import paste
from cases.models import Case
from cases.queries.importing import left_as_it_stands, understood
from cases.services.importing import standing, take_findings
from iltb.core.errors import InvalidInput, StaleVersion
from iltb.terminology.search import approved_symbol
from tests.factories.cases import complete_case

pytestmark = pytest.mark.django_db

LINES = """NOTCH1 p.Leu1600Pro 41 %
FLT3-ITD ratio 0,6
KMT2A::AFF1
CDKN2A hom del
CD22 71 % dim
BCR::ABL1 not detected
46,XX,t(9;22)(q34;q11.2)[20]
venetoclax IC50 780 nM resistant"""


@pytest.fixture
def case() -> Case:
    return complete_case()


def read(text):
    return paste.read_text(text, symbol=approved_symbol).proposals


def take(case, text="", **changes):
    given = {"specimen": case.specimens.get().pk, "proposals": read(text) if text else [], **changes}
    return take_findings(case=case, actor=case.author, version=Case.objects.get(pk=case.pk).version, **given)


def test_each_kind_of_line_becomes_its_finding(case):
    done = take(case, LINES)

    specimen = case.specimens.get()
    panel = specimen.ex_vivo_panels.get()
    assert (done.added, done.refused) == (8, [])
    assert specimen.variants.get(gene_symbol="NOTCH1").vaf == Decimal("0.41")
    assert specimen.variants.get(variant_class="ITD").allelic_ratio == Decimal("0.6")
    assert specimen.fusions.filter(five_prime_gene="KMT2A", three_prime_gene="AFF1").exists()
    assert specimen.copy_numbers.get(gene_symbol="CDKN2A").change == "loss_hom"
    assert specimen.antigens.get(antigen="CD22").intensity == "dim"
    assert specimen.absences.filter(target="BCR::ABL1").exists()
    assert specimen.karyotype.iscn == "46,XX,t(9;22)(q34;q11.2)[20]"
    assert panel.responses.get().interpretation == "resistant"


def test_the_words_of_the_report_stay_beside_the_normalised_form(case):
    take(case, "NOTCH1 L1600P 41 %")

    variant = case.specimens.get().variants.get(gene_symbol="NOTCH1")
    assert (variant.hgvs_p, variant.original_text) == ("p.Leu1600Pro", "NOTCH1 L1600P 41 %")


def test_what_stands_there_is_neither_doubled_nor_changed(case):
    take(case, "NOTCH1 p.Leu1600Pro 41 %")

    done = take(case, "NOTCH1 p.Leu1600Pro 12 %\nFBXW7 p.Arg465His 30 %")

    assert (done.added, len(done.standing)) == (1, 1)
    assert case.specimens.get().variants.get(gene_symbol="NOTCH1").vaf == Decimal("0.41")


def plain(sentences):
    return [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in sentences]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            "NOTCH1 p.Leu1600Pro 41 %",
            "NOTCH1 p.Leu1600Pro 12 %",
            "NOTCH1 p.Leu1600Pro on S2: Allele fraction: 41 % stands there, the report says 12 %.",
        ),
        (
            "CD22 44 % dim",
            "CD22 44 % bright",
            "CD22 on S2: Intensity: dim stands there, the report says bright.",
        ),
        ("CD22 44 %", "CD22 71 %", "CD22 on S2: Positive: 44 % stands there, the report says 71 %."),
        ("CD22 44 %", "CD22 44 % dim", "CD22 on S2: Intensity: unknown stands there, the report says dim."),
        (
            "46,XX,t(9;22)(q34;q11.2)[20]",
            "46,XX[20]",
            "46,XX[20] on S2: Karyotype (ISCN): 46,XX,t(9;22)(q34;q11.2)[20] stands there, the report says 46,XX[20].",
        ),
    ],
)
def test_what_stands_there_with_another_value_is_told_by_name_with_both(case, first, second, said):
    take(case, first)

    done = take(case, second)

    assert (plain(map(left_as_it_stands, done.standing)), done.added) == ([said], 0)


def test_what_stands_there_with_the_same_value_is_only_counted(case):
    take(case, LINES)

    done = take(case, LINES)

    assert (list(map(left_as_it_stands, done.standing)), done.added) == ([""] * 8, 0)


def test_a_variant_without_its_coding_change_is_the_one_that_has_it(case):
    take(case, "NRAS NM_002524.5:c.35G>A p.Gly12Asp 12 %")

    done = take(case, "NRAS p.Gly12Asp 12 %\nNRAS p.Gly13Asp 12 %")

    assert (len(done.standing), done.added) == (1, 1)


def test_the_preview_says_where_a_finding_stands_and_what_is_said_there(case):
    take(case, "CD22 44 %\nKMT2A::AFF1")
    preview = paste.read_text("CD22 71 %\nKMT2A::AFF1\nCD33 12 %", symbol=approved_symbol)

    found = understood(preview, standing(case, preview.proposals)).found

    assert [plain(line.stands) for line in found] == [
        ["Stands on S2 and is left as it is. Positive: 44 % stands there, the report says 71 %."],
        ["Stands on S2 already."],
        [],
    ]


def test_the_preview_asks_once_for_each_kind(case, django_assert_num_queries):
    proposals = read("CD22 71 %\nCD33 12 %\nKMT2A::AFF1\nNUP98::NSD1")

    with django_assert_num_queries(2):
        standing(case, proposals)


def test_one_finding_that_the_dossier_refuses_stops_no_other(case):
    proposals = read("NOTCH1 p.Leu1600Pro 41 %\nFBXW7 p.Arg465His 30 %")
    proposals[0].values["length_bp"] = 99_999

    done = take(case, proposals=proposals)

    assert done.added == 1
    assert done.refused[0].startswith("Line 1: ")


def test_a_new_specimen_gets_the_next_free_label(case):
    new = {"tissue": "BM", "time_point": "current_relapse", "taken_on_day": 700, "blasts_pct_of_cells": None}

    done = take(case, "NRAS p.Gly12Asp 12 %", specimen=None, new_specimen=new)

    assert done.labels == ["S1"]
    assert case.specimens.get(label=done.labels[0]).variants.get().gene_symbol == "NRAS"


def test_a_new_specimen_at_fault_leaves_nothing_behind(case):
    with pytest.raises(InvalidInput):
        take(case, "NRAS p.Gly12Asp 12 %", specimen=None, new_specimen={"tissue": "BM", "time_point": "never"})

    assert case.specimens.count() == 1


def test_choosing_nothing_is_said(case):
    with pytest.raises(InvalidInput) as refusal:
        take(case)

    assert refusal.value.errors == {"": ["Choose at least one finding."]}


def test_somebody_elses_edit_is_not_run_over(case):
    with pytest.raises(StaleVersion):
        take_findings(
            case=case,
            actor=case.author,
            version=case.version + 7,
            proposals=read("NRAS p.Gly12Asp 12 %"),
            specimen=case.specimens.get().pk,
        )
